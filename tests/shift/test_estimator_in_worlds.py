"""The estimator in the worlds: one run of each in every change, five hundred as evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shift.judged_worlds import Judged, Question, ask, ask_command, judge, questions_of
from tests.shift.worlds import NONE, PLANTED, WORLDS

RUNS = 500
KNOWN = {
    "keen practices": "answers: practices that were improving already look like an effect",
    "rising illness": "answers: people who get worse unrecorded look like harm",
    "pandemic-like dip": "answers: a year in which the frail stayed away is what it compares with",
    "deaths unsaid": "refuses in 24 of 28 runs; bears in 95 of 100 alone",
    "moves": "refuses in 15 of 27 runs",
    "several services": "refuses for survival, though nobody leaves; other services go unseen",
    "hospital records alone": "refuses for overlap, not since people are not on file",
}
"""Worlds that do not bear yet → what is seen there; figures are in docs/shift-worlds.md.

One run of them passes or fails by chance, so it is no test; the evidence holds them to the bar.
"""
DOCS = Path(__file__).resolve().parents[2] / "docs"


def is_right(question: Question) -> bool:
    """Whether an answer holds the truth, or a refusal names a right reason."""
    world = WORLDS[question.world]
    judged = Judged(world, question.ratio, question.trend, (ask(question),))
    if judged.answered:
        return judged.coverage == 1
    return world.right != "must answer" and judged.rightly_refused == 1


@pytest.mark.parametrize("name", [name for name in WORLDS if name not in KNOWN])
def test_a_run_of_a_world_without_an_effect_is_answered_or_refused_rightly(name: str) -> None:
    assert is_right(Question(name, NONE, False, 0))


@pytest.mark.parametrize("name", ["random", "roll-out"])
def test_the_planted_effect_is_found_where_a_coin_chooses(name: str) -> None:
    answer = ask(Question(name, PLANTED, True, 0))
    assert answer.claims
    assert answer.covers(PLANTED)


def test_the_command_says_what_the_estimator_says_in_memory() -> None:
    """The judge leaves the engine and the file out, for speed: here both ways give one answer."""
    question = Question("random", PLANTED, False, 1)
    one, other = ask(question), ask_command(question)
    assert (one.claims, one.placebo_flags, bool(one.refused)) == (
        other.claims,
        other.placebo_flags,
        bool(other.refused),
    )
    assert (one.ratio, one.low, one.high) == pytest.approx(
        (other.ratio, other.low, other.high), abs=1e-6
    )


def test_the_page_names_each_world_that_does_not_bear() -> None:
    page = (DOCS / "shift-worlds.md").read_text(encoding="utf-8")
    assert [name for name in KNOWN if name not in WORLDS or name not in page] == []


@pytest.mark.evidence
@pytest.mark.parametrize("name", list(WORLDS))
def test_five_hundred_runs_of_a_world_bear(name: str) -> None:
    for judged in judge(questions_of([name], RUNS, trend=True)):
        assert judged.bears, (judged.ratio, judged.trend, judged.coverage, judged.claims)


@pytest.mark.evidence
def test_the_placebo_flags_the_level_where_the_frail_are_chosen_and_not_otherwise() -> None:
    frail, rtm = (
        next(judge(questions_of([name], RUNS, trend=False)))
        for name in ("frailty", "regression to the mean")
    )
    assert frail.placebo is not None
    assert rtm.placebo is not None
    assert frail.placebo >= 0.95
    assert rtm.placebo <= 0.07
