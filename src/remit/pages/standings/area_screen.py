"""The first screen of an area's page: where it stands, what weighs most, what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.model.organisation import OrganisationType, TrustKind
from remit.pages.drawing.marks.ladder import Ladder, ladder_mark
from remit.pages.drawing.marks.mark import DrawnMark
from remit.pages.drawing.marks.weight_bar import Weight, weight_mark
from remit.pages.standings.area_findings import AreaFacts, area_claim, area_counts
from remit.pages.standings.first_screen import MOST, WeightLine
from remit.pages.standings.league_view import segment_counts
from remit.pages.standings.period_changes import SegmentChange, rule_now, segment_changes
from remit.pages.standings.rests_on import area_rests_on
from remit.pages.standings.results import Results, TrustStanding
from remit.words.figures import number_words, rounded
from remit.words.names import kind_words


@dataclass(frozen=True, slots=True)
class AreaScreen:
    """The finding of an area's page, with its marks."""

    claim: str
    counts: str
    facts: AreaFacts
    ladder: DrawnMark | None
    against: tuple[WeightLine, ...]
    in_favour: tuple[WeightLine, ...]
    rests_on: str
    before: str
    changes: tuple[SegmentChange, ...]


def area_screen(
    results: Results,
    code: str,
    members: Sequence[TrustStanding],
    *,
    partners: Sequence[str] = (),
    before: str = "",
    periods: Sequence[Results] = (),
) -> AreaScreen:
    """The first screen of an ICB or a region.

    Parameters
    ----------
    results
        The period of the page.
    code
        The area.
    members
        Its trusts.
    partners
        The names of its partner trusts that another ICB leads on.
    before
        The quarter before, where it can be compared with.
    periods
        All periods at hand, oldest first.
    """
    facts = _facts(results, code, members)
    weights = _weights(results, members, facts)
    codes = {s.org_code for s in members}
    kinds = [kind for kind in results.kinds if kind is not TrustKind.ICB]
    changes = segment_changes(results, kinds, periods) if before else ()
    return AreaScreen(
        claim=area_claim(facts),
        counts=area_counts(facts),
        facts=facts,
        ladder=_ladder(results, facts),
        against=tuple(one for one in weights[:MOST] if one.amount > 0),
        in_favour=tuple(one for one in weights[: -MOST - 1 : -1] if one.amount < 0),
        rests_on=area_rests_on(results, members, partners),
        before=before,
        changes=tuple(one for one in changes if one.code in codes),
    )


def _facts(results: Results, code: str, members: Sequence[TrustStanding]) -> AreaFacts:
    own = results.standings.get(code)
    everyone = [s for s in results.standings.values() if s.kind is not TrustKind.ICB]
    return AreaFacts(
        period=results.period,
        trusts=len(members),
        counts=segment_counts(results, members),
        mean=_mean(members),
        reference=_mean(everyone),
        own_segment=own.segment if own else None,
        own_score=own.average_score if own else None,
        led=_led(results, code),
        kinds=_kinds(everyone),
    )


def _led(results: Results, code: str) -> int:
    """How many trusts an ICB leads on, or a region has, by the register; 0 where not known."""
    area = results.organisation(code)
    if area is None or area.type is OrganisationType.TRUST:
        return 0
    members = results.assessment.register.members(code, results.on)
    return sum(one.type is OrganisationType.TRUST for one in members)


def _kinds(everyone: Sequence[TrustStanding]) -> str:
    """What all trusts at hand are called: by their kind where there is only one."""
    kinds = {standing.kind for standing in everyone}
    return kind_words(kinds.pop()) if len(kinds) == 1 else "trusts"


def _mean(standings: Sequence[TrustStanding]) -> float | None:
    scores = [s.average_score for s in standings if s.average_score is not None]
    return sum(scores) / len(scores) if scores else None


def _ladder(results: Results, facts: AreaFacts) -> DrawnMark | None:
    if facts.own_segment is None:
        return None
    steps = tuple(sorted({*results.framework.segments.labels, facts.own_segment}))
    return ladder_mark(Ladder(steps, facts.own_segment, size=46))


def _weights(
    results: Results, members: Sequence[TrustStanding], facts: AreaFacts
) -> list[WeightLine]:
    """How far each trust pulls the mean from that of all trusts at hand, the worst first."""
    scored = [s for s in members if s.average_score is not None]
    reference = facts.reference or 0.0
    pulls = {
        s.org_code: float(rounded(((s.average_score or 0.0) - reference) / len(scored), 2))
        for s in scored
    }
    most = max((abs(pull) for pull in pulls.values()), default=0.0)
    lines = []
    for standing in sorted(scored, key=lambda s: (-pulls[s.org_code], s.org_code)):
        link, pull = results.trust_link(standing.org_code), pulls[standing.org_code]
        segment = f", segment {standing.segment}" if standing.segment is not None else ""
        if segment and (rule := rule_now(results, standing)):
            segment = f", in segment {standing.segment} by a rule ({rule})"
        lines.append(
            WeightLine(
                link,
                f"average {number_words(standing.average_score)}{segment}",
                pull,
                weight_mark(Weight(link.text, pull, most)),
            )
        )
    return lines
