"""Submissions as a phone sends them and as ODK Central and Kobo export them.

A submission begins as the empty instance in the form that pyxform makes, so that groups and
names are the form's own; each export is then written from it the way that the server does:
OData nests and has numbers and GeoJSON, Kobo puts the groups before the names and leaves
out what is empty, Central's CSV splits a position over four columns, and so on.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from compliance.errors import Problem
from compliance.intake.questions import checklist
from compliance.intake.reading import Filled, read_forms
from compliance.intake.xlsform import xform
from compliance.load import load_rules
from compliance.outcome import Stage
from compliance.rulebook import OutletType, RuleBook

XFORMS: Final = "{http://www.w3.org/2002/xforms}"
META: Final = "http://openrosa.org/xforms"
LISTS: Final = ("staff", "publications")
FORM: Final = "compliance_bank_branch_adaptation"
ID: Final = "5f0c1c9e-0000-4000-8000-000000000001"
TEMPLATE: Final = "{http://openrosa.org/javarosa}template"

SAMPLE: Final[Mapping[str, Any]] = {
    "inspection": {
        "id": "样例-2026-001",
        "stage": "adaptation",
        "date": "2026-04-12",
        "inspector": "样例检查员",
    },
    "outlet": {
        "id": "YL-901",
        "name": "样例银行样例支行",
        "type": "bank_branch",
        "bank": "样例银行",
        "address": "样例县样例路 1 号，二楼",
        "phone": "0775-2345678",
    },
    "observations": {
        "waiting_area": True,
        "guidance_area": False,
        "television": True,
        "staff": [
            {"name": "样例甲", "phone": "13800138000", "pre_job_trained": True, "dedicated": False},
            {"name": '样例"乙"，丙', "able_to_serve": True},
        ],
        "publications": [
            {"date": "2026-04-02", "title": "=HYPERLINK(1)", "channel": "<b>公示</b>"}
        ],
    },
    "notes": {"television": "待安装\n下月再查", "staff": "两人；轮班"},
    "visit": {
        "time": "2026-04-12T09:00:05+08:00",
        "position": {"latitude": 22.6312, "longitude": 110.1501, "altitude": 0.0, "accuracy": 4.5},
    },
    "vocabulary": "2026-1",
}
"""What a branch's visit gives; invented."""

RURAL: Final[dict[str, Any]] = {
    "inspection": {**SAMPLE["inspection"], "id": "样例-2026-002"},
    "outlet": {"id": "YL-902", "name": "样例村服务点", "type": "rural_point", "bank": "样例银行"},
    "observations": {"leaflets": False, "staff": []},
    "vocabulary": "2026-1",
}

# A picture of one pixel.
PICTURE: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@cache
def rules() -> RuleBook:
    """The shipped rule book."""
    return load_rules(None)


@cache
def _blank(type_: OutletType) -> bytes:
    asked = checklist(rules(), type_, Stage.ADAPTATION)
    return xform.write(asked, rules(), "zh")


def _answers(data: Mapping[str, Any]) -> dict[str, str]:
    """A record's content as answers by question, lists aside."""
    flat = {f"inspection__{key}": value for key, value in data["inspection"].items()}
    flat |= {f"outlet__{key}": value for key, value in data["outlet"].items()}
    flat |= {f"note__{key}": value for key, value in data.get("notes", {}).items()}
    flat["form__vocabulary"] = data["vocabulary"]
    for name, value in data.get("observations", {}).items():
        if name in LISTS:
            flat[f"any__{name}"] = bool(value)
        else:
            flat[name] = value
    visit = data.get("visit", {})
    if "time" in visit:
        flat["visit__start"] = visit["time"].replace("+08:00", ".250+08:00")
    if position := visit.get("position"):
        parts = (str(position.get(k, 0.0)) for k in ("latitude", "longitude", "altitude"))
        flat["visit__position"] = " ".join((*parts, str(position.get("accuracy", 0.0))))
    return {name: _written(value) for name, value in flat.items()}


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def submission(
    data: Mapping[str, Any], *, id_: str = ID, photos: Mapping[str, str] | None = None
) -> ET.Element:
    """The instance that a phone sends for what a record holds; `photos` are names by fact."""
    form = ET.fromstring(_blank(OutletType(data["outlet"]["type"])))
    root = form.find(f".//{XFORMS}instance/{XFORMS}data")
    assert root is not None
    answers = _answers(data) | {f"photo__{k}": v for k, v in (photos or {}).items()}
    answers["instanceID"] = f"uuid:{id_}"
    answers["instanceName"] = data["outlet"]["name"]
    made = _filled(root, answers, data.get("observations", {}))
    assert answers == {}, f"the form does not ask {sorted(answers)}"
    return made


