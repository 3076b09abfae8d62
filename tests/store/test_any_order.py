"""Any order and repetition of ingests and removals comes to the same."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from remit.publications.rows.reading import Reading
from remit.store import Store
from tests.store.published import ACUTE, read, sickness, trust_data

FILES = 6
DAYS = [date(2025, 9, 1), date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1)]


@pytest.fixture(scope="module", autouse=True)
def readings(tmp_path_factory: pytest.TempPathFactory) -> list[Reading]:
    """Three vintages of one quarter, two of another, and a file of another kind of trust."""
    folder = tmp_path_factory.mktemp("files")
    plan = [
        ("a1", "Q1 2025/26", sickness("1", "2", "x"), DAYS[0]),
        ("a2", "Q1 2025/26", sickness("1.5", "2"), DAYS[1]),
        ("a3", "Q1 2025/26", sickness("1.5", "*", "3"), DAYS[3]),
        ("b1", "Q2 2025/26", sickness("7"), DAYS[1]),
        ("b2", "Q2 2025/26", sickness("7", "8"), DAYS[2]),
    ]
    found = [
        read(trust_data(folder / f"{name}.csv", figures, quarter=quarter), day)
        for name, quarter, figures, day in plan
    ]
    acute = trust_data(folder / "c.csv", {("R0A", "OF0082"): "4"}, kind=ACUTE)
    found.append(read(acute, DAYS[2]))
    Machine.readings = found
    return found


def expected(readings: list[Reading], taken: set[int], as_at: date) -> list[tuple[object, ...]]:
    """What is current, worked out without a database."""
    latest: dict[str, Reading] = {}
    for number in sorted(taken):
        reading = readings[number]
        (scope,) = reading.source.scopes
        day = reading.source.published_on
        if day <= as_at and (scope not in latest or latest[scope].source.published_on < day):
            latest[scope] = reading
    return sorted(row for reading in latest.values() for row in _rows(reading.observations))


def _rows(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    text = frame.with_columns(pl.col("value").cast(pl.String).fill_null(""))
    return text.select("scope", "org_code", "value", "status", "source_id", "source_row").rows()


@settings(max_examples=25, deadline=None)
@given(
    batches=st.lists(
        st.lists(st.integers(0, FILES - 1), min_size=1, max_size=4), min_size=1, max_size=6
    ),
    as_at=st.sampled_from([date(2025, 8, 31), *DAYS, date.max]),
)
def test_the_current_figures_do_not_depend_on_order_and_repetition(
    readings: list[Reading], batches: list[list[int]], as_at: date
) -> None:
    taken: set[int] = set()
    with Store.in_memory() as store:
        for batch in batches:
            report = store.ingest([readings[number] for number in batch])
            outcomes = [file.outcome == "already there" for file in report.files]
            seen = [n in taken or n in batch[:place] for place, n in enumerate(batch)]
            assert outcomes == seen
            assert report.rows_read == report.rows_accepted + report.rows_rejected
            taken |= set(batch)
        assert sorted(_rows(store.observations(as_at))) == expected(readings, taken, as_at)
        kept = store.sources(all_vintages=True)
        assert {source.source_id for source in kept} == {
            readings[number].source.source_id for number in taken
        }
        assert sum(source.rows_rejected for source in kept) == len(store.rejections())


class Machine(RuleBasedStateMachine):
    """Ingest, rehearse and remove in any order; the store always agrees with plain sets."""

    readings: list[Reading]

    @initialize()
    def begin(self) -> None:
        self.store = Store.in_memory()
        self.taken: set[int] = set()

    def teardown(self) -> None:
        self.store.close()

    @rule(number=st.integers(0, FILES - 1))
    def ingest(self, number: int) -> None:
        self.store.ingest([self.readings[number]])
        self.taken.add(number)

    @rule(number=st.integers(0, FILES - 1))
    def rehearse(self, number: int) -> None:
        self.store.ingest([self.readings[number]], dry_run=True)

    @rule(number=st.integers(0, FILES - 1), dry_run=st.booleans())
    def remove(self, number: int, dry_run: bool) -> None:
        if number in self.taken:
            reading = self.readings[number]
            report = self.store.remove(reading.source.source_id, dry_run=dry_run)
            assert report.observations == reading.observations.height
            self.taken -= set() if dry_run else {number}

    @invariant()
    def the_store_agrees(self) -> None:
        for day in (DAYS[1], date.max):
            wanted = expected(self.readings, self.taken, day)
            assert sorted(_rows(self.store.observations(day))) == wanted


class TestMachine(Machine.TestCase):
    settings = settings(max_examples=12, stateful_step_count=10, deadline=None)
