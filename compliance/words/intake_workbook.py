"""What stands in the workbook beside the facts, and what is said of one that was filled in.

Captions of facts and their fields are data of facts.yaml and not kept here. Imports nothing
but Text.
"""

from __future__ import annotations

from typing import Final

from compliance.words import Text

HINTS: Final[dict[str, Text]] = {
    "inspection.id": Text(
        "必填；每次检查一个编号，不重复", "required; one for each visit, never twice"
    ),
    "inspection.date": Text("必填；如 2026-04-03", "required; such as 2026-04-03"),
    "inspection.inspector": Text("必填", "required"),
    "outlet.id": Text("必填；每次检查都用同一个编号", "required; the same at every visit"),
    "outlet.name": Text("必填；与备案申请单一致", "required; as on the application form"),
    "outlet.bank": Text("必填；写银行全称", "required; the bank's full name"),
    "outlet.contact": Text("网点的联系人", "who speaks for the outlet"),
    "outlet.phone": Text("手机，或带区号的座机", "a mobile, or a landline with its area code"),
    "id_number": Text("18 位，末位 X 大写", "18 characters, a last X as capital"),
    "phone": Text("手机，或带区号的座机", "mobile, or landline with area code"),
    "required": Text("必填", "required"),
    "yes_no": Text("是 / 否 / 未检查", "Yes / No / Not inspected"),
    "date": Text("如 2026-04-03", "such as 2026-04-03"),
}

SHEETS: Final[dict[str, Text]] = {
    "instructions": Text("填写说明", "Instructions"),
    "outlets": Text("网点", "Outlets"),
    "checklist": Text("检查内容", "Checklist"),
}

SAYS: Final[dict[str, Text]] = {
    # headings
    "subtitle": Text("检查表 · {type} · {stage}", "Checklist · {type} · {stage}"),
    "vocabulary": Text("检查项目版本 {version}", "Version of the questions: {version}"),
    "heading": Text("{sheet} — {type}，{stage}", "{sheet}: {type}, {stage}"),
    "pages": Text("第 &P 页，共 &N 页", "Page &P of &N"),
    "item": Text("项目", "Item"),
    "entry": Text("填写", "Entry"),
    "hint": Text("说明", "Note"),
    "outlet": Text("网点编号", "Outlet's number"),
    "name": Text("网点名称", "Outlet's name"),
    "number": Text("序号", "No."),
    "example": Text("填写处", "entry"),
    "clause": Text("条款", "Clause"),
    "caption": Text("检查项目", "Item"),
    "question": Text("问题", "Question"),
    "answer": Text("结果", "Answer"),
    "note": Text("备注", "Note"),
    "clauses_hint": Text("依据", "basis"),
    "note_hint": Text("可不填", "optional"),
    "any_hint": Text(
        "选“有”并在“{sheet}”表逐一登记，或选“无”",
        "Choose Yes and enter each on “{sheet}”, or choose No",
    ),
    # choices: no comma in any of them
    "yes_no": Text("是,否,未检查", "Yes,No,Not inspected"),
    "any": Text("有,无,未检查", "Yes,No,Not inspected"),
    # what a check of the sheet says
    "wrong": Text("请改正", "Please correct"),
    "choose": Text(
        "请从列表中选择：{choices}。没有看的留空或选“未检查”。",
        "Choose from the list: {choices}. Leave empty what was not looked at.",
    ),
    "choose_outlet": Text(
        "请从列表中选择“网点”表里的网点编号。",
        "Choose the number of an outlet on the sheet of outlets from the list.",
    ),
    "visit_date": Text("应为日期，如 2026-04-03。", "Expected a date, such as 2026-04-03."),
    "past_date": Text(
        "应为日期，如 2026-04-03，且不晚于检查日期。",
        "Expected a date, such as 2026-04-03, not after the visit.",
    ),
    "whole": Text("应为整数。", "Expected a whole number."),
    "id_number": Text(
        "身份证号码应为 18 位，请按文本填写，末位 X 大写。",
        "An ID number has 18 characters; a last X is a capital.",
    ),
    "length": Text(
        "文字太长，最多 {limit} 字。", "The text is too long; the limit is {limit} characters."
    ),
}

