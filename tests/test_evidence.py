"""Evidence: what is kept and how, what is refused, and what later uses find."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from compliance.cli import main
from compliance.errors import Place, Problem
from compliance.intake import evidence
from compliance.intake.draft import Pending
from compliance.intake.evidence import Kept, keep
from compliance.intake.evidence_check import check_evidence
from compliance.intake.pictures import bare, look, picture
from compliance.submission import read_submissions
from tests.filled_samples import BOOK, GPS, TAKEN, pdf, photo, record

ROOT: Final = Path(__file__).parents[1]
FORMATS: Final = ("JPEG", "PNG", "WEBP")
ENDINGS: Final = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
PLACE: Final = Place("表.xlsx", path="evidence.television[0]", cell="检查内容!F7")


def put(
    data: bytes | Path, folder: Path, name: str = "电视机.jpg", *, keep_location: bool = False
) -> Kept | Problem:
    return keep(Pending("television", name, data), folder, PLACE, keep_location=keep_location)


def kept(data: bytes, folder: Path, name: str = "电视机.jpg") -> bytes:
    found = put(data, folder, name)
    assert isinstance(found, Kept)
    stored = (folder / Path(found.file).name).read_bytes()
    assert hashlib.sha256(stored).hexdigest() == found.sha256
    return stored


def refused(data: bytes | Path, folder: Path, name: str = "电视机.jpg") -> str:
    found = put(data, folder, name)
    assert isinstance(found, Problem)
    assert not folder.exists() or [*folder.iterdir()] == []
    assert found.text.zh and found.text.en
    return found.key


# What is kept


@pytest.mark.parametrize("format", FORMATS)
def test_the_picture_stays_and_its_position_goes(format: str, tmp_path: Path) -> None:
    before = photo(format)
    after = kept(before, tmp_path)
    with Image.open(BytesIO(before)) as old, Image.open(BytesIO(after)) as new:
        assert old.getexif().get_ifd(GPS)
        assert new.format == format
        assert new.tobytes() == old.tobytes()
        exif = new.getexif()
        assert (exif[0x0112], exif[0x0110]) == (6, "Phone 1")
        assert exif.get_ifd(0x8769) == {0x9003: TAKEN, 0x9011: "+08:00"}
        assert exif.get_ifd(GPS) == {}
    assert b"GPS" not in after and b"22.63" not in after and b"22,37" not in after


def test_a_picture_without_anything_beside_it_is_kept_as_it_is(tmp_path: Path) -> None:
    for format in FORMATS:
        held = BytesIO()
        Image.new("RGB", (8, 8), "red").save(held, format)
        assert kept(held.getvalue(), tmp_path) == held.getvalue()


@pytest.mark.parametrize("format", FORMATS)
def test_keeping_what_was_kept_changes_nothing(format: str, tmp_path: Path) -> None:
    once = kept(photo(format), tmp_path)
    assert kept(once, tmp_path) == once
    assert len([*tmp_path.iterdir()]) == 1


@pytest.mark.parametrize("format", FORMATS)
def test_the_location_is_kept_on_request(format: str, tmp_path: Path) -> None:
    found = put(photo(format), tmp_path, keep_location=True)
    assert isinstance(found, Kept)
    assert (tmp_path / Path(found.file).name).read_bytes() == photo(format)


@pytest.mark.parametrize("how", [{"progressive": True}, {"restart_marker_rows": 1}], ids=str)
def test_all_kinds_of_jpeg(how: dict[str, int], tmp_path: Path) -> None:
    before = photo("JPEG", **how)
    with Image.open(BytesIO(before)) as old, Image.open(BytesIO(kept(before, tmp_path))) as new:
        assert new.tobytes() == old.tobytes()


def test_a_second_picture_or_film_behind_a_photo_goes(tmp_path: Path) -> None:
    assert b"GPS" not in kept(photo() + photo() + b"ftypmp42 GPS", tmp_path)


def test_words_inside_a_picture_go(tmp_path: Path) -> None:
    held = BytesIO()
    comment = "纬度 22.63".encode()
    Image.new("RGB", (8, 8)).save(held, "JPEG", comment=comment)
    assert comment in held.getvalue()
    assert comment not in kept(held.getvalue(), tmp_path)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", FORMATS)
def test_every_orientation_survives(orientation: int, format: str) -> None:
    data = photo(format, orientation=orientation)
    kind = picture(data)
    assert kind is not None
    with Image.open(BytesIO(bare(data, kind, look(data, kind)))) as new:
        assert new.getexif().get(0x0112, 1) == orientation


def test_a_pdf_is_kept_as_it_is(tmp_path: Path) -> None:
    data = pdf()
    found = put(data, tmp_path, "签到表.pdf")
    assert found == Kept(f"evidence/{found[1]}.pdf", found[1], "签到表.pdf")
    assert (tmp_path / f"{found[1]}.pdf").read_bytes() == data


def test_content_decides_the_ending(tmp_path: Path) -> None:
    found = put(photo("PNG"), tmp_path, "电视机.jpg")
    assert isinstance(found, Kept)
    assert (Path(found.file).suffix, found.name) == (".png", "电视机.png")


@pytest.mark.parametrize(
    "name",
    [
        *("../../../etc/passwd.jpg", "..\\..\\x.jpg", "/abs.jpg", "C:\\a\\b.jpg", "😀🏞.jpg"),
        *(
            "样" * 300 + ".jpg",
            "CON.jpg",
            "con.jpg",
            "a\nb\0c.jpg",
            "",
            ".",
            "..",
            "x",
            "\u202egpj.x",
        ),
    ],
    ids=ascii,
)
def test_any_name_makes_a_safe_one(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "证据 文件"
    found = put(photo(), folder, name)
    assert isinstance(found, Kept)
    assert [path.name for path in folder.iterdir()] == [f"{found.sha256}.jpg"]
    assert found.file == f"evidence/{found.sha256}.jpg"
    assert not set(found.name) & set('/\\:\n\0*?"<>|\u202e😀')
    assert found.name.endswith(".jpg") and len(found.name.encode()) < 160
    assert found.name.split(".")[0].lower() != "con"


# What is refused


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"plain text", b"<html><script>", b"GIF89a" + bytes(40), b"MZ" + bytes(90)],
    ids=ascii,
)
def test_a_photo_that_is_no_picture(data: bytes, tmp_path: Path) -> None:
    assert refused(data, tmp_path) == "not_a_picture"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_picture_cut_off(format: str, share: float, tmp_path: Path) -> None:
    data = photo(format)
    assert refused(data[: int(len(data) * share)], tmp_path) == "broken_picture"


def test_documents_that_cannot_be_kept(tmp_path: Path) -> None:
    assert refused(pdf()[:-30], tmp_path, "a.pdf") == "broken_pdf"
    assert refused(pdf(), tmp_path, "a.jpg") == "picture_is_pdf"
    heic = b"\0\0\0\x18ftypheic" + bytes(40)
    assert refused(heic, tmp_path, "IMG_0001.HEIC") == "picture_heic"


def test_files_that_cannot_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "evidence"
    assert refused(tmp_path / "没有.jpg", folder) == "no_such_path"
    assert refused(tmp_path, folder) == "no_such_path"
    (tmp_path / "大.jpg").write_bytes(photo())
    monkeypatch.setattr(evidence, "SIZE_LIMIT", 100)
    assert refused(tmp_path / "大.jpg", folder) == "evidence_too_large"
    assert refused(photo(), folder) == "evidence_too_large"


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    content = zlib.compress(bytes(100))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", content) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8400, 8400), (10_000, 10_000), (60_000, 60_000)], ids=str)
def test_a_picture_that_would_fill_the_memory(size: tuple[int, int], tmp_path: Path) -> None:
    assert refused(bomb(*size), tmp_path) == "too_many_pixels"


def test_a_problem_names_the_cell_and_no_more_of_the_path(tmp_path: Path) -> None:
    found = put(b"x", tmp_path, "/home/覃样例/a.jpg")
    assert isinstance(found, Problem)
    assert found.message("en").startswith(
        "表.xlsx: 检查内容!F7: evidence.television[0]: `a.jpg` is"
    )


@given(st.sampled_from(FORMATS), st.data())
def test_damage_is_refused_or_harmless(format: str, data: st.DataObject) -> None:
    """Whatever bytes are changed: no other exception, and what is left has no position."""
    spoiled = bytearray(photo(format))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(spoiled) - 1))
        spoiled[at : at + data.draw(st.integers(1, 3))] = data.draw(st.binary(max_size=4))
        if not spoiled:
            return
    kind = picture(bytes(spoiled))
    if kind is None:
        return
    try:
        left = bare(bytes(spoiled), kind, look(bytes(spoiled), kind))
    except ValueError:  # Broken, TooManyPixels
        return
    with Image.open(BytesIO(left)) as new:
        new.load()
        assert new.getexif().get_ifd(GPS) == {}
    assert b"maker" not in left and b"xmpmeta" not in left


# What later uses find


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A folder with a sample record and its evidence, under a name with blanks."""
    folder = tmp_path / "检查 记录"
    shutil.copytree(ROOT / "inspections" / "xingye", folder)
    return folder


