"""A change in words: who, when, from where, which field, before and after; alike in the Excel and in `/ptf history`.

`fields` names the fields and tells their values, `kinds` says of which tables changes are told and to whom, `lines`
makes the lines, `wording` is what they lean on. Nothing here knows a command or a sheet.
"""
