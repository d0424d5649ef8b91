"""Literals, and the columns and members' fields that conditions read.

May import `condition` and `dialects`, and sqlglot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlglot import exp

from compliance.condition import FactType, Scalar
from compliance.engines.sql.dialects import Expression, call, function, not_
from compliance.rulebook import INSPECTION_FACTS

MEMBER: Final = "member"
"""The parameter of functions over a list's members; no column is called so."""

_LARGEST: Final = 2**63 - 1  # no fact is as large, so that a larger literal compares alike


def column(name: str) -> Expression:
    """A column of the layer below."""
    return exp.column(name, quoted=True)


def text(value: str) -> Expression:
    """A text; in hex where a dialect could read a character of it in another way."""
    if value.isprintable() and not set(value) & set("'\"\\"):
        return exp.Literal.string(value)
    return call("TEXT_OF", exp.Literal.string(value.encode().hex()))


def number(value: int) -> Expression:
    """An integer of 64 bits."""
    return exp.convert(max(-_LARGEST, min(value, _LARGEST)))


def cast(value: Expression, to: str) -> Expression:
    """A value cast to a type of sqlglot's."""
    return exp.Cast(this=value, to=exp.DataType.build(to))


def day(value: str) -> Expression:
    """A date from its text YYYY-MM-DD."""
    return cast(exp.Literal.string(value), "date")


def literal(type_: FactType, value: Scalar) -> Expression:
    """A literal of a scalar type."""
    if type_ is FactType.TEXT:
        return text(str(value))
    if type_ is FactType.DATE:
        return day(str(value))
    return exp.convert(bool(value)) if type_ is FactType.BOOLEAN else number(int(value))


def titled(columns: Mapping[str, Expression], below: str | None = None) -> exp.Select:
    """A selection of columns under their titles; with those of the layer `below` it, if any."""
    aliases = [
        exp.Alias(this=each, alias=exp.to_identifier(title, quoted=True))
        for title, each in columns.items()
    ]
    if below is None:
        return exp.Select(expressions=aliases)
    return exp.Select(expressions=[exp.Star(), *aliases]).from_(below, copy=False)


def case(*branches: tuple[Expression, Expression], otherwise: Expression | None = None) -> exp.Case:
    """The result of the first branch whose condition is TRUE, else `otherwise` or NULL."""
    ifs = [exp.If(this=condition, true=result) for condition, result in branches]
    return exp.Case(ifs=ifs, default=otherwise)


def present(items: Sequence[Expression]) -> Expression:
    """The list of those items that are not NULL."""
    return kept(exp.Array(expressions=list(items)), is_known(exp.column("item")))


def kept(items: Expression, condition: Expression) -> Expression:
    """The items of a list for which a condition on the column `item` is TRUE."""
    return exp.ArrayFilter(this=items, expression=function(("item",), condition))


def is_(value: Expression, wanted: Expression) -> Expression:
    """Whether a value is TRUE, FALSE or NULL as wanted; never NULL itself."""
    plain = isinstance(value, exp.Column)
    return exp.Is(this=value if plain else exp.paren(value, copy=False), expression=wanted)


def is_known(value: Expression) -> Expression:
    """Whether a value is not NULL."""
    return not_(is_(value, exp.null()))


def empty(of: str) -> Expression:
    """The empty list of a type's values."""
    return cast(exp.Array(), f"array<{of}>")


def first_of_month(value: Expression) -> Expression:
    """The first day of a date's calendar month."""
    # DuckDB truncates a date to a timestamp, which compares more slowly.
    month = exp.DateTrunc(this=value, unit=exp.Literal.string("month"))  # type: ignore[no-untyped-call]  # sqlglot's own constructor
    return cast(month, "date")


def last_of_month(value: Expression) -> Expression:
    """The last day of a date's calendar month."""
    return exp.LastDay(this=value)


def last_of_month_before(value: Expression) -> Expression:
    """The last day of the calendar month before that of a date."""
    return exp.Sub(this=first_of_month(value), expression=exp.Literal.number(1))


def first_of_month_before(value: Expression) -> Expression:
    """The first day of the calendar month before that of a date."""
    return first_of_month(exp.paren(last_of_month_before(value), copy=False))


@dataclass(frozen=True, slots=True)
class Facts:
    """The lowest layer of the statement: what the conditions read, a column each.

    `columns` come to be as conditions are compiled, bounds of months and days among them, so
    that each is worked out once a record. Within a list's members, `fields` are theirs.
    """

    columns: dict[str, Expression] = field(default_factory=dict)
    fields: frozenset[str] = frozenset()

    def of_members(self, fields: frozenset[str]) -> Facts:
        """The same columns, seen from a member that has these fields."""
        return Facts(self.columns, fields)

    def read(self, name: str) -> Expression:
        """A fact, or a field of the member."""
        return self.derived(name, "", lambda value: value)

    def derived(
        self, name: str, what: str, derive: Callable[[Expression], Expression]
    ) -> Expression:
        """What follows from a fact or field; `what` tells such columns of one fact apart."""
        if name in self.fields:
            return derive(exp.column(name, MEMBER, quoted=True))
        title = f"{path(name)} {what}".strip()
        if title not in self.columns:
            self.columns[title] = derive(source(path(name)))
        return column(title)


def path(name: str) -> str:
    """Where a fact stands in a record, its parts joined by a dot."""
    return name if name in INSPECTION_FACTS else f"observations.{name}"


def source(dotted: str) -> Expression:
    """What stands at a path in the relation of records."""
    return exp.column(*reversed(dotted.split(".")), quoted=True)
