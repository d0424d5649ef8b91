"""Text files read into plain data that knows its lines; nothing is guessed on the way.

YAML is read with the meaning of YAML 1.2: `no`, `12:30` and `1_000` are texts, and so are
dates. What makes parsers hang or lie is refused: aliases, merge keys, tags, duplicate
keys, deep nesting, huge files. May import `words`, `outcome` and `errors`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any, Final, Union

import yaml

from compliance.errors import Place, Problem
from compliance.words import Text
from compliance.words.faults import FAULTS, HINT
from compliance.words.yaml_syntax import NO_COLON, YAML_SYNTAX

Path_ = tuple[Union[str, int], ...]
"""The way to a value: keys and positions from the top."""

SIZE_LIMIT: Final = 8 * 2**20  # YAML events take some hundred bytes of memory a byte of text
LINE_LIMIT: Final = 2**20
DEPTH_LIMIT: Final = 40
INTEGER_LIMIT: Final = 2**53 - 1  # RFC 8785 and JSON readers are exact up to here

_INT: Final = re.compile(r"[-+]?[0-9]+\Z")
_OCT_HEX: Final = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
# `.inf` and `.nan` stay texts: no fact has them, and a text is refused by its type.
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: Final[Mapping[str, Union[bool, None]]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_UNSAID: Final = "…"  # the digits of a number out of range may be those of an ID number
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def fault(place: Place, key: str, **args: object) -> Problem:
    """The problem called `key` of the catalogue, its blanks filled in.

    An argument that is a Text is filled in by language; anything else is the same in both.
    """
    return Problem(place, FAULTS[key].filled(**args), key)


def hint(found: object, known: Iterable[str]) -> Text:
    """«Did you mean …?» for the nearest known name, or empty texts."""
    near = get_close_matches(str(found), list(known), n=1)
    return HINT.filled(name=near[0]) if near else Text("", "")


def shown(value: object) -> str:
    """A found value as a message shows it: on one line and not too long."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    return f"`{text if len(text) <= 60 else text[:59] + '…'}`"


def path_text(path: Path_) -> str:
    """A path as people write it: `observations.staff[2].name` counts from 0 as data do."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else (f".{step}" if text else step)
    return text if len(text) <= 200 else text[:199] + "…"


_SUBJECT: Final = re.compile(
    r"([a-z][a-z0-9_]*)(?:\[(0|[1-9][0-9]{0,5})\](?:\.([a-z][a-z0-9_]*))?)?"
)


def subject_path(text: str) -> Path_ | None:
    """The path that `path_text` wrote of a fact, a member or a member's field; None for others."""
    found = _SUBJECT.fullmatch(text)
    if found is None:
        return None
    fact, at, field_ = found.groups()
    return (fact,) if at is None else (fact, int(at), *([field_] if field_ else []))


@dataclass(frozen=True, slots=True)
class Document:
    """A file's data and where each key and value of it stands: by line, or by cell."""

    file: str
    data: Any
    line: int | None = None
    values: Mapping[Path_, tuple[int, int]] = field(default_factory=dict)
    keys: Mapping[Path_, tuple[int, int]] = field(default_factory=dict)
    cells: Mapping[Path_, str] = field(default_factory=dict)

    def place(self, path: Path_ = (), *, key: bool = False) -> Place:
        """The place of the value at `path`, or of its key; of what holds it, if unknown."""
        marks = self.keys if key else self.values
        known = path
        while known and known not in marks:
            known, marks = known[:-1], self.values
        line, column = marks.get(known, (self.line, None))
        return Place(self.file, line, column, path_text(path), self._cell(path))

    def _cell(self, path: Path_) -> str:
        """The cell of the value at `path`; of what holds it, if unknown."""
        while path and path not in self.cells:
            path = path[:-1]
        return self.cells.get(path, "")

    def fault(self, path: Path_, name: str, *, at_key: bool = False, **args: object) -> Problem:
        """The problem called `name` at `path` of this document."""
        return fault(self.place(path, key=at_key), name, **args)


