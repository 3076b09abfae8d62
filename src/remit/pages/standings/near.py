"""An organisation beside those of its ICB and its nearest neighbours: a table without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.model.organisation import TrustKind
from remit.pages.frame.links import Link
from remit.pages.standings.results import Results, TrustStanding
from remit.words.figures import number_words
from remit.words.names import short_trust_name
from remit.words.sentences import range_words

NEAREST = 4
"""So many nearest neighbours stand beside an organisation."""


@dataclass(frozen=True, slots=True)
class NearRow:
    """One of them: where it stands, and how likely ranges lie to the organisation of the page."""

    code: str
    trust: Link
    own: bool
    segment: str
    average: float | None
    likely: str
    rank: int | None
    ranks: str
    overlap: str


def icb_members(results: Results, kind: TrustKind) -> tuple[tuple[str, tuple[NearRow, ...]], ...]:
    """By ICB its organisations of a kind, where there are two or more; in order of rank.

    Parameters
    ----------
    results
        The period.
    kind
        The kind.
    """
    found: dict[str, list[TrustStanding]] = {}
    for one in results.by_kind[kind]:
        area = results.area_link(one.icb_code)
        if area:
            found.setdefault(area.text, []).append(one)
    return tuple(
        (name, tuple(_row(results, one, None) for one in members))
        for name, members in sorted(found.items())
        if len(members) > 1
    )


def near_of(results: Results, standing: TrustStanding) -> tuple[NearRow, ...]:
    """An organisation, the others of its ICB and kind, and its nearest by likely score."""
    others = [one for one in results.by_kind[standing.kind] if one.org_code != standing.org_code]
    same = [one for one in others if one.icb_code and one.icb_code == standing.icb_code]
    chosen = {one.org_code for one in (standing, *same, *nearest(results, standing, others))}
    return tuple(
        _row(results, one, standing)
        for one in results.by_kind[standing.kind]
        if one.org_code in chosen
    )


def nearest(
    results: Results, standing: TrustStanding, others: Sequence[TrustStanding]
) -> list[TrustStanding]:
    """The others whose likely ranges share most with one's own; by average among equals.

    Parameters
    ----------
    results
        The period.
    standing
        The organisation.
    others
        The others of its kind.
    """
    average = standing.average_score
    if average is None:
        return []

    def far(one: TrustStanding) -> tuple[float, float]:
        shared = _shared(_range(results, standing), _range(results, one))
        return -shared, abs((one.average_score or 9.0) - average)

    return sorted((one for one in others if one.average_score is not None), key=far)[:NEAREST]


Ends = tuple[float, float] | None


def _range(results: Results, one: TrustStanding) -> Ends:
    found = results.likely.get(one.org_code)
    return found.score if found and found.n_scores > 1 else None


def _shared(one: Ends, other: Ends) -> float:
    """How much of two ranges together is in both; nothing where one is not known."""
    if one is None or other is None:
        return 0.0
    both = min(one[1], other[1]) - max(one[0], other[0])
    whole = max(one[1], other[1]) - min(one[0], other[0])
    return max(both, 0.0) / whole if whole else 1.0


def _row(results: Results, one: TrustStanding, own: TrustStanding | None) -> NearRow:
    found = results.likely.get(one.org_code)
    score = _range(results, one)
    ranks = found.rank if found else None
    return NearRow(
        code=one.org_code,
        trust=Link(short_trust_name(one.org_name), results.trust_link(one.org_code).page),
        own=own is not None and own.org_code == one.org_code,
        segment=results.segment_label(one.segment),
        average=one.average_score,
        likely=range_words(*map(number_words, score)) if score else "",
        rank=one.rank,
        ranks=range_words(*map(str, ranks)) if ranks else "",
        overlap=_overlap(results, one, own),
    )


def _overlap(results: Results, one: TrustStanding, own: TrustStanding | None) -> str:
    if own is None or own.org_code == one.org_code:
        return ""
    mine, theirs = _range(results, own), _range(results, one)
    if mine is None or theirs is None:
        return "not known"
    return "overlap: no order" if mine[0] <= theirs[1] and theirs[0] <= mine[1] else "apart"
