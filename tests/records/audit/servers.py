"""Databases of a server: SQLite and a real PostgreSQL, each with fresh tables for each test."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

APPS = [
    "remit.records",
    "remit.records.together",
    "remit.records.talk",
    "remit.records.year",
    "remit.records.audit",
]
SAFE = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON"
OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": SAFE}
MISSING = (
    "no PostgreSQL server is here, against which the audit is tested: install the package "
    "postgresql (Debian, Ubuntu: apt-get install postgresql)"
)
_COUNTER = itertools.count(1)


@dataclass(frozen=True)
class Database:
    """A database, by the name of Django's connection, and where its bytes lie."""

    alias: str
    settings: dict[str, Any]
    bytes: Path
    """A file, or the folder of its files."""

    @property
    def vendor(self) -> str:
        return "sqlite" if "sqlite" in self.settings["ENGINE"] else "postgresql"

    def holds(self, text: str) -> bool:
        """Whether some file of the database has these bytes in it."""
        beside = self.bytes.parent.glob(f"{self.bytes.name}*")
        files = self.bytes.rglob("*") if self.bytes.is_dir() else beside
        return any(text.encode() in path.read_bytes() for path in files if path.is_file())


def sqlite(path: Path) -> dict[str, Any]:
    """Settings of a file."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": dict(OPTIONS)}


def connect(settings: dict[str, Any]) -> str:
    """A connection of a new name."""
    from django.db import connections

    alias = f"server-{next(_COUNTER)}"
    connections.databases[alias] = connections.configure_settings({"default": {}, alias: settings})[
        alias
    ]
    return alias


def let_go(alias: str) -> None:
    """Close a connection and forget its name."""
    from django.db import connections

    connections[alias].close()
    del connections[alias]
    del connections.databases[alias]


def migrated(settings: dict[str, Any]) -> None:
    """Make all tables."""
    from django.core.management import call_command

    alias = connect(settings)
    call_command("migrate", database=alias, verbosity=0)
    let_go(alias)


class Postgres:
    """A server in a temporary folder, reached by a socket in it."""

    def __init__(self) -> None:
        self.programs = _programs()
        # A socket's path is short; pytest's own folders are not.
        self.folder = Path(tempfile.mkdtemp(prefix="remit-pg-"))
        self.user = _unprivileged(self.folder)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, with a database that has all tables, of which others are copies."""
        self.begin()
        self.create("template_remit")
        migrated(self.settings("template_remit"))

    def begin(self) -> None:
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", "remit", "-A", "trust", "-E", "UTF8", "--locale=C",
                  "--no-sync")  # fmt: skip
        words = [self.programs / "postgres", "-D", data, "-k", self.folder, "-h", ""]
        # Children are killed and not the machine: what is confirmed need not be on the disk here.
        more = ["-c", "fsync=off", "-c", "shared_buffers=32MB", "-c", "max_connections=40"]
        self._server = subprocess.Popen(
            [*map(str, words), *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            cwd=self.folder, **self.user,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        ready = [str(self.programs / "pg_isready"), "-h", str(self.folder), "-q"]
        while subprocess.run(ready, check=False).returncode:
            assert self._server.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server did not begin"
            time.sleep(0.05)

    def create(self, name: str) -> None:
        """An empty database."""
        self._run("createdb", "-h", self.folder, "-U", "remit", name)

    def run_file(self, name: str, file: Path) -> None:
        """Put what a file of SQL says into a database."""
        done = subprocess.run(
            [str(self.programs / "psql"), "-h", str(self.folder), "-U", "remit", "-q", "-1",
             "-v", "ON_ERROR_STOP=1", name],
            input=file.read_bytes(), capture_output=True, check=False, cwd=self.folder, **self.user,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()

    def address(self, name: str) -> str:
        """A database, as ``DATABASE_URL`` names it."""
        return f"postgresql://remit@/{name}?host={self.folder}"

    def stop(self) -> None:
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(20)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def settings(self, name: str) -> dict[str, Any]:
        return {"ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": "remit",
                "HOST": str(self.folder)}  # fmt: skip

    def make(self, name: str) -> dict[str, Any]:
        """A database with all tables."""
        self._run("createdb", "-h", self.folder, "-U", "remit", "-T", "template_remit", name)
        return self.settings(name)

    def drop(self, name: str) -> None:
        self._run("dropdb", "-h", self.folder, "-U", "remit", "--force", name)

    def dumped(self, name: str) -> bytes:
        """A backup."""
        return self._run("pg_dump", "-h", self.folder, "-U", "remit", name)

    def _run(self, program: str, *words: object) -> bytes:
        done = subprocess.run(
            [str(self.programs / program), *map(str, words)],
            capture_output=True, check=False, cwd=self.folder, **self.user,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout


def _programs() -> Path:
    """Where the server's programs lie.

    Raises
    ------
    AssertionError
        If there is no server; the message names the package.
    """
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    told = shutil.which("pg_config")
    if told:
        said = subprocess.run([told, "--bindir"], capture_output=True, text=True, check=True)
        folder = Path(said.stdout.strip())
        if (folder / "initdb").exists():
            return folder
    raise AssertionError(MISSING)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """As who the server runs: never as root, which it refuses."""
    if os.geteuid() != 0:
        return {}
    names = {one.pw_name: one for one in pwd.getpwall()}
    found = names.get("postgres") or names["nobody"]
    os.chown(folder, found.pw_uid, found.pw_gid)
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


@contextmanager
def with_apps() -> Iterator[None]:
    """Django with the applications of a server, whatever was set up in this process before."""
    from remit.records.loading import loaded

    loaded()
    from django.test import override_settings

    with override_settings(INSTALLED_APPS=APPS):
        yield
