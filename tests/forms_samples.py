"""Invented outlets, reports and a small rule book for the tests of the forms, and readers."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from docx import Document
from pypdf import PdfReader

from compliance.condition import All as AllOf
from compliance.condition import AtLeast, Every, FactType, Holds, Op
from compliance.condition import Test as Condition
from compliance.forms import Case, Dossier
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
from compliance.record import Application, Inspection, Member, Outlet, Record, Value
from compliance.rulebook import Fact, Field, FormB1, OutletType, Rule, RuleBook, Standard
from compliance.words import Text

# Annex B of the standard, to the letter; a line break within a head cell is layout.
CAPTIONS = {
    "annex": "附录B",
    "table_label": "表B.1",
    "title": "合作网点备案申请单",
    "applicant_department": "备案申请部门（公章）",
    "applicant": "备案申请部门信息",
    "contact": "联系人",
    "phone": "联系电话",
    "address": "地址",
    "submitted_on": "申请提交日期",
    "blank_date": "      年   月   日",
    "number": "序号",
    "outlets": "合作网点信息",
    "outlet_name": "合作网点名称",
    "outlet_type": "网点类型",
    "outlet_address": "网点地址",
    "outlet_contact": "联系人",
    "outlet_phone": "联系电话",
    "confirmation": "人力资源和社会保障部门确认信息",
    "opinion": "确认意见",
    "confirmer": "确认人",
    "of_which": "，其中：",
    "signature": "签名：",
    "date": "日期：    年  月  日",
}
FORM = FormB1(
    captions=CAPTIONS,
    options={
        Opinion.CONFORMING: "符合适配改造要求",
        Opinion.NON_CONFORMING: "不符合适配改造要求",
    },
    boxes={
        Reason.FACILITIES: "未按标准配备设施",
        Reason.EQUIPMENT: "未按标准配备设备",
        Reason.PERSONNEL: "未按要求配备人员",
        Reason.OTHER: "其他",
    },
    types={
        OutletType.BANK_BRANCH: "银行营业网点",
        OutletType.RURAL_POINT: "农村普惠金融综合服务点",
    },
)
ID_NUMBER = "450902199001011232"
PHONE = "13900000000"


def _rule(id_: str, zh: str, require: Any, reason: Reason | None, basis: Basis) -> Rule:
    return Rule(
        id=id_,
        title=Text(zh, f"Requirement {id_}"),
        clause=id_,
        cites=(),
        verb=Verb.SHALL if reason else Verb.SHOULD,
        basis=basis,
        stage=Stage.ADAPTATION,
        applies_to=frozenset(OutletType),
        require=require,
        when=None,
        reason=reason,
        remedy=Text(f"请补齐：{zh}。", f"Provide what {id_} asks."),
        note=None,
        effective_from=None,
        effective_to=None,
        trial=False,
        examples=(),
        file="rules/example.yaml",
        line=1,
    )


def _yes(fact: str) -> Condition:
    return Condition(fact, FactType.BOOLEAN, Op.EQUALS, True)


def _fact(name: str, type_: FactType, zh: str, *fields: Field) -> Fact:
    return Fact(name, type_, Text(zh, name), Text(zh, name), frozenset(), fields)


def _field(name: str, type_: FactType, zh: str, *, personal: bool = False) -> Field:
    return Field(name, type_, Text(zh, name), None, False, personal)


RULES = (
    _rule(
        "4.3.1.1-b",
        "导办区",
        Holds(_yes("guidance_area")),
        Reason.FACILITIES,
        Basis.STANDARD,
    ),
    _rule(
        "4.3.1.3-d",
        "电视机",
        Holds(_yes("television")),
        Reason.EQUIPMENT,
        Basis.STANDARD,
    ),
    _rule(
        "4.3.1.5",
        "岗前培训",
        Every("staff", AllOf((_yes("pre_job_trained"), _yes("able_to_serve")))),
        Reason.PERSONNEL,
        Basis.STANDARD,
    ),
    _rule(
        "4.3.1.4",
        "专职人员",
        AtLeast(1, "staff", _yes("dedicated")),
        None,
        Basis.STANDARD,
    ),
    _rule(
        "sup-monthly-publication",
        "每月宣传公示",
        AtLeast(1, "publications", Condition("date", FactType.DATE, Op.WITHIN_DAYS, 60)),
        Reason.OTHER,
        Basis.OWNER,
    ),
)
BOOK = RuleBook(
    standard=Standard(Text("服务规范示例", "Example standard"), "2026", {}),
    facts={
        fact.name: fact
        for fact in (
            _fact("guidance_area", FactType.BOOLEAN, "导办区"),
            _fact("television", FactType.BOOLEAN, "电视机"),
            _fact(
                "staff",
                FactType.LIST,
                "工作人员",
                _field("name", FactType.TEXT, "人员姓名"),
                _field("id_number", FactType.TEXT, "身份证号码", personal=True),
                _field("pre_job_trained", FactType.BOOLEAN, "已接受岗前培训"),
                _field("able_to_serve", FactType.BOOLEAN, "具备服务能力"),
                _field("dedicated", FactType.BOOLEAN, "专职"),
            ),
            _fact(
                "publications",
                FactType.LIST,
                "宣传公示",
                _field("date", FactType.DATE, "日期"),
            ),
        )
    },
    rules=RULES,
    form=FORM,
    digest="b2" * 32,
)
STAFF: tuple[Member, ...] = (
    {
        "name": "示例甲",
        "id_number": ID_NUMBER,
        "phone": PHONE,
        "pre_job_trained": True,
        "able_to_serve": True,
        "dedicated": False,
    },
    {
        "name": "示例乙",
        "id_number": None,
        "phone": "0775-0000000",
        "pre_job_trained": False,
        "able_to_serve": None,
        "dedicated": False,
    },
)
OBSERVATIONS: dict[str, Value] = {
    "guidance_area": False,
    "television": None,
    "staff": STAFF,
    "publications": (),
}
NOTES = {
    "guidance_area": f"<b>尚未划出</b>；联系 {PHONE}，证件 {ID_NUMBER[:6]} {ID_NUMBER[6:14]} 1232",
    "staff": "座机 0775-0000000",
}


def finding(rule: Rule, outcome: Outcome, *witnesses: Witness) -> Finding:
    evidence = (EvidenceFile("guidance_area", f"导办区-{PHONE}.jpg", "c" * 64),)
    return Finding(
        rule=rule.id,
        clause=rule.id.replace("-", " ", 1) + (")" if "-" in rule.id else ""),
        verb=rule.verb,
        basis=rule.basis,
        outcome=outcome,
        reason=rule.reason,
        title=rule.title,
        remedy=rule.remedy,
        witnesses=witnesses,
        evidence=evidence if rule.id == "4.3.1.1-b" else (),
    )


def _findings(opinion: Opinion) -> tuple[Finding, ...]:
    passed = tuple(finding(rule, Outcome.PASS) for rule in RULES)
    if opinion is Opinion.CONFORMING:
        return passed
    if opinion is Opinion.PENDING:
        return (*passed[:1], finding(RULES[1], Outcome.NOT_OBSERVED), *passed[2:])
    return (
        finding(RULES[0], Outcome.FAIL, Witness("guidance_area", value=False)),
        finding(RULES[1], Outcome.NOT_OBSERVED, Witness("television")),
        finding(RULES[2], Outcome.FAIL, Witness("staff[1]", position=2, name="示例乙")),
        finding(RULES[3], Outcome.FAIL, Witness("staff[0]", position=1, name="示例甲")),
        finding(RULES[4], Outcome.FAIL, Witness("publications")),
    )


def case(
    number: int = 1,
    opinion: Opinion = Opinion.CONFORMING,
    *,
    name: str = "玉林示例银行玉州支行",
    **outlet: str | None,
) -> Case:
    """An invented outlet with the opinion asked for."""
    reasons = (Reason.FACILITIES, Reason.PERSONNEL, Reason.OTHER)
    texts: dict[str, str | None] = {
        "address": "玉林市玉州区示例路 1 号",
        "contact": "示例甲",
        "phone": "0775-0000000",
        **outlet,
    }
    record = Record(
        inspection=Inspection(f"YL-2026-{number:04d}", Stage.ADAPTATION, "2026-04-12", "示例丙"),
        outlet=Outlet(
            id=f"YL-{number:03d}",
            name=name,
            type=OutletType.RURAL_POINT if number % 2 == 0 else OutletType.BANK_BRANCH,
            bank="玉林示例银行",
            address=texts["address"],
            contact=texts["contact"],
            phone=texts["phone"],
        ),
        observations=OBSERVATIONS,
        notes=NOTES,
        evidence=(),
        digest=f"{number:064x}",
        source=f"inspections/{number}.yaml",
    )
    report = Report(
        inspection=record.inspection.id,
        outlet=record.outlet.id,
        stage=Stage.ADAPTATION,
        opinion=opinion,
        reasons=reasons if opinion is Opinion.NON_CONFORMING else (),
        findings=_findings(opinion),
        rules_digest=BOOK.digest,
        record_digest=record.digest,
        tool_version="0.1.0",
        engine="direct",
        evaluated_on="2026-04-12",
    )
    return Case(record, report)


APPLICATION = Application(
    bank="玉林示例银行",
    contact="示例丁",
    phone="0775-1111111",
    address="玉林市玉州区示例路 2 号",
    submitted_on="2026-04-01",
    outlets=("YL-001",),
    source="inspections/applications/a.yaml",
)
OPINIONS = (Opinion.CONFORMING, Opinion.NON_CONFORMING, Opinion.PENDING)


def dossier(count: int, application: Application | None = APPLICATION) -> Dossier:
    """A bank with `count` outlets, whose opinions take turns."""
    cases = tuple(case(n, OPINIONS[(n - 1) % 3]) for n in range(1, count + 1))
    return Dossier("玉林示例银行", application, cases)


def rows(raw: bytes, table: int) -> list[list[str]]:
    """The cells of a DOCX table, one text a cell however many columns it spans."""
    found = Document(io.BytesIO(raw)).tables[table]
    return [
        ["\n".join(p.text for p in cell.paragraphs) for cell in _unique(row.cells)]
        for row in found.rows
    ]


def _unique(cells: Any) -> list[Any]:
    return [cell for n, cell in enumerate(cells) if n == 0 or cell._tc is not cells[n - 1]._tc]


def everything(raw: bytes) -> str:
    """All text of a DOCX file, foot and body."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = [n for n in package.namelist() if re.search(r"word/(document|footer).*xml$", n)]
        return "".join(re.sub("<[^>]+>", "", package.read(n).decode("utf-8")) for n in parts)


def pages(raw: bytes) -> list[str]:
    """The text of each page of a PDF, without any white space."""
    reader = PdfReader(io.BytesIO(raw))
    return [re.sub(r"[\s\u200b]", "", page.extract_text()) for page in reader.pages]
