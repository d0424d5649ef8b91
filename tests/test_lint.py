"""The linter: each doubtful rule file gives its findings to the letter, the fine ones none."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

import pytest

from compliance.assure import lint as linter
from compliance.assure.lint import finder, lint
from compliance.assure.lint.checks import CHECKS
from compliance.assure.whole import INVARIANTS
from compliance.load import load_rules, read_rules
from compliance.remarks import Level, Remark
from compliance.words.faults import FAULTS
from compliance.words.lint import SAYS
from tests.doubtful import BOOK, CASES, FOLDER, build

ROOT: Final = Path(__file__).parents[1]
SOLVER: Final = [name for name, check in CHECKS.items() if check.solver]


def names(remarks: tuple[Remark, ...]) -> list[str]:
    return [remark.check for remark in remarks]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_doubtful_rules(path: Path, tmp_path: Path) -> None:
    case = build(path, tmp_path)
    found = lint(read_rules(case.book)).remarks
    said = [case.said(r.level.value, r.check, r.place, r.text.en) for r in found]
    assert tuple(said) == case.expected
    for remark in found:
        assert path.stem.startswith(remark.check)
        assert re.search("[一-鿿]", remark.text.zh) and "{" not in "".join(remark.text)


def test_every_file_of_the_folder_is_read() -> None:
    assert set(FOLDER.rglob("*")) == {*CASES, BOOK, *BOOK.glob("*.yaml")}


def test_the_cases_are_many() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("name", [name for name in CHECKS if name != "undecided"])
def test_each_check_has_cases_that_it_finds(name: str) -> None:
    found = [path for path in CASES if path.stem.startswith(f"{name}-")]
    assert [path for path in found if "-fine-" not in path.stem]
    derived = ("caption-differs", "stale-schema")  # the shipped rules are the case that is fine
    assert name in derived or [path for path in found if "-fine-" in path.stem]


@pytest.mark.parametrize("name", CHECKS)
def test_each_check_is_a_function_of_its_name(name: str) -> None:
    function = finder(name)
    assert function.__name__ == name.replace("-", "_") and function.__doc__


def test_the_shipped_rules_are_clean() -> None:
    assert lint(read_rules()).remarks == ()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_off_is_not_found(path: Path, tmp_path: Path) -> None:
    case = build(path, tmp_path)
    files, every = read_rules(case.book), lint(read_rules(case.book)).remarks
    for name in {remark.check for remark in every}:
        left = lint(files, off=frozenset({name})).remarks
        assert left == tuple(remark for remark in every if remark.check != name)


def case_named(name: str, folder: Path) -> Path:
    """The rule book of a case."""
    return build(FOLDER / f"{name}.yaml", folder).book


@pytest.mark.parametrize("warned", ["contradiction", "1.1", "1.1-a"])
def test_a_finding_is_a_warning_by_its_check_or_either_rule(warned: str, tmp_path: Path) -> None:
    files = read_rules(case_named("contradiction-value", tmp_path))
    assert [r.level for r in lint(files).remarks] == [Level.ERROR]
    (found,) = lint(files, warn=frozenset({warned})).remarks
    assert (found.check, found.level) == ("contradiction", Level.WARNING)
    assert [r.level for r in lint(files, warn=frozenset({"1.2"})).remarks] == [Level.ERROR]


def test_findings_stand_in_the_order_of_places(tmp_path: Path) -> None:
    book = case_named("missing-remedy-placeholder", tmp_path)
    file = book / "doubtful.yaml"
    text = file.read_text(encoding="utf-8").replace("verb: shall", "verb: should")
    file.write_text(text.replace("  reason: facilities\n", ""), encoding="utf-8")
    found = lint(read_rules(book)).remarks
    assert names(found) == ["verb-differs", "missing-remedy", "missing-remedy"]
    assert [r.place.line for r in found] == sorted(r.place.line or 0 for r in found)


def test_without_solver_its_checks_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = read_rules(case_named("contradiction-value", tmp_path))
    monkeypatch.setitem(sys.modules, "z3", None)
    found = lint(files)
    assert found.remarks == () and list(found.left_out) == SOLVER
    assert "z3" in found.why
    assert lint(files, off=frozenset(SOLVER)) == linter.Lint((), (), "")


def test_the_standard_is_read_where_it_is_given(tmp_path: Path) -> None:
    files = read_rules()
    every = lint(files, standard="附录B\n别的文本\n").remarks
    assert set(names(every)) == {"caption-differs"}


def test_a_schema_that_is_no_text_is_stale(tmp_path: Path) -> None:
    book = case_named("stale-schema-old", tmp_path)
    (book / "schema" / "record.schema.json").write_bytes(b"\xff\xfe")
    assert names(lint(read_rules(book)).remarks) == ["stale-schema"]


def test_rules_without_the_owners_are_checked_too() -> None:
    files = read_rules(supplementary=False)
    assert load_rules(supplementary=False).rules == files.book.rules
    assert set(names(lint(files).remarks)) == {"unused-fact"}  # the owner's rule alone reads it


# documentation

HEADINGS: Final = re.findall(
    r"^#+ `?([a-z0-9-]+)`?$", (ROOT / "docs" / "checks.md").read_text(encoding="utf-8"), re.M
)


def test_every_check_is_documented() -> None:
    assert [name for name in HEADINGS if name in CHECKS] == list(CHECKS)


def test_every_sentence_is_used() -> None:
    sources = [*(ROOT / "compliance" / "assure" / "lint").glob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    assert [key for key in SAYS if f'"{key}"' not in text] == []


def faults_of_loading() -> set[str]:
    """The faults that the modules which read rule files name."""
    modules = ("source", "structure", "load", "requirement", "vocabulary")
    text = "".join((ROOT / f"compliance/{m}.py").read_text(encoding="utf-8") for m in modules)
    return {key for key in re.findall(r'"([a-z0-9_]+)"', text) if key in FAULTS}


def test_every_fault_of_loading_is_documented() -> None:
    ids = {key.replace("_", "-") for key in faults_of_loading()}
    assert sorted(ids - set(HEADINGS)) == []
    assert sorted(set(HEADINGS) - ids - set(CHECKS) - set(INVARIANTS)) == []