def checks(folder: Path) -> list[tuple[str, str]]:
    found = check_evidence(read_submissions([folder], BOOK).records)
    return [(Path(problem.place.file).name, problem.key) for problem in found]


def test_the_samples_have_their_evidence() -> None:
    records = read_submissions([ROOT / "inspections"], BOOK).records
    assert sum(file.sha256 is not None for record in records for file in record.evidence) == 48
    assert check_evidence(records) == ()


def test_missing_and_altered_evidence_is_found(sample: Path) -> None:
    assert checks(sample) == []
    first, second, *_ = sorted((sample / "evidence").iterdir())
    first.unlink()
    second.write_bytes(second.read_bytes() + b"\0")
    assert sorted(key for _, key in checks(sample)) == ["evidence_altered", "evidence_missing"]


def test_check_and_opinion_say_so_and_still_report(
    sample: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record = sample / "YL-009-2026-04-09.yaml"
    (file,) = read_submissions([record], BOOK).records[0].evidence
    assert main(["check", str(record), "--lang", "en"]) == 1
    before = capfd.readouterr().out
    (sample / file.file).write_bytes(b"edited")
    now = hashlib.sha256(b"edited").hexdigest()
    assert main(["check", str(record), "--lang", "en"]) == 2
    after = capfd.readouterr()
    assert after.out == before
    assert after.err == (
        f"{record}: evidence.publications: the evidence `宣传栏-0211.jpg` (publications) has been "
        f"altered: the record has the digest {file.sha256}, the file now has {now}; put the "
        "original back\n"
    )
    out = tmp_path / "out"
    assert main(["opinion", str(record), "--out", str(out)]) == 2
    assert (out / "opinions.json").is_file()


def test_explain_and_verify_say_so_too(
    sample: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record, out = sample / "YL-009-2026-04-09.yaml", tmp_path / "out"
    assert main(["opinion", str(record), "--out", str(out)]) == 0
    verify = ["verify", str(out / "opinions.json"), "--records", str(sample)]
    assert [main(["explain", str(record)]), main(verify)] == [0, 0]
    (file,) = read_submissions([record], BOOK).records[0].evidence
    (sample / file.file).unlink()
    other = next(path for path in (sample / "evidence").iterdir())
    other.unlink()  # of a record that is not verified
    capfd.readouterr()
    for command in (["explain", str(record)], verify):
        assert main([*command, "--lang", "en"]) == 2
        said = capfd.readouterr()
        assert said.out and said.err.count("\n") == 1 and "宣传栏-0211.jpg" in said.err


def entry(file: str, folder: Path, **more: object) -> list[str]:
    data = record({"television": True}, evidence={"television": [{"file": file, **more}]})
    path = folder / "a.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return [key for _, key in checks(folder)]


def test_what_nothing_vouches_for_is_not_looked_for(tmp_path: Path) -> None:
    assert entry("tv.jpg", tmp_path) == []
    assert entry("tv.jpg", tmp_path, sha256="0" * 64, withheld=True) == []
    assert entry("tv.jpg", tmp_path, sha256="0" * 64) == ["evidence_missing"]
    (tmp_path / "tv.jpg").write_bytes(b"another")
    assert entry("tv.jpg", tmp_path, sha256="0" * 64, withheld=True) == ["evidence_altered"]


@pytest.mark.parametrize(
    "file", ["../x.jpg", "a/../../x.jpg", "/etc/hostname", "C:\\x", "..\\x", "\0"]
)
def test_nothing_outside_the_folder_is_read(file: str, tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_bytes(b"")
    folder = tmp_path / "records"
    folder.mkdir()
    digest = hashlib.sha256(b"").hexdigest()
    assert entry(file, folder, sha256=digest) == ["evidence_outside"]


def test_checking_loads_no_picture_library() -> None:
    code = "import sys, compliance.intake.evidence_check; print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("False", "")
