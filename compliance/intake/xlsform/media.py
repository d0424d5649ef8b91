"""Photos of an export: found beside it or within it, never outside of its folder.

May import `evidence` of `intake`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Union

from compliance.intake.evidence import SIZE_LIMIT

Find = Callable[[str, str], Union[Path, bytes, None]]
"""The content of a file by its name and the submission's id; None where there is none."""

_FOLDERS: Final = ("media", "", "attachments")
_NAME_LIMIT: Final = 255  # bytes, of the usual file systems


def is_name(name: str) -> bool:
    """Whether this can be the name of a file in a folder, and of nothing elsewhere."""
    return (
        name not in ("", ".", "..")
        and not any(char in "/\\:" or not char.isprintable() for char in name)
        and len(name.encode("utf-8", "replace")) <= _NAME_LIMIT
    )


def beside(folder: Path) -> Find:
    """Files in the export's folder or its `media`, or in a submission's own folder there."""

    def find(name: str, id_: str) -> Path | None:
        inside = folder.resolve()
        for path in _places(folder, name, id_):
            # A link may lead out of the folder.
            if path.is_file() and path.resolve().is_relative_to(inside):
                return path
        return None

    return find


def _places(folder: Path, name: str, id_: str) -> Iterator[Path]:
    for own in (id_, f"uuid{id_}", f"uuid:{id_}") if is_name(id_) else ():
        yield from (folder / part / own / name for part in _FOLDERS)
    yield from (folder / part / name for part in _FOLDERS)


def within(archive: zipfile.ZipFile) -> Find:
    """Files in the `media` folder of an archive."""
    held = set(archive.namelist())

    def find(name: str, id_: str) -> bytes | None:
        for path in (f"media/{id_}/{name}", f"media/{name}", name):
            if path in held:
                with archive.open(path) as stream:
                    return stream.read(SIZE_LIMIT + 1)
        return None

    return find
