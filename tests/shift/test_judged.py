"""The judge itself: what bears, what does not, on answers made up for it."""

from __future__ import annotations

import pytest

from tests.shift.judged_worlds import Answer, Judged, line
from tests.shift.worlds import NONE, PLANTED, WORLDS

ONE = Answer(1.0, 0.9, 1.1, claims=False, placebo_flags=False, refused="")
LESS = Answer(0.8, 0.7, 0.9, claims=True, placebo_flags=False, refused="")


def no(reason: str) -> Answer:
    return Answer(None, None, None, claims=False, placebo_flags=False, refused=reason)


def judged(name: str, ratio: float, *answers: tuple[Answer, int]) -> Judged:
    held = tuple(answer for answer, times in answers for _ in range(times))
    return Judged(WORLDS[name], ratio, False, held)


@pytest.mark.parametrize(
    ("name", "ratio", "answers", "bears"),
    [
        ("random", NONE, [(ONE, 100)], True),
        ("random", NONE, [(ONE, 93), (LESS, 7)], True),
        ("random", NONE, [(ONE, 92), (LESS, 8)], False),  # eight false claims in a hundred
        ("random", PLANTED, [(LESS, 100)], True),
        ("random", PLANTED, [(ONE, 100)], False),  # no interval holds 0.8
        ("random", PLANTED, [(Answer(0.9, 0.7, 1.1, False, False, ""), 100)], False),  # no power
        ("random", NONE, [(no("too few"), 6), (ONE, 94)], False),  # it must answer
        ("moves", NONE, [(no("the treated vanish"), 100)], True),
        ("moves", NONE, [(no("the treated vanish"), 94), (no("what?"), 6)], False),
        ("moves", NONE, [(ONE, 100)], True),  # who covers the truth may answer
        ("moves", NONE, [(no("the treated vanish"), 50), (LESS, 50)], False),
        ("moves", NONE, [(no("the treated vanish"), 97), (LESS, 3)], True),
        ("frailty", NONE, [(no("a whim"), 100)], False),  # a refusal needs a right reason
        ("frailty", NONE, [(ONE, 95), (no("a whim"), 5)], True),  # a gate may close by chance
        ("frailty", NONE, [(ONE, 94), (no("a whim"), 6)], False),
        ("random", NONE, [(ONE, 97), (no("a whim"), 3)], True),
    ],
)
def test_what_bears(
    name: str, ratio: float, answers: list[tuple[Answer, int]], bears: bool
) -> None:
    assert judged(name, ratio, *answers).bears is bears


def test_a_line_says_all_of_it() -> None:
    told = line(judged("moves", NONE, (no("the treated vanish"), 97), (LESS, 3)))
    assert told == (
        "| moves | 1.0 | no | must refuse | 100 | 3 | 0.80 | 0% | 100% | 0% | 97 of 97 | yes |"
    )
