"""A comparison of rule books, and the forecast, as text for terminals.

May import `diff_said` and what it imports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tabulate import tabulate
from wcwidth import wcswidth

from compliance.assure.diff import RuleChange, RulesDiff
from compliance.assure.diff_said import Said
from compliance.assure.forecast import Forecast, Told
from compliance.remarks.visible import visible
from compliance.words import Lang, Text
from compliance.words import diff as words
from compliance.words import report as reported

_GAP: Final = 2
_HEAD_ROOM: Final = 2  # tabulate makes a column at least that much wider than its head
_NARROWEST: Final = 16


def as_text(diff: RulesDiff, ahead: Forecast | None, lang: Lang, width: int | None) -> str:
    """What was compared, each rule that differs, the rest, then the forecast.

    `width` is the columns that tables are wrapped to, None where they are not.
    """
    text = _Text(diff, lang, width)
    parts = ["\n".join(text.said.sides()), *text.rules()]
    if ahead is not None:
        parts += text.forecast(ahead)
    return "\n\n".join(parts) + "\n"


class _Text:
    def __init__(self, diff: RulesDiff, lang: Lang, width: int | None) -> None:
        self.diff, self.width = diff, width
        self.said = Said(diff, lang)
        self.lang: Lang = lang

    # Rules ------------------------------------------------------------------------------

    def rules(self) -> Iterator[str]:
        said = self.said
        if self.diff.same:
            yield said.say(words.SAME)
            return
        yield said.counts()
        if differing := self.diff.differing:
            rows = [
                (said.say(words.CHANGES[e.change.value]), said.id(e), said.title(e), said.keys(e))
                for e in differing
            ]
            yield self.table(words.RULE_HEADS, rows)
            yield from ("\n".join(self.rule(each)) for each in differing)
        if self.diff.entries:
            heading = said.say(words.ENTRIES)
            yield "\n".join((heading, *(f"- {said.entry(each)}" for each in self.diff.entries)))

    def rule(self, each: RuleChange) -> Iterator[str]:
        said = self.said
        change = said.say(words.CHANGES[each.change.value])
        yield f"{change}  {said.id(each)}  {said.title(each)}"
        yield f"  {said.claim(each)}"
        for name, old, new, note in said.parts(each):
            if note:
                yield "  " + reported.SAID.in_(self.lang).format(fact=name, value=note)
                continue
            yield f"  {name}"
            for side, lines in ((words.WAS, old), (words.IS, new)):
                first, *others = lines or (said.say(words.NOTHING),)
                lead = said.say(side, text="")
                yield f"    {lead}{first}"
                yield from (f"    {' ' * wcswidth(lead)}{line}" for line in others)
        for shown in said.instances(each):
            yield f"  {shown.heading}"
            yield f"    {shown.example}"

    # Inspections ------------------------------------------------------------------------

    def forecast(self, ahead: Forecast) -> Iterator[str]:
        said = self.said
        yield "\n".join((said.say(words.FORECAST), *said.judged(ahead)))
        if ahead.moves:
            yield f"{said.say(words.MOVES)}\n{self.table(words.MOVE_HEADS, said.moves(ahead))}"
        if ahead.tallies:
            yield f"{said.say(words.TALLIES)}\n{self.table(words.TALLY_HEADS, said.tallies(ahead))}"
        if not ahead.told:
            yield said.say(words.NOBODY)
            return
        yield said.say(words.TOLD)
        for bank, outlets in ahead.banks():
            yield said.say(words.BANK, bank=visible(bank), count=len(outlets))
            yield from ("\n".join(self.told(each)) for each in outlets)

    def told(self, each: Told) -> Iterator[str]:
        said, record = self.said, each.judged.record
        old, new = said.opinions(each.judged)
        moved = said.say(words.STEP, old=old, new=new)
        direction = said.say(words.DIRECTIONS[each.direction.value])
        outlet = f"{visible(record.outlet.id)} {visible(record.outlet.name)}"
        yield f"  {outlet}  {moved}  [{direction}]  {said.latest(record)}"
        for cause in each.causes:
            yield f"    - {said.cause(cause)}"
            if to_do := said.to_do(cause):
                name = said.say(words.TOLD_HEADS[-1])
                yield "      " + reported.SAID.in_(self.lang).format(fact=name, value=to_do)

    # Tables -----------------------------------------------------------------------------

    def table(self, heads: Sequence[Text], rows: Sequence[Sequence[str]]) -> str:
        """A table whose last column takes what the others leave."""
        said = [self.said.say(head) for head in heads]
        table = tabulate(
            rows,
            headers=said,
            tablefmt="simple",
            disable_numparse=True,
            maxcolwidths=self._widths(said, rows),
        )
        return "\n".join(line.rstrip() for line in table.splitlines())

    def _widths(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> list[int | None] | None:
        if self.width is None:
            return None
        natural = [
            max(wcswidth(head) + _HEAD_ROOM, *map(wcswidth, column))
            for head, column in zip(heads, zip(*rows))
        ]
        left = self.width - sum(natural[:-1]) - _GAP * (len(natural) - 1)
        if natural[-1] <= left:
            return None
        return [*[None] * (len(natural) - 1), max(left, _NARROWEST)]
