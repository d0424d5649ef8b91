"""Records that can be passed on: nobody's name or number, the same findings."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from compliance.cli import main
from compliance.engines import engine, evaluate
from compliance.intake.disputes import Settlement, settle
from compliance.intake.merge import complete
from compliance.intake.reading import Filled
from compliance.intake.redact import redacted
from compliance.opinion import report_on
from compliance.outcome import Report
from compliance.record import Record
from compliance.submission import read_documents
from tests.filled_samples import BOOK, READER, filled, form, record

ROOT: Final = Path(__file__).parents[1]
SAMPLES: Final = tuple(
    Filled(document.data, found)
    for document, found in read_documents([ROOT / "inspections"], BOOK)[0]
)
NUMBER: Final = re.compile(r"\d{17}[\dX]|1[3-9]\d{9}|0775-?\d{7}")


def report(found: Record) -> Report:
    direct = engine("direct", BOOK)
    return report_on(BOOK, found, evaluate(BOOK, direct, None, found), "direct")


def without_names(found: Report) -> list[Any]:
    """All that a report says but whom it names."""
    return [
        found.opinion,
        found.reasons,
        [
            (f.rule, f.outcome, [(w.path, w.position, w.month, w.value) for w in f.witnesses])
            for f in found.findings
        ],
        [[(e.fact, e.sha256) for e in f.evidence] for f in found.findings],
    ]


def names(data: Any) -> set[str]:
    """Everybody whom a record names."""
    people = {data["inspection"]["inspector"], data["outlet"].get("contact")}
    people |= {member["name"] for member in data["observations"].get("staff") or ()}
    return {name for name in people if name}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.record.inspection.id)
@pytest.mark.parametrize("keep_notes", [False, True])
def test_samples_lose_people_and_keep_findings(sample: Filled, keep_notes: bool) -> None:
    bare = redacted(sample, BOOK, keep_notes=keep_notes)
    text = json.dumps(bare.data, ensure_ascii=False)
    assert [name for name in names(sample.data) if name in text] == []
    assert NUMBER.findall(re.sub("[0-9a-f]{64}", "", text)) == []
    assert without_names(report(bare.record)) == without_names(report(sample.record))
    assert redacted(bare, BOOK, keep_notes=keep_notes).data == bare.data


STAFF: Final = [
    {"name": "陈样甲", "phone": "13800000001", "dedicated": True, "able_to_serve": True},
    {"name": "陈样甲二", "dedicated": False},
]


def full() -> Filled:
    """A record with everything that could name somebody: disputes, history, notes, files."""
    one = record(
        {"television": False, "staff": STAFF, "publications": [{"title": "陈样甲 13800000001"}]},
        outlet={"contact": "莫样例", "phone": "0775-2000001", "address": "莫样例隔壁"},
        notes={"television": "覃样例电 13800000002、0775 2000002，452521 19000101 1230"},
        evidence={"staff": [{"file": "陈样甲.jpg"}, {"file": "x/李.y%z"}]},
        visit={"time": "2026-04-12T09:30:00+08:00", "position": {"latitude": 22.6}},
    )
    second = {"id": "YL-2026-9002", "date": "2026-05-01", "inspector": "黄示例"}
    staff = [{"name": "陈样甲", "phone": "13800000009", "dedicated": False}, {"name": "韦样丁"}]
    two = record({"television": True, "staff": staff}, **second)
    both = complete(filled(one), filled(two, "黄示例.form"), BOOK).data
    end = Settlement("罗样例", "2026-05-02", "问过陈样甲", {"television": True})
    return filled(settle(both, end, BOOK).data)


def test_disputes_history_and_files_name_nobody() -> None:
    bare = redacted(full(), BOOK).data
    text = json.dumps(bare, ensure_ascii=False)
    for name in ("陈样甲", "韦样丁", "覃样例", "黄示例", "罗样例", "莫样例", "1380000", "2000001"):
        assert name not in text
    assert [member["name"] for member in bare["observations"]["staff"]] == [
        "人员1",
        "人员2",
        "人员3",
    ]
    assert [entry["inspector"] for entry in bare["history"]] == ["检查员2", "检查员1", "检查员3"]
    assert [entry["path"] for entry in bare["disputed"]] == ["staff[0].dedicated"]
    assert [set(entry) & {"source", "digest"} for entry in bare["history"]] == [set()] * 3
    assert bare["history"][-1]["reason"] == "……"
    assert bare["evidence"]["staff"] == [
        {"file": "evidence/staff-1.jpg", "withheld": True},
        {"file": "evidence/staff-2", "withheld": True},
    ]
    assert "notes" not in bare


def test_notes_are_kept_masked_on_request() -> None:
    bare = redacted(full(), BOOK, keep_notes=True).data
    note = bare["notes"]["television"]
    assert note.startswith("检查员") and not re.search(r"\d{4}", note)
    assert bare["history"][-1]["reason"] == "问过人员1"


def test_the_position_of_a_visit_is_left_out() -> None:
    moment = "2026-04-12T09:30:00+08:00"
    visit = {"time": moment, "position": {"latitude": 22.6, "longitude": 110.1}}
    assert redacted(filled(record(visit=visit)), BOOK).data["visit"] == {"time": moment}


def test_namesakes_stay_two_people() -> None:
    staff = [{"name": "陈样甲"}, {"name": "陈样甲"}]
    bare = redacted(filled(record({"staff": staff})), BOOK)
    assert [member["name"] for member in bare.data["observations"]["staff"]] == ["人员1", "人员2"]


# The command


def test_the_command_writes_records_that_check_takes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "可以 转交"
    samples = [str(ROOT / "inspections" / name) for name in ("xingye", "bobai")]
    assert main(["redact", *samples, "--out", str(out)]) == 0
    first = capfd.readouterr().out
    assert str(out / "YL-009-2026-04-09.yaml") in first
    written = {path.name: path.read_bytes() for path in out.iterdir()}
    assert len(written) == 13 and not (out / "evidence").exists()
    assert main(["check", str(out), "--lang", "en"]) == 1
    after = capfd.readouterr()
    assert main(["check", *samples, "--lang", "en"]) == 1
    before = capfd.readouterr()
    assert (after.err, before.err) == ("", "")
    assert after.out.splitlines()[-1] == before.out.splitlines()[-1]
    assert main(["redact", *samples, "--out", str(out)]) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == written


def test_a_bad_record_stops_it_all(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("inspection: 1\n", encoding="utf-8")
    good = ROOT / "inspections" / "xingye" / "YL-009-2026-04-09.yaml"
    out = tmp_path / "out"
    assert main(["redact", str(bad), str(good), "--out", str(out)]) == 2
    assert "bad.yaml" in capfd.readouterr().err
    assert not out.exists()


def test_forms_are_redacted_to_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.intake.reading.READERS", READER)
    path = form(tmp_path / "表.form", record({"staff": STAFF}))
    assert main(["redact", str(path), "--out", str(tmp_path / "out")]) == 0
    (written,) = (tmp_path / "out").iterdir()
    text = written.read_text(encoding="utf-8")
    assert "人员1" in text and "陈样甲" not in text and "1380000" not in text


def test_an_export_of_the_phone_page_is_a_form_and_no_record(tmp_path: Path) -> None:
    path = tmp_path / "检查.json"
    data = {"form": "compliance-page", "version": 1, "vocabulary": BOOK.vocabulary, "photos": {}}
    path.write_text(json.dumps(data | {"records": [record({"staff": STAFF})]}, ensure_ascii=False))
    assert main(["redact", str(path), "--out", str(tmp_path / "out")]) == 0
    (written,) = (tmp_path / "out").iterdir()
    assert "陈样甲" not in written.read_text(encoding="utf-8")
