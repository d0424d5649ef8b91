"""Data written as YAML is read back as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.dump import yaml_text
from compliance.errors import Problem
from compliance.source import parse_yaml
from tests.strategies import TEXTS

# Control characters other than tabs and line breaks are refused by YAML itself.
TEXT = st.sampled_from(
    [text for text in TEXTS if "\0" not in text and "\x7f" not in text]
) | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
VALUE = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT
DATA = st.dictionaries(
    st.sampled_from(["a", "name", "staff"]),
    VALUE | st.lists(st.dictionaries(st.sampled_from(["x", "y"]), VALUE, min_size=1), max_size=2),
    min_size=1,
)


@given(DATA, st.booleans())
def test_it_comes_back(data: dict[str, Any], flow: bool) -> None:
    text = yaml_text(data, flow=flow)
    read = parse_yaml(text, "data.yaml")
    assert not isinstance(read, Problem), read.message("en")
    assert read.data == data
    assert not flow or "\n" not in text


@pytest.mark.parametrize(
    "text", ["\x85", "a\u2028b", "\ufeff", "", "~", "no", "12:30", "1e3", "0x1F"]
)
def test_texts_that_yaml_takes_for_something_else(text: str) -> None:
    for flow in (True, False):
        read = parse_yaml(yaml_text({"a": text}, flow=flow), "data.yaml")
        assert not isinstance(read, Problem) and read.data == {"a": text}


def test_dates_and_yes_stay_plain() -> None:
    assert yaml_text({"date": "2026-04-02", "a": "yes"}, flow=True) == "{date: 2026-04-02, a: yes}"
