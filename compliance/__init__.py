"""Rules as code for «“人社+金融”银行服务规范»: inspection records in, findings and opinions out.

    from compliance import engine, load_rules, read_submissions, report_on

Importing this loads none of the document libraries and no rule engine.
"""

from __future__ import annotations

from compliance._version import __version__
from compliance.engines import engine
from compliance.load import load_rules
from compliance.opinion import report_on
from compliance.submission import read_submissions

__all__ = ["__version__", "engine", "load_rules", "read_submissions", "report_on"]
