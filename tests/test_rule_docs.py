"""The pages on the rules: all is said, nothing is marked up by accident, and they are current."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from compliance.assure.rule_docs import MARKER, documentation
from compliance.assure.rule_docs.index_page import pages
from compliance.assure.rule_docs.parts import Block, Items, Section
from compliance.assure.rule_docs.rule_page import reads
from compliance.load import read_rules, shipped_rules
from compliance.outcome import Basis, Outcome, Verb
from compliance.rulebook import Rule
from compliance.source import Document, read
from compliance.words import LANGS, Lang, Text
from compliance.words import rule_docs as words
from tests.cli_samples import call

FILES: Final = read_rules()
BOOK: Final = FILES.book
MADE: Final = documentation(FILES)
COMMITTED: Final = Path(__file__).parents[1] / "docs" / "rules"
HEADINGS: Final[tuple[Text, ...]] = (
    words.ASKS,
    *(words.EXAMPLES[outcome.value] for outcome in Outcome),
    words.REMEDY,
    words.NOTE,
    words.CITES,
    words.FACTS,
    words.SOURCE,
)
NASTY: Final = "a|b <img src=x onerror=alert(1)> *c* _d_ [e](f) `g` & \\h # \u202ei\n\n- j"

each_lang = pytest.mark.parametrize("lang", LANGS)
each_rule = pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)


class Page(HTMLParser):
    """What a test asks of an HTML page: tags, ids, addresses, headings and the text."""

    VOID: Final = frozenset({"meta", "col", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def text_of(name: str, made: Mapping[str, bytes] = MADE) -> str:
    return made[name].decode()


def examples(section: Section, outcome: Outcome) -> list[str]:
    """The lines of the examples with `outcome` on a rule's page, members included."""
    (part,) = (below for below in section.below if below.outcome == outcome.value)
    return [line for block in part.blocks for line in lines(block)]


def lines(block: Block) -> list[str]:
    if not isinstance(block, Items):
        return []
    return [
        " ".join([str(item.line[0]), *(str(below.line[0]) for below in item.below)])
        for item in block.items
    ]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_rules(), tmp_path / "规则 文件夹" / "rules"))


def change(rules: Path, rule: str, **new: object) -> None:
    """Give a rule of bank branches or rural points other entries."""
    for path in (rules / "adaptation").iterdir():
        document = read(path)
        assert isinstance(document, Document)
        for entry in document.data:
            if entry["id"] == rule:
                entry.update(new)
        # JSON is YAML as well.
        path.write_text(json.dumps(document.data, ensure_ascii=False), encoding="utf-8")


def test_the_committed_pages_are_current() -> None:
    committed = {
        path.relative_to(COMMITTED).as_posix(): path.read_bytes()
        for lang in LANGS
        for path in (COMMITTED / lang).iterdir()
    }
    stale = [name for name in {*MADE, *committed} if MADE.get(name) != committed.get(name)]
    assert sorted(stale) == [], "run `compliance rules docs`"


@each_lang
@each_rule
def test_every_rule_has_a_page_with_all_headings(rule: Rule, lang: Lang) -> None:
    text = text_of(f"{lang}/{rule.id}.md")
    assert re.findall(r"^## (.*)$", text, re.M) == [heading.in_(lang) for heading in HEADINGS]
    assert f"# {rule.id} " in text and rule.remedy.in_(lang) in text
    for name in ("CLAUSE", "VERB", "BASIS", "STAGE", "TYPES", "BOX", "PERIOD", "STATUS"):
        assert f"| {getattr(words, name).in_(lang)} |" in text
    for fact, field in reads(rule, BOOK):
        assert f"`{f'{fact}.{field}' if field else fact}`" in text
        declared = BOOK.facts[fact].field(field) if field else BOOK.facts.get(fact)
        assert declared is None or declared.question is None or declared.question.in_(lang) in text


