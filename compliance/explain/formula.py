"""The smallest sets of choices that make a formula true, in order of size.

A formula combines literals: a cell takes one of some values. Choice 0 of a cell is what
stands in the record and costs nothing; any other choice costs one. The formula is monotone
in its literals, the cells' values are not ordered, and the search is exact: what it returns
is minimal, and `complete` says whether it is all. May import nothing of the project.
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Union

IMPOSSIBLE: Final = 10**9
EFFORT: Final = 1_000_000
"""How many literals one search may look at before it stops and says so."""

Choice = tuple[Hashable, int]
Choices = frozenset[Choice]


@dataclass(frozen=True, slots=True)
class Literal:
    """The cell takes a choice whose bit is set in `mask`."""

    cell: Hashable
    mask: int


@dataclass(frozen=True, slots=True)
class And:
    """Every item holds; items of different `groups` share no cell."""

    items: tuple[Formula, ...]
    groups: tuple[tuple[Formula, ...], ...] = field(compare=False, repr=False, default=())


@dataclass(frozen=True, slots=True)
class Or:
    """At least one item holds."""

    items: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """At least `count` items hold; `apart` where no two of them share a cell."""

    count: int
    items: tuple[Formula, ...]
    apart: bool = field(compare=False, default=False)


Formula = Union[Literal, And, Or, Need]
TRUE: Final = And(())
FALSE: Final = Or(())


def conjunction(items: Iterable[Formula]) -> Formula:
    """All of `items`, flattened, with the literals of a cell put together."""
    masks: dict[Hashable, int] = {}
    rest: dict[Formula, None] = {}
    for item in _flat(items, And):
        if isinstance(item, Literal):
            masks[item.cell] = masks.get(item.cell, item.mask) & item.mask
        elif item == FALSE:
            return FALSE
        else:
            rest[item] = None
    if 0 in masks.values():
        return FALSE
    parts = (*(Literal(cell, mask) for cell, mask in masks.items()), *rest)
    return parts[0] if len(parts) == 1 else And(parts, _groups(parts))


def disjunction(items: Iterable[Formula]) -> Formula:
    """Any of `items`, flattened, with the literals of a cell put together."""
    masks: dict[Hashable, int] = {}
    rest: dict[Formula, None] = {}
    for item in _flat(items, Or):
        if isinstance(item, Literal):
            masks[item.cell] = masks.get(item.cell, 0) | item.mask
        elif item == TRUE:
            return TRUE
        else:
            rest[item] = None
    literals = (Literal(cell, mask) for cell, mask in masks.items() if mask)
    parts = (*literals, *rest)
    return parts[0] if len(parts) == 1 else Or(parts)


def need(count: int, items: Iterable[Formula]) -> Formula:
    """At least `count` of `items`."""
    kept = [item for item in items if item != FALSE]
    count -= kept.count(TRUE)
    kept = [item for item in kept if item != TRUE]
    if count <= 0:
        return TRUE
    if len(kept) < count:
        return FALSE
    if count == 1:
        return disjunction(kept)
    if count == len(kept):
        return conjunction(kept)
    return Need(count, tuple(kept), len(_groups(kept)) == len(kept))


def _flat(items: Iterable[Formula], kind: type[And] | type[Or]) -> Iterator[Formula]:
    for item in items:
        if isinstance(item, kind):
            yield from item.items
        elif not (isinstance(item, Literal) and not item.mask and kind is Or):
            yield item


def cells(formula: Formula) -> Iterator[Hashable]:
    """Each cell that the formula reads; cells may repeat."""
    if isinstance(formula, Literal):
        yield formula.cell
    else:
        for item in formula.items:
            yield from cells(item)


def _groups(items: Sequence[Formula]) -> tuple[tuple[Formula, ...], ...]:
    """The items parted so that those that share a cell stand together."""
    groups: list[tuple[set[Hashable], list[Formula]]] = []
    for item in items:
        read, members = set(cells(item)), [item]
        apart = []
        for other in groups:
            if other[0] & read:
                read |= other[0]
                members = [*other[1], *members]
            else:
                apart.append(other)
        groups = [*apart, (read, members)]
    return tuple(tuple(members) for _, members in groups)


@dataclass(frozen=True, slots=True)
class Found:
    """The minimal sets found, by size; all there are where `complete`."""

    sets: tuple[Choices, ...]
    complete: bool


Lesser = Mapping[Choice, tuple[int, ...]]
"""For a choice that consists of several things, the cell's choices that are part of it."""


def smallest(formula: Formula, limit: int, lesser: Lesser) -> Found:
    """The minimal sets of choices that make `formula` true, the smallest `limit` first.

    Parts that share no cell are searched on their own and put together in order of size.
    No set holds a choice of which a `lesser` one would do.
    """
    parts = formula.groups if isinstance(formula, And) else ((formula,),)
    found = Found((frozenset(),), complete=True)
    for part in parts:
        own = _Search(conjunction(part), limit, lesser).run()
        found = _product(found, own, limit)
    return found


