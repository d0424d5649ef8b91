"""Plain data written as YAML that this project reads back as it was.

May import nothing of the project.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml


class _Dumper(yaml.SafeDumper):
    """Quotes what would otherwise be read as no text by YAML 1.2; dates stay plain."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    # A reader takes these for line breaks, or for the mark of an encoding; quoted they are escaped.
    style = '"' if set(text) & set("\x85\u2028\u2029\ufeff") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)

_PLAIN: Final = (
    ("tag:yaml.org,2002:bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("tag:yaml.org,2002:null", "~|null|Null|NULL|", "~nN"),
    ("tag:yaml.org,2002:int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "tag:yaml.org,2002:float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
        "-+.0123456789",
    ),
)
_Dumper.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in _PLAIN:
    _Dumper.add_implicit_resolver(_tag, re.compile(f"(?:{_pattern})$"), [*_first, ""])


def yaml_text(data: Any, *, flow: bool) -> str:
    """The data as YAML without a line end; on one line where `flow`."""
    text: str = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=flow,
        width=10**6,
    )
    return text.rstrip("\n")
