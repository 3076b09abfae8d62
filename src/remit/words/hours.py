"""Hours of work as people read them: a range, rounded so that it claims no more than is known."""

from __future__ import annotations

from math import ceil, floor

from remit.words.figures import trimmed_words
from remit.words.sentences import range_words

_STEPS = ((5.0, 0.5), (20.0, 1.0), (100.0, 5.0), (1000.0, 10.0))
"""Up to which figure hours are rounded to which step; beyond, to ``_COARSE``."""
_COARSE = 50.0
_NEARLY = 1e-9


def hours_range(low: float, high: float) -> str:
    """A range of hours, its lower end rounded down and its upper end up; one that is known as is.

    >>> hours_range(3.0, 3.0), hours_range(18.4, 41.2), hours_range(0.2, 0.4)
    ('3 hours', '18 to 45 hours', '0 to 0.5 hours')
    """
    if low == high:
        said = trimmed_words(low, 1)
        return f"{said} {'hour' if said == '1' else 'hours'}"
    lower, upper = _step(low), _step(high)
    ends = (floor(low / lower + _NEARLY) * lower, ceil(high / upper - _NEARLY) * upper)
    said = range_words(*(trimmed_words(end, 1) for end in ends))
    return f"{said} {'hour' if said == '1' else 'hours'}"


def _step(hours: float) -> float:
    return next((step for upto, step in _STEPS if hours <= upto), _COARSE)
