"""What is said of text that is no YAML, by what the parser found. Imports nothing but Text."""

from __future__ import annotations

from typing import Final

from compliance.words import Text

NO_COLON: Final = "could not find expected ':'"

YAML_SYNTAX: Final[dict[str, Text]] = {
    NO_COLON: Text(
        "这一行应是 `键: 值`，却没有半角冒号加空格（全角冒号“：”不算）",
        "the line should be `key: value` and has no colon with a space (a full-width “：” is none)",
    ),
    "mapping values are not allowed in this context": Text(
        "此处不应有冒号：缩进与相邻各行不齐，或文字里含有“: ”而没有加引号",
        "no colon can stand here: the indentation is not that of the lines around it, or a text "
        "with `: ` in it is not quoted",
    ),
    "found character that cannot start any token": Text(
        "值不能以此处的字符开头；缩进请用空格，不用制表符，以 @、%、` 开头的文字请加引号",
        "no value can begin with the character here; indent by spaces instead of tabs, and quote a "
        "text that begins with @, % or `",
    ),
    "found a tab character that violates indentation": Text(
        "缩进用了制表符；请改用空格", "the line is indented by a tab; use spaces"
    ),
    "did not find expected key": Text(
        "此处应是下一个键：缩进不齐，或引号提前结束（文字里有双引号时，外面用单引号）",
        "the next key is expected here: the indentation differs, or a quote ended the text early "
        "(put a text that has double quotes in it in single ones)",
    ),
    "did not find expected '-' indicator": Text(
        "此处应是列表的下一项：每一项以“- ”开头并对齐，项内的键要缩进",
        "the next entry of the list is expected here: entries begin with `- ` below each other, "
        "and the keys of an entry are indented",
    ),
    "did not find expected ',' or '}'": Text(
        "花括号没有闭合，或两项之间缺半角逗号（全角逗号“，”不算）",
        "the braces are not closed, or a comma is missing between two entries (a full-width “，” "
        "is none)",
    ),
    "did not find expected ',' or ']'": Text(
        "方括号没有闭合，或两项之间缺半角逗号（全角逗号“，”不算）",
        "the brackets are not closed, or a comma is missing between two entries (a full-width “，” "
        "is none)",
    ),
    "found unexpected end of stream": Text(
        "直到文件末尾，引号都没有闭合", "a quote is not closed before the file ends"
    ),
}
