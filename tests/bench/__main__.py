"""`make bench`: a table of figures, each with what it is measured against."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from storage.vault import new_vault
from tests.bench import (
    campaigns,
    check_ins,
    exporting,
    importing,
    inbound_sms,
    pace,
    process,
    sending,
    silence,
    turns,
    understanding,
)
from tests.bench.county import SIZES, county_in
from tests.bench.figures import Figure


async def _measure(folder: Path) -> list[Figure]:
    vault = new_vault()
    return [
        *await check_ins.measure(folder),
        *await inbound_sms.measure(folder),
        *await sending.measure(folder),
        *await campaigns.measure(folder, vault),
        *await pace.measure(folder),
        *await turns.measure(folder),
        *understanding.measure(),
        *await importing.measure(folder),
        *await exporting.measure(folder),
        *await silence.measure(folder, vault),
        *await process.measure(folder, vault, county_in(folder, SIZES[-1])),
    ]


def _table(figures: list[Figure]) -> str:
    rows = [("what", "measured", "beside", "verdict on the ratio")]
    rows += [(f.what, f"{f.value:,.1f} {f.unit}", f.beside, f.verdict) for f in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        sys.stdout.write(_table(asyncio.run(_measure(Path(scratch)))) + "\n")
