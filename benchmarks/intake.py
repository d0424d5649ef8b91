"""How long importing a workbook of 500 outlets takes, next to openpyxl merely reading its cells.

    python benchmarks/intake.py [OUTLETS] [STAFF] [ROUNDS]

Prints medians in seconds and their ratios. «openpyxl» opens the workbook and looks at each
cell once, read-only (its fastest way) and normally; «import» reads, checks and writes every
record. The three take turns in one process, so that a busy machine slows all; the first round
warms up and is not counted. People, banks and numbers are invented.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from openpyxl import load_workbook

from compliance.intake.questions import checklist
from compliance.intake.reading import read_forms
from compliance.intake.record_file import write_records
from compliance.intake.workbook import layout
from compliance.intake.workbook.write import write
from compliance.load import load_rules
from compliance.outcome import Stage
from compliance.record import Outlet
from compliance.rulebook import OutletType, RuleBook

ID_NUMBER = "452521190001010011"


def filled(book: RuleBook, count: int, staff: int) -> bytes:
    """A workbook of `count` outlets, every question answered, with `staff` people in all."""
    branch = OutletType.BANK_BRANCH
    outlets = tuple(
        Outlet(f"YL-{n:04}", f"示例银行第{n}支行", branch, "示例银行", "样例大道", "样甲", "12333")
        for n in range(1, count + 1)
    )
    asked = checklist(book, branch, Stage.ADAPTATION, outlets)
    workbook = load_workbook(BytesIO(write(asked, book, "zh")))
    sheets = {str(sheet["A1"].value): sheet for sheet in workbook}
    visits = sheets[layout.OUTLETS]
    for n in range(count):
        _set(visits, n, **{"inspection.id": f"YL-2026-{n:04}", "inspection.inspector": "覃示例"})
        _set(visits, n, **{"inspection.date": date(2026, 4, 12)})
    questions = sheets[layout.CHECKLIST]
    for n in range(count * len(asked.questions)):
        fact = book.facts[str(questions.cell(5 + n, 1).value)]
        said = {"answer": "有" if fact.fields else "是", "note": None if n % 5 else "看过"}
        _set(questions, n, **said)
    for n in range(max(staff, count)):
        owner = outlets[n % count].id
        if n < staff:
            person = {"name": "样甲", "id_number": ID_NUMBER, "phone": "13800000001"}
            seen = dict.fromkeys(("pre_job_trained", "able_to_serve", "dedicated"), "是")
            _set(sheets[f"{layout.LIST}staff"], n, outlet=owner, **person, **seen)
        if n < count:
            shown = {"date": date(2026, 4, 2), "title": "参保问答", "channel": "宣传栏"}
            _set(sheets[f"{layout.LIST}publications"], n, outlet=owner, **shown)
    held = BytesIO()
    workbook.save(held)
    return held.getvalue()


def _set(sheet: Any, line: int, **values: object) -> None:
    names = [cell.value for cell in sheet[1][:20]]
    for name, value in values.items():
        sheet.cell(5 + line, names.index(name) + 1).value = value


def look(path: Path, *, read_only: bool) -> int:
    """Open a workbook with openpyxl and look at each cell; how many are not empty."""
    workbook = load_workbook(path, read_only=read_only)
    seen = 0
    for sheet in workbook:
        if read_only:
            sheet.reset_dimensions()  # else it trusts the size that the file states
        seen += sum(value is not None for row in sheet.iter_rows(values_only=True) for value in row)
    workbook.close()
    return seen


def import_(path: Path, book: RuleBook, count: int) -> None:
    """Read, check and write the records of a workbook."""
    with tempfile.TemporaryDirectory() as out:
        records, problems = read_forms([path], book)
        if problems or len(records) != count:
            sys.exit("\n".join(problem.message("en") for problem in problems))
        write_records(records, Path(out))


def timed(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(arguments: list[str]) -> None:
    """Measure and print."""
    count, staff, rounds = (*map(int, arguments), *(500, 2_000, 5)[len(arguments) :])
    book = load_rules()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filled.xlsx"
        path.write_bytes(filled(book, count, staff))
        works: dict[str, Callable[[], object]] = {
            "openpyxl, read-only": lambda: look(path, read_only=True),
            "openpyxl": lambda: look(path, read_only=False),
            "read": lambda: read_forms([path], book),
            "import": lambda: import_(path, book, count),
        }
        times = [[timed(work) for work in works.values()] for _ in range(rounds + 1)][1:]
        cells, size = look(path, read_only=True), path.stat().st_size
    print(f"{count} outlets, {staff} staff: {cells:,} cells, {size / 2**20:.1f} MB")
    medians = dict(zip(works, map(median, zip(*times))))
    for name, seconds in medians.items():
        ratios = (seconds / medians[base] for base in ("openpyxl, read-only", "openpyxl"))
        print(f"{name:20}{seconds:8.2f} s{''.join(f'{ratio:8.2f}' for ratio in ratios)}")


if __name__ == "__main__":
    main(sys.argv[1:])
