"""Excel workbooks: `workbook` holds the values a topic fills, `rows` makes each cell harmless, `writing` the file.

openpyxl is imported inside functions only, so that a process that writes no workbook does not load it. Use this package
by its name: ``sheets.Workbook(...)``, ``sheets.write(workbook, path)``.
"""

from handlers.reports.sheets.workbook import Chart, Kind, Series, Sheet, SheetColumn, Value, Workbook
from handlers.reports.sheets.writing import write

__all__ = ["Chart", "Kind", "Series", "Sheet", "SheetColumn", "Value", "Workbook", "write"]
