"""Moments in the time of the place: Asia/Shanghai, which has been UTC+8 all year since 1991.

The offset is fixed, so that neither a machine's time zone nor a table of zones decides on
which day a visit was. May import nothing of the project.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Final

SHANGHAI: Final = timezone(timedelta(hours=8))

_MOMENT: Final = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?P<minute>[0-9]{2}:[0-9]{2})(?P<second>:[0-9]{2})?"
    r"(?:[.,][0-9]+)?(?:(?P<zulu>[Zz])|(?P<hours>[-+][0-9]{2})(?::?(?P<minutes>[0-9]{2}))?)?"
)


def local(written: str) -> str | None:
    """A moment as forms write it, as `YYYY-MM-DDTHH:MM:SS+08:00`; None where it is none.

    Takes ISO 8601 with `Z` or an offset; without one it is the time of the place. A day
    alone is no moment. Fractions of a second are left out.
    """
    found = _MOMENT.fullmatch(written.strip())
    if found is None:
        return None
    offset = "+08:00"
    if found["zulu"]:
        offset = "+00:00"
    elif found["hours"]:
        offset = f"{found['hours']}:{found['minutes'] or '00'}"
    text = f"{found['day']}T{found['minute']}{found['second'] or ':00'}{offset}"
    try:
        return datetime.fromisoformat(text).astimezone(SHANGHAI).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return None


def day(moment: str) -> str:
    """The calendar day, YYYY-MM-DD, of what `local` gave."""
    return moment[:10]
