"""Files that are no register, are doctored or damaged: refused with the reason, and left alone."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest

from remit.asks import (
    RiskShare,
    import_file,
    open_register,
)
from remit.asks.register import (
    add_action,
    add_friction,
    add_risk,
    decide,
)
from remit.model.errors import AskError
from tests.hostile.tries import Tries
from tests.records.everything import read_all, write_all
from tests.records.processes import a_list

KIND = "register: files"
NOBODY = 65534


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a register with something in every table."""
    folder = tmp_path_factory.mktemp("good")
    file = folder / "asks.sqlite"
    (folder / "bad.csv").write_text("ask_id,from_body,to_org_code,title\nA9,CQC,,no recipient\n")
    with open_register(file) as register:
        import_file(register, a_list(folder, "a", "A1", "A2", "A3"))
        import_file(register, folder / "bad.csv")
        register.edit("A1", {"title": "Newer"})
        decide(register, "merge", ["A1", "A2"], note="why")
        add_action(register, "A1", "send it", "chair")
        add_friction(register, "what", ["CQC", "ICB"], date(2025, 1, 1), ["A1"])
        shares = [RiskShare("ZA1", "beds", "", 60), RiskShare("ZB1", "crews", "", 40)]
        add_risk(register, "title", "what", "ICB, chair", shares, raised_on=date(2025, 1, 1))
        register.table("Meeting").create(
            key="k", brought_by_id=1, to_org_code="ZA1", day=date(2025, 1, 1), series="s",
            title="t",
            starts_at="2025-01-01", is_oversight=True, minutes=1, attendees=1, own_attendees=1,
            minutes_today=1, minutes_tomorrow=1,
        )  # fmt: skip
    return file.read_bytes()


def tried(tries: Tries, file: Path, name: str, *, write: bool = True) -> list[BaseException]:
    """Open a file to look and to write, as two tries; the refusals, of which neither is a crash."""
    found: list[BaseException] = []
    for read_only in (True, False) if write else (True,):
        with (
            tries.attempt(KIND, f"{name}, {'look' if read_only else 'write'}") as refusal,
            open_register(file, read_only=read_only, wait_seconds=1) as register,
        ):
            read_all(register)
            if not read_only:
                write_all(register)
        found += refusal
    return found


def text(file: Path) -> None:
    file.write_text("no database at all, but words " * 500)


def a_store(file: Path) -> None:
    with duckdb.connect(str(file.with_suffix(".tmp"))) as raw:
        raw.execute("CREATE TABLE remit_store (a INT)")
    file.with_suffix(".tmp").rename(file)


def another(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("CREATE TABLE records_register (id, made_at, secret, wipe_due)")


FOREIGN: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (text, "no register of asks .*not a database"),
    "empty": (lambda file: file.write_bytes(b""), "no register of asks"),
    "zeros": (lambda file: file.write_bytes(bytes(8192)), "no register of asks"),
    "noise": (lambda file: file.write_bytes(random.Random(1).randbytes(9000)), "no register"),
    "head only": (lambda file: file.write_bytes(b"SQLite format 3\0" + bytes(84)), "regist"),
    "a store": (a_store, "no register of asks"),
    "another base": (another, "no register of asks"),
    "folder": (lambda file: file.mkdir(), "this is a folder"),
    "pipe": (os.mkfifo, "no plain file"),
    "device": (lambda file: file.symlink_to("/dev/zero"), "no plain file"),
    "null": (lambda file: file.symlink_to(os.devnull), "no plain file"),
    "loop": (lambda file: file.symlink_to(file), "leads nowhere|cannot be looked at"),
}


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices are made")
@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_register_is_refused(tries: Tries, tmp_path: Path, name: str) -> None:
    file = tmp_path / "asks.sqlite"
    make, reason = FOREIGN[name]
    make(file)
    before = file.read_bytes() if file.is_file() else None
    refusals = tried(tries, file, name)
    assert len(refusals) == 2
    for refusal in refusals:
        with pytest.raises(AskError, match=reason):
            raise refusal
    assert before is None or file.read_bytes() == before
    # DuckDB's files are looked at behind their gate, which is a file of its own.
    left = {path.name for path in tmp_path.iterdir()}
    assert left - {"asks.sqlite.lock"} == {"asks.sqlite"}


