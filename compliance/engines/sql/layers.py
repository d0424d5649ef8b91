"""The layers that the statement stands on, up to each rule's verdict.

May import `condition`, `rulebook`, `outcome`, `source`, `program` and the modules of this
package below it: `members`, `conditions`, `terms`, `dialects`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from compliance.condition import EveryMonthSince, Holds
from compliance.engines.program import Compiled, compile_rule
from compliance.engines.sql import terms
from compliance.engines.sql.conditions import NoSuchOperator, condition
from compliance.engines.sql.dialects import Expression, all_of, any_of, not_
from compliance.engines.sql.members import Members
from compliance.engines.sql.terms import Facts, case, column, is_
from compliance.errors import Place, RulesError
from compliance.outcome import Outcome, Verb
from compliance.rulebook import Rule, RuleBook
from compliance.source import fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the statement says of a rule, as columns of the layer of verdicts.

    `value` is TRUE, FALSE or NULL as the rule passes, fails or neither, and NULL where it does
    not apply. `dated` says whether it is in force on the day, `applies` whether it is and may
    apply; None stands for always. `subjects` are the members, counted from 1, or the months
    YYYY-MM that decided; None where the rule counts none.
    """

    rule: Rule
    value: Expression
    dated: Expression | None
    applies: Expression | None
    subjects: Expression | None

    @property
    def binding(self) -> bool:
        """Whether it counts towards the opinion."""
        return self.rule.verb is not Verb.SHOULD and not self.rule.trial

    @property
    def counts_months(self) -> bool:
        """Whether its subjects are months."""
        return isinstance(self.rule.require, EveryMonthSince)

    @property
    def or_exempt(self) -> Expression:
        """The value, TRUE where the rule does not apply."""
        return self.value if self.applies is None else any_of(not_(self.applies), self.value)

    def is_(self, outcome: Outcome) -> Expression:
        """Whether the outcome is this one, for a rule in force; never NULL."""
        if outcome is Outcome.NOT_APPLICABLE:
            return exp.false() if self.applies is None else not_(self.applies)
        wanted = {Outcome.PASS: exp.true(), Outcome.FAIL: exp.false()}.get(outcome, exp.null())
        found = is_(self.value, wanted)
        if outcome is Outcome.NOT_OBSERVED and self.applies is not None:
            return all_of(found, self.applies)
        return found


class Layers:
    """Facts, members and verdicts of a rule book; each layer sees the columns below it.

    `paths` are what else is to be had of a record. Raises RulesError for what has no SQL.
    """

    def __init__(self, book: RuleBook, paths: Iterable[str]) -> None:
        self._facts = Facts({path: terms.source(path) for path in paths})
        self._members = Members(book, self._facts)
        self._columns: dict[str, Expression] = {}
        self.verdicts: Mapping[str, Verdict] = {r.id: self._verdict(r) for r in book.rules}

    def stacked(self, source: Expression) -> tuple[tuple[str, exp.Select], ...]:
        """The layers by name, the lowest first, over a relation of records."""
        return (
            ("facts", terms.titled(self._facts.columns).from_(source, copy=False)),
            ("members", terms.titled(self._members.columns, "facts")),
            ("verdicts", terms.titled(self._columns, "members")),
        )

    def _verdict(self, rule: Rule) -> Verdict:
        compiled = compile_rule(rule)
        try:
            when = None
            if compiled.when is not None:
                when = condition(compiled.when.satisfied, self._facts)
            value = self._required(compiled)
        except NoSuchOperator as error:
            place = Place(rule.file, rule.line)
            raise RulesError([fault(place, "no_sql", rule=rule.id, found=str(error))]) from error
        dated = self._dated(rule)
        # Numbered, since the names of columns that differ in case alone are one name.
        title = f"rule {len(self._columns) + 1} {rule.id}"
        value_column, applies = column(title), None
        if when is None and dated is None:
            self._columns[title] = value
        else:
            going = [each for each in (dated, when) if each is not None]
            may_go = [dated] if dated is not None else []
            if when is not None:
                may_go.append(not_(is_(when, exp.false())))
            self._columns[title] = case((all_of(*going), value))
            self._columns[f"{title} applies"] = all_of(*may_go)
            applies = column(f"{title} applies")
        subjects = self._subjects(compiled, value_column)
        if subjects is not None and when is not None:
            subjects = case((when, subjects))
        return Verdict(rule, value_column, dated, applies, subjects)

    def _required(self, compiled: Compiled) -> Expression:
        if not isinstance(compiled.require, Holds):
            return self._members.value(compiled.require, compiled.that)
        assert compiled.that is not None, "what must hold of the outlet is a condition"
        return condition(compiled.that.satisfied, self._facts)

    def _subjects(self, compiled: Compiled, value: Expression) -> Expression | None:
        require = compiled.require
        if isinstance(require, Holds):
            return None
        if isinstance(require, EveryMonthSince):
            return self._members.months(require, compiled.that, value)
        assert compiled.that is not None, "members are counted by a condition"
        return self._members.positions(require, compiled.that, value)

    def _dated(self, rule: Rule) -> Expression | None:
        """Whether the rule is in force on the day of the inspection; None for every day."""
        inspected_on = self._facts.read("inspection.date")
        bounds: list[Expression] = []
        if (first := rule.effective_from) is not None:
            bounds.append(exp.GTE(this=inspected_on, expression=terms.day(first)))
        if (last := rule.effective_to) is not None:
            bounds.append(exp.LTE(this=inspected_on, expression=terms.day(last)))
        return all_of(*bounds) if bounds else None
