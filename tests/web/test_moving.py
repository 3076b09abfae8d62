"""A register of asks that commands kept comes into an instance, row by row."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from remit.asks.register import accept, decide_answered, open_register
from remit.asks.register.carry_over import carry_over
from remit.records.audit import entries_for, verify
from remit.records.loading import all_models, model
from remit.web import InstanceError
from remit.web.running.moving import move_in
from tests.web.instance import set_up
from tests.web.test_running import Said, said
from tests.web.world import SafeClient, World, add_ask

__all__ = ["said"]
OLD = Path(__file__).parents[1] / "asks" / "old_registers" / "asks-layout-1.duckdb.gz"


@pytest.fixture
def duckdb_register(tmp_path: Path) -> Path:
    """A register of the time when registers were DuckDB files."""
    file = tmp_path / "old" / "asks.duckdb"
    file.parent.mkdir()
    file.write_bytes(gzip.decompress(OLD.read_bytes()))
    return file


@pytest.fixture
def register(duckdb_register: Path, tmp_path: Path) -> Path:
    """The same, carried over with its texts whole; more was written since."""
    path = tmp_path / "asks.sqlite"
    carry_over(duckdb_register, path, keep_text=True)
    with open_register(path) as kept:
        accept(kept, "march")
        asked = kept.asks()[0].ask_id
        decide_answered(kept, asked, "ae")
    return path


def rows_of(read: Any) -> dict[str, list[dict[str, Any]]]:
    """All rows by kind, without the numbers that each database gives by itself."""
    found = {}
    for kind in all_models():
        given = kind._meta.auto_field
        names = [field.attname for field in kind._meta.concrete_fields if field is not given]
        found[kind.__name__] = list(read(kind).order_by("pk").values(*names))
    return found


def in_instance() -> dict[str, list[dict[str, Any]]]:
    return rows_of(lambda kind: kind.objects.all())


def test_every_row_of_every_kind_comes_over_as_it_was(base: None, register: Path) -> None:
    with open_register(register, read_only=True) as kept:
        before = rows_of(lambda kind: kept.table(kind.__name__))
    for name in ("Import", "Action", "Friction", "Risk"):
        for row in before[name]:
            row["organisation"] = row["organisation"] or "ZA1"
    moved = move_in(register, "ZA1")
    assert in_instance() == before
    assert moved == {name: len(rows) for name, rows in before.items() if rows}
    assert len(moved) >= 14, "the register tries too few kinds"
    assert moved["Ask"] == 8


def test_each_has_its_entry_and_the_chain_holds(base: None, register: Path) -> None:
    move_in(register, "ZA1")
    for kind in ("Ask", "Action", "Friction", "Risk", "RiskShare", "Decision", "Meeting"):
        for record in model(kind).objects.all():
            (entry,) = entries_for(record)
            assert (entry.what, entry.acting_for, entry.why) == (
                "carry over", "ZA1", "from asks.sqlite",
            )  # fmt: skip
    assert verify().holds


def test_what_came_over_is_seen_by_its_organisation(world: World, register: Path) -> None:
    from remit.records.audit import SYSTEM, Event, remove

    for kind in ("Action", "Ask"):
        for record in model(kind).objects.all():
            remove(Event(SYSTEM, "ZA1", "dispose"), record)
    move_in(register, "ZA1")
    client: SafeClient = world.client(("ZA1", "reader"))
    assert client.get("/asks/one/A1/").status_code == 200
    conversation = model("Action").objects.get(conversation="QRM of 3 June")
    assert client.get(f"/actions/one/{conversation.pk}/").status_code == 200
    assert world.client(("ZA6", "reader")).get("/asks/one/A1/").status_code == 404


def test_nothing_comes_into_an_instance_that_holds_records(base: None, register: Path) -> None:
    add_ask("HERE", "ZA1")
    with pytest.raises(InstanceError, match="holds records already"):
        move_in(register, "ZA1")
    assert model("Ask").objects.count() == 1


def test_a_row_that_comes_out_differently_stops_all(
    base: None, register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from remit.web.running import moving

    right = moving.create

    def careless(event: Any, kind: Any, /, **fields: Any) -> Any:
        if kind.__name__ == "Ask":
            fields["title"] = None
        return right(event, kind, **fields)

    monkeypatch.setattr(moving, "create", careless)
    with pytest.raises(InstanceError, match="Ask: the rows came out differently"):
        move_in(register, "ZA1")
    assert not model("Ask").objects.exists()


def test_it_is_typed(said: Said, register: Path, duckdb_register: Path) -> None:
    words = ("migrate-from", set_up().folder)
    code, _, err = said(*words, duckdb_register, "--organisation", "ZA1")
    assert (code, "remit asks carry-over" in err) == (2, True)
    code, _, err = said(*words, register, "--organisation", "ZA11")
    assert (code, "nearest: " in err) == (2, True)
    code, _, err = said(*words, register.with_name("none.sqlite"), "--organisation", "ZA1")
    assert code == 2
    code, out, _ = said(*words, register, "--organisation", "ZA1")
    assert (code, "remit web check" in out) == (0, True)
    assert model("Ask").objects.count() == 8
