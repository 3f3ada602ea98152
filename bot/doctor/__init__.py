"""`doctor`: looks at the whole set-up, and says of each thing that is wrong what to do."""

from bot.doctor.examination import examine
from bot.doctor.finding import Finding, State

__all__ = ["Finding", "State", "examine"]
