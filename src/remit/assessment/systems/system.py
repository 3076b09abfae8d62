"""An ICB and its system: its own score, the system's, and what each trust has to do with it.

An ICB answers for all organisations of its system, while a provider does not answer for its part
in the system's performance. This shows that part both ways: what each trust gives to the system's
score, and what the system's score would be without it.

The system score is ``S = sum(w_i s_i)`` over the trusts that the ICB leads on and that have a
score, with weights that sum to 1. It falls exactly into the parts ``w_i s_i``; its distance from
the mean ``m`` of all trusts at hand into ``w_i (s_i - m)``; and the adjustment ``W (S - own)`` of
an ICB's own score into ``W w_i (s_i - own)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Any

import polars as pl

from remit.assessment.result.assessment import Assessment
from remit.assessment.result.once import once
from remit.assessment.scoring.system_adjustment import weight_of
from remit.assessment.systems.weights import shares
from remit.model.errors import UnknownCode
from remit.model.organisation import Organisation, OrganisationType, SubjectKind
from remit.register.closing import absence
from remit.words.days import day_words


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one trust has to do with its system's score.

    Attributes
    ----------
    share
        Its weight among the trusts with a score; the shares sum to 1.
    points
        Its part of the system score, ``share x score``; the parts sum to it.
    pull
        Its part of the system's distance from the mean of all trusts at hand, above zero where
        it makes the system score worse; the parts sum to that distance.
    adjusts
        Its part of the adjustment of the ICB's score; None where nothing is adjusted.
    without
        The system score without it; None for the only trust.
    effect
        ``system score - without``: above zero where the system scores worse for having it.
    difference
        Its score less the system score: what it owes to being compared within its system.
    """

    org_code: str
    org_name: str
    kind: SubjectKind
    segment: int | None
    share: float
    score: float
    points: float
    pull: float
    adjusts: float | None
    without: float | None
    effect: float | None
    difference: float


@dataclass(frozen=True, slots=True)
class Bystander:
    """A trust that does not enter the system score, and why."""

    org_code: str
    org_name: str
    score: float | None
    segment: int | None
    why: str


@dataclass(frozen=True, slots=True)
class SystemView:
    """An ICB, its score and its system on a day.

    Attributes
    ----------
    own_score
        From ICB-level metrics, before any adjustment; None where there is none, and
        ``own_because`` says why.
    system_score
        The weighted mean over the trusts; None where none has a score.
    reference
        The mean score of all trusts at hand, unweighted.
    system_weight
        The system's share of the ICB's score; None where it is not known.
    adjusted_score
        ``(1 - system_weight) own + system_weight system``; None where a part is missing. Where
        the framework adjusts by system-level metrics, their mean is the system's part in it.
    partners
        Trusts that are partners of this ICB and that another leads on; not in any sum.
    not_scored
        Trusts that the ICB leads on without a score.
    """

    icb_code: str
    icb_name: str
    framework: str
    period: str
    on: date
    own_score: float | None
    own_because: str
    segment: int | None
    system_score: float | None
    reference: float | None
    system_weight: float | None
    adjusted_score: float | None
    weights: str
    contributions: tuple[Contribution, ...]
    not_scored: tuple[Bystander, ...]
    partners: tuple[Bystander, ...]
    notes: tuple[str, ...]

    def table(self) -> pl.DataFrame:
        """The contributions, one row a trust, in the order of their part of the score."""
        schema = {
            "org_code": pl.String,
            "org_name": pl.String,
            "kind": pl.String,
            "segment": pl.Int64,
            **dict.fromkeys(_NUMBERS, pl.Float64),
        }
        rows = [{name: getattr(one, name) for name in schema} for one in self.contributions]
        return pl.DataFrame(rows, schema=schema)


_NUMBERS = ("share", "score", "points", "pull", "adjusts", "without", "effect", "difference")


