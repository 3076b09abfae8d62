"""What a reader must know of a result, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from remit.assessment.judgement.capability import capability_notes
from remit.assessment.judgement.judgement import judgement_notes
from remit.assessment.judgement.records import Records
from remit.assessment.result.assessment import CutPoints, Mode
from remit.assessment.scoring.entering_scores import INCOMPLETE
from remit.assessment.scoring.inputs import Inputs
from remit.assessment.scoring.metric_scores import Scored
from remit.assessment.scoring.system_adjustment import adjustment_notes
from remit.model.framework import Framework
from remit.model.period import Period


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


def notes_on(told: Told) -> tuple[str, ...]:
    """All notes on a result, those on its foundations first."""
    framework, inputs = told.framework, told.inputs
    weight, last_day = told.records.system_weight, inputs.period.end
    return (
        *_cut_notes(told.cuts),
        *_ranking_notes(told.scored),
        *_lone_notes(told.cells),
        *_force_notes(framework, inputs.period),
        *_doubt_notes(framework),
        *_published_notes(framework, told.mode),
        *_left_out_notes(inputs, framework),
        *judgement_notes(told.base, framework),
        *adjustment_notes(told.base, framework, weight),
        *capability_notes(framework, told.records.capability, last_day),
    )


def _cut_notes(cuts: CutPoints) -> Iterator[str]:
    yield f"Cut points: {cuts.origin}."
    if cuts.basis == "population" and cuts.organisations < cuts.expected:
        yield (
            f"The cut points rest on {cuts.organisations} of {cuts.expected} trusts; those of NHS "
            "England rest on all of them and may differ."
        )


def _ranking_notes(scored: Scored) -> Iterator[str]:
    """One sentence for each reason for which metrics cannot be ranked."""
    by_reason: dict[str, list[str]] = {}
    for metric_id, population in scored.populations.items():
        if population.missing and population.size:
            by_reason.setdefault("; ".join(population.missing), []).append(metric_id)
    for reason, metric_ids in by_reason.items():
        yield f"Not recomputed, since {reason}: {', '.join(metric_ids)}."


def _lone_notes(cells: pl.DataFrame) -> Iterator[str]:
    lone = cells.filter(pl.col("basis") == INCOMPLETE)["metric_id"].unique().sort().to_list()
    if lone:
        yield (
            "Ranked among the trusts at hand only, for want of a published score: "
            f"{', '.join(lone)}."
        )


def _force_notes(framework: Framework, period: Period) -> Iterator[str]:
    ends = framework.valid_to
    if framework.valid_from > period.end or (ends is not None and period.start > ends):
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
    for step in framework.segments.unknown_steps:
        yield f"Not applied, since its rule is not known: {step.name}."


def _published_notes(framework: Framework, mode: Mode) -> Iterator[str]:
    """A framework without published results of its own borrows another's published scores."""
    scores = any(not metric.is_evidence for metric in framework.metrics)
    if mode == "published" and scores and framework.aggregation.published_average is None:
        yield (
            "The published metric scores were made by the rules of the framework that they were "
            f"published under; --mode recomputed applies those of {framework.id}."
        )


def _left_out_notes(inputs: Inputs, framework: Framework) -> Iterator[str]:
    if inputs.left_out:
        yield f"Left out, since {framework.name} does not judge ICBs: {', '.join(inputs.left_out)}."
