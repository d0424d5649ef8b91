"""Pages on the rules, for people: made from the rule files, and held against what is committed.

`parts` is a page as a value, `rule_page` and `index_page` make it, `as_markdown` and
`as_html` write it. May import everything up to `explain`, and `remarks` and `output`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from compliance.assure.rule_docs import as_html, as_markdown
from compliance.assure.rule_docs.index_page import pages
from compliance.errors import OutputError, Place, Problem, RulesError
from compliance.load import RuleFiles
from compliance.output import write_file
from compliance.remarks import Level, Remark, Review
from compliance.source import fault
from compliance.words import LANGS, Text
from compliance.words import rule_docs as words

MARKER: Final = (
    "<!-- compliance rules docs：由规则文件生成，请勿手工修改 · "
    "made from the rule files, not to be edited by hand -->"
)
"""Stands in the first or second line of every file made here, and tells it from others."""

COMMAND: Final = "rules docs"


class State(str, Enum):
    """How a file stands to what the rule files say; the values are the remarks' names."""

    CURRENT = "current"
    MISSING = "docs-missing"
    STALE = "docs-stale"
    SUPERFLUOUS = "docs-superfluous"
    FOREIGN = "docs-foreign"
    KEPT = "docs-kept"


@dataclass(frozen=True, slots=True)
class Standing:
    """A file below the folder of pages, by its name there (`zh/4.3.1.5.md`), and its state.

    `FOREIGN` stands where a page belongs, `KEPT` beside the pages; neither was made here.
    """

    name: str
    state: State


@dataclass(frozen=True, slots=True)
class Done:
    """What was written and removed, by name, and how many files were as they should be."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def documentation(files: RuleFiles) -> Mapping[str, bytes]:
    """Every page of a rule book: the file's name below the folder, and its content.

    Equal rule files give equal bytes. Raises RulesError where two pages would have one name.
    """
    _check_names(files)
    made: dict[str, bytes] = {}
    for lang in LANGS:
        said = pages(files, lang)
        for name, text in as_markdown.write(said, lang).items():
            made[f"{lang}/{name}"] = f"{MARKER}\n\n{text}".encode()
        made[f"{lang}/rules.html"] = as_html.write(said, lang, MARKER).encode()
    return made


def _check_names(files: RuleFiles) -> None:
    problems = []
    taken = {as_markdown.INDEX.removesuffix(".md"): words.THE_INDEX}
    for rule in files.book.rules:
        other = taken.setdefault(rule.id.casefold(), Text(f"`{rule.id}`", f"`{rule.id}`"))
        if other.en != f"`{rule.id}`":
            text = Text(
                words.CLASH.zh.format(id=rule.id, other=other.zh),
                words.CLASH.en.format(id=rule.id, other=other.en),
            )
            problems.append(Problem(files.place(rule.id, "id"), text, "docs_clash"))
    if problems:
        raise RulesError(problems)


def compare(made: Mapping[str, bytes], out: Path) -> tuple[Standing, ...]:
    """Every page, and every other page-like file beside them, by name. Raises OutputError."""
    found = [Standing(name, _state(out / name, content)) for name, content in made.items()]
    for lang in LANGS:
        for path in (out / lang).glob("*"):
            name = f"{lang}/{path.name}"
            if name not in made and path.suffix in (".md", ".html") and path.is_file():
                state = State.SUPERFLUOUS if _ours(_content(path)) else State.KEPT
                found.append(Standing(name, state))
    return tuple(sorted(found, key=lambda standing: standing.name))


def _state(path: Path, content: bytes) -> State:
    if not path.is_symlink() and not path.exists():
        return State.MISSING
    standing = _content(path) if path.is_file() else b""
    if standing == content:
        return State.CURRENT
    return State.STALE if _ours(standing) else State.FOREIGN


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or error
        raise OutputError([fault(Place(str(path)), "unreadable", why=why)]) from error


def _ours(content: bytes) -> bool:
    return MARKER.encode() in content.splitlines()[:2]


def update(found: tuple[Standing, ...], made: Mapping[str, bytes], out: Path) -> Done:
    """Write what is missing or stale and remove what is superfluous. Raises OutputError.

    Files that were not made here are left as they are.
    """
    written = [s.name for s in found if s.state in (State.MISSING, State.STALE)]
    removed = [s.name for s in found if s.state is State.SUPERFLUOUS]
    for name in written:
        write_file(out / name, made[name])
    for name in removed:
        try:
            (out / name).unlink(missing_ok=True)
        except OSError as error:
            why = error.strerror or error
            raise OutputError([fault(Place(str(out / name)), "cannot_write", why=why)]) from error
    unchanged = sum(standing.state is State.CURRENT for standing in found)
    return Done(tuple(written), tuple(removed), unchanged)


def check_review(found: tuple[Standing, ...], out: Path, command: str) -> Review:
    """What is not as the rule files say; `command` is what puts it right.

    Files that stand beside the pages and were not made here are no matter of the check.
    """
    pages_ = [standing for standing in found if standing.state is not State.KEPT]
    wrong = [standing for standing in pages_ if standing.state is not State.CURRENT]
    remarks = tuple(_remark(standing, out, command) for standing in wrong)
    if all(standing.state is State.MISSING for standing in pages_):
        text = words.ALL_MISSING.filled(command=command)
        remarks = (Remark(State.MISSING.value, Level.ERROR, Place(str(out)), text),)
    summary = words.NOT_CURRENT if remarks else words.CURRENT
    count = len(remarks) if remarks else len(pages_)
    names = tuple(standing.name for standing in pages_)
    return Review(f"{COMMAND} --check", names, remarks, summary.filled(count=count))


def update_review(found: tuple[Standing, ...], done: Done, out: Path, command: str) -> Review:
    """What an update left alone, and how much it did."""
    left = [standing for standing in found if standing.state in (State.FOREIGN, State.KEPT)]
    summary = words.DONE.filled(
        written=len(done.written),
        removed=len(done.removed),
        unchanged=done.unchanged,
    )
    remarks = tuple(_remark(standing, out, command) for standing in left)
    return Review(COMMAND, tuple(standing.name for standing in found), remarks, summary)


def _remark(standing: Standing, out: Path, command: str) -> Remark:
    level = Level.WARNING if standing.state is State.KEPT else Level.ERROR
    text = words.REMARKS[standing.state.value].filled(command=command)
    place = Place(str(out / standing.name))
    return Remark(standing.state.value, level, place, text, standing.name)
