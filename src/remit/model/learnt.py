"""What a register has learnt from decisions, as matching takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NAME_STATES = ("proposed", "accepted", "declined")


@dataclass(frozen=True, slots=True)
class Learnt:
    """Accepted names and refitted thresholds; what is None or missing is as it comes with Remit."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Identifier of an entry → the spoken names that a person accepted for it."""
    sure_from: float | None = None
    related_threshold: float | None = None
    duplicate_threshold: float | None = None


NOTHING_LEARNT = Learnt()
