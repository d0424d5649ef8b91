"""Whether the evidence that records name is there and unaltered. Loads no picture library.

An entry without a digest names a file that was never handed in, and one that is withheld
was not passed on with the record: nothing vouches for either, so neither is looked for (a
withheld one that is there all the same is compared). May import `record` and what lies below.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from compliance.errors import Place, Problem
from compliance.outcome import EvidenceFile
from compliance.record import Record
from compliance.source import fault, shown

_BLOCK = 2**20


def check_evidence(records: Sequence[Record]) -> tuple[Problem, ...]:
    """What is missing or altered, in the records' order; each file is read once.

    A problem names the record's file, the fact, the evidence and both digests.
    """
    digests: dict[Path, str | None] = {}
    problems = []
    for record in records:
        for file in record.evidence:
            if file.sha256 is not None:
                problem = _check(record, file, digests)
                problems += [problem] if problem is not None else []
    return tuple(problems)


def _check(record: Record, file: EvidenceFile, digests: dict[Path, str | None]) -> Problem | None:
    place = Place(record.source, path=f"evidence.{file.fact}")
    args = {"found": shown(file.name or file.file)[1:-1], "fact": file.fact, "digest": file.sha256}
    # Only what the path says counts: a folder of evidence may itself be a link to a large disk.
    inside = os.path.normpath(file.file.replace("\\", "/"))
    if os.path.isabs(inside) or inside.startswith("..") or ":" in inside or "\0" in inside:
        return fault(place, "evidence_outside", **args)
    path = Path(record.source).parent / inside
    if path not in digests:
        digests[path] = _digest(path)
    now = digests[path]
    if now is None:
        return None if file.withheld else fault(place, "evidence_missing", **args)
    return None if now == file.sha256 else fault(place, "evidence_altered", now=now, **args)


def _digest(path: Path) -> str | None:
    """SHA-256 of a regular file that can be read, None of anything else."""
    sha256 = hashlib.sha256()
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                sha256.update(block)
    except OSError:
        return None
    return sha256.hexdigest()
