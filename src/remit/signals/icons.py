"""From the rules' answers to codes: the kind of each point, and the two icons of a series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from remit.model.metric import Better
from remit.signals.means import Floats

COMMON_CAUSE = "common_cause"
IMPROVEMENT = "special_cause_improvement"
CONCERN = "special_cause_concern"
NEUTRAL_HIGH = "special_cause_neutral_high"
NEUTRAL_LOW = "special_cause_neutral_low"
NEUTRAL = "special_cause_neutral"
"""Of a rule that knows no side, such as one of points that swing too evenly."""

ENDED = "ended"
"""Of a point that was a signal, where that no longer goes on: drawn plain (see ``charted``)."""

CONSISTENT_PASS = "consistent_pass"  # noqa: S105
CONSISTENT_FAIL = "consistent_fail"
INCONSISTENT = "inconsistent"

VARIATION_WORDS = {
    COMMON_CAUSE: "common cause",
    IMPROVEMENT: "special cause: improvement",
    CONCERN: "special cause: concern",
    NEUTRAL_HIGH: "special cause: high",
    NEUTRAL_LOW: "special cause: low",
    NEUTRAL: "special cause",
    ENDED: "an earlier signal, ended",
}
ASSURANCE_WORDS = {
    CONSISTENT_PASS: "passes consistently",
    CONSISTENT_FAIL: "fails consistently",
    INCONSISTENT: "hit and miss",
}
VARIED_WORDS = {"too_few": "too few figures", "no_verdict": "no verdict"}
"""Codes of a variation icon that name no kind of point (:mod:`remit.signals.conclusion`)."""

ASSURED_WORDS = {
    "pass": ASSURANCE_WORDS[CONSISTENT_PASS],
    "fail": ASSURANCE_WORDS[CONSISTENT_FAIL],
    "inconsistent": ASSURANCE_WORDS[INCONSISTENT],
    "no_target": "–",
    "too_few": "too few figures",
    "missed": "missed; too few figures",
    "met_lately": "met lately",
    "missed_lately": "missed lately",
    "mixed_lately": "met and not met lately",
    "short": "short of a goal for later; too few figures",
    "short_lately": "short of a goal for later",
    "no_verdict": "no verdict",
}
"""By the code of an assurance icon what a table says (:mod:`remit.signals.conclusion`)."""

YEAR_MISSED = "yearly goal missed"
"""What a table says of a goal that is a yearly mean, and was missed by a year."""

Signs = NDArray[np.int8]
Texts = NDArray[np.object_]

SIGNS = {Better.HIGHER: 1, Better.NEUTRAL: 0, Better.LOWER: -1}


def variation_words(kind: str | None, named: str) -> str:
    """A kind with the rule that named it: ``special cause: concern (rising trend)``."""
    if kind is None:
        return "–"
    return VARIATION_WORDS[kind] + (f" ({named})" if named else "")


def kinds(place: Signs, side: Signs, better: Signs) -> pl.Series:
    """Common cause, improvement or concern; without judgement where neither side is better."""
    words = [CONCERN, COMMON_CAUSE, IMPROVEMENT, NEUTRAL_LOW, NEUTRAL, NEUTRAL_HIGH]
    neutral = np.array([3, 4, 5], dtype=np.int8)[side + 1]
    judged = np.where((better == 0) | (side == 0), neutral, side * better + np.int8(1))
    return worded(words, np.where(place == 0, 1, judged))


def assurance(target: Floats, lower: Floats, upper: Floats, better: Signs) -> pl.Series:
    """Whether the process as it runs will meet the target: always, never, or now and then.

    Null where neither direction is better, and without a target or limits. A target on a limit
    is met now and then; where both limits lie on it nothing varies, and it is always met.
    """
    words = [CONSISTENT_FAIL, INCONSISTENT, CONSISTENT_PASS, None]
    side = (lower > target).astype(np.int8) - (upper < target).astype(np.int8)
    side = np.where((lower == target) & (upper == target), better, side).astype(np.int8)
    unknown = (better == 0) | np.isnan(target) | np.isnan(lower)
    return worded(words, np.where(unknown, 3, side * better + 1))


def worded(words: Sequence[str | None], places: NDArray[Any]) -> pl.Series:
    """Words at places."""
    return pl.Series(words, dtype=pl.String).gather(places.astype(np.uint32))
