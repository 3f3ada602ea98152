"""How long to wait before trying again, and when to give up."""

from __future__ import annotations

from datetime import timedelta

# Short at first, for a gateway that stumbles; a day in all, for one that is being repaired.
_WAITS = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 3600, 3600, 4 * 3600, 6 * 3600, 8 * 3600))


# What somebody has to mend first is looked at again so often: ten minutes after that it goes out.
MENDED_AT_THE_SOONEST = timedelta(minutes=10)


def wait_until_mended(attempts: int, asked: timedelta | None) -> timedelta:
    """As `wait_after`, of a letter to many that waits for us: it never gives up by itself."""
    wait = wait_after(min(attempts, len(_WAITS)), asked) or MENDED_AT_THE_SOONEST
    return min(wait, max(MENDED_AT_THE_SOONEST, asked or timedelta()))


def wait_after(attempts: int, asked: timedelta | None) -> timedelta | None:
    """The wait after so many attempts, never shorter than the other side asked; None to give up."""
    if attempts > len(_WAITS):
        return None
    return max(_WAITS[attempts - 1], asked or timedelta())
