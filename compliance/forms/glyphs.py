"""Which fonts print a text: the bundled one, and the machine's for what that lacks.

Imports fontTools and typst when called. A character that no font has is a problem of the
input: it is never printed as a blank.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from compliance.errors import InputError, Place, Problem
from compliance.words import Text
from compliance.words import forms as words

if TYPE_CHECKING:
    import typst

FOLDER: Final = Path(__file__).parent / "fonts"
BUNDLED: Final = FOLDER / "OutletFormsSerifSC-Regular.otf"
FAMILY: Final = "Outlet Forms Serif SC"
# The face to take where several have a character: simplified Chinese first, serif before sans.
_PREFERRED: Final = ("Serif CJK SC", "CJK SC", "SimSun", "Songti SC", "CJK")


class Piece(NamedTuple):
    """A text to print, with the file and the outlet that it comes from."""

    text: str
    source: str
    outlet: str


class Fonts(NamedTuple):
    """What to hand to typst: family names in order of preference, and the fonts."""

    families: tuple[str, ...]
    loaded: typst.Fonts


def fonts_for(pieces: Iterable[Piece]) -> Fonts:
    """Fonts that together have every character of `pieces`.

    Raises `InputError` with a problem for each character and outlet that cannot be printed.
    """
    bundled = characters(BUNDLED, 0)
    families: list[str] = []
    problems: dict[tuple[str, str], Problem] = {}
    for piece in pieces:
        for char in sorted(set(piece.text)):
            if ord(char) in bundled:
                continue
            family = _system_family(char)
            if family is None:
                problems.setdefault((piece.outlet, char), _unprintable(char, piece))
            elif family not in families:
                families.append(family)
    if problems:
        raise InputError(problems.values())
    return Fonts((FAMILY, *families), _loaded(system=bool(families)))


@lru_cache(maxsize=64)
def characters(file: Path, index: int) -> frozenset[int]:
    """The code points that face `index` of a font file has a glyph for."""
    from fontTools.ttLib import TTFont

    with TTFont(str(file), fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


@lru_cache(maxsize=2)
def _loaded(*, system: bool) -> typst.Fonts:
    import typst

    return typst.Fonts(
        include_system_fonts=system, include_embedded_fonts=False, font_paths=[FOLDER]
    )


@lru_cache(maxsize=4096)
def _system_family(char: str) -> str | None:
    """The best family of this machine that has `char`, in an upright face of normal weight."""
    infos = [info for info in _loaded(system=True).fonts() if info.path and info.style == "normal"]
    for info in sorted(infos, key=lambda info: _rank(info.family, info.weight, str(info.path))):
        if ord(char) in characters(Path(str(info.path)), info.index):
            return info.family
    return None


def _rank(family: str, weight: int, path: str) -> tuple[int, int, str, str]:
    places = [n for n, part in enumerate(_PREFERRED) if part in family]
    return (min(places, default=len(_PREFERRED)), abs(weight - 400), family, path)


def _unprintable(char: str, piece: Piece) -> Problem:
    values = {"char": char, "code": f"{ord(char):04X}", "outlet": piece.outlet}
    text = Text(words.UNPRINTABLE.zh.format(**values), words.UNPRINTABLE.en.format(**values))
    return Problem(Place(piece.source), text)
