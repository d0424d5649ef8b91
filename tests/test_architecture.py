"""The shape of the package: layers, sizes, lazy imports, and documentation that is complete."""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from compliance import cli
from compliance.engines import ENGINES
from compliance.report import REPORTS

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = ROOT / "compliance"

# From the ground up; modules on one rung never import each other.
LAYERS: Final = (
    ("_version", "dump", "words", "progress"),
    ("outcome",),
    ("errors", "condition"),
    ("rulebook",),
    ("source",),
    ("structure", "output", "remarks"),
    ("requirement",),
    ("vocabulary",),
    ("load",),
    ("record", "record_schema"),
    ("record_check",),
    ("submission", "opinion"),
    ("engines",),
    ("explain", "report", "forms"),
    ("filing", "run", "assure", "intake"),
    ("summary",),
    ("cli",),
)
RUNG: Final = {name: number for number, names in enumerate(LAYERS) for name in names}
HEAVY: Final = (
    "PIL",
    "docx",
    "duckdb",
    "durable",
    "fontTools",
    "openpyxl",
    "sqlglot",
    "typst",
    "z3",
)
LINES: Final = 400


def owner(parts: list[str]) -> str:
    """The module or subpackage that a dotted name belongs to.

    A table `words.NAME` belongs to the module called NAME where there is one.
    """
    top, *rest = parts
    return rest[0] if top == "words" and rest and rest[0] in RUNG else top


def unit(path: Path) -> str:
    """The module or subpackage of `compliance` that a file belongs to."""
    return owner(list(path.relative_to(PACKAGE).with_suffix("").parts))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of each module or subpackage of `compliance` that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            top, *rest = name.split(".")
            if top == "compliance" and rest:
                yield node.lineno, owner(rest)


MODULES: Final = sorted(PACKAGE.rglob("*.py"))


def test_every_module_has_a_rung() -> None:
    assert {unit(path) for path in MODULES} - {"__init__", "__main__"} <= set(RUNG)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    own = unit(path)
    # The package itself gives the public names, and running it calls the command line.
    rung = RUNG.get(own, len(LAYERS))
    upwards = [
        f"line {line}: {name}"
        for line, name in imported(path)
        if name in RUNG and name != own and RUNG[name] >= rung
    ]
    assert upwards == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


@pytest.mark.parametrize("module", ["compliance", "compliance.cli"])
def test_an_import_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [], "")


def documentation() -> str:
    """README and docs in one text."""
    return "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *ROOT.glob("docs/*.md"))
    )


def documented(parser: argparse.ArgumentParser) -> Iterator[str]:
    """What has to be said of a parser: its commands, options and choices."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield command.prog
                yield from documented(command)
        elif "--help" not in action.option_strings:
            yield from action.option_strings
            yield from (f"`{choice}`" for choice in action.choices or ())


def test_commands_options_formats_and_engines_are_documented() -> None:
    top = cli.parser()
    top_words = set(documented(top))
    assert {"compliance check", "compliance opinion", "compliance explain"} <= top_words
    said = documentation()
    wanted = top_words | {f"`{name}`" for name in (*ENGINES, *REPORTS)}
    assert sorted(word for word in wanted if word not in said) == []


def test_both_readmes_give_the_same_commands() -> None:
    blocks = [
        re.findall(r"^```sh\n(.*?)^```", (ROOT / name).read_text(encoding="utf-8"), re.M | re.S)
        for name in ("README.md", "README.zh.md")
    ]
    assert [block.replace(" --lang en", "") for block in blocks[0]] == blocks[1]


def test_continuous_integration_runs_the_second_command_of_the_readme() -> None:
    command = ".ci/setup test && .ci/check"
    assert f"```sh\n{command}\n```" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
