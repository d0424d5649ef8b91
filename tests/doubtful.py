"""The doubtful rule files: each a case put into a small rule book, and what must be found in it.

The first lines of a case say what is expected and what the rule book is:

    # fine
    # error never-fails: {file}:12:3: [0].require: the message in English
    # warning …
    # facts alarm, seats               the facts of book/facts.yaml that the book has
    # book shipped                     a copy of the shipped rules instead of book/
    # replace facts.yaml: old → new    once, in a file of the book
    # write schema/x.json: text        a file of the book

What follows them, if anything does, is a rule file beside the others, called {file}.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from compliance.load import shipped_rules

FOLDER: Final = Path(__file__).parents[1] / "fixtures" / "doubtful"
BOOK: Final = FOLDER / "book"
CASES: Final = sorted(FOLDER.glob("*.yaml"))


@dataclass(frozen=True, slots=True)
class Case:
    """A case with the book that it was put into; `expected` are the lines without their #."""

    book: Path
    expected: tuple[str, ...]

    def said(self, level: str, check: str, place: object, text: str) -> str:
        """A finding as the first lines of a case write it."""
        where = str(place).replace(str(self.book / FILE), "{file}")
        return f"{level} {check}: {where}: {text}".replace(str(self.book), "{rules}")


FILE: Final = "doubtful.yaml"


def build(path: Path, folder: Path) -> Case:
    """The case at `path`, its book written into `folder`. ValueError for a line of no kind."""
    text = path.read_text(encoding="utf-8")
    head = [line[2:] for line in text.splitlines() if line.startswith("# ")]
    book, expected = folder / "rules", []
    shutil.copytree(shipped_rules() if "book shipped" in head else BOOK, book)
    for line in head:
        kind, _, rest = line.partition(" ")
        name, _, what = rest.partition(": ")
        if kind == "facts":
            _keep_facts(book / "facts.yaml", rest.split(", "))
        elif kind == "replace":
            _replace(book / name, *what.split(" → "))
        elif kind == "write":
            (book / name).parent.mkdir(exist_ok=True)
            (book / name).write_text(what, encoding="utf-8")
        elif kind in ("error", "warning"):
            expected.append(line)
        elif line not in ("fine", "book shipped"):
            raise ValueError(f"{path.name}: {line}")
    if [line for line in text.splitlines() if line and not line.startswith("#")]:
        (book / FILE).write_text(text, encoding="utf-8")
    if ("fine" in head) is bool(expected):
        raise ValueError(f"{path.name}: says neither or both of what is found and that it is fine")
    return Case(book, tuple(expected))


def _keep_facts(file: Path, names: list[str]) -> None:
    head, lines = file.read_text(encoding="utf-8").splitlines()[:2], {}
    for line in file.read_text(encoding="utf-8").splitlines()[2:]:
        lines[line.split(":")[0].strip()] = line
    file.write_text("\n".join([*head, *(lines[name] for name in names), ""]), encoding="utf-8")


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{file.name} has no {old}")
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
