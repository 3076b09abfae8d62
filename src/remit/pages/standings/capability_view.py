"""The capability of a board, shown beside the segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from remit.assessment.judgement.capability import RATING, gaps
from remit.model.capability import Capability, CapabilityRecord, Evidence, Remark
from remit.pages.standings.results import Results
from remit.words.days import day_words


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What a board says of itself in one domain, and what that rests on."""

    domain: str
    rating: str
    statement: str
    explanation: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """What the track record or a third party adds."""

    kind: str
    statement: str
    source: str


@dataclass(frozen=True, slots=True)
class CapabilityView:
    """A board's rating, who gave it and when, whether it enters the segment, and the record.

    ``signed`` is empty where there is a rating without a record.
    """

    name: str
    rating: str
    given: str
    enters: str
    signed: str
    statements: tuple[StatementLine, ...]
    remarks: tuple[RemarkLine, ...]
    gaps: tuple[str, ...]


def capability_view(results: Results, code: str) -> CapabilityView | None:
    """What is recorded of a board; None where nothing is."""
    rating = _ratings(results).get(code)
    capability = results.framework.capability
    records = results.assessment.records.capability
    record = records.of(code, results.on) if records else None
    if capability is None or (rating is None and record is None):
        return None
    return CapabilityView(
        name=capability.name,
        rating=rating or "not rated",
        given=_given(record),
        enters=_enters(capability, rating or ""),
        signed=_signed(record),
        statements=_statements(capability, record),
        remarks=_remarks(record),
        gaps=tuple(gaps(record, capability)) if record else (),
    )


@lru_cache(maxsize=2)
def _ratings(results: Results) -> Mapping[str, str]:
    frame = results.assessment.standing
    if RATING not in frame.columns:
        return {}
    rows = frame.select("org_code", RATING).drop_nulls()
    return dict(rows.iter_rows())


def _given(record: CapabilityRecord | None) -> str:
    if record is None or record.rating is None:
        return ""
    return f"Rated by {record.rating.rated_by} on {day_words(record.rating.rated_on)}."


def _signed(record: CapabilityRecord | None) -> str:
    if record is None:
        return ""
    own = record.self_assessment
    year = f" for {record.year}" if record.year else ""
    return f"Self-assessment{year}, signed by {own.signed_by} on {day_words(own.signed_on)}."


def _statements(
    capability: Capability, record: CapabilityRecord | None
) -> tuple[StatementLine, ...]:
    if record is None:
        return ()
    names = {domain.id: domain.name for domain in capability.domains}
    return tuple(
        StatementLine(
            names.get(one.domain, one.domain),
            one.rating or "–",
            one.statement,
            one.explanation,
            tuple(_evidence(evidence) for evidence in one.evidence),
        )
        for one in record.self_assessment.domains
    )


def _evidence(evidence: Evidence) -> str:
    more = [evidence.reference, day_words(evidence.dated) if evidence.dated else ""]
    return ", ".join(part for part in (evidence.title, *more) if part)


def _remarks(record: CapabilityRecord | None) -> tuple[RemarkLine, ...]:
    if record is None:
        return ()
    both = (("Track record", record.track_record), ("Third party", record.third_party))
    return tuple(
        RemarkLine(kind, one.statement, _said_by(one)) for kind, ones in both for one in ones
    )


def _said_by(remark: Remark) -> str:
    return f"{remark.source}, {day_words(remark.dated)}" if remark.dated else remark.source


def _enters(capability: Capability, rating: str) -> str:
    """Whether a rating enters the segment, in one sentence."""
    plain = rating.strip().lower()
    effect = next((e for e in capability.effects if e.rating.strip().lower() == plain), None)
    if effect is None:
        return "It does not enter the segment."
    return f"By this framework it enters the segment. {effect.why}"
