"""One comparison for all: the oracle's answer against that of each engine.

Used by the fixtures, the walks over states and Hypothesis. What disagrees is written to
`fixtures/disagreements/<digest>/case.json`, which `test_agreement` replays for ever after.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from pprint import pformat
from typing import Any as AnyValue
from typing import Final, Protocol

import pytest

from compliance import condition, outcome, record, rulebook, words
from compliance.engines import InBatches
from compliance.engines.direct import Direct
from compliance.outcome import Answer, Stage
from compliance.record import Inspection, Outlet, Record, Value
from compliance.rulebook import INSPECTION_FACTS, OutletType, RuleBook
from tests import oracle

DISAGREEMENTS: Final = Path(__file__).parent.parent / "fixtures" / "disagreements"


def _missing(what: str, *modules: str) -> str | None:
    try:
        for module in modules:
            import_module(module)
    except ImportError as error:
        return f"{what} was left out: it cannot be imported here ({error})"
    return None


DURABLE_MISSING: Final = _missing("durable-rules", "durable.engine")
"""Why durable-rules is left out of the comparison, None where it takes part."""

SQL_MISSING: Final = _missing("the SQL engine", "sqlglot", "duckdb")
"""Why the SQL engine is left out of the comparison, None where it takes part."""

ENGINE_NAMES: Final = (
    "direct",
    *(() if DURABLE_MISSING else ("durable",)),
    *(() if SQL_MISSING else ("sql",)),
)

needs_durable: Final = pytest.mark.skipif(DURABLE_MISSING is not None, reason=str(DURABLE_MISSING))
needs_sql: Final = pytest.mark.skipif(SQL_MISSING is not None, reason=str(SQL_MISSING))
EVERY_ENGINE: Final = (
    "direct",
    pytest.param("durable", marks=needs_durable),
    pytest.param("sql", marks=needs_sql),
)


class Engine(Protocol):
    """What every engine does."""

    def answer(self, record: Record) -> Answer:
        """The engine's answer for one record."""


def engine(name: str, book: RuleBook) -> Engine:
    """The engine called `name`, built for `book`."""
    if name == "direct":
        return Direct(book)
    if name == "sql":
        from compliance.engines.sql.engine import Sql

        return Sql(book)
    from compliance.engines.durable import Durable

    return Durable(book)


def engines(book: RuleBook) -> dict[str, Engine]:
    """Every engine that can be imported, built for `book`."""
    return {name: engine(name, book) for name in ENGINE_NAMES}


def disagreement(book: RuleBook, record: Record, built: Mapping[str, Engine]) -> str | None:
    """What differs from the oracle's answer, with every input; None if nothing does."""
    return _difference(book, record, {name: each.answer(record) for name, each in built.items()})


def _difference(book: RuleBook, record: Record, given: Mapping[str, Answer]) -> str | None:
    expected = oracle.answer(book, record)
    wrong = [name for name, answer in given.items() if answer != expected]
    if not wrong:
        return None
    parts = {"oracle": expected, **given, "record": record, "rules": book.rules}
    lines = [f"{name}:\n{pformat(value, width=96)}" for name, value in parts.items()]
    return "\n".join([f"{', '.join(wrong)} and the oracle disagree", *lines])


def assert_same(book: RuleBook, record: Record, built: Mapping[str, Engine] | None = None) -> None:
    """Fail, and keep the case, unless the engines in `built` (all by default) are right."""
    assert_all_same(book, [record], built)


def assert_all_same(
    book: RuleBook, records: Sequence[Record], built: Mapping[str, Engine] | None = None
) -> None:
    """`assert_same` for each record; an engine that can answers them in one go."""
    built = engines(book) if built is None else built
    given = {name: [*_answers(engine, records)] for name, engine in built.items()}
    for number, each in enumerate(records):
        message = _difference(book, each, {name: found[number] for name, found in given.items()})
        if message is not None:
            pytest.fail(f"{message}\nkept in {_keep(book, each)}")


def _answers(engine: Engine, records: Sequence[Record]) -> Iterable[Answer]:
    if isinstance(engine, InBatches):
        return engine.answers(records)
    return map(engine.answer, records)


# What each test kept last: Hypothesis ends with the smallest case, which replaces the others.
_kept: Final[dict[str, Path]] = {}


def _keep(book: RuleBook, record: Record) -> Path:
    text = case_text(book, record)
    folder = DISAGREEMENTS / hashlib.sha256(text.encode()).hexdigest()[:16]
    test = os.environ.get("PYTEST_CURRENT_TEST", "")
    if test in _kept and _kept[test] != folder:
        shutil.rmtree(_kept[test], ignore_errors=True)
    _kept[test] = folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.json").write_text(text, encoding="utf-8")
    return folder


def record_of(
    facts: Mapping[str, Value],
    type_: OutletType = OutletType.BANK_BRANCH,
    stage: Stage = Stage.ADAPTATION,
) -> Record:
    """A record with these facts; the inspection is on 2026-04-12 unless they say otherwise."""

    def text(name: str) -> str | None:
        value = facts.get(name)
        assert value is None or isinstance(value, str)
        return value

    return Record(
        inspection=Inspection(
            id="YL-1",
            stage=stage,
            date=text("inspection.date") or "2026-04-12",
            inspector="示例",
            previous_inspection_date=text("inspection.previous_inspection_date"),
        ),
        outlet=Outlet("YL-001", "示例网点", type_, "示例银行", listed_on=text("outlet.listed_on")),
        observations={name: facts[name] for name in facts if name not in INSPECTION_FACTS},
        notes={},
        evidence=(),
        digest="0" * 64,
        source="by hand",
    )


def case_text(book: RuleBook, record: Record) -> str:
    """A rule book and a record as JSON that `read_case` reads back."""
    return json.dumps(_plain((book, record)), ensure_ascii=False, indent=1) + "\n"


def read_case(text: str) -> tuple[RuleBook, Record]:
    """The rule book and the record that `case_text` wrote."""
    book, kept = _value(json.loads(text))
    return book, kept


_TYPES: Final[Mapping[str, AnyValue]] = {
    name: found
    for module in (condition, outcome, record, rulebook, words)
    for name, found in vars(module).items()
    if isinstance(found, type)
}


def _plain(value: AnyValue) -> AnyValue:
    """The value as JSON: a scalar, or a list that begins with the type's name."""
    name = type(value).__name__
    if isinstance(value, Enum):
        return [name, value.value]
    if is_dataclass(value):
        return [name, *(_plain(getattr(value, field.name)) for field in fields(value))]
    if isinstance(value, Mapping):
        return ["dict", *([key, _plain(item)] for key, item in value.items())]
    if isinstance(value, frozenset):
        return ["frozenset", *sorted(map(_plain, value))]
    if isinstance(value, tuple):
        return [name, *map(_plain, value)]
    return value


def _value(plain: AnyValue) -> AnyValue:
    """The value that `_plain` was given."""
    if not isinstance(plain, list):
        return plain
    name, *items = plain
    if name == "dict":
        return {key: _value(item) for key, item in items}
    values = [_value(item) for item in items]
    if name == "tuple":
        return tuple(values)
    if name == "frozenset":
        return frozenset(values)
    return _TYPES[name](*values)
