"""What the phone page says, and what is said of an export of it that cannot be read.

`{names}` in braces are filled in by the page. Imports nothing but Text.
"""

from __future__ import annotations

from typing import Final

from compliance.words import Text

SAYS: Final[dict[str, Text]] = {
    # the whole page
    "checklist": Text("现场检查表", "Site checklist"),
    "language": Text("中文", "English"),
    "noscript": Text(
        "这份检查表需要浏览器运行脚本；请用手机浏览器打开，并允许脚本。",
        "This checklist needs a browser that runs scripts; open it in one and allow them.",
    ),
    "not_kept": Text(
        "这个浏览器不保存填写的内容：关闭页面前请先导出。",
        "This browser keeps nothing: export before you close the page.",
    ),
    "full": Text(
        "手机存储空间不足，刚才的内容没有保存；请先导出，再清空已导出的网点。",
        "The phone's storage is full and the last change was not kept; export, then clear what is exported.",
    ),
    # punctuation
    "comma": Text("、", ", "),
    "semicolon": Text("；", "; "),
    "colon": Text("：", ": "),
    "full_stop": Text("。", ". "),
    "dot": Text(" · ", " · "),
    "said": Text("{fact}：{value}", "{fact}: {value}"),
    "count": Text("{name} {count}", "{name} {count}"),
    # overview
    "outlets": Text("网点", "Outlets"),
    "begun": Text("已开始 {count} 个，共 {total} 个", "{count} of {total} begun"),
    "not_begun": Text("未开始", "not begun"),
    "untitled": Text("新网点", "New outlet"),
    "add_outlet": Text("增加一个网点", "Add an outlet"),
    # sections
    "visit_title": Text("本次检查", "This visit"),
    "outlet_title": Text("网点信息", "The outlet"),
    "questions_title": Text("检查内容", "What to look at"),
    "lists_title": Text("逐一登记", "To be listed"),
    "result_title": Text("检查结果", "Findings"),
    "export_title": Text("导出", "Export"),
    # answers
    "yes": Text("是", "Yes"),
    "no": Text("否", "No"),
    "unseen": Text("未检查", "Not inspected"),
    "must": Text("必填", "required"),
    "today": Text("今天", "Today"),
    "note": Text("备注", "Note"),
    "note_on": Text("备注：{fact}", "Note on: {fact}"),
    "photo": Text("拍照", "Photo"),
    "photo_for": Text("拍照：{fact}", "Photo of: {fact}"),
    "photos_on": Text("照片：{fact}", "Photos of: {fact}"),
    "photo_of": Text("{fact}，照片 {number}", "{fact}, photo {number}"),
    "no_picture": Text(
        "“{name}”不是浏览器能打开的照片，没有加入；请重新拍摄。",
        '"{name}" is no photo that the browser can open, and was not added; take it again.',
    ),
    "photo_removed": Text("已删除照片", "Photo removed"),
    # lists
    "add": Text("添加{fact}", "Add: {fact}"),
    "none_of": Text("检查过，一个也没有", "Looked, and there is none"),
    "person": Text("第 {number} 名　{name}", "No. {number}  {name}"),
    "item": Text("第 {number} 项　{name}", "No. {number}  {name}"),
    "remove_what": Text("删除：{what}", "Remove: {what}"),
    "removed": Text("已删除：{what}", "Removed: {what}"),
    "undo": Text("撤销", "Undo"),
    "close": Text("关闭", "Close"),
    "cancel": Text("取消", "Cancel"),
    # what is wrong with a field
    "required": Text("尚未填写", "not filled in"),
    "bad_date": Text(
        "没有这一天；应为 2026-04-03 这样的日期", "there is no such day; expected 2026-04-03"
    ),
    "late_date": Text("晚于检查日期 {date}", "lies after the visit on {date}"),
    "bad_id_form": Text(
        "应为 18 位：17 位数字加一位数字或 X", "expected 18 characters: 17 digits and a digit or X"
    ),
    "bad_id_born": Text("其中的出生日期不存在或晚于检查日期", "its date of birth cannot be"),
    "bad_id_digit": Text(
        "末位校验不符，请核对", "the last character does not fit the others; check it"
    ),
    "bad_phone": Text(
        "应为 11 位手机号，或带区号的座机",
        "expected a mobile of 11 digits, or a landline with area code",
    ),
    "bad_number": Text("应为整数", "expected a whole number"),
    # the bar
    "progress": Text("已检查的项目", "Items inspected"),
    "observed": Text("已查 {count}/{total}", "{count} of {total}"),
    "failed": Text("不通过 {count}", "{count} failed"),
    "waiting": Text("待查 {count}", "{count} open"),
    "entries": Text("待填 {count}", "{count} to fill in"),
    "result": Text("结果", "Result"),
    "next": Text("下一项", "Next"),
    # findings
    "opinion_conforming": Text("符合", "Conforming"),
    "opinion_non_conforming": Text("不符合", "Not conforming"),
    "opinion_pending": Text("待核实", "Pending"),
    "with_reasons": Text("{opinion}（{reasons}）", "{opinion} ({reasons})"),
    "advice_failed": Text("建议未做到", "Advice not met"),
    "advice_fails": Text(
        "未做到（建议，不影响意见）", "not met (advice: no effect on the opinion)"
    ),
    "stands_open": Text(
        "意见已定：余下的检查不会改变“不符合”，只可能增加理由。",
        "The opinion stands: what is left cannot change it, it can only add reasons.",
    ),
    "stands": Text(
        "意见已定：没有别的项目能改变它。", "The opinion stands: nothing else can change it."
    ),
    "complete": Text(
        "约束性要求均已查明，没有项目能再改变意见。",
        "All that binds has been inspected: nothing can change the opinion any more.",
    ),
    "all_settled": Text("约束性要求均已查明。", "All that binds has been inspected."),
    "nothing_binds": Text(
        "没有约束性要求适用于这个网点，检查什么都不会改变结果。",
        "No binding requirement applies to this outlet: no answer can change the result.",
    ),
    "open": Text("还有 {count} 项会影响结果。", "{count} items can still change the result."),
    "open_one": Text("还有 1 项会影响结果。", "1 item can still change the result."),
    "next_title": Text("接下来查什么", "What to look at next"),
    "effect": Text("若“{value}”即{opinion}", "{value}: {opinion}"),
    # export
    "export": Text("导出本网点", "Export this outlet"),
    "export_all": Text("导出全部已查网点", "Export all outlets begun"),
    "share": Text("发送本网点", "Share this outlet"),
    "share_all": Text("发送全部已查网点", "Share all outlets begun"),
    "reset": Text("清空本网点", "Clear this outlet"),
    "export_needs": Text("导出前还需补正：", "To be put right before the export:"),
    "export_ready": Text(
        "可以导出。文件含姓名、证件号码等个人信息，请只发给本单位。",
        "Ready. The file holds names and ID numbers: send it to your own office alone.",
    ),
    "refused": Text("没有导出。{outlet}：{what}", "Not exported. {outlet}: {what}"),
    "nothing_begun": Text("还没有填写任何网点。", "No outlet has been begun."),
    "too_large": Text(
        "照片太多，文件会超过 {limit} MB，没有导出；请逐个网点导出。",
        "Too many photos: the file would pass {limit} MB. Export one outlet at a time.",
    ),
    "saved": Text("已导出 {name}", "Exported {name}"),
    "not_shared": Text("没有发送成功；请改用导出。", "It could not be shared; use the export."),
    "file": Text("检查", "inspection"),
    "outlet_count": Text("{count}个网点", "{count}-outlets"),
    # clearing
    "reset_sure": Text(
        "清空“{outlet}”填写的全部内容和照片？清空后不能恢复。",
        'Clear all answers and photos of "{outlet}"? This cannot be undone.',
    ),
    "reset_do": Text("清空", "Clear"),
    "reset_done": Text("已清空：{outlet}", "Cleared: {outlet}"),
}

