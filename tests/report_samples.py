"""Reports written by hand, so that the tests of the output need no engine."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from compliance.condition import FactType
from compliance.outcome import (
    Basis,
    EvidenceFile,
    Finding,
    Opinion,
    Outcome,
    Reason,
    Report,
    Stage,
    Verb,
    Witness,
)
from compliance.rulebook import Fact, FormB1, RuleBook, Standard
from compliance.words import Text

HOSTILE: Final = (
    "<b>甲</b><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</style></td></table>&amp;",
    "{{ 7 * 7 }} {name} %s",
    "=cmd|' /C calc'!A0",
    "  =1+1",
    "\u00a0\u200b\ufeff@SUM(1)",
    "\t-1",
    "\r+1",
    "＝1＋1",
    "－1",
    "＋1",
    "＠SUM(1)",
    '甲,"乙";丙',
    "第一行\n第二行\r\n=第三行",
    "\x1b[31m红\x1b[0m\x1b]8;;http://example.invalid\x07\x9b2J\x00\x7f",
    "左\u202e右\u2066内\u2069\u200f\u2028行",
    "半个\ud800字",
    "../../样例",
    "长" * 300,
    "word" * 75,
    "👩‍🏫 e\u0301 ﷽",
    "1e5",
)


def _fact(name: str, type_: FactType, zh: str, en: str) -> Fact:
    return Fact(name, type_, Text(zh, en), Text(zh, en), frozenset())


FACTS: Final = {
    fact.name: fact
    for fact in (
        _fact("waiting_area", FactType.BOOLEAN, "业务等候区", "Waiting area"),
        _fact("television", FactType.BOOLEAN, "电视机", "Television"),
        _fact("staff_relatively_fixed", FactType.BOOLEAN, "人员相对固定", "Staff stays the same"),
        _fact("staff", FactType.LIST, "工作人员", "Serving staff"),
        _fact("publications", FactType.LIST, "宣传公示", "Publications"),
    )
}
BOOK: Final = RuleBook(
    standard=Standard(Text("示例服务规范", "Sample service specification"), "示例", {}),
    facts=FACTS,
    rules=(),
    form=FormB1({}, {}, {}, {}),
    digest="a1" * 32,
)


def finding(outcome: Outcome, *witnesses: Witness) -> Finding:
    """A requirement of the standard on the waiting area."""
    return Finding(
        rule="4.3.1.1-a",
        clause="4.3.1.1 a)",
        verb=Verb.SHALL,
        basis=Basis.STANDARD,
        outcome=outcome,
        reason=Reason.FACILITIES,
        title=Text("业务等候区", "Waiting area"),
        remedy=Text("设置业务等候区。", "Set up a waiting area."),
        witnesses=witnesses,
        evidence=(),
    )


def television(outcome: Outcome, value: bool | None) -> Finding:
    """A requirement of the standard with evidence, hashed and not."""
    return replace(
        finding(outcome, Witness("television", value=value)),
        rule="4.3.1.3-d",
        clause="4.3.1.3 d)",
        reason=Reason.EQUIPMENT,
        title=Text("电视机", "Television"),
        remedy=Text("配备电视机，播放人社政策宣传。", "Install a television for publicity."),
        evidence=(
            EvidenceFile("television", "tv.jpg", "b2" * 32),
            EvidenceFile("television", "照片/二.jpg", None),
        ),
    )


def staff(outcome: Outcome, *witnesses: Witness) -> Finding:
    """A requirement of the standard on each member of the staff."""
    return replace(
        finding(outcome, *witnesses),
        rule="4.3.1.5",
        clause="4.3.1.5",
        reason=Reason.PERSONNEL,
        title=Text("岗前培训", "Pre-job training"),
        remedy=Text(
            "安排全部工作人员参加岗前培训，经考核能够提供服务后再上岗。",
            "Train all serving staff before they serve.",
        ),
    )


def advice(outcome: Outcome, value: bool | None) -> Finding:
    """What the standard advises."""
    return replace(
        finding(outcome, Witness("staff_relatively_fixed", value=value)),
        rule="4.3.1.4",
        clause="4.3.1.4",
        verb=Verb.SHOULD,
        reason=None,
        title=Text("人员相对固定", "Staff stays the same"),
        remedy=Text("尽量固定工作人员。", "Keep the same staff where possible."),
    )


def publication(outcome: Outcome, *witnesses: Witness, trial: bool = False) -> Finding:
    """What the project's owner asks."""
    return replace(
        finding(outcome, *witnesses),
        rule="sup-monthly-publication",
        clause="5.4",
        basis=Basis.OWNER,
        reason=Reason.OTHER,
        title=Text("每月宣传公示", "Monthly publication"),
        remedy=Text("每月至少宣传公示一次。", "Publish at least once a month."),
        trial=trial,
    )


