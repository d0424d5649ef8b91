"""`compliance rules check` as it is called: options, formats, summaries, exit statuses."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from compliance.cli import main
from compliance.load import shipped_rules
from compliance.remarks import FORMATS
from tests.cli_samples import call
from tests.doubtful import CASES, FOLDER, build

Capture = pytest.CaptureFixture[str]
COMMAND: Final = "import sys; from compliance.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A rule book with two contradicting rules, in a folder with blanks and Chinese."""
    return build(FOLDER / "contradiction-value.yaml", tmp_path / "规则 副本").book


def check(capfd: Capture, *args: object) -> tuple[int, str, str]:
    return call(capfd, "rules", "check", *args, "--lang", "en")


def test_a_clean_run(capfd: Capture) -> None:
    status, out, err = check(capfd)
    assert (status, err) == (0, "")
    assert out.startswith("The rules are well-formed: ") and out.count("\n") == 1
    assert call(capfd, "rules", "check")[1].startswith("规则无误：")


def test_findings_in_text(capfd: Capture, doubtful: Path) -> None:
    status, out, err = check(capfd, doubtful)
    assert (status, err) == (1, "")
    lines = out.splitlines()
    assert lines[0].startswith(f"{doubtful}/doubtful.yaml:22:3: [1].require: error: `1.1-a` and")
    assert lines[0].endswith("[contradiction]")
    assert lines[1] == "    # 1.1: pass, 1.1-a: fail" and lines[-1] == "1 problem(s)."


def test_warnings_do_not_fail_the_run(capfd: Capture, doubtful: Path) -> None:
    for named in ("contradiction", "1.1", "1.1-a"):
        status, out, _ = check(capfd, doubtful, "--warn", named)
        assert status == 0 and "warning: `1.1-a` and `1.1`" in out
        assert out.splitlines()[-1].startswith("1 warning(s). The rules are well-formed: ")
    assert check(capfd, doubtful, "--off", "implied")[0] == 1
    status, out, _ = check(capfd, doubtful, "--off", "contradiction")
    assert status == 1 and "[good-observation-worsens]" in out and "[pending-not-settled]" in out
    names = ("contradiction", "implied", "good-observation-worsens", "pending-not-settled")
    status, out, _ = check(capfd, doubtful, *(word for name in names for word in ("--off", name)))
    assert status == 0 and out.count("\n") == 1


def test_errors_and_warnings_are_both_counted(capfd: Capture, tmp_path: Path) -> None:
    book = build(FOLDER / "missing-remedy-placeholder.yaml", tmp_path).book
    file = book / "doubtful.yaml"
    text = file.read_text(encoding="utf-8").replace('id: "1.1"', "id: sup-alarm")
    file.write_text(text, encoding="utf-8")
    status, out, _ = check(capfd, book, "--warn", "missing-remedy")
    assert status == 1 and out.splitlines()[-1] == "1 problem(s), 2 warning(s)."


@pytest.mark.parametrize(
    ("option", "name", "said"),
    [
        ("--off", "never-fail", "there is no check `never-fail`; did you mean `never-fails`?"),
        ("--off", "1.1", "there is no check `1.1`; expected one of unused-fact,"),
        ("--warn", "1.1-b", "there is no check or rule `1.1-b`; did you mean `1.1"),
        ("--off", "unknown-fact", "`unknown-fact` is a fault for which a rule file cannot be read"),
        ("--warn", "unknown-fact", "`unknown-fact` is a fault for which a rule file"),
    ],
)
def test_an_id_that_does_not_exist(
    capfd: Capture, doubtful: Path, option: str, name: str, said: str
) -> None:
    status, out, err = check(capfd, doubtful, option, name)
    assert (status, out) == (2, "") and err.startswith(f"{option}: {said}")


def test_what_is_there_and_absent_has_one_name(capfd: Capture, tmp_path: Path) -> None:
    """`missing-remedy` is a fault and a check: the check can be switched, the fault cannot."""
    book = build(FOLDER / "missing-remedy-placeholder.yaml", tmp_path).book
    assert check(capfd, book, "--off", "missing-remedy")[0] == 0
    file = book / "doubtful.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(li for li in lines if "remedy:" not in li), encoding="utf-8")
    status, out, _ = check(capfd, book, "--off", "missing-remedy")
    assert status == 1 and "error" in out and out.splitlines()[0].endswith("[missing-remedy]")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("broken", [False, True], ids=["doubtful", "broken"])
