"""The whole rule book as one statement over a relation of records.

Layers stand upon each other as common table expressions: `facts` (what conditions read, with
bounds of months and days), `members` (each list gone over once for each condition), `verdicts`
(TRUE, FALSE or NULL for each rule) and `standings` (all binding rules together). May import
`outcome`, `rulebook` and this package's modules but `engine`; sqlglot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sqlglot import exp

from compliance.engines.sql import terms
from compliance.engines.sql.dialects import Expression, all_of, any_of, not_
from compliance.engines.sql.layers import Layers, Verdict
from compliance.engines.sql.terms import case, column, is_, titled
from compliance.outcome import Opinion, Outcome, Reason, Stage
from compliance.rulebook import OutletType, RuleBook

RECORDS: Final = "records"
"""The table that is read where no other relation is given; `relation` says its columns."""

NAMES: Final[Mapping[str, str]] = {
    "inspection_id": "inspection.id",
    "outlet_id": "outlet.id",
    "stage": "inspection.stage",
}
"""The columns that every result begins with, and the path in the record of what they hold."""

Judge = Callable[[Sequence[Verdict]], Expression]


class BookStatement:
    """The statements of a rule book, as trees that `dialects.render` writes for a database.

    `records` is the relation to read, a table or a query; `carried` are further columns of
    every result, each with its path in the record (`bank: outlet.bank`). Raises RulesError,
    with the rule's file and line, for what has no SQL.
    """

    def __init__(
        self,
        book: RuleBook,
        records: exp.Query | exp.Table | None = None,
        carried: Mapping[str, str] | None = None,
    ) -> None:
        self._names = {**NAMES, **(carried or {})}
        paths = dict.fromkeys([*self._names.values(), "outlet.type", "inspection.date"])
        self._layers = Layers(book, paths)
        self._scopes = _scopes(book)
        table = exp.to_table(RECORDS) if records is None else records
        self._source = table.subquery(RECORDS) if isinstance(table, exp.Query) else table

    def summary(self) -> exp.Select:
        """One row a record: its names, `opinion`, and three lists of texts.

        `reasons` in the form's order; `failed` and `not_observed`, ids of binding rules in the
        book's order. A stage without an opinion has NULL for one.
        """
        failed, waiting = self._ids(Outcome.FAIL), self._ids(Outcome.NOT_OBSERVED)
        return self._result({"failed": failed, "not_observed": waiting})

    def answers(self) -> exp.Select:
        """One row a record: its names, `opinion`, `reasons`, and `findings`, a list of structs.

        A finding has `rule`, `outcome`, `members` (positions from 1) and `months` (YYYY-MM),
        the subjects that decided. Rules in force alone, in the book's order; NULL of none.
        """
        return self._result({"findings": self._scoped(_findings, exp.null())})

    def findings(self) -> exp.Select:
        """One row a rule in force for a record: its names, and the columns of a finding."""
        names = {name: column(name) for name in self._names}
        each = titled({**names, "finding": exp.Explode(this=column("findings"))})
        rows = each.from_(self.answers().subquery("answers"), copy=False)
        parts = {
            name: exp.column(name, "finding", quoted=True)
            for name in ("rule", "outcome", "members", "months")
        }
        return titled({**names, **parts}).from_(rows.subquery("rows_"), copy=False)

    def _result(self, columns: Mapping[str, Expression]) -> exp.Select:
        """The names, opinion and reasons of each record, and these columns."""
        names = {name: column(path) for name, path in self._names.items()}
        said = {"opinion": _opinion(), "reasons": self._reasons(), **columns}
        standings = {
            "standing": self._scoped(_standing, exp.true()),
            "counted": self._scoped(_counted, exp.false()),
        }
        result = titled({**names, **said}).from_("standings", copy=False)
        for name, layer in self._layers.stacked(self._source):
            result.with_(name, layer, copy=False)
        return result.with_("standings", titled(standings, "verdicts"), copy=False)

    def _scoped(self, judge: Judge, otherwise: Expression) -> Expression:
        """What `judge` says of the rules of a record's outlet type and stage."""
        branches = []
        for (stage, types), ids in self._scopes.items():
            inside = [_equals("inspection.stage", stage.value)]
            if len(types) < len(OutletType):
                inside.append(any_of(*(_equals("outlet.type", type_.value) for type_ in types)))
            verdicts = [self._layers.verdicts[id_] for id_ in ids]
            branches.append((all_of(*inside), judge(verdicts)))
        return case(*branches, otherwise=otherwise) if branches else otherwise

    def _reasons(self) -> Expression:
        failing = all_of(is_(column("standing"), exp.false()), _adaptation())
        none = terms.empty("text")
        return case((failing, self._scoped(_reasons, none)), otherwise=none)

    def _ids(self, outcome: Outcome) -> Expression:
        """The ids of the binding rules with an outcome; most records have none of them."""

        def ids(verdicts: Sequence[Verdict]) -> Expression:
            named = [
                case((verdict.is_(outcome), terms.text(verdict.rule.id)))
                for verdict in verdicts
                if verdict.binding
            ]
            return terms.present(named) if named else terms.empty("text")

        some = not_(is_(column("standing"), exp.true()))
        if outcome is Outcome.FAIL:
            some = is_(column("standing"), exp.false())
        none = terms.empty("text")
        return case((some, self._scoped(ids, none)), otherwise=none)