@pytest.mark.parametrize("name", ["nul\0char", "x" * 300, "a/b/asks.sqlite", "file/asks.sqlite"])
def test_names_that_lead_nowhere(tries: Tries, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    assert len(tried(tries, tmp_path / name, name)) == 2


def test_odd_names_are_names(tries: Tries, tmp_path: Path) -> None:
    odd = os.fsdecode(b"\xff.sqlite")
    for name in ("a?mode=ro", "a%20b#c.sqlite", "a b'c\".sqlite", ":memory:", "Ünïcode", odd):
        file = tmp_path / name
        with tries.attempt(KIND, ascii(name)) as refusal, open_register(file) as register:
            import_file(register, a_list(tmp_path, "l", "A1"))
        assert not refusal, refusal
        assert file.is_file()


SCHEMA = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON records_ask BEGIN DELETE FROM records_risk; END",
    "a view": "CREATE VIEW v AS SELECT * FROM records_ask",
    "a view for a table": "ALTER TABLE records_risk RENAME TO r2; "
                          "CREATE VIEW records_risk AS SELECT * FROM r2",
    "a table more": "CREATE TABLE more (a)",
    "an index more": "CREATE INDEX i ON records_ask (abs(removed))",
    "a table less": "DROP TABLE records_riskshare",
    "a column more": "ALTER TABLE records_ask ADD COLUMN more TEXT",
    "a generated column": "ALTER TABLE records_ask ADD COLUMN g AS (upper(title))",
    "a column renamed": "ALTER TABLE records_ask RENAME COLUMN thread TO thr",
    "a virtual table": "CREATE VIRTUAL TABLE f USING fts5(a)",
    "not marked": "PRAGMA application_id = 7",
    "no migrations": "DELETE FROM django_migrations",
    "half the migrations": "DELETE FROM django_migrations WHERE name LIKE '0001%'",
    "migrations of later": "INSERT INTO django_migrations (app, name, applied) "
                           "VALUES ('records', '0077_x', '2025-01-01')",
    "migrations in bytes": "UPDATE django_migrations SET name = x'00ff'",
    "a schema rewritten": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = "
                          "replace(sql, 'NOT NULL', '') WHERE name = 'records_risk'",
    "a schema that lies": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE "
                          "TABLE records_risk (a)' WHERE name = 'records_risk'",
    "a schema of noise": "PRAGMA writable_schema = ON; "
                         "UPDATE sqlite_master SET sql = 'x' || sql",
    "a root that is no page": "PRAGMA writable_schema = ON; "
                              "UPDATE sqlite_master SET rootpage = 999 WHERE name = 'records_ask'",
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEMA)
def test_doctored_tables_are_refused(tries: Tries, tmp_path: Path, good: bytes, name: str) -> None:
    file = doctored(tmp_path, good, SCHEMA[name])
    before = file.read_bytes()
    assert len(tried(tries, file, name)) == 2
    assert file.read_bytes() == before