def members(*names: str) -> tuple[Witness, ...]:
    """Members of the staff, as witnesses."""
    return tuple(Witness(f"staff[{n}]", n, name) for n, name in enumerate(names, 1))


def report(
    number: int, opinion: Opinion | None, reasons: tuple[Reason, ...], *findings: Finding
) -> Report:
    """A report of the adaptation stage on outlet `number`."""
    return Report(
        inspection=f"YL-2026-{number:04}",
        outlet=f"YL-{number:03}",
        stage=Stage.ADAPTATION,
        opinion=opinion,
        reasons=reasons,
        findings=findings,
        rules_digest=BOOK.digest,
        record_digest=f"{number:064x}",
        tool_version="0.1.0",
        engine="direct",
        evaluated_on="2026-04-12",
        source=f"inspections/样例 甲/YL-{number:03}.yaml",
    )


CONFORMING: Final = report(
    1,
    Opinion.CONFORMING,
    (),
    finding(Outcome.PASS, Witness("waiting_area", value=True)),
    television(Outcome.PASS, True),
    advice(Outcome.FAIL, False),
    staff(Outcome.PASS, *members("张三示例", "李四示例")),
    publication(Outcome.PASS, Witness("publications[2]", 2)),
)
NON_CONFORMING: Final = report(
    2,
    Opinion.NON_CONFORMING,
    (Reason.EQUIPMENT, Reason.PERSONNEL, Reason.OTHER),
    finding(Outcome.NOT_OBSERVED, Witness("waiting_area")),
    replace(
        television(Outcome.FAIL, False),
        witnesses=(Witness("television", value=False, line=17, column=15),),
    ),
    advice(Outcome.NOT_OBSERVED, None),
    staff(Outcome.FAIL, replace(members("张三示例", "李四示例")[1], line=21, column=7)),
    publication(Outcome.FAIL, Witness("publications")),
)
PENDING: Final = report(
    3,
    Opinion.PENDING,
    (),
    finding(Outcome.NOT_OBSERVED, Witness("waiting_area")),
    staff(Outcome.NOT_OBSERVED, Witness("staff")),
    advice(Outcome.NOT_APPLICABLE, None),
    publication(Outcome.FAIL, Witness("publications", month="2026-03"), trial=True),
)
OPERATION: Final = replace(
    report(
        4,
        None,
        (),
        publication(
            Outcome.FAIL,
            Witness("publications", month="2026-02"),
            Witness("publications", month="2026-03"),
        ),
        replace(finding(Outcome.NOT_APPLICABLE), rule="8.2", clause="8.2"),
    ),
    stage=Stage.OPERATION,
    source="inspections/四月.ndjson:12",
)
SAMPLES: Final = (CONFORMING, NON_CONFORMING, PENDING, OPERATION)


def hostile(text: str) -> Report:
    """A report that has `text` wherever a record can put one."""
    judged = replace(
        staff(
            Outcome.FAIL,
            Witness("staff[1]", 1, text),
            Witness("waiting_area", value=text),
            Witness(text, value=text),
        ),
        title=Text(text, text),
        remedy=Text(text, text),
        evidence=(EvidenceFile(text, text, None),),
    )
    return replace(
        report(9, Opinion.NON_CONFORMING, (Reason.PERSONNEL,), judged),
        inspection=text,
        outlet=text,
    )


def many(count: int) -> tuple[Report, ...]:
    """`count` reports of all kinds, with as many findings as a real inspection has."""
    kinds = (CONFORMING, NON_CONFORMING, PENDING)
    return tuple(
        replace(
            kinds[n % 3],
            inspection=f"YL-2026-{n:04}",
            outlet=f"YL-{n:03}",
            record_digest=f"{n:064x}",
            findings=kinds[n % 3].findings * 3,
        )
        for n in range(1, count + 1)
    )
