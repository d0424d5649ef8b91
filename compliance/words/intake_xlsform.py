"""What the phone form asks beside the facts, and what is said of exports that cannot be read.

Imports nothing but Text and the captions of `intake_fields`. EXPORTS is a part of `faults`.
"""

from __future__ import annotations

from typing import Final

from compliance.words import Text
from compliance.words.intake_fields import FIELDS

TITLE: Final = Text("{standard}检查表：{type}，{stage}", "{standard}: {type}, {stage}")

FORM: Final[dict[str, Text]] = {
    # groups
    "visit": Text("本次检查", "This visit"),
    "outlet": Text("被检查网点", "The outlet"),
    # questions
    **{path.replace(".", "__"): caption for path, caption in FIELDS.items()},
    "inspection__number": FIELDS["inspection.id"],
    "visit__position": Text("检查地点定位", "Position of the visit"),
    "outlet__pick": Text("选择网点", "Which outlet?"),
    "note": Text("{caption}：备注", "{caption}: note"),
    "photo": Text("{caption}：照片", "{caption}: photo"),
    "any": Text("{caption}：有没有可登记的？", "{caption}: is there any to enter?"),
    # choices
    "yes": Text("是", "Yes"),
    "no": Text("否", "No"),
    "unseen": Text("未检查", "Not inspected"),
    "any_yes": Text("有，逐一登记", "Yes, entered one by one"),
    "any_no": Text("检查过，一个也没有", "Looked, and there is none"),
    # hints
    "clauses": Text("条款 {clauses}", "Clause {clauses}"),
    "number_hint": Text(
        "本单位的编号；不填则由手机自动编号", "your own number; left empty, the phone makes one"
    ),
    "optional": Text("可不填", "may be left empty"),
    # what is said of a wrong answer
    "required": Text("此项必填", "this has to be filled in"),
    "not_after_today": Text("检查日期不能晚于今天", "the visit cannot lie in the future"),
    "not_after_visit": Text("日期不能晚于检查日期", "the date cannot lie after the visit"),
    "phone": Text(
        "应为电话号码：手机 11 位，座机带区号，分机写“转”",
        "expected a phone number: 11 digits of a mobile, or a landline with its area code",
    ),
    "id_number": Text(
        "应为 18 位身份证号码，末位可为大写 X",
        "expected an ID number of 18 characters; the last may be a capital X",
    ),
}

