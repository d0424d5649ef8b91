"""Checklists out and filled ones in: workbook, phone form, phone page; evidence and merging.

Every form is made from the vocabulary of the rule book, and every way in ends in the same
record, checked by the same code. May import everything up to `engines`, and `forms.clean`.
"""
