"""Whether a chart suits what it is drawn of: what it cannot say is told, not judged in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from remit.model.metric import Better
from remit.signals.fit import points_outside
from remit.signals.points import Charted
from remit.words.figures import number_words, value_words

Withholds = Literal["", "limits", "fit", "target", "all"]

_FINE = 4
"""So many decimals tell limits apart that lie closer than their unit is told."""

_RARE = 0.25
"""From this share of noughts on, counts whose usual value is 0 or 1 are of rare events."""
SHARE = 1.5
"""Up to here a figure can be a share of one; from here on, a percentage."""
_NEAR = (0.7, 1.4)
"""A share is taken for a percentage of the same series where a hundred times it lies among these
parts of the least and the greatest of the percentages."""
_TO_AND_FRO = 2
"""So many changes between the two cannot be a change of the process."""
_OFF = (0.3, 3.0)
"""A target is a hundredfold off where a hundred times the one is so many times the other."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a chart cannot say.

    ``withholds`` is what is not judged for it: ``limits`` (nothing that rests on them; they
    have no width), ``fit`` (the same; most points lie outside them), ``target``, ``all`` or, where
    it is but a remark, nothing.
    """

    words: str
    withholds: Withholds = ""


def notices(charted: Charted, target: float | None, most_outside: float) -> tuple[Notice, ...]:
    """What must be known of the chart of a series that has a value.

    Parameters
    ----------
    charted
        The series after the rules.
    target
        The target that it is held against; None without one.
    most_outside
        With more than so many per cent of its points outside, limits do not fit.

    Examples
    --------
    ``notices(charted, 78.0, rules.outlook.most_outside)``
    """
    if charted.mute:
        return (Notice(charted.mute, "all"),)
    values = [point.value for point in charted.held if point.value is not None]
    mixed = _mixed(charted, values)
    if mixed is not None and mixed.withholds:
        return (mixed,)
    return (
        *filter(None, [mixed]),
        *_said(charted, values, target),
        *_misfit(charted, most_outside),
    )


def _misfit(charted: Charted, most_outside: float) -> Iterator[Notice]:
    """That limits do not describe the points that made them; those without width say it."""
    outside, of = points_outside(charted)
    last = charted.held[-1]
    if last.lower is None or outside * 100 <= most_outside * of or has_no_width(charted):
        return
    low, high = (value_words(limit, charted.unit) for limit in (last.lower, last.upper))
    if low == high:
        low, high = (number_words(limit, _FINE) for limit in (last.lower, last.upper or 0.0))
    yield Notice(
        f"{outside} of its {of} figures lie outside its limits, {low} to {high}: these do not "
        "describe it, so no verdict.",
        "fit",
    )


def _said(charted: Charted, values: Sequence[float], target: float | None) -> Iterator[Notice]:
    if target is not None and charted.better is not Better.NEUTRAL:
        yield from _hundredfold(charted, values, target)
    if charted.chart == "g":
        yield Notice("A g chart shows whether events became rarer, not whether more frequent.")
    if charted.chart != "xmr":
        return
    stretch = [point.value for point in charted.stretch if point.value is not None]
    rare = _rare(stretch)
    if has_no_width(charted):
        suits = "" if rare else " An XmR chart does not suit them."
        yield Notice(
            f"Its limits have no width, since most of its figures are the same: no verdict.{suits}",
            "limits",
        )
    if rare:
        yield Notice(rare)


def has_no_width(charted: Charted) -> bool:
    """Whether both limits lie on the mean although the figures are not all the same."""
    last = charted.held[-1]
    values = {point.value for point in charted.stretch}
    return last.lower is not None and last.lower == last.upper and len(values) > 1


def is_best_possible(charted: Charted, target: float) -> bool:
    """Whether nothing better than a target can be: no event at all, or all of everybody.

    Limits know nothing of this: they lie beyond it as a rule, and would call it hit and miss.
    """
    values = [point.value for point in charted.held if point.value is not None]
    if charted.better is Better.LOWER:
        return target == 0 <= min(values)
    return charted.unit == "percent" and target == 100 >= max(values)


def _rare(values: Sequence[float]) -> str:
    """What to say of counts that are mostly 0; empty of others."""
    noughts = sum(value == 0 for value in values)
    counts = all(value >= 0 and value.is_integer() for value in values)
    many = _RARE * len(values) <= noughts < len(values) and median(values) <= 1
    if not (counts and many):
        return ""
    return (
        f"{noughts} of its {len(values)} figures are 0: a chart of rare events (g or t) shows more."
    )


def _hundredfold(charted: Charted, values: Sequence[float], target: float) -> Iterator[Notice]:
    """That values are shares and the target a percentage, or the other way round."""
    if charted.unit not in {"", "percent"}:
        return
    apart = _apart(charted, values, target)
    if apart is not None and _OFF[0] <= apart <= _OFF[1]:
        yield Notice(
            f"The target of {value_words(target, '')} is about a hundredfold off values such as "
            f"{value_words(values[-1], '')}: write both as percentages, or both as shares. "
            "It is not held against the target.",
            "target",
        )


def _apart(charted: Charted, values: Sequence[float], target: float) -> float | None:
    """A hundred times the one as parts of the other, where they may differ in their unit.

    Whole figures up to 100 may be counts, which a target of thousands can well be meant for.
    """
    usual, least, most = median(values), min(values), max(values)
    shares = most <= SHARE and any(0 < value < 1 for value in values)
    percentages = least > SHARE and most <= 100
    counts = not charted.unit and all(value.is_integer() for value in values)
    if shares and SHARE < target <= 100:
        made_of_counts = any(point.numerator is not None for point in charted.held)
        return None if made_of_counts else 100 * usual / target
    if percentages and not counts and target > 100:
        return 100 * usual / target
    if (percentages and 0 < target < 1) or (shares and 0 < target <= SHARE / 100):
        return usual / (100 * target)
    return None


def _mixed(charted: Charted, values: Sequence[float]) -> Notice | None:
    """That shares stand among percentages; a series of which the unit is known is of one unit.

    A process can change from 90 to 0.5. It does not go to and fro between figures that are a
    hundredth of each other.
    """
    small = [value for value in values if 0 < value <= SHARE]
    large = [value for value in values if value > SHARE]
    if charted.unit or not (small and large) or all(value.is_integer() for value in small):
        return None
    low, high = _NEAR[0] * min(large), _NEAR[1] * max(large)
    if max(large) > 100 or not all(low <= 100 * value <= high for value in small):
        return None
    said = f"{value_words(small[0], '')} stands beside {value_words(large[0], '')}"
    both = "write all as percentages, or all as shares"
    turns = sum((one > SHARE) != (other > SHARE) for one, other in pairwise(values) if other)
    if turns < _TO_AND_FRO:
        return Notice(f"{said}: if one is a share and the other a percentage, {both}.")
    return Notice(clash_words(value_words(small[0], ""), value_words(large[0], "")), "all")


def clash_words(share: str, percentage: str) -> str:
    """Why a series of shares and percentages has no verdict."""
    return (
        f"{share} stands beside {percentage}, a share beside a percentage: write all as "
        "percentages, or all as shares. No verdict is given."
    )
