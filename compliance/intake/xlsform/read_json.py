"""Submissions as ODK Central (OData) and Kobo (API) give them as JSON.

OData nests groups and, under `$expand=*`, repeats; Kobo names a question with its groups
before it. May import `names`, `submission`, `filled` and `media` of this package.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from compliance.condition import FactType
from compliance.errors import Place, Problem
from compliance.intake.draft import Draft
from compliance.intake.xlsform.filled import draft_of
from compliance.intake.xlsform.media import beside
from compliance.intake.xlsform.names import last
from compliance.intake.xlsform.submission import Submission, take
from compliance.rulebook import RuleBook
from compliance.source import fault, parse_json, read_text

SIZE_LIMIT: Final = 64 * 2**20

_LISTS: Final = ("value", "results")


def read(path: Path, book: RuleBook) -> Iterator[Draft | Problem]:
    """The drafts of an export's submissions, or what is wrong with the file."""
    found = _submissions(path)
    if isinstance(found, Problem):
        yield found
        return
    lists = frozenset(n for n, fact in book.facts.items() if fact.type is FactType.LIST)
    find = beside(path.parent)
    for data in found:
        submission = _submission(data)
        take(submission, data, lists)
        yield draft_of(submission, str(path), book, find)


def _submissions(path: Path) -> list[Mapping[str, Any]] | Problem:
    text = read_text(path, limit=SIZE_LIMIT, too_large="export_too_large")
    if isinstance(text, Problem):
        return text
    if not text.strip():
        return fault(Place(str(path)), "empty")
    document = parse_json(text, str(path))
    if isinstance(document, Problem):
        return document
    data = document.data
    if isinstance(data, dict):
        data = next((data[name] for name in _LISTS if isinstance(data.get(name), list)), None)
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        return fault(Place(str(path)), "export_not_an_export")
    return data or fault(Place(str(path)), "export_no_submissions")


def _submission(data: Mapping[str, Any]) -> Submission:
    meta = data.get("meta")
    named = (
        data.get("__id"),
        data.get("meta/instanceID"),
        meta.get("instanceID") if isinstance(meta, dict) else None,
        data.get("_uuid"),
    )
    id_ = next((str(name) for name in named if name), "").removeprefix("uuid:")
    made = Submission(id_, id_, str(data.get("_xform_id_string") or ""))
    attachments = data.get("_attachments")
    for each in attachments if isinstance(attachments, list) else ():
        if isinstance(each, dict) and isinstance(stored := each.get("filename"), str):
            basename = str(each.get("media_file_basename") or stored)
            made.stored[last(str(each.get("question_xpath") or ""))] = basename.rpartition("/")[2]
    return made
