"""The checklist as a form for ODK and Kobo phones, and their servers' exports read back.

`names` says what each question of the form is called; `form` and `xform` write it, the
`read_*` modules take an export apart into submissions, and `filled` makes drafts of these.
"""
