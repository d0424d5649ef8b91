"""Files written whole or not at all, and never over what somebody has edited.

May import `errors`, `source` and `words`.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from compliance.errors import OutputError, Place, Problem
from compliance.source import fault

_UNSAFE: Final = re.compile(r"[^\w\-.（）()]+")
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_BYTES: Final = 120  # leaves room for a prefix, a suffix and the partial file's name
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold


def file_name(text: str) -> str:
    """A file name that any system takes; what had to be altered ends in a digest of the text."""
    safe = _UNSAFE.sub("_", text).strip("._ ") or "_"
    while len(safe.encode()) > _BYTES:
        safe = safe[:-1]
    if safe == text and not _RESERVED.match(safe):
        return safe
    return f"{safe}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


@contextmanager
def folder(out: Path) -> Iterator[Path]:
    """A folder beside the outputs to write them in; removed however the block ends.

    Raises OutputError where `out` cannot be made or written in.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=out))
    except OSError as error:
        raise _cannot_write(out, error) from error
    try:
        yield partial
    finally:
        shutil.rmtree(partial)


def place_all(partial: Path, out: Path, index: str, names: Iterable[str]) -> None:
    """Move the written files into `out`, the index last, and take away what it replaces.

    The index is a JSON file whose `files` map names to SHA-256. A file of an earlier run
    that still is as its index says is replaced or, where no longer made, removed; one that
    was edited since, or that is not known, is kept and OutputError raised before anything
    is moved.
    """
    names = list(names)
    earlier = _earlier(out / index)
    edited = [
        name
        for name in sorted({*names, *earlier})
        if (out / name).exists() and not _ours(out / name, partial / name, earlier.get(name))
    ]
    if edited:
        raise OutputError(fault(Place(str(out / name)), "edited_output") for name in edited)
    try:
        for name in names:  # all folders first, so that what cannot be made stops it all
            (out / name).parent.mkdir(parents=True, exist_ok=True)
        for name in [*names, index]:
            os.replace(partial / name, out / name)
        for name in earlier.keys() - set(names):
            (out / name).unlink(missing_ok=True)
    except OSError as error:
        raise _cannot_write(out, error) from error


def _earlier(index: Path) -> Mapping[str, str]:
    """The files of an earlier run; an index that is not one of ours names none."""
    try:
        data: Any = json.loads(index.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    files = data.get("files") if isinstance(data, dict) else None
    inside = index.parent.resolve()
    return {
        name: digest
        for name, digest in (files.items() if isinstance(files, dict) else ())
        if (index.parent / name).resolve().is_relative_to(inside)
    }


def _ours(standing: Path, new: Path, recorded: str | None) -> bool:
    if not standing.is_file():
        return False
    known = [recorded, sha256(new.read_bytes()) if new.exists() else None]
    return sha256(standing.read_bytes()) in known


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts in their order; they bear no date, so equal parts give equal bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as target:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, _ZIP_DATE)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0  # else it would tell of the machine's system
            target.writestr(part, content)
    return held.getvalue()


def sha256(data: bytes) -> str:
    """SHA-256 as lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def _cannot_write(path: Path, error: OSError) -> OutputError:
    problem: Problem = fault(Place(str(path)), "cannot_write", why=error.strerror or error)
    return OutputError([problem])


def free(path: Path, data: bytes) -> bool:
    """Whether nothing stands at `path`, or the very file that is to be written."""
    try:
        return not path.exists() or (path.is_file() and path.read_bytes() == data)
    except OSError:
        return False  # what cannot be read is somebody else's


def write_file(path: Path, data: bytes) -> None:
    """Write one file beside its place and move it there; its mode stays. Raises OutputError."""
    # A path such as «.» has no name; that it is a folder is said when the file is moved there.
    partial = path.parent / f".partial-{os.getpid()}-{sha256(path.name.encode())[:8]}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with partial.open("wb") as stream:
                stream.write(data)
            if path.exists():
                shutil.copymode(path, partial)
            os.replace(partial, path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _cannot_write(path, error) from error
