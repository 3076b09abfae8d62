"""A store is published whole or not at all, while others read what was published before."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import duckdb
import pytest

from remit.cli.exit_codes import WRONG_INPUT
from remit.cli.run import run
from remit.model.errors import StoreError
from remit.store import Store
from remit.web import InstanceError, make_instance
from remit.web.figures import place
from remit.web.figures.place import (
    NothingPublished,
    VersionPublished,
    opened_store,
    point_to,
    pointed,
    published,
    versions,
)
from remit.web.figures.publishing import publish
from tests.store.processes import Other
from tests.store.published import read, sickness, trust_data

pytestmark = pytest.mark.usefixtures("no_database")
ROUNDS = 20
_HEADERS, _BLOCK = 3 * 4096, 256 * 1024
"""Of a file of DuckDB's: three heads, then blocks of one size."""
PUBLISH = """
import sys
from pathlib import Path
from remit.web.figures.publishing import publish
print("ready", flush=True)
sys.stdin.readline()
for round in range(int(sys.argv[4])):
    publish(Path(sys.argv[1]), Path(sys.argv[2 + round % 2]), with_site=False, wait_seconds=120)
print("done", flush=True)
"""
INGEST = """
import sys
from pathlib import Path
from remit.store import Store
from tests.store.published import read
print("ready", flush=True)
sys.stdin.readline()
for path in sys.argv[2:]:
    with Store.open(sys.argv[1], wait_seconds=120) as store:
        store.ingest([read(Path(path))])
print("done", flush=True)
"""


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    return make_instance(tmp_path / "web").folder


def filled(path: Path, *values: str) -> Path:
    with Store.open(path) as store:
        store.ingest([read(trust_data(path.with_suffix(".csv"), sickness(*values)))])
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return filled(tmp_path / "one.duckdb", "5.1", "4.2")


def names(instance: Path) -> set[str]:
    return {one.name for one in versions(instance).iterdir() if one.is_dir()}


def test_nothing_is_published_yet(instance: Path) -> None:
    with pytest.raises(NothingPublished, match="remit web publish"):
        published(instance)
    with pytest.raises(NothingPublished), opened_store(instance):
        pass


def test_what_is_published_is_the_store_whole(instance: Path, store: Path) -> None:
    made = publish(instance, store, with_site=False)
    assert (made.figures, made.files, made.store_name) == (2, 1, "one.duckdb")
    assert published(instance) == made
    with opened_store(instance) as (version, opened):
        assert version == made
        assert opened.observations()["value"].to_list() == [5.1, 4.2]
    assert store.exists()


def test_the_version_before_stays_and_older_ones_go(instance: Path, store: Path) -> None:
    made = [publish(instance, store, with_site=False).name for _ in range(4)]
    assert pointed(instance) == (made[3], made[2])
    assert names(instance) == {made[2], made[3]}


def test_what_somebody_reads_stays_until_it_is_read(instance: Path, store: Path) -> None:
    first = publish(instance, store, with_site=False).name
    with opened_store(instance) as (_, opened):
        for _ in range(3):
            publish(instance, store, with_site=False)
        assert first in names(instance)
        assert opened.observations().height == 2
    publish(instance, store, with_site=False)
    assert first not in names(instance)
    assert len(names(instance)) == 2


def damaged(store: Path) -> None:
    """Spoil a block of figures, so that the store opens and only reading all of it tells."""
    whole = store.read_bytes()
    for start in range(_HEADERS, len(whole), _BLOCK):
        store.write_bytes(whole[: start + 64] + b"\xff" * 64 + whole[start + 128 :])
        try:
            with Store.open(store, read_only=True) as opened:
                try:
                    opened.read_through()
                except StoreError:
                    return
        except StoreError:
            continue
    raise AssertionError("no block of figures was found")


def of_layout(number: int, store: Path) -> None:
    connection = duckdb.connect(str(store))
    connection.execute("UPDATE remit_store SET schema_version = ?", [number])
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (damaged, "DuckDB says"),
        (lambda store: of_layout(1, store), "older Remit .* the next remit ingest --store"),
        (lambda store: of_layout(99, store), "newer Remit .* update Remit"),
        (lambda store: store.write_text("no store"), "one.duckdb"),
        (lambda store: store.write_bytes(store.read_bytes()[:9000]), "one.duckdb"),
        (Path.unlink, "remit ingest FILES"),
    ],
    ids=["damaged", "older", "newer", "no store", "cut off", "missing"],
)
def test_a_store_that_is_not_sound_is_refused_and_what_was_published_stays(
    instance: Path, store: Path, spoil: object, said: str
) -> None:
    before = publish(instance, store, with_site=False)
    spoil(store)  # type: ignore[operator]
    with pytest.raises(StoreError, match=said) as told:
        publish(instance, store, with_site=False)
    assert "Published" not in str(told.value)
    assert str(versions(instance)) not in str(told.value), "it tells of the user's own file"
    assert published(instance) == before
    assert names(instance) == {before.name}
    with opened_store(instance) as (_, opened):
        assert opened.observations().height == 2


def test_a_store_without_figures_is_refused(instance: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "empty.duckdb"):
        pass
    with pytest.raises(StoreError, match="holds no figures"):
        publish(instance, tmp_path / "empty.duckdb", with_site=False)


