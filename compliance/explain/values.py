"""Which values are worth trying for a fact: one for each way that the tests can turn out.

Two values that every test treats alike are the same change to a reader, so a value stands
for its class. May import `condition`. Values are a record's scalars: dates are texts
YYYY-MM-DD, integers those that JSON holds exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Final

from compliance.condition import FactType, Op, Operand, Scalar

MOST_TEXT_PARTS: Final = 6
"""Up to so many `contains` operands are tried in every combination."""
_LARGEST: Final = 2**53 - 1


def compare(op: Op, value: Scalar | None, operand: Operand | None, day: str) -> bool | None:
    """Whether `value` stands to `operand` as `op` says; None where either was not observed.

    `day` is the inspection's date. The operand is a value, never a reference.
    """
    if value is None or operand is None:
        return None
    return _COMPARISONS[op](value, operand, day)


def month_number(day: object) -> int:
    """The months from January of the year 0 to that of `day` (YYYY-MM-DD)."""
    text = str(day)
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def month_of(number: int) -> str:
    """The month YYYY-MM with this number."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


def ordinal(value: object) -> int:
    """A number as it is; a date as its day number."""
    if isinstance(value, int):
        return value
    return date.fromisoformat(str(value)).toordinal()


def _same(value: Scalar, operand: Operand, _: str) -> bool:
    return type(value) is type(operand) and value == operand


def _one_of(value: Scalar, operand: Operand, _: str) -> bool:
    return isinstance(operand, tuple) and any(_same(value, item, _) for item in operand)


def _within(value: Scalar, operand: Operand, day: str) -> bool:
    return isinstance(operand, int) and 0 <= ordinal(day) - ordinal(value) <= operand


_COMPARISONS: Final[Mapping[Op, Callable[[Scalar, Operand, str], bool]]] = {
    Op.EQUALS: _same,
    Op.ONE_OF: _one_of,
    Op.AT_LEAST: lambda value, operand, _: ordinal(value) >= ordinal(operand),
    Op.AT_MOST: lambda value, operand, _: ordinal(value) <= ordinal(operand),
    Op.ON_OR_BEFORE: lambda value, operand, _: ordinal(value) <= ordinal(operand),
    Op.ON_OR_AFTER: lambda value, operand, _: ordinal(value) >= ordinal(operand),
    Op.CONTAINS: lambda value, operand, _: str(operand) in str(value),
    Op.WITHIN_DAYS: _within,
    Op.IN_MONTH_OF: lambda value, operand, _: month_number(value) == month_number(operand),
    Op.IN_MONTH_BEFORE: lambda value, operand, _: month_number(value) + 1 == month_number(operand),
}


def candidates(
    type_: FactType, landmarks: Iterable[Scalar], days: Iterable[int], day: str, *, linked: bool
) -> tuple[Scalar, ...]:
    """Values on each side of every landmark, the most natural first.

    `landmarks` are the operands and values of the fact's type, `days` the operands of
    `within_days`. A `linked` fact is compared with another that can change too, so its
    values are spread one step further. No date lies after the inspection's `day`.
    """
    if type_ is FactType.BOOLEAN:
        return (True, False)
    known = list(dict.fromkeys(landmarks))
    if type_ is FactType.INTEGER:
        return _integers([n for n in known if isinstance(n, int)], 2 if linked else 1)
    texts = [str(item) for item in known]
    if type_ is FactType.TEXT:
        return _texts(texts)
    near = {date.fromisoformat(text).toordinal() for text in (*texts, day)}
    for back in days:
        near |= {ordinal(day) - back, ordinal(day) - back - 1}
    for _ in range(2 if linked else 1):
        near |= {other for one in near for other in _around(one)}
    past = sorted((n for n in near if 1 <= n <= ordinal(day)), reverse=True)
    return tuple(date.fromordinal(n).isoformat() for n in past)


def _integers(known: list[int], reach: int) -> tuple[Scalar, ...]:
    steps = [step for n in range(1, reach + 1) for step in (n, -n)]
    spread = [*known, *(n + step for step in steps for n in known or [0])]
    return tuple(dict.fromkeys(n for n in spread if abs(n) <= _LARGEST))


def _texts(known: list[str]) -> tuple[Scalar, ...]:
    """Each text, their combinations, and one that shares no character with any."""
    spoken = set("".join(known))
    marks = ("样例", "示例", "·", *map(chr, range(0x4E00, 0x9FA6)))
    mark = next(mark for mark in marks if not spoken & set(mark))
    sizes = range(2, len(known) + 1) if len(known) <= MOST_TEXT_PARTS else (2, len(known))
    joined = [mark.join(parts) for size in sizes for parts in combinations(known, size)]
    whole = [*known, mark, *joined]
    return tuple(dict.fromkeys([*whole, *(text + mark for text in whole)]))


def _around(ordinal: int) -> Iterator[int]:
    """The neighbouring days and the edges of the months around; some may be no date."""
    if not 1 <= ordinal <= date.max.toordinal():
        return
    yield from (ordinal - 1, ordinal, ordinal + 1)
    number = month_number(date.fromordinal(ordinal).isoformat())
    for month in range(number - 1, number + 3):
        if 12 <= month < 12 * 10_000:
            first = date(month // 12, month % 12 + 1, 1).toordinal()
            yield from (first - 1, first)
