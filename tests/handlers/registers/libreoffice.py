"""A hand that edits a workbook in LibreOffice itself: opened, one cell written, saved, without a window."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

INSTALLED = shutil.which("soffice") is not None

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Edit(path As String, title As String, heading As String, key As String, said As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, hidden())
  sheet = book.Sheets.getByName(title)
  cursor = sheet.createCursor() : cursor.gotoEndOfUsedArea(False)
  For column = 0 To cursor.RangeAddress.EndColumn
    If sheet.getCellByPosition(column, 0).String = heading Then wanted = column
  Next
  For row = 1 To cursor.RangeAddress.EndRow
    For column = 0 To cursor.RangeAddress.EndColumn
      If sheet.getCellByPosition(column, row).String = key Then sheet.getCellByPosition(wanted, row).String = said
    Next
  Next
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName" : kind(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(ConvertToURL(path), kind())
  book.close(True)
End Sub
</script:module>
"""


def edit(path: Path, title: str, heading: str, key: str, said: str) -> None:
    """In that sheet, write into the column of that heading, in each row in which ``key`` stands."""
    profile = path.parent / "profile"
    if not profile.exists():
        _run(profile, "--terminate_after_init")  # it makes its profile, with a module for macros
    (profile / "user" / "basic" / "Standard" / "Module1.xba").write_text(MACRO, "utf-8")
    _run(profile, f"macro:///Standard.Module1.Edit({path},{title},{heading},{key},{said})")


def _run(profile: Path, *arguments: str) -> None:
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", *arguments]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
