"""A register is made whole or not at all, and is what its migrations make."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from remit.asks import open_register
from remit.model.errors import RecordsError
from remit.records.connecting import connected, let_go
from remit.records.loading import known_migrations
from remit.records.schema import expected, migrate, schema
from tests.records.processes import a_register, beside, ids


@pytest.mark.parametrize("name", known_migrations())
def test_the_tables_that_are_expected_are_those_that_migrations_make(name: str) -> None:
    alias = connected(None, "rwc")
    migrate(alias, name)
    assert schema(alias) == expected(name)
    let_go(alias)


def test_the_models_have_no_change_without_a_migration() -> None:
    from django.core.management import call_command

    open_register(None).close()
    call_command("makemigrations", "records", "--check", "--dry-run", "-v0")


def test_a_new_register_is_one_file(tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1")
    assert beside(file) == []
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA application_id").fetchone() == (0x524D5431,)


def test_a_connection_keeps_what_it_confirms_and_believes_nothing(tmp_path: Path) -> None:
    from django.db import connections

    with open_register(a_register(tmp_path, "A1")) as register, connections[
        register._alias
    ].cursor() as cursor:  # fmt: skip
        for pragma, value in (
            ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1), ("trusted_schema", 0),
            ("cell_size_check", 1), ("busy_timeout", 30_000), ("temp_store", 2),
        ):  # fmt: skip
            assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,), pragma
        with pytest.raises(Exception, match="not authorized"):
            cursor.execute("SELECT load_extension('none')")


def test_leftovers_of_killed_processes_are_cleared_once_they_are_old(tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1")
    old = time.time() - 3600
    for name in ("new-1", "new-1-journal", "before-2", "new-young"):
        left = tmp_path / f"{file.name}.{name}"
        left.write_bytes(b"x")
        if "young" not in name:
            os.utime(left, (old, old))
    open_register(file).close()
    assert beside(file) == ["asks.sqlite.new-young"]
    assert ids(file) == ["A1"]


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_no_register_is_made_beside_the_log_of_another(tmp_path: Path, ending: str) -> None:
    file = tmp_path / "asks.sqlite"
    (tmp_path / f"asks.sqlite{ending}").write_bytes(b"log")
    with pytest.raises(RecordsError, match="this log belongs to a register"):
        open_register(file)
    assert [path.name for path in tmp_path.iterdir()] == [f"asks.sqlite{ending}"]


def test_an_empty_log_of_a_deleted_register_goes(tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1")
    with open_register(file) as register:
        assert register.statuses() == {"A1": "open"}
        file.unlink()
    assert sorted(p.suffix for p in tmp_path.glob("asks*")) == [".sqlite-shm", ".sqlite-wal"]
    assert ids(a_register(tmp_path, "A2")) == ["A2"]
    assert beside(file) == []


def test_no_link_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*names: object) -> None:
        raise OSError("no links here")  # as on exFAT

    monkeypatch.setattr(os, "link", no_links)
    assert ids(a_register(tmp_path, "A1")) == ["A1"]


def test_commands_that_touch_no_records_load_no_django() -> None:
    script = (
        "import sys\n"
        "from remit.cli.run import run\n"
        "assert run(sys.argv[1:]) in (0, 2)\n"
        "assert not [m for m in sys.modules if m.partition('.')[0] in ('django', 'asgiref')]\n"
    )
    for arguments in (["org", "RYJ"], ["asks", "--help"], ["asks", "import", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (arguments, done.stderr)


def test_a_list_of_asks_waits_neither_for_duckdb_nor_for_calendars(tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1")
    script = (
        "import sys\n"
        "from remit.cli.run import run\n"
        "assert run(['asks', 'list', '--register', sys.argv[1]]) == 0\n"
        "assert not {'duckdb', 'polars', 'icalendar', 'django.urls'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, file], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
