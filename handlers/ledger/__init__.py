"""管理台账: the ledger of a unit as a workbook, to print, to filter, and to bring back with `import`. (S1)"""

from handlers.ledger.workbook import Ledger, make_workbook

__all__ = ["Ledger", "make_workbook"]
