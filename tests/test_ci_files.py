"""What others copy: hooks, workflow files, modelines. Each command in them must exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from compliance import cli
from compliance.load import NAMED, WORDING

ROOT: Final = Path(__file__).resolve().parents[1]
HOOKS: Final = ROOT / ".pre-commit-hooks.yaml"
WORKFLOWS: Final = sorted((ROOT / "docs" / "ci").glob("*.yml"))
_MODELINE: Final = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
_COMMANDS: Final = ("check", "test", "coverage", "mutate", "docs", "diff")


def texts(data: Any) -> Iterator[str]:
    """Every text in a YAML file's data, keys left out."""
    if isinstance(data, str):
        yield data
    for item in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from texts(item)


def calls(data: Any) -> list[list[str]]:
    """The arguments of each `compliance` command in a YAML file's data, as the shell has them."""
    found = []
    for line in "\n".join(texts(data)).splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        words = list(lexer)
        if words[:1] == ["compliance"]:
            ends = (at for at, word in enumerate(words) if set(word) <= set("<>|&;()"))
            found.append(words[1 : next(ends, len(words))])
    return found


def hooks() -> list[dict[str, Any]]:
    """The hooks that other repositories can use."""
    return list(yaml.safe_load(HOOKS.read_text(encoding="utf-8")))


def parsed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Fail, with what it says, where the command line does not take the arguments."""
    try:
        cli.parser().parse_args(arguments)
    except SystemExit:
        pytest.fail(f"compliance {shlex.join(arguments)}: {capsys.readouterr().err}")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_commands_of_the_workflows_parse(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = calls(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert {arguments[1] for arguments in found if arguments[0] == "rules"} == set(_COMMANDS)
    assert len(found) == path.read_text(encoding="utf-8").count("compliance rules ")
    for arguments in found:
        parsed(arguments, capsys)


def test_there_is_a_workflow_for_each_service() -> None:
    assert [path.name for path in WORKFLOWS] == ["github.yml", "gitlab-ci.yml"]


def test_hooks_run_commands_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert [hook["id"] for hook in hooks()] == ["compliance-rules-check", "compliance-rules-test"]
    for hook in hooks():
        assert hook["language"] == "python"
        command, *arguments = shlex.split(hook["entry"])
        assert command == "compliance"
        parsed([*arguments, *hook["args"]], capsys)


def test_hooks_start_where_rules_change() -> None:
    check, test = (re.compile(hook["files"]) for hook in hooks())
    files = [path.relative_to(ROOT).as_posix() for path in (ROOT / "rules").rglob("*.yaml")]
    assert all(check.search(file) and test.search(file) for file in files)
    assert test.search("fixtures/adaptation/branch-untrained/findings.yaml")
    assert not check.search("docs/rules/README.md") and not test.search("compliance/load.py")


# Modelines


def schema_of(path: Path) -> Path | None:
    """The schema that the first line of a file names to editors."""
    found = _MODELINE.match(path.read_text(encoding="utf-8"))
    return None if found is None else (path.parent / found[1]).resolve()


def test_each_rule_file_names_the_schema_that_it_is_held_against() -> None:
    for path in (ROOT / "rules").rglob("*.yaml"):
        name = path.relative_to(ROOT / "rules").with_suffix("").as_posix()
        kind = name if name in (*NAMED, WORDING) else "rules"
        assert schema_of(path) == ROOT / "rules" / "schema" / f"{kind}.schema.json", path


def test_each_sample_record_names_the_schema_of_records() -> None:
    records = [p for p in (ROOT / "inspections").rglob("*.yaml") if p.parent.name != "applications"]
    assert len(records) > 20
    for path in records:
        assert schema_of(path) == ROOT / "rules" / "schema" / "record.schema.json", path
