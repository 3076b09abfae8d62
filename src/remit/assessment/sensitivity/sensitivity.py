"""Sensitivity: what would change, had the framework been built otherwise.

One choice at a time is made otherwise for everybody (a scenario), and the league table is made
again; then all choices are made at random together, to see which of them matter most for whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from remit.assessment.likely.defaults import DEFAULT_SEED
from remit.assessment.likely.league_arrays import Field, field_of
from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.laws.rounding import rounded_early
from remit.assessment.sensitivity.choices import (
    Choice,
    Cuts,
    Levels,
    combinations,
    find_levels,
    in_words,
    scenario_id,
)
from remit.assessment.sensitivity.influence import Indices, draw_sample, sobol_indices
from remit.assessment.sensitivity.reaggregate import ReaggregatedResults, Reaggregation
from remit.assessment.sensitivity.rescored import rescore
from remit.assessment.sensitivity.tables import (
    by_organisation,
    by_scenario,
    influence_table,
    scenario_table,
)
from remit.model.errors import AssessmentError
from remit.words.figures import percent_words

DEFAULT_SAMPLE = 1_024
LEAST_SAMPLE, MOST_SAMPLE = 64, 65_536
MOST_FAILED = 0.01
OUTPUTS = ("score", "segment", "rank")


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What other choices would have led to.

    Attributes
    ----------
    results
        One row a scenario and organisation: ``scenario, label, org_code, kind, score,
        unadjusted_segment, adjusted_segment, rank`` and ``score_change,
        unadjusted_segment_change, segment_change, rank_change`` against the framework's own
        choices. Plus is worse.
        ``label`` is a clause that can follow "when".
    scenarios
        One row a scenario: ``scenario, label, n_organisations, n_unadjusted_segment_changes,
        n_segment_changes, n_rank_changes, mean_rank_move, largest_rank_move, n_failed``. Moves
        are numbers of places, up or down.
    organisations
        One row an organisation: ``org_code, kind, n_scenarios, n_unadjusted_segment_changes,
        n_segment_changes, n_rank_changes, rank, rank_low, rank_high, most, sentence``. ``most``
        is the scenario that changes most: the segment first, then the score.
    influence
        One row an organisation, output (``score, segment, rank``) and choice: ``org_code,
        output, choice, first_order, first_order_error, total, total_error``; Sobol indices as
        shares of the variance. Null where nothing varies.
    evaluations, failed
        How many league tables were made, and how many of their scores could not be: an
        organisation that has a score is left without one.
    baseline_differs
        Organisations whose segment or rank by Remit's own kernel is not that of the standing.
    refit
        Whether cut points were made again as quartiles, or held.
    notes
        What was not tried and why, and what a reader must know, in whole sentences.
    """

    results: pl.DataFrame
    scenarios: pl.DataFrame
    organisations: pl.DataFrame
    influence: pl.DataFrame
    evaluations: int
    failed: int
    baseline_differs: tuple[str, ...]
    refit: bool
    sample: int
    seed: int
    notes: tuple[str, ...]


def sensitivity(
    assessment: Assessment,
    *,
    cuts: Cuts = "auto",
    sample: int = DEFAULT_SAMPLE,
    seed: int = DEFAULT_SEED,
) -> Sensitivity:
    """Make the league table again under other choices.

    Parameters
    ----------
    cuts
        ``refit`` takes the quartiles of each scenario's averages, as the framework does;
        ``held`` leaves the cut points where they are; ``auto`` refits where the framework cuts
        by quartiles and their population is at hand.
    sample
        Rows of the random sample of choices, from 64 to 65,536; ``sample * (choices + 2)``
        league tables are made of it, each different one once.
    seed
        Of that sample.

    Raises
    ------
    AssessmentError
        If the assessment has no cut points or nobody has a score, if an argument is out of
        range, or if more than 1% of the scores could not be made.
    """
    if not LEAST_SAMPLE <= sample <= MOST_SAMPLE:
        raise AssessmentError(
            f"the sample has {LEAST_SAMPLE} to {MOST_SAMPLE:,} rows; got {sample:,}"
        )
    trial = _try_all(assessment, cuts)
    field, levels, base, refit = trial.kernel.field, trial.levels, trial.base, trial.kernel.refit
    indices, more, more_failed = _influence(trial.kernel, levels, base, sample, seed)
    codes = assessment.standing["org_code"].implode()
    kept = trial.table.filter(pl.col("org_code").is_in(codes))
    return Sensitivity(
        results=kept,
        scenarios=by_scenario(kept),
        organisations=by_organisation(kept),
        influence=influence_table(field, levels.open(), indices).filter(
            pl.col("org_code").is_in(codes)
        ),
        evaluations=trial.evaluations + more,
        failed=trial.failed + more_failed,
        baseline_differs=_differing(assessment, field, base),
        refit=refit,
        sample=sample,
        seed=seed,
        notes=_notes(levels, field, refit),
    )


