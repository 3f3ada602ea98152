"""`import`: a roster from a workbook, all of it or nothing."""
