"""The labelled cases of asks: topics left out reach what docs/asks-evaluation.md asks of them."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from remit.asks.matching import MatchedAsks, match, read_asks

TOOLS = Path(__file__).resolve().parents[2] / "tools"
SETS = ("given", "former_heldout")


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """Hits and all by way of measuring and figure, as the tool of the docs measures them."""
    sys.path.insert(0, str(TOOLS))
    try:
        import asks_evaluation as evaluation
    finally:
        sys.path.remove(str(TOOLS))
    sets = [evaluation.labelled(shared_data / "asks_v2" / name) for name in SETS]
    measured = [
        *evaluation.topics_out(sets),
        *evaluation.as_it_is(evaluation.FITTED, sets),
        *evaluation.baselines(sets),
    ]
    for one in measured:
        low, high = one.interval()
        said = f"{one.way}: {one.name} {one.hits} of {one.of} ({low:.2f} to {high:.2f})\n"
        sys.stdout.write(said)
    return {(one.way, one.name): (one.hits, one.of) for one in measured}


BARS = [
    ("duplicates, precision", 0.85),
    ("duplicates, recall", 0.80),
    ("with overlaps, precision", 0.80),
    ("with overlaps, recall", 0.75),
    ("clusters, precision", 0.85),
    ("clusters, recall", 0.80),
    ("publication first", 0.80),
    ("publication among three", 0.90),
    ("sure, precision", 0.85),
    ("sure, recall", 0.40),
    ("horizon, three classes", 0.85),
    ("horizon, two classes", 0.90),
]


@pytest.mark.parametrize(("figure", "bar"), BARS)
@pytest.mark.parametrize("way", ["topics out", "fitted"])
def test_what_is_asked_of_new_topics_is_reached(
    figures: dict[tuple[str, str], tuple[int, int]], way: str, figure: str, bar: float
) -> None:
    hits, of = figures[way, figure]
    assert hits >= bar * of


def test_sure_is_said_often_enough_to_be_measured(
    figures: dict[tuple[str, str], tuple[int, int]],
) -> None:
    assert figures["topics out", "sure, precision"][1] >= 20


def test_where_nothing_is_published_hardly_anything_is_sure(
    figures: dict[tuple[str, str], tuple[int, int]],
) -> None:
    hits, of = figures["topics out", "sure where nothing is published"]
    assert hits <= 0.02 * of


@pytest.mark.parametrize(
    ("way", "figure"),
    [
        ("TF-IDF", "duplicates, precision"),
        ("TF-IDF", "with overlaps, precision"),
        ("TF-IDF", "publication first"),
        ("period and sender", "duplicates, precision"),
        ("majority", "publication first"),
        ("majority", "horizon, three classes"),
    ],
)
def test_new_topics_fare_better_than_by_what_needs_no_reading(
    figures: dict[tuple[str, str], tuple[int, int]], way: str, figure: str
) -> None:
    ours, theirs = figures["topics out", figure], figures[way, figure]
    assert ours[0] / ours[1] > theirs[0] / theirs[1]


@pytest.fixture(scope="module", params=SETS)
def matched(request: pytest.FixtureRequest, shared_data: Path) -> tuple[Path, MatchedAsks]:
    folder = shared_data / "asks_v2" / request.param
    read_in = read_asks(folder / "asks.csv")
    assert read_in.rejections == ()
    return folder, match(read_in.asks)


def test_series_are_not_taken_for_doubles(matched: tuple[Path, MatchedAsks]) -> None:
    folder, found = matched
    said = {(p.ask_a, p.ask_b) for p in found.pairs}
    with (folder / "asks_hard_negatives.csv").open(encoding="utf-8", newline="") as file:
        hard = list(csv.DictReader(file))
    series = {(r["ask_a"], r["ask_b"]) for r in hard if r["kind"].startswith("series")}
    assert len(series) > 0
    assert len(series & said) <= 0.1 * len(series)


def test_every_ask_has_three_candidates_and_only_the_first_is_ever_sure(
    matched: tuple[Path, MatchedAsks],
) -> None:
    folder, found = matched
    by_ask: dict[str, list[str]] = {}
    for one in found.answers:
        by_ask.setdefault(one.ask_id, []).append(one.state.value)
    assert len(by_ask) == len(read_asks(folder / "asks.csv").asks)
    for states in by_ask.values():
        assert len(states) == 3
        assert "sure" not in states[1:]
