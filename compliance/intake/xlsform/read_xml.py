"""One submission as ODK and Kobo keep it: the XML that the phone sent.

May import `submission`, `filled` and `media` of this package. defusedxml is imported where
used; a document type or an entity is refused before anything is expanded.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from compliance.condition import FactType
from compliance.errors import Place, Problem
from compliance.intake.draft import Draft
from compliance.intake.xlsform.filled import draft_of
from compliance.intake.xlsform.media import beside
from compliance.intake.xlsform.submission import Submission, take
from compliance.rulebook import RuleBook
from compliance.source import DEPTH_LIMIT, fault, read_bytes

SIZE_LIMIT: Final = 8 * 2**20


def read(path: Path, book: RuleBook) -> Iterator[Draft | Problem]:
    """The draft that a submission's XML holds, or what is wrong with the file."""
    root = _root(path)
    if isinstance(root, Problem):
        yield root
        return
    if _tag(root) == "html":
        yield fault(Place(str(path)), "export_blank_form")
        return
    lists = frozenset(n for n, fact in book.facts.items() if fact.type is FactType.LIST)
    data = _data(root, lists)
    id_ = str(_meta(data).get("instanceID") or "").removeprefix("uuid:")
    submission = Submission(id_, id_ or _tag(root), root.get("id", ""))
    take(submission, data, lists)
    yield draft_of(submission, str(path), book, beside(path.parent))


def _root(path: Path) -> Element | Problem:
    from defusedxml import DefusedXmlException, ElementTree

    place = Place(str(path))
    content = read_bytes(path, limit=SIZE_LIMIT, too_large="export_too_large")
    if isinstance(content, Problem):
        return content
    try:
        root: Element = ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        return fault(place, "export_xml_unsafe")
    except (ParseError, LookupError, ValueError) as error:
        return fault(place, "export_xml", why=str(error))
    if _is_deep(root):
        return fault(place, "too_deep", limit=DEPTH_LIMIT)
    return root


def _is_deep(root: Element) -> bool:
    level = [root]
    for _ in range(DEPTH_LIMIT):
        level = [child for element in level for child in element]
    return bool(level)


def _tag(element: Element) -> str:
    """An element's name without its namespace; a comment or instruction has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "_"


def _data(element: Element, lists: frozenset[str]) -> dict[str, Any]:
    """An element's children as data; repeats, which have the name of a list, as lists."""
    data: dict[str, Any] = {}
    for child in element:
        tag = _tag(child)
        value = _data(child, lists) if len(child) else (child.text or "")
        if tag in lists:
            data.setdefault(tag, []).append(value)
        elif tag in data and data[tag] not in ("", value):
            # Two different answers: both go on, and are told.
            data[tag] = [data[tag], value]
        else:
            data[tag] = value
    return data


def _meta(data: dict[str, Any]) -> dict[str, Any]:
    meta = data.get("meta")
    return meta if isinstance(meta, dict) else {}
