"""How many tests run side by side where `make test` leaves that to the machine."""

from __future__ import annotations

import os


def pytest_xdist_auto_num_workers() -> int:
    """One for each core, and two at least: many a test waits for a gateway, a browser or a disk."""
    return max(2, os.cpu_count() or 1)
