"""The demo's district: 106 members away from home, those who look after them, and their last year."""

from bot.sandbox.district.founding import found_district
from bot.sandbox.district.names import NUMBERS_ELSEWHERE
from bot.sandbox.district.parts import Cast, CastIds, District, Player

__all__ = ["NUMBERS_ELSEWHERE", "Cast", "CastIds", "District", "Player", "found_district"]
