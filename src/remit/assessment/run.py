"""Apply a framework to the figures of a period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from remit.assessment.explaining.explain import explain
from remit.assessment.explaining.notes import Told, notes_on
from remit.assessment.judgement.capability import with_ratings
from remit.assessment.judgement.judgement import with_judgements
from remit.assessment.judgement.records import Records
from remit.assessment.likely.defaults import DEFAULT_REPLICATES, DEFAULT_SEED
from remit.assessment.likely.of_standing import with_likely
from remit.assessment.result.assessment import Assessment, CutPoints, Mode
from remit.assessment.scoring.as_printed import (
    AsPrinted,
    as_printed,
    check_can_be_recomputed,
    printed_notes,
)
from remit.assessment.scoring.averages import averages, domain_means, entries, mark_entries
from remit.assessment.scoring.entering_scores import (
    choose_scores,
    settled_mode,
    with_published_averages,
)
from remit.assessment.scoring.implied_cut_points import cut_points_of
from remit.assessment.scoring.inputs import (
    Inputs,
    choose_period,
    gather,
    notes_on_closed,
    quarter_named,
)
from remit.assessment.scoring.made_values import make_values, with_made_values
from remit.assessment.scoring.metric_scores import score
from remit.assessment.scoring.standing import base_table, domain_table, standing_table
from remit.assessment.scoring.system_adjustment import adjust_for_system, own_entries
from remit.catalogue import LoadedFramework, framework_in_force, load_framework
from remit.frames.figures import Figures
from remit.model.errors import AssessmentError
from remit.model.framework import Framework
from remit.model.likely import LikelyMethod
from remit.model.organisation import SubjectKind
from remit.model.period import Period

if TYPE_CHECKING:
    from remit.register import Register
    from remit.series import QuarterFigures

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
    framework: str | LoadedFramework | None = None,
    period: str | None = None,
    *,
    mode: Mode | None = None,
    cut_points: Sequence[float] | CutPoints | None = None,
    kind: str | None = None,
    register: Register | None = None,
    records: Records | None = None,
    replicates: int | None = DEFAULT_REPLICATES,
    seed: int = DEFAULT_SEED,
    likely_method: LikelyMethod = "published",
) -> Assessment:
    """Score, average and segment every organisation of a period.

    Parameters
    ----------
    figures
        Observations with their sources.
    framework
        A framework's identifier, the path of a user's own, or one already loaded; without it the
        one in force in the period.
    period
        A quarter such as ``2025/26 Q1``; may be left out if the figures are of one.
    mode
        ``published`` takes the published metric scores and the published unadjusted segment;
        ``recomputed`` scores the values where the ranking population is at hand. If left out,
        the published ones where the framework's scores are published.
    cut_points
        Three ascending averages at which segments 2, 3 and 4 begin (a score at a cut point is
        in the better segment); without them they come from the figures. An empty sequence asks
        for scores without segments.
    kind
        Keep only organisations of this kind in the result; they are still ranked among all.
    records
        Judgements and capability records, and the weight of the system in an ICB's score.
    replicates
        How often the likely ranges are drawn; None leaves them empty.
    seed
        Of the likely ranges; the same seed gives the same ranges.
    likely_method
        ``published`` draws them as NHS England's; ``expanded`` stretches them for few scores.

    Raises
    ------
    AssessmentError
        If the figures cannot be judged as asked.
    """
    loaded = framework_of(figures, framework, period)
    records, known = records or Records(), register or _packaged_register()
    at = _period(figures, loaded, period, records)
    whole = _judged(
        figures,
        as_printed(loaded, figures, at),
        at,
        mode=mode,
        cut_points=cut_points,
        kind=kind,
        register=known,
        records=records,
    )
    return with_likely(whole, replicates, seed, likely_method)


def framework_of(
    figures: Figures, framework: str | LoadedFramework | None, period: str | None
) -> LoadedFramework:
    """The framework that is named, or the one in force in the period that is to be judged.

    Parameters
    ----------
    figures
        They say the period where none is named; of several, the latest.
    framework
        What was asked for, if anything.
    period
        A quarter such as ``2026/27 Q1``.

    Raises
    ------
    AssessmentError
        If neither a framework nor a period can be told.

    Examples
    --------
    >>> framework_of(figures, None, "2026/27 Q1").framework.id  # doctest: +SKIP
    'nof-2026-27'
    """
    if isinstance(framework, LoadedFramework):
        return framework
    if framework is None:
        wanted = period or max(figures.releases(), default=None)
        framework = framework_in_force(
            quarter_named(wanted) if wanted else choose_period(figures, None)
        )
    return load_framework(framework)


def _judged(
    figures: Figures,
    printed: AsPrinted,
    at: Period,
    *,
    mode: Mode | None,
    cut_points: Sequence[float] | CutPoints | None,
    kind: str | None,
    register: Register,
    records: Records,
) -> Assessment:
    """The assessment before likely ranges are drawn."""
    loaded = printed.loaded
    made, inputs = _at_hand(figures, loaded, at, register, records)
    scored = score(inputs, loaded.framework, loaded.metrics)
    mode = settled_mode(mode, scored.cells, inputs, loaded.framework)
    check_can_be_recomputed(printed, mode, with_cut_points=bool(cut_points))
    cells = choose_scores(scored.cells, loaded.framework, mode, at)
    cells = mark_entries(cells, loaded.framework)
    entered = entries(cells)
    own = own_entries(entered, inputs.kinds, loaded.framework)
    everybody = _everybody(own, inputs, loaded.framework, register, mode)
    others = pl.col("org_code").is_in(list(inputs.not_judged))
    base = _on_record(everybody.filter(~others), entered, loaded.framework, records, at)
    averaged = pl.concat([base, everybody.filter(others)], how="diagonal")
    cuts = cut_points_of(averaged, inputs, loaded.framework, mode, cut_points)
    standing = standing_table(base, inputs, loaded.framework, mode, cuts)
    domains = domain_table(domain_means(entered), inputs, loaded.framework, mode)
    kept = pl.col("org_code").is_in(_kept(standing, kind))
    return Assessment(
        framework=loaded.framework,
        metrics=loaded.metrics,
        hashes=loaded.hashes.to_dict(),
        period=at,
        mode=mode,
        metric_scores=cells.select(_METRIC_COLUMNS).filter(kept),
        domain_scores=domains.filter(kept),
        standing=standing.filter(kept),
        entries=own.filter(pl.col("org_code").is_in(base["org_code"].implode())),
        every_score=cells.select(_METRIC_COLUMNS),
        not_judged=inputs.not_judged,
        made=made,
        everyone=standing,
        cut_points=cuts,
        populations=scored.populations,
        sources=dict(figures.sources),
        rejections=figures.rejections,
        notes=notes_on(
            Told(inputs, scored, cells, base, loaded.framework, cuts, records, mode, standing),
            (*printed_notes(printed), *notes_on_closed(inputs, register), *made.notes),
        ),
        register=register,
        explainer=explain,
        observations=inputs.observations,
        fictional=inputs.fictional,
        records=records,
        to_native=figures.to_native,
    )


def _period(
    figures: Figures, loaded: LoadedFramework, wanted: str | None, records: Records
) -> Period:
    """The period to assess; judgements and counts are something to judge by beside the figures."""
    counted = any(metric.is_computed for metric in loaded.metrics.values())
    return choose_period(figures, wanted, elsewhere=records.judgements is not None or counted)


def _at_hand(
    figures: Figures,
    loaded: LoadedFramework,
    at: Period,
    register: Register,
    records: Records,
) -> tuple[QuarterFigures, Inputs]:
    """The values made of counts for the period, and everything laid out for scoring."""
    judged = records.judgements
    computed = [metric for metric in loaded.metrics.values() if metric.is_computed]
    made = make_values(figures, loaded.framework, computed, at, register)
    figures = with_made_values(figures, made, loaded.framework, at)
    also = judged.codes(at.end) if judged else ()
    return made, gather(figures, loaded.framework, loaded.metrics, register, at, also=also)


def _everybody(
    entered: pl.DataFrame, inputs: Inputs, framework: Framework, register: Register, mode: Mode
) -> pl.DataFrame:
    """Who each organisation at hand is, with its average."""
    mean = averages(entered, framework)
    named = base_table(inputs, register, inputs.period.end).join(mean, on="org_code", how="left")
    return with_published_averages(named, inputs, framework, mode)


def _on_record(
    base: pl.DataFrame,
    entered: pl.DataFrame,
    framework: Framework,
    records: Records,
    at: Period,
) -> pl.DataFrame:
    """Those judged, with what is brought beside the figures: system, judgements, ratings."""
    base = adjust_for_system(base, entered, framework, records.system_weight)
    base = with_judgements(base, framework, records.judgements, at.end)
    return with_ratings(base, records.capability, at.end)


def assess_all(
    figures: Figures,
    framework: str | LoadedFramework | None = None,
    periods: Sequence[str] | None = None,
    **how: Any,
) -> list[Assessment]:
    """Assess several periods (by default every one that the figures have), oldest first.

    Parameters
    ----------
    periods
        Their labels.
    **how
        As for :func:`assess`, the same for every period.
    """
    wanted = list(periods) if periods else figures.releases()
    if not wanted:
        raise AssessmentError("the figures name no period; say it with --period")
    loaded = framework_of(figures, framework, max(wanted))
    done = [assess(figures, loaded, period, **how) for period in wanted]
    return sorted(done, key=lambda assessment: assessment.period.start)


def _packaged_register() -> Register:
    from remit.register import load_register

    return load_register()


def _kept(standing: pl.DataFrame, kind: str | None) -> list[str]:
    if kind is None:
        return standing["org_code"].to_list()
    kinds = [known.value for known in SubjectKind]
    if kind not in kinds:
        raise AssessmentError(f"there is no kind {kind!r}; use one of {', '.join(kinds)}")
    return standing.filter(pl.col("kind") == kind)["org_code"].to_list()
