"""Apply a framework to the figures of a period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from remit.assessment.aggregate import averages, domain_means, entries, mark_entries
from remit.assessment.choose import INCOMPLETE, choose_scores
from remit.assessment.inputs import Inputs, choose_period, gather
from remit.assessment.result import Assessment, CutPoints, Mode
from remit.assessment.scoring import Scored, score
from remit.assessment.segments import find_cut_points
from remit.assessment.standing import base_table, domain_table, standing_table
from remit.catalogue import LoadedFramework, load_framework
from remit.engine.figures import Figures
from remit.model.errors import AssessmentError
from remit.model.framework import Framework
from remit.model.organisation import TrustKind
from remit.model.period import Period

if TYPE_CHECKING:
    from remit.register import Register

_METRIC_COLUMNS = [
    "org_code",
    "metric_id",
    "value",
    "rank",
    "population_size",
    "score",
    "published_score",
    "rule",
    "org_kind",
    "unit",
    "domain",
    "status",
    "period_label",
    "recomputed_score",
    "difference",
    "basis",
    "counts",
    "group_id",
    "verified",
    "published_rank",
    "published_median",
    "published_lower_quartile",
    "published_upper_quartile",
    "value_source",
    "value_line",
    "score_source",
    "score_line",
]


def assess(
    figures: Figures,
    framework: str | LoadedFramework = "nof-2025-26",
    period: str | None = None,
    *,
    mode: Mode = "published",
    cut_points: Sequence[float] | None = None,
    kind: str | None = None,
    register: Register | None = None,
) -> Assessment:
    """Score, average and segment every organisation of a period.

    Parameters
    ----------
    figures
        Observations with their sources.
    framework
        A framework's identifier, the path of a user's own, or one already loaded.
    period
        A quarter such as ``2025/26 Q1``; may be left out if the figures are of one.
    mode
        ``published`` takes the published metric scores and the published unadjusted segment;
        ``recomputed`` scores the values where the ranking population is at hand.
    cut_points
        Three ascending averages at which segments 2, 3 and 4 begin (a score at a cut point is
        in the better segment); without them they come from the figures.
    kind
        Keep only organisations of this kind in the result; they are still ranked among all.

    Raises
    ------
    AssessmentError
        If the figures cannot be judged as asked.
    """
    loaded = load_framework(framework) if isinstance(framework, str) else framework
    at = choose_period(figures, period)
    known = register or _packaged_register()
    inputs = gather(figures, loaded.framework, loaded.metrics, known, at)
    scored = score(inputs, loaded.framework, loaded.metrics)
    cells = choose_scores(scored.cells, loaded.framework, mode, at)
    cells = mark_entries(cells, loaded.framework)
    entered = entries(cells)
    means = domain_means(entered)
    base = base_table(inputs, known, at.end).join(
        averages(entered, loaded.framework), on="org_code", how="left"
    )
    cuts = find_cut_points(base, loaded.framework, inputs.expected, cut_points)
    standing = standing_table(base, inputs, loaded.framework, mode, cuts)
    domains = domain_table(means, inputs, loaded.framework, mode)
    keep = _kept(standing, kind)
    return Assessment(
        framework=loaded.framework,
        metrics=loaded.metrics,
        hashes=loaded.hashes.to_dict(),
        period=at,
        mode=mode,
        metric_scores=cells.select(_METRIC_COLUMNS).filter(pl.col("org_code").is_in(keep)),
        domain_scores=domains.filter(pl.col("org_code").is_in(keep)),
        standing=standing.filter(pl.col("org_code").is_in(keep)),
        cut_points=cuts,
        populations=scored.populations,
        sources=dict(figures.sources),
        rejections=figures.rejections,
        notes=tuple(_notes(inputs, scored, cells, loaded.framework, cuts)),
        register=known,
        observations=inputs.observations,
        fictional=inputs.fictional,
        to_native=figures.to_native,
    )


def assess_all(
    figures: Figures,
    framework: str | LoadedFramework = "nof-2025-26",
    periods: Sequence[str] | None = None,
    *,
    mode: Mode = "published",
    cut_points: Sequence[float] | None = None,
    register: Register | None = None,
) -> list[Assessment]:
    """Assess several periods (by default every one that the figures have), oldest first."""
    wanted = list(periods) if periods else figures.releases()
    if not wanted:
        raise AssessmentError("the figures name no period; say it with --period")
    loaded = load_framework(framework) if isinstance(framework, str) else framework
    done = [
        assess(figures, loaded, period, mode=mode, cut_points=cut_points, register=register)
        for period in wanted
    ]
    return sorted(done, key=lambda assessment: assessment.period.start)


def _packaged_register() -> Register:
    from remit.register import load_register

    return load_register()


def _kept(standing: pl.DataFrame, kind: str | None) -> list[str]:
    if kind is None:
        return standing["org_code"].to_list()
    kinds = [known.value for known in TrustKind]
    if kind not in kinds:
        raise AssessmentError(f"there is no kind {kind!r}; use one of {', '.join(kinds)}")
    return standing.filter(pl.col("kind") == kind)["org_code"].to_list()


def _notes(
    inputs: Inputs, scored: Scored, cells: pl.DataFrame, framework: Framework, cuts: CutPoints
) -> list[str]:
    """What a reader must know of this result, in whole sentences."""
    notes = [f"Cut points: {cuts.origin}."]
    if cuts.basis == "population" and cuts.organisations < cuts.expected:
        notes.append(
            f"The cut points rest on {cuts.organisations} of {cuts.expected} trusts; those of NHS "
            "England rest on all of them and may differ."
        )
    notes.extend(_ranking_notes(scored))
    lone = cells.filter(pl.col("basis") == INCOMPLETE)["metric_id"].unique().sort().to_list()
    if lone:
        notes.append(
            "Ranked among the trusts at hand only, for want of a published score: "
            f"{', '.join(lone)}."
        )
    if not _in_force(framework, inputs.period):
        notes.append(f"{framework.name} was not in force in {inputs.period.label}.")
    return notes


def _ranking_notes(scored: Scored) -> list[str]:
    """One sentence for each reason for which metrics cannot be ranked."""
    by_reason: dict[str, list[str]] = {}
    for metric_id, population in scored.populations.items():
        if population.missing and population.size:
            by_reason.setdefault("; ".join(population.missing), []).append(metric_id)
    return [
        f"Not recomputed, since only {reason}: {', '.join(metric_ids)}."
        for reason, metric_ids in by_reason.items()
    ]


def _in_force(framework: Framework, period: Period) -> bool:
    ends = framework.valid_to
    return framework.valid_from <= period.end and (ends is None or period.start <= ends)
