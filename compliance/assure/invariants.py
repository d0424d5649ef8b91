"""What must hold of the rule book as a whole, proved for all records by the solver.

- A good observation never worsens an opinion, nor does a member that meets every rule.
- The order of members never matters, and neither does who somebody is.
- A pending opinion is settled as soon as all ways to fill its gaps agree.

`walk` holds the others. Where one fails, the records that differ are shown. May import
everything below `assure`, and of it the solver's modules and `witness`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import permutations
from operator import or_
from typing import Final

from compliance.assure import witness
from compliance.assure.compare import scopes
from compliance.assure.components import INSPECTED_ON, components
from compliance.assure.pairs import find_pair, observations, same, without
from compliance.assure.reads import counts, fields_read, names_read
from compliance.assure.settled import agreed_but_pending
from compliance.assure.solver import Undecided, World
from compliance.condition import Holds
from compliance.engines.direct import facts, judge
from compliance.load import RuleFiles
from compliance.outcome import Outcome, Stage
from compliance.record import Record
from compliance.remarks import Level, Remark
from compliance.rulebook import OutletType, Rule
from compliance.words import Text
from compliance.words.invariants import OPINIONS, VIOLATIONS

Check = Callable[[RuleFiles, OutletType, Sequence[Rule]], Iterator[Remark]]


def proved(files: RuleFiles) -> Iterator[Remark]:
    """A remark for each invariant that some record breaks, and for what could not be decided.

    Rules that share no fact are looked at apart: no observation joins them.
    """
    for type_, stage in scopes(files.book.rules):
        own = [r for r in files.book.rules if r.stage is stage and type_ in r.applies_to]
        for rules in components(own):
            for name, check in _CHECKS.items():
                try:
                    yield from check(files, type_, rules)
                except Undecided:
                    yield violation(
                        files, rules[0], "undecided-invariant", level=Level.WARNING, what=name
                    )


def violation(
    files: RuleFiles,
    rule: Rule,
    name: str,
    *records: Record,
    level: Level = Level.ERROR,
    **said: str | Text,
) -> Remark:
    """The remark that `name` does not hold, at `rule`, with the records that show it.

    `said` fills the blanks of the text; a Text fills each language with its own.
    """
    text = VIOLATIONS[name].filled(first=rule.id, **said)
    shown_by = "\n---\n".join(witness.file(record) for record in records)
    return Remark(name, level, files.place(rule.id, "require"), text, rule.id, shown_by)


def _binding(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules that decide the opinion; only the adaptation stage has one."""
    return tuple(rule for rule in rules if counts(rule) and rule.stage is Stage.ADAPTATION)


def _good(files: RuleFiles, type_: OutletType, rules: Sequence[Rule]) -> Iterator[Remark]:
    """Pairs of rules that one observation turns in opposite ways."""
    for first, second in permutations(_binding(rules), 2):
        shared = set(names_read(first)) & set(names_read(second)) - {INSPECTED_ON}
        if not shared:
            continue
        world = World(files.book, type_, first.stage, (first, second))
        gains, loses = world.verdict(first), world.verdict(second)
        here = world.in_force(first) & world.in_force(second) & gains.passed & loses.failed
        for observed, fact in observations(world):
            before = without(observed, gains.unknown & ~loses.failed)
            found = world.find(here, observed, before) if fact in shared else None
            if found is not None:
                yield violation(
                    files,
                    first,
                    "good-observation-worsens",
                    found.record,
                    fact=fact,
                    second=second.id,
                )
                break


def _member(files: RuleFiles, type_: OutletType, rules: Sequence[Rule]) -> Iterator[Remark]:
    """Rules that a further member worsens although it meets all that count its list."""
    counting = [rule for rule in _binding(rules) if not isinstance(rule.require, Holds)]
    for of in dict.fromkeys(rule.require.of for rule in counting):  # type: ignore[union-attr]
        own = [rule for rule in counting if rule.require.of == of]  # type: ignore[union-attr]
        world = World(files.book, type_, Stage.ADAPTATION, own, more=1)
        listed = world.lists[of]
        for rule in own:
            verdict = world.verdict(rule)
            added = []
            for n, (last, fields) in enumerate(zip(listed.present, listed.fields)):
                meets = [world.truth(each.require.that, fields) for each in own]
                alone = [~later for later in listed.present[n + 1 : n + 2]]
                worse = (verdict.failed & without(last, ~verdict.failed)) | (
                    verdict.unknown & without(last, verdict.passed)
                )
                added.append(reduce(lambda one, two: one & two, [last, worse, *meets, *alone]))
            found = world.find(world.in_force(rule), reduce(or_, added))
            if found is not None:
                yield violation(
                    files, rule, "good-member-worsens", found.record, fact=of, second=rule.id
                )


def _order(files: RuleFiles, type_: OutletType, rules: Sequence[Rule]) -> Iterator[Remark]:
    """Rules whose outcome changes when the first two members of their list change places."""
    for rule in rules:
        if isinstance(rule.require, Holds):
            continue
        of = rule.require.of
        one = World(files.book, type_, rule.stage, (rule,), more=1)
        two = World(files.book, type_, rule.stage, (rule,), more=1, tag="swapped ")
        order = (1, 0, *range(2, len(one.lists[of].fields)))
        pair = find_pair(
            one, two, same(one, two, order), one.lists[of].present[1], _differ(one, two, rule)
        )
        if pair is not None:
            yield violation(files, rule, "order-matters", *pair, fact=of)


def _identity(files: RuleFiles, type_: OutletType, rules: Sequence[Rule]) -> Iterator[Remark]:
    """Rules that read what is there for forms alone; nothing else of a person can be named."""
    for rule in rules:
        if isinstance(rule.require, Holds):
            continue
        fact = files.book.facts[rule.require.of]
        for name in dict.fromkeys(fields_read(rule, fact.name)):
            field = fact.field(name)
            if field is None or not (field.personal or field.serves):
                continue
            one = World(files.book, type_, rule.stage, (rule,))
            two = World(files.book, type_, rule.stage, (rule,), tag="other ")
            pair = find_pair(one, two, same(one, two, leaving_out=name), _differ(one, two, rule))
            if pair is not None:
                yield violation(files, rule, "reads-identity", *pair, fact=f"{fact.name}.{name}")


def _settled(files: RuleFiles, type_: OutletType, rules: Sequence[Rule]) -> Iterator[Remark]:
    """Rules that wait for what can no longer change the opinion."""
    binding = _binding(rules)
    found = agreed_but_pending(files.book, type_, binding) if binding else None
    if found is not None:
        record, opinion = found
        values = facts(record)
        waiting = next(
            rule
            for rule in binding
            if judge(files.book, rule)(values).outcome is Outcome.NOT_OBSERVED
        )
        yield violation(
            files, waiting, "pending-not-settled", record, expected=OPINIONS[opinion.value]
        )


def _differ(one: World, two: World, rule: Rule) -> object:
    first, second = one.verdict(rule), two.verdict(rule)
    return (first.passed != second.passed) | (first.failed != second.failed)


_CHECKS: Final[Mapping[str, Check]] = {
    "good-observation-worsens": _good,
    "good-member-worsens": _member,
    "order-matters": _order,
    "reads-identity": _identity,
    "pending-not-settled": _settled,
}
