"""Every character is printed, shown by its number, or refused by name; none is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from compliance.errors import InputError
from compliance.forms import Dossier, b1_docx, b1_pdf, glyphs, pdf, sheet
from compliance.forms.clean import clean, masked
from compliance.forms.glyphs import BUNDLED, FAMILY, FOLDER, Piece, characters, fonts_for
from compliance.words import forms as words
from tests.forms_samples import BOOK, CAPTIONS, FORM, case, pages, rows

MAX_BYTES = 6_000_000
NAME_CHARACTERS = "镕喆堃垚珺璟珮䶮"


def _gb2312() -> set[str]:
    found: set[str] = set()
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            text = bytes((lead, trail)).decode("gb2312", errors="ignore")
            found.update(text)
    return found


def test_bundled_font_has_what_forms_and_names_need() -> None:
    has = characters(BUNDLED, 0)
    texts = [*CAPTIONS.values(), *FORM.options.values(), *FORM.boxes.values(), NAME_CHARACTERS]
    texts += ["".join(map(chr, range(0x20, 0x7F))), "□■○●✓①※→≥℃，。、；：？！（）【】《》“”‘’—…"]
    wanted = set("".join(texts)) | _gb2312()
    assert len(_gb2312()) == 7445
    assert {char for char in wanted if ord(char) not in has} == set()
    # The table of general standard characters (8,105) ends outside the basic plane.
    assert {0x20164, 0x2677C, 0x2CE93} <= has


def test_bundled_font_has_a_name_of_its_own_and_its_licence() -> None:
    with TTFont(str(BUNDLED)) as font:
        names = {record.nameID: str(record) for record in font["name"].names}
        internal = font["CFF "].cff.fontNames[0]
    assert names[1] == names[4] == FAMILY
    assert "Noto" not in names[1] + names[6] + internal
    assert "SIL Open Font License" in names[13]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text("utf-8")
    assert BUNDLED.stat().st_size < MAX_BYTES


def test_every_own_text_is_in_the_bundled_font() -> None:
    own = [value for name, value in vars(words).items() if name.isupper()]
    texts = "".join(pdf.texts_of(own))
    assert texts
    assert fonts_for([Piece(texts, "words", "-")]).families == (FAMILY,)


def test_machine_font_takes_over_where_the_bundled_one_lacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def family(char: str) -> str | None:
        asked.append(char)
        return "Example Serif"

    monkeypatch.setattr(glyphs, "_system_family", family)
    fonts = fonts_for([Piece("玉\U00020021\U00020021", "a.yaml", "YL-001")])
    assert fonts.families == (FAMILY, "Example Serif")
    assert asked == ["\U00020021"]


def test_characters_without_a_font_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "_system_family", lambda char: None)
    pieces = [
        Piece("\U00020021一\U00020022", "a.yaml", "YL-1"),
        Piece("\U00020021", "b.yaml", "YL-2"),
    ]
    with pytest.raises(InputError) as caught:
        fonts_for(pieces)
    found = [(p.place.file, p.text.en[:60]) for p in caught.value.problems]
    assert [file for file, _ in found] == ["a.yaml", "a.yaml", "b.yaml"]
    assert all("U+2002" in problem.text.en for problem in caught.value.problems)
    assert all("U+2002" in problem.text.zh for problem in caught.value.problems)


def test_preferred_faces_come_first() -> None:
    families = [
        "DejaVu Sans",
        "Noto Sans CJK JP",
        "SimSun",
        "Noto Sans CJK SC",
        "Noto Serif CJK SC",
    ]
    ranked = sorted(families, key=lambda family: glyphs._rank(family, 400, "x.otf"))
    assert ranked == list(reversed(families))
    assert glyphs._rank("A", 400, "x") < glyphs._rank("A", 700, "x")


def test_line_breaks_and_invisible_characters_are_shown() -> None:
    assert clean("玉林\r\n示例\u2028支行\t一") == "玉林 示例 支行 一"
    assert clean("甲\x00\x1b\u202e乙\ud800\ufeff") == "甲[U+0000][U+001B][U+202E]乙[U+D800][U+FEFF]"
    assert clean(None) == ""
    one = case(1, name="甲\u202e乙\x07\ud83d\n丙")
    whole = Dossier("甲", None, (one,))
    assert rows(b1_docx(whole, BOOK, "zh"), 1)[2][1] == "甲[U+202E]乙[U+0007][U+D83D] 丙"
    assert "甲[U+202E]乙[U+0007][U+D83D]丙" in pages(b1_pdf(whole, BOOK, "zh"))[0]


def test_numbers_of_people_are_withheld() -> None:
    private = frozenset({"0775-0000000"})
    for text in (
        "450902199001011232",
        "450902 19900101 123X",
        "４５０９０２１９９００１０１１２３２",
        "450902900101123",
        "13900000000",
        "139 0000 0000",
        "0775-0000000",
    ):
        assert masked(f"联系{text}。", private, "zh") == "联系［已隐去］。", text
    assert masked("2026-04-12 第 20260412093000 号", private, "zh").endswith("20260412093000 号")


def test_character_without_a_font_is_refused_by_name() -> None:
    rare = "\U0002ffff"  # no character: nothing can have it
    made = sheet.sheet(Dossier("甲", None, (case(7),)), BOOK, "zh")
    row = replace(made.rows[0], name=f"玉林{rare}支行")
    with pytest.raises(InputError) as caught:
        pdf.b1(replace(made, rows=(row,)), Dossier("甲", None, (case(7),)))
    (problem,) = caught.value.problems
    assert "U+2FFFF" in problem.text.zh and "YL-007" in problem.text.zh
    assert problem.place.file == "inspections/7.yaml"