@each_lang
@each_rule
def test_every_example_is_shown_under_its_outcome(rule: Rule, lang: Lang) -> None:
    (page,) = (page for page in pages(FILES, lang).rules if page.anchor == rule.id)
    for outcome in Outcome:
        shown = examples(page, outcome)
        given = [example for example in rule.examples if example.then == outcome.value]
        assert bool(shown) is bool(given) and len(shown) <= len(given)
        for example in given:
            wanted = {str(v) for v in _texts(example.given)}
            wanted |= {BOOK.facts[name].caption.in_(lang) for name in example.given}
            assert any(all(text in line for text in wanted) for line in shown), example


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []


def test_examples_read_as_people_speak() -> None:
    zh, en = (pages(FILES, lang).rules for lang in LANGS)
    position = [rule.id for rule in BOOK.rules].index("sup-monthly-publication")
    assert examples(zh[position], Outcome.FAIL)[:1] == [
        "检查日期：2026-04-12；宣传公示：1 个 第 1 个，日期：2026-02-28"
    ]
    position = [rule.id for rule in BOOK.rules].index("4.3.2.2")
    assert examples(en[position], Outcome.NOT_OBSERVED)[:1] == [
        "Serving staff: 2 No. 1 – Name: “甲示例”; Dedicated: no "
        "No. 2 – Name: “乙示例”; Dedicated: not observed"
    ]


@each_lang
@each_rule
def test_what_does_not_bind_says_so(rule: Rule, lang: Lang) -> None:
    text = text_of(f"{lang}/{rule.id}.md")
    assert (words.OWNER_NOTICE.in_(lang) in text) is (rule.basis is Basis.OWNER)
    assert (words.ADVICE_NOTICE.in_(lang) in text) is (rule.verb is Verb.SHOULD)
    assert (words.BOX_OF_ADVICE.in_(lang) in text) is (rule.verb is Verb.SHOULD)
    if rule.reason is not None:
        assert BOOK.form.boxes[rule.reason] in text


@each_lang
def test_the_index_leads_everywhere(lang: Lang) -> None:
    text = text_of(f"{lang}/index.md")
    listed = re.findall(r'<a id="clause:(.*?)"></a>', text)
    assert listed == list(BOOK.standard.clauses)
    declared = {f"{f.name}.{x.name}" for f in BOOK.facts.values() for x in f.fields}
    assert {*BOOK.facts, *declared} <= set(re.findall(r'<a id="fact:(.*?)"></a>', text))
    for rule in BOOK.rules:
        in_clauses, in_types, in_reasons, in_facts = (
            part.count(f"]({rule.id}.md)") for part in re.split(r'<a id="index:\w+"></a>', text)[1:]
        )
        assert in_clauses >= 1 and in_types == len(rule.applies_to)
        assert in_reasons == 1 and in_facts == len(reads(rule, BOOK))
    assert BOOK.digest in text
    for clause in BOOK.standard.clauses.values():
        assert clause.note is None or clause.note.in_(lang) in text


@each_lang
def test_links_of_markdown_lead_somewhere(lang: Lang) -> None:
    for name in (name for name in MADE if name.startswith(lang) and name.endswith(".md")):
        for address in re.findall(r"\]\(([^)]*)\)", text_of(name)):
            file, _, anchor = address.partition("#")
            target = f"{lang}/{file}" if file else name
            assert target in MADE, (name, address)
            assert not anchor or f'<a id="{anchor}"></a>' in text_of(target), (name, address)


@each_lang
def test_the_html_page_is_whole_and_needs_nothing(lang: Lang) -> None:
    text = text_of(f"{lang}/rules.html")
    page = Page(text)
    assert page.open == [] and "script" not in page.tags and "link" not in page.tags
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in text
    assert {"nav", "main", "header"} <= set(page.tags)
    assert len(page.ids) == len(set(page.ids))
    assert {address[:1] for address in page.addresses} == {"#"}
    assert {address[1:] for address in page.addresses} <= set(page.ids)
    assert {rule.id for rule in BOOK.rules} <= set(page.ids)
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for heading in HEADINGS:
        assert page.text.count(heading.in_(lang)) >= len(BOOK.rules)


def test_equal_rules_give_equal_bytes_and_nothing_of_the_machine(rules: Path) -> None:
    assert documentation(read_rules(rules)) == MADE
    assert not any(str(shipped_rules()).encode() in content for content in MADE.values())


