"""How far long work is, on a terminal and nowhere else. Imports nothing of the project."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

_EVERY: Final = 0.1  # seconds between two drawings
_CLEAR: Final = "\r\x1b[K"


@contextmanager
def progress(
    total: int, label: str, stream: TextIO, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[], None]]:
    """Show how much of `total` is done on `stream`; call what it gives once for each item.

    One line with the share, the count, the time gone and left and the items a second. It
    is drawn at most ten times a second, so that quick work shows nothing, and cleared at
    the end, however that comes. Nothing is written where `stream` is not a terminal.
    `clock` gives seconds.
    """
    if not stream.isatty():
        yield lambda: None
        return
    start = drawn = clock()
    done = 0

    def step() -> None:
        nonlocal done, drawn
        done += 1
        now = clock()
        if now - drawn >= _EVERY:
            drawn = now
            stream.write(_CLEAR + _line(label, done, total, now - start))
            stream.flush()

    try:
        yield step
    finally:
        if drawn > start:
            stream.write(_CLEAR)
            stream.flush()


def _line(label: str, done: int, total: int, seconds: float) -> str:
    total = max(done, total)
    left = seconds / done * (total - done)
    return (
        f"{label} {done / total:.0%} {done}/{total} "
        f"[{_time(seconds)}<{_time(left)}, {done / seconds:.0f}/s]"
    )


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
