"""The shipped rules: their examples, the fixture records, the form's captions, the digest."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from compliance.load import load_rules, shipped_rules
from compliance.outcome import Answer, Opinion, Outcome, Reason, Verb
from compliance.record import Record
from compliance.record_schema import schema_text
from compliance.rulebook import Example, OutletType, Rule
from compliance.submission import read_submissions
from tests import oracle
from tests.agree import engines

BOOK: Final = load_rules()
ENGINES: Final = engines(BOOK)
FIXTURES: Final = sorted((Path(__file__).parents[1] / "fixtures" / "adaptation").iterdir())
EXAMPLES: Final = [
    pytest.param(rule, type_, example, id=f"{rule.id} {type_.value} {position}")
    for rule in BOOK.rules
    for type_ in sorted(rule.applies_to)
    for position, example in enumerate(rule.examples)
]


def read(path: Path) -> Record:
    """The one record of a file without faults."""
    submission = read_submissions([path], BOOK)
    assert [problem.message("en") for problem in submission.problems] == []
    (record,) = submission.records
    return record


def answers(record: Record) -> Answer:
    """What the oracle and every engine say; they say the same."""
    expected = oracle.answer(BOOK, record)
    for name, engine in ENGINES.items():
        assert engine.answer(record) == expected, name
    return expected


@pytest.mark.parametrize(("rule", "type_", "example"), EXAMPLES)
def test_example(rule: Rule, type_: OutletType, example: Example, tmp_path: Path) -> None:
    data: dict[str, Any] = {
        "inspection": {
            "id": "YL-2026-9001",
            "stage": rule.stage.value,
            "date": example.date,
            "inspector": "检查员示例",
        },
        "outlet": {"id": "YL-901", "name": "示例网点", "type": type_.value, "bank": "甲样例银行"},
        "observations": example.given,
    }
    path = tmp_path / "example.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    outcomes = {verdict.rule: verdict.outcome for verdict in answers(read(path)).verdicts}
    assert outcomes[rule.id] is Outcome(example.then)


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_binding_rules_show_each_outcome(rule: Rule) -> None:
    shown = {example.then for example in rule.examples}
    assert rule.verb is Verb.SHOULD or shown >= {"pass", "fail", "not_observed"}


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_fixture(folder: Path) -> None:
    answer = answers(read(folder / "record.yaml"))
    assert {
        "opinion": answer.opinion and answer.opinion.value,
        "reasons": [reason.value for reason in answer.reasons],
        "findings": {verdict.rule: verdict.outcome.value for verdict in answer.verdicts},
    } == yaml.safe_load((folder / "findings.yaml").read_text(encoding="utf-8"))


def test_the_form_says_what_annex_b_says() -> None:
    assert BOOK.form.options == {
        Opinion.CONFORMING: "符合适配改造要求",
        Opinion.NON_CONFORMING: "不符合适配改造要求",
    }
    assert BOOK.form.boxes == {
        Reason.FACILITIES: "未按标准配备设施",
        Reason.EQUIPMENT: "未按标准配备设备",
        Reason.PERSONNEL: "未按要求配备人员",
        Reason.OTHER: "其他",
    }
    assert BOOK.form.types == {
        OutletType.BANK_BRANCH: "银行营业网点",
        OutletType.RURAL_POINT: "农村普惠金融综合服务点",
    }
    assert BOOK.form.captions == {
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


def test_the_committed_schema_is_current() -> None:
    written = shipped_rules() / "schema" / "record.schema.json"
    assert written.read_text(encoding="utf-8") == schema_text(BOOK)


def test_the_digest_is_of_the_content(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(shipped_rules(), tmp_path / "rules"))
    file = rules / "supplementary.yaml"
    text = file.read_text(encoding="utf-8")
    verb, reason = "  verb: shall\n", "  reason: other\n"
    assert verb in text and reason in text
    spaced = "# a remark\n\n" + text.replace(": {", ":   {") + "\n\n"
    moved = text.replace(verb, "").replace(reason, reason + verb)
    changed = text.replace(reason, "  reason: personnel\n")
    for written, same in ((spaced, True), (moved, True), (changed, False)):
        assert written != text
        file.write_text(written, encoding="utf-8")
        assert (load_rules(rules).digest == BOOK.digest) is same
    assert load_rules(rules, supplementary=False).digest != BOOK.digest