def test_texts_are_escaped(rules: Path) -> None:
    text = {"zh": NASTY, "en": NASTY}
    change(rules, "4.3.1.1-a", title=text, remedy=text, note=text)
    made = documentation(read_rules(rules))
    shown = " ".join(NASTY.replace("\u202e", "\\u202e").split())
    for lang in LANGS:
        page = Page(text_of(f"{lang}/rules.html", made))
        assert page.open == [] and "img" not in page.tags and page.text.count(shown) >= 4
        for name in ("4.3.1.1-a.md", "index.md"):
            markdown = text_of(f"{lang}/{name}", made)
            said = [line for line in markdown.splitlines() if "onerror" in line]
            assert said and all("\\[e\\](f)" in line for line in said)
            assert not any(re.search(r"(?<!\\)(<img|\|b|\*c|_d|`g|\[e|&)", line) for line in said)
            assert "\u202e" not in markdown
        remedy = text_of(f"{lang}/4.3.1.1-a.md", made)
        assert f"\n## {words.REMEDY.in_(lang)}\n\na\\|b \\<img" in remedy


def test_condition_period_and_trial_are_told(rules: Path) -> None:
    change(
        rules,
        "4.3.1.1-a",
        when={"guidance_area": True},
        effective={"from": "2026-01-01", "to": "2026-12-31"},
        status="trial",
        examples=[{"given": {"guidance_area": False}, "then": "not_applicable"}],
    )
    text = text_of("en/4.3.1.1-a.md", documentation(read_rules(rules)))
    asks, _, rest = text.partition("## Passes")
    assert words.WHEN.en in asks and "“Guidance area” is “yes”" in asks
    assert "2026-01-01 to 2026-12-31" in asks and words.TRIAL_NOTICE.en in asks
    assert "not ticked while on trial" in asks
    assert words.NO_EXAMPLE.en in rest and words.ALWAYS_APPLIES.en not in rest
    not_applicable = rest.partition("## Not applicable")[2]
    dated = "- Date of the inspection: 2026-01-31; Guidance area: no; Waiting area: not observed"
    assert not_applicable.startswith(f"\n\n{dated}\n")


def test_personal_values_are_never_shown(rules: Path) -> None:
    member = {"name": "甲示例", "id_number": "11010519491231002X", "phone": "13900000000"}
    given = {"staff": [{**member, "dedicated": True}]}
    change(rules, "4.3.2.2", examples=[{"given": given, "then": "pass"}])
    for content in documentation(read_rules(rules)).values():
        assert b"1949123100" not in content and b"13900000000" not in content


def test_every_fate_and_verb_of_the_schema_has_words() -> None:
    schema = json.loads((shipped_rules() / "schema/standard.schema.json").read_text("utf-8"))
    clause = schema["properties"]["clauses"]["items"]["properties"]
    assert {*words.FATES, "rules"} >= set(clause["fate"]["enum"])
    assert set(words.VERBS) == set(clause["verb"]["enum"])


# The command


def docs(capfd: pytest.CaptureFixture[str], *args: object) -> tuple[int, str]:
    status, out, err = call(capfd, "rules", "docs", *args, "--lang", "en")
    assert err == ""
    return status, out


