"""How points of a control chart look: shape and style of each kind, and what the key says."""

from __future__ import annotations

from remit.pages.drawing.charts import Shape
from remit.signals.icons import (
    COMMON_CAUSE,
    CONCERN,
    ENDED,
    IMPROVEMENT,
    NEUTRAL,
    NEUTRAL_HIGH,
    NEUTRAL_LOW,
    VARIATION_WORDS,
)

OTHER_MEMBERS = "other_members"
"""A point of a sum that had other members than the latest one: hollow, and without limits."""

MARKS: dict[str, tuple[Shape, str, str]] = {
    COMMON_CAUSE: ("circle", "spc-common", "usual"),
    ENDED: ("circle", "spc-common", VARIATION_WORDS[ENDED]),
    IMPROVEMENT: ("square", "spc-improvement", "better than chance explains"),
    CONCERN: ("triangle", "spc-concern", "worse than chance explains"),
    NEUTRAL_HIGH: ("square", "spc-neutral", "higher than chance explains"),
    NEUTRAL_LOW: ("triangle", "spc-neutral", "lower than chance explains"),
    NEUTRAL: ("diamond", "spc-neutral", "a pattern that chance does not explain"),
    OTHER_MEMBERS: ("circle", "spc-other", "other members"),
}
"""Shape, style and words of each kind of point: the shape tells what the colour does.

A signal that has ended is no news, and is drawn as a usual point; its name says what it was.
"""
