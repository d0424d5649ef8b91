"""Records through an engine: the reports, and what the engines could not agree on.

May import everything below; `check` and `opinion` share it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from compliance.engines import Engine, InBatches, compared
from compliance.errors import Disagreement, Problem
from compliance.opinion import report_on
from compliance.outcome import Answer, Report
from compliance.record import Record
from compliance.rulebook import RuleBook


def run(
    book: RuleBook,
    engine: Engine,
    second: Engine | None,
    records: Sequence[Record],
    step: Callable[[], None],
) -> tuple[list[tuple[Record, Report]], list[Problem]]:
    """Each record with its report, and the problems of those left out.

    A record on which `engine` and `second` differ has no report. `step` is called after each.
    """
    done: list[tuple[Record, Report]] = []
    problems: list[Problem] = []
    answered = _in_turn(engine, records)
    for record in records:
        try:
            answer = compared(book, answered(record), second, record)
        except Disagreement as error:
            problems.extend(error.problems)
        else:
            done.append((record, report_on(book, record, answer, engine.name)))
        step()
    return done, problems


def _in_turn(engine: Engine, records: Sequence[Record]) -> Callable[[Record], Answer]:
    """What gives the answer for each of the records, asked in their order."""
    if not isinstance(engine, InBatches):
        return engine.answer
    answers = engine.answers(records)
    return lambda record: next(answers)
