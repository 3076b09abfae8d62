"""The labelled cases of asks: by pair, answers and horizon, as docs/asks-matching.md reports."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from remit.asks.matching import MatchedAsks, match, read_asks


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "asks"


@pytest.fixture(scope="module")
def found(folder: Path) -> MatchedAsks:
    read_in = read_asks(folder / "asks.csv")
    assert read_in.rejections == ()
    return match(read_in.asks)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_duplicates_by_pair(folder: Path, found: MatchedAsks) -> None:
    labels = read(folder / "asks_pairs.csv")
    truth = {(r["ask_a"], r["ask_b"]) for r in labels if r["relation"] == "duplicate"}
    said = {(p.ask_a, p.ask_b) for p in found.pairs if p.relation == "duplicate"}
    assert len(said & truth) / len(said) >= 0.90
    assert len(said & truth) / len(truth) >= 0.85


def test_duplicates_and_overlaps_by_pair(folder: Path, found: MatchedAsks) -> None:
    truth = {(r["ask_a"], r["ask_b"]) for r in read(folder / "asks_pairs.csv")}
    said = {(p.ask_a, p.ask_b) for p in found.pairs}
    assert len(said & truth) / len(said) >= 0.85
    assert len(said & truth) / len(truth) >= 0.80


def test_series_are_not_taken_for_doubles(folder: Path, found: MatchedAsks) -> None:
    said = {(p.ask_a, p.ask_b) for p in found.pairs}
    hard = read(folder / "asks_hard_negatives.csv")
    series = {(r["ask_a"], r["ask_b"]) for r in hard if r["kind"].startswith("series")}
    assert len(series) > 0
    assert series.isdisjoint(said)


def test_answered(folder: Path, found: MatchedAsks) -> None:
    truth = {r["ask_id"]: r["publication"] for r in read(folder / "asks_answered.csv")}
    said = {one.ask_id: one.publication for one in found.answers}
    right = sum(said.get(ask) == publication for ask, publication in truth.items())
    assert right / len(truth) >= 0.85
    assert sum(truth.get(ask) != name for ask, name in said.items()) / len(said) <= 0.05


def test_horizon(folder: Path, found: MatchedAsks) -> None:
    truth = {r["ask_id"]: r["horizon"] for r in read(folder / "asks_horizon.csv")}
    right = sum(truth[one.ask_id] == one.horizon for one in found.horizons)
    assert right / len(truth) >= 0.85


def test_the_model_was_held_to_the_bars_on_pairs_it_had_not_seen() -> None:
    from remit.asks.matching.pair_model import load_pair_model

    figures = load_pair_model().cross_validated
    assert figures["together_precision"] >= 0.85
    assert figures["together_recall"] >= 0.80
    assert figures["duplicates_recall"] >= 0.85