def test_figures_of_a_file_that_is_not_known_are_refused(instance: Path, store: Path) -> None:
    connection = duckdb.connect(str(store))
    connection.execute("DELETE FROM source")
    connection.close()
    with pytest.raises(StoreError, match="does not know"):
        publish(instance, store, with_site=False)


def test_a_log_that_a_killed_ingest_left_is_published_too(instance: Path, store: Path) -> None:
    whole = publish(instance, store, with_site=False)
    connection = duckdb.connect(str(store))
    connection.execute("PRAGMA disable_checkpoint_on_shutdown")
    connection.execute("INSERT INTO reading_note SELECT source_id, 9, 'late' FROM source")
    kept = store.with_name("killed.duckdb")
    shutil.copyfile(store, kept)
    shutil.copyfile(store.with_name(f"{store.name}.wal"), kept.with_name(f"{kept.name}.wal"))
    connection.close()
    assert publish(instance, kept, with_site=False).figures == whole.figures
    with opened_store(instance) as (_, opened):
        assert "late" in opened.notes()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"now": "x"}'])
def test_a_pointer_that_says_nothing_is_told(instance: Path, store: Path, text: str) -> None:
    publish(instance, store, with_site=False)
    (versions(instance) / place.POINTER).write_text(text)
    with pytest.raises(InstanceError, match="publish again"):
        published(instance)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"reports": 1}'])
def test_a_version_that_says_nothing_is_told(instance: Path, store: Path, text: str) -> None:
    made = publish(instance, store, with_site=False)
    (versions(instance) / made.name / place.ABOUT).write_text(text)
    with pytest.raises(InstanceError, match="publish it"):
        published(instance)
    with pytest.raises(InstanceError, match="publish it"), opened_store(instance):
        pass


def test_a_version_that_goes_while_it_is_opened_gives_way_to_the_next(
    instance: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = publish(instance, store, with_site=False)
    answers = iter([("gone-meanwhile", ""), (made.name, "")])
    monkeypatch.setattr(place, "pointed", lambda _: next(answers))
    assert published(instance) == made


def test_a_small_file_that_is_busy_for_a_moment_is_waited_for(
    instance: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = publish(instance, store, with_site=False)
    whole, refused = place.write_whole, iter([True, True, False])

    def busy(path: Path, text: str) -> None:
        if next(refused):
            raise PermissionError(13, "it is open")
        whole(path, text)

    monkeypatch.setattr(place, "write_whole", busy)
    point_to(instance, made.name, "")
    assert json.loads((versions(instance) / place.POINTER).read_text())["now"] == made.name


def test_a_place_that_cannot_be_written_is_told(instance: Path, store: Path) -> None:
    versions(instance).write_text("in the way")
    with pytest.raises(InstanceError, match="cannot be published"):
        publish(instance, store, with_site=False)


def test_the_command_says_what_is_there(
    instance: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["web", "publish", str(store), str(instance), "--no-site"]) == 0
    assert "2 figures of 1 file" in capsys.readouterr().out
    assert run(["web", "publish", str(store), str(instance.parent)]) == WRONG_INPUT
    assert "no instance" in capsys.readouterr().err


class Reader(threading.Thread):
    """Reads all the time; what it saw, and what went wrong."""

    def __init__(self, instance: Path) -> None:
        super().__init__()
        self.instance = instance
        self.ended = threading.Event()
        self.seen: set[str] = set()
        self.reads = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        while not self.ended.is_set():
            try:
                self.look()
            except Exception as error:
                self.wrong.append(repr(error))
                return

    def look(self) -> None:
        with opened_store(self.instance) as (version, opened):
            self.check(version, opened)
        self.seen.add(version.name)
        self.reads += 1

    def check(self, version: VersionPublished, opened: Store) -> None:
        """A half state: figures of another number than the version was published with."""
        held = opened.observations().height
        if held != version.figures or held != sum(one.rows_accepted for one in opened.sources()):
            self.wrong.append(f"{version.name}: {held} of {version.figures}")


def test_who_reads_never_fails_nor_sees_half_while_others_publish_and_ingest(
    instance: Path, store: Path, tmp_path: Path
) -> None:
    other = filled(tmp_path / "two.duckdb", "5.1", "4.2", "3.3")
    quarters = [f"Q{number} 20{year}/{year + 1}" for year in (22, 23) for number in (1, 2, 3, 4)]
    files = [
        trust_data(tmp_path / f"more-{number}.csv", sickness("4.4"), quarter=quarter)
        for number, quarter in enumerate(quarters)
    ]
    publish(instance, store, with_site=False)
    reader = Reader(instance)
    reader.start()
    try:
        with (
            Other(PUBLISH, instance, store, other, str(ROUNDS)) as publisher,
            Other(INGEST, store, *files) as ingest,
        ):
            for one in (publisher, ingest):
                one.wait_for("ready")
            for one in (publisher, ingest):
                one.go()
            for one in (publisher, ingest):
                one.wait_for("done")
    finally:
        reader.ended.set()
        reader.join()
    assert reader.wrong == []
    assert reader.reads >= ROUNDS
    assert len(reader.seen) > ROUNDS / 4
    publish(instance, store, with_site=False)
    assert len(names(instance)) == 2, "what nobody reads is taken away"
