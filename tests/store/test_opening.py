"""Opening: what is no store is refused with a remedy, and a store that is in use is waited for."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from remit.files.new_file import put_new
from remit.frames.observations import OBSERVATION_SCHEMA
from remit.model.errors import StoreError
from remit.store import Store, layout
from tests.store.processes import HOLD, Other
from tests.store.published import read, sickness, trust_data


def refusal(path: Path, *, read_only: bool = False, wait_seconds: float = 0) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(path, read_only=read_only, wait_seconds=wait_seconds)
    return str(caught.value)


def beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


LEAVE_A_LOG = """
import os, sys, duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("CREATE TABLE a (b INTEGER)")
os._exit(0)
"""

Say = Callable[[str], None]


@pytest.fixture
def duckdb_says(path: Path, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Have DuckDB refuse to open a store that is there."""
    Store.open(path).close()

    def say(message: str) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise duckdb.IOException(message)

        monkeypatch.setattr(duckdb, "connect", refuse)

    return say


# What is no store --------------------------------------------------------------------------------


def test_reading_a_store_that_is_not_there(path: Path) -> None:
    assert "there is no store; make one with: remit ingest FILES" in refusal(path, read_only=True)
    assert not path.exists()


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    assert f"the folder {tmp_path / 'no'} does not exist" in refusal(tmp_path / "no" / "a.duckdb")


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert "this is a folder" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b"Region,Trust_code\n", bytes(100_000)])
@pytest.mark.parametrize("name", ["remit.duckdb", "figures.csv"])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_no_database_is_left_alone(
    tmp_path: Path, content: bytes, name: str, read_only: bool
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert "this is no store of Remit" in refusal(path, read_only=read_only)
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["figures.csv", "figures.parquet"])
def test_a_file_of_figures_is_told_what_makes_a_store_of_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"Region,Trust_code\n")
    said = refusal(path, read_only=True)
    assert said.endswith("It is made of such files, by: remit ingest FILES --store remit.duckdb")
    assert "DuckDB" not in said


