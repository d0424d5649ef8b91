"""JSON Schema (2020-12) of what `check --format json` prints: the design, section 6."""

from __future__ import annotations

from typing import Any, Final

_TEXT = {"type": "string"}
_DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_REASON = {"enum": ["facilities", "equipment", "personnel", "other"]}


def _closed(properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [key for key in properties if key not in optional],
        "properties": properties,
    }


_WITNESS = _closed(
    {
        "path": _TEXT,
        "position": {"type": "integer", "minimum": 1},
        "name": _TEXT,
        "month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
        "value": {"type": ["boolean", "integer", "string"]},
    },
    *("position", "name", "month", "value"),
)
FINDING: Final = _closed(
    {
        "rule": _TEXT,
        "clause": _TEXT,
        "verb": {"enum": ["shall", "shall_not", "should"]},
        "basis": {"enum": ["standard", "owner"]},
        "outcome": {"enum": ["pass", "fail", "not_observed", "not_applicable"]},
        "reason": {"anyOf": [_REASON, {"type": "null"}]},
        "title": _TEXT,
        "remedy": _TEXT,
        "witnesses": {"type": "array", "items": _WITNESS},
        "evidence": {
            "type": "array",
            "items": _closed(
                {"fact": _TEXT, "file": _TEXT, "sha256": {"anyOf": [_DIGEST, {"type": "null"}]}}
            ),
        },
        "trial": {"const": True},
    },
    "trial",
)
SCHEMA: Final[dict[str, Any]] = {
    "type": "array",
    "items": _closed(
        {
            "inspection": _TEXT,
            "outlet": _TEXT,
            "stage": {"enum": ["adaptation", "listing", "operation", "termination"]},
            "opinion": {"enum": ["conforming", "non_conforming", "pending", None]},
            "reasons": {"type": "array", "items": _REASON, "uniqueItems": True},
            "findings": {"type": "array", "items": FINDING},
            "rules_digest": _DIGEST,
            "record_digest": _DIGEST,
            "tool_version": _TEXT,
            "engine": _TEXT,
            "evaluated_on": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        }
    ),
}
