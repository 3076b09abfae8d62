"""Files of asks that are nearly all alike: matched within bounds, or refused before it starts."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from remit.asks.matching import MatchedAsks, match, read_asks
from remit.asks.matching.cleaning import load_wording
from remit.asks.matching.periods import read_spans
from remit.asks.matching.relations import Edge, LikelyRelation, relate
from remit.asks.matching.size import PAIRS
from remit.asks.matching.tokens import tokens
from remit.asks.senders import load_senders
from remit.model.ask import Ask, AskRelation
from tests.hostile.growth import assert_linear
from tests.hostile.tries import Tries

KIND = "asks of one kind"
DAY = date(2025, 6, 2)
TEXT = "Please send the number of patients waiting over 52 weeks by specialty for May 2025"
OTHER = "Please send the vacancies among community nurses at the end of March 2025"


def ask(number: int, text: str = TEXT, org: str = "RYJ", received: date | None = DAY) -> Ask:
    return Ask(f"A{number:06d}", "NHSE region", org, "", text, received)


def copies(count: int, text: str = TEXT, first: int = 0) -> list[Ask]:
    return [ask(first + number, text) for number in range(count)]


@pytest.fixture
def matched(tries: Tries) -> Callable[[str, list[Ask]], MatchedAsks]:
    def run(name: str, asks: list[Ask]) -> MatchedAsks:
        with tries.attempt(KIND, name) as refusal:
            found = match(asks)
        assert not refusal
        return found

    return run


@pytest.mark.parametrize("count", [2, 3, 10, 60])
def test_copies_are_one_cluster_with_every_pair(
    matched: Callable[[str, list[Ask]], MatchedAsks], count: int
) -> None:
    asks = [*copies(count), *copies(2, OTHER, first=count)]
    found = matched(f"{count} copies", asks)
    names = [one.ask_id for one in asks]
    wanted = {*combinations(names[:count], 2), (names[-2], names[-1])}
    assert {(pair.ask_a, pair.ask_b) for pair in found.pairs} == wanted
    assert {pair.relation for pair in found.pairs} == {AskRelation.DUPLICATE}
    assert {cluster.duplicates for cluster in found.clusters} == {
        tuple(names[:count]),
        tuple(names[count:]),
    }


def test_200_copies_are_matched_in_seconds(
    matched: Callable[[str, list[Ask]], MatchedAsks],
) -> None:
    """The mean of a clique was once computed for each of its pairs: minutes for so few."""
    assert len(matched("200 copies", copies(200)).pairs) == 200 * 199 // 2


def test_100_000_copies_are_refused_before_it_starts(tries: Tries) -> None:
    told: list[str] = []
    with tries.attempt(KIND, "100,000 copies", seconds=10) as refusal:
        match(copies(100_000), tell=told.append)
    said = str(refusal[0])
    assert said.startswith("100,000 asks of RYJ have the same words ('Please send the number of")
    assert "4,999,950,000 pairs" in said
    assert "one organisation, or one quarter" in said
    assert PAIRS.variable in said
    assert told == []


@pytest.mark.parametrize("spread", [1, 7, 30, 130])
def test_copies_of_other_years_do_not_count(tries: Tries, spread: int) -> None:
    """2,000 copies are too many within one quarter, and no two are compared if years apart."""
    far = [ask(n, received=DAY + timedelta(days=131 * n)) for n in range(2_000)]
    near = [ask(n, received=DAY + timedelta(days=n % spread)) for n in range(2_000)]
    with tries.attempt(KIND, "years apart") as refusal:
        assert match(far[:50]).pairs == ()
    assert not refusal
    with tries.attempt(KIND, f"within {spread} days") as refusal:
        match(near)
    assert "1,999,000 pairs" in str(refusal[0])


@pytest.mark.parametrize("kind", ["numbers", "fillers", "titles", "teams"])
def test_asks_that_are_nearly_alike_are_refused_when_they_are_compared(
    tries: Tries, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    chance = random.Random(kind)
    asks = []
    for number in range(120):
        words = {
            "numbers": f"{TEXT}, reference w{number}",
            "fillers": f"{TEXT} {chance.choice(['board', 'plan', 'pack', 'return'])} x{number}",
            "titles": f"{number} {TEXT}",
            "teams": f"{TEXT}, for team {number} of the region",
        }
        asks.append(ask(number, words[kind]))
    with tries.attempt(KIND, f"nearly alike: {kind}") as refusal:
        assert match(asks).subjects == dict.fromkeys([one.ask_id for one in asks], "RYJ")
    assert not refusal
    monkeypatch.setenv(PAIRS.variable, "200")
    with tries.attempt(KIND, f"nearly alike, refused: {kind}") as refusal:
        match(asks)
    assert "the 120 asks about RYJ are nearly all alike" in str(refusal[0])


def test_the_limit_is_raised_for_one_run(tries: Tries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PAIRS.variable, "40")
    with tries.attempt(KIND, "10 copies, limit 40") as refusal:
        match(copies(10))
    assert "45 pairs" in str(refusal[0])
    monkeypatch.setenv(PAIRS.variable, "45")
    with tries.attempt(KIND, "10 copies, limit 45") as refusal:
        assert len(match(copies(10)).pairs) == 45
    assert not refusal


def _by_definition(
    likely: dict[Edge, LikelyRelation], clique: tuple[str, ...], edge: Edge
) -> float:
    inside = list(combinations(clique, 2))
    mean = sum(likely[one].same for one in inside if one in likely) / len(inside)
    return max(likely[edge].same if edge in likely else 0.0, mean)


def test_cliques_are_those_of_the_plain_definition(tries: Tries) -> None:
    """What is not computed twice is computed right: random likelihoods, each pair by itself."""
    for seed in range(60):
        chance = random.Random(seed)
        names = [f"A{number}" for number in range(chance.randint(2, 14))]
        likely = {
            edge: LikelyRelation(chance.random() ** 0.5, chance.random() ** 0.5)
            for edge in combinations(names, 2)
            if chance.random() < 0.7
        }
        apart = [edge for edge in combinations(names, 2) if chance.random() < 0.05]
        with tries.attempt("cliques of asks", f"seed {seed}"):
            found = relate(likely, [], 0.5, 0.5, apart)
        for clique in found.cliques:
            for edge in combinations(clique, 2):
                if edge in found.pairs:
                    relation, confidence = found.pairs[edge]
                    assert relation is AskRelation.DUPLICATE
                    assert confidence == pytest.approx(_by_definition(likely, clique, edge))
            assert not set(combinations(clique, 2)) & set(apart)


def _file(path: Path, count: int, words: Callable[[int], str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(["ask_id", "from_body", "to_org_code", "received_on", "text"])
        for number in range(count):
            writer.writerow([f"A{number}", "NHSE region", "RYJ", "2025-06-02", words(number)])
    return path


def test_a_command_on_100_000_copies_says_why_not(tmp_path: Path, tries: Tries) -> None:
    path = _file(tmp_path / "asks.csv", 100_000, lambda _: TEXT)
    out = tmp_path / "out"
    ran = tries.command(
        KIND, "100,000 copies, whole command", ["asks", "match", path, "--out", out], seconds=60
    )
    assert ran.code == 2
    assert f"{path}: 100,000 asks of RYJ have the same words" in " ".join(ran.err.split())
    assert not out.exists()


WORDS = {
    "months": "may to june ",
    "days": "1 may 2025 ",
    "slashes": "1/",
    "months of a year": "12 months ",
    "between": "between ",
    "at the end": "at the end of ",
    "since": "since may ",
    "weeks": "week ending ",
    "deadlines": "by end of ",
    "blanks": " ",
    "dashes": "- ",
    "digits": "1",
    "letters": "a",
    "capitals": "A",
    "marks": "_",
    "and": "a&",
    "apostrophes": "a'",
    "hours": "1h",
    "more": "> ",
    "lines": "a\n",
}


@pytest.mark.parametrize("name", WORDS)
def test_time_grows_with_the_length_alone(tries: Tries, name: str) -> None:
    said = WORDS[name]

    def read(size: int) -> None:
        text = (said * size)[:size]
        read_spans(text, DAY)
        tokens(text)
        load_wording().clean(text)
        load_senders().named(text)

    read(10)
    with tries.attempt("linear patterns of matching", name, seconds=60):
        assert_linear(read, 25_000)


def test_a_text_that_is_too_long_is_rejected(tmp_path: Path, tries: Tries) -> None:
    path = _file(tmp_path / "asks.csv", 3, lambda number: "beds " * (25_000 if number == 1 else 1))
    with tries.attempt(KIND, "a text of 125,000"):
        found = read_asks(path)
    assert [one.ask_id for one in found.asks] == ["A0", "A2"]
    assert [(one.line, one.column) for one in found.rejections] == [(3, "text")]
    assert "more than 100,000 characters" in found.rejections[0].reason


@pytest.mark.evidence
def test_a_command_on_100_000_asks_that_are_nearly_alike(tmp_path: Path, tries: Tries) -> None:
    path = _file(tmp_path / "asks.csv", 100_000, lambda number: f"{TEXT}, reference w{number}")
    out = tmp_path / "out"
    ran = tries.command(
        KIND, "100,000 nearly alike", ["asks", "match", path, "--out", out], seconds=300
    )
    assert ran.code in {0, 1}
    assert "Reading 100,000 asks" in ran.err


@pytest.mark.evidence
def test_400_copies_are_matched(matched: Callable[[str, list[Ask]], MatchedAsks]) -> None:
    assert len(match(copies(400)).pairs) == 400 * 399 // 2
