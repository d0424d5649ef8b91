"""A record while it is read from a form: its data, and the cell that each value came from.

May import `words`, `errors`, `source` and `answers` of this package.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compliance.condition import FactType
from compliance.errors import Place, Problem
from compliance.intake.answers import ANSWERS, Unclear
from compliance.source import Document, Path_, fault, path_text, shown


@dataclass(frozen=True, slots=True)
class Pending:
    """A photo or document handed in with a form and not kept yet.

    `fact` is what it shows, `name` the name it came under, `content` its bytes or the file
    that holds them (read only when it is kept), `cell` where the form names it.
    """

    fact: str
    name: str
    content: bytes | Path
    cell: str = ""


@dataclass
class Draft:
    """What one filled form says, in the shape of a record (design, section 5).

    `file` names the form, `cells` the cell of each value (`检查内容!C7`, or a question's name
    in forms without cells). What cannot be read goes to `problems`, and nothing is guessed.
    `files` are checked and kept by `reading`, which then lists them under `evidence`; a
    reader never writes that key.
    """

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[Path_, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: list[Pending] = field(default_factory=list)

    def put(self, path: Path_, value: Any, cell: str) -> None:
        """Put a value at a path of keys and positions; a list grows by one member at a time."""
        held: Any = self.data
        for step, following in itertools.pairwise(path):
            empty: Any = [] if isinstance(following, int) else {}
            if isinstance(held, list):
                if step == len(held):
                    held.append(empty)
                held = held[step]  # type: ignore[index]  # positions lead into lists
            else:
                held = held.setdefault(step, empty)
        if isinstance(held, list) and path[-1] == len(held):
            held.append(value)
        else:
            held[path[-1]] = value
        self.cells[path] = cell

    def answer(self, path: Path_, type_: FactType, written: object, cell: str) -> None:
        """Put what somebody wrote, as a value of the type; an empty cell is put nowhere.

        What cannot be read leaves null, so that nothing is said to be missing here as well.
        """
        read = ANSWERS[type_](written)
        if isinstance(read, Unclear):
            found = "`…`" if path[-1] in ("id_number", "phone") else shown(written)
            self.problems.append(
                fault(
                    Place(self.file, path=path_text(path), cell=cell),
                    read.fault,
                    found=found,
                )
            )
            self.put(path, None, cell)
        elif read is not None:
            self.put(path, read, cell)

    def document(self) -> Document:
        """The draft as a document whose places are cells."""
        return Document(self.file, self.data, cells=self.cells)
