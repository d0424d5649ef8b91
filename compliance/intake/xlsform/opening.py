"""Whether a file can be opened at all. May import `errors` and `source`."""

from __future__ import annotations

from pathlib import Path

from compliance.errors import Place, Problem
from compliance.source import fault


def closed(path: Path, limit: int | None) -> Problem | None:
    """What keeps a file from being opened: it is not there, no file, or over `limit` bytes."""
    place = Place(str(path))
    try:
        if not path.exists():
            return fault(place, "no_such_path")
        if not path.is_file():
            return fault(place, "not_a_file")
        size = path.stat().st_size
    except OSError as error:
        return fault(place, "unreadable", why=error.strerror)
    if limit is not None and size > limit:
        return fault(place, "export_too_large", found=size, limit=limit)
    return None
