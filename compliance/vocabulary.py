"""The vocabulary read from facts.yaml: the declared facts, their names checked.

May import `words`, `condition`, `errors`, `source`, `rulebook` and `requirement`. Every fault
is collected with its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from compliance.condition import FactType
from compliance.errors import Problem
from compliance.outcome import Stage
from compliance.requirement import WORDS
from compliance.rulebook import INSPECTION_FACTS, Fact, Field, OutletType
from compliance.source import Document, Path_
from compliance.words import Text


def text_of(data: Mapping[str, str] | None) -> Text:
    """The text of a mapping with `zh` and `en`; empty texts where there is none."""
    return Text(data["zh"], data["en"]) if data else Text("", "")


def read_facts(document: Document, problems: list[Problem]) -> dict[str, Fact]:
    """The facts that a document declares, by name; what is wrong is added to `problems`."""
    declared = document.data["facts"]
    facts = {}
    for name, data in declared.items():
        path: Path_ = ("facts", name)
        if name in WORDS:
            problems.append(document.fault(path, "reserved_name", at_key=True, found=name))
        for field in data.get("fields", {}):
            at = (*path, "fields", field)
            if field in WORDS:
                problems.append(document.fault(at, "reserved_name", at_key=True, found=field))
            if field in declared or field in INSPECTION_FACTS:
                problems.append(document.fault(at, "name_clash", at_key=True, found=field))
        facts[name] = Fact(
            name,
            FactType(data["type"]),
            text_of(data["caption"]),
            text_of(data["question"]),
            frozenset((OutletType(t), Stage(s)) for t in data["asked_of"] for s in data["stages"]),
            tuple(_field(n, d) for n, d in data.get("fields", {}).items()),
        )
    _check_hashes(document, facts, problems)
    return facts


def _field(name: str, data: Mapping[str, Any]) -> Field:
    return Field(
        name,
        FactType(data["type"]),
        text_of(data["caption"]),
        text_of(data["question"]) if "question" in data else None,
        data.get("required", False),
        data.get("personal", False),
        data.get("serves"),
    )


def fnv1a(name: str) -> int:
    """The 32-bit FNV-1a hash by which durable-rules tells field names apart."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def _check_hashes(document: Document, facts: Mapping[str, Fact], problems: list[Problem]) -> None:
    """Refuse names that durable-rules would take for one another."""
    seen: dict[int, str] = {fnv1a(n): n for n in ("id", "sid", "kind", "$s", *INSPECTION_FACTS)}
    for fact in facts.values():
        for name, path in (
            (fact.name, ("facts", fact.name)),
            *((f.name, ("facts", fact.name, "fields", f.name)) for f in fact.fields),
        ):
            other = seen.setdefault(fnv1a(name), name)
            if other != name:
                problems.append(
                    document.fault(path, "hash_clash", at_key=True, found=name, other=other)
                )
