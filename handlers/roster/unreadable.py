"""The ways a roster cannot be read, each with the line that tells the clerk what to do."""

from __future__ import annotations

from typing import ClassVar

from content.words.catalogue import N_, Tongue


class WorkbookUnreadable(Exception):
    """Nothing of the file was taken."""

    line: ClassVar[str]

    def __init__(self, **fields: object) -> None:
        super().__init__(self.line.format(**fields))
        self.fields = fields

    def told(self, tongue: Tongue) -> str:
        """What to do about it, in the clerk's language."""
        return tongue.say(self.line, **self.fields)


class NotAWorkbook(WorkbookUnreadable):
    """Something else than an .xlsx: a text file, a web page, a picture, a damaged file."""

    line = N_("这不是Excel表格，或者文件坏了。请用WPS或Excel打开，另存为“.xlsx”再发。")


class WorkbookLocked(WorkbookUnreadable):
    """It asks for a password."""

    line = N_("表格设了密码，打不开。请在WPS或Excel里去掉密码，保存后再发。")


class OldWorkbook(WorkbookUnreadable):
    """The .xls of before 2007."""

    line = N_("这是旧格式“.xls”。请用WPS或Excel打开，另存为“.xlsx”再发。")


class WorkbookTooLarge(WorkbookUnreadable):
    """More than the house can hold at once; `limit` is the number of rows it takes."""

    line = N_(
        "表格太大，一次最多读{limit}行。请只留名单，把名单以外的空行空列整行整列删掉，或者复制到新表格里再发。"
    )


class WorkbookEmpty(WorkbookUnreadable):
    """No sheet that can be seen holds anything."""

    line = N_("表格是空的。请确认名单在没有隐藏的工作表里，保存后再发。")


class HeaderMissing(WorkbookUnreadable):
    """No row names the columns; `sought` are the names that were looked for."""

    line = N_("没有找到表头。表头这一行要有“姓名”，还要有这些栏里的至少一栏：{sought}。请补上再发。")
