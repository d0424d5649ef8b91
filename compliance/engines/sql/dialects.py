"""What the databases spell differently, over one tree.

Most of a tree is spelled by sqlglot. What sqlglot has no common word for stands in the tree
as a function of DIALECTS, which is replaced before the tree is written. May import sqlglot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sqlglot import exp

Expression = exp.Expr
"""A tree may hold one node in several places: `render` copies it before it is written."""


def call(name: str, *arguments: Expression) -> Expression:
    """A call of a function that sqlglot does not know."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def function(parameters: tuple[str, ...], body: Expression) -> Expression:
    """An anonymous function, as `filter` and `transform` take it."""
    return exp.Lambda(this=body, expressions=[exp.to_identifier(p) for p in parameters])


def all_of(*conditions: Expression) -> Expression:
    """AND of conditions; TRUE of none."""
    return exp.and_(*conditions, copy=False) if conditions else exp.true()


def any_of(*conditions: Expression) -> Expression:
    """OR of conditions; FALSE of none."""
    return exp.or_(*conditions, copy=False) if conditions else exp.false()


def not_(condition: Expression) -> Expression:
    """What is TRUE where the condition is FALSE, and FALSE where it is TRUE."""
    return exp.not_(condition, copy=False)


def _complete(truths: Expression, otherwise: Expression) -> Expression:
    """Whether no item of a list is NULL; NULL in place of `otherwise`."""
    counts = exp.EQ(this=call("LIST_COUNT", truths), expression=call("LEN", truths))
    return exp.Nullif(this=counts, expression=otherwise)


def _item() -> Expression:
    return function(("item",), exp.column("item"))


# Of DuckDB's ways to ask a list of booleans, these two are the fastest.
DIALECTS: Final[Mapping[str, Mapping[str, Callable[..., Expression]]]] = {
    "duckdb": {
        "ALL_TRUE": lambda truths: all_of(
            not_(call("LIST_CONTAINS", truths, exp.false())),
            _complete(truths, exp.false()),
        ),
        "ANY_TRUE": lambda truths: any_of(
            call("LIST_CONTAINS", truths, exp.true()),
            not_(_complete(truths, exp.false())),
        ),
        "SIZE_OF": lambda items: call("LEN", items),
        "TEXT_OF": lambda digits: call("DECODE", call("UNHEX", digits)),
        "POSITION_OF": lambda index: index,  # DuckDB counts from 1
    },
    "spark": {
        "ALL_TRUE": lambda truths: call("FORALL", truths, _item()),
        "ANY_TRUE": lambda truths: call("EXISTS", truths, _item()),
        "SIZE_OF": lambda items: call("ARRAY_SIZE", items),  # SIZE says -1 of NULL
        "TEXT_OF": lambda digits: call(
            "DECODE", call("UNHEX", digits), exp.Literal.string("UTF-8")
        ),
        "POSITION_OF": lambda index: exp.Add(this=index, expression=exp.Literal.number(1)),
    },
}
"""By dialect of sqlglot, how each of our own functions is written there.

`ALL_TRUE` and `ANY_TRUE` take a list of booleans and are AND and OR of its items, so TRUE and
FALSE of none; `SIZE_OF` a list, NULL of NULL; `TEXT_OF` the hex digits of a text in UTF-8;
`POSITION_OF` the index that `transform` gives, and counts from 1.
"""


def render(tree: Expression, dialect: str, *, pretty: bool = False) -> str:
    """The tree as SQL of a dialect, one of DIALECTS; the tree stays as it is.

    Not to be read back by sqlglot, which takes ARRAY_SIZE for SIZE.
    """
    spellings = DIALECTS[dialect]
    spelled = tree.copy()
    for node in reversed(list(spelled.find_all(exp.Anonymous))):  # the innermost first
        if node.name in spellings:
            node.replace(spellings[node.name](*node.expressions))
    return spelled.sql(dialect=dialect, pretty=pretty)
