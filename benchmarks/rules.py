"""How long `rules check` and `rules test` take on rule books of growing size.

    python benchmarks/rules.py [ROUNDS]

Writes rule books of 50, 100, 200 and 500 rules, each rule on facts of its own and of one of
six kinds (plain conditions, `when` and `any`, every quantifier), with the examples that it
needs, and prints for each the median of both commands in processor seconds, and how many times
as long as the smallest book it takes for how many times as many rules. The books take turns,
each run in a fresh process; the first round warms the disk and is not counted.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
SIZES: Final = (50, 100, 200, 500)
COMMANDS: Final = ("check", "test")
CODE: Final = "import sys; from compliance.cli import main; sys.exit(main())"
STATUSES: Final = (0, 1)

Kind = tuple[dict[str, Any], dict[str, Any], list[tuple[dict[str, Any], str]]]
"""The declaration of a rule's facts by name, what it requires, and its examples."""


def texts(zh: str, en: str) -> dict[str, str]:
    """A text in both languages."""
    return {"zh": zh, "en": en}


def types_of(number: int) -> list[str]:
    """The outlet types of a rule: one, or both."""
    return ["bank_branch"] if number % 2 else ["bank_branch", "rural_point"]


def fact(type_: str, number: int, **more: Any) -> dict[str, Any]:
    """The declaration of a fact."""
    return {
        "type": type_,
        "caption": texts(f"事实{number}", f"Fact {number}"),
        "question": texts(f"事实{number}如何？", f"What of fact {number}?"),
        "asked_of": types_of(number),
        "stages": ["adaptation"],
        **more,
    }


def listed(number: int, **types: str) -> dict[str, Any]:
    """The declaration of a list whose members have fields of these types."""
    fields = {n: {"type": t, "caption": texts(f"字段{n}", f"Field {n}")} for n, t in types.items()}
    return fact("list", number, fields=fields)


def truth(n: int) -> Kind:
    """One fact is true."""
    name = f"truth_{n}"
    return (
        {name: fact("boolean", n)},
        {"require": {name: True}},
        [({name: True}, "pass"), ({name: False}, "fail"), ({}, "not_observed")],
    )


def choice(n: int) -> Kind:
    """Either of two conditions, where a third fact says that the rule applies."""
    one, other, given = f"count_{n}", f"text_{n}", f"given_{n}"
    return (
        {one: fact("integer", n), other: fact("text", n), given: fact("boolean", n)},
        {
            "when": {given: True},
            "require": {"any": [{one: {"at_least": 3}}, {other: {"one_of": ["甲", "乙"]}}]},
        },
        [
            ({given: True, one: 3}, "pass"),
            ({given: True, one: 1, other: "丙"}, "fail"),
            ({given: True, one: 1}, "not_observed"),
            ({given: False}, "not_applicable"),
        ],
    )


def recent(n: int) -> Kind:
    """A date lies in the month of the inspection."""
    name = f"day_{n}"
    return (
        {name: fact("date", n)},
        {"require": {name: {"in_month_of": {"fact": "inspection.date"}}}},
        [({name: "2026-01-02"}, "pass"), ({name: "2025-06-02"}, "fail"), ({}, "not_observed")],
    )


def every(n: int) -> Kind:
    """Every member meets two conditions."""
    name, one, other = f"list_{n}", f"one_{n}", f"other_{n}"
    good, bad = {one: True, other: 2}, {one: False, other: 2}
    return (
        {name: listed(n, **{one: "boolean", other: "integer"})},
        {"require": {"every": name, "that": {one: True, other: {"at_least": 2}}}},
        [({name: [good]}, "pass"), ({name: [good, bad]}, "fail"), ({}, "not_observed")],
    )


