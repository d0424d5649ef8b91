"""Hypothesis strategies: rule books, records that fit them, and records that fit nothing.

Rule books keep the loader's limits: operands of the operators' types, integers that JSON
can hold, no empty `all`, `any` or `one_of`, fields never named as facts, conditions small
enough for every engine. Values are drawn from small pools as often as not, so that the
comparisons meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any as AnyValue
from typing import Final, TypeVar, cast

from hypothesis import strategies as st

from compliance.condition import (
    OPERATORS,
    All,
    Any,
    AtLeast,
    Condition,
    Every,
    EveryMonthSince,
    FactRef,
    FactType,
    Holds,
    Not,
    Op,
    Operand,
    Requirement,
    Scalar,
    Test,
    tests_of,
)
from compliance.outcome import Basis, Reason, Stage, Verb
from compliance.record import Inspection, Member, Outlet, Record, Value
from compliance.rulebook import (
    INSPECTION_FACTS,
    Fact,
    Field,
    FormB1,
    OutletType,
    Rule,
    RuleBook,
    Standard,
)
from compliance.words import Text

Item = TypeVar("Item")

LARGEST: Final = 2**53 - 1
BLANK: Final = Text("", "")
SCALARS: Final = (FactType.BOOLEAN, FactType.INTEGER, FactType.TEXT, FactType.DATE)
# Texts that an engine may take for another type, and texts that quoting or escaping spoils.
LOOKALIKES: Final = ("", "1", "1.0", "01", "true", "True", "unknown", "null", "None", "-1", " ")
TEXTS: Final = (
    *LOOKALIKES,
    *("等候区", "导办区", "等候", "玉林市玉州区", "😀", "👩🏽\u200d🔧", "é", "e\u0301", "ß", "SS"),
    *("'", '"', "\\", "\\n", "a'b\"c", "\n", "\t", "<b>", "{{ x }}", "=cmd|", "#", "../", "%s"),
    *("\0", "a\0b", "\x7f", "\u202e", "\ufeff", "$m", "m.x", "2026-04-12", "a" * 300),
)
NUMBERS: Final = (-LARGEST, -(2**31) - 1, -2, -1, 0, 1, 2, 3, 30, 31, 2**31, 2**32, LARGEST)
DATES: Final = (
    *("2024-02-28", "2024-02-29", "2024-03-01", "2025-11-30", "2025-12-01", "2025-12-31"),
    *("2026-01-01", "2026-01-31", "2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"),
    *("2026-04-12", "2026-04-30", "2026-05-01"),
)

_POOLS: Final[Mapping[FactType, st.SearchStrategy[Scalar]]] = {
    FactType.BOOLEAN: st.booleans(),
    FactType.INTEGER: st.sampled_from(NUMBERS) | st.integers(-LARGEST, LARGEST),
    FactType.TEXT: st.sampled_from(LOOKALIKES)
    | st.sampled_from(TEXTS)
    | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8),
    FactType.DATE: st.sampled_from(DATES)
    | st.dates(date(2023, 1, 1), date(2026, 12, 31)).map(date.isoformat),
}

_TWENTIETHS: Final = st.integers(0, 19)


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


def _pick(draw: st.DrawFn, items: Sequence[Item]) -> Item:
    """One of the items; a strategy for each choice would take half the time of the tests."""
    return items[draw(_below(len(items)))]


def scalars(type_: FactType) -> st.SearchStrategy[Scalar]:
    """Values of a scalar type; dates are texts YYYY-MM-DD."""
    return _POOLS[type_]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition may test, and what its operands may refer to, by type."""

    tested: Mapping[str, FactType]
    referred: Mapping[str, FactType]


def _test(draw: st.DrawFn, scope: Scope) -> Test:
    fact = _pick(draw, sorted(scope.tested))
    type_ = scope.tested[fact]
    op = _pick(draw, list(OPERATORS[type_]))
    return Test(fact, type_, op, _operand(draw, scope, op, OPERATORS[type_][op]))


def _operand(draw: st.DrawFn, scope: Scope, op: Op, type_: FactType) -> Operand:
    if op is Op.ONE_OF:
        return tuple({draw(scalars(type_)): None for _ in range(_pick(draw, (1, 2, 3)))})
    names = sorted(name for name, other in scope.referred.items() if other is type_)
    if names and draw(_TWENTIETHS) < 7:
        return FactRef(_pick(draw, names))
    if op is Op.WITHIN_DAYS:
        return _pick(draw, (0, 1, 30, 31, 365, LARGEST))
    return draw(scalars(type_))


