"""The checklist as a workbook: written blank, read back filled.

`layout` says what stands where, for both ways; `plan`, `style`, `checks`, `sheets` and `write`
draw it; `opening` opens what came back with `parts` and `cells`, `table` finds the entries by
their hidden names, `visit` and `read` make drafts of them. May import everything up to
`opinion`, and `questions`, `draft` and `answers` of `intake`. openpyxl is imported when a
function is called.
"""
