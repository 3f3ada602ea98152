"""What a member means by the words of a message: the door to this folder is `understand`."""

from content.rules.understanding.reading import understand

__all__ = ["understand"]