def _filled(element: ET.Element, answers: dict[str, str], lists: Mapping[str, Any]) -> ET.Element:
    made = ET.Element(element.tag.removeprefix(XFORMS), dict(element.attrib))
    if len(element) == 0:
        made.text = answers.pop(made.tag, None)
    for child in element:
        tag = child.tag.removeprefix(XFORMS)
        if TEMPLATE in child.attrib:
            for member in lists.get(tag, ()):
                made.append(_filled(child, {k: _written(v) for k, v in member.items()}, {}))
                del made[-1].attrib[TEMPLATE]
        elif tag not in LISTS:
            made.append(_filled(child, answers, lists))
    return made


def as_xml(root: ET.Element) -> bytes:
    """The XML of one submission, its meta block in the namespace that phones use."""
    sent = copy.deepcopy(root)
    meta = sent.find("meta")
    assert meta is not None
    for element in meta.iter():
        element.tag = f"{{{META}}}{element.tag}"
    ET.register_namespace("orx", META)
    return ET.tostring(sent, encoding="utf-8", xml_declaration=True)


def _id(root: ET.Element) -> str:
    return root.findtext("meta/instanceID") or ""


# ODK Central


def as_odata(roots: Iterable[ET.Element], *, expand: bool = True) -> bytes:
    """Central's data document, with repeats under `$expand=*`."""
    value = [
        {
            "__id": _id(root),
            "__system": {"submissionDate": "2026-04-12T03:00:00.000Z", "reviewState": None},
            **_odata(root, f"Submissions('{_id(root)}')", expand),
        }
        for root in roots
    ]
    context = "https://odk.example.org/v1/projects/1/forms/f.svc/$metadata#Submissions"
    return json.dumps({"value": value, "@odata.context": context}).encode()


def _odata(element: ET.Element, link: str, expand: bool) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for child in element:
        if child.tag in LISTS:
            made[f"{child.tag}@odata.navigationLink"] = f"{link}/{child.tag}"
            if expand:
                number = len(made.get(child.tag, ()))
                member = {**_odata(child, link, expand), "__id": f"{number:040x}"}
                made.setdefault(child.tag, []).append(member)
        elif len(child):
            made[child.tag] = _odata(child, f"{link}/{child.tag}", expand)
        else:
            made[child.tag] = _geojson(child.text) if child.tag == "visit__position" else child.text
    return made


def _geojson(text: str | None) -> dict[str, Any] | None:
    try:
        north, east, up, accuracy = map(float, (text or "").split())
    except ValueError:
        return None
    return {
        "type": "Point",
        "coordinates": [east, north, up],
        "properties": {"accuracy": accuracy},
    }


def as_tables(roots: Sequence[ET.Element]) -> dict[str, str]:
    """Central's CSV files by name: the main table and one for each repeat."""
    main: list[dict[str, str]] = []
    repeats: dict[str, list[dict[str, str]]] = {name: [] for name in LISTS}
    for root in roots:
        row = {"SubmissionDate": "2026-04-12T03:00:00.000Z"}
        for path, element in _leaves(root):
            key = "-".join(path)
            if path[-1] == "visit__position":
                parts = (element.text or "   ").split(" ")
                names = ("Latitude", "Longitude", "Altitude", "Accuracy")
                row |= {f"{key}-{name}": part for name, part in zip(names, parts)}
            else:
                row[key] = element.text or ""
        row |= {"KEY": _id(root), "SubmitterID": "7", "Status": "", "FormVersion": "1"}
        main.append(row)
        for name in LISTS:
            for at, member in enumerate(root.findall(f".//{name}"), 1):
                held = {child.tag: child.text or "" for child in member}
                key = f"{_id(root)}/q__{name}/{name}[{at}]"
                repeats[name].append({**held, "PARENT_KEY": _id(root), "KEY": key})
    return {
        f"{FORM}.csv": _csv(main),
        **{f"{FORM}-{name}.csv": _csv(rows) for name, rows in repeats.items()},
    }


def as_zip(roots: Sequence[ET.Element], media: Mapping[str, bytes] | None = None) -> bytes:
    """Central's download with its media folder."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in as_tables(roots).items():
            archive.writestr(name, text)
        for name, content in (media or {}).items():
            archive.writestr(f"media/{name}", content)
    return held.getvalue()


def _leaves(
    element: ET.Element, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], ET.Element]]:
    for child in element:
        if len(child) == 0:
            yield (*path, child.tag), child
        elif child.tag not in LISTS:
            yield from _leaves(child, (*path, child.tag))


def _csv(rows: Sequence[Mapping[str, str]], delimiter: str = ",") -> str:
    held = io.StringIO(newline="")
    writer = csv.writer(held, delimiter=delimiter)
    writer.writerow(rows[0] if rows else ("name", "PARENT_KEY", "KEY"))
    writer.writerows(row.values() for row in rows)
    return held.getvalue()


# Kobo


def as_kobo(roots: Iterable[ET.Element], media: Mapping[str, str] | None = None) -> bytes:
    """Kobo's API document; `media` are the names that the server gave to files, by question."""
    results = [_kobo_submission(root, media or {}) for root in roots]
    head = {"count": len(results), "next": None, "previous": None}
    return json.dumps({**head, "results": results}, ensure_ascii=False).encode()


