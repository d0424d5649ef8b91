"""Makes the bundled font: a development script, no part of the program.

    python compliance/forms/fonts/subset.py NotoSerifCJK-Regular.ttc Unihan_OtherMappings.txt

Needs fontTools; takes about a minute. The second file may be bzip2-compressed (`.bz2`).
The characters: those of GB 2312, the 8,105 of the table of general standard Chinese
characters (Unihan field kTGH), some of names outside both, Latin, and the punctuation and
shapes that forms use.
"""

from __future__ import annotations

import bz2
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection

SOURCE_FACE = "Noto Serif CJK SC"
FAMILY = "Outlet Forms Serif SC"
TARGET = Path(__file__).with_name("OutletFormsSerifSC-Regular.otf")
RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A (names in pinyin)
    (0x01CD, 0x01DC),  # the other vowels of pinyin
    (0x2010, 0x2027),  # dashes, quotation marks, ellipsis
    (0x2030, 0x205E),
    (0x2100, 0x214F),  # ℃ №
    (0x2150, 0x218B),  # Ⅰ
    (0x2190, 0x2199),  # arrows
    (0x2460, 0x249B),  # ①
    (0x25A0, 0x25FF),  # □ ■ ○ ●
    (0x2605, 0x2606),
    (0x2713, 0x2717),  # ✓
    (0x3000, 0x303F),
    (0xFF01, 0xFFEE),
)


# Characters of people's and places' names outside the table of general standard characters.
NAMES = (
    "珮陳張劉楊黃趙吳孫馬羅鄭謝韓馮鄧許蕭蔣盧蘇葉呂蘭鍾譚陸賈龍萬錢湯賀龔龐顧"
    "淸峯崑嵗嶋恆慜昇晧晉曌朿栢梽榲橤沄洺渼湉溦濙焜焱煐煒燁燊爕珅珈琍瑋瑢甦甯畧皞"
    "盺祎禛祐穎竑筠綺緁翀翺脩臻芃莛蓥薀薫蘐衎裎訢誌諴貞贇軒達邨鈁鈞鈺銘鋆錕鎏鏵"
    "闓陞霏霙頔飏馨騵鯤鳳鵬麒齊啓喦堯壆寛巖彣昐暐榮榕樑濤瀾燦璣璿瓊祿禕維緯纓"
    "聖華蒓藝蘊詠語誠賢賽辭遠錦鐸鑑鑫閎雋雲韻頌頴顏顯飛饒駿驊鴻鶴麗丼炘熺熹祐"
)


def gb2312() -> Iterator[int]:
    """Every character of GB 2312: symbols (rows 1 to 9) and both levels (16 to 87)."""
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            # An empty place of the code table decodes to nothing.
            yield from map(ord, bytes((lead, trail)).decode("gb2312", errors="ignore"))


def general_standard(unihan: Path) -> Iterator[int]:
    """The characters that have a number in the table of general standard characters."""
    raw = unihan.read_bytes()
    text = (bz2.decompress(raw) if unihan.suffix == ".bz2" else raw).decode("utf-8")
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) == 3 and fields[1] == "kTGH":
            yield int(fields[0][2:], 16)


def face(collection: Path) -> TTFont:
    """The simplified Chinese face of the collection."""
    for font in TTCollection(str(collection)).fonts:
        if font["name"].getDebugName(1) == SOURCE_FACE:
            return font
    raise SystemExit(f"{collection} has no face {SOURCE_FACE}")


def rename(font: TTFont) -> None:
    """A name of its own: a subset must not pass for the font that it was made from."""
    names = font["name"]
    texts = {
        1: FAMILY,
        2: "Regular",
        3: f"{FAMILY}; subset of {SOURCE_FACE} 2.001",
        4: FAMILY,
        6: FAMILY.replace(" ", "") + "-Regular",
    }
    kept = {0, 5, 13, 14} | set(texts)
    names.names = [r for r in names.names if r.nameID in kept and r.langID in (0, 0x409)]
    for name_id, text in texts.items():
        names.setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [texts[6]]
    top = cff.topDictIndex[0]
    top.FullName = top.FamilyName = FAMILY


def main(collection: Path, unihan: Path) -> None:
    """Writes the subset beside this script and says how many characters it has."""
    wanted = {*gb2312(), *general_standard(unihan), *map(ord, NAMES)}
    for first, last in RANGES:
        wanted.update(range(first, last + 1))
    options = subset.Options()
    options.layout_features = ["ccmp", "locl"]
    options.hinting = False
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = face(collection)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    rename(font)
    subset.save_font(font, str(TARGET), options)
    has = set(TTFont(str(TARGET)).getBestCmap())
    print(f"{TARGET.name}: {len(has)} characters, {TARGET.stat().st_size:,} bytes")
    lacking = sorted({*gb2312(), *map(ord, NAMES)} - has)
    print("not in the source font:", *(f"U+{c:04X}" for c in lacking))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