def test_a_second_run_writes_nothing(capfd: pytest.CaptureFixture[str], rules: Path) -> None:
    out = rules.parent / "docs" / "rules"
    assert docs(capfd, rules, "--check") == (
        1,
        f"{out}: error: holds no pages on the rules, so readers cannot look them up; "
        f"run `compliance rules docs '{rules}'` [docs-missing]\n"
        "The pages on the rules are not current: 1 matter(s).\n",
    )
    assert not out.exists()
    status, said = docs(capfd, rules)
    assert status == 0 and said.count("wrote ") == len(MADE)
    assert {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*.*")} == MADE
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    status, said = docs(capfd, rules)
    assert (status, said) == (0, f"Wrote 0 file(s), removed 0, {len(MADE)} unchanged.\n")
    assert before == {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert docs(capfd, rules, "--check")[0] == 0


def test_check_finds_what_is_not_current(
    capfd: pytest.CaptureFixture[str], rules: Path, tmp_path: Path
) -> None:
    out = tmp_path / "pages"
    docs(capfd, rules, "--out", out)
    with (out / "zh/4.3.1.2.md").open("a", encoding="utf-8") as file:
        file.write(" ")
    (out / "en/index.md").unlink()
    (out / "en/4.9.md").write_text(f"{MARKER}\n\n# 4.9\n", encoding="utf-8")
    (out / "zh/rules.html").write_text("by hand", encoding="utf-8")
    for name in ("zh/notes.md", "en/picture.png", "own.md"):
        (out / name).write_text("by hand", encoding="utf-8")
    standing = {path: path.read_bytes() for path in out.rglob("*.*")}
    status, said = docs(capfd, rules, "--out", out, "--check")
    assert status == 1
    found = [
        (line.split(": ")[0], line.rsplit("[")[-1].rstrip("]")) for line in said.splitlines()[:-1]
    ]
    assert found == [
        (str(out / "en/4.9.md"), "docs-superfluous"),
        (str(out / "en/index.md"), "docs-missing"),
        (str(out / "zh/4.3.1.2.md"), "docs-stale"),
        (str(out / "zh/rules.html"), "docs-foreign"),
    ]
    assert said.count("compliance rules docs ") == len(found)
    assert {path: path.read_bytes() for path in out.rglob("*.*")} == standing

    status, said = docs(capfd, rules, "--out", out)
    assert status == 1 and "docs-foreign" in said and "warning: was not made" in said
    assert f"removed {out / 'en/4.9.md'}" in said
    assert not (out / "en/4.9.md").exists()
    for name in ("zh/rules.html", "zh/notes.md", "en/picture.png", "own.md"):
        assert (out / name).read_text("utf-8") == "by hand"
    (out / "zh/rules.html").unlink()
    assert docs(capfd, rules, "--out", out)[0] == 0
    assert docs(capfd, rules, "--out", out, "--check")[0] == 0


def test_a_rule_that_is_gone_loses_its_pages(
    capfd: pytest.CaptureFixture[str], rules: Path
) -> None:
    out = rules.parent / "docs" / "rules"
    docs(capfd, rules)
    (rules / "supplementary.yaml").unlink()
    status, said = docs(capfd, rules, "--check")
    assert status == 1 and said.count("[docs-superfluous]") == 2
    assert docs(capfd, rules)[0] == 0
    assert not list(out.rglob("sup-*"))


def test_ids_that_need_one_file(capfd: pytest.CaptureFixture[str], rules: Path) -> None:
    file = rules / "supplementary.yaml"
    text = file.read_text("utf-8")
    for id_ in ("index", "4.3.1.1-A"):
        file.write_text(text.replace("sup-monthly-publication", id_), encoding="utf-8")
        status, out, err = call(capfd, "rules", "docs", rules, "--lang", "en")
        assert (status, out) == (2, "")
        assert f"{file}:3:" in err and f"`{id_}`" in err


def test_folders_that_cannot_serve(
    capfd: pytest.CaptureFixture[str], rules: Path, tmp_path: Path
) -> None:
    assert call(capfd, "rules", "docs", tmp_path / "missing")[0] == 2
    (tmp_path / "file").write_text("", encoding="utf-8")
    status, _, err = call(capfd, "rules", "docs", rules, "--out", tmp_path / "file")
    assert status == 2 and "file" in err
    folder = tmp_path / "out" / "zh" / "index.md"
    folder.mkdir(parents=True)
    status, out, _ = call(capfd, "rules", "docs", rules, "--out", tmp_path / "out")
    assert status == 1 and "docs-foreign" in out and folder.is_dir()


def test_the_default_folder_of_a_relative_path(
    capfd: pytest.CaptureFixture[str], rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(rules)
    assert docs(capfd, ".")[0] == 0
    assert (rules.parent / "docs/rules/zh/index.md").is_file()
    monkeypatch.chdir(rules.parent)
    assert docs(capfd, "rules", "--check")[0] == 0