EXPORTS: Final[dict[str, Text]] = {
    "needs_package": Text(
        '缺少软件包 {package}，无法处理这种格式；请安装：pip install "compliance[{extra}]"',
        'the package {package} is missing, so this format cannot be handled; install it: pip install "compliance[{extra}]"',
    ),
    "export_other_form": Text(
        "不是本软件生成的检查表单的导出（没有 form__vocabulary 一栏，表单为 `{found}`）；"
        "请用 compliance checklist --format xlsform 生成表单、填写后再导出，导出时不要去掉任何一栏",
        "is no export of a form that this program made (there is no form__vocabulary, the form is `{found}`); "
        "make the form with `compliance checklist --format xlsform`, fill it in and export it with every column",
    ),
    "export_unknown_question": Text(
        "检查表里没有问题 `{found}`（表单的词汇版本为 {form}，规则文件为 {book}）；版本不同请用生成表单时的规则文件（--rules）；"
        "Kobo 导出时请选“XML values and headers”，不要选题目标签",
        "the checklist has no question `{found}` (the form has vocabulary {form}, the rule files have {book}); where these "
        "differ give the rule files that the form was made with (--rules); from Kobo export with “XML values and headers”, not labels",
    ),
    "export_not_a_value": Text(
        "{found} 不能作为此题的答案；应为一个值",
        "{found} cannot answer this question; expected one value",
    ),
    "export_twice": Text(
        "问题 `{found}` 在一份提交里出现两次；请重新导出",
        "the question `{found}` stands twice in one submission; export it again",
    ),
    "export_members_missing": Text(
        "填的是“有”，但没有登记任何一项 `{found}`；如果表单里登记过，说明导出时漏了重复组：ODK Central 请下载含重复组的 .zip，"
        "或用 $expand=*；Kobo 请导出 XLSX 或 JSON；如果确实没有登记，请在服务器上更正后再导出",
        "the answer is yes, but no `{found}` is entered; if the form had some, the export left the repeats out: from ODK Central take the "
        ".zip with repeats or $expand=*, from Kobo the XLSX or JSON; if there were none, correct the submission and export it again",
    ),
    "export_members_denied": Text(
        "填的是“没有”或“未检查”，却登记了 `{found}`；请在服务器上更正其一后再导出",
        "the answer is none or not inspected, and yet `{found}` is entered; correct one of them and export it again",
    ),
    "export_no_parent": Text(
        "此行属于 {found}，主表里没有这份提交；请把主表和重复组一起重新导出",
        "this row belongs to {found}, which the main table does not hold; export the main table and its repeats together",
    ),
    "export_unclear_position": Text(
        "{found} 不是定位；应为 纬度 经度 海拔 精度 四个数",
        "{found} is no position; expected latitude, longitude, altitude and accuracy as numbers",
    ),
    "export_unclear_time": Text(
        "{found} 不是时间；应如 2026-04-12T09:30:00+08:00",
        "{found} is no time; expected one like 2026-04-12T09:30:00+08:00",
    ),
    "export_media_name": Text(
        "照片文件名 {found} 不能使用；应为不含路径的文件名，不超过 255 字节",
        "the photo's name {found} cannot be used; expected the name of a file without folders, of at most 255 bytes",
    ),
    "export_media_missing": Text(
        "找不到照片 {found}；请从服务器下载附件，放在导出文件旁的 media 文件夹里（或与导出文件同一文件夹）",
        "the photo {found} is not there; download the attachments and put them into the folder `media` beside the export, or beside it",
    ),
    "export_xml": Text(
        "不是可以读取的 XML 提交：{why}；请重新从服务器导出",
        "is no XML submission that can be read: {why}; export it again from the server",
    ),
    "export_xml_unsafe": Text(
        "含有文档类型或实体定义，可能攻击读取它的软件；未读取。ODK 和 Kobo 的提交没有这些，请重新导出",
        "declares a document type or entities, which can attack what reads it; not read. Submissions of ODK and Kobo have "
        "none; export it again",
    ),
    "export_blank_form": Text(
        "这是空白表单，不是填好的提交；请从服务器下载提交（.zip、JSON 或单份提交的 XML）",
        "is the blank form and no submission; download the submissions from the server (.zip, JSON, or the XML of one)",
    ),
    "export_not_utf8_or_gb": Text(
        "既不是 UTF-8 也不是 GB18030 编码；请另存为 UTF-8 的 CSV，或重新导出",
        "is neither UTF-8 nor GB18030 text; save it as CSV in UTF-8, or export it again",
    ),
    "export_zip": Text(
        "不是可以读取的 .zip 文件：{why}；请重新从 ODK Central 下载",
        "is no .zip file that can be read: {why}; download it again from ODK Central",
    ),
    "export_too_large": Text(
        "有 {found} 字节，上限为 {limit} 字节；未读取，请按日期筛选后分几次导出",
        "has {found} bytes and the limit is {limit}; not read, filter by date and export it in parts",
    ),
    "export_zip_large": Text(
        "解开后有 {found} 字节，上限为 {limit} 字节；未读取，请分几次导出",
        "unpacks to {found} bytes and the limit is {limit}; not read, export it in parts",
    ),
    "export_xlsx": Text(
        "不是可以读取的 XLSX 导出：{why}；请重新从 Kobo 导出",
        "is no XLSX export that can be read: {why}; export it again from Kobo",
    ),
    "export_no_main_table": Text(
        "没有 ODK、Kobo 导出的主表（含 form__vocabulary 一栏的表）；请把 ODK Central 的 .zip 原样交来，或解压到一个文件夹；文件夹里若是填好的检查表，请逐个写出，如 文件夹/*.xlsx",
        "holds no main table of an ODK or Kobo export (the one with the column form__vocabulary); give the .zip of ODK Central as it is, or a folder of its files; of filled checklists in a folder, name each, such as FOLDER/*.xlsx",
    ),
    "export_two_main_tables": Text(
        "有 {count} 个主表（{found}）；一次请只给一份表单的导出",
        "holds {count} main tables ({found}); give the export of one form at a time",
    ),
    "export_uneven_row": Text(
        "此行有 {found} 栏，表头有 {expected} 栏；请重新导出，不要用其他软件改动",
        "this row has {found} cells and the header has {expected}; export it again and change nothing in it",
    ),
    "export_no_submissions": Text(
        "导出里没有任何提交；请检查导出的筛选条件",
        "holds no submission; check the filter of the export",
    ),
    "export_not_an_export": Text(
        "不是 ODK Central 或 Kobo 的 JSON 导出；应有 value（ODK）或 results（Kobo）列表",
        "is no JSON export of ODK Central or Kobo; expected a list called `value` (ODK) or `results` (Kobo)",
    ),
}
