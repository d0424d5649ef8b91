"""What is wrong with one record or application: its structure by the schema, then its values.

May import `words`, `outcome`, `condition`, `rulebook`, `record_schema`, `errors` and
`source`. Libraries for schemas, ID numbers and phones are imported where used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from compliance.condition import FactType
from compliance.errors import Problem
from compliance.outcome import Stage
from compliance.record_schema import (
    DATE_PATTERN,
    DAY_OR_MOMENT_PATTERN,
    MOMENT_PATTERN,
    NOT_BLANK,
    SHA256_PATTERN,
    Schema,
    application_schema,
    record_schema,
)
from compliance.rulebook import OutletType, RuleBook
from compliance.source import Document, Path_, hint, shown, subject_path
from compliance.words import Text
from compliance.words.faults import HINT, TYPES

Check = Callable[[Document], list[Problem]]

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT: Final = re.compile(DAY_OR_MOMENT_PATTERN[1:-1])
_ID_NUMBER: Final = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_HOTLINE: Final = re.compile(r"12[0-9]{3}|95[0-9]{3,4}|96[0-9]{3,4}|100[0-9]{2}")
_PHONE: Final = re.compile(r"(?P<number>[+0-9() -]{5,40}?)(?:\s*转\s*[0-9]{1,6})?")
_PERSONAL: Final = ("id_number", "phone")
_PATTERNS: Final = {
    SHA256_PATTERN: "sha256",
    MOMENT_PATTERN: "moment",
    DAY_OR_MOMENT_PATTERN: "day_or_moment",
}
_YES: Final = {
    "yes": "true",
    "on": "true",
    "y": "true",
    "no": "false",
    "off": "false",
    "n": "false",
}


class _Value(NamedTuple):
    """A value that a schema cannot judge to the end."""

    path: Path_
    kind: str  # date, id_number or phone
    value: str


# structure


def _validator(schema: Schema) -> Any:
    from jsonschema import Draft202012Validator, validators
    from referencing import Registry

    # To JSON Schema 1.0 is an integer; to a record it is not.
    types = Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
    )
    extend: Any = validators.extend
    return extend(Draft202012Validator, type_checker=types)(schema, registry=Registry())


def _structure(validator: Any, document: Document) -> list[Problem]:
    """What the schema refuses, each problem once."""
    problems = dict.fromkeys(
        problem
        for error in validator.iter_errors(document.data)
        for problem in _problems(error, document, tuple(error.absolute_path))
    )
    return list(problems)


def _problems(error: Any, document: Document, path: Path_) -> list[Problem]:
    value, wanted = error.instance, error.validator_value
    match error.validator:
        case "additionalProperties":
            known = list(error.schema["properties"])
            extra = [name for name in value if name not in known]
            return [_unknown_key(document, (*path, name), known) for name in extra]
        case "required":
            missing = [name for name in wanted if name not in value]
            return [document.fault(path, "missing_key", expected=name) for name in missing]
        case "type":
            return [_wrong_type(document, path, value, error.schema)]
        case "enum":
            near = hint(value, wanted)
            listed = ", ".join(wanted)
            return [
                document.fault(
                    path, "not_one_of", expected=listed, found=_seen(path, value), hint=near
                )
            ]
        case "maxLength":
            return [document.fault(path, "text_too_long", found=len(value), limit=wanted)]
        case "uniqueItems":
            return [document.fault((*path, at), "repeated") for at in _repeated(value)]
        case "pattern" if wanted == NOT_BLANK:
            return [document.fault(path, "empty_text")]
        case "pattern" if wanted == DATE_PATTERN:
            return [document.fault(path, "bad_date", found=shown(value))]
        case "pattern":
            found = shown(value)[1:-1]
            expected = TYPES[_PATTERNS[wanted]]
            return [document.fault(path, "bad_pattern", found=found, expected=expected)]
        case "minimum" | "maximum":
            return [document.fault(path, "out_of_range", found=value, limit=wanted)]
    raise AssertionError(f"the schema uses {error.validator}, which has no message")


def _repeated(values: list[Any]) -> list[int]:
    return [at for at, value in enumerate(values) if value in values[:at]]


def _unknown_key(document: Document, path: Path_, known: list[str]) -> Problem:
    name = str(path[-1])
    found = shown(name)[1:-1]
    if path[0] in ("notes", "evidence") and len(path) == 2:
        near = hint(name, known)
        return document.fault(path, "unknown_noted_fact", at_key=True, found=found, hint=near)
    expected = ", ".join(known)
    return document.fault(
        path, "unknown_key", at_key=True, found=found, expected=expected, hint=hint(name, known)
    )


def _wrong_type(document: Document, path: Path_, value: Any, schema: Schema) -> Problem:
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    found = _seen(path, value)
    is_date = schema.get("pattern") == DATE_PATTERN
    if "string" in types and not is_date and isinstance(value, (bool, int, float)):
        return document.fault(path, "unquoted", found=found)
    name = "date" if is_date else types[0]
    name = "fact_boolean" if types == ["boolean", "null"] else name
    name = "value" if len(types) > 2 else name
    near = Text("", "")
    if "boolean" in types and isinstance(value, str) and value.lower() in _YES:
        near = Text(*(t.format(name=_YES[value.lower()]) for t in HINT))
    return document.fault(path, "wrong_type", expected=TYPES[name], found=found, hint=near)


def _seen(path: Path_, value: Any) -> str:
    """A found value as a message may show it: personal data are left out."""
    return "`…`" if path and path[-1] in _PERSONAL else shown(value)


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda p: (p.place.line or 0, p.place.column or 0, p.place.path))


# content


def record_checker(book: RuleBook) -> Check:
    """A function that says all that is wrong with a record; its validator is built once."""
    # The conditional part is for editors; `_not_asked` says the same more clearly.
    schema = {key: value for key, value in record_schema(book).items() if key != "allOf"}
    validator = _validator(schema)

    def check(document: Document) -> list[Problem]:
        problems = _structure(validator, document)
        wrong = {problem.place.path for problem in problems}
        inspected = _mapping(document.data, "inspection").get("date")
        limit = inspected if isinstance(inspected, str) and _is_date(inspected) else None
        for value in _record_values(document.data, book):
            if document.place(value.path).path not in wrong:
                problems += _content(document, value, limit)
        problems += [*_stage(document, book, limit), *_visits(document, book)]
        return _in_order(problems)

    return check


def application_checker() -> Check:
    """A function that says all that is wrong with an application."""
    validators: list[Any] = []

    def check(document: Document) -> list[Problem]:
        if not validators:
            validators.append(_validator(application_schema()))
        problems = _structure(validators[0], document)
        wrong = {problem.place.path for problem in problems}
        kinds = {"submitted_on": "date", "phone": "phone"}
        for value in _texts(document.data, ("application",), kinds):
            if document.place(value.path).path not in wrong:
                problems += _content(document, value, None)
        return _in_order(problems)

    return check


def _mapping(data: Any, *path: str | int) -> dict[str, Any]:
    """The mapping at `path`, empty where there is none."""
    for step in path:
        if isinstance(step, str):
            data = data.get(step) if isinstance(data, dict) else None
        else:
            data = data[step]
    return data if isinstance(data, dict) else {}


def _texts(data: Any, path: Path_, kinds: dict[str, str]) -> Iterator[_Value]:
    held = _mapping(data, *path)
    for name, kind in kinds.items():
        if isinstance(value := held.get(name), str):
            yield _Value((*path, name), kind, value)


def _record_values(data: Any, book: RuleBook) -> Iterator[_Value]:
    dates = {"date": "date", "previous_inspection_date": "date"}
    yield from _texts(data, ("inspection",), dates)
    yield from _texts(data, ("outlet",), {"listed_on": "date", "phone": "phone"})
    observed = _mapping(data, "observations")
    for name, fact in book.facts.items():
        if fact.type is FactType.DATE:
            yield from _texts(data, ("observations",), {name: "date"})
        kinds = {f.name: "date" for f in fact.fields if f.type is FactType.DATE}
        kinds |= {f.name: f.name for f in fact.fields if f.name in _PERSONAL}
        members = observed.get(name)
        for at in range(len(members) if isinstance(members, list) else 0):
            yield from _texts(data, ("observations", name, at), kinds)


def _content(document: Document, value: _Value, inspected: str | None) -> list[Problem]:
    text = value.value
    if value.kind == "phone":
        return [] if _is_phone(text) else [document.fault(value.path, "bad_phone")]
    if value.kind == "id_number":
        good = _is_id_number(text, inspected)
        return [] if good else [document.fault(value.path, "bad_id_number")]
    if not _is_date(text):
        return [document.fault(value.path, "bad_date", found=shown(text))]
    if inspected is not None and text > inspected:
        return [document.fault(value.path, "late_date", found=text, date=inspected)]
    return []


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_phone(text: str) -> bool:
    if _HOTLINE.fullmatch(text):
        return True
    if not (written := _PHONE.fullmatch(text)):
        return False
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written["number"], "CN"))
    except phonenumbers.NumberParseException:
        return False


def _is_id_number(text: str, inspected: str | None) -> bool:
    """Whether length, check digit and day of birth hold.

    The place is not looked up: tables of counties lack codes that real cards carry.
    """
    if not _ID_NUMBER.fullmatch(text):
        return False
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    try:
        born = ric.get_birth_date(text).isoformat()
    except ValidationError:
        return False
    return ric.calc_check_digit(text) == text[-1] and (inspected is None or born <= inspected)


def _visits(document: Document, book: RuleBook) -> Iterator[Problem]:
    """What cannot be in `visit`, `history` and `disputed`: days, paths, values that stand."""
    moments: list[Path_] = [("visit", "time")]
    for at, entry in _entries(document.data, "history"):
        moments.append(("history", at, "at"))
        for subject in _mapping(entry, "observed"):
            if not _is_subject(subject, book):
                key: Path_ = ("history", at, "observed", subject)
                yield document.fault(key, "unknown_subject", at_key=True, found=_bare(subject))
    for at, entry in _entries(document.data, "disputed"):
        moments += [("disputed", at, "said", n, "at") for n, _ in _entries(entry, "said")]
        if isinstance(path := entry.get("path"), str):
            steps = subject_path(path) or ()
            if not _is_subject(path, book):
                yield document.fault(("disputed", at, "path"), "unknown_subject", found=_bare(path))
            elif _held(document.data, ("observations", *steps)) is not None:
                yield document.fault(
                    ("observations", *steps), "disputed_observed", found=_bare(path)
                )
    for where in moments:
        text = _held(document.data, where)
        if isinstance(text, str) and _MOMENT.fullmatch(text) and not _is_moment(text):
            yield document.fault(where, "bad_date", found=shown(text))


def _entries(data: Any, name: str) -> list[tuple[int, dict[str, Any]]]:
    """The mappings of a list, with their positions."""
    held = data.get(name) if isinstance(data, dict) else None
    entries = held if isinstance(held, list) else []
    return [(at, entry) for at, entry in enumerate(entries) if isinstance(entry, dict)]


def _held(data: Any, path: Path_) -> Any:
    """What stands at `path`, None where nothing does."""
    for step in path:
        if isinstance(step, str):
            data = data.get(step) if isinstance(data, dict) else None
        else:
            data = data[step] if isinstance(data, list) and step < len(data) else None
    return data


def _is_subject(path: str, book: RuleBook) -> bool:
    """Whether a path names a declared fact, or a declared field of a member of a list."""
    steps = subject_path(path)
    fact = book.facts.get(str(steps[0])) if steps else None
    if steps is None or fact is None:
        return False
    return len(steps) == 1 or (len(steps) == 3 and fact.field(str(steps[2])) is not None)


def _bare(text: str) -> str:
    return shown(text)[1:-1]


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _stage(document: Document, book: RuleBook, inspected: str | None) -> list[Problem]:
    """What this outlet type and stage do not ask for, or that no rule covers them."""
    type_ = _mapping(document.data, "outlet").get("type")
    stage = _mapping(document.data, "inspection").get("stage")
    if type_ not in [t.value for t in OutletType] or stage not in [s.value for s in Stage]:
        return []
    asker = (OutletType(type_), Stage(stage))
    if inspected is not None and not book.in_force(*asker, inspected):
        path = ("inspection", "stage")
        return [
            document.fault(path, "stage_without_rules", type=type_, stage=stage, date=inspected)
        ]
    return [
        document.fault(
            ("observations", name),
            "not_asked_here",
            at_key=True,
            found=name,
            type=type_,
            stage=stage,
        )
        for name, value in _mapping(document.data, "observations").items()
        if value is not None and name in book.facts and asker not in book.facts[name].asked
    ]
