"""Days as people say them: 后天, 下月5号, 腊月二十八, 半年内."""

from content.rules.dates.finding import days_planned, find_date, find_until
from content.rules.dates.numerals import number

__all__ = ["days_planned", "find_date", "find_until", "number"]
