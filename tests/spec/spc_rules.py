"""Rules of special cause, case by case: figures in and names out, each worked by hand.

The first case of a rule is drawn. Limits lie 2.66 mean moving ranges from the mean, near limits at
two thirds of that; no range is screened. ``spc_printing`` prints them as ``docs/rules-spc.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Case:
    """Figures, and which of them a rule names.

    ``named`` has the numbers of points, from 1, and what they are called; ``limits`` is mean,
    lower and upper limit as worked out by hand.
    """

    kind: str
    title: str
    says: str
    values: Sequence[float]
    named: Mapping[int, str]
    limits: tuple[float, float, float]
    keys: Mapping[str, int] = field(default_factory=dict)
    sentence: str = ""


def _each(points: range, code: str) -> dict[int, str]:
    return dict.fromkeys(points, code)


_WIDE = (20.0, 0.0, 20.0, 0.0, 20.0, 0.0, 20.0)
_FROM_0 = (0.0, 20.0, 0.0, 20.0, 0.0, 20.0, 0.0)

CASES = (
    Case(
        "outside_limits",
        "A point above the upper limit",
        "152 in 13 months are a mean of 11.69; ranges of 2 (11 times) and of 8 are a mean of 2.5; "
        "2.66 times that is 6.65.",
        (*(10.0, 12.0) * 6, 20.0),
        {13: "above_upper_limit"},
        (152 / 13, 152 / 13 - 6.65, 152 / 13 + 6.65),
        sentence="Above its upper process limit of 18.3: special cause, for the better.",
    ),
    Case(
        "outside_limits",
        "A point on a limit is not beyond it",
        "Where nothing ever changes, both limits lie on the mean and so does every point.",
        (100.0,) * 12,
        {},
        (100.0, 100.0, 100.0),
    ),
    Case(
        "trend",
        "Seven points that rise",
        "Six steps up. The step from the month before goes down and is no part of it.",
        (*_WIDE, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0),
        _each(range(8, 15), "rising_trend"),
        (150 / 14, 150 / 14 - 2.66 * 139 / 13, 150 / 14 + 2.66 * 139 / 13),
        {"points": 7},
        sentence="It has risen without a break over 7 months: special cause, for the better.",
    ),
    Case(
        "trend",
        "Equal neighbours end a trend",
        "Three steps up, none, three steps up: never six in a row.",
        (*_WIDE, 7.0, 8.0, 9.0, 10.0, 10.0, 11.0, 12.0, 13.0),
        {},
        (160 / 15, 160 / 15 - 2.66 * 139 / 14, 160 / 15 + 2.66 * 139 / 14),
        {"points": 7},
    ),
    Case(
        "trend",
        "The peak of two trends goes with the second",
        "Seven steps up from 0, then six down: the highest point goes by the step that follows it.",
        (*(30.0, 0.0) * 10, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0,
         9.0),
        _each(range(20, 27), "rising_trend") | _each(range(27, 34), "falling_trend"),
        (453 / 33, 453 / 33 - 2.66 * 591 / 32, 453 / 33 + 2.66 * 591 / 32),
        {"points": 7},
        sentence="It has fallen without a break over 7 months: special cause, for the worse.",
    ),
    Case(
        "near_limits",
        "Two of three close to the upper limit",
        "1,908 in 23 months are a mean of 82.96; the mean range is 100 / 22 = 4.55; the upper "
        "limit is 95.05 and the near one 91.02. The point between the two is on the same side of "
        "the mean, and is not named.",
        (*(80.0, 84.0) * 10, 92.0, 84.0, 92.0),
        {21: "near_upper_limit", 23: "near_upper_limit"},
        (1908 / 23, 1908 / 23 - 2.66 * 100 / 22, 1908 / 23 + 2.66 * 100 / 22),
        {"at_least": 2, "of": 3},
        sentence="Its latest figures lie close to the upper process limit: special cause, for the "
        "better.",
    ),
    Case(
        "near_limits",
        "A neighbour on the other side of the mean",
        "The same, but for the point between: at 80 it lies below the mean of 82.78.",
        (*(80.0, 84.0) * 10, 92.0, 80.0, 92.0),
        {},
        (1904 / 23, 1904 / 23 - 2.66 * 108 / 22, 1904 / 23 + 2.66 * 108 / 22),
        {"at_least": 2, "of": 3},
    ),
    Case(
        "shift",
        "Seven points above the mean",
        "140 in 14 months are a mean of 10; the seven points before swing about it.",
        (*_FROM_0, 11.0, 12.0, 11.0, 12.0, 11.0, 12.0, 11.0),
        _each(range(8, 15), "shift_above_mean"),
        (10.0, 10 - 2.66 * 137 / 13, 10 + 2.66 * 137 / 13),
        {"points": 7},
        sentence="It has been above its process mean of 10.0 for 7 months: special cause, for the "
        "better.",
    ),
    Case(
        "shift",
        "Six are no shift",
        "129 in 13 months are a mean of 9.92.",
        (*_FROM_0, 11.0, 12.0, 11.0, 12.0, 11.0, 12.0),
        {},
        (129 / 13, 129 / 13 - 2.66 * 136 / 12, 129 / 13 + 2.66 * 136 / 12),
        {"points": 7},
    ),
    Case(
        "shift",
        "A point on the mean ends a run",
        "140 in 14 months are a mean of 10. The eighth point lies on it, between three above and "
        "three above.",
        (0.0, 20.0, 0.0, 20.0, 11.0, 12.0, 11.0, 10.0, 12.0, 11.0, 12.0, 8.0, 6.0, 7.0),
        {},
        (10.0, 10 - 2.66 * 83 / 13, 10 + 2.66 * 83 / 13),
        {"points": 7},
    ),
)  # fmt: skip


def cases_of(kind: str) -> list[Case]:
    """The cases of a rule, of which there must be some."""
    found = [case for case in CASES if case.kind == kind]
    assert found, (
        f"the rule {kind!r} has no case: add to CASES in tests/spec/spc_rules.py one that names "
        "its latest point (the first is drawn, with its sentence) and one in which it is silent"
    )
    return found
