"""Changes of rules and what they do to inspections in words, for the text and the page.

May import everything up to the reports, `diff`, `diff_names`, `forecast` and `witness`. What
rule files and records say passes through `visible`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any as AnyValue
from typing import Final, NamedTuple, Union

from compliance.assure import witness
from compliance.assure.diff import Change, Ground, Instance, RuleChange, RulesDiff
from compliance.assure.diff_names import Entry
from compliance.assure.forecast import Cause, Forecast, Judged
from compliance.assure.reads import MONTHS, counts
from compliance.explain.describe import Wording
from compliance.outcome import Finding, Outcome
from compliance.record import Record
from compliance.remarks.visible import visible
from compliance.report import View, wording
from compliance.rulebook import Rule
from compliance.words import LANGS, Lang, Text
from compliance.words import diff as words
from compliance.words import report as reported


class Part(NamedTuple):
    """What of a rule differs: its name, and the lines of it before and after.

    Where both read the same, `note` says what differs and there are no lines.
    """

    name: str
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    note: str = ""


class Shown(NamedTuple):
    """A record in a sentence, and as an example to paste."""

    heading: str
    example: str


class Said:
    """Says things of one comparison in one language."""

    def __init__(self, diff: RulesDiff, lang: Lang) -> None:
        self.diff = diff
        self.lang: Lang = lang

    def say(self, text: Text, /, **values: object) -> str:
        """A text of the catalogue, filled in."""
        return text.in_(self.lang).format(**values)

    def listed(self, items: Iterable[str]) -> str:
        """The items one after the other."""
        return reported.LISTED.in_(self.lang).join(items)

    def sides(self) -> tuple[str, str]:
        """What was compared: where each side is from, and its digest."""
        diff = self.diff
        named = (
            (words.OLD, diff.old_name, diff.old.book.digest),
            (words.NEW, diff.new_name, diff.new.book.digest),
        )
        old, new = (
            self.say(words.SIDE, side=self.say(side), name=visible(name), digest=digest)
            for side, name, digest in named
        )
        return old, new

    def counts(self) -> str:
        """How many rules each thing became of."""
        found = Counter(each.change for each in self.diff.rules)
        return self.say(words.RULES_ARE, counts=self._counted(words.CHANGES, found))

    def _counted(self, names: Mapping[str, Text], found: Counter[AnyValue]) -> str:
        return reported.COMMA.in_(self.lang).join(
            self.say(words.COUNT, name=self.say(names[each.value]), count=found[each])
            for each in sorted(found, key=list(names).index)
        )

    # Rules ------------------------------------------------------------------------------

    def id(self, each: RuleChange) -> str:
        """The rule's id, both where it was renamed."""
        if each.change is Change.RENAMED and each.old and each.new:
            return self.say(words.RENAMED, old=visible(each.old.id), new=visible(each.new.id))
        return visible(each.rule.id)

    def title(self, each: RuleChange) -> str:
        """The rule's title."""
        return visible(each.rule.title.in_(self.lang))

    def keys(self, each: RuleChange) -> str:
        """The names of what differs."""
        if each.misread and not each.keys:
            return self.say(words.VOCABULARY_ALONE)
        return self.listed(self.say(words.KEYS[key]) for key in each.keys)

    def claim(self, each: RuleChange) -> str:
        """What is claimed of all records, and on what ground."""
        if each.misread:
            return self._misread(each)
        if each.undecided:
            return self.say(words.GAVE_UP)
        if each.change is Change.NOT_PROVED:
            return self.say(words.NOT_PROVED)
        cut = self.say(words.CUT, months=MONTHS) if each.ground is Ground.MONTHS else ""
        if each.change in (Change.ADDED, Change.REMOVED):
            said = self.say(words.CLAIMS[each.change.value])
            space = " " if self.lang == "en" else ""
            if not counts(each.rule):
                return said + space + self.say(words.UNCOUNTED)
            proved = each.ground is not Ground.NONE and not each.instances
            return said + space + self.say(words.NEVER, cut=cut) if proved else said
        claims = words.CLAIMS_WRITTEN if each.ground is Ground.WRITTEN else words.CLAIMS
        return self.say(claims[each.change.value], cut=cut)

    def _misread(self, each: RuleChange) -> str:
        found = each.misread
        assert found is not None, "asked where there is one"
        if found.old is None or found.new is None:
            return self.say(words.MOVED, name=visible(found.name))
        old, new = (self.say(words.TYPES[type_.value]) for type_ in (found.old, found.new))
        return self.say(words.RETYPED, name=visible(found.name), old=old, new=new)

    def parts(self, each: RuleChange) -> Iterator[Part]:
        """Each part of a rule that differs, in words; nothing for a rule on one side alone."""
        if each.old is None or each.new is None:
            return
        for key in each.keys:
            yield self._part(key, each.old, each.new)

    def _part(self, key: str, old: Rule, new: Rule) -> Part:
        """The lines of a part: in the other language where they are the same in this one."""
        name = self.say(words.KEYS[key])
        for lang in (self.lang, *LANGS):
            before = self._lines(key, old, Wording(self.diff.old.book, lang))
            after = self._lines(key, new, Wording(self.diff.new.book, lang))
            if before != after:
                return Part(name, before, after)
        text = words.OTHER_EXAMPLES if key == "examples" else words.SAME_IN_WORDS
        return Part(name, note=self.say(text))

    def _lines(self, key: str, rule: Rule, own: Wording) -> tuple[str, ...]:
        if key == "require":
            return tuple(map(visible, own.requirement(rule.require).lines()))
        if key == "when":
            return tuple(map(visible, own.condition(rule.when).lines())) if rule.when else ()
        if key == "effective":
            ends = (rule.effective_from, rule.effective_to)
            since, until = (end or self.say(words.OPEN) for end in ends)
            return (self.say(words.PERIOD, since=since, until=until),) if any(ends) else ()
        plain = _PLAIN[key](rule)
        said = (each.in_(own.lang) if isinstance(each, Text) else each for each in plain)
        text = self.listed(map(visible, said))
        return (text,) if text else ()

    # Records ----------------------------------------------------------------------------

    def instances(self, each: RuleChange) -> Iterator[Shown]:
        """The records on which the rules differ."""
        for name, kind in words.INSTANCES.items():
            found: Instance | None = getattr(each, name)
            if found is not None:
                yield self._instance(each, found, kind)

    def _instance(self, each: RuleChange, found: Instance, kind: Text) -> Shown:
        visit = found.record.inspection
        heading = self.say(
            words.INSTANCE,
            kind=self.say(kind),
            type=self.say(reported.OUTLET_TYPES[found.record.outlet.type.value]),
            stage=self.say(reported.STAGES[visit.stage.value]),
            date=visit.date,
            old=self._said(each.old, found.old),
            new=self._said(each.new, found.new),
        )
        then = found.new or found.old
        assert then is not None, "one of the rules is in force where they differ"
        return Shown(heading, visible(witness.example(found.record, then)))

    def _said(self, rule: Rule | None, outcome: Outcome | None) -> str:
        if rule is None:
            return self.say(words.NO_RULE)
        if outcome is None:
            return self.say(words.NOT_IN_FORCE)
        said = self.say(reported.OUTCOMES[outcome.value])
        if outcome is Outcome.FAIL and counts(rule) and rule.reason:
            reason = self.say(reported.REASONS[rule.reason.value])
            return self.say(words.OTHER_BOX, outcome=said, reason=reason)
        return said if counts(rule) else said + self.say(words.NOT_COUNTED)

    # Vocabulary -------------------------------------------------------------------------

    def entry(self, entry: Entry) -> str:
        """One thing of the vocabulary, the clauses or the form that differs."""
        subject, name = self.say(words.SUBJECTS[entry.subject.value]), visible(entry.name)
        if entry.key is None:
            text = words.ENTRY_REMOVED if entry.new is None else words.ENTRY_ADDED
            caption = self._caption(entry.old if entry.new is None else entry.new)
            return self.say(text, subject=subject, name=name, caption=caption)
        old, new = self._value(entry.old), self._value(entry.new)
        if old == new:  # the other language differs
            old, new = self._value(entry.old, whole=True), self._value(entry.new, whole=True)
        key = words.ENTRY_KEYS.get(entry.key)
        key_said = self.say(key) if key else visible(entry.key)
        return self.say(
            words.ENTRY_CHANGED, subject=subject, name=name, key=key_said, old=old, new=new
        )

    def _caption(self, data: Mapping[str, AnyValue]) -> str:
        return self._value(data.get("caption") or data.get("summary"))

    def _value(self, value: AnyValue, *, whole: bool = False) -> str:
        if value is None:
            return self.say(words.UNSET)
        if isinstance(value, bool):
            return self.say(reported.YES if value else reported.NO)
        if isinstance(value, list):
            return self.say(words.VALUE, text=self.listed(visible(str(item)) for item in value))
        if isinstance(value, dict):
            said = value.values() if whole or self.lang not in value else (value[self.lang],)
            return self.say(words.VALUE, text=" / ".join(visible(str(each)) for each in said))
        return self.say(words.VALUE, text=visible(str(value)))

    # Inspections ------------------------------------------------------------------------

    def judged(self, ahead: Forecast) -> Iterator[str]:
        """How many inspections and outlets there are, and how many of them change."""
        yield self.say(words.JUDGED, inspections=ahead.inspections, outlets=ahead.outlets)
        if ahead.problems:
            yield self.say(words.LEFT_OUT, count=ahead.problems)
        if not ahead.told and not ahead.tallies:
            yield self.say(words.NO_EFFECT)
            return
        found = Counter(each.direction for each in ahead.told)
        listed = [self._counted(words.DIRECTIONS, found)] if found else []
        stays = ahead.outlets - len(ahead.told)
        listed.append(self.say(words.COUNT, name=self.say(words.STAYS), count=stays))
        comma = reported.COMMA.in_(self.lang)
        yield self.say(words.DIRECTIONS_ARE, counts=comma.join(listed))
        if ahead.earlier:
            yield self.say(words.EARLIER, count=ahead.earlier)

    def moves(self, ahead: Forecast) -> list[tuple[str, ...]]:
        """The opinions before and after, and of how many outlets."""
        return [
            (*(self.say(reported.OPINIONS[opinion.value]) for opinion in pair), str(count))
            for pair, count in ahead.moves.items()
        ]

    def tallies(self, ahead: Forecast) -> list[tuple[str, ...]]:
        """What became of the findings of each rule."""
        return [
            (
                visible(each.cause.finding.rule),
                visible(each.cause.finding.title.in_(self.lang)),
                *(str(count) for count in (each.rises, each.falls, each.others)),
                *(self.say(words.STEP, old=o, new=n) for o, n in (each.failing, each.waiting)),
            )
            for each in ahead.tallies
        ]

    def latest(self, record: Record) -> str:
        """Which inspection speaks for an outlet."""
        visit = record.inspection
        return self.say(words.LATEST, inspection=visible(visit.id), date=visit.date)

    def opinions(self, judged: Judged) -> tuple[str, str]:
        """The opinions with their reasons, by the old rules and by the new."""
        old = wording.opinion(judged.old, View(self.lang, self.diff.old.book))
        return old, wording.opinion(judged.new, View(self.lang, self.diff.new.book))

    def cause(self, cause: Cause) -> str:
        """A rule and its outcomes."""
        finding = cause.finding
        return self.say(
            words.CAUSE,
            rule=visible(finding.rule),
            title=visible(finding.title.in_(self.lang)),
            old=self._found(cause.old, cause),
            new=self._found(cause.new, cause),
        )

    def _found(self, finding: Finding | None, cause: Cause) -> str:
        if finding is None:
            return self.say(words.NONE)
        said = self.say(reported.OUTCOMES[finding.outcome.value])
        if not finding.binding:
            return said + self.say(words.NOT_COUNTED)
        both = cause.old and cause.new and cause.old.outcome is cause.new.outcome
        if both and finding.reason and finding.outcome is Outcome.FAIL:
            reason = self.say(reported.REASONS[finding.reason.value])
            return self.say(words.OTHER_BOX, outcome=said, reason=reason)
        return said

    def to_do(self, cause: Cause) -> str:
        """What the outlet, or the inspector, has to do about a rule; empty where nothing."""
        finding = cause.new
        if finding is None or not finding.binding:
            return ""
        if finding.outcome is Outcome.FAIL:
            return visible(finding.remedy.in_(self.lang))
        if finding.outcome is Outcome.NOT_OBSERVED:
            view = View(self.lang, self.diff.new.book)
            what = self.listed(wording.decided(finding, view))
            return self.say(words.DO_OBSERVE, what=what or visible(finding.title.in_(self.lang)))
        return ""


_PLAIN: Final[Mapping[str, Callable[[Rule], Sequence[Union[str, Text]]]]] = {
    "title": lambda rule: (rule.title,),
    "clause": lambda rule: (rule.clause,),
    "cites": lambda rule: rule.cites,
    "verb": lambda rule: (words.VERBS[rule.verb.value],),
    "basis": lambda rule: (words.BASES[rule.basis.value],),
    "stage": lambda rule: (reported.STAGES[rule.stage.value],),
    "applies_to": lambda rule: [reported.OUTLET_TYPES[t.value] for t in sorted(rule.applies_to)],
    "reason": lambda rule: (reported.REASONS[rule.reason.value],) if rule.reason else (),
    "remedy": lambda rule: (rule.remedy,),
    "note": lambda rule: (rule.note,) if rule.note else (),
    "status": lambda rule: (words.TRIAL,) if rule.trial else (),
    "examples": lambda rule: (str(len(rule.examples)),),
}
