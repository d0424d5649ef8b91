"""The JSON Schemas (2020-12) of records and applications, made from the vocabulary.

Editors read the committed copy under `rules/schema/`; `submission` validates with the same
schema. May import `words`, `outcome`, `condition` and `rulebook`.
"""

from __future__ import annotations

import json
from typing import Any, Final

from compliance.condition import FactType
from compliance.outcome import Stage
from compliance.rulebook import Fact, Field, OutletType, RuleBook

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DATE_PATTERN: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
SHA256_PATTERN: Final = "^[0-9a-f]{64}$"
MOMENT_PATTERN: Final = DATE_PATTERN[:-1] + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00$"
DAY_OR_MOMENT_PATTERN: Final = DATE_PATTERN[:-1] + r"(T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00)?$"
NOT_BLANK: Final = r"\S"
TEXT_LIMIT: Final = 10_000

_TYPES: Final = {
    FactType.BOOLEAN: "boolean",
    FactType.INTEGER: "integer",
    FactType.TEXT: "string",
    FactType.DATE: "string",
}


def record_schema(book: RuleBook) -> Schema:
    """The schema of one inspection record under the facts that `book` declares."""
    observations = {name: _fact(fact) for name, fact in book.facts.items()}
    return {
        "$schema": DIALECT,
        "title": "Inspection record",
        "description": "What one inspector filed after visiting one outlet once.",
        **_object(
            {
                "inspection": _inspection(),
                "outlet": _outlet(),
                "observations": _object(
                    observations,
                    description="What was observed, by fact; absent or null is not observed.",
                    nullable=True,
                ),
                "notes": _by_fact(book, "The inspector's remarks, by fact; never judged.", _note),
                "evidence": _by_fact(book, "Files that show what was seen, by fact.", _evidence),
                **_later_use(),
            },
            required=("inspection", "outlet"),
        ),
        "allOf": [_not_asked(book, type_, stage) for type_ in OutletType for stage in Stage],
    }


def application_schema() -> Schema:
    """The schema of what a bank applied with: the applicant's part of form B.1."""
    application = {
        "bank": _text("The bank, written as in the records of its outlets.", required=True),
        "contact": _text("The bank's contact person."),
        "phone": _text("The contact's phone."),
        "address": _text("The bank's address."),
        "submitted_on": _date("The day of the application."),
    }
    outlets = {
        "type": ["array", "null"],
        "description": "Ids of the outlets applied for, in the order of the form.",
        "items": _text("An outlet's id.", required=True),
        "uniqueItems": True,
    }
    described = _object(application, required=("bank",), description="Who applied and when.")
    return {
        "$schema": DIALECT,
        "title": "Application",
        "description": "What a bank applied with.",
        **_object({"application": described, "outlets": outlets}, required=("application",)),
    }


def schema_text(book: RuleBook) -> str:
    """The record schema as the text of its committed file."""
    return json.dumps(record_schema(book), indent=2, ensure_ascii=False) + "\n"


def _object(
    properties: Schema,
    *,
    required: tuple[str, ...] = (),
    description: str | None = None,
    nullable: bool = False,
) -> Schema:
    return {
        "type": ["object", "null"] if nullable else "object",
        **({"description": description} if description else {}),
        "additionalProperties": False,
        **({"required": list(required)} if required else {}),
        "properties": properties,
    }


def _text(description: str, *, required: bool = False) -> Schema:
    """A text; one that is required holds more than blanks, any other may be null."""
    schema: Schema = {
        "type": "string" if required else ["string", "null"],
        "description": description,
        "maxLength": TEXT_LIMIT,
    }
    return {**schema, "pattern": NOT_BLANK} if required else schema


def _date(description: str, *, required: bool = False) -> Schema:
    return {
        "type": "string" if required else ["string", "null"],
        "description": description + " Written YYYY-MM-DD.",
        "pattern": DATE_PATTERN,
    }


def _inspection() -> Schema:
    stages = [stage.value for stage in Stage]
    return _object(
        {
            "id": _text("The inspection's own number; unique in a run.", required=True),
            "stage": {"description": "When in an outlet's life it was inspected.", "enum": stages},
            "date": _date("The day of the visit.", required=True),
            "inspector": _text("Who inspected.", required=True),
            "previous_inspection_date": _date("The day of the visit before this one."),
        },
        required=("id", "stage", "date", "inspector"),
        description="The visit.",
    )


def _outlet() -> Schema:
    types = [type_.value for type_ in OutletType]
    return _object(
        {
            "id": _text("The outlet's number; the same in every inspection.", required=True),
            "name": _text("The outlet's name as form B.1 shows it.", required=True),
            "type": {"description": "A bank's branch or a rural service point.", "enum": types},
            "bank": _text("The bank that runs the outlet.", required=True),
            "address": _text("The outlet's address."),
            "contact": _text("The outlet's contact person."),
            "phone": _text("The contact's phone: a mobile, a landline or a hotline."),
            "district": _text("The district or county."),
            "listed_on": _date("The day the outlet was listed."),
        },
        required=("id", "name", "type", "bank"),
        description="The outlet that was visited.",
    )


