"""`--picture FILE.png`: a sheet drawn and written where an operator says."""

from __future__ import annotations

from pathlib import Path

import click

from content.pictures.sheet import Paper, Sheet

PICTURE = click.option(
    "--picture",
    type=click.Path(dir_okay=False, path_type=Path),
    help="画成图，存到这个 PNG 文件 / draw it into this PNG file",
)
A4 = click.option("--a4", is_flag=True, help="图按 A4 纸、300 dpi 画 / draw it for A4 paper at 300 dpi")


def paper_asked(picture: Path | None, a4: bool) -> None:
    """A page without a file to draw it into would be forgotten without a word."""
    if a4 and picture is None:
        raise click.UsageError("--a4 要和 --picture 文件.png 一起写 / --a4 goes together with --picture FILE")


def write_picture(sheet: Sheet, file: Path, a4: bool) -> None:
    """Tells in one line where it is, or why it cannot be written there."""
    # Here, so that `run` and the rest do not load what draws.
    from content.pictures.ink import png  # noqa: PLC0415

    paper: Paper = "a4" if a4 else "phone"
    try:
        file.write_bytes(png(sheet, paper))
    except OSError as refused:
        raise click.ClickException(
            f"图写不到 {file}（{refused.strerror}）。请检查路径和权限。\n"
            f"The picture cannot be written to {file} ({refused.strerror}): look at the path and at who may."
        ) from None
    # To standard error: --json leaves standard output to the machine that reads it.
    click.echo(f"图已存到 / the picture is in {file}", err=True)
