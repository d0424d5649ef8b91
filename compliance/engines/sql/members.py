"""Requirements that count a list's members, and what decided them.

The members are looked at in a layer of its own above the facts, so that a list is gone over
once for all that asks the same of it. May import `condition`, `rulebook`, `program`,
`conditions` and `terms`, and sqlglot.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from compliance.condition import AtLeast, Every, EveryMonthSince
from compliance.engines.program import Branches, Formula
from compliance.engines.sql import terms
from compliance.engines.sql.conditions import condition
from compliance.engines.sql.dialects import Expression, all_of, any_of, call, function, not_
from compliance.engines.sql.terms import MEMBER, Facts, column
from compliance.rulebook import RuleBook


@dataclass(frozen=True, slots=True)
class Members:
    """The layer of columns about members; they come to be as requirements are compiled."""

    book: RuleBook
    facts: Facts
    columns: dict[str, Expression] = field(default_factory=dict)
    _titles: dict[tuple[str, object], str] = field(default_factory=dict)

    def value(
        self, require: Every | AtLeast | EveryMonthSince, that: Branches | None
    ) -> Expression:
        """Whether the requirement holds; NULL where that is not known."""
        if isinstance(require, EveryMonthSince):
            return self._every_month(require, that)
        assert that is not None, "only a month's members may have no condition"
        truths = self._truths(require.of, that.satisfied)
        if isinstance(require, Every):
            every = call("ALL_TRUE", truths)
            return every if require.allow_none else all_of(_any_member(truths), every)
        if require.count == 1:
            return call("ANY_TRUE", truths)
        enough = [
            exp.GTE(this=_size(kept), expression=terms.number(require.count))
            for kept in (
                terms.kept(truths, exp.column("item")),
                terms.kept(truths, not_(terms.is_(exp.column("item"), exp.false()))),
            )
        ]
        return _sure_or_possible(*enough)

    def positions(self, require: Every | AtLeast, that: Branches, value: Expression) -> Expression:
        """The members, counted from 1, whose own truth is `value`; NULL of no list."""
        truths = self._truths(require.of, that.satisfied)
        same = exp.NullSafeEQ(this=exp.column("item"), expression=value)
        numbered = terms.case((same, call("POSITION_OF", exp.column("index"))))
        positions = exp.Transform(this=truths, expression=function(("item", "index"), numbered))
        return terms.kept(positions, terms.is_known(exp.column("item")))

    def months(
        self, require: EveryMonthSince, that: Branches | None, value: Expression
    ) -> Expression:
        """The months, YYYY-MM, whose own truth is `value`; NULL of no list or no first month."""
        first, until, count = self._calendar(require)
        sure, likely, undated = self._dated(require, that)
        every = exp.GenerateDateArray(
            start=first,
            end=until,
            step=exp.Interval(this=exp.Literal.string("1"), unit=exp.var("month")),
        )
        listed = exp.ArrayContains(this=sure, expression=exp.column("item"))
        possible = exp.ArrayContains(this=likely, expression=exp.column("item"))
        truth = terms.case(
            (listed, exp.true()),
            (any_of(undated, possible), exp.null()),
            otherwise=exp.false(),
        )
        decided = terms.kept(every, exp.NullSafeEQ(this=truth, expression=value))
        written = exp.Left(
            this=terms.cast(exp.column("item"), "text"), expression=exp.Literal.number(7)
        )
        texts = exp.Transform(this=decided, expression=function(("item",), written))
        counted = exp.GT(this=count, expression=exp.Literal.number(0))
        known = terms.is_known(self.facts.read(require.of))
        return terms.case((all_of(counted, known), texts))

    def _truths(self, of: str, that: Formula) -> Expression:
        """The list of the members' truth values."""
        title = self._title(of, that)
        if title not in self.columns:
            within = condition(that, self._within(of))
            self.columns[title] = self._each(of, within)
        return column(title)

    def _every_month(self, require: EveryMonthSince, that: Branches | None) -> Expression:
        _, _, count = self._calendar(require)
        sure, likely, undated = self._dated(require, that)
        all_sure = exp.EQ(this=_size(sure), expression=count)
        all_likely = exp.EQ(this=_size(likely), expression=count)
        holds = all_of(
            exp.GT(this=count, expression=exp.Literal.number(0)),
            _sure_or_possible(all_sure, any_of(undated, all_likely)),
        )
        # Without members nothing is known, not even where there is no month.
        known = terms.is_known(self.facts.read(require.of))
        return terms.case((known, holds))

    def _calendar(self, require: EveryMonthSince) -> tuple[Expression, Expression, Expression]:
        """The first days of the first and last month, and how many months they span."""
        first = self.facts.derived(require.since, "month from", terms.first_of_month)
        until = self.facts.derived("inspection.date", "month from", terms.first_of_month)
        between = exp.DateDiff(this=until, expression=first, unit=exp.var("month"))
        return first, until, exp.Add(this=between, expression=exp.Literal.number(1))

    def _dated(
        self, require: EveryMonthSince, that: Branches | None
    ) -> tuple[Expression, Expression, Expression]:
        """First days of the months that surely have a member, and of those that may have one.

        The third says whether a member without a date may stand in any month.
        """
        title = self._title(require.of, require)
        # Where the date alone counts, a member is in its month or in none.
        likely_title = f"{title} sure" if that is None else f"{title} likely"
        names = (f"{title} sure", likely_title, f"{title} undated")
        if names[0] not in self.columns:
            within = self._within(require.of)
            holds = exp.true() if that is None else condition(that.satisfied, within)
            open_ = not_(terms.is_(holds, exp.false()))
            dated_by = within.read(require.dated_by)
            no_date = all_of(terms.is_(dated_by, exp.null()), open_)
            self.columns[names[1]] = self._months_where(require, open_)
            self.columns[names[0]] = self._months_where(require, holds)
            self.columns[names[2]] = call("ANY_TRUE", self._each(require.of, no_date))
        sure, likely, undated = map(column, names)
        return sure, likely, undated

    def _months_where(self, require: EveryMonthSince, holds: Expression) -> Expression:
        within = self._within(require.of)
        inside = exp.Between(
            this=within.read(require.dated_by),
            low=self.facts.derived(require.since, "month from", terms.first_of_month),
            high=self.facts.derived("inspection.date", "month to", terms.last_of_month),
        )
        month = within.derived(require.dated_by, "month from", terms.first_of_month)
        months = self._each(require.of, terms.case((all_of(holds, inside), month)))
        known = terms.is_known(exp.column("item"))
        return exp.ArrayDistinct(this=terms.kept(months, known))

    def _each(self, of: str, expression: Expression) -> Expression:
        """The list of what an expression says of each member."""
        return exp.Transform(this=self.facts.read(of), expression=function((MEMBER,), expression))

    def _within(self, of: str) -> Facts:
        return self.facts.of_members(frozenset(f.name for f in self.book.facts[of].fields))

    def _title(self, of: str, what: object) -> str:
        return self._titles.setdefault((of, what), f"{of} {len(self._titles) + 1}")


def _size(items: Expression) -> Expression:
    return call("SIZE_OF", items)


def _any_member(items: Expression) -> Expression:
    return exp.GT(this=_size(items), expression=exp.Literal.number(0))


def _sure_or_possible(sure: Expression, possible: Expression) -> Expression:
    """TRUE where it is sure, else NULL where it is possible, else FALSE."""
    unknown = exp.Nullif(this=exp.paren(possible, copy=False), expression=exp.true())
    return any_of(sure, unknown)
