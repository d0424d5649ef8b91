"""The checklist as a workbook to fill in and print; see `layout` for what stands where.

May import `layout`, `plan`, `style`, `sheets`, `questions` and `spreadsheet` of `intake`, and
what lies below it. openpyxl is imported when a workbook is written.
"""

from __future__ import annotations

from typing import Any

from compliance.intake.questions import Checklist
from compliance.intake.spreadsheet import saved
from compliance.intake.workbook import layout, sheets, style
from compliance.intake.workbook.plan import Plan
from compliance.rulebook import RuleBook
from compliance.words import Lang
from compliance.words import intake_workbook as words


def write(checklist: Checklist, book: RuleBook, lang: Lang) -> bytes:
    """The workbook, blank but for the outlets; equal input gives equal bytes."""
    from openpyxl import Workbook

    columns = layout.outlet_columns(book, checklist.type, checklist.stage)
    plan = Plan(checklist, columns, layout.titles(checklist, lang), lang)
    workbook = Workbook()
    instructions = workbook.active
    instructions.title = plan.titles.instructions
    _instructions(instructions, plan, book)
    outlets = workbook.create_sheet(plan.titles.outlets)
    (sheets.draw_outlets if plan.many else sheets.draw_outlet)(outlets, plan)
    sheets.draw_checklist(workbook.create_sheet(plan.titles.checklist), plan)
    for fact in layout.list_facts(checklist):
        sheets.draw_list(workbook.create_sheet(plan.titles.lists[fact.name]), plan, fact)
    _meta(workbook.create_sheet(layout.META), checklist)
    _properties(workbook, plan, book)
    return saved(workbook)


def _instructions(sheet: Any, plan: Plan, book: RuleBook) -> None:
    """How to fill the workbook in, step by step."""
    lists = words.AND.in_(plan.lang).join(
        words.QUOTED.in_(plan.lang).format(title) for title in plan.titles.lists.values()
    )
    style.title(sheet.cell(2, 2), book.standard.title.in_(plan.lang))
    style.title(sheet.cell(3, 2), plan.say("subtitle", **plan.scope))
    style.subtle(sheet.cell(4, 2), plan.say("vocabulary", version=plan.checklist.vocabulary))
    for row in (2, 3):
        sheet.row_dimensions[row].height = 26
    steps = [*words.STEPS[:-1], *([words.MANY] if plan.many else []), words.STEPS[-1]]
    for number, step in enumerate(steps, 1):
        row = 5 + number
        text = step.in_(plan.lang).format(
            outlets=plan.titles.outlets, checklist=plan.titles.checklist, lists=lists
        )
        style.caption(sheet.cell(row, 2), str(number), bold=True)
        style.caption(sheet.cell(row, 3), text)
        sheet.row_dimensions[row].height = style.height({3: text}, {3: 78.0}, 30)
    style.entry(sheet.cell(6, 4), "@", centred=True)
    style.put(sheet.cell(6, 4), plan.say("example"))
    for column, width in (("A", 2.0), ("B", 6.0), ("C", 78.0), ("D", 12.0)):
        sheet.column_dimensions[column].width = width
    style.paper(sheet, landscape=False, repeat=None, footer=plan.say("pages"))
    style.protect(sheet)


def _meta(sheet: Any, checklist: Checklist) -> None:
    """What the workbook is, on a sheet that no office program shows or drops."""
    said = {
        "form": layout.FORM,
        "layout": layout.LAYOUT,
        "vocabulary": checklist.vocabulary,
        "type": checklist.type.value,
        "stage": checklist.stage.value,
        "lists": ",".join(fact.name for fact in layout.list_facts(checklist)),
    }
    for row, (key, value) in enumerate(said.items(), 1):
        style.put(sheet.cell(row, 1), key)
        sheet.cell(row, 2).number_format = "@"
        style.put(sheet.cell(row, 2), value)
    sheet.sheet_state = "hidden"
    style.protect(sheet)


def _properties(workbook: Any, plan: Plan, book: RuleBook) -> None:
    from openpyxl.workbook.protection import WorkbookProtection

    workbook.properties.creator = "compliance"
    workbook.properties.title = plan.heading(book.standard.title.in_(plan.lang))
    # Sheets cannot be renamed or deleted by accident; there is no password.
    workbook.security = WorkbookProtection(lockStructure=True)
