"""Issued opinions derived again: what is said of them as they were, and of each way to tamper."""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from compliance.assure import verify_issued
from compliance.engines.direct import Direct
from compliance.forms.derivation import KEYWORD, keywords
from compliance.load import shipped_rules
from compliance.outcome import Answer
from compliance.record import Record
from tests.agree import needs_durable
from tests.cli_samples import BANK, call, record, submit
from tests.test_revisions import commit, git, reword

Capture = pytest.CaptureFixture[str]
FORM = f"B.1-{BANK}"


class Desk:
    """A folder with `inspections` and `out`, in which opinions are issued and verified."""

    def __init__(self, top: Path, capfd: Capture) -> None:
        self.top, self.capfd = top, capfd
        self.index = top / "out" / "opinions.json"

    def issue(self, *items: object, options: tuple[object, ...] = ()) -> None:
        folder = submit(self.top / "inspections", items)
        status, _, err = call(
            self.capfd, "opinion", folder, "--out", "out", "--engine", "direct", *options
        )
        assert (status, err) == (0, "")

    def verify(self, *args: object, file: object = "out/opinions.json") -> tuple[int, str]:
        status, out, err = call(self.capfd, "verify", file, "--lang", "en", *args)
        return status, out + err

    def json(self, *args: object, file: object = "out/opinions.json") -> tuple[int, Any]:
        status, out, err = call(self.capfd, "verify", file, "--format", "json", *args)
        assert err == ""
        return status, json.loads(out)

    def tamper(self, change: Callable[[dict[str, Any]], object]) -> None:
        data = json.loads(self.index.read_text("utf-8"))
        change(data)
        self.index.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> Desk:
    top = tmp_path / "办公 桌"
    top.mkdir()
    monkeypatch.chdir(top)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return Desk(top, capfd)


@pytest.fixture
def issued(desk: Desk) -> Desk:
    desk.issue(record(), record(2, leaflets=False), record(3, leaflets=None))
    return desk


