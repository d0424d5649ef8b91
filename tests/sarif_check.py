"""SARIF held against its 2.1.0 schema, and against what the schema cannot say.

pydantic-sarif is a model that was generated from the schema and refuses unknown keys.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

# RFC 3986: what may stand in an address unescaped.
_URI = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+")


def check_sarif(text: str) -> dict[str, Any]:
    """The one run of a log that is found to be good."""
    Sarif.model_validate_json(text)
    log = json.loads(text)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        for location in result.get("locations", ()):
            assert _URI.fullmatch(location["physicalLocation"]["artifactLocation"]["uri"])
    return dict(run)
