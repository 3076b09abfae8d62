"""From the rules' answers to words: the kind of each point, and the two icons of a series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from remit.model.metric import Better
from remit.model.spc_rules import Rule
from remit.signals.means import Floats
from remit.signals.rules import NAMES

COMMON_CAUSE = "common_cause"
IMPROVEMENT = "special_cause_improvement"
CONCERN = "special_cause_concern"
NEUTRAL_HIGH = "special_cause_neutral_high"
NEUTRAL_LOW = "special_cause_neutral_low"
CONSISTENT_PASS = "consistent_pass"  # noqa: S105
CONSISTENT_FAIL = "consistent_fail"
INCONSISTENT = "inconsistent"

Signs = NDArray[np.int8]
Texts = NDArray[np.object_]

SIGNS = {Better.HIGHER: 1, Better.NEUTRAL: 0, Better.LOWER: -1}


def rule_names(found: Signs, rules: Sequence[Rule]) -> pl.Series:
    """The rule that names each point, null for common cause."""
    words: list[str | None] = [NAMES[rule.kind][0] for rule in reversed(rules)]
    words += [None, *(NAMES[rule.kind][1] for rule in rules)]
    return _worded(words, found + len(rules))


def kinds(found: Signs, better: Signs) -> pl.Series:
    """Common cause, improvement or concern; on the high or low side where neither is better."""
    words = [CONCERN, COMMON_CAUSE, IMPROVEMENT, NEUTRAL_LOW, NEUTRAL_HIGH]
    side = np.sign(found)
    neutral = np.array([3, 1, 4], dtype=np.int8)[side + 1]
    return _worded(words, np.where(better == 0, neutral, side * better + np.int8(1)))


def assurance(target: Floats, lower: Floats, upper: Floats, better: Signs) -> pl.Series:
    """Whether the process as it runs will meet the target: always, never, or now and then.

    Null where neither direction is better, and without a target or limits. A target on a limit
    is met now and then.
    """
    words = [CONSISTENT_FAIL, INCONSISTENT, CONSISTENT_PASS, None]
    side = (lower > target).astype(np.int8) - (upper < target).astype(np.int8)
    unknown = (better == 0) | np.isnan(target) | np.isnan(lower)
    return _worded(words, np.where(unknown, 3, side * better + 1))


def _worded(words: Sequence[str | None], places: NDArray[Any]) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(places.astype(np.uint32))
