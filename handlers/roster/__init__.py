"""The roster: the workbook in which a branch has always kept its members on the move."""