def _condition(draw: st.DrawFn, scope: Scope, size: int) -> Condition:
    """A condition of at most `size` tests."""
    kind = draw(_TWENTIETHS) if size > 1 else 0
    if kind < 8:
        return _test(draw, scope)
    if kind < 11:
        return Not(_condition(draw, scope, size - 1))
    count = _pick(draw, (1, 2, 2, 3))
    items = tuple(_condition(draw, scope, size // count) for _ in range(count))
    return All(items) if kind < 15 else Any(items)


def _names(type_: FactType, prefix: str, count: int) -> list[str]:
    return [f"{prefix}{type_.value}_{n}" for n in range(1, count + 1)]


def _facts(draw: st.DrawFn) -> dict[str, Fact]:
    asked = frozenset((outlet, stage) for outlet in OutletType for stage in Stage)
    facts = {
        name: Fact(name, type_, BLANK, BLANK, asked)
        for type_ in SCALARS
        for name in _names(type_, "", 2)
    }
    for name in _names(FactType.LIST, "", _pick(draw, (1, 2))):
        fields = tuple(
            Field(field, type_, BLANK, BLANK, required=False, personal=False)
            for type_ in SCALARS
            for field in _names(type_, "member_", _pick(draw, (1, 2)))
        )
        facts[name] = Fact(name, FactType.LIST, BLANK, BLANK, asked, fields)
    return facts


def _requirement(draw: st.DrawFn, facts: Mapping[str, Fact], top: Scope) -> Requirement:
    kind = _pick(draw, (Holds, Every, AtLeast, EveryMonthSince))
    if kind is Holds:
        return Holds(_condition(draw, top, 8))
    of = _pick(draw, [fact for fact in facts.values() if fact.fields])
    fields = {field.name: field.type for field in of.fields}
    that = _condition(draw, Scope(fields, {**top.referred, **fields}), 6)
    if kind is Every:
        return Every(of.name, that, allow_none=draw(_TWENTIETHS) < 8)
    if kind is AtLeast:
        return AtLeast(_pick(draw, (1, 1, 2, 4)), of.name, that)
    since = _pick(draw, [*_dates_of(top.tested), *INSPECTION_FACTS])
    dated_by = _pick(draw, _dates_of(fields))
    return EveryMonthSince(since, of.name, dated_by, _pick(draw, (None, that)))


def _dates_of(types: Mapping[str, FactType]) -> list[str]:
    return [name for name, type_ in types.items() if type_ is FactType.DATE]


def _rule(draw: st.DrawFn, id_: str, facts: Mapping[str, Fact]) -> Rule:
    types = {name: fact.type for name, fact in facts.items() if not fact.fields}
    top = Scope({**types, **INSPECTION_FACTS}, {**types, **INSPECTION_FACTS})
    verb = _pick(draw, (Verb.SHALL, Verb.SHALL, Verb.SHALL_NOT, Verb.SHOULD))
    days = [draw(scalars(FactType.DATE)) if draw(_TWENTIETHS) > 17 else None for _ in "ft"]
    return Rule(
        id=id_,
        title=BLANK,
        clause=id_,
        cites=(),
        verb=verb,
        basis=_pick(draw, [*Basis]),
        stage=_pick(draw, (*[Stage.ADAPTATION] * 20, *Stage)),
        applies_to=frozenset(_pick(draw, ((OutletType.RURAL_POINT,), *[OutletType] * 5))),
        require=_requirement(draw, facts, top),
        when=_condition(draw, top, 3) if draw(_TWENTIETHS) > 14 else None,
        reason=None if verb is Verb.SHOULD else _pick(draw, [*Reason]),
        remedy=BLANK,
        note=None,
        effective_from=cast("str | None", days[0]),
        effective_to=cast("str | None", days[1]),
        trial=draw(_TWENTIETHS) > 16,
        examples=(),
        file="",
        line=0,
    )


@st.composite
def rule_books(draw: st.DrawFn) -> RuleBook:
    """Rule books of one to four rules over facts of every type, built without the loader."""
    facts = _facts(draw)
    ids = [f"4.{n}" for n in range(1, _pick(draw, (1, 2, 3, 4)) + 1)]
    return RuleBook(
        standard=Standard(BLANK, "", {}),
        facts=facts,
        rules=tuple(_rule(draw, id_, facts) for id_ in ids),
        form=FormB1({}, {}, {}, {}),
        digest="0" * 64,
    )


def _literals(book: RuleBook) -> Iterator[tuple[FactType, Scalar]]:
    for rule in book.rules:
        for condition in (rule.when, rule.require.that):
            for test in () if condition is None else tests_of(condition):
                operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
                type_ = OPERATORS[test.type][test.op]
                yield from ((type_, o) for o in operands if not isinstance(o, FactRef))
        for day in (rule.effective_from, rule.effective_to):
            if day is not None:
                yield FactType.DATE, day


def _near(type_: FactType, literal: Scalar) -> list[Scalar]:
    """The literal and values that a careless comparison takes for it."""
    if type_ is FactType.INTEGER:
        return [n for n in (int(literal) + step for step in (-1, 0, 1)) if abs(n) <= LARGEST]
    if type_ is FactType.DATE:
        day = date.fromisoformat(str(literal))
        return [(day + timedelta(days)).isoformat() for days in (-31, -27, -1, 0, 1, 28)]
    if type_ is FactType.TEXT:
        text = str(literal)
        return [text, *(LOOKALIKES if text in LOOKALIKES else (f"业务{text}", f"{text}区"))]
    return []


# In a pool: a fact that is left out.
_ABSENT: Final = "(absent)"


def _pools(book: RuleBook, day: str) -> dict[FactType, list[Value]]:
    """Values of each type, most near `day` and the literals of `book`, some missing."""
    pools: dict[FactType, list[Value]] = {
        FactType.BOOLEAN: [True, False] * 9,
        FactType.INTEGER: list(NUMBERS),
        FactType.TEXT: list(TEXTS),
        FactType.DATE: [*DATES, *_near(FactType.DATE, day) * 4],
    }
    near: dict[FactType, list[Value]] = {type_: [] for type_ in pools}
    for type_, literal in _literals(book):
        near[type_] += _near(type_, literal)
    for type_, pool in pools.items():
        if near[type_]:
            pool += near[type_] * (1 + 2 * len(pool) // len(near[type_]))
        pool += [None, _ABSENT] * (1 + len(pool) // 20)
    return pools


@st.composite
def observed_record(draw: st.DrawFn, book: RuleBook) -> Record:
    """Records of the types that `book` declares, with facts left out, null and empty."""
    dates = [str(literal) for type_, literal in _literals(book) if type_ is FactType.DATE]
    days = [*DATES, *(str(day) for near in dates for day in _near(FactType.DATE, near))]
    day = _pick(draw, days)
    pools = _pools(book, day)

    def observed(types: Mapping[str, FactType]) -> dict[str, Value]:
        given = {name: _pick(draw, pools[type_]) for name, type_ in types.items()}
        return {name: value for name, value in given.items() if value != _ABSENT}

    observations = observed({f.name: f.type for f in book.facts.values() if not f.fields})
    for fact in book.facts.values():
        state = draw(_TWENTIETHS)
        if fact.fields and state < 18:
            types = {field.name: field.type for field in fact.fields}
            members = [observed(types) for _ in range(_pick(draw, (0, 1, 2, 3)))]
            observations[fact.name] = cast("tuple[Member, ...]", tuple(members))
        elif fact.fields and state == 18:
            observations[fact.name] = None
    stage = _pick(draw, (*[book.rules[0].stage] * 9, *Stage))
    earlier = [None, *DATES, *map(str, _near(FactType.DATE, day) * 4)]
    before, listed_on = _pick(draw, earlier), _pick(draw, earlier)
    type_ = _pick(draw, (OutletType.RURAL_POINT, *OutletType))
    return Record(
        Inspection("YL-1", stage, day, "示例", before),
        Outlet("YL-001", "示例网点", type_, "示例银行", listed_on=listed_on),
        observations,
        notes={},
        evidence=(),
        digest="0" * 64,
        source="generated",
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[RuleBook, tuple[Record, ...]]:
    """A rule book and three records that fit it."""
    book = draw(rule_books())
    return book, tuple(draw(observed_record(book)) for _ in range(3))


_KEYS: Final = (
    *("inspection", "outlet", "observations", "notes", "evidence", "id", "stage", "date"),
    *("inspector", "type", "bank", "name", "staff", "publications", "waiting_area", "phone"),
    *("id_number", "television", "bookshelf", "history", "disputed", "visit", "vocabulary"),
)
_JSON: Final[st.SearchStrategy[AnyValue]] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from((*TEXTS, *DATES, "adaptation", "bank_branch", "rural_point")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from((*_KEYS, *TEXTS)), inner, max_size=5)
    ),
    max_leaves=8,
)


def _section(**good: AnyValue) -> st.SearchStrategy[AnyValue]:
    """A mapping of these values, some of them replaced, left out or joined by others."""
    replaced = {key: st.just(value) | st.just(value) | _JSON for key, value in good.items()}
    exact = st.just(good)
    return exact | exact | st.fixed_dictionaries({}, optional=replaced) | _JSON


def any_record() -> st.SearchStrategy[dict[str, AnyValue]]:
    """JSON mappings that resemble a record; most are none."""
    member = _section(name="样例甲", pre_job_trained=True, able_to_serve=False, dedicated=None)
    return st.fixed_dictionaries(
        {
            "inspection": _section(
                id="YL-1", stage="adaptation", date="2026-04-12", inspector="示例"
            ),
            "outlet": _section(id="YL-001", name="示例网点", type="bank_branch", bank="示例银行"),
            "observations": st.dictionaries(
                st.sampled_from(_KEYS), st.booleans() | st.lists(member, max_size=2) | _JSON
            ),
        },
        optional={"notes": _JSON, "evidence": _JSON, "history": _JSON, "visit": _JSON},
    ) | st.dictionaries(st.sampled_from((*_KEYS, *TEXTS)), _JSON, max_size=6)
