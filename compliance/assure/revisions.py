"""Rule folders as they stand on disk or stood in a git revision.

The files of a revision are read from git's store straight into memory: no work tree is
touched, no hook, filter or attribute of the repository has a say, and messages name a file as
`REV:PATH`. May import `load` and what lies below it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from compliance.errors import InputError, Place, Problem
from compliance.load import RuleFiles, build_rules, file_key, read_rules
from compliance.source import SIZE_LIMIT, Document, fault, parse
from compliance.words.revisions import TEXTS

FOLDER: Final = "rules"
"""Where the rules stand in a repository, unless PATH is given."""

FOLDER_LIMIT: Final = 64 * 2**20  # bytes of all rule files of a revision together

_COMMIT: Final = re.compile(r"[0-9a-f]{40,64}\Z")
# Set by git for its hooks: they would put another repository in place of the current directory's.
_ELSEWHERE: Final = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE"),
    *("GIT_NAMESPACE", "GIT_PREFIX"),
)
_REGULAR: Final = ("100644", "100755", "100664")  # the last is of old repositories


class _Entry(NamedTuple):
    """A file of a revision: `name` is POSIX and below the rules folder, `size` in bytes."""

    mode: str
    id: str
    size: int
    name: str


def read_rules_at(where: str, *, supplementary: bool = True) -> RuleFiles:
    """The rules of a folder or, where there is no such folder, of a git revision.

    `where` is a folder, `REV` or `REV:PATH`, with PATH from the top of the repository to the
    rules (default `rules`); the repository is that of the current directory. Places name files
    as `where` does. Raises InputError where there is neither, RulesError where the files are
    no rule book.
    """
    if os.path.isdir(where):
        return read_rules(Path(where), supplementary=supplementary)
    revision, colon, path = where.partition(":")
    folder = PurePosixPath(path) if colon else PurePosixPath(FOLDER)
    if where.startswith("-"):
        raise _refused(where, "like_an_option", found=where)
    commit = _commit(where, revision)
    shown = f"{revision}:{folder}"
    found = _documents(shown, _entries(where, revision, commit, folder))
    return build_rules(Path(shown), found, supplementary=supplementary)


def history(path: str = FOLDER) -> Iterator[str]:
    """The commits up to HEAD that changed the folder at `path`, newest first.

    `path` leads from the top of the current directory's repository. Raises InputError where
    there is no git or no repository.
    """
    _check_repository(path)
    listed = _git("rev-list", "--full-history", "HEAD", "--", f":(top,literal){path}")
    yield from listed.stdout.decode("ascii").split()


def is_shallow() -> bool:
    """Whether the current directory's repository is a clone without all of its history."""
    return _git("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _commit(where: str, revision: str) -> str:
    _check_repository(where)
    found = _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") if revision else None
    commit = found.stdout.decode("ascii", "replace").strip() if found else ""
    if not _COMMIT.match(commit):
        raise _refused(where, "unknown_revision", found=revision)
    return commit


def _check_repository(where: str) -> None:
    if shutil.which("git") is None:
        raise _refused(where, "no_git")
    found = _git("rev-parse", "--git-dir")
    if found.returncode:
        raise _refused(where, "no_repository", why=_why(found))


def _entries(where: str, revision: str, commit: str, folder: PurePosixPath) -> list[_Entry]:
    """The YAML files below `folder`, by their names' parts as a folder on disk is read."""
    inside = "" if folder == PurePosixPath() else str(folder)
    listed = _git("ls-tree", "-r", "-l", "-z", "--full-tree", f"{commit}:{inside}")
    if listed.returncode:
        raise _refused(where, "not_in_revision", revision=revision, found=str(folder))
    entries = []
    for line in listed.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        facts, name = line.split("\t", 1)
        mode, _, id_, size = facts.split()
        if name.endswith((".yaml", ".yml")):
            entries.append(_Entry(mode, id_, int(size) if size.isdigit() else 0, name))
    total = sum(entry.size for entry in entries)
    if total > FOLDER_LIMIT:
        raise _refused(where, "folder_too_large", found=total, limit=FOLDER_LIMIT)
    return sorted(entries, key=lambda entry: PurePosixPath(entry.name).parts)


def _documents(shown: str, entries: Sequence[_Entry]) -> dict[str, Document | Problem]:
    """Each file read or refused, as `build_rules` takes them."""
    wanted = [e for e in entries if e.mode in _REGULAR and e.size <= SIZE_LIMIT]
    contents = _contents(shown, wanted)
    found: dict[str, Document | Problem] = {}
    for entry in entries:
        file = f"{shown}/{entry.name}"
        if entry.mode not in _REGULAR:
            found[file_key(entry.name)] = _problem(file, "not_regular")
        elif entry.size > SIZE_LIMIT:
            large = fault(Place(file), "too_large", found=entry.size, limit=SIZE_LIMIT)
            found[file_key(entry.name)] = large
        else:
            found[file_key(entry.name)] = _document(contents[entry.id], file)
    return found


def _document(content: bytes, file: str) -> Document | Problem:
    try:
        return parse(content.decode("utf-8-sig"), file)
    except UnicodeDecodeError as error:
        return fault(Place(file), "not_utf8", offset=error.start + 1)


def _contents(shown: str, entries: Sequence[_Entry]) -> dict[str, bytes]:
    """The bytes of each object by its id."""
    asked = "".join(f"{entry.id}\n" for entry in entries).encode("ascii")
    given = _git("cat-file", "--batch", sent=asked)
    contents: dict[str, bytes] = {}
    start = 0
    for entry in entries:
        head = given.stdout[start:].split(b"\n", 1)[0] if not given.returncode else b""
        if head != f"{entry.id} blob {entry.size}".encode("ascii"):
            file = f"{shown}/{entry.name}"
            why = head.decode("ascii", "replace") or _why(given)
            raise InputError([_problem(file, "unreadable_object", why=why)])
        start += len(head) + 1
        contents[entry.id] = given.stdout[start : start + entry.size]
        start += entry.size + 1
    return contents


def _git(*command: str, sent: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What git's plumbing answers; it reads no more of the settings than whom to trust."""
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    given = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1"}
    return subprocess.run(
        ["git", "--no-pager", *command],
        input=sent,
        capture_output=True,
        env={**kept, **given},
        check=False,
    )


def _why(done: subprocess.CompletedProcess[bytes]) -> str:
    """The first line of what git says of a failure."""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else f"git: {done.returncode}"


def _refused(where: str, key: str, **args: object) -> InputError:
    return InputError([_problem(where, key, **args)])


def _problem(file: str, key: str, **args: object) -> Problem:
    return Problem(Place(file), TEXTS[key].filled(**args), key)