def _scopes(book: RuleBook) -> Mapping[tuple[Stage, tuple[OutletType, ...]], tuple[str, ...]]:
    """The ids of each stage's rules, for the outlet types that share all of them."""
    shared: dict[tuple[Stage, tuple[str, ...]], tuple[OutletType, ...]] = {}
    for stage in Stage:
        for type_ in OutletType:
            ids = tuple(r.id for r in book.rules if r.stage is stage and type_ in r.applies_to)
            if ids:
                shared[stage, ids] = (*shared.get((stage, ids), ()), type_)
    return {(stage, types): ids for (stage, ids), types in shared.items()}


def _standing(verdicts: Sequence[Verdict]) -> Expression:
    """FALSE where a binding rule fails, TRUE where all that apply pass."""
    return all_of(*(verdict.or_exempt for verdict in verdicts if verdict.binding))


def _counted(verdicts: Sequence[Verdict]) -> Expression:
    """Whether a binding rule applies."""
    applies = [verdict.applies for verdict in verdicts if verdict.binding]
    known = [each for each in applies if each is not None]
    return exp.true() if len(known) < len(applies) else any_of(*known)


def _opinion() -> Expression:
    conforming = all_of(column("standing"), column("counted"))
    opinion = case(
        (is_(column("standing"), exp.false()), terms.text(Opinion.NON_CONFORMING.value)),
        (conforming, terms.text(Opinion.CONFORMING.value)),
        otherwise=terms.text(Opinion.PENDING.value),
    )
    return case((_adaptation(), opinion))


def _reasons(verdicts: Sequence[Verdict]) -> Expression:
    """The reasons of the binding rules that fail, in the form's order."""
    values: dict[Reason, list[Expression]] = {reason: [] for reason in Reason}
    for verdict in verdicts:
        if verdict.binding and verdict.rule.reason is not None:
            values[verdict.rule.reason].append(verdict.or_exempt)
    given = [
        case((is_(all_of(*parts), exp.false()), terms.text(reason.value)))
        for reason, parts in values.items()
        if parts
    ]
    return terms.present(given) if given else terms.empty("text")


def _findings(verdicts: Sequence[Verdict]) -> Expression:
    """The findings of the rules in force."""
    rows = [_finding(verdict) for verdict in verdicts]
    if all(verdict.dated is None for verdict in verdicts):
        return exp.Array(expressions=rows)
    return terms.present(
        [
            row if verdict.dated is None else case((verdict.dated, row))
            for verdict, row in zip(verdicts, rows)
        ]
    )


def _finding(verdict: Verdict) -> Expression:
    shown = [o for o in Outcome if o is not Outcome.NOT_APPLICABLE or verdict.applies is not None]
    outcome = case(*((verdict.is_(o), terms.text(o.value)) for o in shown))
    none = {"members": terms.empty("int"), "months": terms.empty("text")}
    subjects = dict(none)
    if verdict.subjects is not None:
        name = "months" if verdict.counts_months else "members"
        subjects[name] = exp.Coalesce(this=verdict.subjects, expressions=[none[name]])
    subjects["members"] = terms.cast(subjects["members"], "array<int>")
    parts = {"rule": terms.text(verdict.rule.id), "outcome": outcome, **subjects}
    return exp.Struct(
        expressions=[
            exp.PropertyEQ(this=exp.to_identifier(name), expression=part)
            for name, part in parts.items()
        ]
    )


def _equals(path: str, word: str) -> Expression:
    return exp.EQ(this=column(path), expression=terms.text(word))


def _adaptation() -> Expression:
    return _equals("inspection.stage", Stage.ADAPTATION.value)
