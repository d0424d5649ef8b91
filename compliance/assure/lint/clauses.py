"""Checks of a rule against its clause: what it is called, and what its verb is.

May import `material` and everything below `assure`.
"""

from __future__ import annotations

from collections.abc import Iterator

from compliance.assure.lint.material import Material, about
from compliance.outcome import Basis
from compliance.remarks import Remark
from compliance.rulebook import Rule, Standard

OWNERS = "sup-"
"""How the id of a rule begins that the owner asks for, and of no other."""


def id_clause_mismatch(material: Material) -> Iterator[Remark]:
    """Rules that are not called after their clause, and owner's rules not called `sup-…`."""
    for rule in material.files.book.rules:
        key = _misnamed(rule, material.files.book.standard)
        if key:
            place = material.files.place(rule.id, "id")
            said = {"id": rule.id, "clause": rule.clause}
            yield about("id-clause-mismatch", key, place, rule.id, **said)


def _misnamed(rule: Rule, standard: Standard) -> str:
    """The sentence to be said of a rule's id; empty where it is right."""
    if rule.basis is Basis.OWNER:
        return "" if rule.id.startswith(OWNERS) else "id-of-owner"
    if rule.id.startswith(OWNERS):
        return "id-of-standard"
    if rule.id == rule.clause:
        return ""
    if rule.id in standard.clauses:
        return "id-of-other-clause"
    return "" if rule.id.startswith(f"{rule.clause}-") else "id-not-clause"


def verb_differs(material: Material) -> Iterator[Remark]:
    """The standard's rules whose verb is not their clause's; a procedure may become any.

    What the owner asks may go beyond the clause, so its verb is the owner's.
    """
    for rule in material.files.book.rules:
        expected = material.files.book.standard.clauses[rule.clause].verb
        if rule.basis is Basis.STANDARD and expected not in ("procedure", rule.verb.value):
            place = material.files.place(rule.id, "verb")
            said = {"verb": rule.verb.value, "clause": rule.clause, "expected": expected}
            yield about("verb-differs", "verb-differs", place, rule.id, **said)
