"""A verification as text and as JSON.

May import `verify` and its helpers beside it, and what lies below the reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from compliance._version import __version__
from compliance.assure.revisions import FOLDER
from compliance.assure.verify import Derived, Difference, Result, Verification
from compliance.assure.verify_books import SHIPPED, Look, Search
from compliance.assure.verify_issued import Issued
from compliance.remarks.visible import json_text, visible
from compliance.words import Lang, Text
from compliance.words import verify as words
from compliance.words.report import LISTED, OPINIONS, REASONS


def as_text(found: Verification, lang: Lang) -> str:
    """What came of it in lines: file, rules, engines, each outlet, the count."""
    return "\n".join(_Lines(found, lang).all()) + "\n"


def as_json(found: Verification) -> str:
    """One object in contract words; keys in a fixed order."""
    issued, look = found.issued, found.search.found
    content = {
        "file": issued.file,
        "kind": issued.kind.value,
        "as_issued": issued.as_issued,
        "rules_digest": issued.rules_digest,
        "rules": look.place if look else None,
        "without": list(look.without) if look else None,
        "tool_version": {"issued": issued.tool_version, "current": __version__},
        "engines": list(found.engines),
        "differences": [_difference(difference) for difference in found.differences],
        "outlets": [_outlet(derived) for derived in found.outlets],
    }
    return json_text(content)


def _outlet(derived: Derived) -> dict[str, Any]:
    issued = derived.issued
    return {
        "outlet": issued["outlet"],
        "inspection": issued["inspection"],
        "record_digest": issued["record_digest"],
        "result": derived.result.value,
        "record": derived.record,
        "differences": [_difference(difference) for difference in derived.differences],
        "changed": list(derived.changed),
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "field": difference.field,
        "issued": difference.issued,
        "derived": difference.derived,
    }


_RESULTS: Final = {
    Result.SAME: words.SAME,
    Result.DIFFERS: words.DIFFERS,
    Result.NO_RECORD: words.NO_RECORD,
    Result.NOT_DERIVED: words.NOT_DERIVED,
    Result.ENGINES_DISAGREE: words.ENGINES_DISAGREE,
}


class _Lines:
    def __init__(self, found: Verification, lang: Lang) -> None:
        self.found = found
        self.lang: Lang = lang

    def say(self, text: Text, **values: object) -> str:
        return text.in_(self.lang).format(**values)

    def all(self) -> Iterator[str]:
        found = self.found
        yield from self.file(found.issued)
        yield from self.rules(found.search)
        if found.engines:
            text = words.ENGINES if len(found.engines) > 1 else words.ONE_ENGINE
            yield self.say(text, names=self.listed(found.engines))
        yield from (self.difference(difference) for difference in found.differences)
        for derived in found.outlets:
            yield from self.outlet(derived)
        if any(derived.result is Result.NO_RECORD for derived in found.outlets):
            places = self.listed(visible(str(path)) for path in found.sought.places)
            yield self.say(
                words.RECORDS_LOOKED,
                places=places,
                n=len(found.sought.records),
                bad=found.sought.faults,
            )
        counts = Counter(derived.result for derived in found.outlets)
        same, differs = counts[Result.SAME], counts[Result.DIFFERS]
        n = len(found.outlets)
        yield self.say(words.TOTAL, n=n, same=same, differs=differs, open=n - same - differs)

    def file(self, issued: Issued) -> Iterator[str]:
        kind = words.KINDS[issued.kind.value].in_(self.lang)
        yield self.say(words.ISSUED, file=visible(issued.file), kind=kind, n=len(issued.outlets))
        if issued.kind.value != "index":
            known = {True: words.AS_ISSUED, False: words.EDITED, None: words.UNKNOWN}
            yield self.say(known[issued.as_issued])
        if issued.tool_version != __version__:
            version = visible(issued.tool_version)
            yield self.say(words.VERSION, issued=version, current=__version__)

    def rules(self, search: Search) -> Iterator[str]:
        digest, look = self.found.issued.rules_digest, search.found
        if look is not None:
            without = self.say(words.WITHOUT) if look.without else ""
            place = self.place(look) + without
            yield self.say(words.RULES_FOUND, digest=digest, place=place)
            return
        yield self.say(words.RULES_MISSING, digest=digest)
        first = search.first
        yield self.say(words.LOOKED, place=self.place(first), digest=first.digest)
        if search.revisions:
            count = len(search.revisions)
            yield self.say(words.LOOKED_HISTORY, folder=FOLDER, n=count)
        if search.no_history is not None:
            yield self.say(words.NO_HISTORY, why=search.no_history.text.in_(self.lang))
        if search.shallow:
            yield self.say(words.SHALLOW)
        for revision in search.revisions:
            if revision.digest is None:
                yield self.say(words.SKIPPED, place=revision.place)
        yield self.say(words.RULES_ADVICE)

    def place(self, look: Look) -> str:
        return self.say(words.SHIPPED) if look.place == SHIPPED else visible(look.place)

    def outlet(self, derived: Derived) -> Iterator[str]:
        issued = derived.issued
        digest = issued["record_digest"]
        result = self.say(_RESULTS[derived.result], digest=digest)
        yield "  ".join((visible(issued["outlet"]), visible(issued["inspection"]), result))
        yield from (self.difference(difference) for difference in derived.differences)
        yield from (self.say(words.CHANGED, place=visible(path)) for path in derived.changed)
        yield from (f"    {problem.message(self.lang)}" for problem in derived.problems)

    def difference(self, difference: Difference) -> str:
        field = words.FIELDS[difference.field].in_(self.lang)
        issued, derived = self.value(difference.issued), self.value(difference.derived)
        return self.say(words.DIFFERENCE, field=field, issued=issued, derived=derived)

    def value(self, value: Any) -> str:
        """A value as issued, which may be no word of ours, or as derived."""
        if isinstance(value, list):
            return self.listed(self.value(item) for item in value) or self.say(words.NOTHING)
        known = OPINIONS.get(value) or REASONS.get(value)
        if known is not None:
            return known.in_(self.lang)
        return self.say(words.NOTHING) if value is None else visible(str(value))

    def listed(self, items: Iterable[str]) -> str:
        return LISTED.in_(self.lang).join(items)
