"""Segments: where the cut points lie, what overrides them, and the league rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from remit.assessment.judgement.capability import capability_overrides
from remit.assessment.result.assessment import CutPoints, Mode
from remit.assessment.scoring.columns import column, floats
from remit.assessment.scoring.laws.arrays import Flags, Floats
from remit.assessment.scoring.laws.league_key import league_groups, league_keys
from remit.assessment.scoring.laws.overrides import overridden
from remit.assessment.scoring.laws.populations import cut_among
from remit.assessment.scoring.laws.quantiles import QUARTERS, cut_points
from remit.assessment.scoring.laws.ranks import ranks_within
from remit.assessment.scoring.laws.rounding import digits
from remit.assessment.scoring.laws.segments import segments_of
from remit.model.errors import AssessmentError
from remit.model.framework import Framework, Override
from remit.words.kinds import bodies_in_words


def find_cut_points(
    averages: pl.DataFrame,
    framework: Framework,
    expected: Mapping[str, int],
    given: Sequence[float] | None,
) -> CutPoints:
    """The cut points that were given, that the framework declares, or of the population at hand.

    Parameters
    ----------
    given
        The user's; an empty sequence asks for scores without segments.
    averages
        ``org_kind, average_score``, one row an organisation.
    expected
        How many trusts of each kind there are.

    Raises
    ------
    AssessmentError
        If given cut points are not ascending or are of the wrong number, or if the framework
        has thresholds that are an input and none were given.
    """
    cuts = framework.segments.cut_points
    if cuts.basis == "judgement":
        return _judged(framework, given)
    whole = sum(expected.get(kind.value, 0) for kind in cuts.population)
    members = averages.filter(cut_among(cuts, averages["org_kind"].to_list()))
    members = members.filter(pl.col("average_score").is_not_null())
    if given is not None and not given:
        why = "the thresholds are not public and none were given"
        origin = f"{why if cuts.basis == 'thresholds' else 'none were asked for'}: no segments"
        return CutPoints((), "none", origin, members.height, whole)
    if given is not None:
        values = _checked(given)
        return CutPoints(values, "given", "given by the user", members.height, whole)
    if cuts.thresholds is not None:
        origin = "thresholds that the framework declares"
        return CutPoints(cuts.thresholds, "framework", origin, members.height, whole)
    if cuts.basis == "thresholds":
        raise AssessmentError(
            f"the thresholds of {framework.id} are not public; give them with --cut-points"
        )
    if members.is_empty():
        raise AssessmentError(
            f"no organisation at hand has a score of {framework.name}; there is nothing to cut in "
            "quartiles. --framework names another; left out, it is the one in force"
        )
    values = tuple(cut_points(floats(members, "average_score"), cuts.quantile_method).tolist())
    bodies = bodies_in_words(cuts.population)
    origin = f"quartiles of the average scores of {members.height} of {whole} {bodies}"
    return CutPoints(values, "population", origin, members.height, whole)


def _judged(framework: Framework, given: Sequence[float] | None) -> CutPoints:
    if given:
        raise AssessmentError(
            f"the segments of {framework.id} are set by judgement; leave out --cut-points"
        )
    return CutPoints((), "judgement", "segments are set by judgement, not by a score", 0, 0)


def _checked(given: Sequence[float]) -> tuple[float, ...]:
    values = tuple(given)
    if len(values) != len(QUARTERS) or list(values) != sorted(set(values)):
        shown = ", ".join(f"{value:g}" for value in values)
        raise AssessmentError(
            f"give three ascending cut points, such as 2.05,2.32,2.60; got {shown}"
        )
    return values


def segment_column(name: str, frame: pl.DataFrame, score: str, cuts: Sequence[float]) -> pl.Series:
    """The segment of each score of a frame; see :func:`.laws.segments.segments_of`."""
    return column(name, segments_of(floats(frame, score), cuts), pl.Int64)


def domain_segments(means: pl.DataFrame, kinds: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    """Add ``segment``: the quartile of each domain score among all organisations at hand."""
    cuts = framework.segments.cut_points
    if cuts.basis != "quartiles" or means.is_empty():
        return means.with_columns(pl.lit(None, dtype=pl.Int64).alias("segment"))
    pieces = []
    for (_,), part in means.join(kinds, on="org_code").group_by("domain", maintain_order=True):
        members = part.filter(cut_among(cuts, part["org_kind"].to_list()))
        points = cut_points(floats(members, "score"), cuts.quantile_method).tolist()
        pieces.append(part.with_columns(segment_column("segment", part, "score", points)))
    return pl.concat(pieces).drop("org_kind")


def apply_overrides(standing: pl.DataFrame, overrides: Sequence[Override]) -> pl.DataFrame:
    """Add ``adjusted_segment``, ``final_segment``, ``override`` and ``overrides_applied``.

    ``override`` says whether a flag of the adjusted stage is set; ``overrides_applied`` names
    the overrides that changed the segment.
    """
    segments, names = floats(standing, "unadjusted_segment"), []
    override, added = np.zeros(standing.height, dtype=np.bool_), []
    for stage in ("adjusted", "final"):
        for one in (o for o in overrides if o.stage == stage):
            set_for = override_flags(standing, [one])
            after = overridden(segments, set_for, [one])
            changed = pl.Series(after != segments) & pl.Series(~np.isnan(segments))
            names.append(pl.when(changed).then(pl.lit(one.id)))
            override |= set_for[:, 0] & (stage == "adjusted")
            segments = after
        added.append(column(f"{stage}_segment", segments, pl.Int64))
    applied = pl.concat_str(names, separator=", ", ignore_nulls=True) if names else pl.lit("")
    return standing.with_columns(
        *added, pl.Series("override", override), applied.alias("overrides_applied")
    )


def all_overrides(framework: Framework) -> tuple[Override, ...]:
    """The overrides of a framework, and those that its capability ratings make."""
    return (*framework.segments.overrides, *capability_overrides(framework))


def adjusting(framework: Framework) -> tuple[Override, ...]:
    """The overrides that make the adjusted segment, in their order."""
    return tuple(one for one in all_overrides(framework) if one.stage == "adjusted")


def flag_column(override: Override) -> str:
    """The column of the standing that holds an override's published flag."""
    return f"flag_{override.id}"


def override_flags(standing: pl.DataFrame, overrides: Sequence[Override]) -> Flags:
    """Whether each override is set, shape ``(rows, overrides)``; not so where it is not known."""
    found = [floats(standing, flag_column(override)) == 1 for override in overrides]
    return np.array(found, dtype=np.bool_).reshape(len(found), standing.height).T


def averages_shown(standing: pl.DataFrame, mode: Mode) -> Floats:
    """The averages by which the league table ranks: the published ones where judged by these."""
    made, published = floats(standing, "average_score"), floats(standing, "published_average_score")
    return np.where(np.isnan(published), made, published) if mode == "published" else made


def league_rank(standing: pl.DataFrame, framework: Framework, mode: Mode) -> pl.Series:
    """Competition rank by the framework's order, within each kind where it says so."""
    league = framework.league
    averages = digits(averages_shown(standing, mode), league.decimals, framework.rounding)
    keys = league_keys(league, floats(standing, "adjusted_segment"), averages)
    groups = league_groups(league, standing["kind"].to_list())
    return column("rank", ranks_within(keys, groups), pl.Int64)
