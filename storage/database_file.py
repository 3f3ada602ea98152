"""The file that SQLite keeps: made for its owner alone, and looked at before anything else opens it."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

# The second where a file beside the database was to grow, as the first reader of all needs it.
NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
_DAMAGE = re.compile("malformed|not a database")


class DatabaseOutOfReach(Exception):
    """连不上数据库，请检查 LIANDONG_DATABASE_URL / cannot open it: look at LIANDONG_DATABASE_URL."""


class DatabaseNotOurs(DatabaseOutOfReach):
    """The file or its folder may not be read or written by whoever runs this."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"没有权限读写 {path} 或它所在的文件夹，什么都没有改。请换用有权限的用户运行，或改文件夹的权限"
            "（地址由 LIANDONG_DATABASE_URL 定）。\n"
            f"{path} or its folder may not be read or written by this user: run as another, or change who "
            "may (LIANDONG_DATABASE_URL says where it is). Nothing was changed."
        )


class DatabaseHeld(DatabaseOutOfReach):
    """Another program keeps the file to itself."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"数据库 {path} 正被别的程序独占，什么都没有改。请等它做完（比如正在恢复），或关掉打开着它的程序"
            f"（fuser {path} 看得到是谁），再试。\n"
            f"Another program keeps the database {path} to itself. Nothing was changed: wait until it "
            f"is done (it may be a restore), or end what has it open (fuser {path} tells who), and try again."
        )


class DatabaseNoRoom(DatabaseOutOfReach):
    """The disk is full: SQLite needs a little beside its file even to read."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"磁盘满了，数据库 {path} 打不开，什么都没有改。"
            "请在服务器上看 df -h，删掉或移走不用的大文件，再试。\n"
            f"The disk is full: the database {path} cannot be opened. Nothing was changed: see df -h, make "
            "room, and try again."
        )


class DatabaseDamaged(DatabaseOutOfReach):
    """The file is there and is no sound database."""

    def __init__(self, path: str = "liandong.db") -> None:
        super().__init__(
            f"数据库文件 {path} 已损坏，或不是数据库，什么都没有改。请换上最近的备份。\n"
            f"The database file {path} is damaged, or is no database. Nothing was changed: put your last "
            "backup in its place."
        )


def is_missing(path: str) -> bool:
    """Whether there is a folder and no file in it yet: who only asks leaves none behind."""
    return bool(path) and not Path(path).exists() and Path(path).absolute().parent.is_dir()


def make_private(path: str) -> None:
    """An empty file that nobody else on the machine may read; SQLite gives its side files the same mode."""
    with suppress(OSError):  # What is wrong with the place is told by `try_the_file`.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def try_the_file(path: str) -> None:
    """aiosqlite opens in a thread of its own, which prints a traceback where the file cannot be opened."""
    if not _may_write(Path(path)):
        raise DatabaseNotOurs(path)
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        if is_damage(error):
            raise DatabaseDamaged(path) from None
        if "locked" in str(error):
            raise DatabaseHeld(path) from None
        if getattr(error, "sqlite_errorcode", 0) in NO_ROOM:
            raise DatabaseNoRoom(path) from None
        raise DatabaseOutOfReach(f"{DatabaseOutOfReach.__doc__} ({error})") from None


def is_damage(error: BaseException) -> bool:
    """What SQLite says of bytes that are no database, or no longer one."""
    return bool(_DAMAGE.search(str(error)))


def _may_write(path: Path) -> bool:
    """SQLite writes beside its file too: without the folder the file alone is not enough."""
    folder = path.absolute().parent
    mine = not path.exists() or os.access(path, os.R_OK | os.W_OK)
    return mine and (not folder.exists() or os.access(folder, os.W_OK | os.X_OK))
