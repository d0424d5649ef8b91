"""Rule files read, checked whole and built into a rule book.

May import `words`, `outcome`, `condition`, `errors`, `source`, `structure`, `rulebook`,
`requirement` and `vocabulary`. All faults of all files are shown at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from compliance.condition import CASE_LIMIT, Condition, Requirement, case_count
from compliance.errors import Place, Problem, RulesError
from compliance.outcome import Basis, Opinion, Reason, Stage, Verb
from compliance.requirement import RequirementReader
from compliance.rulebook import (
    Clause,
    Example,
    Fact,
    FormB1,
    OutletType,
    Rule,
    RuleBook,
    Standard,
)
from compliance.source import Document, Path_, fault, hint, is_date, read
from compliance.structure import check_structure
from compliance.vocabulary import read_facts, text_of

NAMED: Final = ("standard", "facts", "opinion")
WORDING: Final = "wording"
"""The file, if a folder has it, that accounts for each sentence of the standard; no rules."""

_INSTALLED: Final = Path(__file__).parent / "rules"
_CHECKOUT: Final = Path(__file__).parent.parent / "rules"


def shipped_rules() -> Path:
    """The folder of the rules that come with this program, installed or in a checkout."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


@dataclass(frozen=True, slots=True)
class RuleFiles:
    """A rule book together with the files it was read from.

    `documents` are the files by name without ending (`adaptation/bank_branch`); `places`
    says in which of them a rule stands, and at which position. `raw` is the content that
    digests are made of.
    """

    folder: Path
    book: RuleBook
    documents: Mapping[str, Document]
    places: Mapping[str, tuple[Document, int]]
    raw: Mapping[str, Any]

    def place(self, rule: str, *path: str | int, key: bool = False) -> Place:
        """Where a rule, or what stands at `path` below it, is written."""
        document, position = self.places[rule]
        return document.place((position, *path), key=key)


def load_rules(directory: Path | None = None, *, supplementary: bool = True) -> RuleBook:
    """The rule book of a folder, by default the shipped one.

    With `supplementary` false the owner's rules are left out, as if they had never been
    written. Raises RulesError with every fault found.
    """
    return read_rules(directory, supplementary=supplementary).book


def read_rules(directory: Path | None = None, *, supplementary: bool = True) -> RuleFiles:
    """The rule book of a folder as `load_rules` gives it, and where each part of it stands."""
    folder = directory or shipped_rules()
    return build_rules(folder, _read(folder), supplementary=supplementary)


