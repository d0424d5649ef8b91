"""One condition a line: what it means for the oracle and for every engine.

The cases are in `fixtures/conditions.yaml`; what an outcome does not show (who decided it,
the opinion and its reasons) stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from compliance.condition import OPERATORS, FactType, Op, Requirement
from compliance.errors import Problem
from compliance.outcome import Answer, Basis, Opinion, Outcome, Reason, Stage, Verb
from compliance.record import Value
from compliance.requirement import RequirementReader
from compliance.rulebook import Fact, Field, FormB1, OutletType, Rule, RuleBook, Standard
from compliance.source import Document, parse_yaml
from tests import oracle
from tests.agree import EVERY_ENGINE, engine, record_of
from tests.strategies import BLANK

FILE: Final = Path(__file__).parent.parent / "fixtures" / "conditions.yaml"
ASKED: Final = frozenset((type_, stage) for type_ in OutletType for stage in Stage)
SCALARS: Final = {
    FactType.BOOLEAN: ("flag", "other"),
    FactType.INTEGER: ("number", "limit"),
    FactType.TEXT: ("word", "phrase"),
    FactType.DATE: ("day", "other_day"),
}
LISTS: Final = {
    "people": {
        "trained": FactType.BOOLEAN,
        "able": FactType.BOOLEAN,
        "age": FactType.INTEGER,
        "nickname": FactType.TEXT,
        "hired": FactType.DATE,
    },
    "events": {"date": FactType.DATE, "title": FactType.TEXT, "held": FactType.BOOLEAN},
}


def vocabulary() -> dict[str, Fact]:
    """The facts that the cases are about."""
    facts = {
        name: Fact(name, type_, BLANK, BLANK, ASKED)
        for type_, names in SCALARS.items()
        for name in names
    }
    for name, types in LISTS.items():
        fields = tuple(
            Field(field, type_, BLANK, None, required=False, personal=False)
            for field, type_ in types.items()
        )
        facts[name] = Fact(name, FactType.LIST, BLANK, BLANK, ASKED, fields)
    return facts


FACTS: Final = vocabulary()


def document(text: str) -> Document:
    """The data of a YAML text that has no fault."""
    parsed = parse_yaml(text, FILE.name)
    assert not isinstance(parsed, Problem), parsed.message("en")
    return parsed


CASES: Final = document(FILE.read_text(encoding="utf-8"))


def requirement(source: Document, *path: int) -> Requirement:
    """The requirement at `path` of a document."""
    data = source.data
    for step in path:
        data = data[step]
    reader = RequirementReader(source, FACTS)
    require = reader.requirement(data, path)
    assert require is not None, [problem.message("en") for problem in reader.problems]
    return require


def rule_of(require: Requirement, id_: str = "4.1", reason: Reason | None = None) -> Rule:
    """A binding rule of the adaptation stage; advice where there is no reason."""
    return Rule(
        id=id_,
        title=BLANK,
        clause=id_,
        cites=(),
        verb=Verb.SHALL if reason else Verb.SHOULD,
        basis=Basis.STANDARD,
        stage=Stage.ADAPTATION,
        applies_to=frozenset(OutletType),
        require=require,
        when=None,
        reason=reason,
        remedy=BLANK,
        note=None,
        effective_from=None,
        effective_to=None,
        trial=False,
        examples=(),
        file="",
        line=0,
    )


def book_of(*rules: Rule) -> RuleBook:
    """A rule book over the vocabulary of the cases."""
    return RuleBook(Standard(BLANK, "", {}), FACTS, rules, FormB1({}, {}, {}, {}), "0" * 64)


def observed(facts: Mapping[str, Any]) -> dict[str, Value]:
    """Facts of a case as a record holds them."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}


def answers(name: str, book: RuleBook, facts: Mapping[str, Any]) -> Answer:
    """What the oracle and, where another is named, that engine say; they say the same."""
    record = record_of(observed(facts))
    expected = oracle.answer(book, record)
    if name != "oracle":
        assert engine(name, book).answer(record) == expected
    return expected


THREE: Final = ("oracle", *EVERY_ENGINE)
LINES: Final = [CASES.place((position,)).line for position in range(len(CASES.data))]


@pytest.mark.parametrize("name", THREE)
@pytest.mark.parametrize("position", range(len(CASES.data)), ids=[f"line {n}" for n in LINES])
def test_case(position: int, name: str) -> None:
    _, facts, outcome = CASES.data[position]
    book = book_of(rule_of(requirement(CASES, position, 0)))
    assert answers(name, book, facts).verdicts[0].outcome is Outcome(outcome)


