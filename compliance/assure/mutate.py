"""What `rules mutate` finds: mistakes in rules that no example and no fixture notices.

May import everything below `assure`, and what makes and judges mutants; `telling`, which needs
the solver, when it is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from compliance.assure import solver_missing
from compliance.assure.examples import example_problems, read_fixtures
from compliance.assure.mutants import OPERATORS, Mutant, mutants
from compliance.assure.noticing import Noticing
from compliance.assure.viable import refused
from compliance.assure.written import data_path
from compliance.errors import InputError, Place, Problem
from compliance.load import RuleFiles
from compliance.record_check import record_checker
from compliance.remarks import Level, Remark, Review
from compliance.rulebook import Rule
from compliance.source import fault, hint
from compliance.words import LANGS, Text
from compliance.words.mutate import FATES, KINDS, say


class Fate(str, Enum):
    """What becomes of a mutant."""

    EXAMPLES = "examples"
    FIXTURES = "fixtures"
    REFUSED = "refused"
    EQUIVALENT = "equivalent"
    SURVIVOR = "survivor"
    UNDECIDED = "undecided"


class Judged(NamedTuple):
    """A mutant and what became of it; `case` is what the review calls it.

    `shown_by` is what would notice a survivor: an entry for the rule's examples where
    `is_example`, else a fixture's two files.
    """

    case: str
    mutant: Mutant
    fate: Fate
    is_example: bool = False
    shown_by: str = ""


def review_mutants(
    files: RuleFiles, only: Sequence[str] = (), fixtures: Path | None = None
) -> Review:
    """Each rule, or those with an id in `only`, with each mistake that people make.

    `fixtures` is by default the folder of that name beside the rules', if there is one. Raises
    InputError where the solver is missing, an id is no rule's, `fixtures` is no folder, or an
    example or fixture does not hold for the rules as they are.
    """
    _check_solver()
    rules = _chosen(files, only)
    folder = fixtures or Path(os.path.normpath(files.folder / ".." / "fixtures"))
    found = fixtures is not None or folder.is_dir()
    noticing = _noticing(files, rules, folder if found else None)
    judged = tuple(each for rule in rules for each in _judged(files, rule, noticing))
    remarks = tuple(_remark(files, each) for each in judged if each.fate in _SAID)
    parts = [_summary(len(rules), judged), _table(judged)]
    parts += [say("equivalent", case=each.case) for each in judged if each.fate is Fate.EQUIVALENT]
    parts += [] if found else [say("no_fixtures", folder=folder)]
    summary = Text(*("\n".join(part.in_(lang) for part in parts) for lang in LANGS))
    return Review("rules mutate", tuple(each.case for each in judged), remarks, summary)


_SAID: Final = (Fate.SURVIVOR, Fate.UNDECIDED)


def _check_solver() -> None:
    if why := solver_missing():
        text = say("no_solver", why=why)
        raise InputError([Problem(Place("rules mutate"), text, "no_solver")])


def _chosen(files: RuleFiles, only: Sequence[str]) -> tuple[Rule, ...]:
    known = [rule.id for rule in files.book.rules]
    unknown = [
        fault(Place("--rule"), "unknown_rule", found=id_, hint=hint(id_, known))
        for id_ in only
        if id_ not in known
    ]
    if unknown:
        raise InputError(unknown)
    return tuple(rule for rule in files.book.rules if not only or rule.id in only)


def _noticing(files: RuleFiles, rules: Sequence[Rule], folder: Path | None) -> Noticing:
    """The examples and fixtures, all of which hold for the rules as they are."""
    check = record_checker(files.book)
    problems = [
        problem
        for rule in rules
        for position in range(len(rule.examples))
        for problem in example_problems(files, rule, position, check)
    ]
    if problems:
        raise InputError(problems)
    fixtures = () if folder is None else read_fixtures(folder, files.book)
    noticing = Noticing(files.book, rules, fixtures)
    for rule, position in noticing.wrong_examples:
        place = files.place(rule.id, "examples", position, "then")
        problems.append(Problem(place, say("wrong_example", number=position + 1), "wrong_example"))
    for fixture in noticing.wrong_fixtures:
        place = fixture.document.place()
        problems.append(Problem(place, say("wrong_fixture", name=fixture.name), "wrong_fixture"))
    if problems:
        raise InputError(problems)
    return noticing


def _judged(files: RuleFiles, rule: Rule, noticing: Noticing) -> Iterator[Judged]:
    """Each mutant of a rule with its fate; no two have the same case."""
    cases: dict[str, int] = {}
    for mutant in mutants(rule, files.book):
        case = f"{rule.id} {mutant.operator}: {mutant.description.en}"
        cases[case] = cases.get(case, 0) + 1
        case += "" if cases[case] == 1 else f" ({cases[case]})"
        yield _fate(files, rule, mutant, noticing, case)


def _fate(files: RuleFiles, rule: Rule, mutant: Mutant, noticing: Noticing, case: str) -> Judged:
    from compliance.assure.solver import Undecided
    from compliance.assure.telling import telling

    if refused(mutant.rule, files.book):
        return Judged(case, mutant, Fate.REFUSED)
    if noticing.by_examples(rule, mutant.rule):
        return Judged(case, mutant, Fate.EXAMPLES)
    if noticing.by_fixtures(rule, mutant.rule):
        return Judged(case, mutant, Fate.FIXTURES)
    try:
        told = telling(files.book, rule, mutant.rule)
    except Undecided:
        return Judged(case, mutant, Fate.UNDECIDED)
    if told is None:
        return Judged(case, mutant, Fate.EQUIVALENT)
    return Judged(case, mutant, Fate.SURVIVOR, told.is_example, told.text)


def _remark(files: RuleFiles, judged: Judged) -> Remark:
    mutant = judged.mutant
    path = data_path(files.raw["rules"][mutant.rule.id], mutant.at)
    place = files.place(mutant.rule.id, *path, key=isinstance(path[-1], str))
    key = judged.fate.value
    if judged.fate is Fate.SURVIVOR:
        key += "_example" if judged.is_example else "_fixture"
    text = say(key, kind=KINDS[mutant.operator], change=mutant.description)
    return Remark(judged.fate.value, Level.ERROR, place, text, judged.case, judged.shown_by)


def _summary(rules: int, judged: Sequence[Judged]) -> Text:
    counts = {fate.value: sum(each.fate is fate for each in judged) for fate in Fate}
    return say("summary", rules=rules, total=len(judged), **counts)


def _table(judged: Sequence[Judged]) -> Text:
    """How many mutants of each kind met which fate."""
    from tabulate import tabulate

    fates = {name: [each.mutant.operator for each in judged if each.fate == name] for name in Fate}
    total = [each.mutant.operator for each in judged]
    tables = []
    for lang in LANGS:
        heads = [say("kind").in_(lang), *(text.in_(lang) for text in FATES.values())]
        rows = [
            [f"{name} {KINDS[name].in_(lang)}", total.count(name)]
            + [own.count(name) for own in fates.values()]
            for name in OPERATORS
            if name in total
        ]
        tables.append(tabulate(rows, heads, tablefmt="simple"))
    return Text(*tables)
