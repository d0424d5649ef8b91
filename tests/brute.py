"""Cures by brute force over booleans, to hold the search against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, combinations, product
from typing import cast

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from compliance.condition import (
    All,
    Any,
    Condition,
    FactRef,
    FactType,
    Not,
    Op,
    Requirement,
    Scalar,
)
from compliance.condition import Test as FactTest
from compliance.explain.cures import (
    Change,
    Cure,
    Kind,
    Setting,
    changed,
    each_value,
    rule_cures,
)
from compliance.load import load_rules
from compliance.outcome import Basis, Opinion, Outcome, Reason, Stage, Verb
from compliance.record import Inspection, Outlet, Record, Value
from compliance.rulebook import Fact, Field, FormB1, OutletType, Rule, RuleBook, Standard
from compliance.words import Text
from tests import oracle

Good = Callable[[Record], bool]
BLANK = Text("", "")
ASKED = frozenset((outlet, stage) for outlet in OutletType for stage in Stage)
SHIPPED = load_rules()
SLOW = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def fact(name: str, type_: FactType, **fields: FactType) -> Fact:
    """A fact that everybody is asked."""
    own = tuple(
        Field(f, t, BLANK, BLANK, required=False, personal=False) for f, t in fields.items()
    )
    return Fact(name, type_, BLANK, BLANK, ASKED, own)


FLAG, DAY = FactType.BOOLEAN, FactType.DATE
SMALL = {
    f.name: f
    for f in (
        fact("a", FLAG),
        fact("b", FLAG),
        fact("n", FactType.INTEGER),
        fact("since", DAY),
        fact("m", FactType.LIST, x=FLAG, y=FLAG),
        fact("p", FactType.LIST, on=DAY, ok=FLAG),
    )
}


def rule_of(require: Requirement, when: Condition | None = None, id_: str = "4.1") -> Rule:
    """A binding rule of the standard."""
    return Rule(
        id=id_,
        title=BLANK,
        clause=id_,
        cites=(),
        verb=Verb.SHALL,
        basis=Basis.STANDARD,
        stage=Stage.ADAPTATION,
        applies_to=frozenset(OutletType),
        require=require,
        when=when,
        reason=Reason.OTHER,
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
    """A rule book over the small vocabulary."""
    return RuleBook(Standard(BLANK, "", {}), SMALL, rules, FormB1({}, {}, {}, {}), "0" * 64)


def record_of(type_: OutletType = OutletType.BANK_BRANCH, **observations: Value) -> Record:
    """A record of an adaptation inspection on 2026-04-12."""
    visit = Inspection("YL-1", Stage.ADAPTATION, "2026-04-12", "示例")
    outlet = Outlet("YL-001", "示例网点", type_, "示例银行")
    return Record(visit, outlet, observations, {}, (), "0" * 64, "sample.yaml")


def yes(name: str, value: bool = True) -> FactTest:
    """The test that a boolean is `value`."""
    return FactTest(name, FLAG, Op.EQUALS, value)


def conditions(tested: Sequence[str], others: Sequence[str]) -> st.SearchStrategy[Condition]:
    """Conditions on booleans; an operand is a value or one of `others`."""
    operands = st.booleans() | st.sampled_from([FactRef(name) for name in others])
    leaf = st.builds(FactTest, st.sampled_from(tested), st.just(FLAG), st.just(Op.EQUALS), operands)

    def combined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        items = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return items.map(All) | items.map(Any) | inner.map(Not)

    return st.recursive(cast("st.SearchStrategy[Condition]", leaf), combined, max_leaves=4)


TRUTHS = st.sampled_from((True, False, None))
MEMBERS = st.lists(st.fixed_dictionaries({"x": TRUTHS, "y": TRUTHS}), max_size=2).map(tuple)
RECORDS = st.builds(record_of, a=TRUTHS, b=TRUTHS, m=st.none() | MEMBERS)
OUTER = conditions(("a", "b"), ("a", "b"))
INNER = conditions(("x", "y"), ("a", "b", "x", "y"))


def passes(book: RuleBook, record: Record, rule: Rule) -> bool:
    """What the oracle says."""
    verdicts = oracle.answer(book, record).verdicts
    return next(v.outcome for v in verdicts if v.rule == rule.id) is Outcome.PASS


def passes_under(book: RuleBook, rule: Rule, record: Record) -> bool:
    """The same, with the record last."""
    return passes(book, record, rule)


def conforms(book: RuleBook, record: Record) -> bool:
    """What the oracle says."""
    return oracle.answer(book, record).opinion is Opinion.CONFORMING


# Brute force, of its own making -------------------------------------------------------------

POOL: dict[FactType, tuple[Scalar, ...]] = {
    FLAG: (True, False),
    FactType.INTEGER: (),
    FactType.TEXT: (),
    DAY: (),
}


def to(name: str, value: Scalar) -> Setting:
    """One value."""
    return Setting(name, (Kind((value,)),))


def single_changes(book: RuleBook, record: Record, gaps_only: bool) -> Iterator[Change]:
    """Every change of one boolean, and every member of booleans that could be added."""
    for declared in book.facts.values():
        value = record.observed(declared.name)
        if declared.type is not FactType.LIST:
            if value is None or not gaps_only:
                new = (v for v in POOL[declared.type] if v is not value)
                yield from (Change(declared.name, (to(declared.name, v),)) for v in new)
            continue
        for n, member in enumerate(value if isinstance(value, tuple) else ()):
            for field in declared.fields:
                if member.get(field.name) is None or not gaps_only:
                    new = (v for v in POOL[field.type] if v is not member.get(field.name))
                    for v in new:
                        yield Change(declared.name, (to(field.name, v),), n)
        if value is None:
            yield Change(declared.name, ())
        if value is None or not gaps_only:
            states = [[None, *POOL[field.type]] for field in declared.fields]
            for values in product(*states):
                stated = zip(declared.fields, values, strict=True)
                own = tuple(to(f.name, v) for f, v in stated if v is not None)
                yield Change(declared.name, own, added=True)


def is_set(changes: Sequence[Change]) -> bool:
    """Whether no two of the changes are of one cell."""
    cells = [(c.fact, c.member, [s.name for s in c.settings]) for c in changes if not c.added]
    lists = {c.fact for c in changes if c.added}
    empties = {c.fact for c in changes if not c.added and not c.settings}
    return not lists & empties and all(cells.count(cell) == 1 for cell in cells)


def parts(cure: Cure) -> Iterator[Cure]:
    """Every proper part: fewer changes, or one thing less said of an added member."""
    for size in range(len(cure)):
        yield from combinations(cure, size)
    for n, change in enumerate(cure):
        if change.added:
            for setting in change.settings:
                rest = tuple(s for s in change.settings if s is not setting)
                yield (*cure[:n], replace(change, settings=rest), *cure[n + 1 :])


def key(cure: Cure) -> tuple[str, ...]:
    """A cure of single values, in one order."""
    return tuple(sorted(repr((c.path, [(s.name, s.values) for s in c.settings])) for c in cure))


def brute(
    book: RuleBook, record: Record, good: Good, most: int, gaps_only: bool
) -> set[tuple[str, ...]]:
    """The minimal sets of up to `most` changes for which `good` holds."""
    singles = list(single_changes(book, record, gaps_only))
    again = [] if gaps_only else [c for c in singles if c.added] * (most - 1)
    pairs = singles + again
    sets = chain.from_iterable(combinations(pairs, size) for size in range(most + 1))
    found: set[tuple[str, ...]] = set()
    for cure in sets:
        if not is_set(cure) or key(cure) in found or not good(changed(record, cure)):
            continue
        if not any(good(changed(record, part)) for part in parts(cure)):
            found.add(key(cure))
    return found


def spread(found: Sequence[Cure]) -> Iterator[Cure]:
    """Each cure as one cure for each choice of its values."""
    for cure in found:
        choices = [
            [
                replace(change, settings=stated)
                for stated in product(*([to(s.name, v) for v in s.values] for s in change.settings))
            ]
            for change in cure
        ]
        yield from product(*choices)


def check_exact(book: RuleBook, record: Record, rule: Rule, most: int) -> None:
    """The cures of up to `most` changes are those that brute force finds."""
    found = rule_cures(book, record, rule)
    assert found.complete
    ours = [key(cure) for cure in spread(found.sets) if len(cure) <= most]
    assert len(ours) == len(set(ours)), "a set is listed twice"
    wanted = brute(book, record, lambda r: passes(book, r, rule), most, gaps_only=False)
    if oracle.answer(book, record).verdicts[0].outcome is Outcome.NOT_APPLICABLE:
        wanted = set()
    assert set(ours) == wanted


def check_sound(record: Record, cure: Cure, good: Good) -> None:
    """The cure does, whichever of its values is taken, and no part of it does."""
    for one in (cure, *each_value(cure)):
        assert good(changed(record, one))
    for part in parts(cure) if len(cure) < 6 else combinations(cure, len(cure) - 1):
        assert not good(changed(record, part))
