"""Files are written whole or not at all, and never over what somebody has edited."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import OutputError
from compliance.output import file_name, folder, place_all, sha256, write_file

INDEX = "index.json"


def put(out: Path, files: dict[str, bytes]) -> None:
    with folder(out) as partial:
        digests = {name: sha256(data) for name, data in files.items()}
        for name, data in files.items():
            (partial / name).parent.mkdir(parents=True, exist_ok=True)
            (partial / name).write_bytes(data)
        (partial / INDEX).write_text(json.dumps({"files": digests}))
        place_all(partial, out, INDEX, digests)


def found(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


@pytest.mark.parametrize("text", ["YL-001", "玉林甲样例银行", "甲（乙）", "a.b"])
def test_harmless_names_stay(text: str) -> None:
    assert file_name(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "..", "../", "../x", "/etc/passwd", "a/b", "a\\b", "a\nb", "a\0b", "CON"),
        *("nul.txt", ".hidden", "a.", " a", "<b>", "{{ }}", "=cmd|", "a:b", "\u202ea"),
        *("甲" * 300, "x" * 300),
    ],
)
def test_other_names_are_made_safe(text: str) -> None:
    made = file_name(text)
    assert made == Path(made).name and made.strip(". ") == made
    assert len(made.encode()) < 200 and made.isprintable()


def test_names_made_safe_stay_apart() -> None:
    texts = ["甲/乙", "甲\\乙", "甲\n乙", "甲_乙", "甲" * 300, "甲" * 301, "", ".", ".."]
    assert len({file_name(text) for text in texts}) == len(texts)


def test_nothing_is_left_of_a_run_that_fails(tmp_path: Path) -> None:
    def interrupted() -> None:
        with folder(tmp_path) as partial:
            (partial / "a").write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_replaced_and_removed(tmp_path: Path) -> None:
    put(tmp_path, {"a": b"1", "sub/b": b"2"})
    put(tmp_path, {"a": b"3"})
    assert found(tmp_path) == {"a", INDEX}
    assert (tmp_path / "a").read_bytes() == b"3"


@pytest.mark.parametrize("name", ["a", "sub/b"])
def test_edited_files_stop_everything(tmp_path: Path, name: str) -> None:
    put(tmp_path, {"a": b"1", "sub/b": b"2"})
    (tmp_path / name).write_bytes(b"edited")
    with pytest.raises(OutputError) as error:
        put(tmp_path, {"a": b"3", "c": b"4"})
    assert [problem.place.file for problem in error.value.problems] == [str(tmp_path / name)]
    assert found(tmp_path) == {"a", "sub/b", INDEX}
    assert (tmp_path / name).read_bytes() == b"edited"


def test_a_file_that_no_run_wrote_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mine")
    with pytest.raises(OutputError):
        put(tmp_path, {"a": b"1"})
    assert (tmp_path / "a").read_bytes() == b"mine"


def test_a_folder_in_a_files_place(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OutputError):
        put(tmp_path, {"a": b"1"})
    assert found(tmp_path) == set()


@pytest.mark.parametrize(
    "index", [[], {}, {"files": []}, {"files": None}, {"files": "a"}, "x", 1, None], ids=str
)
def test_an_index_that_is_not_ours(tmp_path: Path, index: Any) -> None:
    (tmp_path / INDEX).write_text(json.dumps(index))
    put(tmp_path, {"a": b"1"})
    assert found(tmp_path) == {"a", INDEX}


def test_an_index_cannot_reach_outside(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    out = tmp_path / "out"
    out.mkdir()
    files = {"../victim": sha256(b"mine"), str(victim): sha256(b"mine")}
    (out / INDEX).write_text(json.dumps({"files": files}))
    put(out, {"a": b"1"})
    assert victim.read_bytes() == b"mine"


@pytest.mark.parametrize("below", ["", "sub/sub"])
def test_a_file_where_the_folder_should_be(tmp_path: Path, below: str) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError):
        put(tmp_path / "out" / below, {"a": b"1"})
    with pytest.raises(OutputError):
        write_file(tmp_path / "out" / "a", b"1")
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_write_file_keeps_a_mode(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"0")
    usual = (tmp_path / "plain").stat().st_mode
    write_file(tmp_path / "a", b"1")
    assert (tmp_path / "a").stat().st_mode == usual
    (tmp_path / "a").chmod(0o640)
    write_file(tmp_path / "a", b"2")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_write_file(tmp_path: Path) -> None:
    write_file(tmp_path / "sub" / "a", b"1")
    write_file(tmp_path / "sub" / "a", b"2")
    assert found(tmp_path) == {"sub/a"} and (tmp_path / "sub/a").read_bytes() == b"2"
    (tmp_path / "taken").mkdir()
    with pytest.raises(OutputError):
        write_file(tmp_path / "taken", b"1")
    assert found(tmp_path) == {"sub/a"}
