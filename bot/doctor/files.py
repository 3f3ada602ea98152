"""The key, and the disk that everything lies on."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from bot.doctor.finding import Finding, Patient, in_one_language
from storage.soundness import file_of
from storage.vault import KeyFileShut, KeyFileWrong, read_vault

LITTLE, TOO_LITTLE = 1024, 100
_MEGABYTE = 2**20
_FOR_OTHERS, _READABLE = 0o077, 0o005


async def key_file(patient: Patient) -> list[Finding]:
    t, path = patient.t, patient.settings.key_file
    try:
        vault = read_vault(path)
    except KeyFileShut as wrong:
        told, todo = in_one_language(str(wrong), t.code), t.say("照上面说的做，再运行一遍。")
        return [Finding("key", "wrong", told, todo)]
    except KeyFileWrong as wrong:
        todo = t.say("有备份就把密钥放回原处；新装就运行 python -m bot migrate。")
        return [Finding("key", "wrong", in_one_language(str(wrong), t.code), todo)]
    if path.stat().st_mode & _FOR_OTHERS:
        told = t.say("密钥文件 {file} 别的用户也能读。", file=path)
        return [Finding("key", "wrong", told, t.say("运行：chmod 600 {file}", file=path))]
    return [Finding("key", "ok", t.say("密钥文件完好，只有本用户能读，共 {n} 把。", n=len(vault.keys)))]


async def key_place(patient: Patient) -> list[Finding]:
    """Whoever carries a folder off shall not have both: what is sealed and what opens it."""
    t, folder = patient.t, patient.settings.key_file.absolute().parent
    if not folder.is_dir():
        return []
    if beside := _backups_in(folder):
        told = t.say("备份 {file} 和密钥放在同一个文件夹。", file=beside[0].name)
        return [Finding("key_place", "warn", told, t.say("请把备份移到别处：一起丢，就一起泄露。"))]
    database = file_of(patient.settings.database_url)
    together = database and Path(database).absolute().parent == folder  # noqa: ASYNC240
    if together and folder.stat().st_mode & _READABLE:
        told = t.say("密钥和数据库在同一个文件夹 {folder}，别的用户也能进。", folder=folder)
        todo = t.say("运行：chmod 700 {folder}，或把密钥放到别处并设 LIANDONG_KEY_FILE。", folder=folder)
        return [Finding("key_place", "warn", told, todo)]
    return [Finding("key_place", "ok", t.say("密钥放的地方合适，旁边没有备份。"))]


async def disk(patient: Patient) -> list[Finding]:
    t = patient.t
    beside = Path(file_of(patient.settings.database_url) or patient.settings.key_file).absolute().parent  # noqa: ASYNC240
    if not beside.is_dir():
        return []
    free = shutil.disk_usage(beside).free // _MEGABYTE
    told = t.say("磁盘还剩 {n} MB。", n=free)
    todo = t.say("请清理磁盘：满了就收不进消息，也做不了备份。")
    if free < TOO_LITTLE:
        return [Finding("disk", "wrong", told, todo)]
    return [Finding("disk", "warn", told, todo) if free < LITTLE else Finding("disk", "ok", told)]


def _backups_in(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.iterdir()) if file.is_file() and _is_a_backup(file)]


def _is_a_backup(file: Path) -> bool:
    try:
        with file.open("rb") as raw:
            if raw.read(2) != b"\x1f\x8b":
                return False
        with gzip.open(file) as packed:
            return b'"what":"liandong"' in packed.readline(1000)
    except (OSError, EOFError):
        return False