def build_rules(
    folder: Path, found: Mapping[str, Document | Problem], *, supplementary: bool = True
) -> RuleFiles:
    """The rule book of files that have been read, wherever they stood.

    `found` are the files by name without ending, in the order of their names; `folder` is
    what a message calls the place they are from. Raises RulesError as `load_rules` does.
    """
    problems = [file for file in found.values() if isinstance(file, Problem)]
    for name in NAMED:
        if name not in found:
            problems.append(fault(Place(str(folder)), "no_standard", expected=f"{name}.yaml"))
    documents = {k: file for k, file in found.items() if isinstance(file, Document)}
    _check(documents, problems)
    if any(name not in documents for name in NAMED):
        raise RulesError(problems)
    facts = read_facts(documents["facts"], problems)
    standard = _standard(documents["standard"])
    rules = _Rules(facts, standard, problems)
    for name in sorted(set(documents) - set(NAMED) - {WORDING}):
        rules.read(documents[name])
    if len(documents) == len(found):  # what cannot be read may have the rule that is missed
        rules.check_answers(documents["standard"])
    if problems:
        raise RulesError(problems)
    kept = [r for r in rules.built if supplementary or r.basis is not Basis.OWNER]
    raw = {name: documents[name].data for name in NAMED}
    raw["rules"] = {rule.id: rules.raw[rule.id] for rule in kept}
    form = _form(documents["opinion"].data)
    vocabulary = documents["facts"].data["version"]
    book = RuleBook(standard, facts, tuple(kept), form, digest_of(raw), vocabulary)
    places = {rule.id: rules.at[rule.id] for rule in kept}
    return RuleFiles(folder, book, documents, places, raw)


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over the canonical form (RFC 8785) of what `RuleFiles.raw` holds."""
    import rfc8785

    return hashlib.sha256(rfc8785.dumps(dict(content))).hexdigest()


def file_key(name: str) -> str:
    """What `RuleFiles.documents` calls the file at `name` (POSIX) below the rules folder."""
    return name.removesuffix(".yaml")


def _read(directory: Path) -> dict[str, Document | Problem]:
    """The files of a rules folder by name without ending, each read or refused."""
    if not directory.is_dir():
        key = "not_a_rules_folder" if directory.exists() else "no_such_path"
        raise RulesError([fault(Place(str(directory)), key)])
    paths = sorted([*directory.rglob("*.yaml"), *directory.rglob("*.yml")])
    return {file_key(path.relative_to(directory).as_posix()): read(path) for path in paths}


def _check(documents: dict[str, Document], problems: list[Problem]) -> None:
    """Hold each document against its schema; what does not fit is taken out."""
    for name, document in list(documents.items()):
        schema = _schema(name if name in (*NAMED, WORDING) else "rules")
        if not isinstance(document.data, list) or name in (*NAMED, WORDING):
            found = check_structure(document, schema)
            if found:
                problems.extend(found)
                del documents[name]
            continue
        problems.extend(check_structure(document, schema))


def _schema(kind: str) -> dict[str, Any]:
    text = (shipped_rules() / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _standard(document: Document) -> Standard:
    data = document.data
    clauses = {
        c["id"]: Clause(
            c["id"],
            c["written"],
            c["verb"],
            tuple(c["bearers"]),
            tuple(OutletType(t) for t in c["types"]),
            c["stage"],
            text_of(c["summary"]),
            c["fate"],
            tuple(c["answers"]),
            text_of(c["note"]) if "note" in c else None,
        )
        for c in data["clauses"]
    }
    edition = data["edition"]
    return Standard(
        text_of(data["title"]), edition if isinstance(edition, str) else edition["zh"], clauses
    )


def _form(data: Mapping[str, Any]) -> FormB1:
    return FormB1(
        dict(data["captions"]),
        {Opinion(k): v for k, v in data["options"].items()},
        {Reason(k): v for k, v in data["boxes"].items()},
        {OutletType(k): v for k, v in data["types"].items()},
    )


class _Rules:
    """The rules read so far, by the order of files and of rules in a file."""

    def __init__(
        self, facts: Mapping[str, Fact], standard: Standard, problems: list[Problem]
    ) -> None:
        self.facts, self.standard, self.problems = facts, standard, problems
        self.built: list[Rule] = []
        self.raw: dict[str, Any] = {}
        self.at: dict[str, tuple[Document, int]] = {}
        self.places: dict[str, str] = {}

    def read(self, document: Document) -> None:
        """Build each rule of a file; what the schema has refused is passed over."""
        if not isinstance(document.data, list):
            return
        broken = {
            p.place.path.split("]")[0] for p in self.problems if p.place.file == document.file
        }
        for position, data in enumerate(document.data):
            if isinstance(data, dict) and isinstance(data.get("id"), str):
                self._note_id(document, position, data)
            if f"[{position}" not in broken:
                self._rule(document, position, data)

    def _note_id(self, document: Document, position: int, data: Mapping[str, Any]) -> None:
        place = document.place((position, "id"))
        where = f"{place.file}:{place.line}"
        other = self.places.setdefault(data["id"], where)
        if other != where:
            self.problems.append(
                document.fault((position, "id"), "duplicate_id", found=data["id"], other=other)
            )

    def _rule(self, document: Document, position: int, data: Mapping[str, Any]) -> None:
        at: Path_ = (position,)
        reader = RequirementReader(document, self.facts, self.problems)
        before = len(self.problems)
        require = reader.requirement(data["require"], (*at, "require"))
        when = reader.condition(data["when"], (*at, "when")) if "when" in data else None
        self._check_size(document, at, require, when)
        self._check_clauses(document, at, data)
        self._check_reason(document, at, data)
        self._check_asked(document, at, data)
        period = data.get("effective", {})
        for end in ("from", "to"):
            if end in period and not is_date(period[end]):
                self._fault(document, (*at, "effective", end), "bad_date", found=period[end])
        if period.get("from", "") > period.get("to", "9999-12-31"):
            self._fault(document, (*at, "effective"), "period_reversed")
        for i, example in enumerate(data["examples"]):
            if not is_date(day := example.get("date", "2026-01-31")):
                self._fault(document, (*at, "examples", i, "date"), "bad_date", found=day)
        if require is None or len(self.problems) > before:
            return
        reason = data.get("reason")
        self.raw[data["id"]] = data
        self.at[data["id"]] = (document, position)
        self.built.append(
            Rule(
                id=data["id"],
                title=text_of(data["title"]),
                clause=data["clause"],
                cites=tuple(data.get("cites", ())),
                verb=Verb(data["verb"]),
                basis=Basis(data["basis"]),
                stage=Stage(data["stage"]),
                applies_to=frozenset(OutletType(t) for t in data["applies_to"]),
                require=require,
                when=when,
                reason=Reason(reason) if reason else None,
                remedy=text_of(data["remedy"]),
                note=text_of(data["note"]) if "note" in data else None,
                effective_from=period.get("from"),
                effective_to=period.get("to"),
                trial=data.get("status") == "trial",
                examples=tuple(
                    Example(e["given"], e["then"], e.get("date", "2026-01-31"))
                    for e in data["examples"]
                ),
                file=document.file,
                line=document.place((position, "id")).line or 0,
            )
        )

    def _check_size(
        self, document: Document, at: Path_, require: Requirement | None, when: Condition | None
    ) -> None:
        """Refuse a condition that unfolds into more cases than durable-rules can be given."""
        for name, condition in (("require", require.that if require else None), ("when", when)):
            if condition is not None:
                count = max(case_count(condition, holds) for holds in (True, False))
                if count > CASE_LIMIT:
                    self._fault(document, (*at, name), "too_complex", found=count, limit=CASE_LIMIT)

    def _check_clauses(self, document: Document, at: Path_, data: Mapping[str, Any]) -> None:
        known = self.standard.clauses
        named: list[tuple[Path_, Any]] = [(("clause",), data["clause"])]
        named += [(("cites", i), c) for i, c in enumerate(data.get("cites", ()))]
        for where, clause in named:
            if clause not in known:
                self._fault(
                    document,
                    (*at, *where),
                    "unknown_clause",
                    found=clause,
                    hint=hint(clause, known),
                )

    def _check_reason(self, document: Document, at: Path_, data: Mapping[str, Any]) -> None:
        if data["stage"] != "adaptation" and "reason" in data:
            self._fault(document, (*at, "reason"), "reason_elsewhere", at_key=True)
        elif data["verb"] == "should" and "reason" in data:
            self._fault(document, (*at, "reason"), "reason_of_should", at_key=True)
        elif data["stage"] == "adaptation" and data["verb"] != "should" and "reason" not in data:
            expected = ", ".join(reason.value for reason in Reason)
            self._fault(document, at, "reason_missing", expected=expected)

    def _check_asked(self, document: Document, at: Path_, data: Mapping[str, Any]) -> None:
        """A rule may read only what each of its outlet types is asked at its stage."""
        stage = Stage(data["stage"])
        for path, name in _named_facts(data, self.facts):
            for type_ in data["applies_to"]:
                if (OutletType(type_), stage) not in self.facts[name].asked:
                    self._fault(
                        document,
                        (*at, *path),
                        "not_asked",
                        at_key=True,
                        found=name,
                        type=type_,
                        stage=stage.value,
                    )

    def _fault(self, document: Document, path: Path_, name: str, **args: Any) -> None:
        self.problems.append(document.fault(path, name, **args))

    def check_answers(self, document: Document) -> None:
        """Each rule that a clause names as its answer must exist."""
        for i, clause in enumerate(document.data["clauses"]):
            for j, rule in enumerate(clause["answers"]):
                if rule not in self.places:
                    self._fault(
                        document,
                        ("clauses", i, "answers", j),
                        "clause_without_rule",
                        clause=clause["id"],
                        found=rule,
                        hint=hint(rule, self.places),
                    )


def _named_facts(data: Mapping[str, Any], facts: Mapping[str, Fact]) -> list[tuple[Path_, str]]:
    """Where a rule's `require` and `when` name declared facts, as keys, lists or operands."""
    found: list[tuple[Path_, str]] = []

    def walk(value: Any, path: Path_) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in facts:
                    found.append(((*path, key), key))
                elif key in ("every", "of", "fact") and isinstance(inner, str) and inner in facts:
                    found.append(((*path, key), inner))
                walk(inner, (*path, key))
        elif isinstance(value, list):
            for i, inner in enumerate(value):
                walk(inner, (*path, i))

    for part in ("require", "when"):
        walk(data.get(part), (part,))
    return found
