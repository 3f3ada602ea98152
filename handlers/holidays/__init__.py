"""A table of public holidays that an operator brings: a workbook, lines of text, or the notice itself."""
