"""Reading rule files: every kind of fault is said to the letter, all of them at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from compliance.errors import RulesError
from compliance.load import NAMED, load_rules, shipped_rules
from compliance.vocabulary import fnv1a

BROKEN = Path(__file__).parents[1] / "fixtures" / "broken" / "rules"
CASES = sorted(BROKEN.glob("*.yaml"))
TEXTS = "caption: {zh: 样例, en: Sample}, question: {zh: 样例？, en: Sample?}"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the shipped rules that a test may spoil."""
    return Path(shutil.copytree(shipped_rules(), tmp_path / "rules"))


def faults(rules: Path, *, named: bool = False) -> list[str]:
    """What is wrong with the folder, in English, its path written as {rules}.

    Where `named`, the name of each fault stands before it.
    """
    with pytest.raises(RulesError) as caught:
        load_rules(rules)
    assert all(problem.message("zh") for problem in caught.value.problems)
    return [
        (f"{p.key.replace('_', '-')}: " if named else "")
        + p.message("en").replace(str(rules), "{rules}")
        for p in caught.value.problems
    ]


def spoil(file: Path, old: str, new: str) -> None:
    """Put `new` in the place of the first `old`."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_broken_rules(case: Path, rules: Path) -> None:
    text = case.read_text(encoding="utf-8")
    (rules / "supplementary.yaml").write_text(text, encoding="utf-8")
    expected = [line[8:] for line in text.splitlines() if line.startswith("# error ")]
    expected = [line.replace("{file}", "{rules}/supplementary.yaml") for line in expected]
    assert faults(rules, named=True) == expected != []


def test_the_cases_are_many() -> None:
    assert len(CASES) >= 30


def fact(name: str) -> str:
    return f"  {name}: {{type: boolean, {TEXTS}, asked_of: [bank_branch], stages: [adaptation]}}\n"


def test_a_fact_with_a_reserved_name(rules: Path) -> None:
    spoil(rules / "facts.yaml", "facts:\n", "facts:\n" + fact("dated_by"))
    assert faults(rules) == [
        "{rules}/facts.yaml:6:3: facts.dated_by: `dated_by` is a word of the rule language and "
        "no name for a fact; rename it"
    ]


def test_facts_with_one_hash(rules: Path) -> None:
    assert fnv1a("costarring") == fnv1a("liquid")
    spoil(rules / "facts.yaml", "facts:\n", "facts:\n" + fact("costarring") + fact("liquid"))
    assert faults(rules) == [
        "{rules}/facts.yaml:7:3: facts.liquid: the names `liquid` and `costarring` have one 32-bit "
        "hash, so durable-rules would take one for the other; rename one"
    ]


def field_line(rules: Path) -> int:
    lines = (rules / "facts.yaml").read_text(encoding="utf-8").splitlines()
    return lines.index("    fields:") + 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("television", "the field `television` has the name of a fact; rename one of them"),
        ("that", "`that` is a word of the rule language and no name for a fact; rename it"),
    ],
)
def test_a_field_with_a_name_that_is_taken(name: str, said: str, rules: Path) -> None:
    field = f"      {name}: {{type: boolean, {TEXTS}}}\n"
    spoil(rules / "facts.yaml", "    fields:\n", "    fields:\n" + field)
    place = f"{{rules}}/facts.yaml:{field_line(rules)}:7: facts.staff.fields.{name}"
    assert faults(rules) == [f"{place}: {said}"]


def test_a_clause_whose_rule_is_gone(rules: Path) -> None:
    spoil(rules / "standard.yaml", "answers: [4.3.1.1-a]", "answers: [4.3.1.1-x]")
    (fault,) = faults(rules)
    assert fault.partition("answers[0]: ")[2] == (
        "clause `4.3.1.1-a` says that rule `4.3.1.1-x` answers it, but there is none; "
        "did you mean `4.3.1.1-g`?"
    )


@pytest.mark.parametrize("name", NAMED)
def test_a_named_file_is_missing(name: str, rules: Path) -> None:
    (rules / f"{name}.yaml").unlink()
    assert faults(rules) == [
        f"{{rules}}: {name}.yaml is missing; a rules folder has standard.yaml, facts.yaml and "
        "opinion.yaml"
    ]


def test_no_folder(rules: Path) -> None:
    assert faults(rules / "none") == [
        "{rules}: there is no such file or folder; check the spelling"
    ]


def test_a_file_for_a_folder(rules: Path) -> None:
    (said,) = faults(rules / "facts.yaml", named=True)
    assert said.startswith("not-a-rules-folder: {rules}: is a file; give the rules folder")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  verb: shall", "  verb：shall", ":6:3: is not valid YAML: the line should be `key: "),
        (
            "  verb: shall",
            "\tverb: shall",
            ":6:1: is not valid YAML: the line is indented by a tab",
        ),
        ("  verb: shall", "verb: shall", ":6:1: is not valid YAML: the next entry of the list"),
        ("  verb: shall", "   verb: shall", ":6:8: is not valid YAML: no colon can stand here"),
        ("业务等候区, en", "业务等候区，en", ":4:23: is not valid YAML: the braces are not closed"),
        ("zh: 在营", 'zh: "在"营', ":14:12: is not valid YAML: the next key is expected here"),
    ],
)
def test_a_file_that_is_no_yaml_is_the_only_fault(
    old: str, new: str, said: str, rules: Path
) -> None:
    spoil(rules / "adaptation" / "bank_branch.yaml", old, new)
    (fault,) = faults(rules, named=True)
    assert fault.startswith("syntax: {rules}/adaptation/bank_branch.yaml" + said)


def test_two_files_that_differ_in_their_ending_are_both_read(rules: Path) -> None:
    shutil.copy(rules / "supplementary.yaml", rules / "supplementary.yml")
    (fault,) = faults(rules)
    assert "the id `sup-monthly-publication` is taken by" in fault


def test_faults_of_several_files_are_shown_at_once(rules: Path) -> None:
    spoil(rules / "adaptation" / "bank_branch.yaml", "verb: shall", "verb: must")
    spoil(rules / "adaptation" / "rural_point.yaml", "verb: shall", "verb: must")
    files = [fault.split(":")[0] for fault in faults(rules)]
    assert files == [
        "{rules}/adaptation/bank_branch.yaml",
        "{rules}/adaptation/rural_point.yaml",
    ]
