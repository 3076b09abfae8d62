"""The one opener: a file that changes under one's hands is noticed, and DuckDB's words are told."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from remit.files import database
from remit.files.database import TRIED, connect, open_database
from remit.files.patience import Called, InUse
from remit.model.errors import StoreError
from tests.store.processes import Other

FOREIGN = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "read")
print("open", flush=True)
sys.stdin.readline()
connection.close()
print("closed", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(tmp_path / "any.duckdb", 1)


def made(path: Path, value: int) -> Path:
    with connect(path) as connection:
        connection.execute(f"CREATE TABLE t AS SELECT {value} AS a")
    return path


def value(path: Path) -> int:
    with open_database(path, read_only=True, wait_seconds=10) as opened:
        return int(opened.connection.execute("SELECT max(a) FROM t").fetchall()[0][0])


def refusal(path: Path, *, read_only: bool = True, wait_seconds: float = 5) -> str:
    with pytest.raises(StoreError) as caught:
        open_database(path, read_only=read_only, wait_seconds=wait_seconds)
    return str(caught.value)


def test_the_version_of_duckdb_was_tried() -> None:
    """A new version may read headers in yet another way; its rounds and races come first."""
    assert duckdb.__version__ in TRIED, (
        f"DuckDB {duckdb.__version__} was not tried with Remit's gate. Run `make evidence` with "
        "it; if all is green, add it to TRIED in src/remit/files/database.py and allow it in "
        "pyproject.toml; if not, see docs/duckdb-stale-headers.md."
    )


def test_only_versions_that_were_tried_can_be_installed() -> None:
    import tomllib

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    (pinned,) = (one for one in project["project"]["dependencies"] if one.startswith("duckdb"))
    assert pinned == f"duckdb>={TRIED[0]},<={TRIED[-1]}"


def test_only_the_opener_opens_files_of_duckdb() -> None:
    """But for the frames that a user gives, and gets back, as relations."""
    source = Path(database.__file__).parents[1]
    allowed = {source / "files" / "database.py", source / "asks" / "register" / "opening.py"}
    found = {one for one in source.rglob("*.py") if "duckdb.connect" in one.read_text("utf-8")}
    assert found <= allowed


# Deleted, moved, replaced ------------------------------------------------------------------------


def while_waiting(path: Path, change: Callable[[], object], *, read_only: bool) -> str | None:
    """Open a file for which another is waited for; what is done to it meanwhile is ``change``."""
    refused: list[str] = []

    def wait() -> None:
        try:
            open_database(path, read_only=read_only, wait_seconds=20).close()
        except StoreError as error:
            refused.append(str(error))

    with open_database(path, read_only=False):
        waiting = threading.Thread(target=wait)
        waiting.start()
        queue = path.with_name(f"{path.name}.lock.queue")
        while len(list(queue.iterdir())) < 2:
            time.sleep(0.005)
        change()
    waiting.join()
    return refused[0] if refused else None


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_deleted_or_moved_while_it_is_waited_for_is_not_made_anew_empty(
    path: Path, read_only: bool
) -> None:
    told = while_waiting(path, path.unlink, read_only=read_only)
    assert told == f"{path}: the store was deleted or moved while it was waited for"
    assert not path.exists()
    made(path, 1)
    path.with_name("any.duckdb.wal").unlink(missing_ok=True)
    told = while_waiting(path, lambda: path.rename(path.with_name("b")), read_only=read_only)
    assert told is not None
    assert not path.exists()


def test_a_file_that_is_replaced_while_it_is_waited_for_is_noticed(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = made(tmp_path / "other.duckdb", 2)
    assert while_waiting(path, lambda: other.replace(path), read_only=True) is None
    assert "was replaced while it was waited for; the file that lies there now is used" in (
        capsys.readouterr().err
    )
    assert value(path) == 2


def test_a_file_that_is_deleted_just_before_duckdb_opens_it_is_not_made_anew_empty(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the opening; DuckDB would make an empty one and say nothing."""
    opening = duckdb.connect

    def too_late(*given: object, **more: object) -> object:
        path.unlink()
        return opening(*given, **more)

    monkeypatch.setattr(duckdb, "connect", too_late)
    assert "the store was deleted or moved while" in refusal(path, read_only=False)
    assert not path.exists()


@pytest.mark.parametrize("how", ["deleted or moved", "replaced"])
def test_a_file_that_is_lost_while_it_is_open_is_told(path: Path, tmp_path: Path, how: str) -> None:
    with open_database(path, read_only=False) as opened:
        opened.check_is_in_place()
        if how == "replaced":
            made(tmp_path / "other.duckdb", 2).replace(path)
        else:
            path.rename(tmp_path / "moved")
        with pytest.raises(StoreError, match=f"the store was {how} while it was being used"):
            opened.check_is_in_place()


