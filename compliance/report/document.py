"""The frame of every printable page: no network, no script, one file. Imports `words` alone."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from typing import Final

from compliance.words import Lang

_LANGUAGE: Final = {"zh": "zh-CN", "en": "en"}
_SAFE: Final = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE: Final = ("compliance.report", "page.css")


def document(
    title: str,
    lang: Lang,
    body: Iterable[str],
    *,
    kind: str = "",
    style: tuple[str, str] | None = None,
    comment: str = "",
) -> str:
    """The page: `body` in lines of HTML, below a head with the report's style.

    `kind` is the body's class, `style` the package and name of a style sheet to add, `comment`
    a comment for the second line.
    """
    sheets = (_STYLE, style) if style else (_STYLE,)
    css = "".join(files(package).joinpath(name).read_text("utf-8") for package, name in sheets)
    return "\n".join(
        (
            "<!DOCTYPE html>",
            *([comment] if comment else ()),
            f'<html lang="{_LANGUAGE[lang]}">',
            '<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>\n{css}</style>\n</head>",
            f'<body class="{kind}">' if kind else "<body>",
            *body,
            "</body>\n</html>\n",
        )
    )