PAGE_FAULTS: Final[dict[str, Text]] = {
    "page_not_export": Text(
        "不是手机检查页导出的文件（form 不是 compliance-page）；请在检查页里点“导出”，交来所得的文件",
        "is no export of the phone page (its `form` is not compliance-page); use the page's export and "
        "hand in the file that it makes",
    ),
    "page_version": Text(
        "导出格式的版本是 {found}，本程序读版本 {expected}；请升级程序，或用本程序重新生成检查页",
        "the export has format version {found} and this program reads {expected}; update the program, or "
        "make the page anew with this one",
    ),
    "page_vocabulary": Text(
        "检查页的词汇版本是 {found}，规则文件是 {expected}，同名的问题含义可能不同；"
        "请用 --rules 给出当时的规则文件，或用新的检查页重填",
        "the page asked by vocabulary {found} and the rule files have {expected}, so a question may have "
        "another meaning; give the rule files of that time with --rules, or fill in a new page",
    ),
    "page_broken": Text(
        "{found} 不是导出文件应有的内容，文件可能被改动过；请从手机重新导出",
        "{found} is not what an export holds here; the file may have been altered; export it again",
    ),
    "page_no_photo": Text(
        "照片 {found} 不在导出文件里；请从手机重新导出",
        "the photo {found} is not in the export; export it again from the phone",
    ),
    "page_photo_altered": Text(
        "照片 {found} 与它的摘要不符，内容被改动过或已损坏；请从手机重新导出",
        "the photo {found} does not have the digest it came under: it was altered or damaged; export it again "
        "from the phone",
    ),
    "page_photo_name": Text(
        "照片名称 {found} 不能使用；应为不含路径的文件名",
        "the photo's name {found} cannot be used; expected the name of a file without folders",
    ),
    "page_photo_spare": Text(
        "照片 {found} 没有任何记录用到，导出文件可能被改动过；请从手机重新导出",
        "no record shows the photo {found}; the file may have been altered; export it again from the phone",
    ),
}