def test_the_cases_are_whole() -> None:
    """Each operator of each type, each way: true, false, not observed, negated, a fact."""
    assert len(LINES) == len(set(LINES)) >= 120
    written = FILE.read_text(encoding="utf-8")
    for op in {op for takes in OPERATORS.values() for op in takes} - {Op.EQUALS, Op.ONE_OF}:
        lines = [line for line in written.splitlines() if f"{{{op.value}: " in line]
        assert {line.rsplit(", ", 1)[1] for line in lines} >= {"pass]", "fail]", "not_observed]"}
        assert any("not: " in line for line in lines), op
        assert any(f"{op.value}: {{fact: " in line for line in lines), op


PEOPLE: Final = [{"trained": True}, {"trained": False}, {}, {"trained": True}]
SINCE: Final = "{every_month_since: {fact: day}, of: events, dated_by: date}"
SUBJECTS: Final[Sequence[tuple[Any, ...]]] = (
    ("{at_least: 2, of: people, that: {trained: true}}", {"people": PEOPLE}, (0, 3), ()),
    ("{at_least: 4, of: people, that: {trained: true}}", {"people": PEOPLE}, (1,), ()),
    ("{at_least: 3, of: people, that: {trained: true}}", {"people": PEOPLE}, (2,), ()),
    ("{every: people, that: {trained: true}}", {"people": PEOPLE}, (1,), ()),
    ("{every: people, that: {trained: true}}", {"people": PEOPLE[2:]}, (0,), ()),
    ("{every: people, that: {trained: true}}", {"people": PEOPLE[:1]}, (0,), ()),
    ("{every: people, that: {trained: true}}", {"people": []}, (), ()),
    ("{every: people, that: {trained: true}}", {}, (), ()),
    ("{flag: true}", {"flag": True, "people": PEOPLE}, (), ()),
    (SINCE, {"day": "2026-04-01", "events": [{"date": "2026-04-30"}]}, (), ("2026-04",)),
    (SINCE, {"day": "2026-02-28", "events": [{"date": "2026-03-31"}]}, (), ("2026-02", "2026-04")),
    (SINCE, {"day": "2026-03-01", "events": [{"date": "2026-04-01"}, {}]}, (), ("2026-03",)),
    (SINCE, {"day": "2026-05-01", "events": []}, (), ()),
    (SINCE, {"events": [{"date": "2026-04-01"}]}, (), ()),
)


@pytest.mark.parametrize("name", THREE)
@pytest.mark.parametrize(("text", "facts", "members", "months"), SUBJECTS)
def test_the_subjects_that_decide(
    text: str,
    facts: Mapping[str, Any],
    members: tuple[int, ...],
    months: tuple[str, ...],
    name: str,
) -> None:
    book = book_of(rule_of(requirement(document(text))))
    (verdict,) = answers(name, book, facts).verdicts
    assert (verdict.members, verdict.months) == (members, months)


OPINIONS: Final[Sequence[tuple[Any, ...]]] = (
    ({"flag": True, "other": True}, Opinion.CONFORMING, ()),
    ({"flag": True, "other": True, "number": 1}, Opinion.CONFORMING, ()),
    ({"flag": True}, Opinion.PENDING, ()),
    ({}, Opinion.PENDING, ()),
    ({"flag": False}, Opinion.NON_CONFORMING, (Reason.OTHER,)),
    ({"other": False}, Opinion.NON_CONFORMING, (Reason.FACILITIES,)),
    (
        {"flag": False, "other": False},
        Opinion.NON_CONFORMING,
        (Reason.FACILITIES, Reason.OTHER),
    ),
)


@pytest.mark.parametrize("name", THREE)
@pytest.mark.parametrize(("facts", "opinion", "reasons"), OPINIONS)
def test_the_opinion(
    facts: Mapping[str, Any], opinion: Opinion, reasons: tuple[Reason, ...], name: str
) -> None:
    book = book_of(
        rule_of(requirement(document("{flag: true}")), "4.1", Reason.OTHER),
        rule_of(requirement(document("{other: true}")), "4.2", Reason.FACILITIES),
        rule_of(requirement(document("{number: 2}")), "4.3"),
    )
    answer = answers(name, book, facts)
    assert (answer.opinion, answer.reasons) == (opinion, reasons)


@pytest.mark.parametrize("name", THREE)
def test_advice_alone_gives_no_opinion(name: str) -> None:
    book = book_of(rule_of(requirement(document("{flag: true}"))))
    assert answers(name, book, {"flag": True}).opinion is Opinion.PENDING
