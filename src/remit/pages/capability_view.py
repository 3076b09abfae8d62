"""The capability of a board, shown beside the segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from remit.assessment.capability import RATING
from remit.model.capability import Capability
from remit.pages.results import Results
from remit.register.card import in_words


@dataclass(frozen=True, slots=True)
class CapabilityView:
    """A board's rating, who gave it and when, and whether it enters the segment."""

    name: str
    rating: str
    given: str
    enters: str


def capability_view(results: Results, code: str) -> CapabilityView | None:
    """A board's rating; None where none is recorded."""
    rating = _ratings(results).get(code)
    capability = results.framework.capability
    if rating is None or capability is None:
        return None
    return CapabilityView(
        name=capability.name,
        rating=rating,
        given=_given(results, code),
        enters=_enters(capability, rating),
    )


@lru_cache(maxsize=2)
def _ratings(results: Results) -> Mapping[str, str]:
    frame = results.assessment.standing
    if RATING not in frame.columns:
        return {}
    rows = frame.select("org_code", RATING).drop_nulls()
    return dict(rows.iter_rows())


def _given(results: Results, code: str) -> str:
    records = results.assessment.records.capability
    record = records.of(code, results.on) if records else None
    if record is None or record.rating is None:
        return ""
    return f"Rated by {record.rating.rated_by} on {in_words(record.rating.rated_on)}."


def _enters(capability: Capability, rating: str) -> str:
    """Whether a rating enters the segment, in one sentence."""
    plain = rating.strip().lower()
    effect = next((e for e in capability.effects if e.rating.strip().lower() == plain), None)
    if effect is None:
        return "It does not enter the segment."
    return f"By this framework it enters the segment. {effect.why}"
