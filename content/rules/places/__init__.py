"""Which administrative division of China a text names, and how far it lies from home."""

from content.rules.places.abroad import ABROAD, abroad_in
from content.rules.places.distance import Distance, distance_class, is_within, prefix_of
from content.rules.places.divisions import Place, place_of
from content.rules.places.finding import Several, find_place
from content.rules.places.whole import place_named

__all__ = [
    "ABROAD",
    "Distance",
    "Place",
    "Several",
    "abroad_in",
    "distance_class",
    "find_place",
    "is_within",
    "place_named",
    "place_of",
    "prefix_of",
]
