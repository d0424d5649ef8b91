"""A SARIF 2.1.0 log of one run, for reviews and for reports.

May import what the package imports, and `visible` beside it.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote

from compliance._version import __version__
from compliance.errors import Place
from compliance.remarks.visible import below_here, json_text, visible, visible_lines
from compliance.words import Lang, Text

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


@dataclass(frozen=True, slots=True)
class Result:
    """One result: the rule (or check) that it is of, how much it counts, what is said.

    `identity` is what stays the same when the lines of the file move. `shown_by` is added
    below the text, on lines of its own.
    """

    rule: str
    level: Literal["error", "warning", "note"]
    place: Place
    text: str
    identity: tuple[str, ...]
    shown_by: str = ""
    properties: Mapping[str, Any] = field(default_factory=dict)


def log(
    command: str,
    results: Sequence[Result],
    titles: Mapping[str, Text],
    properties: Mapping[str, Any],
    lang: Lang,
) -> str:
    """The log of `command` as JSON text.

    `titles` are the short descriptions of rules, where there are any; `properties` are the
    run's own.
    """
    rules = {rule: n for n, rule in enumerate(dict.fromkeys(result.rule for result in results))}
    seen: Counter[str] = Counter()
    run = {
        "tool": {
            "driver": {
                "name": "compliance",
                "version": __version__,
                "rules": [_rule(rule, titles.get(rule), lang) for rule in rules],
            }
        },
        # Uploads of different commands stay apart by the part before the last slash.
        "automationDetails": {"id": f"compliance/{command.replace(' ', '-')}/"},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, rules[result.rule], seen) for result in results],
        "properties": dict(properties),
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: str, title: Text | None, lang: Lang) -> dict[str, Any]:
    described = {} if title is None else {"shortDescription": {"text": visible(title.in_(lang))}}
    return {"id": visible(rule), **described}


def _result(result: Result, index: int, seen: Counter[str]) -> dict[str, Any]:
    text = result.text + (f"\n\n{result.shown_by}" if result.shown_by else "")
    made: dict[str, Any] = {
        "ruleId": visible(result.rule),
        "ruleIndex": index,
        "level": result.level,
        # Half characters, which names of files may hold, are no JSON to strict readers.
        "message": {"text": visible_lines(text)},
    }
    if result.place.file:
        made["locations"] = [_location(result.place)]
    made["partialFingerprints"] = {"primaryLocationLineHash": _fingerprint(result, seen)}
    if result.properties:
        made["properties"] = dict(result.properties)
    return made


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(place.file)}}
    if place.line is not None:
        column = {} if place.column is None else {"startColumn": place.column}
        physical["region"] = {"startLine": place.line, **column}
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.path:
        location["logicalLocations"] = [{"fullyQualifiedName": visible(place.path)}]
    return location


def uri(file: str) -> str:
    """A file's address: relative where it lies below the current directory."""
    path = below_here(file)
    if path.is_absolute():
        return path.as_uri()
    encoded = quote(os.fsencode(path.as_posix()))
    # A colon in the first part would be taken for the end of a scheme.
    return encoded if ":" not in Path(encoded).parts[0] else f"./{encoded}"


def _fingerprint(result: Result, seen: Counter[str]) -> str:
    """What a code-scanning service knows a result by, under the one key that it reads."""
    parts = (result.rule, uri(result.place.file) if result.place.file else "", *result.identity)
    known = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    seen[known] += 1
    return f"{known}:{seen[known]}"
