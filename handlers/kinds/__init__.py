"""Kinds of records described once, and what follows from a description: the mechanism of the registers of the mandate.

`field` and `kind` are the description; `values` knows each sort of field (asked, kept, told, written to a cell);
`forming` makes the form and keeps its answers, `telling` the entry and the card, `listing` the list with its filters,
`sheet` the sheet of the workbook, `registering` the listeners. Which kinds there are says handlers.described.
"""
