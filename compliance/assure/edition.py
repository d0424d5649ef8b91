"""The account held against a given text of the standard, and its digests renewed from it.

May import `words`, `errors`, `source`, `load`, `output` and `remarks`, and `wording`,
`captions` and `account` beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from compliance.assure.account import Account, Sentence
from compliance.assure.captions import annex_captions, captions, letters
from compliance.assure.wording import SourceSentence, differences, digest, sentences
from compliance.errors import InputError, Place, Problem
from compliance.load import WORDING, RuleFiles
from compliance.output import write_file
from compliance.remarks import Level, Remark
from compliance.remarks.visible import visible
from compliance.source import Document, Path_, read_text
from compliance.words import Text, listed
from compliance.words.coverage import NONE_TO_READ, say

_NEWLINE: Final = re.compile(r"(\r\n|[\n\r\x85\u2028\u2029])")  # what YAML takes for line ends


def standard_text(path: Path) -> str:
    """The text of the standard. Raises InputError where it cannot be read or says nothing."""
    text = read_text(path)
    if isinstance(text, Problem):
        raise InputError([text])
    if not sentences(text):
        raise InputError([Problem(Place(str(path)), say("no_sentence"), "no_sentence")])
    return text


def edition_remarks(account: Account, text: str, file: str) -> tuple[Remark, ...]:
    """Which sentences of `text` are changed, new or gone, in the text's order.

    Each is an error that names the rules to read again; `file` is the text's name.
    """
    return tuple(_remarks(account, sentences(text), file))


def _remarks(account: Account, given: tuple[SourceSentence, ...], file: str) -> Iterator[Remark]:
    known = account.sentences
    found = differences([s.digest for s in known], [s.digest for s in given])
    gone = [known[c.known] for c in found if c.given is None and c.known is not None]
    moved = {sentence.digest: sentence for sentence in gone}
    for change in found:
        old = known[change.known] if change.known is not None else None
        new = given[change.given] if change.given is not None else None
        if new is None and old is not None:
            yield _of_known("wording-gone", account, old, old.place)
        elif new is not None:
            place = Place(file, new.line, new.column)
            if old is not None:
                yield _of_known("wording-changed", account, old, place, f"# {visible(new.text)}")
            else:
                beside = known[max(change.before - 1, 0) : change.before + 1]
                after = beside[0] if change.before else None
                yield _of_new(account, new, place, beside, after, moved.get(new.digest))


def _of_known(
    check: str, account: Account, sentence: Sentence, place: Place, shown: str = ""
) -> Remark:
    part = account.parts.get(sentence.part)
    clause = part.written if part else Text(sentence.part, sentence.part)
    rules = _rules(account, (sentence,))
    key = check.replace("-", "_")
    text = say(key, found=sentence.id, clause=clause, rules=rules)
    return Remark(check, Level.ERROR, place, text, sentence.part, shown)


def _of_new(
    account: Account,
    new: SourceSentence,
    place: Place,
    beside: tuple[Sentence, ...],
    after: Sentence | None,
    same: Sentence | None,
) -> Remark:
    """`same` is a sentence of the same wording that is gone from its own place."""
    id_ = same.id if same else f"{after.part if after else 'CLAUSE'}#NUMBER"
    fate = same.fate.value if same else "FATE"
    line = f'- {{id: {id_}, fate: {fate}, digest: "{new.digest}"}}'
    shown = f"# {visible(new.text)}\n{line}"
    where = say("follows", found=after.id) if after else say("at_the_beginning")
    text = say("wording_new", where=where, rules=_rules(account, beside))
    return Remark("wording-new", Level.ERROR, place, text, after.part if after else "", shown)


def _rules(account: Account, beside: tuple[Sentence, ...]) -> Text:
    parts = [account.parts[s.part] for s in beside if s.part in account.parts]
    rules = tuple(dict.fromkeys(rule for part in parts for rule in part.readers))
    return listed(rules) if rules else NONE_TO_READ


def renew(files: RuleFiles, account: Account, text: str, file: str) -> tuple[str, ...]:
    """Write the digests of changed sentences and captions into wording.yaml; their names.

    A digest is replaced where it stands and all else kept. What is new or gone is left to the
    author. Raises InputError where there is no wording.yaml, or where less than half of its
    sentences are in `text`, which then is another document; OutputError where it cannot be
    written.
    """
    document = files.documents.get(WORDING)
    if document is None:
        place = Place(str(files.folder))
        raise InputError([Problem(place, say("write_without_wording"), "write_without_wording")])
    known, given = account.sentences, sentences(text)
    found = differences([s.digest for s in known], [s.digest for s in given])
    same = len(known) - sum(change.known is not None for change in found)
    if 2 * same < len(known):
        said = say("other_text", same=same, known=len(known))
        raise InputError([Problem(Place(file), said, "other_text")])
    new: dict[Path_, str] = {
        ("sentences", change.known, "digest"): given[change.given].digest
        for change in found
        if change.known is not None and change.given is not None
    }
    new |= _caption_digests(files, document, text)
    if new:
        _replace(document, new)
    return tuple(_name(known, path) for path in new)


def _caption_digests(files: RuleFiles, document: Document, text: str) -> dict[Path_, str]:
    """The digests of captions that annex B has, where wording.yaml has another."""
    in_annex = annex_captions(text)
    found: dict[Path_, str] = {}
    for section, key, caption in captions(files):
        committed = document.data["captions"][section].get(key)
        fresh = digest(letters(caption))
        if committed not in (None, fresh) and letters(caption) in in_annex:
            found[("captions", section, key)] = fresh
    return found


def _replace(document: Document, new: Mapping[Path_, str]) -> None:
    path = Path(document.file)
    pieces = _NEWLINE.split(path.read_bytes().decode("utf-8"))
    for at, fresh in new.items():
        place = document.place(at)
        old = document.data
        for step in at:
            old = old[step]
        line, column = 2 * ((place.line or 1) - 1), (place.column or 1) - 1
        start = pieces[line].index(old, column)
        pieces[line] = pieces[line][:start] + fresh + pieces[line][start + len(old) :]
    write_file(path, "".join(pieces).encode())


def _name(known: tuple[Sentence, ...], path: Path_) -> str:
    """What was renewed, as a person would call it: a sentence's id or a caption's key."""
    position = path[1]
    return known[position].id if isinstance(position, int) else f"{position}.{path[2]}"
