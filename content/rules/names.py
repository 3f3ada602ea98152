"""How a person's name is shown where others might read along."""

from __future__ import annotations

# The compound surnames in common use (百家姓); without them 欧阳 would be masked as 欧.
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯")


def masked(name: str) -> str:
    """The surname and two stars: 王**. For SMS, where whoever holds the phone reads it."""
    surname = next((s for s in _COMPOUND if name.startswith(s)), name[:1])
    return f"{surname}**"