def test_a_database_of_another_make_is_refused_without_fetching_anything(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE a (b INTEGER)")
    connection.close()
    assert "this is no store of Remit" in refusal(path)


@pytest.mark.parametrize("table", ["source", layout.MARK])
def test_a_duckdb_file_that_is_no_store_is_left_alone(path: Path, table: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"CREATE TABLE {table} (a INTEGER)")
    before = path.read_bytes()
    assert "this is no store of Remit" in refusal(path)
    assert path.read_bytes() == before


def test_a_store_of_a_newer_remit_is_refused(path: Path) -> None:
    Store.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE remit_store SET schema_version = 99")
    said = refusal(path, read_only=True)
    assert "made by a newer Remit (layout 99; this Remit knows 5); update Remit" in said


def test_a_store_of_a_newer_duckdb_is_refused(path: Path, duckdb_says: Say) -> None:
    duckdb_says(
        "IO Error: Trying to read a database file with version number 999, but we can only read "
        "versions between 64 and 68."
    )
    assert "written by a newer DuckDB; update Remit" in refusal(path)


def test_a_damaged_store_is_refused(path: Path) -> None:
    Store.open(path).close()
    content = bytearray(path.read_bytes())
    content[12:20] = bytes(8)
    path.write_bytes(content)
    assert "the store cannot be opened" in refusal(path)


def test_a_log_without_its_store_is_pointed_out(path: Path) -> None:
    log = path.with_name("remit.duckdb.wal")
    log.write_bytes(b"left behind")
    assert "this log belongs to a store that is no longer beside it" in refusal(path)
    assert sorted(path.parent.iterdir()) == [log]


def test_a_foreign_log_is_pointed_out(path: Path) -> None:
    with Other(LEAVE_A_LOG, path) as other:
        other.finish()
    path.unlink()
    log = path.with_name("remit.duckdb.wal").rename(path.with_name("log"))
    Store.open(path).close()
    log.rename(path.with_name("remit.duckdb.wal"))
    assert "does not belong to it or is damaged" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_cannot_be_written(path: Path) -> None:
    path.parent.chmod(0o500)
    assert "the store cannot be made" in refusal(path)


def test_a_store_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    said = refusal(tmp_path / ("n" * 250))
    assert "the store cannot be made: " in said
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_cannot_be_written_says_so_and_stays(path: Path, tmp_path: Path) -> None:
    Store.open(path).close()
    before = path.read_bytes()
    reading = read(trust_data(tmp_path / "a.csv", sickness("5.1")))
    with (
        Store.open(path, read_only=True) as store,
        pytest.raises(StoreError, match="the store cannot be written, and is as it was: "),
    ):
        store.ingest([reading])
    assert path.read_bytes() == before


def test_a_store_cannot_reach_for_other_files(store: Store, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n")
    with pytest.raises(duckdb.PermissionException):
        store._connection.execute("SELECT * FROM read_csv($path)", {"path": str(other)})


def test_no_progress_bar_is_drawn_into_the_output(path: Path) -> None:
    program = (
        "import sys; from remit.store import Store\n"
        "with Store.open(sys.argv[1]) as store:\n"
        "    print(store._rows(\"SELECT current_setting('enable_progress_bar') AS bar\"))"
    )
    with Other(program, path) as other:
        other.wait_for("[{'bar': False}]")


# Making ------------------------------------------------------------------------------------------


def test_a_new_store_is_one_file_with_its_lock_and_can_be_read_at_once(path: Path) -> None:
    Store.open(path).close()
    assert beside(path) == ["remit.duckdb", "remit.duckdb.lock"]
    with Store.open(path, read_only=True) as store:
        assert store.sources() == []


def test_a_name_that_means_something_to_duckdb_is_just_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Store.open(":memory:").close()
    assert (tmp_path / ":memory:").is_file()


@pytest.mark.parametrize("name", ["it's ours.duckdb", "a;b.duckdb", "größe.duckdb", "no-suffix"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    Store.open(tmp_path / name).close()
    with Store.open(tmp_path / name, read_only=True) as store:
        assert store.releases() == []


def test_a_store_is_never_put_over_one_that_another_process_has_just_made(
    path: Path, tmp_path: Path
) -> None:
    path.write_bytes(b"theirs")
    new = tmp_path / "new"
    new.write_bytes(b"ours")
    with pytest.raises(FileExistsError):
        put_new(new, path)
    assert path.read_bytes() == b"theirs"


def test_without_links_a_new_store_is_renamed_into_place(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", no_links)
    Store.open(path).close()
    assert beside(path) == ["remit.duckdb", "remit.duckdb.lock"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_to_a_store_is_the_store_itself(path: Path, tmp_path: Path) -> None:
    """DuckDB would keep a log beside the link, and who opens the target would miss it."""
    link = tmp_path / "link.duckdb"
    link.symlink_to(path)
    reading = read(trust_data(tmp_path / "a.csv", sickness("5.1")))
    with Store.open(link) as store:
        store.ingest([reading])
        assert not link.with_name("link.duckdb.wal").exists()
    with Store.open(path, read_only=True) as store:
        assert store.observations().height == 1


@pytest.mark.parametrize("is_beside", [True, False])
def test_a_store_of_two_names_is_read_and_not_written(
    path: Path, tmp_path: Path, is_beside: bool
) -> None:
    """Each name has a gate and a log of its own."""
    reading = read(trust_data(tmp_path / "a.csv", sickness("5.1")))
    with Store.open(path) as store:
        store.ingest([reading])
    other = tmp_path / "other" / "any.duckdb"
    other.parent.mkdir()
    if is_beside:
        other = path.with_name("remit.duckdb-new")
    os.link(path, other)
    before = path.read_bytes()
    for name in (path, other):
        told = refusal(name)
        assert told.startswith(f"{name}: the store has more than one name (hard links)")
        assert "Nothing was changed" in told
        with Store.open(name, read_only=True) as store:
            assert store.observations().height == 1
    assert path.read_bytes() == before
    other.unlink()
    Store.open(path).close()


def test_the_name_that_a_process_left_that_was_killed_while_it_made_the_store_is_no_second_name(
    path: Path,
) -> None:
    """Killed between its two steps; the file's age does not matter."""
    Store.open(path).close()
    os.link(path, path.with_name("remit.duckdb.new-0123abcd"))
    with Store.open(path, read_only=True):
        pass
    Store.open(path).close()
    assert beside(path) == ["remit.duckdb", "remit.duckdb.lock"]


def test_what_a_killed_process_left_is_cleared_and_what_is_fresh_is_not(path: Path) -> None:
    leftover = path.with_name("remit.duckdb.new-0123abcd")
    fresh = path.with_name("remit.duckdb.new-4567cdef")
    for file in (leftover, fresh):
        file.write_bytes(b"half a store")
    os.utime(leftover, (0, 0))
    Store.open(path).close()
    assert not leftover.exists()
    assert fresh.exists()


def test_the_columns_of_a_version_are_fixed(store: Store) -> None:
    """Whoever changes a column raises SCHEMA_VERSION and says here what the new one has."""
    rows = store._connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal "
        "AND table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY ALL"
    ).fetchall()
    tables: dict[str, list[str]] = {}
    for table, column in rows:
        tables.setdefault(table, []).append(column)
    assert layout.SCHEMA_VERSION == 5
    assert tables == {
        "observation": sorted(OBSERVATION_SCHEMA),
        "printed_metric": [
            "domain",
            "known",
            "metric_id",
            "name",
            "of",
            "part",
            "source_id",
            "sub_domain",
            "unit",
        ],
        "reading_note": ["note", "number", "source_id"],
        "rejection": ["column", "file", "line", "reason", "source_id", "value"],
        "remit_store": ["made_at", "schema_version"],
        "source": [
            "file_name",
            "ingest_number",
            "ingested_at",
            "known_from",
            "licence",
            "publication",
            "publication_name",
            "published_on",
            "rows_accepted",
            "rows_read",
            "rows_rejected",
            "sha256",
            "source_id",
            "third_party",
            "url",
        ],
        "source_scope": ["scope", "source_id"],
        "total_check": ["column", "file", "line", "name", "printed", "source_id", "summed"],
    }


def test_only_the_store_and_the_register_of_asks_hold_ddl() -> None:
    store = Path(layout.__file__).parent
    rooms = {store, store.parent / "asks" / "register"}
    for file in store.parent.rglob("*.py"):
        if file.parent not in rooms:
            assert "CREATE TABLE" not in file.read_text("utf-8").upper(), file


# Waiting -----------------------------------------------------------------------------------------


def test_who_comes_second_waits_and_says_for_whom(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Store.open(path).close()
    with Other(HOLD, path, "write") as other:
        other.wait_for("open")
        threading.Timer(2.5, other.go).start()
        started = time.monotonic()
        Store.open(path, wait_seconds=30).close()
        assert time.monotonic() - started > 2.4
        (said,) = capsys.readouterr().err.splitlines()
        assert re.fullmatch(
            rf"remit: remit.duckdb is in use by process {other.process.pid} "
            r"\(python, since \d\d:\d\d:\d\d\); waiting up to 30 seconds",
            said,
        )


def test_a_short_wait_is_not_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store.open(path).close()
    with Other(HOLD, path, "write") as other:
        other.wait_for("open")
        threading.Timer(0.5, other.go).start()
        Store.open(path, wait_seconds=30).close()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("theirs", "ours"), [("write", "write"), ("write", "read"), ("read", "write")]
)
def test_whoever_waits_too_long_is_told_why(path: Path, theirs: str, ours: str) -> None:
    Store.open(path).close()
    with Other(HOLD, path, theirs) as other:
        other.wait_for("open")
        said = refusal(path, read_only=ours == "read", wait_seconds=0.2)
    assert f"in use by process {other.process.pid}" in said
    assert "not free within 0.2 seconds; nothing was changed" in said


def test_several_read_at_once(path: Path) -> None:
    Store.open(path).close()
    with Other(HOLD, path, "read") as other:
        other.wait_for("open")
        with Store.open(path, read_only=True, wait_seconds=0) as store:
            assert store.sources() == []


def test_a_program_that_reads_and_wants_to_write_is_told_that_it_is_itself_in_the_way(
    path: Path,
) -> None:
    Store.open(path).close()
    with Store.open(path, read_only=True):
        assert "in use by this very process" in refusal(path)


def test_a_store_that_was_refused_is_not_kept_from_others(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE a (b INTEGER)")
    refusal(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE a")


def test_threads_of_one_process_take_turns(path: Path, tmp_path: Path) -> None:
    readings = [
        read(trust_data(tmp_path / f"{n}.csv", sickness(str(n)), quarter=f"Q{n} 2025/26"))
        for n in (1, 2, 3, 4)
    ]
    faults: list[BaseException] = []

    def ingest(number: int) -> None:
        try:
            with Store.open(path) as store:
                for reading in readings[number:] + readings[:number]:
                    store.ingest([reading])
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=ingest, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with Store.open(path, read_only=True) as store:
        assert store.observations()["value"].to_list() == [1.0, 2.0, 3.0, 4.0]
        assert len(store.sources(all_vintages=True)) == 4


@pytest.mark.parametrize(
    ("message", "holder"),
    [
        (
            'IO Error: Cannot open file "c:\\remit.duckdb": The process cannot access the file '
            "because it is being used by another process.\n\nFile is already open in \n"
            "C:\\Python\\python.exe (PID 4711)",
            "process 4711",
        ),
        (
            'IO Error: Cannot open file "c:\\remit.duckdb": Der Prozess kann nicht zugreifen.'
            "\n\nFile is already open in \nC:\\python.exe (PID 12)",
            "process 12",
        ),
        ('IO Error: Could not set lock on file "/a": Resource busy', "another process"),
    ],
)
def test_locks_are_known_on_every_system(
    path: Path, duckdb_says: Say, message: str, holder: str
) -> None:
    duckdb_says(message)
    assert f"in use by {holder}, and was not free" in refusal(path)
