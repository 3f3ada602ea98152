"""`--picture FILE.png`: a sheet drawn and written where an operator says."""

from __future__ import annotations

from pathlib import Path

import click

from content.pictures.ink import png
from content.pictures.layout import Paper
from content.pictures.sheet import Sheet

PICTURE = click.option(
    "--picture",
    type=click.Path(dir_okay=False, path_type=Path),
    help="画成图，存到这个 PNG 文件 / draw it into this PNG file",
)
A4 = click.option("--a4", is_flag=True, help="图按 A4 纸、300 dpi 画 / draw it for A4 paper at 300 dpi")


def write_picture(sheet: Sheet, file: Path, a4: bool) -> None:
    paper: Paper = "a4" if a4 else "phone"
    file.write_bytes(png(sheet, paper))
    # To standard error: --json leaves standard output to the machine that reads it.
    click.echo(f"图已存到 / the picture is in {file}", err=True)
