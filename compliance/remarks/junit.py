"""A JUnit XML document, for reviews and for reports.

May import `visible` beside it. No time stands in it: no clock decides anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from compliance.remarks.visible import below_here
from compliance.remarks.visible import visible as seen

# Seen, or at least not unseen, and yet no characters of XML 1.0.
_NONE: Final = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}


@dataclass(frozen=True, slots=True)
class Said:
    """Why a case did not pass: the name of what was found, and the text; lines are kept."""

    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case. What failed goes before what could not be decided, and that before skipping.

    `output` is said without counting; `file` and `line` are where the case is written.
    """

    classname: str
    name: str
    failures: tuple[Said, ...] = ()
    errors: tuple[Said, ...] = ()
    skipped: bool = False
    output: str = ""
    file: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite and its cases; `output` is said of the whole."""

    name: str
    cases: tuple[Case, ...]
    output: str = ""


def document(suites: Sequence[Suite]) -> str:
    """The suites as XML text that ends with a line end."""
    root = Element("testsuites", {"name": "compliance"})
    for suite in suites:
        _suite(root, suite)
    indent(root)
    # Written out: the library's own declaration comes in single quotes.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, suite: Suite) -> None:
    counts = {
        "tests": len(suite.cases),
        "failures": sum(bool(case.failures) for case in suite.cases),
        "errors": sum(bool(case.errors) and not case.failures for case in suite.cases),
        "skipped": sum(case.skipped for case in suite.cases),
    }
    named = {"name": _line(suite.name)}
    element = SubElement(root, "testsuite", named | {k: str(n) for k, n in counts.items()})
    for case in suite.cases:
        _case(element, case)
    if suite.output:
        SubElement(element, "system-out").text = _lines(suite.output)


def _case(suite: Element, case: Case) -> None:
    placed = {"file": _line(below_here(case.file).as_posix())} if case.file else {}
    if case.line is not None:
        placed["line"] = str(case.line)
    named = {"classname": _line(case.classname), "name": _line(case.name)}
    element = SubElement(suite, "testcase", named | placed)
    found = ("failure", case.failures) if case.failures else ("error", case.errors)
    tag, said = found
    if said:
        # One element for all: many readers show no more than the first.
        message = _line(said[0].text.split("\n", 1)[0])
        body = SubElement(element, tag, {"type": _line(said[0].type), "message": message})
        body.text = _lines("\n".join(one.text for one in said))
    elif case.skipped:
        SubElement(element, "skipped")
    if case.output:
        SubElement(element, "system-out").text = _lines(case.output)


def _line(text: str) -> str:
    return seen(text).translate(_NONE)


def _lines(text: str) -> str:
    return "\n".join(_line(line) for line in text.split("\n"))
