"""Compiled rules as plain JSON data, for the evaluator that the page carries.

May import `condition`, `rulebook` and `engines.program`.
"""

from __future__ import annotations

from typing import Any

from compliance.condition import AtLeast, Every, EveryMonthSince, FactRef, Holds, Test
from compliance.engines.program import And, Branches, Compiled, Formula, Literal, compile_rule
from compliance.outcome import Reason, Stage, Verb
from compliance.rulebook import OutletType, RuleBook

Json = dict[str, Any]


def program(book: RuleBook, type_: OutletType, stage: Stage) -> Json:
    """What `answer` of evaluator.js takes: the rules of an outlet type and stage.

    `opinion` says whether the stage has one, `reasons` their order on the form. Of each
    rule: id, first and last day of effect (None: open), whether it is binding, its reason,
    and its conditions, each as a formula for satisfied and one for violated.
    """
    rules = [
        _rule(compile_rule(rule), book)
        for rule in book.rules
        if rule.stage is stage and type_ in rule.applies_to
    ]
    return {
        "opinion": stage is Stage.ADAPTATION,
        "reasons": [reason.value for reason in Reason],
        "rules": rules,
    }


def _rule(compiled: Compiled, book: RuleBook) -> Json:
    rule = compiled.rule
    return {
        "id": rule.id,
        "from": rule.effective_from,
        "to": rule.effective_to,
        "binding": rule.verb is not Verb.SHOULD and not rule.trial,
        "reason": rule.reason.value if rule.reason else None,
        "when": _branches(compiled.when, frozenset()),
        **_required(compiled, book),
    }


def _required(compiled: Compiled, book: RuleBook) -> Json:
    require = compiled.require
    if isinstance(require, Holds):
        return {"kind": "holds", "that": _branches(compiled.that, frozenset())}
    own = frozenset(field.name for field in book.facts[require.of].fields)
    counted: Json = {"of": require.of, "that": _branches(compiled.that, own)}
    match require:
        case Every():
            return {"kind": "every", **counted, "allow_none": require.allow_none}
        case AtLeast():
            return {"kind": "at_least", **counted, "count": require.count}
        case EveryMonthSince():
            since = {"since": require.since, "dated_by": require.dated_by}
            return {"kind": "every_month_since", **counted, **since}


def _branches(branches: Branches | None, own: frozenset[str]) -> Json | None:
    if branches is None:
        return None
    return {
        "satisfied": _formula(branches.satisfied, own),
        "violated": _formula(branches.violated, own),
    }


def _formula(formula: Formula, own: frozenset[str]) -> Json:
    if isinstance(formula, Literal):
        return {"test": _test(formula.test, own), "holds": formula.holds}
    name = "and" if isinstance(formula, And) else "or"
    return {name: [_formula(item, own) for item in formula.items]}


def _test(test: Test, own: frozenset[str]) -> Json:
    """A test; names of the member's own fields are marked, since evaluator.js knows no types."""
    operand = test.operand
    other = _name(operand.name, own) if isinstance(operand, FactRef) else {"value": operand}
    return {**_name(test.fact, own), "op": test.op.value, "operand": other}


def _name(name: str, own: frozenset[str]) -> Json:
    return {"fact": name, "own": name in own}