def _product(left: Found, right: Found, limit: int) -> Found:
    """The unions of sets without a common cell, in order of size."""
    complete = left.complete and right.complete
    if not left.sets or not right.sets:
        return Found((), complete or _none(left) or _none(right))
    heap = [(len(one) + len(right.sets[0]), n, 0) for n, one in enumerate(left.sets)]
    heapq.heapify(heap)
    sets: list[Choices] = []
    while heap and len(sets) < limit:
        _, i, j = heapq.heappop(heap)
        sets.append(left.sets[i] | right.sets[j])
        if j + 1 < len(right.sets):
            heapq.heappush(heap, (len(left.sets[i]) + len(right.sets[j + 1]), i, j + 1))
    return Found(tuple(sets), complete and not heap)


def _none(found: Found) -> bool:
    return found.complete and not found.sets


class _Search:
    """Depth first under a rising bound on size, so that smaller sets come first.

    A set that is not yet enough leaves some part of the formula false; whatever completes
    it must make a choice that helps that part, so only those are tried, each forbidden
    to the branches after its own. Nothing is found twice and nothing is missed.
    """

    def __init__(self, formula: Formula, limit: int, lesser: Lesser) -> None:
        self.formula = formula
        self.limit = limit
        self.lesser = lesser
        self.chosen: dict[Hashable, int] = {}
        self.forbidden: dict[Hashable, int] = {}
        self.found: list[Choices] = []
        self.effort = EFFORT
        self.beyond = False
        self.bound = 0

    def run(self) -> Found:
        first = self.distance(self.formula)
        if first >= IMPOSSIBLE:
            return Found((), complete=True)
        self.bound, self.beyond = first, True
        while self.beyond and not self.stopped:
            self.beyond = False
            self.descend()
            self.bound += 1
        return Found(tuple(self.found), not self.stopped)

    @property
    def stopped(self) -> bool:
        return self.effort <= 0 or len(self.found) >= self.limit

    def descend(self) -> None:
        left = self.distance(self.formula)
        if left >= IMPOSSIBLE or self.stopped:
            return
        size = len(self.chosen)
        if size + left > self.bound:
            self.beyond = True
            return
        now = frozenset(self.chosen.items())
        if any(smaller <= now for smaller in self.found):
            return
        if not left:
            if not self.excessive(now):
                self.found.append(now)
            return
        kept = dict(self.forbidden)
        for cell, choice in self.helpful(self.formula):
            self.chosen[cell] = choice
            self.descend()
            del self.chosen[cell]
            self.forbidden[cell] = self.forbidden.get(cell, 0) | 1 << choice
        self.forbidden = kept

    def excessive(self, choices: Choices) -> bool:
        """Whether a part of one choice would do: less said is never more satisfied."""
        for cell, choice in choices:
            for part in self.lesser.get((cell, choice), ()):
                self.chosen[cell] = part
                enough = self.distance(self.formula) == 0
                self.chosen[cell] = choice
                if enough:
                    return True
        return False

    def distance(self, formula: Formula) -> int:
        """How many choices at least are missing; 0 exactly where the formula holds."""
        if isinstance(formula, Literal):
            return self._missing(formula)
        if isinstance(formula, Or):
            return min(map(self.distance, formula.items), default=IMPOSSIBLE)
        if isinstance(formula, And):
            total = sum(max(map(self.distance, group)) for group in formula.groups)
        else:
            nearest = sorted(map(self.distance, formula.items))[: formula.count]
            total = sum(nearest) if formula.apart else nearest[-1]
        return min(total, IMPOSSIBLE)

    def _missing(self, literal: Literal) -> int:
        self.effort -= 1
        choice = self.chosen.get(literal.cell)
        if choice is not None:
            return 0 if literal.mask >> choice & 1 else IMPOSSIBLE
        if literal.mask & 1:
            return 0
        return 1 if self._open(literal) else IMPOSSIBLE

    def _open(self, literal: Literal) -> int:
        return literal.mask & ~1 & ~self.forbidden.get(literal.cell, 0)

    def helpful(self, formula: Formula) -> tuple[Choice, ...]:
        """Choices of which one at least is needed before the formula can hold."""
        if isinstance(formula, Literal):
            if formula.cell in self.chosen:
                return ()
            mask = self._open(formula)
            return tuple((formula.cell, n) for n in range(mask.bit_length()) if mask >> n & 1)
        false = [item for item in formula.items if self.distance(item)]
        if isinstance(formula, And):
            return min((self.helpful(item) for item in false), key=len)
        return tuple(dict.fromkeys(choice for item in false for choice in self.helpful(item)))
