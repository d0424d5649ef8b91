"""Whether a changed rule could be loaded is what loading says, and parts of it are found again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from hypothesis import HealthCheck, given, settings

from compliance.assure.mutants import Mutant, mutants
from compliance.assure.spots import spots
from compliance.assure.viable import refused
from compliance.assure.written import condition_data, data_path, on_a_line, requirement_data
from compliance.condition import CASE_LIMIT, Condition, case_count
from compliance.errors import Problem, RulesError
from compliance.load import build_rules, read_rules
from compliance.requirement import RequirementReader
from compliance.rulebook import RuleBook
from compliance.source import Document, parse
from tests.strategies import rule_books
from tests.test_conditions import FACTS, document, rule_of

FILES: Final = read_rules()


def read_again(condition: Condition | None, data: dict[str, Any], book: RuleBook, top: bool) -> Any:
    """What loading makes of the data of a condition or requirement; None where it refuses it."""
    source = parse(json.dumps(data), "rule.json")
    if isinstance(source, Problem) or (condition is not None and too_large(condition)):
        return None
    reader = RequirementReader(source, book.facts)
    return reader.requirement(source.data, ()) if top else reader.condition(source.data, ())


def too_large(condition: Condition) -> bool:
    return max(case_count(condition, holds) for holds in (True, False)) > CASE_LIMIT


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(rule_books())
def test_what_is_not_refused_is_read_back_as_it_is(book: RuleBook) -> None:
    for rule in book.rules:
        beside = refused(replace(rule, require=book.rules[0].require, when=None), book)
        for mutant in mutants(rule, book):
            changed = mutant.rule
            if changed.reason is not rule.reason or mutant.operator in ("verb", "effective"):
                continue
            require = changed.require
            read = read_again(require.that, requirement_data(require), book, top=True)
            good = read is not None
            if changed.when is not None:
                when = read_again(changed.when, condition_data(changed.when), book, top=False)
                good = good and when is not None
                assert when in (None, changed.when)
            assert read in (None, require)
            assert refused(changed, book) is (beside or not good), mutant


def as_loaded(mutant: Mutant, raw: dict[str, Any]) -> dict[str, Any]:
    """The data of a shipped rule with a mistake in it."""
    rule = mutant.rule
    data = {k: v for k, v in raw.items() if k not in ("reason", "status", "effective")}
    data["require"] = requirement_data(rule.require)
    data["applies_to"] = sorted(type_.value for type_ in rule.applies_to)
    data["verb"] = rule.verb.value
    if rule.reason is not None:
        data["reason"] = rule.reason.value
    if rule.trial:
        data["status"] = "trial"
    return data


def test_the_loader_refuses_what_is_said_to_be_refused() -> None:
    standard = FILES.documents["standard"].data
    clauses = [{**clause, "answers": []} for clause in standard["clauses"]]
    named = {name: FILES.documents[name] for name in ("facts", "opinion")}
    named["standard"] = Document("", {**standard, "clauses": clauses})
    both = {True: 0, False: 0}
    for rule in FILES.book.rules:
        raw = FILES.raw["rules"][rule.id]
        for mutant in mutants(rule, FILES.book):
            said = refused(mutant.rule, FILES.book)
            # The loader takes long; of the many mutants that it takes one of a kind is enough.
            if not said and mutant.operator in ("reason", "flip-value", "trial"):
                continue
            rules = Document("rules", [as_loaded(mutant, raw)])
            try:
                build_rules(FILES.folder, {**named, "rules": rules})
                loaded = True
            except RulesError:
                loaded = False
            assert loaded is not said, mutant
            both[said] += 1
    assert min(both.values()) > 20


# Places -------------------------------------------------------------------------------------

WRITTEN: Final = """\
require:
  at_least: 1
  of: people
  that:
    trained: true
    hired: {on_or_after: 2026-01-01, on_or_before: 2026-02-28}
    any:
      - able: true
      - not: {age: 3, nickname: {one_of: [甲, 乙]}}
      - all:
          - {able: false}
when:
  not:
    flag: true
"""


def test_each_condition_is_found_where_it_is_written() -> None:
    source = document(WRITTEN)
    read = RequirementReader(source, FACTS)
    rule = replace(
        rule_of(_requirement(read, source)), when=read.condition(source.data["when"], ("when",))
    )
    found = {
        on_a_line(condition_data(spot.condition)): source.place(path, key=isinstance(path[-1], str))
        for spot in spots(rule)
        for path in [data_path(source.data, spot.at)]
    }
    lines = {text: place.line for text, place in found.items()}
    assert lines["trained: true"] == 5
    assert lines["hired: {on_or_after: 2026-01-01}"] == 6
    assert found["hired: {on_or_before: 2026-02-28}"].column == 38
    assert lines["able: true"] == 8
    assert lines["age: 3"] == lines["nickname: {one_of: [甲, 乙]}"] == 9
    assert lines["able: false"] == 11
    assert (lines["not: {flag: true}"], lines["flag: true"]) == (13, 14)
    assert data_path(source.data, ("require", "of")) == ("require", "of")


def _requirement(read: RequirementReader, source: Document) -> Any:
    return read.requirement(source.data["require"], ("require",))