# Programs that know no gate ----------------------------------------------------------------------


@pytest.mark.parametrize("read_only", [True, False])
def test_what_another_program_writes_while_headers_are_read_is_noticed(
    path: Path, monkeypatch: pytest.MonkeyPatch, read_only: bool
) -> None:
    """The stale headers are let go without a word written; the file is opened once more."""
    opening = duckdb.connect
    writes = iter([True])

    def with_stale_headers(*given: object, **more: object) -> object:
        opened = opening(*given, **more)
        if next(writes, False):
            os.utime(path, ns=(0, time.time_ns()))
        return opened

    monkeypatch.setattr(duckdb, "connect", with_stale_headers)
    with open_database(path, read_only=read_only) as opened:
        assert opened.connection.execute("FROM t").fetchall() == [(1,)]
    assert next(writes, None) is None


def test_a_file_that_is_written_without_a_pause_is_given_up(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = duckdb.connect

    def with_stale_headers(*given: object, **more: object) -> object:
        opened = opening(*given, **more)
        os.utime(path, ns=(0, time.time_ns()))
        return opened

    monkeypatch.setattr(duckdb, "connect", with_stale_headers)
    assert "by a program that does not keep Remit's lock" in refusal(path)


def test_while_a_writer_waits_for_a_foreign_reader_others_go_on_reading(path: Path) -> None:
    with Other(FOREIGN, path, "read") as foreign:
        foreign.wait_for("open")
        done: list[str] = []

        def write() -> None:
            with open_database(path, read_only=False, wait_seconds=20) as opened:
                opened.connection.execute("INSERT INTO t VALUES (7)")
                done.append("written")

        writer = threading.Thread(target=write)
        writer.start()
        for _ in range(5):
            time.sleep(0.1)
            program = (
                "import sys; from pathlib import Path\n"
                "from remit.files.database import open_database\n"
                "with open_database(Path(sys.argv[1]), read_only=True, wait_seconds=5) as opened:\n"
                "    print(opened.connection.execute('SELECT max(a) FROM t').fetchall()[0][0])"
            )
            with Other(program, path) as reader:
                reader.wait_for("1")
        assert done == []
        foreign.go()
        foreign.wait_for("closed")
        writer.join()
    assert value(path) == 7


def test_a_foreign_holder_is_named_after_two_seconds(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Other(FOREIGN, path, "write") as foreign:
        foreign.wait_for("open")
        with pytest.raises(InUse, match=f"in use by process {foreign.process.pid}, and was not"):
            open_database(path, read_only=True, wait_seconds=2.3)
    told = (
        f"remit: any.duckdb is in use by process {foreign.process.pid}; waiting up to 2.3 seconds"
    )
    assert told in capsys.readouterr().err


# DuckDB's words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a text", "this is no store of Remit; give another path with --store. DuckDB says: "),
        (b"", "this is no store of Remit"),
    ],
)
def test_a_file_that_is_none_is_refused_in_duckdbs_words_and_nothing_is_left(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    for read_only in (True, False):
        assert said in refusal(path, read_only=read_only)
    assert [one.name for one in tmp_path.iterdir()] == ["any"]


def test_a_file_that_is_cut_short_is_told_in_duckdbs_words_at_once(path: Path) -> None:
    """It is never tried again: what says this may be the loss itself."""
    whole = path.read_bytes()
    path.write_bytes(whole[: 3 * 4096 + 100])
    started = time.monotonic()
    said = refusal(path, read_only=False, wait_seconds=20)
    assert "DuckDB says: " in said
    assert "bytes" in said
    assert time.monotonic() - started < 5


def test_a_file_may_be_called_something_else(tmp_path: Path) -> None:
    called = Called("register", "no register: {name}", "no register of ours", "Try again")
    with pytest.raises(StoreError, match=r"no register: a\.duckdb"):
        open_database(tmp_path / "a.duckdb", read_only=True, called=called)
    (tmp_path / "a.duckdb").write_text("text")
    with pytest.raises(StoreError, match="no register of ours"):
        open_database(tmp_path / "a.duckdb", read_only=True, called=called)


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes are limited otherwise there")
def test_a_copy_of_an_open_file_is_whole(path: Path, tmp_path: Path) -> None:
    """Whoever copies the store while nobody writes has all of it."""
    with open_database(path, read_only=True):
        shutil.copy(path, tmp_path / "copy.duckdb")
    assert value(tmp_path / "copy.duckdb") == 1
