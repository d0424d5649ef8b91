"""Submissions written for the tests of the commands, and one call of a command."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pytest

from compliance.cli import main

BANK: Final = "玉林甲样例银行"
GOOD: Final[dict[str, Any]] = {
    "convenience_items": True,
    "notice_board": True,
    "leaflets": True,
    "farmer_terminal": True,
    "staff": [
        {"name": "甲示例", "pre_job_trained": True, "able_to_serve": True, "dedicated": True}
    ],
    "publications": [{"date": "2026-04-02", "title": "社会保障卡申领指南"}],
}


def record(
    number: int = 1, *, outlet: str = "", bank: str = BANK, day: str = "2026-04-12", **seen: object
) -> dict[str, Any]:
    """A conforming rural point, but for what is given in `seen`."""
    return {
        "inspection": {
            "id": f"T-{number}",
            "stage": "adaptation",
            "date": day,
            "inspector": "检查员示例",
        },
        "outlet": {
            "id": outlet or f"YL-{number}",
            "name": f"样例服务点{number}",
            "type": "rural_point",
            "bank": bank,
        },
        "observations": {**GOOD, **seen},
    }


def application(*outlets: str, bank: str = BANK) -> dict[str, Any]:
    """What a bank applied with."""
    return {"application": {"bank": bank}, "outlets": list(outlets)}


def submit(folder: Path, items: Iterable[object]) -> Path:
    """The folder, with each item in a file of its own and no other."""
    for old in folder.rglob("*.json"):
        old.unlink()
    (folder / "applications").mkdir(parents=True, exist_ok=True)
    for number, item in enumerate(items):
        text = item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)
        applied = isinstance(item, dict) and "application" in item
        below = folder / "applications" if applied else folder
        (below / f"{number}.json").write_text(text, encoding="utf-8")
    return folder


def call(capfd: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command."""
    status = main([str(arg) for arg in args])
    return int(status), *capfd.readouterr()
