"""What follows from tallies, findings and the case, for every rule book.

Elements of durable-rules, each with the mark that it leaves; and the check of names. May
import `outcome` and `source`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any as AnyValue
from typing import Final

from compliance.errors import Place, RulesError
from compliance.outcome import Opinion, Outcome, Reason, Stage
from compliance.source import fault

Fact = dict[str, AnyValue]
Mark = tuple[str, ...]

NAMES: Final = (
    *("kind", "id", "sid", "when", "known", "n", "violated", "rest", "none", "over", "reach"),
    *("sure", "possible", "binding", "stage", "outcome", "reason"),
    *("fail", "not_observed", "pass"),
)
_GOING: Final[list[Fact]] = [{"when": "true"}, {"known": "true"}]
_BINDING: Final[list[Fact]] = [{"kind": "finding"}, {"binding": "true"}]
_CASE: Final[list[Fact]] = [{"kind": "case"}, {"stage": Stage.ADAPTATION.value}]


def _tallied(outcome: Outcome, kind: str, *tests: Fact) -> tuple[Mark, list[Fact]]:
    return ("outcome", outcome.value), [{"kind": kind}, *tests]


CHAIN: Final[list[tuple[Mark, list[Fact]]]] = [
    (("month", "true"), [{"kind": "month"}, {"$gte": {"sure": 1}}]),
    (("month", "false"), [{"kind": "month"}, {"possible": 0}]),
    *(
        item
        for kind in ("every", "some")
        for item in (
            _tallied(Outcome.NOT_APPLICABLE, kind, {"when": "false"}),
            _tallied(Outcome.NOT_OBSERVED, kind, {"when": "unknown"}),
            _tallied(Outcome.NOT_OBSERVED, kind, {"when": "true"}, {"known": "unknown"}),
        )
    ),
    _tallied(Outcome.FAIL, "every", *_GOING, {"$gte": {"violated": 1}}),
    _tallied(Outcome.FAIL, "every", *_GOING, {"n": 0}, {"none": "false"}),
    _tallied(Outcome.PASS, "every", *_GOING, {"n": 0}, {"none": "true"}),
    _tallied(Outcome.PASS, "every", *_GOING, {"violated": 0}, {"rest": 0}, {"$gte": {"n": 1}}),
    _tallied(Outcome.NOT_OBSERVED, "every", *_GOING, {"violated": 0}, {"$gte": {"rest": 1}}),
    _tallied(Outcome.PASS, "some", *_GOING, {"$gte": {"over": 0}}),
    _tallied(Outcome.FAIL, "some", *_GOING, {"$lt": {"reach": 0}}),
    _tallied(Outcome.NOT_OBSERVED, "some", *_GOING, {"$lt": {"over": 0}}, {"$gte": {"reach": 0}}),
    *(
        (("binding", outcome.value), [*_BINDING, {"outcome": outcome.value}])
        for outcome in (Outcome.FAIL, Outcome.NOT_OBSERVED, Outcome.PASS)
    ),
    *(
        (
            ("reason", reason.value),
            [
                *_BINDING,
                {"outcome": Outcome.FAIL.value},
                {"reason": reason.value},
                {"stage": Stage.ADAPTATION.value},
            ],
        )
        for reason in Reason
    ),
    (("opinion", Opinion.NON_CONFORMING.value), [*_CASE, {"$gte": {"fail": 1}}]),
    (
        ("opinion", Opinion.CONFORMING.value),
        [*_CASE, {"fail": 0}, {"not_observed": 0}, {"$gte": {"pass": 1}}],
    ),
    (("opinion", Opinion.PENDING.value), [*_CASE, {"fail": 0}, {"$gte": {"not_observed": 1}}]),
    (
        ("opinion", Opinion.PENDING.value),
        [*_CASE, {"fail": 0}, {"not_observed": 0}, {"pass": 0}],
    ),
]


def fnv1a(name: str) -> int:
    """The 32-bit hash by which the library compares names."""
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


def refuse_collisions(names: Iterable[str]) -> None:
    """Raise RulesError where the library would take one of the names for another."""
    seen: dict[int, str] = {}
    for name in names:
        other = seen.setdefault(fnv1a(name), name)
        if other != name:
            raise RulesError([fault(Place("rules"), "hash_clash", found=name, other=other)])