def at_least(n: int) -> Kind:
    """Two members meet a condition."""
    name, one = f"list_{n}", f"one_{n}"
    return (
        {name: listed(n, **{one: "boolean"})},
        {"require": {"at_least": 2, "of": name, "that": {one: True}}},
        [
            ({name: [{one: True}, {one: True}]}, "pass"),
            ({name: [{one: True}]}, "fail"),
            ({}, "not_observed"),
        ],
    )


def monthly(n: int) -> Kind:
    """A member in every month since a date."""
    name, since, day = f"list_{n}", f"since_{n}", f"day_{n}"
    return (
        {name: listed(n, **{day: "date"}), since: fact("date", n)},
        {"require": {"every_month_since": {"fact": since}, "of": name, "dated_by": day}},
        [
            ({since: "2026-01-05", name: [{day: "2026-01-06"}]}, "pass"),
            ({since: "2025-12-05", name: [{day: "2026-01-06"}]}, "fail"),
            ({}, "not_observed"),
        ],
    )


KINDS: Final[tuple[Callable[[int], Kind], ...]] = (
    truth,
    choice,
    recent,
    every,
    at_least,
    monthly,
)


def write_book(folder: Path, size: int) -> None:
    """A rule book of `size` rules; JSON is YAML."""
    facts: dict[str, Any] = {}
    rules: list[dict[str, Any]] = []
    clauses: list[dict[str, Any]] = []
    for n in range(size):
        own, require, examples = KINDS[n % len(KINDS)](n)
        facts.update(own)
        clause = f"1.{n}"
        clauses.append(
            {
                "id": clause,
                "written": clause,
                "verb": "shall",
                "bearers": ["outlet"],
                "types": types_of(n),
                "stage": "adaptation",
                "summary": texts(f"样例条款{n}", f"Sample clause {n}"),
                "fate": "rules",
                "answers": [clause],
            }
        )
        rules.append(
            {
                "id": clause,
                "title": texts(f"样例要求{n}", f"Sample requirement {n}"),
                "clause": clause,
                "verb": "shall",
                "basis": "standard",
                "stage": "adaptation",
                "applies_to": types_of(n),
                **require,
                "reason": "other",
                "remedy": texts(f"请满足样例要求{n}。", f"Meet sample requirement {n}."),
                "examples": [{"given": given, "then": then} for given, then in examples],
            }
        )
    title = {"title": texts("样例规范", "Sample specification"), "edition": "Invented."}
    folder.mkdir()
    for name, data in (
        ("facts", {"version": "sample", "facts": facts}),
        ("standard", {**title, "clauses": clauses}),
        ("rules", rules),
    ):
        text = json.dumps(data, ensure_ascii=False, indent=1)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    form = (ROOT / "rules" / "opinion.yaml").read_text(encoding="utf-8")
    (folder / "opinion.yaml").write_text(form, encoding="utf-8")


def seconds(command: str, folder: Path) -> float:
    """Processor seconds of one run; one that cannot be made ends the benchmark."""
    arguments = (sys.executable, "-c", CODE, "rules", command, str(folder), "--lang", "en")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in STATUSES:
        sys.exit(done.stderr.decode(errors="replace"))
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments: list[str]) -> None:
    """Measure and print."""
    rounds = int(arguments[0]) if arguments else 3
    with tempfile.TemporaryDirectory() as name:
        folders = {size: Path(name) / str(size) for size in SIZES}
        for size, folder in folders.items():
            write_book(folder, size)
        runs = [
            {
                (command, size): seconds(command, folders[size])
                for command in COMMANDS
                for size in SIZES
            }
            for _ in range(rounds + 1)
        ][1:]
    print("rules  " + "  ".join(f"rules {command:5}  times" for command in COMMANDS) + "  as many")
    taken = {key: median(run[key] for run in runs) for key in runs[0]}
    for size in SIZES:
        cells = [
            f"{taken[command, size]:9.2f} s  {taken[command, size] / taken[command, SIZES[0]]:5.1f}"
            for command in COMMANDS
        ]
        print(f"{size:5}  " + "  ".join(cells) + f"  {size / SIZES[0]:7.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
