"""`compliance import`: forms in, records and evidence out, or nothing at all."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from PIL import Image

from compliance.cli import main
from compliance.intake import record_file
from compliance.output import write_file
from tests.filled_samples import GPS, READER, form, pdf, photo, record

SECOND: Final = {"id": "YL-2026-9002", "date": "2026-05-01", "inspector": "黄示例"}
SETTLED: Final = ("--by", "罗样例", "--on", "2026-05-02", "--reason", "现场复核")


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms of the samples can be read."""
    monkeypatch.setattr("compliance.intake.reading.READERS", READER)


class Import:
    """The command, run in a folder whose name has blanks."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.out = folder / "检查 记录"
        self.capfd = capfd

    def __call__(self, *words: object, into: Path | None = None) -> tuple[int, str, str]:
        where = ["--into", into] if into else ["--out", self.out]
        status = main(["import", *map(str, (*words, *where)), "--lang", "en"])
        said = self.capfd.readouterr()
        return status, said.out, said.err

    def form(self, *records: dict[str, Any], name: str = "表 一.form", **how: Any) -> Path:
        return form(self.folder / name, *records, **how)

    def written(self) -> list[str]:
        """Everything in the folder of records."""
        return sorted(str(p.relative_to(self.out)) for p in self.out.rglob("*") if p.is_file())

    def record(self, name: str = "YL-901-2026-04-12.yaml") -> Any:
        """What a record says; PyYAML reads unquoted dates as dates."""
        return yaml.load((self.out / name).read_text(encoding="utf-8"), yaml.BaseLoader)


@pytest.fixture
def imports(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Import:
    return Import(tmp_path, capfd)


def test_records_and_evidence_are_written(imports: Import) -> None:
    (imports.folder / "电视.jpg").write_bytes(photo())
    (imports.folder / "签到.pdf").write_bytes(pdf())
    path = imports.form(
        record({"television": True}),
        record({}, id="YL-2026-9003", outlet={"id": "YL-903"}),
        photos={"television": "电视.jpg", "staff": "签到.pdf"},
    )
    status, out, err = imports(path)
    assert (status, err) == (0, "")
    said = imports.record()["evidence"]
    (picture,), (document,) = said["television"], said["staff"]
    assert (picture["name"], document["name"]) == ("电视.jpg", "签到.pdf")
    stored = (imports.out / picture["file"]).read_bytes()
    assert hashlib.sha256(stored).hexdigest() == picture["sha256"]
    with Image.open(BytesIO(stored)) as image:
        assert image.getexif().get_ifd(GPS) == {} and image.getexif()[0x0112] == 6
    assert imports.written() == sorted(
        [picture["file"], document["file"], "YL-901-2026-04-12.yaml", "YL-903-2026-04-12.yaml"]
    )
    assert out.splitlines() == [
        f"wrote {imports.out / 'YL-901-2026-04-12.yaml'}",
        f"wrote {imports.out / 'YL-903-2026-04-12.yaml'}",
        f"  2 files of evidence, in {imports.out / 'evidence'}",
    ]
    before = imports.written()
    assert imports(path)[0] == 0
    assert imports.written() == before
    assert main(["check", str(imports.out)]) == 1


def test_the_location_is_kept_on_request(imports: Import) -> None:
    (imports.folder / "电视.jpg").write_bytes(photo())
    path = imports.form(record({}), photos={"television": "电视.jpg"})
    assert imports(path, "--keep-location")[0] == 0
    (file,) = imports.record()["evidence"]["television"]
    assert (imports.out / file["file"]).read_bytes() == photo()


def test_one_photo_of_two_facts_is_stored_once(imports: Import) -> None:
    (imports.folder / "a.jpg").write_bytes(photo())
    path = imports.form(record({}), photos={"television": "a.jpg", "bookshelf": "a.jpg"})
    assert imports(path)[0] == 0
    assert len([name for name in imports.written() if name.startswith("evidence")]) == 1


def test_bad_input_is_all_named_and_nothing_written(imports: Import) -> None:
    (imports.folder / "假.jpg").write_bytes(b"<html>")
    good = imports.form(record({"television": True}), name="好.form")
    bad = imports.form(
        record({"television": "yes"}, date="2026-02-30"),
        photos={"television": "假.jpg", "bookshelf": "没有.jpg"},
    )
    status, out, err = imports(good, bad, imports.folder / "x.docx")
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 5, err
    for word in ("假.jpg", "没有.jpg", "照片!television", "2026-02-30", "x.docx"):
        assert word in err
    assert not imports.out.exists()


def test_another_record_of_that_name_is_not_overwritten(imports: Import) -> None:
    assert imports(imports.form(record({"television": True})))[0] == 0
    before = imports.record()
    (imports.folder / "a.jpg").write_bytes(photo())
    other = imports.form(record({"television": False}), photos={"television": "a.jpg"})
    status, out, err = imports(other)
    assert (status, out) == (2, "") and "use --into" in err
    assert (imports.record(), imports.written()) == (before, ["YL-901-2026-04-12.yaml"])


def test_one_name_is_for_one_record(imports: Import) -> None:
    one = imports.form(record({"television": True}))
    assert imports(one, one)[0] == 0
    assert imports.written() == ["YL-901-2026-04-12.yaml"]
    (imports.out / "YL-901-2026-04-12.yaml").unlink()
    two = imports.form(record({"television": True}, id="YL-2026-9009"), name="二.form")
    assert imports(one, two)[0] == 2
    assert imports.written() == []


def test_a_file_in_the_place_of_evidence_stops_it(imports: Import) -> None:
    (imports.folder / "a.jpg").write_bytes(photo())
    path = imports.form(record({}), photos={"television": "a.jpg"})
    assert imports(path)[0] == 0
    (file,) = imports.record()["evidence"]["television"]
    (imports.out / file["file"]).write_bytes(b"edited")
    status, _, err = imports(path)
    assert status == 2 and "another file stands here" in err
    assert (imports.out / file["file"]).read_bytes() == b"edited"


def test_redacted_on_the_way_in(imports: Import) -> None:
    (imports.folder / "a.jpg").write_bytes(photo())
    staff = [{"name": "陈样甲", "phone": "13800000001"}]
    path = imports.form(record({"staff": staff}), photos={"staff": "a.jpg"})
    assert imports(path, "--redact")[0] == 0
    said = imports.record()
    assert said["observations"]["staff"] == [{"name": "人员1"}]
    assert said["evidence"]["staff"][0]["withheld"] == "true"
    assert imports.written() == ["YL-901-2026-04-12.yaml"]
    assert main(["check", str(imports.out)]) == 1


# A second visit


def first(imports: Import, observations: dict[str, Any]) -> Path:
    assert imports(imports.form(record(observations)))[0] == 0
    return imports.out / "YL-901-2026-04-12.yaml"


def test_a_second_visit_completes_the_record(imports: Import) -> None:
    target = first(imports, {"television": None, "bookshelf": True})
    (imports.folder / "电视.jpg").write_bytes(photo())
    seen = record({"television": True}, **SECOND)
    path = imports.form(seen, name="第二次.form", photos={"television": "电视.jpg"})
    status, out, err = imports(path, into=target)
    assert (status, out, err) == (0, f"completed {target}: 1 filled in\n", "")
    said = imports.record()
    assert said["observations"] == {"television": "true", "bookshelf": "true"}
    assert said["inspection"]["date"] == "2026-05-01"
    assert [entry["inspector"] for entry in said["history"]] == ["覃样例", "黄示例"]
    assert (imports.out / said["evidence"]["television"][0]["file"]).is_file()
    assert main(["check", str(target)]) == 1
    imports.capfd.readouterr()
    before = target.read_bytes()
    assert (
        imports(path, into=target)[1] == f"{target} holds this visit already; nothing is changed\n"
    )
    assert target.read_bytes() == before


def test_a_dispute_is_shown_and_settled(imports: Import) -> None:
    target = first(imports, {"television": False})
    path = imports.form(record({"television": True}, **SECOND), name="第二次.form")
    told = "Television set: disputed (no by 覃样例 on 2026-04-12, yes by 黄示例 on 2026-05-01)"
    assert imports(path, into=target)[1] == f"completed {target}: 0 filled in\n  {told}\n"
    assert main(["check", str(target), "--lang", "en"]) == 1
    assert told in imports.capfd.readouterr().out
    assert main(["explain", str(target), "4.3.1.3-d", "--lang", "en"]) == 0
    assert "disputed (no by 覃样例" in imports.capfd.readouterr().out
    status, out, _ = imports("--settle", "television=是", *SETTLED, into=target)
    assert (status, out) == (0, f"settled in {target}: television\n")
    said = imports.record()
    assert said["observations"]["television"] == "true"
    assert said["history"][-1]["reason"] == "现场复核"
    assert "disputed" not in said
    before = target.read_bytes()
    assert imports(path, into=target)[0] == 0
    assert target.read_bytes() == before


def test_json_records_are_completed_as_json(imports: Import) -> None:
    target = imports.out / "a.json"
    write_file(target, record_file.record_text(record({"bookshelf": True}), ".json").encode())
    path = imports.form(record({"television": True}, **SECOND))
    assert imports(path, into=target)[0] == 0
    assert target.read_text(encoding="utf-8").startswith('{\n  "inspection": {')
    assert main(["check", str(target)]) == 1


def test_several_visits_at_once_are_all_or_nothing(imports: Import) -> None:
    target = first(imports, {})
    before = target.read_bytes()
    second = imports.form(record({"television": True}, **SECOND), name="二.form")
    other = imports.form(record({}, outlet={"id": "YL-902"}, **SECOND), name="三.form")
    stage = imports.form(record({}, outlet={"bank": "乙样例银行"}, **SECOND), name="四.form")
    status, out, err = imports(second, other, stage, into=target)
    assert (status, out) == (2, "")
    assert [line.split(": ")[0].rsplit("/")[-1] for line in err.splitlines()] == [
        "三.form",
        "四.form",
    ]
    assert target.read_bytes() == before


def test_a_record_whose_evidence_was_altered_is_not_completed(imports: Import) -> None:
    (imports.folder / "a.jpg").write_bytes(photo())
    assert imports(imports.form(record({}), photos={"television": "a.jpg"}))[0] == 0
    target = imports.out / "YL-901-2026-04-12.yaml"
    before = target.read_bytes()
    next((imports.out / "evidence").iterdir()).write_bytes(b"edited")
    path = imports.form(record({"television": True}, **SECOND), name="二.form")
    status, _, err = imports(path, into=target)
    assert status == 2 and "has been altered" in err
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "nothing to import"),
        (["--settle", "television=true", *SETTLED], "--settle needs --into"),
        (["--by", "罗样例", "x.form"], "--by is used together with --settle only"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else "",
)
def test_options_that_do_not_fit(imports: Import, words: list[str], said: str) -> None:
    status, out, err = imports(*words)
    assert (status, out) == (2, "") and said in err
    assert not imports.out.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--settle", "television=true"], "--settle needs --by, --on, --reason"),
        (["--settle", "television=true", *SETTLED[:4]], "--settle needs --reason"),
        (["--settle", "television=对错", *SETTLED], "neither yes nor no"),
        (["--settle", "television", *SETTLED], "must say what holds"),
        (["--settle", "bookshelf=true", *SETTLED], "`bookshelf` is not disputed"),
        (["--settle", "x[0].y=1", *SETTLED], "`x[0].y` is not disputed"),
        (["--settle", "staff[0].dedicated=true", *SETTLED], "is not disputed"),
        (
            ["--settle", "television=true", "--on", "2026-02-30", *SETTLED[:2]],
            "no date `2026-02-30`",
        ),
        (["--redact", "x.form"], "--redact cannot go with --into"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else "",
)
def test_settlements_that_do_not_hold(imports: Import, words: list[str], said: str) -> None:
    target = first(imports, {"television": False})
    path = imports.form(record({"television": True}, **SECOND), name="二.form")
    assert imports(path, into=target)[0] == 0
    before = target.read_bytes()
    status, out, err = imports(*words, into=target)
    assert (status, out) == (2, "") and said in err, err
    assert target.read_bytes() == before


@pytest.mark.parametrize("name", ["不存在.yaml", "a.ndjson", "."])
def test_into_something_else(imports: Import, name: str) -> None:
    path = imports.form(record({}, **SECOND))
    (imports.folder / "a.ndjson").write_text("{}\n", encoding="utf-8")
    status, out, err = imports(path, into=imports.folder / name)
    assert (status, out) == (2, "") and len(err.splitlines()) == 1
