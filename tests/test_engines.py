"""The engines' own promises: the default, the comparison, the guards around durable-rules."""

from __future__ import annotations

import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest

from compliance import engines
from compliance.condition import All, Any, Every, FactType, Holds, Not, Op
from compliance.condition import Test as FactTest  # pytest collects what is called Test
from compliance.engines import chain
from compliance.engines.direct import Direct
from compliance.engines.program import And, Literal, Or, TooManyCases, cases, normal
from compliance.errors import Disagreement, InputError, RulesError
from compliance.opinion import decide, report_on
from compliance.outcome import Answer, Basis, Opinion, Outcome, Reason, Stage, Verb, Verdict
from compliance.record import Record
from compliance.rulebook import Clause, Fact, Field, FormB1, OutletType, Rule, RuleBook, Standard
from compliance.words import Text
from tests.agree import needs_durable, record_of

BLANK = Text("", "")
ASKED = frozenset((type_, stage) for type_ in OutletType for stage in Stage)


def boolean(name: str) -> FactTest:
    return FactTest(name, FactType.BOOLEAN, Op.EQUALS, True)


def rule(id_: str, require: Holds | Every, **changes: object) -> Rule:
    plain = Rule(
        id_, BLANK, "4", (), Verb.SHALL, Basis.STANDARD, Stage.ADAPTATION, frozenset(OutletType),
        require, None, Reason.OTHER, BLANK, None, None, None, False, (), "rules.yaml", 1,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]  # named by the tests below


def book(*rules: Rule) -> RuleBook:
    fields = (
        Field("name", FactType.TEXT, BLANK, None, True, False),
        Field("id_number", FactType.TEXT, BLANK, None, False, True),
        Field("trained", FactType.BOOLEAN, BLANK, None, False, False),
    )
    facts = {
        "shelf": Fact("shelf", FactType.BOOLEAN, BLANK, BLANK, ASKED),
        "staff": Fact("staff", FactType.LIST, BLANK, BLANK, ASKED, fields),
    }
    clause = Clause("4", "4 a)", "shall", (), (), "adaptation", BLANK, "", (), None)
    standard = Standard(BLANK, "", {"4": clause})
    return RuleBook(standard, facts, rules, FormB1({}, {}, {}, {}), "0" * 64)


SHELF = rule("shelf", Holds(boolean("shelf")), reason=Reason.FACILITIES)
STAFF = rule("staff", Every("staff", boolean("trained")), reason=Reason.PERSONNEL)
STAFFED = record_of(
    {
        "shelf": True,
        "staff": (
            {"name": "示例甲", "id_number": "ID-NUMBER", "trained": True},
            {"name": "示例乙", "id_number": "ID-NUMBER", "trained": False},
        ),
    }
)


def test_negation_moves_to_the_literals() -> None:
    a, b = boolean("a"), boolean("b")
    violated = normal(All((a, Not(Any((a, b))))), False)
    assert violated == Or((Literal(a, False), Or((Literal(a, True), Literal(b, True)))))


def test_a_case_that_contains_another_is_left_out() -> None:
    a, b = Literal(boolean("a"), True), Literal(boolean("b"), True)
    assert cases(Or((a, And((a, b))))) == ((a,),)
    assert cases(And(())) == ((),)
    assert cases(Or(())) == ()


def test_too_many_cases_are_refused() -> None:
    pairs = [
        Or((Literal(boolean(f"a{n}"), True), Literal(boolean(f"b{n}"), True))) for n in range(9)
    ]
    assert len(cases(And(tuple(pairs[:8])))) == 256
    with pytest.raises(TooManyCases):
        cases(And(tuple(pairs)))


def test_advice_and_trials_never_count() -> None:
    rules = [SHELF, replace(STAFF, trial=True), replace(STAFF, id="c", verb=Verb.SHOULD)]
    failing = [Verdict(r.id, Outcome.FAIL) for r in rules]
    passing = [Verdict("shelf", Outcome.PASS), *failing[1:]]
    assert decide(rules, failing) == (Opinion.NON_CONFORMING, (Reason.FACILITIES,))
    assert decide(rules, passing) == (Opinion.CONFORMING, ())
    assert decide(rules[1:], failing[1:]) == (Opinion.PENDING, ())
    assert decide(rules, failing, Stage.OPERATION) == (None, ())


