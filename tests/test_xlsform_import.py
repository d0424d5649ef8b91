"""Exports of ODK Central and Kobo read back: one record from every shape, or a clear refusal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.condition import FactType
from compliance.errors import Problem
from compliance.intake.questions import checklist
from compliance.intake.record_file import record_text
from compliance.intake.xlsform import form, read_xlsx
from compliance.outcome import Stage
from compliance.rulebook import OutletType
from tests import xlsform_samples as samples
from tests.xlsform_samples import (
    FORM,
    ID,
    RURAL,
    SAMPLE,
    SHAPES,
    changed,
    keys,
    records,
    refused,
    rules,
    submission,
    write,
)

FIXTURES: Final = Path(__file__).resolve().parent.parent / "fixtures" / "intake" / "odk"
OTHER_ID: Final = ID[:-1] + "2"
each_shape = pytest.mark.parametrize("shape", SHAPES)


# one record from every shape


@each_shape
@pytest.mark.parametrize("data", [SAMPLE, RURAL], ids=["branch", "rural"])
def test_every_shape_gives_the_same_record(
    tmp_path: Path, shape: str, data: Mapping[str, Any]
) -> None:
    (found,) = records(write(tmp_path, shape, [submission(data)]))
    assert record_text(found.data) == record_text(data)
    assert found.record.inspection.id == data["inspection"]["id"]


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "xml"])
def test_many_submissions_keep_their_own_members(tmp_path: Path, shape: str) -> None:
    other = {**SAMPLE, "inspection": {**SAMPLE["inspection"], "id": "样例-2026-003"}}
    other["observations"] = {"television": False, "staff": [{"name": "样例丁"}]}
    roots = [submission(SAMPLE), submission(other, id_=OTHER_ID)]
    first, second = records(write(tmp_path, shape, roots))
    assert record_text(first.data) == record_text(SAMPLE)
    assert record_text(second.data) == record_text(other)


@pytest.mark.parametrize("name", ["submission.xml", "central.json", "kobo.json", "central"])
def test_the_kept_exports_still_give_their_record(name: str) -> None:
    (found,) = records(FIXTURES / name)
    assert record_text(found.data) == (FIXTURES / "expected.yaml").read_text(encoding="utf-8")


def test_tables_are_read_from_a_folder_or_beside_the_main_one(tmp_path: Path) -> None:
    for name, text in samples.as_tables([submission(SAMPLE)]).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (found,) = records(tmp_path / f"{FORM}.csv")
    assert record_text(found.data) == record_text(SAMPLE)
    assert record_text(records(tmp_path)[0].data) == record_text(SAMPLE)


def test_names_without_their_groups_are_known_too(tmp_path: Path) -> None:
    (tmp_path / "kobo.json").write_bytes(samples.as_kobo([submission(SAMPLE)]))
    (data,) = json.loads((tmp_path / "kobo.json").read_text(encoding="utf-8"))["results"]

    def bare(held: dict[str, Any]) -> dict[str, Any]:
        own = {
            k if k.startswith(("meta", "formhub")) else k.rpartition("/")[2]: v
            for k, v in held.items()
        }
        return {
            k: [bare(m) for m in v] if isinstance(v, list) and k[0] != "_" else v
            for k, v in own.items()
        }

    (tmp_path / "bare.json").write_text(json.dumps([bare(data)]), encoding="utf-8")
    (found,) = records(tmp_path / "bare.json")
    assert record_text(found.data) == record_text(SAMPLE)


def test_cells_with_types_give_the_same_as_texts(tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(write(tmp_path, "xlsx", [submission(SAMPLE)]))
    main, _, publications = workbook.worksheets
    for sheet, name, value in (
        (main, "visit/inspection__date", date(2026, 4, 12)),
        (main, "visit__start", datetime(2026, 4, 12, 9, 0, 5)),
        (publications, "date", date(2026, 4, 2)),
    ):
        at = [cell.value for cell in sheet[1]].index(name) + 1
        sheet.cell(2, at).value = value
    workbook.save(tmp_path / "typed.xlsx")
    assert record_text(records(tmp_path / "typed.xlsx")[0].data) == record_text(SAMPLE)


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("2026-04-12T23:59:59.999+08:00", "2026-04-12T23:59:59+08:00"),
        ("2026-04-30T16:00:00.000Z", "2026-05-01T00:00:00+08:00"),
        ("2026-04-12T08:00:00.000+07", "2026-04-12T09:00:00+08:00"),
    ],
)
def test_the_time_of_the_visit_is_that_of_shanghai(tmp_path: Path, written: str, time: str) -> None:
    root = changed(submission(SAMPLE), visit__start=written)
    for shape in SHAPES:
        assert records(write(tmp_path, shape, [root]))[0].data["visit"]["time"] == time


@each_shape
def test_outlets_from_the_list_come_with_their_quotation_marks(tmp_path: Path, shape: str) -> None:
    root = changed(submission(SAMPLE), outlet__name="〝样例〞支行", note__staff="〝照录〞")
    ET.SubElement(root, "outlet__pick").text = "n1"
    (found,) = records(write(tmp_path, shape, [root]))
    assert found.record.outlet.name == "“样例”支行"
    assert found.record.notes["staff"] == "〝照录〞"


# what was not observed


@each_shape
def test_empty_and_unseen_are_not_observed(tmp_path: Path, shape: str) -> None:
    root = changed(
        submission(RURAL), leaflets="unseen", any__staff="unseen", notice_board="", note__staff=" "
    )
    (found,) = records(write(tmp_path, shape, [root]))
    assert "observations" not in found.data and "notes" not in found.data


@each_shape
def test_a_note_may_say_unseen(tmp_path: Path, shape: str) -> None:
    data = {**RURAL, "notes": {"leaflets": "unseen", "staff": "否"}}
    assert records(write(tmp_path, shape, [submission(data)]))[0].data["notes"] == data["notes"]


@each_shape
def test_none_at_all_is_an_empty_list_and_an_empty_member_is_nobody(
    tmp_path: Path, shape: str
) -> None:
    root = submission({**RURAL, "observations": {"staff": [{"name": "样例甲"}, {"name": ""}]}})
    root.find("q__publications/any__publications").text = "no"  # type: ignore[union-attr]
    (found,) = records(write(tmp_path, shape, [root]))
    assert found.data["observations"] == {"staff": [{"name": "样例甲"}], "publications": []}


# repeats that the export left out


def test_an_export_without_its_repeats_is_refused(tmp_path: Path) -> None:
    roots = [submission(SAMPLE)]
    (tmp_path / "odk.json").write_bytes(samples.as_odata(roots, expand=False))
    (tmp_path / "kobo.csv").write_text(samples.as_kobo_csv(roots), encoding="utf-8")
    (tmp_path / "alone.csv").write_text(
        samples.as_tables(roots)[f"{FORM}.csv"], encoding="utf-8-sig"
    )
    for name in ("odk.json", "kobo.csv", "alone.csv"):
        problems = refused(tmp_path / name)
        assert keys(problems) == ["export_members_missing"] * 2
        assert {p.place.path for p in problems} == {
            "observations.staff",
            "observations.publications",
        }
        assert "$expand=*" in problems[0].text.en


@each_shape
def test_members_beside_the_answer_that_there_are_none_are_refused(
    tmp_path: Path, shape: str
) -> None:
    path = write(tmp_path, shape, [changed(submission(SAMPLE), any__staff="no")])
    (problem,) = refused(path)
    assert problem.key == "export_members_denied"
    assert "any__staff" in problem.place.cell or shape == "xlsx"


def test_a_row_without_its_submission_is_named(tmp_path: Path) -> None:
    tables = samples.as_tables([submission(SAMPLE)])
    tables[f"{FORM}-staff.csv"] = tables[f"{FORM}-staff.csv"].replace(f",uuid:{ID},", ",uuid:gone,")
    for name, text in tables.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    problems = refused(tmp_path)
    assert keys(problems) == ["export_no_parent", "export_no_parent", "export_members_missing"]
    assert problems[0].place.cell == f"{FORM}-staff.csv:2"


# wrong answers


@each_shape
def test_all_that_is_wrong_is_said_at_once_with_its_place(tmp_path: Path, shape: str) -> None:
    root = changed(
        submission(SAMPLE),
        television="maybe",
        inspection__date="2026年2月30日",
        inspection__inspector="",
        outlet__phone="样例",
        visit__start="早上",
        visit__position="北 东 0 0",
    )
    root.find("q__staff/staff/id_number").text = "110101199003070000"  # type: ignore[union-attr]
    problems = refused(write(tmp_path, shape, [root]))
    said = {problem.place.path: problem for problem in problems}
    assert {
        "observations.television",
        "inspection.date",
        "inspection",
        "outlet.phone",
        "visit.time",
        "observations.staff[0].id_number",
    } <= set(said)
    # Central gives no position for one that it cannot read.
    assert ("visit.position" in said) is (shape != "odata")
    assert "maybe" in said["observations.television"].text.zh
    assert all(problem.place.cell for problem in problems), problems
    for problem in problems:
        assert "110101199003070000" not in problem.message("zh") + problem.message("en")
    cell = said["observations.television"].place.cell
    assert ("television" in cell and ID in cell) or shape in ("zip", "xlsx")
    assert shape != "zip" or cell == f"{FORM}.csv:2!q__television-television"
    assert shape != "xlsx" or cell.startswith("样例表单!")


@each_shape
def test_a_fact_of_another_type_of_outlet_is_refused(tmp_path: Path, shape: str) -> None:
    root = changed(submission(RURAL), outlet__type="bank_branch")
    assert keys(refused(write(tmp_path, shape, [root]))) == ["not_asked_here"]


@each_shape
def test_an_unknown_question_is_named_with_both_vocabularies(tmp_path: Path, shape: str) -> None:
    root = changed(submission(RURAL), form__vocabulary="2019-9")
    ET.SubElement(root, "fountain").text = "yes"
    ET.SubElement(root, "garden").text = ""
    ET.SubElement(root.find("q__staff"), "photo__garden").text = "a.png"  # type: ignore[arg-type]
    problems = refused(write(tmp_path, shape, [root]))
    assert keys(problems) == ["export_unknown_question"] * 2
    assert [("fountain" in p.text.zh, "photo__garden" in p.text.zh) for p in problems] in (
        [(True, False), (False, True)],
        [(False, True), (True, False)],
    )
    assert "2019-9" in problems[0].text.en and rules().vocabulary in problems[0].text.en


def test_an_unknown_field_of_a_member_is_named(tmp_path: Path) -> None:
    root = submission(SAMPLE)
    ET.SubElement(root.find("q__staff/staff"), "height").text = "180"  # type: ignore[arg-type]
    for shape in ("xml", "odata", "kobo"):
        (problem,) = refused(write(tmp_path, shape, [root]))
        assert problem.key == "export_unknown_question" and "height" in problem.place.cell


def test_two_answers_to_one_question_are_refused(tmp_path: Path) -> None:
    root = submission(SAMPLE)
    ET.SubElement(root, "group").append(ET.Element("television"))
    ET.SubElement(root[-1], "television").text = "no"
    for shape in ("xml", "kobo", "zip"):
        assert keys(refused(write(tmp_path, shape, [root]))) == ["export_twice"]
    same = submission(SAMPLE)
    television = same.find("q__television")
    assert television is not None
    ET.SubElement(television, "television").text = "no"
    assert keys(refused(write(tmp_path, "xml", [same]))) == ["export_not_a_value"]


@each_shape
def test_the_export_of_another_form_is_refused(tmp_path: Path, shape: str) -> None:
    root = submission(RURAL)
    hidden = root.find("form__vocabulary")
    assert hidden is not None
    root.remove(hidden)
    path = write(tmp_path, shape, [root])
    # A workbook without our column goes to the reader of the checklist workbook.
    (problem,) = read_xlsx.read(path, rules()) if shape == "xlsx" else refused(path)
    assert isinstance(problem, Problem)
    assert problem.key in ("export_other_form", "export_no_main_table")
    assert "--format xlsform" in problem.text.zh or "form__vocabulary" in problem.text.zh


def test_the_blank_form_is_no_submission(tmp_path: Path) -> None:
    (tmp_path / "form.xml").write_bytes(samples._blank(OutletType.BANK_BRANCH))
    assert keys(refused(tmp_path / "form.xml")) == ["export_blank_form"]
    asked = checklist(rules(), OutletType.BANK_BRANCH, Stage.ADAPTATION)
    (tmp_path / "form.xlsx").write_bytes(form.write(asked, rules(), "zh"))
    (problem,) = read_xlsx.read(tmp_path / "form.xlsx", rules())
    assert isinstance(problem, Problem) and problem.key == "export_blank_form"


def test_columns_named_by_their_captions_are_refused_with_what_to_choose(tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(write(tmp_path, "xlsx", [submission(SAMPLE)]))
    for cell in workbook.worksheets[0][1]:
        if str(cell.value).startswith("q__television/television"):
            cell.value = "是否配有电视机？"
    workbook.save(tmp_path / "captions.xlsx")
    (problem,) = refused(tmp_path / "captions.xlsx")
    assert "是否配有电视机？" in problem.text.zh and "XML values and headers" in problem.text.zh


# there and back


def texts() -> st.SearchStrategy[str]:
    # What XML cannot carry, a phone cannot send; blanks at the ends are nobody's answer.
    signs = st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs", "Zl", "Zp"),
        exclude_characters="\ufffe\uffff",
    )
    return st.text(signs, min_size=1, max_size=12).map(str.strip).filter(bool)


def days() -> st.SearchStrategy[str]:
    return st.dates(date(2020, 1, 1), date(2026, 4, 12)).map(str)


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """A record that the phone form can give."""
    type_ = draw(st.sampled_from(OutletType))
    asked = [f for f in rules().facts.values() if (type_, Stage.ADAPTATION) in f.asked]
    by_type = {FactType.BOOLEAN: st.booleans(), FactType.TEXT: texts(), FactType.DATE: days()}
    observed: dict[str, Any] = {}
    for fact in draw(st.lists(st.sampled_from(asked), unique_by=lambda fact: fact.name)):
        if fact.type is not FactType.LIST:
            observed[fact.name] = draw(by_type[fact.type])
            continue
        plain = {f.name: by_type[f.type] for f in fact.fields if not f.personal}
        needed = {f.name: plain.pop(f.name) for f in fact.fields if f.required}
        member = st.fixed_dictionaries(needed, optional=plain).filter(bool)
        observed[fact.name] = draw(st.lists(member, max_size=3))
    noted = st.dictionaries(st.sampled_from([fact.name for fact in asked]), texts(), max_size=3)
    data: dict[str, Any] = {
        "inspection": {
            "id": draw(texts()),
            "stage": "adaptation",
            "date": "2026-04-12",
            "inspector": draw(texts()),
        },
        "outlet": {
            "id": draw(texts()),
            "name": draw(texts()),
            "type": type_.value,
            "bank": draw(texts()),
        },
        "vocabulary": rules().vocabulary,
    }
    if observed:
        data["observations"] = {name: observed[name] for name in rules().facts if name in observed}
    if notes := draw(noted):
        data["notes"] = {name: notes[name] for name in rules().facts if name in notes}
    return data


@pytest.mark.parametrize("shape", ["xml", "kobo", "odata", "zip"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=contents())
def test_there_and_back(tmp_path: Path, shape: str, data: dict[str, Any]) -> None:
    (found,) = records(write(tmp_path, shape, [submission(data)]))
    assert found.data == data
