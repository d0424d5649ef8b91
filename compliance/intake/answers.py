"""What people write in a form, read as values: yes and no, dates, numbers, texts.

Empty is not observed, never no; what could mean two things is refused. May import `words`,
`condition` and `source`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from compliance.condition import FactType

YES: Final = frozenset({"是", "有", "√", "✓", "✔", "☑", "对", "y", "yes", "true"})
NO: Final = frozenset({"否", "无", "没有", "×", "✗", "✘", "错", "n", "no", "false"})
UNSEEN: Final = frozenset({"", "未检查", "未观察", "未查", "not inspected", "not observed"})
"""Ways to write that something was not looked at."""

_DAY: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:年|[-/.])(?P<month>[0-9]{1,2})(?:月|[-/.])(?P<day>[0-9]{1,2})[日号]?"
)

_EXACT: Final = 10**15  # spreadsheets keep 15 digits of a number


class Unclear(NamedTuple):
    """What was written has no meaning here; `fault` is the key of what is said about it."""

    fault: str


Read = Callable[[object], "bool | int | str | Unclear | None"]


def plain(written: object) -> str:
    """A cell's text without blanks around it, full-width letters and digits made half-width.

    What makes a tick a coloured picture on a phone is left out too.
    """
    if written is None:
        return ""
    return unicodedata.normalize("NFKC", str(written)).replace("\ufe0f", "").strip()


def yes_no(written: object) -> bool | Unclear | None:
    """True, False, or None where nothing was observed."""
    if isinstance(written, bool):
        return written
    # × and √ are kept by NFKC; a letter x may be a tick or a cross and is refused.
    text = plain(written).lower()
    if text in UNSEEN:
        return None
    if text in YES or text in NO:
        return text in YES
    return Unclear("unclear_yes_no")


def day(written: object) -> str | Unclear | None:
    """A date as YYYY-MM-DD; a bare number is refused, since it may be a day's serial number."""
    if isinstance(written, datetime):
        return written.date().isoformat()
    if isinstance(written, date):
        return written.isoformat()
    text = plain(written)
    if text.lower() in UNSEEN:
        return None
    found = None if isinstance(written, (int, float)) else _DAY.fullmatch(text.replace(" ", ""))
    if found is None:
        return Unclear("unclear_date")
    try:
        return date(*(int(found[part]) for part in ("year", "month", "day"))).isoformat()
    except ValueError:
        return Unclear("unclear_date")


def whole(written: object) -> int | Unclear | None:
    """A whole number; 3.0, as spreadsheets hold it, is 3."""
    if isinstance(written, bool):
        return Unclear("unclear_number")
    if isinstance(written, float) and written.is_integer():
        return int(written)
    text = plain(written)
    if text.lower() in UNSEEN:
        return None
    return int(text) if re.fullmatch(r"[-+]?[0-9]{1,15}", text) else Unclear("unclear_number")


def text(written: object) -> str | Unclear | None:
    """A text as it stands, without blanks around it; a whole number as its digits.

    A number of more than 15 digits is refused: spreadsheets turn its last digits into zeros.
    """
    if isinstance(written, (bool, date, datetime, time, timedelta)):
        return Unclear("unclear_text")
    if isinstance(written, (int, float)) and abs(written) >= _EXACT:
        return Unclear("digits_lost")
    if isinstance(written, float):
        written = int(written) if written.is_integer() else written
    found = str(written).strip() if written is not None else ""
    return found or None


ANSWERS: Final[Mapping[FactType, Read]] = {
    FactType.BOOLEAN: yes_no,
    FactType.DATE: day,
    FactType.INTEGER: whole,
    FactType.TEXT: text,
}
"""How what was written is read, by the type of the fact or field."""
