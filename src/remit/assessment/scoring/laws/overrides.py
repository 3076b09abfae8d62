"""Overrides: published flags that bound or set a segment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from remit.assessment.scoring.laws.arrays import Flags, Floats
from remit.model.framework import Override


def floor_of(override: Override) -> int:
    """The best segment that an override leaves."""
    return (override.no_better_than if override.becomes is None else override.becomes) or 1


def overridden(segments: Floats, flags: Flags, overrides: Sequence[Override]) -> Floats:
    """Segments after the overrides whose flags are set, one after the other.

    Parameters
    ----------
    segments
        Shape ``(organisations,)`` or ``(organisations, columns)``; NaN stays.
    flags
        Whether each override is set, shape ``(organisations, overrides)``.
    overrides
        In the order in which they act.

    Examples
    --------
    >>> cap = Override(id="cap", name="Cap", flag="F", no_better_than=3, stage="final", why="")
    >>> overridden(np.array([1.0, 4.0]), np.array([[True], [True]]), [cap]).tolist()
    [3.0, 4.0]
    """
    for place, override in enumerate(overrides):
        set_for = flags[:, place].reshape(-1, *[1] * (segments.ndim - 1))
        after = np.maximum(segments, float(floor_of(override)))
        if override.becomes is not None:
            after = np.where(np.isnan(segments), np.nan, float(override.becomes))
        segments = np.where(set_for, after, segments)
    return segments
