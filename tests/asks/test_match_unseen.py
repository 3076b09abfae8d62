"""Two sets of asks by other hands hold the bars that they met when they were first read."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from remit.asks.calendar.horizon import HorizonReader
from remit.asks.calendar.meetings import load_meetings
from remit.asks.matching import MatchedAsks, match, read_asks

SETS = Path(__file__).parent / "unseen"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=["first", "second"])
def read(request: pytest.FixtureRequest) -> tuple[Path, MatchedAsks]:
    folder = SETS / request.param
    return folder, match(read_asks(folder / "asks.csv").asks)


def test_the_publication_is_named_for_most_asks(read: tuple[Path, MatchedAsks]) -> None:
    folder, found = read
    named: dict[str, list[str]] = defaultdict(list)
    for answer in sorted(found.answers, key=lambda one: one.rank):
        named[answer.ask_id].append(answer.publication)
    asked = [row for row in rows(folder / "asks_answers.csv") if row["answer"] == "yes"]
    right = [set(row["publications"].split("|")) for row in asked]
    first = [bool(named[row["ask_id"]][:1]) and named[row["ask_id"]][0] in one
             for row, one in zip(asked, right, strict=True)]  # fmt: skip
    three = [
        not one.isdisjoint(named[row["ask_id"]]) for row, one in zip(asked, right, strict=True)
    ]
    assert len(asked) in {40, 36}
    assert sum(first) / len(first) >= 0.80
    assert sum(three) / len(three) >= 0.90


def test_the_horizon_is_told_for_most_asks(read: tuple[Path, MatchedAsks]) -> None:
    folder, found = read
    told = {one.ask_id: one.horizon.value for one in found.horizons}
    right = [told[row["ask_id"]] == row["horizon"] for row in rows(folder / "asks_horizon.csv")]
    assert sum(right) / len(right) >= 0.85


def test_chasers_and_what_two_bodies_ask_are_found(read: tuple[Path, MatchedAsks]) -> None:
    folder, found = read
    wanted = {(row["ask_a"], row["ask_b"]) for row in rows(folder / "asks_pairs.csv")
              if row["relation"] == "duplicate"}  # fmt: skip
    said = {(pair.ask_a, pair.ask_b) for pair in found.pairs if pair.relation == "duplicate"}
    assert len(said & wanted) / len(wanted) >= 0.80


def test_lines_of_agendas_go_where_their_writer_put_them() -> None:
    reader = HorizonReader(load_meetings())
    right = [
        reader.of_line(row["item"], row["title"], date.fromisoformat(row["date"])) == row["label"]
        for row in rows(SETS / "first" / "agenda_lines.csv")
    ]
    assert len(right) == 84
    assert sum(right) / len(right) >= 0.90
