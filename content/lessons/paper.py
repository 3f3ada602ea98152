"""The text of a lesson's file, however its writer saved it."""

from __future__ import annotations

from pathlib import Path

from content.lessons.faults import Fault, LessonUnclear
from content.words.catalogue import N_

# How .docx and .wps, PDF, old .doc and RTF begin.
_DOCUMENTS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def text_of(written: Path | str) -> str:
    """Of a file, or the text itself. Raises LessonUnclear where it is no text."""
    if isinstance(written, str):
        return written
    raw = _bytes_of(written)
    if raw.startswith(_DOCUMENTS):
        advice = N_("这是 Word、WPS 或 PDF 文件。请用记事本新建一个 .md 文件，把文字抄进去，存成 UTF-8")
        raise LessonUnclear([Fault(written.name, 0, "", advice)])
    try:
        # Notepad puts a mark of its own before the first line.
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        advice = N_("不是 UTF-8 编码的文字，请在编辑器里另存为 UTF-8")
        raise LessonUnclear([Fault(written.name, 0, "", advice)]) from None


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        advice = N_("没有这个文件，请核对路径")
    except IsADirectoryError:
        advice = N_("这个文件夹里没有课文。一课是一个 .md 文件")
    except OSError:
        advice = N_("打不开，请核对读取权限")
    raise LessonUnclear([Fault(str(file), 0, "", advice)])
