"""A document held against a JSON Schema, each fault at its line and in our words.

May import `words`, `errors` and `source`. Schemas are this project's own: nothing is
fetched, and the keywords used are those that `_word` words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from compliance.errors import Problem
from compliance.source import Document, hint, shown
from compliance.words import Text
from compliance.words.faults import TYPES

_YES_NO: Mapping[str, str] = {
    **dict.fromkeys(("yes", "y", "on", "是", "有", "true", "True"), "true"),
    **dict.fromkeys(("no", "n", "off", "否", "无", "false", "False"), "false"),
}


_MISSING: Mapping[str, str] = {
    **dict.fromkeys(("zh", "en"), "missing_translation"),
    "remedy": "missing_remedy",
}
"""What it is called that a key of this name is missing."""


def check_structure(document: Document, schema: Mapping[str, Any]) -> list[Problem]:
    """Every structural fault of a document by a JSON Schema (2020-12), in file order."""
    from jsonschema import Draft202012Validator
    from referencing import Registry

    validator = Draft202012Validator(schema, registry=Registry())
    problems = [p for e in validator.iter_errors(document.data) for p in _word(document, e)]
    return sorted(set(problems), key=lambda p: (p.place.line or 0, p.place.column or 0, p.text))


def _word(document: Document, error: Any) -> Iterator[Problem]:
    path = tuple(error.absolute_path)
    found, expected = error.instance, error.validator_value
    if error.validator == "additionalProperties":
        known = sorted(error.schema.get("properties", {}))
        for name in found:
            if name not in known:
                yield document.fault(
                    (*path, name),
                    "unknown_key",
                    at_key=True,
                    found=name,
                    expected=", ".join(known),
                    hint=hint(name, known),
                )
    elif error.validator == "required":
        for name in expected:
            if name not in found:
                yield document.fault(path, _MISSING.get(name, "missing_key"), expected=name)
    elif error.validator == "type":
        names = [expected] if isinstance(expected, str) else list(expected)
        if names == ["string"] and isinstance(found, (bool, int, float)):
            yield document.fault(path, "unquoted", found=shown(found))
            return
        yield document.fault(
            path,
            "wrong_type",
            expected=type_words(names),
            found=shown(found),
            hint=truth_hint(found) if "boolean" in names else Text("", ""),
        )
    elif error.validator in ("enum", "const"):
        listed = expected if error.validator == "enum" else [expected]
        known = [v if isinstance(v, str) else shown(v).strip("`") for v in listed]
        yield document.fault(
            path,
            "not_one_of",
            expected=", ".join(known),
            found=shown(found),
            hint=hint(found, known),
        )
    elif error.validator in ("minProperties", "minItems"):
        yield document.fault(path, "too_few")
    elif error.validator == "minLength":
        yield document.fault(path, "empty_text")
    elif error.validator == "maxLength":
        yield document.fault(path, "text_too_long", found=len(found), limit=expected)
    elif error.validator == "pattern":
        kind = TYPES[error.schema.get("x-kind", "text")]
        yield document.fault(path, "bad_pattern", found=shown(found).strip("`"), expected=kind)
    elif error.validator == "maxProperties":
        for name in list(found)[expected:]:
            yield document.fault(
                (*path, name),
                "unknown_key",
                at_key=True,
                found=name,
                expected=next(iter(found)),
                hint=Text("", ""),
            )
    else:
        why = f"{error.validator}: {error.message}"
        yield document.fault(path, "syntax", format="JSON Schema", why=why)


def type_words(names: list[str]) -> Text:
    """JSON type names as a person would say them."""
    if set(names) == {"boolean", "null"}:
        return TYPES["fact_boolean"]
    texts = [TYPES[name] for name in names]
    return Text("或".join(t.zh for t in texts), " or ".join(t.en for t in texts))


def truth_hint(found: object) -> Text:
    """«Did you mean `true`?» for the ways people write yes and no."""
    meant = _YES_NO.get(str(found).lower())
    return hint(meant, [meant]) if meant else Text("", "")