STEPS: Final[tuple[Text, ...]] = (
    Text(
        "只填浅黄色的格子。其余格子已锁定，没有密码；标题改动不影响读取。",
        "Fill in the light yellow cells only. The others are locked, without a password.",
    ),
    Text(
        "先填“{outlets}”，再填“{checklist}”，最后登记{lists}。",
        "Start with “{outlets}”, go on with “{checklist}”, and then enter {lists}.",
    ),
    Text(
        "“{checklist}”每行一个问题，结果从下拉列表中选“是”“否”“未检查”。没有看到的留空即可：空白一律按“未检查”处理，不会当作“否”。",
        "“{checklist}” has one question a line; choose Yes, No or Not inspected. Leave empty what you did not see: empty means not inspected, never no.",
    ),
    Text(
        "{lists}：查过、确实一个也没有的，在“{checklist}”里选“无”；有的，选“有”并在对应的表里一行登记一个；没有查的留空。",
        "{lists}: where you looked and there is none, choose No on “{checklist}”; otherwise choose Yes and enter each on a line of its sheet; leave empty what you did not look at.",
    ),
    Text(
        "日期可写 2026-04-03、2026/4/3 或 2026年4月3日，不能晚于检查日期。",
        "Write dates as 2026-04-03 or 2026/4/3; none may lie after the visit.",
    ),
    Text(
        "身份证号码和电话的格子是文本格式，直接输入即可；从别处复制时请选“只粘贴文本”，以免末几位变成 0。",
        "Cells for ID numbers and phones hold text: just type. When copying from elsewhere paste as text, or the last digits become 0.",
    ),
    Text(
        "不要用公式、不要合并单元格、不要把填过的行隐藏起来；第一行和 A 列是隐藏的名称，请不要改动。",
        "Use no formulas, merge no cells and hide no line that is filled in; leave the hidden names in row 1 and column A alone.",
    ),
    Text(
        "可以另加工作表打草稿，另加的表不会被读取。",
        "You may add sheets of your own; they are not read.",
    ),
    Text(
        "各表已按 A4 设置好，可以打印出来手填，再录入。",
        "All sheets print on A4, to be filled in by hand and typed in later.",
    ),
    Text(
        "填好后运行：compliance import 文件名.xlsx", "When done, run: compliance import NAME.xlsx"
    ),
)

MANY: Final = Text(
    "这次没有去的网点，检查编号、检查日期、检查人都留空，不会生成记录。",
    "Leave number, date and inspector empty for outlets you did not visit; no record is made of them.",
)

AND: Final = Text("、", ", ")
QUOTED: Final = Text("“{}”", "“{}”")

