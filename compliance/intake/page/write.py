"""A checklist as one HTML file that works on a phone without a network.

May import `words`, `output`, `rulebook` and what the package imports. The scripts beside
this module are joined into one; the page may run it and no other.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from string import Template
from typing import Any, Final

from compliance.intake.page import FORM, LIMIT, VERSION
from compliance.intake.page.program import Json, program
from compliance.intake.questions import Checklist, Question, reads
from compliance.outcome import Basis, Verb
from compliance.output import sha256
from compliance.record import Outlet
from compliance.rulebook import Field, Rule, RuleBook
from compliance.words import Lang, Text, report
from compliance.words.intake_fields import FIELDS
from compliance.words.intake_page import SAYS

_SCRIPTS: Final = (
    *("evaluator", "digest", "checks", "store", "photos", "model"),
    *("dom", "fields", "members", "findings", "export", "form", "app"),
)
_INSPECTION: Final = ("id", "date", "inspector", "previous_inspection_date")
_OUTLET: Final = ("id", "name", "bank", "district", "address", "contact", "phone", "listed_on")
_REQUIRED: Final = frozenset({"id", "date", "inspector", "name", "bank"})
_DATES: Final = frozenset({"date", "previous_inspection_date", "listed_on"})
# Asked where a rule reads them; these are no facts of their own.
_WHERE_READ: Final = frozenset({"previous_inspection_date", "listed_on"})


def write(checklist: Checklist, book: RuleBook, lang: Lang) -> bytes:
    """The page, in UTF-8. `lang` is the language it opens in; it holds both."""
    script = '(() => {\n"use strict";\n' + "\n".join(map(_file, _scripts())) + "})();"
    style = _file("page.css")
    title = SAYS["checklist"].in_(lang)
    page = Template(_file("page.html")).substitute(
        html_lang="zh-CN" if lang == "zh" else "en",
        policy=_policy(script, style),
        title=escape(title),
        noscript=escape(SAYS["noscript"].in_(lang)),
        style=style,
        data=_embedded(_data(checklist, book, lang)),
        script=script,
    )
    return page.encode()


def _file(name: str) -> str:
    return files("compliance.intake.page").joinpath(name).read_text("utf-8")


def _scripts() -> Iterator[str]:
    return (f"{name}.js" for name in _SCRIPTS)


def _policy(script: str, style: str) -> str:
    """What the page may load and run: its own script and style, and its own photos."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src blob: data:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            # No text can become markup, whatever a record says.
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _embedded(data: Json) -> str:
    """JSON that no text in it can end: `</script>` and `<!--` need a `<`."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _data(checklist: Checklist, book: RuleBook, lang: Lang) -> Json:
    rules = [
        rule
        for rule in book.rules
        if rule.stage is checklist.stage and checklist.type in rule.applies_to
    ]
    outlets = [_outlet(outlet) for outlet in checklist.outlets]
    return {
        "form": FORM,
        "version": VERSION,
        "vocabulary": checklist.vocabulary,
        "key": _key(checklist, outlets),
        "lang": lang,
        "limit": LIMIT,
        "type": checklist.type.value,
        "stage": checklist.stage.value,
        "words": {name: _both(text) for name, text in _words().items()},
        "parts": _parts(rules),
        "outlets": outlets,
        "questions": [_question(question) for question in checklist.questions],
        "program": program(book, checklist.type, checklist.stage),
        "rules": {rule.id: _rule(rule, book) for rule in rules},
        "reads": {
            question.fact.name: [rule.id for rule in rules if question.fact.name in reads(rule)]
            for question in checklist.questions
        },
    }


def _key(checklist: Checklist, outlets: list[Json]) -> str:
    """What the work is kept under in a browser: another page for the same outlets finds it.

    A changed rule leaves it alone; another vocabulary asks other questions.
    """
    said = json.dumps([checklist.vocabulary, outlets], ensure_ascii=False)
    return f"{checklist.type.value}/{checklist.stage.value}/{sha256(said.encode())[:16]}"


def _outlet(outlet: Outlet) -> Json:
    values = dataclasses.asdict(outlet)
    return {name: values[name] for name in _OUTLET if values[name] is not None}


def _parts(rules: list[Rule]) -> Json:
    """The fields of visit and outlet, as those of a list's members."""
    read = {name.partition(".")[2] for rule in rules for name in reads(rule) if "." in name}

    def fields(part: str, names: tuple[str, ...]) -> list[Json]:
        return [
            {
                "name": name,
                "type": "date" if name in _DATES else "text",
                "caption": _both(FIELDS[f"{part}.{name}"]),
                "required": name in _REQUIRED,
            }
            for name in names
            if name not in _WHERE_READ or name in read
        ]

    return {"inspection": fields("inspection", _INSPECTION), "outlet": fields("outlet", _OUTLET)}


def _question(question: Question) -> Json:
    fact = question.fact
    return {
        "name": fact.name,
        "type": fact.type.value,
        "caption": _both(fact.caption),
        "question": _both(fact.question),
        "clauses": list(question.clauses),
        "required": False,
        "fields": [_field(field) for field in fact.fields],
    }


def _field(field: Field) -> Json:
    return {
        "name": field.name,
        "type": field.type.value,
        "caption": _both(field.caption),
        "question": None if field.question is None else _both(field.question),
        "required": field.required,
    }


def _rule(rule: Rule, book: RuleBook) -> Json:
    """What is said of a rule; what it requires is in the program."""
    said = (
        ("advice", rule.verb is Verb.SHOULD),
        ("trial", rule.trial),
        ("owner", rule.basis is Basis.OWNER),
    )
    return {
        "clause": book.standard.clauses[rule.clause].written,
        "title": _both(rule.title),
        "remedy": _both(rule.remedy),
        "marks": [name for name, holds in said if holds],
    }


def _words() -> dict[str, Text]:
    def named(prefix: str, table: Any) -> dict[str, Text]:
        return {f"{prefix}_{name}": text for name, text in table.items()}

    marks = {"advice": report.ADVICE, "trial": report.TRIAL, "owner": report.OWNER}
    return {
        **SAYS,
        **named("outcome", report.OUTCOMES),
        **named("reason", report.REASONS),
        **named("stage", report.STAGES),
        **named("type", report.OUTLET_TYPES),
        **named("mark", marks),
        "no_opinion": report.NO_OPINION,
    }


def _both(text: Text) -> Json:
    return {"zh": text.zh, "en": text.en}
