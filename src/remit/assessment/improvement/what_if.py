"""What if: score, segment and ranks with some figures changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Unpack

import polars as pl

from remit.assessment.improvement.changes import Change, ChangedFigure, check_changes
from remit.assessment.improvement.starting_point import StartingChoices, lay_ground, standing_notes
from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.entering_scores import INCOMPLETE, RECOMPUTED
from remit.frames.figures import Figures
from remit.model.errors import AssessmentError
from remit.words.figures import published_words, score_words, typed_words
from remit.words.sentences import count_words, sentence_case

_OTHERS = ("average_score", "adjusted_segment", "final_segment", "rank")


@dataclass(frozen=True)
class WhatIf:
    """One organisation and its peers before and after some figures are changed.

    ``others`` has one row an organisation whose average, segment or rank is not as before:
    ``org_code, org_name, kind`` and each of ``average_score, adjusted_segment, final_segment,
    rank`` as ``…_before`` and ``…_after``. ``metrics`` has the changed metrics' scores.
    """

    code: str
    name: str
    before: Assessment
    after: Assessment
    changes: tuple[ChangedFigure, ...]
    metrics: pl.DataFrame
    others: pl.DataFrame
    notes: tuple[str, ...]

    @property
    def standing_before(self) -> Mapping[str, Any]:
        """The organisation's row of the standing as it is."""
        return self.before.record(self.code)

    @property
    def standing_after(self) -> Mapping[str, Any]:
        """The organisation's row of the standing as it would be."""
        return self.after.record(self.code)

    @property
    def sentence(self) -> str:
        """The answer in plain words."""
        changes = " and ".join(_change_in_words(change) for change in self.changes)
        one, two = self.standing_before, self.standing_after
        rounding = self.before.framework.rounding
        score = _from_to(*(score_words(row["average_score"], rounding) for row in (one, two)))
        segment = _from_to(*(str(row["final_segment"] or "–") for row in (one, two)))
        rank = _from_to(*(str(row["rank"] or "–") for row in (one, two)))
        moved = self.others.filter(pl.col("rank_before") != pl.col("rank_after")).height
        others = sentence_case(count_words(moved, "other organisation"))
        return (
            f"If {changes}: the score {score}, the segment {segment}, the rank {rank}. "
            f"{others} {'changes' if moved == 1 else 'change'} rank."
        )

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain dictionaries, for JSON."""
        columns = ["average_score", "unadjusted_segment", *_OTHERS[1:]]
        return {
            "code": self.code,
            "name": self.name,
            "period": self.before.period.label,
            "changes": [asdict(change) for change in self.changes],
            "before": {name: self.standing_before[name] for name in columns},
            "after": {name: self.standing_after[name] for name in columns},
            "metrics": self.metrics.to_dicts(),
            "others": self.others.to_dicts(),
            "sentence": self.sentence,
            "notes": list(self.notes),
        }


def _change_in_words(change: ChangedFigure) -> str:
    if change.unit == "flag":
        return f"{change.name} were {'set' if change.after else 'not set'}"
    after = change.after
    before = published_words(
        change.before, change.unit, beside=lambda shown: (shown < after, shown > after)
    )
    return f"{change.id} were {typed_words(after, change.unit)} (it is {before})"


def _from_to(before: str, after: str) -> str:
    return f"stays at {before}" if before == after else f"goes from {before} to {after}"


def what_if(
    figures: Figures,
    code: str,
    changes: Sequence[Change],
    **choices: Unpack[StartingChoices],
) -> WhatIf:
    """Assess the figures of a period again with some of one organisation's changed.

    Both sides are assessed in ``recomputed`` mode, so that a value can change a score. A metric
    that cannot be recomputed keeps its published score and cannot be changed.

    Parameters
    ----------
    figures
        Observations with their sources; all trusts that are ranked should be in them.
    code
        The organisation whose figures change.
    changes
        Values in the metric's unit, or flags (1 yes, 0 no).
    **choices
        See :class:`.starting_point.StartingChoices`.

    Raises
    ------
    AssessmentError
        If a change cannot be made; the message says why, and names the nearest metrics.
    UnknownCode
        If the organisation is not in the figures.
    """
    ground = lay_ground(figures, code, **choices)
    if not changes:
        raise AssessmentError("name at least one change, such as OF0079=0.5")
    changed = check_changes(ground.before, code, changes)
    after = ground.changed(code, changed)
    metrics = _metric_scores(ground.before, after, code, changed)
    for row in metrics.iter_rows(named=True):
        _check_recomputed(ground.before, row)
    return WhatIf(
        code=code,
        name=str(after.record(code)["org_name"]),
        before=ground.before,
        after=after,
        changes=tuple(changed),
        metrics=metrics,
        others=_others(ground.before, after, code),
        notes=(ground.held, *standing_notes(ground.before, code), *_added(changed)),
    )


def _metric_scores(
    before: Assessment, after: Assessment, code: str, changed: Sequence[ChangedFigure]
) -> pl.DataFrame:
    """The changed metrics' scores, ranks and bases before and after."""
    ids = [change.id for change in changed if change.unit != "flag"]
    columns = ["metric_id", "value", "score", "rank", "population_size", "basis"]
    sides = [
        a.metric_scores.filter((pl.col("org_code") == code) & pl.col("metric_id").is_in(ids))
        for a in (before, after)
    ]
    return (
        sides[0]
        .select(columns)
        .join(sides[1].select(columns), on="metric_id", how="right", suffix="_after", coalesce=True)
    )


def _check_recomputed(before: Assessment, row: Mapping[str, Any]) -> None:
    """A changed value must reach its score; where a published score stands in, it cannot."""
    if row["basis_after"] in {RECOMPUTED, INCOMPLETE} or row["value"] == row["value_after"]:
        return
    metric_id = row["metric_id"]
    missing = before.populations[metric_id].missing
    why = "; ".join(missing) if missing else "it is not scored for this organisation"
    raise AssessmentError(
        f"{metric_id} cannot be changed: its score cannot be made again from the value, since "
        f"{why}. Its published score stays."
    )


def _others(before: Assessment, after: Assessment, code: str) -> pl.DataFrame:
    first = before.standing.select("org_code", "org_name", "kind", *_OTHERS)
    second = after.standing.select("org_code", *_OTHERS)
    both = first.join(second, on="org_code", suffix="_after").rename(
        {name: f"{name}_before" for name in _OTHERS}
    )
    moved = [
        pl.col(f"{name}_before").ne_missing(pl.col(f"{name}_after"))
        if name != "average_score"
        else ((pl.col(f"{name}_before") - pl.col(f"{name}_after")).abs() > 1e-9)
        for name in _OTHERS
    ]
    return both.filter((pl.col("org_code") != code) & pl.any_horizontal(moved))


def _added(changed: Sequence[ChangedFigure]) -> list[str]:
    added = [change.id for change in changed if change.before is None and change.unit != "flag"]
    return [f"{metric_id} has no value at present: it adds a score." for metric_id in added]