def test_reasons_stand_once_in_the_forms_order() -> None:
    rules = [STAFF, SHELF, replace(SHELF, id="again")]
    _, reasons = decide(rules, [Verdict(r.id, Outcome.FAIL) for r in rules])
    assert reasons == (Reason.FACILITIES, Reason.PERSONNEL)


def test_a_report_names_members_and_no_id_numbers() -> None:
    rules = book(SHELF, STAFF)
    report = report_on(rules, STAFFED, Direct(rules).answer(STAFFED), "direct")
    (shelf,), (trained,) = (finding.witnesses for finding in report.findings)
    assert (shelf.path, shelf.value) == ("shelf", True)
    assert (trained.path, trained.position, trained.name) == ("staff[1]", 2, "示例乙")
    assert report.findings[0].clause == "4 a)"
    assert "ID-NUMBER" not in repr(report)


def test_a_missing_list_is_its_own_witness() -> None:
    rules = book(STAFF)
    record = record_of({})
    (finding,) = report_on(rules, record, Direct(rules).answer(record), "direct").findings
    assert finding.outcome is Outcome.NOT_OBSERVED
    assert [witness.path for witness in finding.witnesses] == ["staff"]


def test_rules_are_in_force_on_their_dates_alone() -> None:
    rules = book(
        replace(SHELF, effective_from="2026-04-12"), replace(STAFF, effective_to="2026-04-11")
    )
    assert [verdict.rule for verdict in Direct(rules).answer(STAFFED).verdicts] == ["shelf"]


class Wrong:
    """An engine that passes everything."""

    name = "durable"

    def answer(self, record: Record) -> Answer:
        return Answer((Verdict("staff", Outcome.PASS),), (), Opinion.CONFORMING)


def test_a_difference_is_told_with_both_answers() -> None:
    rules = book(STAFF)
    with pytest.raises(Disagreement) as raised:
        engines.evaluate(rules, Wrong(), Direct(rules), STAFFED)
    assert "staff: pass / fail (2)" in str(raised.value)
    assert "opinion: conforming / non_conforming personnel" in str(raised.value)


def test_the_default_without_durable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "durable_importable", lambda: "no compiler")
    assert engines.engine(None, book(SHELF)).name == "direct"
    with pytest.raises(InputError, match="no compiler"):
        engines.engine("durable", book(SHELF))


def test_colliding_names_are_refused() -> None:
    assert chain.fnv1a("costarring") == chain.fnv1a("liquid")
    with pytest.raises(RulesError, match="liquid"):
        chain.refuse_collisions(["costarring", "shelf", "liquid"])


@needs_durable
def test_durable_is_the_default_and_starts_no_threads() -> None:
    before = threading.active_count()
    durable = engines.engine(None, book(SHELF, STAFF))
    assert durable.name == "durable"
    assert engines.evaluate(
        book(SHELF, STAFF), durable, Direct(book(SHELF, STAFF)), STAFFED
    ).opinion
    assert threading.active_count() == before


@needs_durable
def test_sessions_do_not_run_out_and_share_nothing() -> None:
    durable = engines.engine("durable", book(SHELF, STAFF))
    empty = record_of({})
    for _ in range(1100):
        assert durable.answer(STAFFED).opinion is Opinion.NON_CONFORMING
        assert durable.answer(empty).opinion is Opinion.PENDING


@needs_durable
def test_a_failing_action_is_no_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    from compliance.engines.durable import Durable

    durable = Durable(book(SHELF))
    broken = SimpleNamespace(add=lambda mark: 1 / 0)
    monkeypatch.setattr(
        Durable, "_marks", property(lambda self: broken, lambda self, v: None), raising=False
    )
    with pytest.raises(Disagreement):
        durable.answer(STAFFED)