def test_formats(capfd: Capture, doubtful: Path, name: str, broken: bool) -> None:
    if broken:
        (doubtful / "second.yaml").write_text("- id: x\n", encoding="utf-8")
    status, out, err = check(capfd, doubtful, "--format", name)
    assert (status, err) == (1, "")
    assert ("missing-key" if broken else "contradiction") in out
    if name == "json":
        data: dict[str, Any] = json.loads(out)
        assert data["command"] == "rules check"
        assert data["cases"] == ([] if broken else ["1.1", "1.1-a"])


def test_a_folder_that_cannot_be_read(capfd: Capture, tmp_path: Path) -> None:
    status, out, err = check(capfd, tmp_path / "missing")
    assert (status, out) == (2, "") and "there is no such file or folder" in err
    (tmp_path / "empty").mkdir()
    status, out, err = check(capfd, tmp_path / "empty", "--warn", "anything")
    assert (status, err) == (1, "") and out.count("[no-standard]") == 3
    status, _, err = check(capfd, "--standard", tmp_path / "missing")
    assert status == 2 and "missing" in err


def test_the_standard_given(capfd: Capture, tmp_path: Path) -> None:
    text = tmp_path / "standard.txt"
    text.write_text("1 范围\n本文件规定了样例。\n附录B\n（规范性）\n别的\n", encoding="utf-8")
    status, out, _ = check(capfd, "--standard", text)
    assert status == 1 and "[caption-differs]" in out


def test_without_solver(capfd: Capture, doubtful: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    status, out, err = check(capfd, doubtful)
    assert (status, err) == (0, "")
    assert out.startswith("The solver z3 is missing (") and out.count("\n") == 1
    assert ", left out: never-applies, never-fails," in out
    assert 'pip install "compliance[assure]". The rules are well-formed: ' in out
    (doubtful / "schema").mkdir()
    (doubtful / "schema" / "record.schema.json").write_text("{}", encoding="utf-8")
    status, out, err = check(capfd, doubtful)
    assert status == 1 and out.splitlines()[-1].startswith("1 problem(s). The solver z3 is missing")


def test_the_solver_is_loaded_for_its_checks_alone(doubtful: Path) -> None:
    from compliance.assure.lint.checks import CHECKS
    from compliance.assure.whole import INVARIANTS

    proving = [*(name for name, each in CHECKS.items() if each.solver), *INVARIANTS]
    off = [word for name in proving for word in ("--off", name)]
    code = (
        "import sys; from compliance.cli import main; main(sys.argv[1:]); "
        "print('z3' in sys.modules)"
    )
    for args, loaded in ((off, "False"), ([], "True")):
        done = subprocess.run(
            [sys.executable, "-c", code, "rules", "check", str(doubtful), *args],
            capture_output=True,
            text=True,
        )
        assert (done.stdout.splitlines()[-1], done.stderr) == (loaded, "")


def test_equal_input_gives_equal_bytes(doubtful: Path) -> None:
    made = set()
    for seed in ("0", "1", "7"):
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "rules", "check", str(doubtful), "--format", "json"],
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "LANG": "C"},
        )
        made.add(done.stdout)
    assert len(made) == 1 and json.loads(made.pop())["remarks"]


@pytest.mark.parametrize("path", CASES[::9], ids=lambda path: path.stem)
def test_the_cases_end_as_they_say(path: Path, tmp_path: Path, capfd: Capture) -> None:
    case = build(path, tmp_path)
    errors = any(line.startswith("error") for line in case.expected)
    assert check(capfd, case.book)[0] == int(errors)


def test_usage(capfd: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        main(["rules", "check", "--off"])
    assert end.value.code == 2 and "--off" in capfd.readouterr().err


def test_a_second_copy_of_the_shipped_rules_is_clean(capfd: Capture, tmp_path: Path) -> None:
    rules = shutil.copytree(shipped_rules(), tmp_path / "copy")
    assert check(capfd, rules) == check(capfd)
