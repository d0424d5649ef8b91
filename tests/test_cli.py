"""The commands as they are called: what they print, where, and the exit status."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from compliance import __version__, engines, filing
from compliance.cli import main
from compliance.engines.direct import Direct
from compliance.load import shipped_rules
from compliance.outcome import Answer
from compliance.record import Record
from tests.agree import needs_durable
from tests.cli_samples import call, record, submit

Capture = pytest.CaptureFixture[str]
DIRECT = ("--engine", "direct")
COMMAND = "import sys; from compliance.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_rules(), tmp_path / "rules"))


def spoil(rules: Path, name: str, old: str, new: str) -> None:
    text = (rules / name).read_text(encoding="utf-8")
    assert old in text
    (rules / name).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("items", "status"),
    [
        ([record()], 0),
        ([record(), record(2, notice_board=False)], 1),
        ([record(), record(2, notice_board=None)], 1),
        ([record(), record(2, notice_board=False), "["], 2),
        (["["], 2),
    ],
    ids=["conforming", "failing", "pending", "bad beside good", "bad"],
)
def test_check_status(tmp_path: Path, capfd: Capture, items: list[Any], status: int) -> None:
    found, _, err = call(capfd, "check", submit(tmp_path / "in", items), *DIRECT)
    assert found == status
    assert bool(err) is (status == 2)


def test_good_records_are_reported_beside_a_bad_one(tmp_path: Path, capfd: Capture) -> None:
    folder = submit(tmp_path / "in", ["[", record(), record(2), {"inspection": 3}])
    status, out, err = call(capfd, "check", folder, "--format", "json", *DIRECT)
    assert status == 2
    assert [report["inspection"] for report in json.loads(out)] == ["T-1", "T-2"]
    assert "0.json" in err and "3.json" in err


def test_formats_parse(tmp_path: Path, capfd: Capture) -> None:
    folder = submit(tmp_path / "in", [record(), record(2, leaflets=False)])
    made = {
        name: call(capfd, "check", folder, "--format", name, *DIRECT)[1]
        for name in ("table", "json", "csv", "html")
    }
    assert "YL-2" in made["table"]
    reports = json.loads(made["json"])
    assert [r["opinion"] for r in reports] == ["conforming", "non_conforming"]
    rows = list(csv.DictReader(io.StringIO(made["csv"].lstrip("\ufeff"))))
    assert len(rows) == sum(len(r["findings"]) for r in reports)
    assert made["html"].lower().startswith("<!doctype html>")


def test_english(tmp_path: Path, capfd: Capture) -> None:
    folder = submit(tmp_path / "in", [record(leaflets=False), "["])
    out = tmp_path / "out"
    assert "not conforming" in call(capfd, "opinion", folder, "--out", out, "--lang", "en")[1]
    _, zh, zh_err = call(capfd, "check", folder, *DIRECT)
    _, en, en_err = call(capfd, "check", folder, "--lang", "en", *DIRECT)
    assert zh != en and zh_err != en_err
    assert en_err.isascii()


def test_without_supplementary(tmp_path: Path, capfd: Capture) -> None:
    folder = submit(tmp_path / "in", [record(publications=[])])
    args = ("check", folder, "--format", "json", *DIRECT)
    status, with_it, _ = call(capfd, *args)
    assert status == 1 and "sup-monthly-publication" in with_it
    status, without, _ = call(capfd, *args, "--without", "supplementary")
    assert status == 0 and "sup-monthly-publication" not in without
    out = tmp_path / "out"
    call(capfd, "opinion", folder, "--out", out, "--without", "supplementary", *DIRECT)
    index = json.loads((out / "opinions.json").read_text(encoding="utf-8"))
    assert index["without"] == ["supplementary"]
    assert index["rules_digest"] != json.loads(with_it)[0]["rules_digest"]


@pytest.mark.parametrize("path", ["missing", "empty"])
@pytest.mark.parametrize("command", ["check", "opinion", "explain"])
def test_no_records(tmp_path: Path, capfd: Capture, command: str, path: str) -> None:
    (tmp_path / "empty").mkdir()
    more = ("--out", tmp_path / "out") if command == "opinion" else ()
    status, out, err = call(capfd, command, tmp_path / path, *more, "--lang", "en")
    assert status == 2 and path in err and out == ""
    assert not (tmp_path / "out").exists()


def test_missing_path_beside_a_good_one(tmp_path: Path, capfd: Capture) -> None:
    folder = submit(tmp_path / "in", [record()])
    status, out, err = call(capfd, "check", folder, tmp_path / "missing", *DIRECT)
    assert status == 2 and "YL-1" in out and "missing" in err


def test_broken_rules(tmp_path: Path, capfd: Capture, rules: Path) -> None:
    spoil(rules, "adaptation/rural_point.yaml", "leaflets", "leaflet")
    folder = submit(tmp_path / "in", [record()])
    for command in (("check",), ("opinion", "--out", tmp_path / "out"), ("explain",)):
        status, out, err = call(capfd, *command, folder, "--rules", rules, "--lang", "en")
        assert status == 2 and out == ""
        assert "rural_point.yaml:" in err and "leaflets" in err
    assert not (tmp_path / "out").exists()


def test_rules_check(tmp_path: Path, capfd: Capture, rules: Path) -> None:
    assert call(capfd, "rules", "check")[0] == 0
    status, out, _ = call(capfd, "rules", "check", rules, "--lang", "en")
    assert status == 0 and "well-formed" in out
    spoil(rules, "schema/record.schema.json", "{", "{ ")
    assert call(capfd, "rules", "check", rules)[0] == 1
    assert call(capfd, "rules", "schema", rules)[0] == 0
    assert call(capfd, "rules", "check", rules)[0] == 0
    spoil(rules, "adaptation/rural_point.yaml", "notice_board", "notice_bord")
    status, out, err = call(capfd, "rules", "check", rules, "--lang", "en")
    assert status == 1 and err == "" and "did you mean" in out.lower()
    assert call(capfd, "rules", "check", tmp_path / "missing")[0] == 2


def test_explain(tmp_path: Path, capfd: Capture) -> None:
    folder = submit(tmp_path / "in", [record(leaflets=False)])
    for lang in ("zh", "en"):
        status, whole, err = call(capfd, "explain", folder, "--lang", lang, *DIRECT)
        assert status == 0 and whole and err == ""
        status, one, err = call(capfd, "explain", folder, "4.3.2.3", "--lang", lang, *DIRECT)
        assert status == 0 and "4.3.2.3" in one and err == "" and one != whole


def test_explain_unknown_rule(tmp_path: Path, capfd: Capture) -> None:
    folder = submit(tmp_path / "in", [record()])
    status, out, err = call(capfd, "explain", folder, "4.3.2.9", "--lang", "en")
    assert status == 2 and out == ""
    assert "did you mean" in err.lower() and "4.3.2." in err


class Wrong(Direct):
    """An engine that finds nothing on the outlet YL-2."""

    def answer(self, record: Record) -> Answer:
        right = super().answer(record)
        if record.outlet.id == "YL-2":
            return right._replace(verdicts=right.verdicts[1:])
        return right


@needs_durable
@pytest.mark.parametrize("command", ["check", "opinion", "explain"])
def test_engines_that_differ(
    tmp_path: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("compliance.engines.direct.Direct", Wrong)
    folder = submit(tmp_path / "in", [record(), record(2), "["])
    more = ("--out", tmp_path / "out") if command == "opinion" else ()
    status, out, err = call(capfd, command, folder, *more, "--lang", "en")
    assert status == 3
    assert "the engines differ" in err and "1.json" in err
    assert "YL-2" not in out
    if more:
        index = json.loads((tmp_path / "out/opinions.json").read_text(encoding="utf-8"))
        assert [o["outlet"] for bank in index["banks"] for o in bank["outlets"]] == ["YL-1"]


def test_durable_missing(tmp_path: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "durable_importable", lambda: "No module named 'durable'")
    folder = submit(tmp_path / "in", [record()])
    status, out, err = call(capfd, "check", folder, "--engine", "durable", "--lang", "en")
    assert status == 2 and out == ""
    assert "No module named 'durable'" in err and "--engine direct" in err
    status, out, _ = call(capfd, "check", folder, "--format", "json")
    assert status == 0 and json.loads(out)[0]["engine"] == "direct"


@pytest.mark.parametrize(
    "args", [[], ["check"], ["opinion", "x"], ["check", "x", "--engine", "y"], ["rules"]], ids=str
)
def test_wrong_usage(capfd: Capture, args: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(args)
    assert end.value.code == 2
    assert "usage" in capfd.readouterr().err


def test_interrupt_leaves_nothing(
    tmp_path: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    folder = submit(tmp_path / "in", [record()])
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(filing, "b1_pdf", interrupted)
        assert call(capfd, "opinion", folder, "--out", out, *DIRECT)[0] == 130
    assert list(out.iterdir()) == []
    assert call(capfd, "opinion", folder, "--out", out, *DIRECT)[0] == 0


def test_version() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "--version"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, f"compliance {__version__}\n")


def test_reader_that_goes_away(tmp_path: Path) -> None:
    folder = submit(tmp_path / "in", [record(number) for number in range(150)])
    args = [sys.executable, "-c", COMMAND, "check", str(folder), "--format", "json", *DIRECT]
    with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.read(1) == b"["
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
