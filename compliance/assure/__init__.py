"""What can be proved of rule files: by their examples, by mutation, by the solver.

May import everything but the command line. z3 is imported by `solver` and the modules that
speak its formulas, when they are asked for.
"""

from __future__ import annotations


def solver_missing() -> str:
    """Why z3 cannot be imported here; empty where it can."""
    try:
        import z3  # noqa: F401
    except ImportError as error:
        return str(error)
    return ""
