"""Rule folders read from git revisions: which files, called what, and what is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from compliance.assure import revisions
from compliance.assure.revisions import history, is_shallow, read_rules_at
from compliance.errors import ComplianceError, InputError, RulesError
from compliance.load import load_rules, read_rules, shipped_rules
from compliance.source import SIZE_LIMIT


def git(*command: str) -> str:
    """Run git in the current directory as somebody without settings."""
    settings = ("user.name=样例", "user.email=sample@example.invalid", "commit.gpgsign=false")
    chosen = [part for setting in settings for part in ("-c", setting)]
    done = subprocess.run(["git", *chosen, *command], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(message: str) -> str:
    """Commit everything in the current directory; the new revision."""
    git("add", "-A")
    git("commit", "-q", "--allow-empty", "-m", message)
    return git("rev-parse", "HEAD")


def reword(rules: Path, old: str, new: str) -> None:
    """Change the one place in the rule files that says `old`."""
    found = [path for path in sorted(rules.rglob("*.yaml")) if old in path.read_text("utf-8")]
    found[0].write_text(found[0].read_text("utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the shipped rules in `rules`, two revisions, and itself the current one."""
    top = tmp_path / "样例 仓库"
    shutil.copytree(shipped_rules(), top / "rules")
    monkeypatch.chdir(top)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    git("init", "-q", "-b", "main")
    commit("第一版")
    git("tag", "first")
    reword(top / "rules", "岗前培训", "上岗前培训")
    commit("第二版")
    return top


@pytest.mark.parametrize("where", ["first", "first:rules", "first:rules/", "HEAD~1", "main~1"])
def test_a_revision_is_read_as_its_folder_was(repository: Path, where: str) -> None:
    found = read_rules_at(where)
    whole = read_rules(shipped_rules())
    assert found.book.digest == whole.book.digest != load_rules(repository / "rules").digest
    assert list(found.documents) == list(whole.documents)
    assert [rule.id for rule in found.book.rules] == [rule.id for rule in whole.book.rules]


def test_a_folder_comes_before_a_revision_of_its_name(repository: Path) -> None:
    shutil.copytree(repository / "rules", repository / "first")
    assert read_rules_at("first").folder == Path("first")
    assert read_rules_at("first").book.digest == load_rules(repository / "rules").digest


def test_places_name_the_revision(repository: Path) -> None:
    found = read_rules_at("first")
    rule = found.book.rules[0]
    place = found.place(rule.id)
    assert str(found.folder) == "first:rules"
    assert place.file.startswith("first:rules/") and place.line == rule.line
    assert rule.file == place.file


def test_without_supplementary(repository: Path) -> None:
    expected = load_rules(shipped_rules(), supplementary=False).digest
    assert read_rules_at("first", supplementary=False).book.digest == expected


def test_any_directory_of_the_repository_will_do(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = read_rules_at("first").book.digest
    monkeypatch.chdir(repository / "rules" / "schema")
    # As git's own hooks have it; another repository's would be an error if it were used.
    monkeypatch.setenv("GIT_DIR", str(repository / "nowhere"))
    assert read_rules_at("first").book.digest == expected
    assert len(list(history())) == 2


def test_a_folder_of_another_name(repository: Path) -> None:
    git("mv", "rules", "规则 新")
    commit("改名")
    found = read_rules_at("HEAD:规则 新")
    assert found.book.digest == load_rules(repository / "规则 新").digest
    assert found.place(found.book.rules[0].id).file.startswith("HEAD:规则 新/")


def test_attributes_and_filters_have_no_say(repository: Path) -> None:
    expected = read_rules_at("HEAD").book.digest
    text = "*.yaml export-ignore\n*.yaml export-subst\n*.yaml filter=spoil\n"
    (repository / ".gitattributes").write_text(text, encoding="utf-8")
    git("config", "filter.spoil.smudge", "touch spoiled; cat")
    git("config", "filter.spoil.clean", "cat")
    commit("属性")
    assert read_rules_at("HEAD").book.digest == expected
    assert not (repository / "spoiled").exists()


def test_a_fault_of_a_revision_is_placed_in_it(repository: Path) -> None:
    (repository / "rules" / "facts.yaml").write_text("waiting_area: [", encoding="utf-8")
    (repository / "rules" / "opinion.yaml").write_bytes(b"\xff")
    (repository / "rules" / "standard.yaml").unlink()
    commit("坏")
    with pytest.raises(RulesError) as caught:
        read_rules_at("HEAD")
    problems = {problem.key: problem.place.file for problem in caught.value.problems}
    assert problems["syntax"] == "HEAD:rules/facts.yaml"
    assert problems["not_utf8"] == "HEAD:rules/opinion.yaml"
    assert problems["no_standard"] == "HEAD:rules"


def test_links_and_large_files_are_refused(repository: Path) -> None:
    (repository / "rules" / "linked.yaml").symlink_to(repository / "rules" / "facts.yaml")
    (repository / "rules" / "large.yaml").write_text("# " + "x" * SIZE_LIMIT, encoding="utf-8")
    commit("链接")
    with pytest.raises(RulesError) as caught:
        read_rules_at("HEAD")
    problems = {problem.place.file: problem.key for problem in caught.value.problems}
    assert problems["HEAD:rules/linked.yaml"] == "not_regular"
    assert problems["HEAD:rules/large.yaml"] == "too_large"


def test_a_folder_that_is_too_large_is_refused_before_it_is_read(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "FOLDER_LIMIT", 1000)
    with pytest.raises(InputError) as caught:
        read_rules_at("HEAD")
    assert [problem.key for problem in caught.value.problems] == ["folder_too_large"]


@pytest.mark.parametrize(
    ("where", "key"),
    [
        ("--help", "like_an_option"),
        ("-foo:rules", "like_an_option"),
        ("nowhere", "unknown_revision"),
        ("HEAD..first", "unknown_revision"),
        ("^HEAD", "unknown_revision"),
        ("HEAD^{tree}", "unknown_revision"),
        (":rules", "unknown_revision"),
        ("", "unknown_revision"),
        ("HEAD:docs", "not_in_revision"),
        ("HEAD:../rules", "not_in_revision"),
        ("HEAD:rules/facts.yaml", "not_in_revision"),
    ],
)
def test_what_is_no_revision_is_refused(repository: Path, where: str, key: str) -> None:
    with pytest.raises(InputError) as caught:
        read_rules_at(where)
    assert [problem.key for problem in caught.value.problems] == [key]


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(InputError) as caught:
        read_rules_at("HEAD")
    assert caught.value.problems[0].key == "no_repository"
    with pytest.raises(InputError):
        list(history())


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(ComplianceError) as caught:
        read_rules_at("first")
    assert caught.value.problems[0].key == "no_git"
    assert read_rules_at("rules").book.rules


def test_history_names_the_changes_of_the_folder_newest_first(repository: Path) -> None:
    revisions_ = [git("rev-parse", "HEAD"), git("rev-parse", "first")]
    (repository / "note.txt").write_text("与规则无关", encoding="utf-8")
    commit("其他")
    assert list(history()) == revisions_
    assert list(history("nowhere")) == []
    assert not is_shallow()


def test_history_of_a_repository_without_a_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    assert list(history()) == []


def test_a_clone_without_its_history_says_so(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("clone", "-q", "--depth", "1", repository.as_uri(), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert is_shallow() and len(list(history())) == 1
