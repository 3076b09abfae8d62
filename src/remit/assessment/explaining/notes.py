"""What a reader must know of a result, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from remit.assessment.judgement.capability import capability_notes
from remit.assessment.judgement.judgement import judgement_notes
from remit.assessment.judgement.records import Records
from remit.assessment.result.assessment import CutPoints, Mode
from remit.assessment.scoring.entering_scores import AS_ROUNDED, INCOMPLETE
from remit.assessment.scoring.inputs import Inputs
from remit.assessment.scoring.metric_scores import Scored
from remit.assessment.scoring.standing import no_segment_published
from remit.assessment.scoring.system_adjustment import adjustment_notes
from remit.model.framework import Framework
from remit.model.organisation import SubjectKind
from remit.model.period import Period
from remit.words.figures import number_words
from remit.words.kinds import bodies_in_words, kinds_in_words
from remit.words.sentences import listed

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What the notes are made from."""

    inputs: Inputs
    scored: Scored
    cells: pl.DataFrame
    base: pl.DataFrame
    framework: Framework
    cuts: CutPoints
    records: Records
    mode: Mode
    standing: pl.DataFrame

    @property
    def segments_as_published(self) -> bool:
        """Whether the segments after all steps are taken from the files."""
        published = self.framework.segments.published_adjusted
        there = not self.inputs.results.filter(pl.col("metric_id") == (published or "")).is_empty()
        return self.mode == "published" and self.cuts.basis != "given" and there


def notes_on(told: Told, on_values: Sequence[str] = ()) -> tuple[str, ...]:
    """All notes on a result, those on its foundations first; ``on_values`` on those made."""
    framework, inputs = told.framework, told.inputs
    weight, last_day = told.records.system_weight, inputs.period.end
    return (
        *_cut_notes(told.cuts, framework),
        *_ranking_notes(told.scored),
        *_lone_notes(told.cells),
        *on_values,
        *_force_notes(framework, inputs.period),
        *_doubt_notes(framework),
        *_step_notes(framework, as_published=told.segments_as_published),
        *_average_notes(told),
        *_unpublished_notes(told),
        *_others_notes(inputs, framework),
        *_not_judged_notes(inputs, framework),
        *judgement_notes(told.base, framework),
        *adjustment_notes(told.base, framework, weight),
        *capability_notes(framework, told.records.capability, last_day),
    )


def _cut_notes(cuts: CutPoints, framework: Framework) -> Iterator[str]:
    yield f"Cut points: {f'{cuts.shown}, ' if cuts.values else ''}{cuts.origin}."
    if cuts.basis == "population" and cuts.organisations < cuts.expected:
        bodies = bodies_in_words(framework.segments.cut_points.population)
        yield (
            f"The cut points rest on {cuts.organisations} of {cuts.expected} {bodies}; those of "
            "NHS England rest on all of them and may differ."
        )


def _unpublished_notes(told: Told) -> Iterator[str]:
    """Who has no published segment where others have; theirs is none, or not NHS England's."""
    without = told.standing.filter(no_segment_published())["org_code"].to_list()
    judged_otherwise = told.mode != "published" or told.cuts.basis in {"given", "judgement"}
    if judged_otherwise or not without or len(without) == told.standing.height:
        return
    named = listed(
        [*without[:_NAMED], *([f"{len(without) - _NAMED} more"] * (len(without) > _NAMED))]
    )
    theirs = (
        "none is given"
        if told.framework.segments.cut_points.are_unknown
        else "theirs is worked out from the cut points and the rules"
    )
    yield f"The files print no segment for {named}: {theirs}."


def _ranking_notes(scored: Scored) -> Iterator[str]:
    """One sentence for each reason for which metrics cannot be ranked."""
    by_reason: dict[str, list[str]] = {}
    for metric_id, population in scored.populations.items():
        if population.missing and population.size:
            by_reason.setdefault("; ".join(population.missing), []).append(metric_id)
    for reason, metric_ids in by_reason.items():
        yield f"As published and not recomputed, since {reason}: {', '.join(metric_ids)}."


def _lone_notes(cells: pl.DataFrame) -> Iterator[str]:
    lone = cells.filter(pl.col("basis") == INCOMPLETE)["metric_id"].unique().sort().to_list()
    if lone:
        yield (
            "Ranked among the trusts at hand only, for want of a published score: "
            f"{', '.join(lone)}."
        )


def _force_notes(framework: Framework, period: Period) -> Iterator[str]:
    if not framework.in_force(period.start, period.end):
        yield f"{framework.name} was not in force in {period.label}."


def _doubt_notes(framework: Framework) -> Iterator[str]:
    """The framework's own caution, what is not verified, and what is not known at all."""
    if framework.caution:
        yield framework.caution
    doubted = [metric.id for metric in framework.metrics if not metric.verified]
    if doubted and len(doubted) == len(framework.metrics):
        yield "None of the framework's metric rules is verified."
    elif doubted:
        yield f"Rules not verified: {', '.join(doubted)}."


def _step_notes(framework: Framework, *, as_published: bool) -> Iterator[str]:
    said = "Taken as published" if as_published else "Not applied"
    for step in framework.segments.unknown_steps:
        yield f"{said}, since its rule is not known: {step.name}."


def _average_notes(told: Told) -> Iterator[str]:
    """Where the mean of the scores is not the published average that the league goes by."""
    if "mean_of_scores" not in told.base.columns:
        return
    apart = told.base.sort("org_code").filter(
        (pl.col("mean_of_scores") - pl.col("average_score")).abs() > AS_ROUNDED
    )
    if apart.is_empty():
        return
    shown = [
        f"{row['org_code']} ({number_words(row['mean_of_scores'])}, published "
        f"{number_words(row['average_score'])})"
        for row in apart.head(_NAMED).iter_rows(named=True)
    ]
    more = [f"{apart.height - _NAMED} more"] if apart.height > _NAMED else []
    yield (
        "The mean of the scores in the files is not the published average, by which the league "
        f"goes, of {listed([*shown, *more])}: how scores count is not known for certain."
    )


def _others_notes(inputs: Inputs, framework: Framework) -> Iterator[str]:
    """A published score, average or segment belongs to the framework that it is printed for."""
    if inputs.others:
        yield (
            f"The published scores and segments in the figures are those of "
            f"{', '.join(inputs.others)} and are not taken for {framework.id}; --framework takes "
            "another."
        )


def _not_judged_notes(inputs: Inputs, framework: Framework) -> Iterator[str]:
    by_kind: dict[str, list[str]] = {}
    for code, kind in inputs.not_judged.items():
        by_kind.setdefault(kind, []).append(code)
    for kind, codes in by_kind.items():
        kinds = "ICBs" if kind == SubjectKind.ICB else kinds_in_words([kind])
        yield f"Left out, since {framework.name} does not judge {kinds}: {', '.join(codes)}."