def one_at_a_time(assessment: Assessment, *, cuts: Cuts = "auto") -> pl.DataFrame:
    """Every choice made otherwise, one at a time: ``Sensitivity.results`` without the sample.

    It takes a tenth of the time of :func:`sensitivity`, and raises as that does.
    """
    codes = assessment.standing["org_code"].implode()
    return _try_all(assessment, cuts).table.filter(pl.col("org_code").is_in(codes))


@dataclass(frozen=True)
class _Trial:
    """Every scenario tried."""

    kernel: Reaggregation
    levels: Levels
    base: ReaggregatedResults
    table: pl.DataFrame
    evaluations: int
    failed: int


def _try_all(assessment: Assessment, cuts: Cuts) -> _Trial:
    field = field_of(assessment)
    refit = _refits(assessment, field, cuts)
    rescored = rescore(assessment, field)
    early = rounded_early(field.framework.rounding, assessment.period.label)
    kernel = Reaggregation(field, rescored, early, refit=refit)
    levels = find_levels(field.framework, rescored, refit=refit)
    choices = levels.scenarios()
    base, tried = kernel.results([Choice()]), kernel.results(choices)
    failed = _failures(base, tried, [scenario_id(choice) for choice in choices])
    names = [(scenario_id(choice), in_words(choice, assessment.metrics)) for choice in choices]
    table = scenario_table(field, base, tried, names)
    return _Trial(kernel, levels, base, table, len(choices), failed)


def _refits(assessment: Assessment, field: Field, cuts: Cuts) -> bool:
    if not field.codes:
        raise AssessmentError(
            "no organisation has an average that is the mean of its own scores; there is "
            "nothing to vary"
        )
    if not field.segmented():
        raise AssessmentError(f"there are no cut points to segment by: {field.cuts.origin}")
    quartiles = assessment.framework.segments.cut_points.basis == "quartiles"
    if cuts == "refit" and not quartiles:
        raise AssessmentError("the cut points of this framework are no quartiles; use --cuts held")
    judged = assessment.framework.cuts_among_judged
    if cuts == "refit" and not judged:
        raise AssessmentError("not all who are cut among are judged; use --cuts held")
    if cuts != "auto":
        return cuts == "refit"
    own = assessment.cut_points
    whole = own.organisations >= assessment.framework.coverage_minimum * own.expected
    return own.basis in {"population", "published"} and whole and judged


def _failures(base: ReaggregatedResults, tried: ReaggregatedResults, names: Sequence[str]) -> int:
    """How many scores could not be made.

    Raises
    ------
    AssessmentError
        If they are more than 1%.
    """
    lost = np.isnan(tried.scores) & ~np.isnan(base.scores)
    share = lost.mean()
    if share > MOST_FAILED:
        worst = names[int(lost.sum(axis=0).argmax())]
        raise AssessmentError(
            f"{int(lost.sum()):,} of {lost.size:,} scores could not be made again "
            f"({percent_words(share, 1)}; at most {percent_words(MOST_FAILED)} may fail), "
            f"most for {worst}: organisations with one score are left without any"
        )
    return int(lost.sum())


def _influence(
    kernel: Reaggregation, levels: Levels, base: ReaggregatedResults, sample: int, seed: int
) -> tuple[dict[str, Indices], int, int]:
    """Indices by output, how many league tables were made, and how many scores failed."""
    drawn = draw_sample([len(levels.of[name]) for name in levels.open()], sample, seed)
    made = kernel.results(combinations(levels, drawn.distinct.tolist()))
    failed = _failures(base, made, ["a combination of choices"] * len(drawn.distinct))
    whole = ~np.isnan(made.scores).any(axis=1, keepdims=True)
    outputs = (made.scores, made.adjusted, made.ranks)
    indices = {
        name: sobol_indices(np.where(whole, values, 0.0), drawn, seed)
        for name, values in zip(OUTPUTS, outputs, strict=True)
    }
    return indices, len(drawn.distinct), failed


def _differing(assessment: Assessment, field: Field, base: ReaggregatedResults) -> tuple[str, ...]:
    own = pl.DataFrame(
        {"org_code": field.codes, "_segment": base.adjusted[:, 0], "_rank": base.ranks[:, 0]}
    )
    joined = assessment.everyone.join(own, on="org_code", how="inner")
    same = (pl.col("adjusted_segment") == pl.col("_segment")) & (pl.col("rank") == pl.col("_rank"))
    return tuple(joined.filter(~same)["org_code"].to_list())


def _notes(levels: Levels, field: Field, refit: bool) -> tuple[str, ...]:
    how = "Cut points are made again in every scenario, as quartiles of its averages."
    if not refit:
        how = f"Cut points are held at {field.cuts.shown}: {field.cuts.origin}."
    missing = "A score counts as missing where most of the kind have one, or the files say so."
    apart = "Left out, since their average is not the mean of their own scores: "
    return (
        how,
        *([missing] if "missing" in levels.open() else []),
        *([f"{apart}{', '.join(field.apart)}."] if field.apart else []),
        *levels.not_tried,
    )