def system_view(
    assessment: Assessment,
    icb_code: str,
    on: date | None = None,
    weights: Mapping[str, float] | None = None,
) -> SystemView:
    """An ICB's system as an assessment shows it.

    Parameters
    ----------
    on
        The day whose boundaries count; by default the period's last.
    weights
        Trust's code → weight, such as what the ICB spends there; without them all trusts count
        the same. Weights of trusts elsewhere are passed over.

    Raises
    ------
    UnknownCode
        If the code is no ICB, or if the ICB is not open on that day.
    AssessmentError
        If a trust with a score has no weight, or if the weights sum to zero.
    """
    day = on or assessment.period.end
    icb = _icb(assessment, icb_code, day)
    rows = {row["org_code"]: row for row in assessment.standing.iter_rows(named=True)}
    members = assessment.register.members(icb.code, day)
    scored = [m for m in members if _score(rows, m.code) is not None]
    share = shares([m.code for m in scored], weights)
    scores = {m.code: float(rows[m.code]["average_score"]) for m in scored}
    own, because = _own(assessment, rows.get(icb.code))
    system = fsum(share[c] * scores[c] for c in share) if share else None
    frame = _frame(assessment, rows.get(icb.code), own, system)
    contributions = [
        _contribution(
            trust,
            rows[trust.code],
            _Weighed(share[trust.code], _without(trust.code, share, scores)),
            frame,
            day,
        )
        for trust in scored
    ]
    return SystemView(
        icb_code=icb.code,
        icb_name=icb.name_on(day),
        framework=assessment.framework.id,
        period=assessment.period.label,
        on=day,
        own_score=own,
        own_because=because,
        segment=rows[icb.code]["final_segment"] if icb.code in rows else None,
        system_score=frame.system,
        reference=frame.reference,
        system_weight=frame.weight,
        adjusted_score=frame.adjusted,
        weights="as given" if weights is not None else "equal",
        contributions=tuple(sorted(contributions, key=lambda one: (-one.points, one.org_code))),
        not_scored=tuple(_not_scored(m, rows, day, assessment) for m in members if m not in scored),
        partners=tuple(_partners(assessment, icb, rows, day)),
        notes=tuple(_notes(assessment, icb, members, day, frame)),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """The scores that a contribution is measured against."""

    system: float | None
    reference: float | None
    own: float | None
    weight: float | None
    entering: float | None
    by_trusts: bool

    @property
    def adjusted(self) -> float | None:
        if self.own is None or self.entering is None or self.weight is None:
            return None
        return (1 - self.weight) * self.own + self.weight * self.entering

    def part(self, share: float, score: float) -> float | None:
        """A trust's part of the adjustment; none where it does not rest on trusts."""
        if self.adjusted is None or self.own is None or self.weight is None or not self.by_trusts:
            return None
        return self.weight * share * (score - self.own)


def _frame(
    assessment: Assessment, row: Mapping[str, Any] | None, own: float | None, system: float | None
) -> _Frame:
    adjustment = assessment.framework.system_adjustment
    by_trusts = adjustment is None or adjustment.basis == "trusts"
    return _Frame(
        system=system,
        reference=_reference(assessment),
        own=own,
        weight=weight_of(assessment.framework, assessment.records.system_weight),
        entering=system if by_trusts else (row or {}).get("system_score"),
        by_trusts=by_trusts,
    )


def _icb(assessment: Assessment, code: str, day: date) -> Organisation:
    icb = assessment.register.get(code.strip().upper())
    if icb.type is not OrganisationType.ICB:
        raise UnknownCode(f"{icb.code} ({icb.name}) is no ICB. See: remit org {icb.code}")
    if not icb.exists(day):
        raise UnknownCode(absence(assessment.register, icb, day))
    return icb


def _score(rows: Mapping[str, Mapping[str, Any]], code: str) -> float | None:
    return rows[code]["average_score"] if code in rows else None


@once
def _reference(assessment: Assessment) -> float | None:
    trusts = assessment.standing.filter(pl.col("kind") != SubjectKind.ICB.value)
    mean = trusts["average_score"].mean()
    return mean if isinstance(mean, float) else None


def _own(assessment: Assessment, row: Mapping[str, Any] | None) -> tuple[float | None, str]:
    """The ICB's own score, and where it comes from or why there is none."""
    framework = assessment.framework
    if SubjectKind.ICB not in framework.kinds:
        return None, f"{framework.name} does not judge ICBs."
    score = (row or {}).get("own_score", (row or {}).get("average_score"))
    if row is None or score is None:
        return None, "The figures hold no ICB-level metrics that the framework scores."
    return score, f"From {row['n_metrics']} ICB-level scores."


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A trust's share, and the system score without it."""

    share: float
    without: float | None


def _without(code: str, share: Mapping[str, float], scores: Mapping[str, float]) -> float | None:
    """The system score without a trust.

    It is summed anew: taking the trust's part from the whole would lose all digits where the
    others weigh little.
    """
    rest = fsum(share[other] for other in share if other != code)
    if rest <= 0:
        return None
    return fsum(share[other] * scores[other] for other in share if other != code) / rest


def _contribution(
    trust: Organisation, row: Mapping[str, Any], weighed: _Weighed, frame: _Frame, day: date
) -> Contribution:
    score, share, without = float(row["average_score"]), weighed.share, weighed.without
    system, reference = frame.system or 0.0, frame.reference or 0.0
    return Contribution(
        org_code=trust.code,
        org_name=trust.name_on(day),
        kind=SubjectKind(row["kind"]),
        segment=row["final_segment"],
        share=share,
        score=score,
        points=share * score,
        pull=share * (score - reference),
        adjusts=frame.part(share, score),
        without=without,
        effect=system - without if without is not None else None,
        difference=score - system,
    )


def _not_scored(
    trust: Organisation, rows: Mapping[str, Mapping[str, Any]], day: date, assessment: Assessment
) -> Bystander:
    row = rows.get(trust.code)
    why = "it has no score" if row else "the figures do not speak of it"
    if trust.code in assessment.not_judged:
        why = f"{assessment.framework.name} does not judge it"
    segment = row["final_segment"] if row else None
    return Bystander(trust.code, trust.name_on(day), None, segment, why)


def _partners(
    assessment: Assessment, icb: Organisation, rows: Mapping[str, Mapping[str, Any]], day: date
) -> list[Bystander]:
    register = assessment.register
    found = []
    for trust in register.trusts(day, fictional=icb.fictional):
        lead = register.lead_icb(trust.code, day)
        partners = {partner.code for partner in register.partner_icbs(trust.code, day)}
        if icb.code not in partners or (lead and lead.code == icb.code):
            continue
        why = f"led by {lead.code} ({lead.name_on(day)})" if lead else "no lead ICB is known"
        segment = rows[trust.code]["final_segment"] if trust.code in rows else None
        score = _score(rows, trust.code)
        found.append(Bystander(trust.code, trust.name_on(day), score, segment, why))
    return found


def _notes(
    assessment: Assessment,
    icb: Organisation,
    members: list[Organisation],
    day: date,
    frame: _Frame,
) -> list[str]:
    notes = [f"Boundaries as on {day_words(day)}."]
    if not members:
        notes.append(f"The register knows no trust that {icb.code} leads on.")
    adjustment = assessment.framework.system_adjustment
    if adjustment is None:
        return notes
    if frame.weight is None:
        notes.append("How much the system counts in the ICB's score is not known.")
    elif not frame.by_trusts:
        notes.append("System-level metrics adjust the score; no part of that is a trust's.")
    return notes
