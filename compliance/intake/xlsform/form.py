"""The checklist as an XLSForm workbook, from which ODK and Kobo make the form on the phone.

Every text stands in Chinese and English; `lang` says which one a phone shows first. Nothing
is required that a record does not require. May import `names` and `xlsx` of this package,
and what lies below `intake`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from compliance.condition import FactType
from compliance.intake.questions import Checklist, reads
from compliance.intake.xlsform import names
from compliance.intake.xlsform.xlsx import Row, workbook_bytes
from compliance.record import Outlet
from compliance.rulebook import Fact, Field, RuleBook
from compliance.words import Lang, Text, listed
from compliance.words import intake_xlsform as words
from compliance.words.report import OUTLET_TYPES, STAGES

LANGUAGES: Final[Mapping[Lang, str]] = {"zh": "中文 (zh)", "en": "English (en)"}

_OUTLET: Final = ("id", "name", "bank", "address", "contact", "phone", "district")
_NEEDED: Final = ("id", "name", "bank")
_TYPES: Final[Mapping[FactType, str]] = {
    FactType.BOOLEAN: "select_one yes_no",
    FactType.INTEGER: "integer",
    FactType.DATE: "date",
    FactType.TEXT: "text",
}
_PATTERNS: Final[Mapping[str, str]] = {
    "id_number": "regex(., '^[0-9]{17}[0-9X]$')",
    "phone": "regex(., '^[+0-9() -]{5,40}(转[0-9]{1,6})?$')",
}
_NOT_AFTER_VISIT: Final = ". <= ${inspection__date}"


def write(checklist: Checklist, book: RuleBook, lang: Lang) -> bytes:
    """The workbook; equal input gives equal bytes."""
    survey = [
        *_hidden(checklist),
        *_visit(checklist, book),
        *_outlet(checklist, book),
        *(row for question in checklist.questions for row in _question(question.fact, checklist)),
    ]
    sheets = {"survey": survey, "choices": _choices(checklist.outlets)}
    sheets["settings"] = [_settings(checklist, book, lang, sheets)]
    return workbook_bytes(sheets)


def _settings(
    checklist: Checklist, book: RuleBook, lang: Lang, sheets: Mapping[str, list[Row]]
) -> Row:
    type_, stage = checklist.type.value, checklist.stage
    # A server takes a changed form only under a new version.
    content = json.dumps(sheets, ensure_ascii=False).encode()
    title = words.TITLE.in_(lang).format(
        standard=book.standard.title.in_(lang),
        type=OUTLET_TYPES[type_].in_(lang),
        stage=STAGES[stage.value].in_(lang),
    )
    return {
        "form_title": title,
        "form_id": f"compliance_{type_}_{stage.value}",
        "version": f"{checklist.vocabulary}-{hashlib.sha256(content).hexdigest()[:8]}",
        "default_language": LANGUAGES[lang],
        "instance_name": "concat(${outlet__name}, ' ', ${inspection__date})",
        "style": "pages",
    }


# texts


def _both(column: str, text: Text) -> Row:
    return {f"{column}::{LANGUAGES['zh']}": text.zh, f"{column}::{LANGUAGES['en']}": text.en}


def _label(key: str, caption: Text | None = None) -> Row:
    return _both("label", words.FORM[key].filled(caption=caption or Text("", "")))


def _hint(key: str) -> Row:
    return _both("hint", words.FORM[key])


def _constraint(expression: str, message: str) -> Row:
    return {"constraint": expression, **_both("constraint_message", words.FORM[message])}


def _required() -> Row:
    return {"required": "yes", **_both("required_message", words.FORM["required"])}


def _group(name: str, label: Row, rows: Iterable[Row]) -> Iterator[Row]:
    yield {"type": "begin_group", "name": name, **label, "appearance": "field-list"}
    yield from rows
    yield {"type": "end_group", "name": name}


def _literal(value: str) -> str:
    """A text as XPath writes it, which has no way to escape a quotation mark."""
    parts = [f"'{part}'" for part in value.split("'")]
    return parts[0] if len(parts) == 1 else "concat(" + """, "'", """.join(parts) + ")"


# parts


def _hidden(checklist: Checklist) -> Iterator[Row]:
    yield {"type": "start", "name": names.START}
    yield {"type": "end", "name": names.END}
    fixed = {
        names.VOCABULARY: checklist.vocabulary,
        "inspection__stage": checklist.stage.value,
        "outlet__type": checklist.type.value,
    }
    for name, value in fixed.items():
        yield {"type": "calculate", "name": name, "calculation": _literal(value)}
    yield {"type": "calculate", "name": names.UUID, "calculation": "once(uuid())"}
    chosen = f"coalesce(${{{names.NUMBER}}}, ${{{names.UUID}}})"
    yield {"type": "calculate", "name": "inspection__id", "calculation": chosen}


def _visit(checklist: Checklist, book: RuleBook) -> Iterator[Row]:
    rows: list[Row] = [
        {
            "type": "date",
            "name": "inspection__date",
            **_label("inspection__date"),
            "default": "today()",
            **_required(),
            **_constraint(". <= today()", "not_after_today"),
        },
        {"type": "text", "name": "inspection__inspector"}
        | _label("inspection__inspector")
        | _required(),
        {"type": "text", "name": names.NUMBER} | _label(names.NUMBER) | _hint("number_hint"),
    ]
    if _read(checklist, book, "inspection.previous_inspection_date"):
        rows.append(_earlier_day("inspection__previous_inspection_date"))
    rows.append({"type": "geopoint", "name": names.POSITION} | _label(names.POSITION))
    rows[-1] |= _hint("optional")
    yield from _group("visit", _label("visit"), rows)


def _outlet(checklist: Checklist, book: RuleBook) -> Iterator[Row]:
    listed = _read(checklist, book, "outlet.listed_on")
    if checklist.outlets:
        pick = {"type": "select_one outlets", "name": names.PICK, **_label(names.PICK)}
        yield from _group(
            "outlet", _label("outlet"), [{**pick, **_required(), "appearance": "autocomplete"}]
        )
        # Hidden questions stand outside of the screen that asks.
        item = f"instance('outlets')/root/item[name = ${{{names.PICK}}}]"
        for name in (*_OUTLET, *(("listed_on",) if listed else ())):
            column = f"outlet__{name}"
            yield {"type": "calculate", "name": column, "calculation": f"{item}/{column}"}
        return
    rows = [_typed_outlet(name) for name in _OUTLET]
    if listed:
        rows.append(_earlier_day("outlet__listed_on"))
    yield from _group("outlet", _label("outlet"), rows)


def _typed_outlet(name: str) -> Row:
    row = {"type": "text", "name": f"outlet__{name}", **_label(f"outlet__{name}")}
    if name in _PATTERNS:
        row |= _constraint(_PATTERNS[name], name)
    return row | (_required() if name in _NEEDED else _hint("optional"))


def _earlier_day(name: str) -> Row:
    row = {"type": "date", "name": name, **_label(name), **_hint("optional")}
    return row | _constraint(_NOT_AFTER_VISIT, "not_after_visit")


def _read(checklist: Checklist, book: RuleBook, name: str) -> bool:
    """Whether a rule of this type and stage reads what no fact holds."""
    return any(
        rule.stage is checklist.stage and checklist.type in rule.applies_to and name in reads(rule)
        for rule in book.rules
    )


def _question(fact: Fact, checklist: Checklist) -> Iterator[Row]:
    clauses = next(q.clauses for q in checklist.questions if q.fact is fact)
    hint: Row = {}
    if clauses:
        hint = _both("hint", words.FORM["clauses"].filled(clauses=listed(clauses)))
    rows = list(_members(fact, hint) if fact.type is FactType.LIST else [_plain(fact, hint)])
    rows.append({"type": "text", "name": names.note(fact.name)} | _label("note", fact.caption))
    rows.append(
        {"type": "image", "name": names.photo(fact.name), "parameters": "max-pixels=2048"}
        | _label("photo", fact.caption)
    )
    yield from _group(f"q__{fact.name}", _both("label", fact.caption), rows)


def _plain(fact: Fact, hint: Row) -> Row:
    return {
        "type": _TYPES[fact.type],
        "name": fact.name,
        **_both("label", fact.question),
        **hint,
        **(_constraint(_NOT_AFTER_VISIT, "not_after_visit") if fact.type is FactType.DATE else {}),
    }


def _members(fact: Fact, hint: Row) -> Iterator[Row]:
    any_ = names.any_of(fact.name)
    yield {"type": "select_one any", "name": any_, **_label("any", fact.caption), **hint}
    yield {
        "type": "begin_repeat",
        "name": fact.name,
        **_both("label", fact.question),
        "relevant": f"${{{any_}}} = '{names.YES}'",
    }
    yield from (_field(field) for field in fact.fields)
    yield {"type": "end_repeat", "name": fact.name}


def _field(field: Field) -> Row:
    asked = field.caption if field.question is None else field.question
    row = {"type": _TYPES[field.type], "name": field.name, **_both("label", asked)}
    if field.type is FactType.DATE:
        row |= _constraint(_NOT_AFTER_VISIT, "not_after_visit")
    if field.name in _PATTERNS:
        row |= _constraint(_PATTERNS[field.name], field.name)
    return row | (_required() if field.required else {})


def _choices(outlets: Iterable[Outlet]) -> list[Row]:
    rows: list[Row] = []
    for list_, keys in (
        ("yes_no", ("yes", "no", "unseen")),
        ("any", ("any_yes", "any_no", "unseen")),
    ):
        for key, value in zip(keys, (names.YES, names.NO, names.UNSEEN)):
            rows.append({"list_name": list_, "name": value} | _label(key))
    for number, outlet in enumerate(outlets, 1):
        # `${` would be a reference to a question.
        shown = names.as_kept(f"{outlet.id} {outlet.name}").replace("${", "$ {")
        row = {"list_name": "outlets", "name": f"n{number}", **_both("label", Text(shown, shown))}
        for name in (*_OUTLET, "listed_on"):
            row[f"outlet__{name}"] = names.as_kept(getattr(outlet, name) or "")
        rows.append(row)
    return rows
