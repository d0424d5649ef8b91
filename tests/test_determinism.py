"""Outcomes and documents depend on rules, records and dates: on no clock, locale or place."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from compliance.load import load_rules, shipped_rules
from compliance.source import Document, read
from compliance.submission import read_submissions
from tests.cli_samples import BANK, application, record, submit

COMMAND = "import sys; from compliance.cli import main; sys.exit(main(sys.argv[1:]))"
# Run by Python when it starts: whoever asks for the time is told another century.
CLOCK = """
import datetime, time

GONE = 3_000_000_000.25
time.time = lambda: GONE
time.time_ns = lambda: int(GONE * 1e9)
time.localtime = lambda seconds=GONE, real=time.localtime: real(seconds)
time.gmtime = lambda seconds=GONE, real=time.gmtime: real(seconds)
time.strftime = lambda form, when=None, real=time.strftime: real(form, when or time.localtime())


class Moved(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls.__mro__[1])


class date(datetime.date, metaclass=Moved):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(GONE)


class datetime_(datetime.datetime, metaclass=Moved):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(GONE, tz)

    today = utcnow = now


datetime.date, datetime.datetime = date, datetime_
"""
PLACES: Mapping[str, Mapping[str, str]] = {
    "Yulin": {"TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"},
    "date line": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
    "west": {"TZ": "UTC+12", "LANG": "de_DE.UTF-8", "LC_ALL": "tr_TR.UTF-8", "COLUMNS": "20"},
    "C": {"LC_ALL": "C", "LANGUAGE": "ar", "SOURCE_DATE_EPOCH": "1", "PYTHONHASHSEED": "3"},
}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records and an application of three outlets, one of each opinion."""
    items = (record(), record(2, leaflets=False), record(3, leaflets=None))
    return submit(tmp_path_factory.mktemp("in"), (*items, application("YL-2", "YL-1", "YL-3")))


def run(records: Path, work: Path, **environment: str) -> dict[str, str]:
    """The digests of what `check` prints and of what `opinion` writes, run from `work`."""
    work.mkdir()
    kept = {name: value for name in ("PATH", "SYSTEMROOT") if (value := os.environ.get(name))}
    root = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (environment.pop("PYTHONPATH", ""), root)))
    env = {**kept, "HOME": str(work), "PYTHONPATH": path, **environment}

    def call(*args: object) -> tuple[int, bytes]:
        command = [sys.executable, "-c", COMMAND, *map(str, args)]
        done = subprocess.run(command, cwd=work, env=env, capture_output=True)
        assert done.stderr == b"", done.stderr.decode()
        return done.returncode, done.stdout

    out = {}
    for name in ("json", "csv", "html", "table"):
        status, printed = call("check", records, "--format", name)
        assert status == 1 and printed
        out[name] = hashlib.sha256(printed).hexdigest()
    assert call("opinion", records, "--out", "out")[0] == 0
    for file in sorted((work / "out").rglob("*")):
        if file.is_file():
            name = file.relative_to(work).as_posix()
            out[name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return out


@pytest.fixture(scope="module")
def usual(records: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    found = run(records, tmp_path_factory.mktemp("usual") / "work")
    assert {"out/opinions.json", f"out/B.1-{BANK}.docx", f"out/B.1-{BANK}.pdf"} <= found.keys()
    return found


@pytest.mark.parametrize("place", PLACES)
def test_place_language_and_hash_seed_do_not_matter(
    records: Path, usual: dict[str, str], tmp_path: Path, place: str
) -> None:
    assert run(records, tmp_path / "别 处", **PLACES[place]) == usual


def test_the_clock_does_not_matter(records: Path, usual: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-c", "import datetime; print(datetime.datetime.now().year)"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "2065"
    assert run(records, tmp_path / "work", PYTHONPATH=str(tmp_path)) == usual


def digests(folder: Path) -> set[str]:
    submission = read_submissions([folder], load_rules())
    assert submission.problems == ()
    return {found.digest for found in submission.records}


def turned(value: Any) -> Any:
    """The same value with the keys of every mapping the other way round."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(item) for item in value] if isinstance(value, list) else value


def flow(value: Any) -> str:
    """A value as YAML written unlike JSON: plain words, blocks, comments."""
    if isinstance(value, dict):
        return "\n".join(f"? {key} # 注\n: {_below(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "\n".join(f"- {_below(item)}" for item in value)
    return {True: "true", False: "false", None: "~"}.get(value, str(value))


def _below(value: Any) -> str:
    indented = flow(value).replace("\n", "\n    ")
    return f"\n    {indented}" if isinstance(value, (dict, list)) else indented


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("indented.json", json.dumps(record(), indent=9)),
        ("ascii.json", json.dumps(record(), ensure_ascii=True)),
        ("turned.json", json.dumps(turned(record()))),
        ("lines.ndjson", json.dumps(record(), ensure_ascii=False) + "\r\n\n"),
        ("json.yaml", json.dumps(record(), ensure_ascii=False)),
        ("block.yaml", flow(record())),
        ("marked.yml", "\ufeff--- # 注\n" + flow(record()) + "\n"),
    ],
)
def test_a_record_written_otherwise_has_the_same_digest(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / "plain").mkdir()
    usual = digests(submit(tmp_path / "plain", [record()]))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / name).write_bytes(text.encode())
    assert len(usual) == 1 and digests(tmp_path / "other") == usual


def test_another_value_has_another_digest(tmp_path: Path) -> None:
    one = digests(submit(tmp_path / "one", [record()]))
    assert one.isdisjoint(digests(submit(tmp_path / "two", [record(leaflets=None)])))


def test_comments_style_and_order_of_keys_do_not_matter_to_the_digest_of_rules(
    tmp_path: Path,
) -> None:
    for path in shipped_rules().rglob("*.yaml"):
        found = read(path)
        assert isinstance(found, Document)
        copy = tmp_path / path.relative_to(shipped_rules())
        copy.parent.mkdir(exist_ok=True)
        copy.write_text("# 注\n" + json.dumps(turned(found.data), indent=1), encoding="utf-8")
    assert load_rules(tmp_path).digest == load_rules().digest