def _later_use() -> Schema:
    return {
        "history": _list("Who observed what and when, visit by visit; never judged.", _visited()),
        "disputed": _list(
            "What two visits contradict each other on; not observed until it is settled.",
            _object(
                {
                    "path": _text("Where: `television`, `staff[0].dedicated`.", required=True),
                    "said": _list("What each visit found.", _statement(), nullable=False),
                },
                required=("path", "said"),
                description="One contradiction.",
            ),
        ),
        "visit": _visit(),
        "vocabulary": _text("The version of the vocabulary that the record was written with."),
    }


def _list(description: str, items: Schema, *, nullable: bool = True) -> Schema:
    types = ["array", "null"] if nullable else "array"
    return {"type": types, "description": description, "items": items}


def _visited() -> Schema:
    """What one visit, or one who settled a dispute, added to the record."""
    return _object(
        {
            **_witnessed(),
            "digest": {
                "type": ["string", "null"],
                "description": "SHA-256 over RFC 8785 of what was handed in; absent otherwise.",
                "pattern": SHA256_PATTERN,
            },
            "reason": _text("Why a dispute was settled so; absent for a visit."),
            "observed": {
                "type": "object",
                "description": "Each value by its path.",
                "additionalProperties": _value("What was observed."),
            },
        },
        required=("inspector", "at", "observed"),
        description="One visit.",
    )


def _statement() -> Schema:
    return _object(
        {**_witnessed(), "value": _value("What was observed: a value, or a list's members.")},
        required=("inspector", "at", "value"),
        description="What one visit found.",
    )


def _witnessed() -> Schema:
    at = "The day YYYY-MM-DD, or the moment YYYY-MM-DDTHH:MM:SS+08:00."
    return {
        "inspection": _text("The inspection's number."),
        "inspector": _text("Who says so.", required=True),
        "at": {"type": "string", "description": at, "pattern": DAY_OR_MOMENT_PATTERN},
        "source": _text("The file that was handed in."),
    }


def _value(description: str) -> Schema:
    return {"type": ["boolean", "integer", "string", "array"], "description": description}


def _visit() -> Schema:
    at = "Time in Shanghai, YYYY-MM-DDTHH:MM:SS+08:00."
    position = {
        "latitude": _number("Degrees north, WGS 84.", 90),
        "longitude": _number("Degrees east, WGS 84.", 180),
        "altitude": _number("Metres.", 9000),
        "accuracy": _number("Metres.", 100_000),
    }
    return _object(
        {
            "time": {"type": ["string", "null"], "description": at, "pattern": MOMENT_PATTERN},
            "position": _object(position, description="Where it was.", nullable=True),
        },
        description="Time and position of the visit; never judged.",
        nullable=True,
    )


def _number(description: str, limit: int) -> Schema:
    bounds = {"minimum": -limit, "maximum": limit}
    return {"type": ["number", "null"], "description": description, **bounds}


def _fact(fact: Fact) -> Schema:
    description = f"{fact.caption.zh} / {fact.caption.en}: {fact.question.zh} {fact.question.en}"
    if fact.type is not FactType.LIST:
        return _scalar(fact.type, description)
    member = _object(
        {field.name: _field(field) for field in fact.fields},
        required=tuple(field.name for field in fact.fields if field.required),
        description=f"{fact.caption.zh} / {fact.caption.en}",
    )
    return {"type": ["array", "null"], "description": description, "items": member}


def _field(field: Field) -> Schema:
    description = f"{field.caption.zh} / {field.caption.en}"
    if field.question is not None:
        description += f": {field.question.zh} {field.question.en}"
    return _scalar(field.type, description, required=field.required)


def _scalar(type_: FactType, description: str, *, required: bool = False) -> Schema:
    if type_ is FactType.TEXT:
        return _text(description, required=required)
    if type_ is FactType.DATE:
        return _date(description, required=required)
    name = _TYPES[type_]
    return {"type": name if required else [name, "null"], "description": description}


def _by_fact(book: RuleBook, description: str, entry: Any) -> Schema:
    entries = {name: entry(fact) for name, fact in book.facts.items()}
    return _object(entries, description=description, nullable=True)


def _note(fact: Fact) -> Schema:
    return _text(f"A remark on {fact.caption.zh} / {fact.caption.en}.")


def _evidence(fact: Fact) -> Schema:
    file = _object(
        {
            "file": _text("The file's name.", required=True),
            "sha256": {
                "type": ["string", "null"],
                "description": "SHA-256 of the file, 64 lower-case hex digits.",
                "pattern": SHA256_PATTERN,
            },
            "name": _text("The name under which it was handed in."),
            "withheld": {
                "type": ["boolean", "null"],
                "description": "True where the file was not passed on with the record.",
            },
        },
        required=("file",),
        description="One file.",
    )
    description = f"Files that show {fact.caption.zh} / {fact.caption.en}."
    return {"type": ["array", "null"], "description": description, "items": file}


def _not_asked(book: RuleBook, type_: OutletType, stage: Stage) -> Schema:
    """For editors: what this type and stage do not ask for may only be null."""
    facts = [name for name, fact in book.facts.items() if (type_, stage) not in fact.asked]
    return {
        "if": {
            "required": ["inspection", "outlet"],
            "properties": {
                "inspection": _constant("stage", stage.value),
                "outlet": _constant("type", type_.value),
            },
        },
        "then": {
            "properties": {"observations": {"properties": {n: {"type": "null"} for n in facts}}}
        },
    }


def _constant(name: str, value: str) -> Schema:
    return {"required": [name], "properties": {name: {"const": value}}}
