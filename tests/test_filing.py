"""The opinion run: which inspection counts, what stands on whose form, what is written."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.cli_samples import BANK, application, call, record, submit

Capture = pytest.CaptureFixture[str]
OTHER = "玉林乙样例银行"


class Run:
    """Calls of `opinion` with the same folders."""

    def __init__(self, tmp_path: Path, capfd: Capture) -> None:
        self.folder, self.out, self.capfd = tmp_path / "in", tmp_path / "out", capfd

    def __call__(self, *items: object, lang: str = "en") -> tuple[int, str, str]:
        folder = submit(self.folder, items)
        return call(
            self.capfd,
            *("opinion", folder, "--out", self.out, "--engine", "direct", "--lang", lang),
        )

    @property
    def index(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((self.out / "opinions.json").read_text("utf-8"))
        return data

    @property
    def files(self) -> dict[str, bytes]:
        found = (path for path in self.out.rglob("*") if path.is_file())
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def run(tmp_path: Path, capfd: Capture) -> Run:
    return Run(tmp_path, capfd)


def rows_of(run: Run, bank: int = 0) -> list[tuple[int | None, str]]:
    return [(o["row"], o["outlet"]) for o in run.index["banks"][bank]["outlets"]]


def test_what_is_written(run: Run) -> None:
    status, out, err = run(record(), record(2, leaflets=False), record(3, leaflets=None))
    assert (status, err) == (0, "")
    assert set(run.files) == {
        f"B.1-{BANK}.docx",
        f"B.1-{BANK}.pdf",
        "整改建议/整改建议-YL-2.docx",
        "整改建议/整改建议-YL-2.pdf",
        "opinions.json",
    }
    assert all(str(run.out / name) in out for name in run.files)
    assert "3 outlets: 1 conforming, 1 not conforming, 1 pending." in out


def test_the_index(run: Run) -> None:
    run(record(), record(2, leaflets=False), record(3, leaflets=None))
    index = run.index
    files = {n: hashlib.sha256(b).hexdigest() for n, b in run.files.items() if n != "opinions.json"}
    assert index["files"] == files
    (bank,) = index["banks"]
    assert bank["bank"] == BANK and bank["application"] is False
    assert [o["opinion"] for o in bank["outlets"]] == ["conforming", "non_conforming", "pending"]
    assert [o["failed"] for o in bank["outlets"]] == [[], ["4.3.2.1-b"], []]
    assert bank["outlets"][2]["not_observed"] and not bank["outlets"][2]["failed"]
    assert len(bank["outlets"][1]["notice"]) == 2 and bank["outlets"][0]["notice"] == []
    assert {*bank["form"], *bank["outlets"][1]["notice"]} == set(files)


def test_the_latest_inspection_wins(run: Run) -> None:
    late = record(2, outlet="YL-1", day="2026-04-20")
    assert run(late, record(1, leaflets=False))[0] == 0
    (outlet,) = run.index["banks"][0]["outlets"]
    assert (outlet["inspection"], outlet["opinion"]) == ("T-2", "conforming")


def test_two_inspections_of_one_day_are_refused(run: Run) -> None:
    status, _, err = run(record(), record(2, outlet="YL-1"), record(3))
    assert status == 2
    assert err.count("has two adaptation inspections on 2026-04-12") == 2
    assert rows_of(run) == [(1, "YL-3")]


def test_two_of_an_earlier_day_do_no_harm(run: Run) -> None:
    late = record(3, outlet="YL-1", day="2026-04-20")
    assert run(record(), record(2, outlet="YL-1"), late)[0] == 0


def test_the_application_orders_the_rows(run: Run) -> None:
    records = [record(number) for number in (1, 2, 3)]
    status, out, _ = run(*records, application("YL-3", "YL-9", "YL-1"))
    assert status == 0
    assert rows_of(run) == [(1, "YL-3"), (2, "YL-1"), (None, "YL-2")]
    assert run.index["banks"][0]["not_inspected"] == ["YL-9"]
    assert "applied for, not inspected: YL-9" in out
    assert "left off the form): YL-2" in out
    document = Document(io.BytesIO(run.files[f"B.1-{BANK}.docx"]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    names = dict.fromkeys(cell.split()[0] for cell in cells if cell.startswith("样例服务点"))
    assert list(names) == ["样例服务点3", "样例服务点1"]


def test_an_outlet_off_the_form_still_gets_its_notice(run: Run) -> None:
    run(record(), record(2, leaflets=False), application("YL-1"))
    assert "整改建议/整改建议-YL-2.pdf" in run.files


def test_a_bank_of_which_nothing_was_inspected(run: Run) -> None:
    assert run(record(), application("YL-8", bank=OTHER))[0] == 0
    banks = {bank["bank"]: bank for bank in run.index["banks"]}
    assert banks[OTHER]["form"] == [] and banks[OTHER]["not_inspected"] == ["YL-8"]


def test_an_outlet_of_another_bank(run: Run) -> None:
    status, _, err = run(record(), record(2, bank=OTHER), application("YL-1", "YL-2"))
    assert status == 2
    assert f"outlet `YL-2` belongs to `{OTHER}`" in err
    assert {bank["bank"]: len(bank["outlets"]) for bank in run.index["banks"]} == {
        BANK: 1,
        OTHER: 1,
    }


def test_two_applications_of_one_bank(run: Run) -> None:
    status, _, err = run(record(), application("YL-1"), application("YL-1"))
    assert status == 2 and "has an application already" in err


def test_no_adaptation_inspection(run: Run) -> None:
    status, out, err = run(application("YL-1"))
    assert status == 2 and out == "" and err
    assert not run.out.exists()


def test_a_second_run_gives_the_same_bytes(run: Run) -> None:
    items = [record(), record(2, leaflets=False)]
    run(*items)
    first = run.files
    assert run(*items)[0] == 0
    assert run.files == first


def test_an_edited_document_is_kept(run: Run) -> None:
    run(record())
    edited = run.out / f"B.1-{BANK}.docx"
    edited.write_bytes(edited.read_bytes() + b"edited")
    before = run.files
    status, out, err = run(record(leaflets=False))
    assert status == 2 and out == ""
    assert str(edited) in err and "has been edited" in err
    assert run.files == before


def test_stale_notices_go_unless_edited(run: Run) -> None:
    bad, good = record(leaflets=False), record()
    notice = run.out / "整改建议" / "整改建议-YL-1.docx"
    run(bad)
    assert notice.exists()
    assert run(good)[0] == 0
    assert not notice.exists()
    run(bad)
    notice.write_bytes(b"edited")
    assert run(good)[0] == 2
    assert notice.read_bytes() == b"edited"


def test_output_inside_the_inspected_folder(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = submit(tmp_path / "检 查", [record()])
    out = folder / "产 出"
    for _ in range(2):
        status, _, errors = call(capfd, "opinion", folder, "--out", out)
        assert (status, errors) == (0, "")
    status, _, errors = call(capfd, "check", out / "opinions.json")
    assert status == 2
    assert "inspection" in errors
    (out / "opinions.json").write_text("{}")
    assert call(capfd, "check", folder)[0] == 2


def test_output_folder_that_cannot_be_written(run: Run) -> None:
    run.out.write_text("mine")
    status, out, err = run(record())
    assert status == 2 and out == "" and "cannot be written" in err
    assert run.out.read_text() == "mine"


HOSTILE = (
    *("../", "../../甲", "<b>甲</b>", "{{ bank }}", "=cmd|' /C calc'!A0", "一\n二", "一\r\n三"),
    *("长" * 300, "\x1b[31m红", "左\u202e右", ". ", "CON", "甲/乙", "甲\\乙"),
)


def test_hostile_names(run: Run) -> None:
    records = [record(n, bank=name, leaflets=False) for n, name in enumerate(HOSTILE)]
    for item in records:
        item["outlet"]["name"] = item["outlet"]["bank"]
    status, out, err = run(*records)
    assert (status, err) == (0, "")
    assert "\x1b" not in out and "\u202e" not in out
    assert "一\\n二" in out.splitlines()
    names = set(run.index["files"])
    assert len(names) == 4 * len(HOSTILE)
    assert {path.parent for path in map(Path, names)} == {Path("."), Path("整改建议")}
    assert set(run.files) == {*names, "opinions.json"}
    assert {bank["bank"] for bank in run.index["banks"]} == set(HOSTILE)
    assert sorted(path.name for path in run.out.parent.iterdir()) == ["in", "out"]


def test_hostile_outlet_id(run: Run) -> None:
    status, _, err = run(record(outlet="../../x", leaflets=False), record(2))
    assert sorted(path.name for path in run.out.parent.iterdir()) == ["in", "out"]
    assert status in (0, 2) and bool(err) is (status == 2)
