"""Reading submissions: every kind of bad input is reported to the letter and skipped."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from compliance.load import load_rules
from compliance.record_schema import application_schema, record_schema, schema_text
from compliance.source import LINE_LIMIT, SIZE_LIMIT
from compliance.submission import Submission, read_submissions

ROOT = Path(__file__).parents[1]
BROKEN = ROOT / "fixtures" / "broken" / "records"
BOOK = load_rules()
GOOD: dict[str, dict[str, object]] = {
    "inspection": {
        "id": "YL-2026-9001",
        "stage": "adaptation",
        "date": "2026-04-12",
        "inspector": "覃样例",
    },
    "outlet": {"id": "YL-901", "name": "示例支行", "type": "bank_branch", "bank": "甲样例银行"},
    "observations": {"television": True, "leaflets": None},
}


def submit(*paths: Path) -> Submission:
    return read_submissions(paths, BOOK)


def said(submission: Submission) -> list[str]:
    return [problem.message("en") for problem in submission.problems]


def write(path: Path, data: object = GOOD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def record(**sections: object) -> dict[str, object]:
    return {**GOOD, **sections}


def numbered(id_: str) -> dict[str, object]:
    return record(inspection={**GOOD["inspection"], "id": id_})


def outlet(**values: object) -> dict[str, object]:
    return record(outlet={**GOOD["outlet"], **values})


def expected(path: Path) -> list[str]:
    sidecar = path.with_name(path.name + ".expected")
    if sidecar.exists():
        lines = sidecar.read_text(encoding="utf-8").splitlines()
    else:
        lines = path.read_text(encoding="utf-8").splitlines()
        lines = [line[9:] for line in lines if line.startswith("# error: ")]
    return [line.replace("{file}", str(path)) for line in lines]


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(BROKEN.iterdir()) if path.suffix != ".expected"],
    ids=lambda path: path.name,
)
def test_broken_record(path: Path) -> None:
    submission = submit(path)
    assert said(submission) == expected(path) != []
    assert submission.records == ()
    assert all(problem.message("zh") for problem in submission.problems)


def test_no_message_shows_an_id_number() -> None:
    problems = submit(BROKEN).problems
    assert not [p for p in problems for lang in ("zh", "en") if "4525211900" in p.message(lang)]


def test_the_samples_are_all_valid() -> None:
    submission = submit(ROOT / "inspections")
    assert said(submission) == []
    assert (len(submission.records), len(submission.applications)) == (41, 2)


def test_the_committed_schema_is_current() -> None:
    committed = ROOT / "rules" / "schema" / "record.schema.json"
    assert committed.read_text(encoding="utf-8") == schema_text(BOOK)


def test_the_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(record_schema(BOOK))
    Draft202012Validator.check_schema(application_schema())


@pytest.mark.parametrize(
    ("type_", "valid"), [("bank_branch", False), ("rural_point", True)], ids=str
)
def test_editors_are_told_what_is_not_asked(type_: str, valid: bool) -> None:
    data = {**outlet(type=type_), "observations": {"leaflets": True}}
    assert Draft202012Validator(record_schema(BOOK)).is_valid(data) is valid


def test_good_records_survive_broken_ones(tmp_path: Path) -> None:
    write(tmp_path / "a.json", [])
    write(tmp_path / "b.json")
    submission = submit(tmp_path)
    assert [r.inspection.id for r in submission.records] == ["YL-2026-9001"]
    assert len(submission.problems) == 1


def test_yaml_and_json_give_one_digest(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(yaml.safe_dump(GOOD, allow_unicode=True), encoding="utf-8")
    text = path.read_text(encoding="utf-8").replace("'", "")
    path.write_text(text, encoding="utf-8")
    (one,), (two,) = submit(path).records, submit(write(tmp_path / "b.json")).records
    assert one.digest == two.digest
    assert one.observations == {"television": True, "leaflets": None}


def test_every_copy_of_a_duplicate_is_refused(tmp_path: Path) -> None:
    one, two = write(tmp_path / "a.json"), write(tmp_path / "b" / "b.json")
    write(tmp_path / "c.json", numbered("YL-2026-9002"))
    submission = submit(tmp_path)
    assert [r.inspection.id for r in submission.records] == ["YL-2026-9002"]
    assert said(submission) == [
        f"{here}: inspection.id: the inspection id `YL-2026-9001` stands 2 times in this run "
        f"(see {other}); every copy is refused, correct the ids"
        for here, other in ((one, two), (two, one))
    ]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json")
    (tmp_path / "link.json").symlink_to(path)
    assert len(submit(path, tmp_path, tmp_path).records) == 1


def test_ndjson_goes_on_after_broken_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    lines = [json.dumps(GOOD), "{", "", '"' + "x" * LINE_LIMIT + '"', json.dumps(numbered("2"))]
    path.write_text("\r\n".join(lines), encoding="utf-8-sig")
    submission = submit(path)
    assert [r.source for r in submission.records] == [f"{path}:1", f"{path}:5"]
    assert [p.place.line for p in submission.problems] == [2, 4]


def test_applications(tmp_path: Path) -> None:
    folder = tmp_path / "applications"
    application = {"application": {"bank": "甲样例银行", "submitted_on": "2026-03-01"}}
    one = write(folder / "a.json", {**application, "outlets": ["2", "1"]})
    submission = submit(one, write(tmp_path / "r.json"))
    assert said(submission) == []
    assert submission.applications[0].outlets == ("2", "1")
    two = write(folder / "b.json", application)
    write(folder / "c.json", {"application": {"phone": "1"}, "outlets": ["1", "1"]})
    submission = submit(tmp_path)
    assert submission.applications == ()
    assert [p.place.path for p in submission.problems] == [
        "application",
        "application.phone",
        "outlets[1]",
        "application.bank",
        "application.bank",
    ]
    assert f"has an application already, {two}" in said(submission)[3]


@pytest.mark.parametrize(
    "phone",
    ["13800000001", "0775-2000001", "+86 775 2000001", "12333", "95588", "0775-2000001转8001"],
)
def test_phones(tmp_path: Path, phone: str) -> None:
    assert said(submit(write(tmp_path / "a.json", outlet(phone=phone)))) == []


@pytest.mark.parametrize(
    "name", ["../../x", "<b>", "{{ }}", "=cmd|' /C calc'!A0", "a\nb", "样" * 300, "\u202e#set"]
)
def test_hostile_texts_are_data(tmp_path: Path, name: str) -> None:
    submission = submit(write(tmp_path / "a.json", outlet(name=name)))
    assert [r.outlet.name for r in submission.records] == [name]


def test_later_use_is_accepted(tmp_path: Path) -> None:
    visit = {"time": "2026-04-12T09:30:00+08:00", "position": {"latitude": 22.6, "longitude": 110}}
    data = record(history=[], disputed=None, visit=visit, vocabulary="2026-1")
    assert said(submit(write(tmp_path / "a.json", data))) == []


def test_a_long_text_is_refused(tmp_path: Path) -> None:
    (message,) = said(submit(write(tmp_path / "a.json", outlet(name="x" * 10_001))))
    assert "has 10001 characters and the limit is 10000" in message


def test_paths_that_hold_nothing(tmp_path: Path) -> None:
    fifo, text, large = tmp_path / "p.json", tmp_path / "a.txt", tmp_path / "l.yaml"
    os.mkfifo(fifo)
    text.write_text("x", encoding="utf-8")
    with large.open("wb") as stream:
        stream.truncate(50 * 2**20)
    empty = tmp_path / "empty"
    empty.mkdir()
    kinds = ".yaml, .yml, .json, .ndjson"
    assert said(submit(tmp_path / "none.yaml", fifo, text, large, empty)) == [
        f"{tmp_path / 'none.yaml'}: there is no such file or folder; check the spelling",
        f"{fifo}: is not a regular file; give a file or a folder",
        f"{text}: cannot read a file of type `.txt`; expected one of {kinds}",
        f"{large}: has {50 * 2**20} bytes and the limit is {SIZE_LIMIT}; "
        "write many records as NDJSON, one a line",
        f"{empty}: holds no inspection record; expected files ending in {kinds}",
    ]


@pytest.mark.parametrize("name", ["a.yaml", "a.ndjson"])
def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = write(tmp_path / name)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert said(submit(path)) == [
        f"{path}: cannot be read (Permission denied); check its permissions"
    ]
