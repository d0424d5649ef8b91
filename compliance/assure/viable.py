"""Whether loading would refuse a rule that has been changed.

The checks are those of `load` and `requirement` that a change to a rule that they accept can
offend against. May import everything below `assure`, and `reads`.
"""

from __future__ import annotations

from collections.abc import Mapping

from compliance.assure.reads import conditions_of
from compliance.condition import (
    CASE_LIMIT,
    OPERATORS,
    AtLeast,
    Condition,
    EveryMonthSince,
    FactRef,
    FactType,
    Holds,
    Not,
    Op,
    Test,
    case_count,
    tests_of,
)
from compliance.outcome import Stage, Verb
from compliance.rulebook import INSPECTION_FACTS, Rule, RuleBook
from compliance.source import INTEGER_LIMIT


def refused(rule: Rule, book: RuleBook) -> bool:
    """Whether `load_rules` would refuse the rule in a book with these facts."""
    return (
        any(_condition_refused(condition) for condition in conditions_of(rule))
        or (isinstance(rule.require, AtLeast) and not 1 <= rule.require.count <= INTEGER_LIMIT)
        or not _names_known(rule, book)
        or not _reason_fits(rule)
        or (rule.effective_from or "") > (rule.effective_to or "9999-12-31")
    )


def _condition_refused(condition: Condition) -> bool:
    """Whether a condition has an empty part, an operand out of range, or too many cases."""
    return (
        _empty(condition)
        or any(_operand_refused(test) for test in tests_of(condition))
        or max(case_count(condition, holds) for holds in (True, False)) > CASE_LIMIT
    )


def _empty(condition: Condition) -> bool:
    if isinstance(condition, Test):
        return condition.operand == ()
    items = (condition.item,) if isinstance(condition, Not) else condition.items
    return not items or any(_empty(item) for item in items)


def _operand_refused(test: Test) -> bool:
    number = test.operand
    if not isinstance(number, int):
        return False
    return abs(number) > INTEGER_LIMIT or (test.op is Op.WITHIN_DAYS and number < 0)


def _names_known(rule: Rule, book: RuleBook) -> bool:
    """Whether each fact is asked wherever the rule applies, and all are of the types tested."""
    require = rule.require
    scopes = {(type_, rule.stage) for type_ in rule.applies_to}
    asked = {fact.name: fact.type for fact in book.facts.values() if scopes <= fact.asked}
    top = {**asked, **INSPECTION_FACTS}
    if not _tests_fit(rule.when, top, top):
        return False
    if isinstance(require, Holds):
        return _tests_fit(require.that, top, top)
    fields = {field.name: field.type for field in book.facts[require.of].fields}
    if isinstance(require, EveryMonthSince):
        dates = (top.get(require.since), fields.get(require.dated_by))
        if dates != (FactType.DATE, FactType.DATE):
            return False
    return require.of in asked and _tests_fit(require.that, fields, {**top, **fields})


def _tests_fit(
    condition: Condition | None, tested: Mapping[str, FactType], referred: Mapping[str, FactType]
) -> bool:
    """Whether the names that a condition tests and refers to are known with the types it says."""
    for test in () if condition is None else tests_of(condition):
        if tested.get(test.fact) is not test.type:
            return False
        other = test.operand
        wanted = OPERATORS[test.type][test.op]
        if isinstance(other, FactRef) and referred.get(other.name) is not wanted:
            return False
    return True


def _reason_fits(rule: Rule) -> bool:
    """Binding rules of the adaptation stage have a reason, all others have none."""
    needed = rule.stage is Stage.ADAPTATION and rule.verb is not Verb.SHOULD
    return (rule.reason is not None) is needed
