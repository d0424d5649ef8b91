"""One record with nothing fixed: a z3 term for each thing that rules may read of it.

A fact is a pair: whether it was observed, and its value. A date is its month, counted from
the year 0, and its day in it, since most of what rules ask of dates is about months. Only
`solver` imports this module; z3 is loaded with it. May import everything below `assure`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any as AnyValue
from typing import Final, Union

import z3

from compliance.condition import FactType
from compliance.rulebook import INSPECTION_FACTS, Fact

INTEGER_LIMIT: Final = 2**53 - 1
_LONG: Final = (0, 2, 4, 6, 7, 9, 11)
"""The months of 31 days, January being 0."""
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FAR: Final = 3700
"""Days beyond which listing the months takes longer than counting."""
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar: `month` from January of the year 0, `day` from 1."""

    month: z3.ArithRef
    day: z3.ArithRef

    @property
    def order(self) -> z3.ArithRef:
        """A number that grows with the days; its steps mean nothing."""
        return self.month * 32 + self.day

    @property
    def ordinal(self) -> z3.ArithRef:
        """The number of days from the first of January of the year 1, which is 1."""
        year, month = self.month / 12, self.month % 12
        past = year - 1
        days = past * 365 + past / 4 - past / 100 + past / 400
        lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30]
        before: z3.ArithRef = z3.IntVal(0)
        for number in range(1, 12):
            before = z3.If(month >= number, z3.IntVal(sum(lengths[:number])), before)
        leap_day = z3.If(z3.And(month >= 2, _leap(year)), 1, 0)
        return days + before + leap_day + self.day

    def valid(self) -> z3.BoolRef:
        """Whether the calendar has the day, in the years 1 to 9999."""
        month = self.month % 12
        february = z3.If(_leap(self.month / 12), 29, 28)
        long = z3.Or(*(month == number for number in _LONG))
        length = z3.If(long, 31, z3.If(month == 1, february, 30))
        return z3.And(self.month >= 12, self.month < 120_000, self.day >= 1, self.day <= length)