class SyntaxProblem(Exception):
    """Raised inside this module to leave a parser; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message("en"))
        self.problem = problem


def unreadable(path: Path, limit: int | None, *, too_large: str = "too_large") -> Problem | None:
    """What keeps a file from being read: it is not there, no file, or over `limit` bytes.

    `too_large` is the fault of a file that is over it.
    """
    place = Place(str(path))
    try:
        if not path.is_file():
            return fault(place, "not_a_file" if path.exists() else "no_such_path")
        size = path.stat().st_size
    except OSError as error:
        return fault(place, "unreadable", why=error.strerror)
    if limit is not None and size > limit:
        return fault(place, too_large, found=size, limit=limit)
    return None


def read_bytes(
    path: Path, *, limit: int = SIZE_LIMIT, too_large: str = "too_large"
) -> bytes | Problem:
    """The content of a file, or what keeps it from being read; see `unreadable`."""
    if problem := unreadable(path, limit, too_large=too_large):
        return problem
    try:
        return path.read_bytes()
    except OSError as error:
        return fault(Place(str(path)), "unreadable", why=error.strerror)


def read_text(
    path: Path, *, limit: int = SIZE_LIMIT, too_large: str = "too_large"
) -> str | Problem:
    """The text of a UTF-8 file, or what keeps it from being read; see `unreadable`."""
    content = read_bytes(path, limit=limit, too_large=too_large)
    if isinstance(content, Problem):
        return content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return fault(Place(str(path)), "not_utf8", offset=error.start + 1)


def parse(text: str, file: str) -> Document | Problem:
    """The data of a YAML or, by the file's ending, JSON text.

    Returns the problem where the text is no such data.
    """
    if not text.strip():
        return fault(Place(file), "empty")
    parser = parse_json if file.endswith(".json") else parse_yaml
    return parser(text, file)


def read(path: Path) -> Document | Problem:
    """The data of a YAML or JSON file, or what is wrong with it."""
    text = read_text(path)
    return text if isinstance(text, Problem) else parse(text, str(path))


def parse_yaml(text: str, file: str) -> Document | Problem:
    """The data of one YAML document with the meaning of YAML 1.2."""
    try:
        return _Yaml(file).document(text)
    except SyntaxProblem as error:
        return error.problem
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.problem == NO_COLON:  # which is noticed on a later line
            mark = error.context_mark or mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        why = " ".join(filter(None, (error.context, error.problem)))
        said = YAML_SYNTAX.get(error.problem or "", Text(why, why))
        return fault(place, "syntax", format="YAML", why=said)
    except yaml.reader.ReaderError as error:
        return fault(
            Place(file),
            "bad_character",
            found=f"U+{ord(str(error.character)[:1]):04X}"
            if isinstance(error.character, str)
            else f"U+{error.character:04X}",
        )
    except yaml.YAMLError as error:
        return fault(Place(file), "syntax", format="YAML", why=" ".join(str(error).split()))


class _Yaml:
    """One run over the parser's events, building data and its places."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.values: dict[Path_, tuple[int, int]] = {}
        self.keys: dict[Path_, tuple[int, int]] = {}

    def document(self, text: str) -> Document:
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        events: Iterator[Any] = yaml.parse(text, Loader=loader)
        data: Any = None
        seen = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                seen += 1
                if seen > 1:
                    raise self._refuse(event, "many_documents")
                data = self._node(next(events), events, ())
        return Document(self.file, data, None, self.values, self.keys)

    def _refuse(self, event: Any, name: str, path: Path_ = (), **args: object) -> SyntaxProblem:
        mark: Any = event.start_mark
        place = Place(self.file, mark.line + 1, mark.column + 1, path_text(path))
        return SyntaxProblem(fault(place, name, **args))

    def _node(self, event: Any, events: Iterator[Any], path: Path_) -> Any:
        self._check(event, path)
        mark: Any = event.start_mark
        self.values[path] = (mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self._node(item, events, (*path, len(items))))
            return items
        return self._mapping(events, path)

    def _check(self, event: Any, path: Path_) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(event, "alias", path, found=f"*{event.anchor}")
        if event.anchor is not None:
            raise self._refuse(event, "alias", path, found=f"&{event.anchor}")
        if event.tag is not None and event.tag != "!":
            raise self._refuse(event, "tag", path, found=event.tag)
        if len(path) > DEPTH_LIMIT:
            raise self._refuse(event, "too_deep", path[:3], limit=DEPTH_LIMIT)

    def _mapping(self, events: Iterator[Any], path: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            self._check(key, path)
            if not isinstance(key, yaml.ScalarEvent):
                raise self._refuse(key, "key_not_text", path, found="[…]")
            name = key.value
            if name == "<<" and key.implicit[0]:
                raise self._refuse(key, "alias", path, found="<<")
            if name in data:
                raise self._refuse(key, "duplicate_key", (*path, name), found=name)
            inner = (*path, name)
            mark: Any = key.start_mark
            self.keys[inner] = (mark.line + 1, mark.column + 1)
            data[name] = self._node(next(events), events, inner)
        return data

    def _scalar(self, event: Any, path: Path_) -> Any:
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INT.match(text) or _OCT_HEX.match(text):
            # int() of thousands of digits raises or takes long; no such number is in range.
            value = (
                int(text, 0 if _OCT_HEX.match(text) else 10)
                if len(text) < 25
                else INTEGER_LIMIT + 1
            )
            if abs(value) > INTEGER_LIMIT:
                raise self._refuse(event, "bad_number", path, found=_UNSAID, limit=INTEGER_LIMIT)
            return value
        if not _FLOAT.match(text):
            return text
        if not isfinite(number := float(text)):
            raise self._refuse(event, "bad_number", path, found=_UNSAID, limit=INTEGER_LIMIT)
        return number


def parse_json(text: str, file: str, line: int | None = None) -> Document | Problem:
    """The data of one JSON text; `line` is its line in an NDJSON file."""
    place = Place(file, line)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(pairs)
        if len(data) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(n for n in names if names.count(n) > 1)
            raise SyntaxProblem(fault(place, "duplicate_key", found=twice))
        return data

    def whole(digits: str) -> int:
        value = int(digits) if len(digits) < 25 else INTEGER_LIMIT + 1
        if abs(value) > INTEGER_LIMIT:
            raise SyntaxProblem(fault(place, "bad_number", found=_UNSAID, limit=INTEGER_LIMIT))
        return value

    def fraction(digits: str) -> float:
        if not isfinite(value := float(digits)):
            raise SyntaxProblem(fault(place, "bad_number", found=_UNSAID, limit=INTEGER_LIMIT))
        return value

    def constant(name: str) -> None:
        raise SyntaxProblem(fault(place, "bad_number", found=name, limit=INTEGER_LIMIT))

    try:
        data = json.loads(
            text,
            object_pairs_hook=once,
            parse_int=whole,
            parse_float=fraction,
            parse_constant=constant,
        )
        _check_json(data, place)
    except SyntaxProblem as error:
        return error.problem
    except json.JSONDecodeError as error:
        at = Place(file, error.lineno if line is None else line, error.colno)
        return fault(at, "syntax", format="JSON", why=error.msg)
    except RecursionError:
        return fault(place, "too_deep", limit=DEPTH_LIMIT)
    return Document(file, data, line)


def _check_json(data: Any, place: Place, depth: int = 0) -> None:
    """Refuse what JSON can say and a record cannot: deep nesting and lone surrogates."""
    if depth > DEPTH_LIMIT:
        raise SyntaxProblem(fault(place, "too_deep", limit=DEPTH_LIMIT))
    if isinstance(data, str) and (bad := _SURROGATE.search(data)):
        raise SyntaxProblem(fault(place, "bad_character", found=f"U+{ord(bad.group()):04X}"))
    if isinstance(data, dict):
        for key, value in data.items():
            _check_json(key, place, depth + 1)
            _check_json(value, place, depth + 1)
    elif isinstance(data, list):
        for value in data:
            _check_json(value, place, depth + 1)


_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar written YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
