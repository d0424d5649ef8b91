"""A real Chromium for the tests of the phone page, and what they fill in.

Chromium is a program of its own: where it is missing, these tests are skipped with the
reason, and continuous integration installs it.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest

from compliance.intake.page.program import program
from compliance.outcome import Answer, Opinion, Outcome, Reason, Verdict
from compliance.record import Record
from compliance.rulebook import RuleBook

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE: Final = {"width": 390, "height": 844}
# What a browser does of its own accord over a network is switched off.
ARGUMENTS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def _missing() -> str | None:
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError as error:
        return f"the phone page was not tried in a browser: {error}"
    return None if CHROMIUM else "the phone page was not tried in a browser: no chromium on PATH"


MISSING: Final = _missing()
needs_chromium: Final = pytest.mark.skipif(MISSING is not None, reason=str(MISSING))


@contextmanager
def browser(profile: Path, **options: Any) -> Iterator[Any]:
    """A browser context of a phone's size that keeps its data in `profile` and is offline."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        context = started.chromium.launch_persistent_context(
            str(profile),
            executable_path=CHROMIUM,
            args=list(ARGUMENTS),
            **{"viewport": PHONE, "accept_downloads": True, "offline": True, **options},
        )
        try:
            yield context
        finally:
            context.close()


def source(name: str) -> str:
    """The text of a file beside the page's modules."""
    return files("compliance.intake.page").joinpath(name).read_text("utf-8")


def facts_of(record: Record) -> dict[str, Any]:
    """A record's facts as the page hands them to its evaluator."""
    listed = {n: list(v) if isinstance(v, tuple) else v for n, v in record.observations.items()}
    return {
        **listed,
        "inspection.date": record.inspection.date,
        "inspection.previous_inspection_date": record.inspection.previous_inspection_date,
        "outlet.listed_on": record.outlet.listed_on,
    }


def program_for(book: RuleBook, record: Record) -> dict[str, Any]:
    """The program that judges this record."""
    return program(book, record.outlet.type, record.inspection.stage)


def answer_of(said: Any) -> Answer:
    """What evaluator.js said, as the engines say it."""
    return Answer(
        tuple(
            Verdict(v["rule"], Outcome(v["outcome"]), tuple(v["members"]), tuple(v["months"]))
            for v in said["verdicts"]
        ),
        tuple(Reason(reason) for reason in said["reasons"]),
        Opinion(said["opinion"]) if said["opinion"] else None,
    )


def photo(colour: str = "seagreen", size: tuple[int, int] = (3000, 2000)) -> bytes:
    """A JPEG with a position in its EXIF data."""
    from PIL import Image

    picture = Image.new("RGB", size, colour)
    exif = picture.getexif()
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: (22.0, 38.0, 0.0), 3: "E", 4: (110.0, 9.0, 0.0)})
    held = io.BytesIO()
    picture.save(held, "JPEG", exif=exif)
    return held.getvalue()
