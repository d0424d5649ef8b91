"""What `explain` says of a rule and of an opinion."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.condition import (
    OPERATORS,
    All,
    Any,
    AtLeast,
    Every,
    EveryMonthSince,
    FactRef,
    FactType,
    Holds,
    Not,
    Op,
    Operand,
    Requirement,
)
from compliance.condition import Test as FactTest
from compliance.explain import explain_opinion, explain_rule
from compliance.load import load_rules
from compliance.outcome import Basis, Opinion, Outcome, Stage, Verb
from compliance.record import Inspection, Member, Outlet, Record, Value
from compliance.rulebook import OutletType, Rule, RuleBook
from compliance.words import LANGS, Lang, Text
from compliance.words import explain as words
from tests import oracle
from tests.strategies import observed_record, rule_books

BOOK = load_rules()
BRANCH, POINT = OutletType.BANK_BRANCH, OutletType.RURAL_POINT
TRAINED: Member = {"name": "甲示例", "pre_job_trained": True, "able_to_serve": True}
UNTRAINED: Member = {"name": "乙示例", "pre_job_trained": False, "able_to_serve": True}
POINT_PASSES: dict[str, Value] = {
    "convenience_items": True,
    "notice_board": True,
    "leaflets": True,
    "farmer_terminal": True,
    "staff": ({**TRAINED, "dedicated": True},),
    "publications": ({"date": "2026-04-02"},),
}
SECRETS = {"id_number": "450902199001011234", "phone": "13800138000"}


def record_of(type_: OutletType = BRANCH, **observations: Value) -> Record:
    """A record of an adaptation inspection on 2026-04-12."""
    visit = Inspection("YL-2026-0412", Stage.ADAPTATION, "2026-04-12", "样例")
    outlet = Outlet("YL-017", "示例网点", type_, "示例银行")
    return Record(visit, outlet, observations, {}, (), "0" * 64, "inspections/sample.yaml")


def shipped(id_: str) -> Rule:
    """A rule of the shipped book."""
    rule = BOOK.rule(id_)
    assert rule is not None
    return rule


def told(record: Record, id_: str, lang: Lang = "zh") -> str:
    """What is said of a shipped rule."""
    return explain_rule(BOOK, record, shipped(id_), lang)


def test_a_failing_member_is_named_with_the_value_and_its_place() -> None:
    text = told(record_of(staff=(TRAINED, UNTRAINED)), "4.3.1.5")
    lines = [line.strip() for line in text.splitlines()]
    assert "规则 4.3.1.5　岗前培训与服务能力" in lines
    assert "程度：应（shall）" in lines
    assert "依据：标准" in lines
    assert "结果：不通过（fail）" in lines
    assert "记录来源：inspections/sample.yaml" in lines
    assert (
        "- 工作人员第 2 个（乙示例）的“已接受岗前培训”：否　[observations.staff[1].pre_job_trained]"
    ) in lines
    assert "决定结果的（不满足）：工作人员第 2 个（乙示例）" in lines
    assert (
        "- 工作人员第 2 个（乙示例）的“已接受岗前培训”：否 → 是"
        "　[observations.staff[1].pre_job_trained]"
    ) in lines
    assert any(line.startswith("整改：") for line in lines)


def test_the_clause_stands_as_the_standard_writes_it() -> None:
    written = BOOK.standard.clauses["4.3.1.1-a"].written
    assert f"条款：{written}\n" in told(record_of(), "4.3.1.1-a")


def test_an_absent_list_is_found_to_have_a_member() -> None:
    text = told(record_of(), "4.3.1.5", "en")
    assert "Outcome: not observed" in text
    assert "“Serving staff” is found to have one, whose" in text
    assert "[observations.staff[+]]" in text


def test_an_empty_list_has_one_more() -> None:
    assert "“工作人员”增加一个" in told(record_of(staff=()), "4.3.1.5")


def test_a_passing_rule_has_nothing_to_change() -> None:
    text = told(record_of(television=True), "4.3.1.3-d")
    assert words.NOTHING_TO_CHANGE.zh in text
    assert "→" not in text


def test_what_rests_on_the_owner_alone_is_said() -> None:
    record = record_of(POINT, **{**POINT_PASSES, "publications": ()})
    assert words.OWNER_ALONE.zh in told(record, "sup-monthly-publication")
    text = explain_opinion(BOOK, record, "en")
    assert "only because of what the owner asks (sup-monthly-publication)" in text
    assert "--without supplementary" in text
    waiting = record_of(POINT, **{**POINT_PASSES, "publications": None})
    assert "pending only because of what the owner asks" in explain_opinion(BOOK, waiting, "en")
    mixed = record_of(POINT, **{**POINT_PASSES, "publications": (), "leaflets": False})
    text = explain_opinion(BOOK, mixed, "en")
    assert "only because" not in text
    assert "sup-monthly-publication" in text


def test_a_rule_of_another_type_is_not_judged() -> None:
    text = told(record_of(), "4.3.2.2", "en")
    assert "not judged by this rule: the outlet is of another type" in text
    assert "Outcome" not in text


def test_a_rule_of_another_stage_or_time_is_not_judged() -> None:
    rule = shipped("4.3.1.2")
    late = replace(rule, effective_from="2027-01-01")
    other = replace(rule, stage=Stage.LISTING)
    assert "2027-01-01 to open" in explain_rule(BOOK, record_of(), late, "en")
    assert "listing" in explain_rule(BOOK, record_of(), other, "en")


def test_a_rule_that_does_not_apply_says_why() -> None:
    rule = replace(
        shipped("4.3.1.3-d"), when=FactTest("bookshelf", FactType.BOOLEAN, Op.EQUALS, True)
    )
    book = replace(BOOK, rules=(rule,))
    text = explain_rule(book, record_of(bookshelf=False), rule, "en")
    assert "Applies when:\n  - “Bookshelf” is yes" in text
    assert words.CANNOT_APPLY.en in text
    assert "Bookshelf: no   [observations.bookshelf]" in text


def test_advice_and_trials_are_said_not_to_count() -> None:
    record = record_of(staff_relatively_fixed=False)
    assert words.ADVICE.zh in told(record, "4.3.1.4")
    trial = replace(shipped("4.3.1.2"), trial=True)
    book = replace(BOOK, rules=(trial,))
    assert words.TRIAL.zh in explain_rule(book, record_of(), trial, "zh")


def test_a_rule_that_nothing_cures_says_so() -> None:
    sure = FactTest("television", FactType.BOOLEAN, Op.EQUALS, True)
    rule = replace(shipped("4.3.1.3-d"), require=Holds(All((sure, Not(sure)))))
    book = replace(BOOK, rules=(rule,))
    assert words.IMPOSSIBLE.zh in explain_rule(book, record_of(television=True), rule, "zh")


def test_a_conforming_opinion_has_nothing_to_change() -> None:
    text = explain_opinion(BOOK, record_of(POINT, **POINT_PASSES), "zh")
    assert "意见：符合（conforming）" in text
    assert words.ALL_PASS.zh in text


def test_a_non_conforming_opinion_lists_reasons_rules_and_cures() -> None:
    staff = ({**TRAINED, "dedicated": False},)
    record = record_of(POINT, **{**POINT_PASSES, "staff": staff, "leaflets": None})
    text = explain_opinion(BOOK, record, "en")
    assert "Reason: personnel\n  - 4.3.2.2   Dedicated staff" in text
    assert "Rules that wait for observations:\n  - 4.3.2.1-b" in text
    assert "Leaflets: not observed → yes" in text
    assert "Set 1:" in text
    assert "“Dedicated”: no → yes   [observations.staff[0].dedicated]" in text
    assert "“Serving staff” has one more, whose" in text


def test_a_pending_opinion_says_what_settles_it() -> None:
    record = record_of(POINT, **{**POINT_PASSES, "leaflets": None})
    text = explain_opinion(BOOK, record, "zh")
    assert "最少再观察 1 项" in text
    assert "折页：未观察 → 是" in text
    assert f"{words.SPOILERS.zh}\n  - 折页：未观察 → 否" in text


def test_other_stages_have_outcomes_and_no_opinion() -> None:
    record = record_of()
    visit = replace(record.inspection, stage=Stage.LISTING)
    rule = replace(shipped("4.3.1.2"), stage=Stage.LISTING)
    book = replace(BOOK, rules=(rule,))
    text = explain_opinion(book, replace(record, inspection=visit), "en")
    assert "has no opinion" in text
    assert "4.3.1.2   Accessible facilities: not observed" in text


def test_an_opinion_without_rules_waits_for_nothing() -> None:
    text = explain_opinion(replace(BOOK, rules=()), record_of(), "en")
    assert words.NO_RULES.en in text


# Personal data and hostile texts ----------------------------------------------------------------


def reading(field: str, op: Op, operand: Operand) -> tuple[RuleBook, Rule]:
    """A rule that reads one text of the staff."""
    that = FactTest(field, FactType.TEXT, op, operand)
    rule = replace(shipped("4.3.1.5"), require=Every("staff", that))
    return replace(BOOK, rules=(rule,)), rule


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("field", sorted(SECRETS))
def test_personal_numbers_are_never_shown(field: str, lang: Lang) -> None:
    record = record_of(staff=({**UNTRAINED, **SECRETS}, {**TRAINED, **SECRETS}))
    for operand in ("样例", FactRef("name"), FactRef("id_number"), FactRef("phone")):
        book, rule = reading(field, Op.CONTAINS, operand)
        texts = explain_rule(book, record, rule, lang) + explain_opinion(book, record, lang)
        assert not any(secret in texts for secret in SECRETS.values())
        assert words.PERSONAL.in_(lang) in texts


@pytest.mark.parametrize("secret", sorted(SECRETS.values()))
def test_a_number_in_a_name_is_not_shown(secret: str) -> None:
    assert secret not in told(record_of(staff=({**UNTRAINED, "name": f"乙{secret}"},)), "4.3.1.5")


@pytest.mark.parametrize(
    "hostile",
    [
        "甲\n结果：通过",
        "\x1b[31m红",
        "左\u202e右",
        "{0} {rule} {{",
        "半\ud800个",
        "长" * 300,
        "\r=cmd|",
    ],
)
def test_texts_from_records_stay_on_their_line(hostile: str) -> None:
    record = record_of(staff=({**UNTRAINED, "name": hostile},))
    outlet = replace(record.outlet, name=hostile, id=hostile)
    text = explain_rule(BOOK, replace(record, outlet=outlet), shipped("4.3.1.5"), "zh")
    plain = told(record_of(staff=(UNTRAINED,)), "4.3.1.5")
    assert len(text.splitlines()) == len(plain.splitlines())
    assert all(c.isprintable() for c in text.replace("\n", "").replace("\u3000", ""))
    assert max(map(len, text.splitlines())) < 400


# Everything that a rule can say ------------------------------------------------------------------

OPERANDS: dict[FactType, Operand] = {
    FactType.BOOLEAN: True,
    FactType.INTEGER: 3,
    FactType.TEXT: "文字",
    FactType.DATE: "2026-04-01",
}


@pytest.mark.parametrize("lang", LANGS)
def test_every_operator_has_words_of_its_own(lang: Lang) -> None:
    said = [text.in_(lang) for pair in words.OPERATORS.values() for text in pair]
    assert set(words.OPERATORS) == set(Op)
    assert {op for ops in OPERATORS.values() for op in ops} == set(Op)
    # A number is at least and a date is on or after: the words of two operators may agree.
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("lang", LANGS)
def test_every_quantifier_and_connective_is_described(lang: Lang) -> None:
    yes = FactTest("pre_job_trained", FactType.BOOLEAN, Op.EQUALS, True)
    no = FactTest("able_to_serve", FactType.BOOLEAN, Op.EQUALS, False)
    both = Any((All((yes, no)), Not(yes)))
    requires: list[Requirement] = [
        Every("staff", both, allow_none=True),
        Every("staff", both),
        AtLeast(2, "staff", both),
        EveryMonthSince("outlet.listed_on", "publications", "date", None),
    ]
    heads = set()
    for require in requires:
        rule = replace(shipped("4.3.1.5"), require=require)
        text = explain_rule(replace(BOOK, rules=(rule,)), record_of(), rule, lang)
        part = text.split(words.REQUIRE.in_(lang))[1].split(words.FACTS.in_(lang))[0]
        heads.add(part)
        if not isinstance(require, EveryMonthSince):
            for word in (words.ALL, words.ANY, words.NOT):
                assert word.in_(lang) in part
    assert len(heads) == len(requires)


@pytest.mark.parametrize("lang", LANGS)
def test_both_texts_of_an_entry_have_the_same_places_to_fill(lang: Lang) -> None:
    def places(text: str) -> list[str]:
        return sorted({name for _, name, _, _ in Formatter().parse(text) if name is not None})

    entries = [value for value in vars(words).values() if isinstance(value, Text)]
    assert len(entries) > 50
    assert [places(entry.in_(lang)) for entry in entries] == [places(e.zh) for e in entries]
    assert set(words.OUTCOMES) == set(Outcome)
    assert set(words.OPINIONS) == set(Opinion)
    assert (set(words.VERBS), set(words.BASES)) == (set(Verb), set(Basis))
    assert set(words.STAGES) == set(Stage)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(LANGS))
def test_any_rule_of_any_record_can_be_told(data: st.DataObject, lang: Lang) -> None:
    book = data.draw(rule_books())
    record = data.draw(observed_record(book))
    outcomes = {v.rule: v.outcome for v in oracle.answer(book, record).verdicts}
    for rule in book.rules:
        text = explain_rule(book, record, rule, lang)
        said = rule.id in outcomes and words.OUTCOMES[outcomes[rule.id]].in_(lang)
        assert not said or said in text
        assert all(c.isprintable() for c in text.replace("\n", "").replace("\u3000", ""))
    assert explain_opinion(book, record, lang).endswith("\n")