def _kobo_submission(root: ET.Element, media: Mapping[str, str]) -> dict[str, Any]:
    uuid = _id(root).removeprefix("uuid:")
    attachments = [
        {
            "download_url": f"https://kobo.example.org/{name}",
            "mimetype": "image/jpeg",
            "filename": f"bureau/attachments/f/{uuid}/{name}",
            "media_file_basename": name,
            "question_xpath": f"q__{question.removeprefix('photo__')}/{question}",
        }
        for question, name in media.items()
    ]
    return {
        "_id": 41,
        "formhub/uuid": "00ff",
        **_kobo(root, ""),
        "__version__": "vabc",
        "_xform_id_string": "aSampleAsset",
        "_uuid": uuid,
        "_attachments": attachments,
        "_status": "submitted_via_web",
        "_geolocation": [None, None],
        "_submission_time": "2026-04-12T03:00:00",
        "_tags": [],
        "_notes": [],
        "_validation_status": {},
        "_submitted_by": None,
    }


def _kobo(element: ET.Element, group: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for child in element:
        key = f"{group}{child.tag}"
        if child.tag in LISTS:
            made.setdefault(key, []).append(_kobo(child, f"{key}/"))
        elif len(child):
            made |= _kobo(child, f"{key}/")
        elif child.text:
            made[key] = child.text
    return made


def as_xlsx(roots: Sequence[ET.Element]) -> bytes:
    """Kobo's workbook with XML values and headers, the repeats on sheets of their own."""
    import openpyxl

    workbook = openpyxl.Workbook()
    rows: dict[str, list[dict[str, Any]]] = {"样例表单": [], **{name: [] for name in LISTS}}
    for index, root in enumerate(roots, 1):
        row: dict[str, Any] = {}
        for path, element in _leaves(root):
            row["/".join(path)] = element.text or ""
            if path[-1] == "visit__position":
                parts = [*(element.text or "").split(), "", "", "", ""]
                for name, part in zip(("latitude", "longitude", "altitude", "precision"), parts):
                    row[f"_visit__position_{name}"] = part
            if path[-1].startswith("photo__"):
                row["/".join(path) + "_URL"] = "https://kobo.example.org/x" if element.text else ""
        del row["meta/instanceID"], row["meta/instanceName"]
        uuid = _id(root).removeprefix("uuid:")
        rows["样例表单"].append(row | {"_id": 40 + index, "_uuid": uuid, "_index": index})
        for name in LISTS:
            for member in root.findall(f".//{name}"):
                held = {child.tag: child.text or "" for child in member}
                rows[name].append(
                    held
                    | {"_index": len(rows[name]) + 1, "_parent_table_name": "样例表单"}
                    | {"_parent_index": index, "_submission__uuid": uuid}
                )
    sheet = workbook.active
    for title, held in rows.items():
        if held:
            sheet.title = title
            sheet.append(list(held[0]))
            for each in held:
                sheet.append([value if value != "" else None for value in each.values()])
            sheet = workbook.create_sheet()
    workbook.remove(sheet)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def as_kobo_csv(roots: Sequence[ET.Element]) -> str:
    """Kobo's CSV, which leaves the repeats out."""
    rows = []
    for root in roots:
        row = {"/".join(path): element.text or "" for path, element in _leaves(root)}
        rows.append(row | {"_uuid": _id(root).removeprefix("uuid:"), "_index": "1"})
    return _csv(rows, ";")


def write(folder: Path, shape: str, roots: Sequence[ET.Element]) -> Path:
    """One export in `folder`, by the name of its shape in SHAPES."""
    name, writer = SHAPES[shape]
    path = folder / name
    path.write_bytes(writer(roots))
    return path


SHAPES: Final = {
    "xml": ("提交 1.xml", lambda roots: as_xml(roots[0])),
    "odata": ("odk.json", as_odata),
    "kobo": ("kobo.json", as_kobo),
    "zip": ("odk.zip", as_zip),
    "xlsx": ("kobo.xlsx", as_xlsx),
}


# reading back


def records(*paths: Path, staging: Path | None = None) -> tuple[Filled, ...]:
    filled, problems = read_forms(paths, rules(), staging)
    assert [problem.message("en") for problem in problems] == []
    return filled


def refused(*paths: Path) -> list[Problem]:
    filled, problems = read_forms(paths, rules())
    assert filled == ()
    assert all(p.text.zh and p.text.en and "{" not in p.text.en for p in problems)
    return list(problems)


def keys(problems: Sequence[Problem]) -> list[str]:
    return [problem.key for problem in problems]


def changed(root: ET.Element, **answers: str | None) -> ET.Element:
    """The submission with other answers, by the question's name."""
    made = copy.deepcopy(root)
    for name, value in answers.items():
        found = list(made.iter(name))
        assert found, name
        found[0].text = value
    return made
