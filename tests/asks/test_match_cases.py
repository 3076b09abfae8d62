"""How well the matcher does on fictional cases of our own; docs/asks-matching.md tells the rest.

The cases were labelled before the matcher saw them, and before there was a table of horizons: where
a label and the table differ, the label stays. Of what is published only some asks are labelled, so
they tell which publication is right and not whether an answer is sure. They are judged together,
since one has few pairs.
The floors are below what is reached, so that a change that makes it worse is noticed.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from remit.asks.matching import MatchedAsks, match, read_asks

HERE = Path(__file__).resolve().parent
SETS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
Edges = set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def found() -> dict[str, MatchedAsks]:
    return {name: match(read_asks(HERE / f"cases_{name}" / "asks.csv").asks) for name in SETS}


def labels(file: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for name in SETS:
        with (HERE / f"cases_{name}" / file).open(encoding="utf-8", newline="") as opened:
            rows += [{**row, "set": name} for row in csv.DictReader(opened)]
    return rows


def said(found: dict[str, MatchedAsks], relations: set[str]) -> Edges:
    return {
        (name, pair.ask_a, pair.ask_b)
        for name, one in found.items()
        for pair in one.pairs
        if pair.relation in relations
    }


def truth(relations: set[str]) -> Edges:
    rows = labels("asks_pairs.csv")
    return {(r["set"], r["ask_a"], r["ask_b"]) for r in rows if r["relation"] in relations}


def test_duplicates(found: dict[str, MatchedAsks]) -> None:
    ours, right = said(found, {"duplicate"}), truth({"duplicate"})
    assert len(ours & right) >= 0.80 * len(ours)
    assert len(ours & right) >= 0.85 * len(right)


def test_duplicates_and_overlaps_together(found: dict[str, MatchedAsks]) -> None:
    both = {"duplicate", "overlap"}
    ours, right = said(found, both), truth(both)
    assert len(ours & right) >= 0.90 * len(ours)
    assert len(ours & right) >= 0.80 * len(right)


def test_horizon(found: dict[str, MatchedAsks]) -> None:
    right = {row["ask_id"]: row["horizon"] for row in labels("asks_horizon.csv")}
    told = [one for matched in found.values() for one in matched.horizons]
    assert sum(right.get(one.ask_id) == one.horizon for one in told) >= 0.80 * len(right)


def test_the_publication_stands_first(found: dict[str, MatchedAsks]) -> None:
    right = {row["ask_id"]: row["publication"] for row in labels("asks_answered.csv")}
    answers = [one for matched in found.values() for one in matched.answers]
    first = {one.ask_id: one.publication for one in answers if one.rank == 1}
    three = {(one.ask_id, one.publication) for one in answers}
    assert sum(first.get(ask) == name for ask, name in right.items()) >= 0.90 * len(right)
    assert sum(pair in three for pair in right.items()) >= 0.95 * len(right)