VALUES = {
    "a day of words": "UPDATE records_ask SET received_on = 'soon'",
    "30 February": "UPDATE records_ask SET due_on = '2025-02-30'",
    "the year 0": "UPDATE records_ask SET received_on = '0000-01-01'",
    "the year 12025": "UPDATE records_ask SET received_on = '12025-01-01'",
    "a day as a number": "UPDATE records_ask SET received_on = 20250101",
    "a day in bytes": "UPDATE records_ask SET received_on = x'32'",
    "no hour": "UPDATE records_import SET imported_at = '2025-01-01 25:00:00'",
    "a zone": "UPDATE records_import SET imported_at = '2025-01-01 10:00:00+01:00'",
    "a tail": "UPDATE records_change SET changed_at = '2025-01-01 10:00:00.12x'",
    "hours of words": "UPDATE records_ask SET hours_estimate = 'many'",
    "endless hours": "UPDATE records_ask SET hours_estimate = 9e999",
    "a truth of 2": "UPDATE records_ask SET follow_up = 2",
    "a state that is none": "UPDATE records_ask SET status = 'ajar'",
    "a kind that is none": "UPDATE records_decision SET kind = 'guess'",
    "a relation that is none": "UPDATE records_decision SET relation = 'alike'",
    "a number of words": "UPDATE records_ask SET attachments = 'two'",
    "a title in bytes": "UPDATE records_ask SET title = x'fffe'",
    "a title of broken letters": "UPDATE records_ask SET title = CAST(x'fffe' AS TEXT)",
    "a secret in bytes": "UPDATE records_register SET secret = x'00'",
    "a percentage without end": "UPDATE records_riskshare SET percent = -9e999",
    "minutes of words": "UPDATE records_meeting SET minutes = 'long'",
    "nothing where something is": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = "
                                  "replace(sql, 'NOT NULL', '')",
}  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_doctored_values_are_refused(tries: Tries, tmp_path: Path, good: bytes, name: str) -> None:
    file = doctored(tmp_path, good, VALUES[name])
    before = file.read_bytes()
    refusals = tried(tries, file, name)
    assert len(refusals) == 2, refusals
    assert name == "a title of broken letters" or file.read_bytes() == before


