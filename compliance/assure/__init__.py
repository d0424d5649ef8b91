"""What can be proved of rule files: by their examples, by mutation, by the solver.

May import everything but the command line. z3 is imported by `solver` and its helpers alone,
when they are asked for.
"""