def within_days(day: Day, last: Day, days: int) -> z3.BoolRef:
    """Whether `day` lies at most so many days before `last`, and not after it.

    Told by how many months lie between them and which month it begins with, as z3 is slow
    with the divisions of a day's number. Only the months round the limit need their lengths.
    """
    if days > _FAR:
        past = last.ordinal - day.ordinal
        return z3.And(past >= 0, past <= days)
    apart, year, month = last.month - day.month, day.month / 12, day.month % 12
    sure = max((days - 30) // 31, -1)
    found = [z3.And(apart >= 0, apart <= sure, z3.Implies(apart == 0, last.day >= day.day))]
    for months in range(sure + 1, days // 28 + 2):
        for first in range(12):
            between = range(first, first + months)
            past = last.day - day.day + sum(_LENGTHS[number % 12] for number in between)
            for number in between:
                if number % 12 == 1:
                    past = past + z3.If(_leap(year + number // 12), 1, 0)
            found.append(z3.And(apart == months, month == first, past >= 0, past <= days))
    return z3.Or(*found)


def day_of(text: str) -> Day:
    """The day of a date YYYY-MM-DD."""
    year, month, day = map(int, text.split("-"))
    return Day(z3.IntVal(year * 12 + month - 1), z3.IntVal(day))


def _leap(year: z3.ArithRef) -> z3.BoolRef:
    return z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))


class Undecided(Exception):
    """z3 gave up before it found a record or proved that there is none."""


Sort = Union[z3.ExprRef, Day]


@dataclass(frozen=True, slots=True)
class Term:
    """A scalar: whether it is observed, and its value where it is."""

    known: z3.BoolRef
    value: Sort
    type: FactType

    def same(self, other: Term) -> z3.BoolRef:
        """Whether both are observed with one value, or neither is observed."""
        return z3.And(
            self.known == other.known, z3.Implies(self.known, equal(self.value, other.value))
        )


@dataclass(frozen=True, slots=True)
class Members:
    """A list: whether it was looked at, and its members, those that are there first."""

    known: z3.BoolRef
    present: tuple[z3.BoolRef, ...]
    fields: tuple[dict[str, Term], ...]


def equal(left: Sort, right: Sort) -> z3.BoolRef:
    """Whether two values of one type are the same."""
    if isinstance(left, Day):
        assert isinstance(right, Day), "dates are compared with dates"
        return z3.And(left.month == right.month, left.day == right.day)
    return left == right


def literal(type_: FactType, value: AnyValue) -> Sort:
    """The value of a literal operand."""
    if type_ is FactType.DATE:
        return day_of(value)
    if type_ is FactType.BOOLEAN:
        return z3.BoolVal(value)
    return z3.StringVal(_escaped(value)) if type_ is FactType.TEXT else z3.IntVal(value)


def _escaped(text: str) -> str:
    """A text as z3 takes it: escaped, and in UTF-16, since its characters end at U+2FFFF."""
    units = text if max(text, default="") <= "\U0002ffff" else _utf16(text)
    return "".join(c if " " <= c <= "~" and c != "\\" else f"\\u{{{ord(c):x}}}" for c in units)


def _utf16(text: str) -> str:
    data = text.encode("utf-16-be")
    return "".join(chr(data[n] << 8 | data[n + 1]) for n in range(0, len(data), 2))


def _unescaped(text: str) -> str:
    units = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
    try:
        return units.encode("utf-16-be", "surrogatepass").decode("utf-16-be")
    except UnicodeDecodeError as error:
        # Half of a character that is spelt in two: no text of a record, so nothing was shown.
        raise Undecided(f"no text: {error.reason}") from error


def term(name: str, type_: FactType, *, known: bool | None = None) -> Term:
    """A fresh term; observed or not, unless `known` says so."""
    observed = z3.Bool(f"{name}?") if known is None else z3.BoolVal(known)
    if type_ is FactType.DATE:
        return Term(observed, Day(z3.Int(f"{name}/month"), z3.Int(f"{name}/day")), type_)
    make = {FactType.BOOLEAN: z3.Bool, FactType.TEXT: z3.String}.get(type_, z3.Int)
    return Term(observed, make(name), type_)


def members(fact: Fact, size: int, read: Container[str], tag: str = "") -> Members:
    """A list of at most `size` members, with the fields that are `read`.

    Fields that a member must have are observed.
    """
    name = f"{tag}{fact.name}"
    return Members(
        z3.Bool(f"{name}?"),
        tuple(z3.Bool(f"{name}[{n}]") for n in range(size)),
        tuple(
            {
                field.name: term(
                    f"{name}[{n}].{field.name}", field.type, known=field.required or None
                )
                for field in fact.fields
                if field.name in read
            }
            for n in range(size)
        ),
    )


def inspection_terms(read: Container[str], tag: str = "") -> dict[str, Term]:
    """The inspection's own dates that are `read`; its day is always there, and always known."""
    return {
        name: term(f"{tag}{name}", type_, known=name == "inspection.date" or None)
        for name, type_ in INSPECTION_FACTS.items()
        if name == "inspection.date" or name in read
    }


def valid(found: Term, last: Day) -> Iterator[z3.BoolRef]:
    """What a record demands of a value: no date after the inspection, no number out of range."""
    if isinstance(found.value, Day):
        yield z3.Implies(found.known, z3.And(found.value.valid(), found.value.order <= last.order))
    elif found.type is FactType.INTEGER:
        yield z3.And(found.value >= -INTEGER_LIMIT, found.value <= INTEGER_LIMIT)
    elif found.type is FactType.TEXT and z3.is_true(found.known):
        # What a member must have is not blank; beginning with no blank is the simplest such text.
        yield z3.StrToCode(z3.SubString(found.value, 0, 1)) > ord(" ")


def value_in(model: z3.ModelRef, found: Term) -> bool | int | str | None:
    """What a model says of a term, as a record holds it; None where it is not observed."""
    if not z3.is_true(model.eval(found.known, model_completion=True)):
        return None
    if isinstance(found.value, Day):
        month, day = (
            model.eval(part, model_completion=True).as_long()
            for part in (found.value.month, found.value.day)
        )
        return f"{month // 12:04}-{month % 12 + 1:02}-{day:02}"
    value = model.eval(found.value, model_completion=True)
    if found.type is FactType.BOOLEAN:
        return bool(z3.is_true(value))
    if found.type is FactType.INTEGER:
        return int(value.as_long())
    return _unescaped(value.as_string())
