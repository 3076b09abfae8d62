"""An ICB's system: what each trust gives to its score, and what it would be without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.assessment.systems.system import Contribution, SystemView, system_view
from remit.model.errors import RemitError
from remit.model.organisation import Organisation, OrganisationType
from remit.pages.drawing.bar_charts import Amount, side_bars
from remit.pages.drawing.charts import Chart
from remit.pages.frame.links import Link
from remit.pages.standings.results import Results
from remit.words.figures import data_number, number_words, percent_words, signed_words
from remit.words.names import short_trust_name
from remit.words.sentences import count_words

_EXACT = 9
"""Beyond so many decimals an effect is one of the machine's arithmetic."""


@dataclass(frozen=True, slots=True)
class SystemSection:
    """The system of an ICB, both ways."""

    lead: str
    own: str
    score: float
    pulls: str
    adjusted: bool
    lines: tuple[Contribution, ...]
    links: Mapping[str, Link]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]
    chart: Chart | None
    command: str


def system_section(results: Results, area: Organisation) -> SystemSection | None:
    """The system of an ICB; None for a region, and where no trust of it has a score."""
    if area.type is not OrganisationType.ICB:
        return None
    try:
        view = system_view(results.assessment, area.code)
    except RemitError:
        return None
    if view.system_score is None:
        return None
    adjusted = any(one.adjusts is not None for one in view.contributions)
    return SystemSection(
        lead=_lead(view, view.system_score),
        own=_own(view),
        score=view.system_score,
        pulls=signed_words(view.system_score - (view.reference or 0.0)),
        adjusted=adjusted,
        lines=view.contributions,
        links={one.org_code: results.trust_link(one.org_code) for one in view.contributions},
        left_out=tuple(f"{one.org_name} ({one.why})" for one in view.not_scored),
        notes=view.notes,
        chart=_chart(view),
        command=f'remit system {area.code} FILES --period "{view.period}"',
    )


def _lead(view: SystemView, score: float) -> str:
    scored, led = len(view.contributions), len(view.contributions) + len(view.not_scored)
    trusts = f"{scored} of the {led} trusts" if led > scored else count_words(scored, "trust")
    said = (
        f"The system score is {number_words(score)}: the mean of the average scores of {trusts} "
        "that this ICB leads on, each counting the same."
    )
    if view.reference is not None:
        said += f" The mean of all trusts at hand is {number_words(view.reference)}."
    return said


def _own(view: SystemView) -> str:
    """The ICB's own score, or why there is none."""
    if view.own_score is None:
        return f"The ICB has no score of its own. {view.own_because}"
    said = f"The ICB’s own score is {number_words(view.own_score)}. {view.own_because}"
    if view.adjusted_score is not None and view.system_weight is not None:
        said += (
            f" Adjusted for its system it is {number_words(view.adjusted_score)}; the system "
            f"counts {percent_words(view.system_weight)}."
        )
    return said


def _chart(view: SystemView) -> Chart | None:
    found = [
        (one, data_number(one.effect, _EXACT))
        for one in view.contributions
        if one.effect is not None
    ]
    if len(found) < 2:
        return None
    ordered = sorted(found, key=lambda pair: (-pair[1], pair[0].org_code))
    return side_bars(
        "system-chart",
        "System score less what it would be without each trust",
        _finding(ordered),
        [
            Amount(short_trust_name(one.org_name), effect, signed_words(effect, beside=_side))
            for one, effect in ordered
        ],
        axis="Left: the system scores better for having it. Right: worse. 1.00 is best.",
    )


def _finding(ordered: Sequence[tuple[Contribution, float]]) -> str:
    (worst, most), (best, least) = ordered[0], ordered[-1]
    if most <= 0 or least >= 0:
        return "The system score would be the same without any one of its trusts."
    return (
        f"The system score is {number_words(most, beside=_side)} worse for having "
        f"{worst.org_name} in it, and {number_words(-least, beside=_side)} better for having "
        f"{best.org_name}."
    )


def _side(effect: float) -> int:
    """Which way an effect goes: as printed it is to go the same way."""
    return (effect > 0) - (effect < 0)