def outlet(data: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = data["banks"][0]["outlets"][number]
    return found


def results(found: Any) -> list[str]:
    return [each["result"] for each in found["outlets"]]


# as it was issued


def test_an_untouched_index_is_the_same(issued: Desk) -> None:
    status, out = issued.verify()
    assert status == 0
    assert out.count("  same\n") == 3
    assert "found in the rules that come with the program" in out
    assert out.endswith("Outlets: 3; same 3, different 0, not verified 0.\n")


@needs_durable
def test_both_engines_derive(issued: Desk) -> None:
    assert issued.json()[1]["engines"] == ["durable", "direct"]


def test_chinese_is_the_default(issued: Desk) -> None:
    status, out, _ = call(issued.capfd, "verify", "out/opinions.json")
    assert status == 0
    assert out.endswith("3 个网点：一致 3，不一致 0，未能核验 0。\n")


@pytest.mark.parametrize("name", [f"{FORM}.docx", f"{FORM}.pdf"])
def test_a_form_alone_is_verified_by_what_it_carries(issued: Desk, name: str) -> None:
    status, found = issued.json(file=f"out/{name}")
    assert (status, results(found), found["as_issued"]) == (0, ["same"] * 3, True)
    shutil.move(issued.top / "out" / name, issued.top / f"别处-{name}")
    status, found = issued.json(file=f"别处-{name}")
    assert (status, results(found), found["as_issued"]) == (0, ["same"] * 3, None)
    assert "may have been edited" in issued.verify(file=f"别处-{name}")[1]


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_a_notice_is_verified(issued: Desk, suffix: str) -> None:
    status, found = issued.json(file=f"out/整改建议/整改建议-YL-2.{suffix}")
    assert (status, found["as_issued"]) == (0, True)
    assert [(o["outlet"], o["result"]) for o in found["outlets"]] == [("YL-2", "same")]


def test_without_supplementary_is_honoured(desk: Desk) -> None:
    desk.issue(record(publications=[]), options=("--without", "supplementary"))
    status, found = desk.json()
    assert (status, found["without"]) == (0, ["supplementary"])
    # A document does not say so, and its digest does.
    status, found = desk.json(file=f"out/{FORM}.docx")
    assert (status, found["without"]) == (0, ["supplementary"])


def test_copies_of_one_inspection_are_told_apart_by_digest(issued: Desk) -> None:
    (issued.top / "inspections" / "later.json").write_text(
        json.dumps(record(leaflets=False)), encoding="utf-8"
    )
    assert issued.verify()[0] == 0


def test_white_space_and_key_order_of_a_record_do_not_matter(issued: Desk) -> None:
    path = issued.top / "inspections" / "0.json"
    data = json.loads(path.read_text("utf-8"))
    turned = dict(reversed(data.items()))
    path.write_text(json.dumps(turned, indent=7), encoding="utf-8")
    assert issued.verify()[0] == 0


# tampered with


@pytest.mark.parametrize(
    ("number", "field", "value", "said"),
    [
        (0, "opinion", "non_conforming", "opinion: issued not conforming, derived conforming"),
        (0, "opinion", "pending", "opinion: issued pending, derived conforming"),
        (1, "opinion", "conforming", "opinion: issued conforming, derived not conforming"),
        (1, "reasons", ["personnel"], "reasons: issued personnel, derived "),
        (1, "reasons", [], "reasons: issued none, derived "),
        (1, "failed", [], "failed rules: issued none, derived 4.3.2.1-b"),
        (2, "not_observed", [], "rules not observed: issued none, derived 4.3.2.1-b"),
        (0, "evaluated_on", "2026-04-13", "evaluated on: issued 2026-04-13, derived 2026-04-12"),
        (0, "inspection", "T-9", "inspection: issued T-9, derived T-1"),
        (0, "outlet", "YL-9", "outlet: issued YL-9, derived YL-1"),
        (0, "opinion", "\x1b[2Jnonsense", "issued \\x1b[2Jnonsense, derived conforming"),
    ],
)
def test_a_changed_entry_differs(
    issued: Desk, number: int, field: str, value: object, said: str
) -> None:
    issued.tamper(lambda data: outlet(data, number).update({field: value}))
    status, out = issued.verify()
    assert status == 1
    assert said in out
    assert "same 2, different 1, not verified 0" in out


def test_a_changed_bank_differs(issued: Desk) -> None:
    issued.tamper(lambda data: data["banks"][0].update(bank="玉林丁样例银行"))
    status, out = issued.verify()
    assert status == 1 and f"bank: issued 玉林丁样例银行, derived {BANK}" in out


def test_a_changed_without_differs(issued: Desk) -> None:
    issued.tamper(lambda data: data.update(without=["supplementary"]))
    status, out = issued.verify()
    assert status == 1
    assert "rules left out: issued supplementary, derived none" in out


def test_a_record_changed_by_one_value_is_not_the_record(issued: Desk) -> None:
    path = issued.top / "inspections" / "0.json"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"leaflets": true', '"leaflets": false'), encoding="utf-8")
    status, out = issued.verify()
    assert status == 2
    assert "no record of digest" in out
    assert f"{Path('inspections', '0.json')} is the record of this inspection, but no longer" in out
    assert "same 2, different 0, not verified 1" in out
    assert issued.json()[1]["outlets"][0]["changed"] == [str(Path("inspections", "0.json"))]


def test_records_are_sought_where_asked_and_beside_the_opinion(issued: Desk) -> None:
    shutil.move(issued.top / "inspections", issued.top / "旧档")
    status, out = issued.verify()
    assert status == 2 and "Looked for records in: out;" in out and "--records" in out
    assert issued.verify("--records", "旧档")[0] == 0
    assert issued.verify("--records", *sorted((issued.top / "旧档").glob("*.json")))[0] == 0
    status, out = issued.verify("--records", "不在")
    assert status == 2 and "there is no such file or folder" in out
    shutil.move(issued.top / "旧档", issued.top / "out" / "档")
    assert issued.verify()[0] == 0


def test_other_rules_verify_nothing(issued: Desk) -> None:
    rules = Path(shutil.copytree(shipped_rules(), issued.top / "rules"))
    reword(rules, "岗前培训", "上岗前培训")
    status, out = issued.verify("--rules", "rules")
    assert status == 2
    assert "looked in: rules (digest " in out
    assert "What other rules would give is no verification" in out
    assert set(results(issued.json("--rules", "rules")[1])) == {"not_derived"}


def test_a_version_is_noted_and_no_difference(issued: Desk) -> None:
    issued.tamper(lambda data: data.update(tool_version="0.0.9"))
    status, out = issued.verify()
    assert status == 0 and "0.0.9 when issued" in out


# rules of another time


@pytest.fixture
def old(desk: Desk) -> Desk:
    """Opinions by rules that three revisions have replaced since, one of them broken."""
    rules = Path(shutil.copytree(shipped_rules(), desk.top / "rules"))
    git("init", "-q", "-b", "main")
    reword(rules, "岗前培训", "上岗前培训")
    commit("当时")
    git("tag", "then")
    desk.issue(record(), options=("--rules", "rules"))
    (rules / "facts.yaml").write_text("- 坏", encoding="utf-8")
    commit("坏")
    shutil.rmtree(rules)
    shutil.copytree(shipped_rules(), rules)
    commit("现行")
    return desk


def test_rules_are_found_in_the_history(old: Desk) -> None:
    status, found = old.json()
    assert (status, results(found)) == (0, ["same"])
    assert found["rules"] == git("rev-parse", "--short=12", "then") + ":rules"


def test_rules_are_read_from_the_revision_asked_for(old: Desk) -> None:
    assert old.json("--rules", "then:rules")[1]["rules"] == "then:rules"
    status, out = old.verify("--rules", "HEAD")
    assert status == 2 and "looked in: HEAD (digest" in out
    status, out = old.verify("--rules", "nowhere")
    assert status == 2 and "no revision `nowhere`" in out


def test_rules_that_are_in_no_revision(old: Desk) -> None:
    old.tamper(lambda data: data.update(rules_digest="0" * 64))
    status, out = old.verify()
    assert status == 2
    assert "looked in: git history, revisions of rules: 3" in out
    assert out.count("passed over") == 1
    assert "no git history" not in out


def test_without_a_repository_it_is_said(issued: Desk) -> None:
    issued.tamper(lambda data: data.update(rules_digest="0" * 64))
    status, out = issued.verify()
    assert status == 2 and "no git history to look in" in out


# documents that somebody has worked on


def test_an_edited_docx_is_verified_and_said_to_be_edited(issued: Desk) -> None:
    path = issued.top / "out" / f"{FORM}.docx"
    made = Document(str(path))
    made.paragraphs[0].add_run("已核对")
    made.save(str(path))
    status, found = issued.json(file=path)
    assert (status, results(found), found["as_issued"]) == (0, ["same"] * 3, False)
    assert "edited since it was issued" in issued.verify(file=path)[1]


def test_a_docx_that_carries_something_else_differs(issued: Desk) -> None:
    path = issued.top / "out" / f"{FORM}.docx"
    path.write_bytes(repacked(path, lambda text: text.replace(b'"conforming"', b'"pending"')))
    status, found = issued.json(file=path)
    assert (status, results(found)) == (1, ["differs", "same", "same"])


def test_the_last_of_an_appended_pdf_counts(issued: Desk) -> None:
    path = issued.top / "out" / f"{FORM}.pdf"
    (word,) = keywords('{"rules_digest":"' + "0" * 64 + '","tool_version":"0","outlets":[]}')
    path.write_bytes(path.read_bytes() + b"\n% " + word.encode())
    status, out = issued.verify(file=path)
    assert status == 2 and "names no outlet" in out


def test_a_pdf_carries_it_as_metadata(issued: Desk) -> None:
    metadata = PdfReader(issued.top / "out" / f"{FORM}.pdf").metadata
    assert metadata is not None and str(metadata["/Keywords"]).startswith(KEYWORD)


def test_a_pdf_has_room_for_hundreds_of_outlets_and_no_more() -> None:
    assert len(keywords("x" * 100_000)) == 1
    noise = "".join(f"{n * 2654435761 % 2**32:08x}" for n in range(10_000))
    assert keywords(noise) == ()


# files that are none of these


def repacked(path: Path, change: Callable[[bytes], bytes]) -> bytes:
    """The DOCX with its custom parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name.startswith("customXml/") else content)
    return made.getvalue()


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(f"customXml/{name}.xml", content)
    return made.getvalue()


def blank_pdf() -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(made)
    return made.getvalue()


BOMB = KEYWORD.encode() + base64.b64encode(zlib.compress(b" " * 100_000_000))
ENTITIES = (
    b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b'<derivation xmlns="urn:compliance:derivation">&b;</derivation>'
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\xff\x00\x80rubbish", "is not UTF-8"),
        (b"{", "is not valid JSON"),
        (b"[]", "holds no opinions"),
        (b"null", "holds no opinions"),
        (json.dumps(record()).encode(), "holds no opinions"),
        (b"[" * 100_000, "nests deeper"),
        (b'{"rules_digest": 1, "tool_version": "0", "banks": []}', "expected text"),
        (b'{"rules_digest": "x", "tool_version": "0", "banks": []}', "SHA-256"),
        (b'{"rules_digest": "%b", "banks": []}' % (b"0" * 64), "`tool_version` is missing"),
        (
            b'{"rules_digest": "%b", "tool_version": "0", "banks": []}' % (b"0" * 64),
            "names no outlet",
        ),
        (
            b'{"rules_digest": "%b", "tool_version": "0", "outlets": [{}]}' % (b"0" * 64),
            "`record_digest` is missing",
        ),
        (b"%PDF-1.7 rubbish", "carries nothing"),
        (b"%PDF-1.7 compliance-derivation:AAAA", "carries nothing"),
        (b"%PDF-1.7 compliance-derivation:eNoDAAAAAAE=", "carries nothing"),
        (b"%PDF-1.7 " + BOMB, "carries nothing"),
        (blank_pdf(), "carries nothing"),
        (b"PK\x03\x04rubbish", "is not a sound DOCX"),
        (zipped(), "carries nothing"),
        (zipped(item1=b"<a/>", item2=b"<broken"), "carries nothing"),
        (zipped(item1=ENTITIES), "carries nothing"),
        (zipped(item1=b'<derivation xmlns="urn:compliance:derivation">{</derivation>'), "carries"),
        (zipped(item1=b"<a>" + b" " * 50_000_000 + b"</a>"), "carries nothing"),
        (b"PK\x01\x02" * 6000, "is not a sound DOCX"),
    ],
)
def test_what_is_no_opinion_is_refused(desk: Desk, content: bytes, said: str) -> None:
    (desk.top / "opinions.json").write_bytes(content)
    status, out = desk.verify(file="opinions.json")
    assert status == 2
    assert out.startswith("opinions.json") and said in out


def test_a_damaged_docx_is_refused(issued: Desk) -> None:
    path = issued.top / "out" / f"{FORM}.docx"
    whole = path.read_bytes()
    carried = whole.index(b"customXml/item2.xml") + 40
    for damaged in (
        whole[: len(whole) // 2],
        whole[:carried] + b"\0" * 40 + whole[carried + 40 :],
    ):
        path.write_bytes(damaged)
        status, out = issued.verify(file=path)
        assert status == 2 and "is not a sound DOCX" in out


def test_a_folder_and_a_missing_file_are_refused(issued: Desk) -> None:
    status, out = issued.verify(file="out")
    assert status == 2 and "is a folder; give the opinions.json in it" in out
    status, out = issued.verify(file="不在.json")
    assert status == 2 and "there is no such file or folder" in out


def test_a_huge_file_is_not_read(issued: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_issued, "FILE_LIMIT", 1000)
    status, out = issued.verify(file=f"out/{FORM}.pdf")
    assert status == 2 and "the limit is 1000" in out


# engines


@needs_durable
def test_engines_that_disagree_verify_nothing(
    issued: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Direct.answer

    def wrong(self: Direct, record: Record) -> Answer:
        given = answer(self, record)
        return given._replace(reasons=()) if record.outlet.id == "YL-2" else given

    monkeypatch.setattr(Direct, "answer", wrong)
    status, out = issued.verify()
    assert status == 3
    assert "the engines disagree" in out and "same 2, different 0, not verified 1" in out


def test_one_engine_is_said_to_be_one(issued: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable.engine", None)
    status, out = issued.verify()
    assert status == 0 and "Engine: direct alone" in out


def test_a_pipe_that_closes_is_no_error(issued: Desk) -> None:
    code = "import sys; from compliance.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "verify", "out/opinions.json"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.close()
    assert (running.stderr.read(), running.wait()) == (b"", 0)
    running.stderr.close()
