"""How the score of a risk has moved since it was first given, as the audit tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from remit.records.audit import entries_for

_FIELD = "score_after"


@dataclass(frozen=True, slots=True)
class RiskMove:
    """The first score and the one of now, each with the day on which it was given."""

    first: int
    first_on: date
    now: int
    now_on: date
    is_whole: bool = True
    """Whether all scores between are known; one that was erased is not."""

    @property
    def way(self) -> int:
        """Above 0 where it rose, below 0 where it fell."""
        return self.now - self.first


def moves_of(risks: Sequence[Any]) -> dict[str, RiskMove]:
    """The moves of some risks by identifier; those that were never scored are not among them.

    Parameters
    ----------
    risks
        Rows of risks that the person may see.
    """
    found: dict[str, RiskMove] = {}
    for entry in reversed(entries_for(risks)):
        value = entry.values.get(_FIELD)
        if value is None:
            continue
        before = found.get(entry.target)
        if value.erased or value.new is None:
            if before:
                found[entry.target] = RiskMove(
                    before.first, before.first_on, before.now, before.now_on, is_whole=False
                )
            continue
        on = timezone.localdate(entry.at)
        score = int(value.new)
        first, first_on = (before.first, before.first_on) if before else (score, on)
        found[entry.target] = RiskMove(
            first, first_on, score, on, before.is_whole if before else True
        )
    return found
