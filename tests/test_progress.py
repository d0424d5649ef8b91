"""Progress is shown on a terminal, cleared at its end, and absent from a pipe."""

from __future__ import annotations

import io
import re
from itertools import count

import pytest

from compliance.progress import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(text: str) -> str:
    """The line that a terminal shows in the end."""
    line = ""
    for part in re.split(r"(\r\x1b\[K)", text):
        line = "" if part.startswith("\r") else line + part
    return line


def test_pipe_gets_nothing() -> None:
    stream = io.StringIO()
    with progress(3, "检查", stream) as step:
        for _ in range(3):
            step()
    assert stream.getvalue() == ""


def test_terminal_shows_share_count_times_and_rate() -> None:
    stream = Terminal()
    with progress(200, "检查", stream, iter(count(0.0, 0.5)).__next__) as step:
        for _ in range(50):
            step()
        assert shown(stream.getvalue()) == "检查 25% 50/200 [0:25<1:15, 2/s]"


def test_line_is_cleared_at_the_end() -> None:
    stream = Terminal()
    with progress(2, "checking", stream, iter(count()).__next__) as step:
        step()
        step()
        assert "100% 2/2 [0:02<0:00, 1/s]" in shown(stream.getvalue())
    assert shown(stream.getvalue()) == ""
    assert "\n" not in stream.getvalue()


def interrupted(stream: Terminal) -> None:
    """Work that Ctrl-C ends after its first item."""
    with progress(9, "检查", stream, iter(count()).__next__) as step:
        step()
        raise KeyboardInterrupt


def test_line_is_cleared_on_ctrl_c() -> None:
    stream = Terminal()
    with pytest.raises(KeyboardInterrupt):
        interrupted(stream)
    assert "1/9" in stream.getvalue()
    assert shown(stream.getvalue()) == ""


def test_quick_work_shows_nothing_and_long_work_is_drawn_now_and_then() -> None:
    quick, long = Terminal(), Terminal()
    for stream, tick in ((quick, 0.0001), (long, 0.01)):
        with progress(100, "检查", stream, iter(count(0.0, tick)).__next__) as step:
            for _ in range(100):
                step()
    assert quick.getvalue() == ""
    assert 5 <= long.getvalue().count("检查") <= 10


def test_more_than_expected_is_still_a_share() -> None:
    stream = Terminal()
    with progress(0, "检查", stream, iter(count()).__next__) as step:
        step()
        assert "100% 1/1" in shown(stream.getvalue())
