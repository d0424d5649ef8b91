"""What is said of evidence, of second visits and of what people filled in. Part of `faults`."""

from __future__ import annotations

from typing import Final

from compliance.words import Text

FILLED: Final[dict[str, Text]] = {
    # files of another kind
    "page_itself": Text(
        "这是检查页本身，填写的内容存在手机浏览器里，不在这个文件里；请在手机上打开检查页，点“导出”，交来导出的文件",
        "is the checklist page itself: what was filled in is kept in the phone's browser and not here; "
        "open it on the phone, choose “Export” and hand in the file that this makes",
    ),
    "save_as_xlsx": Text(
        "不能读取 `{found}` 表格；请用 Excel、WPS 或 LibreOffice 打开，另存为 .xlsx 再导入",
        "cannot read a `{found}` spreadsheet; open it in Excel, WPS or LibreOffice, save it as .xlsx and "
        "import that",
    ),
    # evidence handed in
    "not_a_picture": Text(
        "`{found}` 不是可用的照片或文件：内容既不是 JPEG、PNG、WebP 图片，也不是 PDF；请重新拍摄或另存后再提交",
        "`{found}` is no usable evidence: its content is neither a JPEG, PNG or WebP picture nor a PDF; "
        "take the photo again or save it as one of these",
    ),
    "picture_is_pdf": Text(
        "`{found}` 的名称是图片，内容却是 PDF，打开它的人会受骗；请把扩展名改为 .pdf",
        "`{found}` is named as a picture and its content is a PDF, which misleads whoever opens it; "
        "rename it to .pdf",
    ),
    "picture_heic": Text(
        "`{found}` 是 HEIC 照片，不能确认其中没有位置信息；请在手机相机设置中选“兼容性最佳”，或转成 JPEG",
        "`{found}` is a HEIC photo, in which position data cannot be told for sure; set the phone's "
        "camera to “most compatible” or convert it to JPEG",
    ),
    "broken_picture": Text(
        "图片 `{found}` 已损坏或不完整，打不开，不能作证；请重新导出或重新拍摄",
        "the picture `{found}` is damaged or cut off and cannot be shown, so it proves nothing; "
        "export it again or take it again",
    ),
    "broken_pdf": Text(
        "PDF `{found}` 不完整（缺少结尾），打不开；请重新导出",
        "the PDF `{found}` is cut off (its end is missing) and cannot be opened; export it again",
    ),
    "evidence_too_large": Text(
        "`{found}` 超过 {limit} MB，不予收存；请缩小后再提交",
        "`{found}` is larger than {limit} MB and is not kept; make it smaller",
    ),
    "too_many_pixels": Text(
        "图片 `{found}` 超过 {limit} 万像素，解开会占满内存；请缩小后再提交",
        "the picture `{found}` has more than {limit} times 10,000 pixels and would fill the memory; "
        "scale it down",
    ),
    "evidence_occupied": Text(
        "这里已有内容不同的文件，它的名称却是另一份佐证的摘要；请移走它再导入",
        "another file stands here under the digest of this evidence; move it away and import again",
    ),
    # a second visit
    "other_outlet": Text(
        "`{item}` 与记录不同：记录为 {recorded}，表中为 {found}；只能并入同一网点、同一阶段的记录，请核对",
        "`{item}` differs: the record has {recorded}, the form {found}; a visit completes only a record of "
        "the same outlet and stage, correct the one that is wrong",
    ),
    "two_people": Text(
        "`{fact}` 中的 {name} 在记录和表中身份证号码不同，可能是两个人；是两个人请在姓名后加注区分，是一个人请核对证件",
        "{name} in `{fact}` has one ID number in the record and another in the form: two people? If so, "
        "tell their names apart; if not, compare the numbers with the card",
    ),
    "two_names": Text(
        "`{fact}` 中的 {name} 与记录中的 {other} 身份证号码相同；一个人只能有一个姓名，请核对证件",
        "{name} in `{fact}` has the ID number that {other} has in the record; a person has one name, "
        "compare it with the card",
    ),
    "namesakes": Text(
        "`{fact}` 中有不止一人叫 {name}，分不清补充的是哪一位；请填写身份证号码，或在姓名后加注区分",
        "more than one in `{fact}` is called {name}, so it cannot be told whom the form means; give the "
        "ID numbers or tell the names apart",
    ),
    "not_disputed": Text(
        "`{found}` 没有争议，无须了结；有争议的是：{expected}",
        "`{found}` is not disputed, so there is nothing to settle; disputed are: {expected}",
    ),
    "settle_first": Text(
        "列表 `{found}` 有没有成员尚有争议，说不清补充的是什么；请先用 --settle {found}=有（或 无）了结",
        "whether `{found}` has members at all is disputed, so nothing can be added to it; settle that "
        "first: --settle {found}=有 (or 无)",
    ),
    "settled_with_nothing": Text(
        "`{found}` 须写明结论：事实=值，如 television=true；列表写 有 或 无",
        "`{found}` must say what holds: FACT=VALUE, such as television=true; for a list 有 or 无",
    ),
    "settling_needs": Text(
        "--settle 须同时写明 {expected}：谁、哪一天、凭什么了结争议，要留在记录里",
        "--settle needs {expected}: who settled it, on which day and why stays on record",
    ),
    "settled_too_early": Text(
        "了结日期 {found} 早于最近一次检查 {date}；请改正",
        "the dispute is settled on {found}, before the latest visit on {date}; correct the day",
    ),
    "redact_into": Text(
        "--redact 不能与 --into 同用：会抹去原记录里的姓名和证件号码；请先补充记录，再用 compliance redact",
        "--redact cannot go with --into: it would wipe names and numbers out of the record itself; "
        "complete the record first, then use compliance redact",
    ),
    "settling_alone": Text(
        "{found} 只与 --settle 一起使用", "{found} is used together with --settle only"
    ),
    "into_one_record": Text(
        "--into 应指向一份记录文件（.yaml、.yml 或 .json），{found} 不是",
        "--into takes the file of one record (.yaml, .yml or .json), which {found} is not",
    ),
    "into_needed": Text(
        "--settle 要用 --into 指明是哪一份记录", "--settle needs --into, the record it is about"
    ),
    "nothing_to_import": Text(
        "没有要导入的文件；请给出填好的检查表", "nothing to import; give filled forms"
    ),
    # disputes and visits on record
    "out_of_range": Text(
        "{found} 超出范围，界限为 {limit}；请改正",
        "{found} is out of range, the limit is {limit}; correct it",
    ),
    "unknown_subject": Text(
        "`{found}` 不是检查内容的路径；应写成事实名（television）或成员字段（staff[0].dedicated，从 0 数起）",
        "`{found}` is no path of an observation; write a fact (television) or a member's field "
        "(staff[0].dedicated, counted from 0)",
    ),
    "disputed_observed": Text(
        "`{found}` 列在 disputed 中，说法不一，此处不能有值；请写 null，核实后用 --settle 写明理由",
        "`{found}` stands in `disputed`, so no value can stand here; write null, and settle it with a "
        "reason by --settle",
    ),
    # evidence on record
    "evidence_missing": Text(
        "佐证 `{found}`（{fact}）不见了或无法读取，记录的摘要是 {digest}；请放回原处，或更正记录",
        "the evidence `{found}` ({fact}) is missing or cannot be read; the record has the digest "
        "{digest}; put it back, or correct the record",
    ),
    "evidence_altered": Text(
        "佐证 `{found}`（{fact}）已被改动：记录的摘要是 {digest}，现为 {now}；请换回原来的文件",
        "the evidence `{found}` ({fact}) has been altered: the record has the digest {digest}, the file "
        "now has {now}; put the original back",
    ),
    "evidence_outside": Text(
        "佐证 `{found}`（{fact}）在记录所在文件夹之外，不去读取；请放进 evidence 文件夹并改正路径",
        "the evidence `{found}` ({fact}) lies outside the record's folder and is not read; put it into "
        "the folder `evidence` and correct the path",
    ),
}