ODD = {
    "an action's number is none": "UPDATE records_action SET action_id = 'ACT-x9'",
    "a number beyond measure": f"UPDATE records_action SET action_id = 'ACT-{'9' * 400}'",
    "no number": "UPDATE records_friction SET friction_id = ''",
    "a decision about nothing": "DELETE FROM records_decisionask",
    "a friction between nobody": "DELETE FROM records_frictionbody",
    "a risk without shares": "DELETE FROM records_riskshare",
    "no register row": "DELETE FROM records_register",
    "two register rows": "INSERT INTO records_register (made_at, secret, wipe_due) "
                         "VALUES ('2025-01-01 00:00:00', 'x', 0)",
    "a reference to nothing": "UPDATE records_ask SET brought_by_id = 99",
    "facets that are none": "UPDATE records_ask SET facets = '{{'",
    "a mapping that is none": "UPDATE records_mapping SET columns = '{{'",
    "a mapping of nothing": "UPDATE records_mapping SET columns = '7'",
    "a mapping too deep": f"UPDATE records_mapping SET columns = '{'[' * 9000}'",
    "escapes": "UPDATE records_ask SET title = char(27) || '[2J' || char(0) || char(11)",
    "a long title": "UPDATE records_ask SET title = hex(zeroblob(3000000))",
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_values_crash_nothing(tries: Tries, tmp_path: Path, good: bytes, name: str) -> None:
    file = doctored(tmp_path, good, ODD[name])
    tried(tries, file, name)
    with tries.attempt(KIND, f"{name}, import") as refusal, open_register(file) as register:
        import_file(register, a_list(tmp_path, "b", "A7"))
        assert "A7" in register.statuses()
    assert not refusal or "damaged" in str(refusal[0]) or "register" in str(refusal[0])


def doctored(folder: Path, good: bytes, sql: str) -> Path:
    """A register of which SQLite was made to change something."""
    file = folder / "asks.sqlite"
    file.write_bytes(good)
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.executescript(sql)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def test_damaged_bytes(tries: Tries, tmp_path: Path, good: bytes) -> None:
    """A byte or a stretch is other than it was: read whole, or refused; never a crash."""
    chance = random.Random(4)
    refused = 0
    for number in range(40):
        spoilt = bytearray(good)
        place = chance.randrange(len(good)) if number % 3 else chance.randrange(4096)
        length = 1 if number % 2 else 300
        spoilt[place : place + length] = chance.randbytes(len(spoilt[place : place + length]))
        file = tmp_path / f"{number}.sqlite"
        file.write_bytes(spoilt)
        refused += len(tried(tries, file, f"bytes {place} to {place + length}"))
    assert refused > 3


def test_cut_files(tries: Tries, tmp_path: Path, good: bytes) -> None:
    whole = len(good)
    lengths = (1, 15, 16, 99, 100, 511, 4095, 4096, 8192, whole // 2, whole - 1, whole - 4096)
    for number, length in enumerate(lengths):
        file = tmp_path / f"{number}.sqlite"
        file.write_bytes(good[:length])
        refusals = tried(tries, file, f"{length} bytes of {len(good)}")
        assert length > 8192 or len(refusals) == 2


def test_a_log_of_another_register(tries: Tries, tmp_path: Path, good: bytes) -> None:
    """SQLite may take a foreign log for its own: no crash, and nothing that reads as sound."""
    file = tmp_path / "asks.sqlite"
    file.write_bytes(good)
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("UPDATE records_ask SET title = 'of the log'")
        log = (tmp_path / "asks.sqlite-wal").read_bytes()
    assert len(log) > 4096
    for number, spoilt in enumerate((log, log[:-7], log[: len(log) // 2], os.urandom(9000), b"x")):
        other = tmp_path / f"o{number}.sqlite"
        other.write_bytes(good)
        (tmp_path / f"o{number}.sqlite-wal").write_bytes(spoilt)
        tried(tries, other, f"log {number}")


@pytest.fixture
def of_nobody(good: bytes) -> Iterator[Path]:
    """A register in a folder of a user who is not root, as whom the test goes on."""
    folder = Path(tempfile.mkdtemp(prefix="remit-rights-"))
    file = folder / "asks.sqlite"
    file.write_bytes(good)
    is_root = os.geteuid() == 0
    if is_root:
        with open_register(file) as register:  # whatever is loaded late is loaded as root
            read_all(register)
            write_all(register)
        file.write_bytes(good)
        for path in (folder, file):
            os.chown(path, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield file
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="users and rights are POSIX's")
def test_without_rights(tries: Tries, of_nobody: Path) -> None:
    file, folder = of_nobody, of_nobody.parent

    def refusals(name: str, path: Path = file) -> int:
        return len(tried(tries, path, name))

    assert refusals("own file") == 0
    file.chmod(0o444)
    assert refusals("file of others") == 1
    file.chmod(0o000)
    assert refusals("closed file") == 2
    file.chmod(0o644)
    folder.chmod(0o555)
    assert refusals("folder of others") == 1
    assert refusals("new in a folder of others", folder / "new.sqlite") == 2
    folder.chmod(0o000)
    assert refusals("closed folder") == 2
    folder.chmod(0o755)
    assert refusals("own file again") == 0
    assert sorted(path.name for path in folder.iterdir()) == ["asks.sqlite"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="users and rights are POSIX's")
def test_a_change_that_a_reader_cannot_see_is_told(tries: Tries, of_nobody: Path) -> None:
    of_nobody.parent.chmod(0o555)
    with (
        tries.attempt(KIND, "changed under a still picture") as refusal,
        open_register(of_nobody, read_only=True) as register,
    ):
        assert len(register.asks()) == 3
        with of_nobody.open("ab") as file:
            file.write(bytes(4096))
    assert "changed while it was read" in str(refusal[0])


def test_whole_commands(tries: Tries, tmp_path: Path, good: bytes) -> None:
    file = doctored(tmp_path, good, SCHEMA["a trigger"])
    for arguments in (["list"], ["undo", "--yes"]):
        ran = tries.command(
            KIND, arguments[0], ["asks", *arguments, "--register", file], codes=(2,)
        )
        assert "it holds trigger 't'" in ran.err
    file.write_bytes(good[:9000])
    ran = tries.command(KIND, "cut", ["asks", "list", "--register", file], codes=(2,))
    assert "asks.sqlite" in ran.err