WORKBOOK: Final[dict[str, Text]] = {
    # the file
    "workbook_too_large": Text(
        "文件有 {found} MB，上限为 {limit} MB；检查表不会这么大，请把照片等无关内容移出后另存",
        "the file has {found} MB and the limit is {limit} MB; a checklist is never that large, take pictures "
        "and the like out and save it again",
    ),
    "zip_bomb": Text(
        "解开后有 {found}，上限为 {limit}，会占满内存，没有打开；请把有用的内容复制到一份新的检查表",
        "it unpacks to {found} and the limit is {limit}, which would fill the memory, so it was not opened; "
        "copy what counts into a new checklist",
    ),
    "too_many_cells": Text(
        "填了内容的格子超过 {limit} 个，检查表不会这么多，没有读完；请把有用的内容复制到一份新的检查表",
        "has more than {limit} cells with content, which no checklist has, and was not read to the end; copy what "
        "counts into a new checklist",
    ),
    "workbook_locked": Text(
        "工作簿设了打开密码，读不到内容；请在 Excel 或 WPS 中取消密码后另存",
        "the workbook needs a password to be opened, so nothing can be read; remove the password and save it again",
    ),
    "old_workbook": Text(
        "是旧格式（.xls）的工作簿，只改了扩展名；请在 Excel 或 WPS 中另存为 .xlsx",
        "is an old workbook (.xls) under another name; open it and save it as .xlsx",
    ),
    "no_workbook": Text(
        "不是 .xlsx 工作簿，其实是{found}；请交回用 compliance checklist 生成、填好后仍存为 .xlsx 的文件",
        "is no .xlsx workbook, it is {found}; hand in the file that compliance checklist made, filled in and "
        "still saved as .xlsx",
    ),
    "xml_declares": Text(
        "其中的 {found} 带有文档类型或实体定义，可能攻击读取它的软件，没有打开；正常的工作簿没有这些，请重新填写一份",
        "{found} in it declares a document type or entities, which can attack what reads it, so it was not opened; "
        "no office program writes these, fill in a new checklist",
    ),
    "broken_workbook": Text(
        "工作簿已损坏或不完整，读不出来（{why}）；请用 Excel、WPS 或 LibreOffice 打开后另存，或重新传送文件",
        "the workbook is damaged or cut off and cannot be read ({why}); open it in Excel, WPS or LibreOffice and "
        "save it again, or transfer the file again",
    ),
    "not_our_workbook": Text(
        "不是本软件生成的检查表（没有隐藏的工作表 {expected}），填的内容无从对应；请用 compliance checklist --format xlsx "
        "生成检查表，把内容填进去",
        "is no checklist that this program made (the hidden sheet {expected} is missing), so what stands in it has no "
        "meaning; make one with `compliance checklist --format xlsx` and fill that in",
    ),
    "bad_hidden_sheet": Text(
        "隐藏的工作表里 {name} 是 {found}，应为 {expected}；它被改动过，或出自更新的版本，请重新生成检查表",
        "on the hidden sheet {name} is {found}, expected {expected}; it was edited or made by a newer version, "
        "make a new checklist",
    ),
    # sheets and hidden names
    "sheet_missing": Text(
        "找不到工作表“{expected}”的隐藏名称，它被删除或改动过，填的内容会丢失；请重新生成检查表，把内容复制过去",
        "the hidden names of the sheet “{expected}” are gone, it was deleted or edited and entries would be lost; make "
        "a new checklist and copy the entries over",
    ),
    "sheet_twice": Text(
        "与工作表“{other}”的隐藏名称相同，是它的副本，分不清以哪一张为准；请删去其中一张",
        "has the hidden names of the sheet “{other}”, it is a copy of it and nobody can tell which one counts; delete one",
    ),
    "sheet_hidden": Text(
        "工作表被隐藏了，里面的内容可能没有人核对过；请取消隐藏，核对后再交",
        "the sheet is hidden, so nobody may have looked at what it says; show it, look and hand in again",
    ),
    "name_unknown": Text(
        "隐藏的名称 `{found}` 被改动过，不知道这里填的是什么；请改回原名，或重新生成检查表{hint}",
        "the hidden name `{found}` was edited, so nobody knows what is entered here; restore it or make a new checklist{hint}",
    ),
    "name_stale": Text(
        "检查表的项目版本是 {form}，现在的规则是 {book}，已经没有 `{found}` 这一项；请用现在的规则重新生成检查表，"
        "或用 --rules 给出当时的规则",
        "the checklist has the questions of version {form} and the rules are of {book}, where `{found}` is no longer "
        "known; make a new checklist, or give the rules of that time with --rules",
    ),
    "name_missing": Text(
        "这里填了 {found}，但旁边隐藏的名称不见了，不知道回答的是什么；请重新生成检查表，把内容复制过去",
        "{found} is entered here and the hidden name beside it is gone, so nobody knows what it answers; make a new "
        "checklist and copy the entries over",
    ),
    "column_missing": Text(
        "缺少隐藏的列名 `{expected}`，这一列的内容读不到；请重新生成检查表，把内容复制过去",
        "the hidden column name `{expected}` is missing, so that column cannot be read; make a new checklist and copy "
        "the entries over",
    ),
    "column_twice": Text(
        "隐藏的列名 `{found}` 出现两次，分不清以哪一列为准；请删去复制出来的一列",
        "the hidden column name `{found}` stands twice and nobody can tell which one counts; delete the copy",
    ),
    "question_twice": Text(
        "同一网点的“{found}”已在 {other} 出现过，分不清以哪一行为准；请删去复制出来的一行",
        "“{found}” of this outlet stands at {other} already and nobody can tell which line counts; delete the copy",
    ),
    # cells
    "formula": Text(
        "是公式 {found}，不予计算；请填写结果本身，不要用公式",
        "is the formula {found}, which is never evaluated; write the value itself",
    ),
    "error_cell": Text(
        "是错误值 {found}，不是答案；请清除后重填",
        "is the error {found} and no answer; clear the cell and write it again",
    ),
    "merged": Text(
        "{found} 被合并了，合并掉的格子填了什么已经丢失；请取消合并，把每一格填好",
        "{found} is merged, so what stood in the cells merged away is lost; unmerge and fill in each cell",
    ),
    "hidden_entry": Text(
        "这一格在隐藏的行或列里，却填了 {found}，可能没有人核对过；请取消隐藏，核对或清除后再交",
        "lies in a hidden row or column and says {found}, which nobody may have looked at; show it, then check or clear it",
    ),
    "digits_lost": Text(
        "这个号码是按数字存的，超过 15 位，末几位已经丢失；请把单元格设为文本格式，对照证件重新输入",
        "the number is stored as a number of more than 15 digits, so its last digits are lost; set the cell's format to "
        "text and type it again from the card",
    ),
    # lines
    "field_missing": Text(
        "“{expected}”没有填；这是必填项，请填写",
        "“{expected}” is empty; it is required, fill it in",
    ),
    "outlet_twice": Text(
        "网点编号 `{found}` 已在 {other} 用过，检查内容会混在一起；一个网点一行，请改正编号或删去一行",
        "the outlet's number `{found}` stands at {other} already and their answers would be mixed; one line an outlet, "
        "correct the number or delete a line",
    ),
    "inspection_twice": Text(
        "检查编号 `{found}` 已在 {other} 用过；每次检查一个编号，请改正",
        "the inspection number `{found}` stands at {other} already; one number a visit, correct it",
    ),
    "outlet_unknown": Text(
        "“{sheet}”表里没有网点编号 {found}，这一行不知道属于谁；请改正编号，或先在“{sheet}”表登记这个网点{hint}",
        "the sheet “{sheet}” has no outlet {found}, so nobody knows whose line this is; correct the number, or enter "
        "the outlet there first{hint}",
    ),
    "outlet_unsaid": Text(
        "这一行填了内容，却没有网点编号；请填写网点编号",
        "the line has entries and no outlet's number; fill it in",
    ),
    "members_missing": Text(
        "“{list}”选了“有”，却没有登记任何一行；请在“{list}”表登记，确实没有的选“无”，没有查的留空",
        "“{list}” says Yes and no line is entered; enter them on the sheet “{list}”, choose No if there is none, or leave "
        "it empty if you did not look",
    ),
    "members_denied": Text(
        "“{list}”填的是 {found}，却登记了 {count} 行；请改正其中之一",
        "“{list}” says {found} and {count} lines are entered; correct one of the two",
    ),
    "nothing_filled": Text(
        "没有填写任何一次检查；请至少填写检查编号、检查日期、检查人和网点",
        "no visit is filled in; fill in at least number, date and inspector of the visit, and the outlet",
    ),
    # lists of outlets
    "not_outlets": Text(
        "不是网点名单；应为 CSV（首行为列名，如 {expected}）、YAML 或 JSON（网点的列表）",
        "is no list of outlets; expected CSV (its first line names the columns, such as {expected}), or YAML or JSON "
        "holding a list of outlets",
    ),
    "column_unknown": Text(
        "不认识的列名 {found}；可用：{expected}{hint}",
        "unknown column {found}; expected one of {expected}{hint}",
    ),
    "heading_missing": Text(
        "首行缺少列名 {expected}；请补上这一列",
        "the first line lacks the column {expected}; add it",
    ),
    "heading_twice": Text(
        "首行的列名 `{found}` 出现两次，分不清以哪一列为准；请删去一列",
        "the column `{found}` stands twice in the first line and nobody can tell which one counts; delete one",
    ),
    "row_too_long": Text(
        "此行有 {found} 栏，首行只有 {expected} 栏；请检查引号和逗号",
        "this line has {found} cells and the first has {expected}; look at its quotation marks and commas",
    ),
    "other_type": Text(
        "此网点的类型是 {found}，要生成的是 {expected} 的检查表；请分成两个名单",
        "this outlet is a {found} and the checklist is for a {expected}; keep one list for each type",
    ),
    "no_outlets": Text("名单里没有网点；至少写一个", "lists no outlet; write at least one"),
    "not_utf8_nor_gb": Text(
        "既不是完好的 UTF-8，也不是 GB18030 编码（第 {offset} 字节起），读出来会是乱码；请另存为 UTF-8 的 CSV",
        "is neither sound UTF-8 nor GB18030 (from byte {offset} on) and would be read as gibberish; save it again as CSV "
        "in UTF-8",
    ),
    "bad_csv": Text(
        "CSV 有误：{why}；请检查这一行的引号",
        "is not valid CSV: {why}; look at the quotation marks of this line",
    ),
}

KINDS: Final[dict[str, Text]] = {
    "html": Text("网页（HTML）", "a web page (HTML)"),
    "text": Text("文本文件（例如 CSV）", "a text file (such as CSV)"),
    "zip": Text("别的压缩文件或文档（例如 .docx）", "another archive or document (such as .docx)"),
    "other": Text("别的文件", "something else"),
    "empty": Text("空文件", "an empty file"),
}
