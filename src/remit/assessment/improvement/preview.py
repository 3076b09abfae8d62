"""Before publication: where one's own figures would stand among those last published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Unpack

import polars as pl

from remit.assessment.improvement.changes import Change, ChangedFigure, check_changes, with_changes
from remit.assessment.improvement.edges import MetricEdge, edges_of
from remit.assessment.improvement.starting_point import Ground, StartingChoices, lay_ground
from remit.assessment.likely.columns import likely_schema
from remit.assessment.likely.defaults import DEFAULT_REPLICATES, DEFAULT_SEED
from remit.assessment.likely.of_standing import with_likely
from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.entering_scores import INCOMPLETE, RECOMPUTED
from remit.assessment.scoring.segments import flag_column
from remit.frames.figures import Figures
from remit.model.errors import AssessmentError
from remit.model.framework import Override
from remit.model.likely import LikelyMethod

_HUNDREDFOLD = (50.0, 200.0)
_MOST_LINES = 20
"""A fraction is a hundredth of the published percentage, give or take a factor of two."""


@dataclass(frozen=True, slots=True)
class UnpublishedFigure:
    """One line of a file of one's own figures.

    Attributes
    ----------
    line
        Where it stands.
    metric
        An identifier or a name, or a flag, as it is written.
    change
        The value, under the same name.
    base
        Of what a percentage is one: a turnover, a number of patients; None where it is not told.
    is_money
        Whether the base is in pounds.
    """

    line: int
    metric: str
    change: Change
    base: float | None = None
    is_money: bool = False


@dataclass(frozen=True, slots=True)
class UnusedLine:
    """A line that could not be used, and why; it may be of another organisation."""

    line: int
    metric: str
    reason: str
    is_of_another: bool = False


@dataclass(frozen=True)
class Preview:
    """Where an organisation would stand with its own, unpublished figures.

    Attributes
    ----------
    before, after
        The last published quarter, recomputed, and the same with the own figures in their place.
    own
        The figures that were used, with the published ones.
    bases
        The base of a metric and whether it is money, where the file tells it.
    kept
        Metrics with a score of which the file has no figure: theirs is the published one.
    unused
        Lines that could not be used.
    edges
        Where one metric alone would change the segment.
    flags
        What would follow if a flag were otherwise, in sentences.
    held
        Which cut points are used.
    """

    code: str
    name: str
    file_name: str
    before: Assessment
    after: Assessment
    own: tuple[ChangedFigure, ...]
    bases: Mapping[str, tuple[float, bool]]
    kept: tuple[str, ...]
    unused: tuple[UnusedLine, ...]
    edges: tuple[MetricEdge, ...]
    flags: tuple[str, ...]
    held: str

    @property
    def standing(self) -> Mapping[str, Any]:
        """The organisation's row of the standing with its own figures."""
        return self.after.record(self.code)

    @property
    def rivals(self) -> int:
        """How many stand in the league that its rank is of, itself among them."""
        kind = pl.col("kind") == self.standing["kind"]
        ranked = self.after.standing.filter(pl.col("rank").is_not_null())
        return ranked.filter(kind).height if self.after.framework.league.within else ranked.height

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dictionaries, for JSON."""
        names = (
            "average_score", "unadjusted_segment", "adjusted_segment", "final_segment", "rank",
            "likely_score_low", "likely_score_high", "likely_rank_low", "likely_rank_high",
        )  # fmt: skip
        before = self.before.record(self.code)
        return {
            "published": False,
            "code": self.code,
            "name": self.name,
            "file": self.file_name,
            "framework": self.after.framework.id,
            "against": self.after.period.label,
            "standing": {name: self.standing[name] for name in names} | {"of": self.rivals},
            "last_published": {name: before[name] for name in names[:5]},
            "figures": [asdict(one) for one in self.own],
            "kept_as_published": list(self.kept),
            "not_used": [asdict(one) for one in self.unused],
            "edges": [asdict(edge) | {"gap": edge.gap} for edge in self.edges],
            "flags": list(self.flags),
            "cut_points": self.held,
        }


def preview(
    figures: Figures,
    code: str,
    given: Sequence[UnpublishedFigure],
    *,
    file_name: str = "",
    replicates: int = DEFAULT_REPLICATES,
    likely_method: LikelyMethod = "published",
    unread: Sequence[UnusedLine] = (),
    **choices: Unpack[StartingChoices],
) -> Preview:
    """Where would we stand: an organisation's own figures among those of a published quarter.

    Others' figures are those of the quarter, and its cut points stay. Nothing is written anywhere.

    Parameters
    ----------
    figures
        Those that are published; without ``period`` its own latest is taken.
    code
        The organisation.
    given
        Its own figures. A line that cannot be used is told, and the others are.
    file_name
        Where they stand.
    replicates, likely_method
        How often the likely ranges are drawn, and how; see :func:`remit.assess`.
    unread
        Lines of the file that hold no figure, each with its reason.
    **choices
        See :class:`.starting_point.StartingChoices`.

    Raises
    ------
    AssessmentError
        If no line can be used.

    Examples
    --------
    ``preview(figures, "ZA4", [UnpublishedFigure(2, "OF0013", Change("OF0013", 78.0))])``
    """
    ground = lay_ground(figures, code, **(_latest(figures, code) | choices))  # type: ignore[arg-type]
    own, unfit = _checked(ground, code, given)
    unused = tuple(sorted((*unread, *unfit), key=lambda one: one.line))
    if not own:
        said = "; ".join(f"line {one.line}: {one.reason}" for one in unused[:_MOST_LINES])
        more = len(unused) - _MOST_LINES
        said += f"; and {more:,} more" if more > 0 else ""
        raise AssessmentError(f"{file_name}: no line can be used; {said or 'there is none'}")
    changed = [figure for _, figure in own]
    after = ground.changed(code, changed)
    after = replace(after, standing=after.standing.drop(list(likely_schema())))
    after = with_likely(after, replicates, DEFAULT_SEED, likely_method)
    ids = {figure.id for figure in changed}
    scores = after.metric_scores.filter(pl.col("org_code") == code, pl.col("score").is_not_null())
    theirs = with_changes(figures, ground.before, code, changed)
    return Preview(
        code=code,
        name=str(after.record(code)["org_name"]),
        file_name=file_name,
        before=ground.before,
        after=after,
        own=tuple(changed),
        bases={f.id: (line.base, line.is_money) for line, f in own if line.base is not None},
        kept=tuple(m for m in scores["metric_id"].to_list() if m not in ids | _looked_up(after)),
        unused=unused,
        edges=tuple(edges_of(theirs, after, code)),
        flags=tuple(_flags(ground, code, changed)),
        held=ground.held,
    )


def _latest(figures: Figures, code: str) -> dict[str, str]:
    """The latest quarter that figures of an organisation were published for; else of anybody."""
    theirs = figures.observations.filter(pl.col("org_code") == code)["release"].drop_nulls()
    found = theirs.unique().to_list() or figures.releases()
    return {"period": max(found)} if found else {}


def _looked_up(assessment: Assessment) -> set[str]:
    """Metrics that follow from two others."""
    return {one.id for one in assessment.framework.metrics if one.rule.type == "lookup"}


def _checked(
    ground: Ground, code: str, given: Sequence[UnpublishedFigure]
) -> tuple[list[tuple[UnpublishedFigure, ChangedFigure]], tuple[UnusedLine, ...]]:
    """The lines that can be used, each with its figure, and why the others cannot."""
    used: dict[str, tuple[UnpublishedFigure, ChangedFigure]] = {}
    unused = []
    for line in given:
        try:
            figure = _figure(ground, code, line)
            if figure.id in used:
                first = used[figure.id][0].line
                raise AssessmentError(f"{figure.id} stands in line {first} already")
            used[figure.id] = line, figure
        except AssessmentError as fault:
            unused.append(UnusedLine(line.line, line.metric, str(fault)))
    return list(used.values()), tuple(unused)


def _figure(ground: Ground, code: str, line: UnpublishedFigure) -> ChangedFigure:
    names = {metric.name.lower(): metric.id for metric in ground.before.metrics.values()}
    wanted = names.get(line.metric.strip().lower(), line.change.id)
    (figure,) = check_changes(ground.before, code, [replace(line.change, id=wanted)])
    if figure.unit == "flag":
        return figure
    _check_fraction(figure)
    tried = ground.changed(code, [figure]).metric_scores
    own = tried.filter(pl.col("org_code") == code, pl.col("metric_id") == figure.id)
    if own.is_empty() or own["basis"][0] not in {RECOMPUTED, INCOMPLETE}:
        missing = "; ".join(ground.before.populations[figure.id].missing)
        why = missing or "it is not scored for this organisation"
        raise AssessmentError(f"no score can be made of {figure.id} from a value: {why}")
    return figure


def _check_fraction(figure: ChangedFigure) -> None:
    """Refuse 0.62 where 62% is meant: a hundredth of what is published.

    Raises
    ------
    AssessmentError
        If it is one.
    """
    low, high = _HUNDREDFOLD
    fraction = figure.unit == "percent" and 0 < abs(figure.after) <= 1
    if fraction and figure.before and low <= figure.before / figure.after <= high:
        raise AssessmentError(
            f"{figure.after:g} is about a hundredth of the {figure.before:g}% that is published; "
            f"write {100 * figure.after:g}"
        )


def _flags(ground: Ground, code: str, changed: Sequence[ChangedFigure]) -> Iterator[str]:
    """What each flag decides: the segment with it and without."""
    told = {figure.id: figure.after for figure in changed}
    now = ground.changed(code, changed).record(code)
    for override in ground.before.framework.segments.overrides:
        is_set = now[flag_column(override)] == 1
        other = [figure for figure in changed if figure.id != override.flag]
        (flipped,) = check_changes(ground.before, code, [Change(override.flag, float(not is_set))])
        then = ground.changed(code, [*other, flipped]).record(code)
        # That a programme sets its own segment is no news to whoever is not in it.
        is_telling = is_set or override.becomes is None
        if is_telling and then["final_segment"] != now["final_segment"]:
            segments = (now["final_segment"], then["final_segment"])
            yield _flag_words(override, is_set, override.flag in told, segments)


def _flag_words(
    override: Override, is_set: bool, is_own: bool, segments: tuple[int | None, int | None]
) -> str:
    state = "set" if is_set else "not set"
    whose = "in your file" if is_own else "as published, since your file does not tell it"
    other = "Without it" if is_set else "With it"
    return (
        f"{override.name} ({override.flag}) is {state} {whose}. {other} the segment is "
        f"{segments[1]}, not {segments[0]}."
    )
