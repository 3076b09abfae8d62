"""The framework's rules in plain arithmetic, as a reader with pencil and paper would apply them.

This module knows nothing of the assessment. Scores are exact fractions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from remit.sample.figures import Figure

Values = Mapping[str, Decimal]
Scores = dict[str, Fraction]


def ranked(values: Values, sign: int, best: float = 1, worst: float = 4) -> Scores:
    """``best + (worst - best) (rank - 1) / (N - 1)``; equal values share the better rank."""
    steps = max(len(values) - 1, 1)
    width = Fraction(worst) - Fraction(best)
    return {
        code: Fraction(best) + width * better_than(value, values.values(), sign) / steps
        for code, value in values.items()
    }


def better_than(value: Decimal, others: Iterable[Decimal], sign: int) -> int:
    """How many of the others are better."""
    return sum(1 for other in others if sign * other > sign * value)


def standard_then_ranked(values: Values, sign: int, standard: str) -> Scores:
    """1 for those that meet the standard; the rest are ranked from 2 to 4."""
    bound = sign * Decimal(standard)
    met = {code: Fraction(1) for code, value in values.items() if sign * value >= bound}
    rest = {code: value for code, value in values.items() if code not in met}
    return met | ranked(rest, sign, 2, 4)


def two_hour_response(values: Values) -> Scores:
    """4 for those under 70 per cent; the rest are ranked from 1 to 3."""
    enough = {code: value for code, value in values.items() if value >= 70}
    return dict.fromkeys(values, Fraction(4)) | ranked(enough, 1, 1, 3)


def planned_balance(value: Decimal) -> Fraction:
    """The score of a planned surplus or deficit."""
    if value >= 0:
        return Fraction(1)
    if value > -1:
        return Fraction(2)
    return Fraction(3 if value >= -2 else 4)


def variance_from_plan(value: Decimal) -> Fraction:
    """The score of the variance from the financial plan."""
    if value >= 0:
        return Fraction(1)
    if value >= Decimal("-0.5"):
        return Fraction(2)
    return Fraction(3 if value >= -1 else 4)


def infection_count(value: Decimal) -> Fraction:
    """The score of a trust with too few infections for a rate."""
    return Fraction(min(int(value), 3) + 1)


COMBINED = {1: (1, 1, 2, 3), 2: (2, 2, 3, 4), 3: (2, 3, 3, 4), 4: (2, 3, 4, 4)}
"""Combined finance: row by the score of the plan, column by the score of the variance."""

STANDARDS = {
    "OF0003": "1",
    "OF0010": "80",
    "OF0011": "75",
    "OF0013": "78",
    "OF0020": "0",
    "OF0048": "1",
    "OF0088": "1",
    "OF0106": "0",
}
BY_ITSELF: dict[str, Callable[[Decimal], Fraction]] = {
    "OF0079": planned_balance,
    "OF0081": variance_from_plan,
}
RANKED_BY_KIND = ("OF0061", "OF0084")
"""Staff survey scores are ranked within each kind of trust; all others among all who have one."""


def score_metric(figures: Iterable[Figure]) -> Scores:
    """The scores of one metric in one quarter, by trust."""
    given = [figure for figure in figures if figure.value is not None]
    scores: Scores = {}
    for population in _populations(given):
        scores |= _score_population(population)
    return scores


def _populations(figures: Iterable[Figure]) -> Iterable[list[Figure]]:
    """The figures that are compared with each other: one unit, and for some one kind."""
    heaps: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        kind = figure.trust.kind if figure.measure.id in RANKED_BY_KIND else ""
        heaps[figure.unit, kind].append(figure)
    return heaps.values()


def _score_population(figures: list[Figure]) -> Scores:
    measure, unit = figures[0].measure, figures[0].unit
    values = {f.trust.code: f.value for f in figures if f.value is not None}
    if measure.id in BY_ITSELF:
        return {code: BY_ITSELF[measure.id](value) for code, value in values.items()}
    if unit == "count" and measure.metric.other_units:
        return {code: infection_count(value) for code, value in values.items()}
    if measure.id == "OF0057":
        return two_hour_response(values)
    if measure.id in STANDARDS:
        return standard_then_ranked(values, measure.sign, STANDARDS[measure.id])
    return ranked(values, measure.sign)


def combined_finance(plan: Scores, variance: Scores) -> Scores:
    """The look-up of both finance scores."""
    both = plan.keys() & variance.keys()
    return {code: Fraction(COMBINED[int(plan[code])][int(variance[code]) - 1]) for code in both}
