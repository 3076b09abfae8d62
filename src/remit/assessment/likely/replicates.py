"""Joint bootstrap replicates of all organisations: how often each score, segment and rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from remit.assessment.likely.bootstrap import Whole, drawn_totals, stream
from remit.assessment.likely.league_arrays import Field
from remit.assessment.scoring.laws.arrays import Floats, Integers
from remit.assessment.scoring.laws.league_key import league_keys
from remit.assessment.scoring.laws.overrides import overridden
from remit.assessment.scoring.laws.ranks import ranks
from remit.assessment.scoring.laws.rounding import FINE, fine, last_digits
from remit.assessment.scoring.laws.segments import segments_of

_MOST_DECIMALS = 4
"""Replicates are counted by score; more decimals would only make the counts longer."""


@dataclass(frozen=True, slots=True)
class Replicates:
    """Counts over all replicates.

    Attributes
    ----------
    scores
        How often each organisation had each score, shape ``(organisations, scores)``; the first
        column is ``lowest``, in units of the last decimal, and each next one a unit more.
    ranks
        How often it had each rank, shape ``(organisations, organisations)``; column 0 is rank 1.
    segments
        How often it was in each adjusted segment, shape ``(organisations, segments)``; column 0
        is segment 1.
    """

    scores: Integers
    ranks: Integers
    segments: Integers
    lowest: int
    decimals: int
    replicates: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, and how.

    Attributes
    ----------
    entries
        The scores whose mean is each organisation's average, in the order of the field.
    stretch
        By how much each organisation's replicates are stretched away from its own average.
    scale
        The best and the worst possible score; no stretched replicate lies beyond them.
    """

    entries: Sequence[Floats]
    stretch: Sequence[float]
    scale: tuple[float, float]
    replicates: int
    seed: int


def replicate(field: Field, drawing: Drawing) -> Replicates:
    """Draw all organisations together and count."""
    decimals = min(field.framework.rounding.decimals, _MOST_DECIMALS)
    lowest, highest = _span(field, drawing, decimals)
    adjusted, keys = _tables(field, np.arange(lowest, highest + 1), decimals)
    n = len(field.codes)
    scores = np.zeros((n, highest - lowest + 1), dtype=np.int64)
    ranked = np.zeros((n, n), dtype=np.int64)
    for means in _blocks(field, drawing, decimals):
        places = means - lowest
        scores += _counts(places, scores.shape[1])
        mine = np.take_along_axis(keys, places, axis=1)
        for rivals in field.rivals():
            ranked[rivals] += _counts(ranks(mine[rivals]) - 1, n)
    segments = [
        np.where(adjusted == segment, scores, 0).sum(axis=1)
        for segment in range(1, field.segments() + 1)
    ]
    return Replicates(
        scores, ranked, np.stack(segments, axis=1), lowest, decimals, drawing.replicates
    )


def _counts(places: Integers, width: int) -> Integers:
    """How often each place below ``width`` occurs in each row."""
    n = len(places)
    flat = places + np.arange(n)[:, None] * width
    return np.bincount(flat.ravel(), minlength=n * width).reshape(n, width)


def _span(field: Field, drawing: Drawing, decimals: int) -> tuple[int, int]:
    """The lowest and the highest rounded score that can be drawn."""
    ends = np.array([*drawing.scale, *(e.min() for e in drawing.entries)])
    tops = np.array([*drawing.scale, *(e.max() for e in drawing.entries)])
    both = fine(np.array([ends.min(), tops.max()]))
    low, high = last_digits(both, 1, decimals, field.framework.rounding)
    return int(low), int(high)


def _tables(field: Field, scores: Integers, decimals: int) -> tuple[Integers, Integers]:
    """The adjusted segment and the place in the league that each score means for each one.

    Returns
    -------
    tuple of numpy.ndarray
        Both of shape ``(organisations, scores)``; a smaller key stands higher in the league.
    """
    segments = np.ones(len(scores))
    if field.segmented():
        segments = segments_of(scores / 10.0**decimals, field.cuts.values)
    everybody = np.tile(segments, (len(field.codes), 1))
    adjusted = overridden(everybody, field.flags, field.overrides)
    shown = _league_scores(field, scores, decimals)
    return adjusted, _short(league_keys(field.framework.league, adjusted, shown))


def _short(keys: Floats) -> Integers:
    """Keys numbered in their order: short whole numbers are sorted several times as fast."""
    different, numbers = np.unique(keys, return_inverse=True)
    short = np.int16 if len(different) <= np.iinfo(np.int16).max else np.int64
    return numbers.reshape(keys.shape).astype(short)


def _league_scores(field: Field, scores: Integers, decimals: int) -> Integers:
    """Scores as the league table shows them, in units of its own last decimal."""
    fewer = min(decimals, field.framework.league.decimals)
    parts = scores.astype(np.int64) * (FINE // 10**decimals)
    return last_digits(parts, 1, fewer, field.framework.rounding)


def _blocks(field: Field, drawing: Drawing, decimals: int) -> Iterator[Whole]:
    """Rounded means of all organisations, shape ``(organisations, up to BLOCK)``."""
    entries = [fine(scores) for scores in drawing.entries]
    totals = [
        drawn_totals(mine, drawing.replicates, stream(drawing.seed, code))
        for mine, code in zip(entries, field.codes, strict=True)
    ]
    ends = fine(np.array(drawing.scale))
    for block in zip(*totals, strict=True):
        yield np.stack(
            [
                last_digits(
                    _stretched(drawn, mine, factor, ends),
                    len(mine),
                    decimals,
                    field.framework.rounding,
                )
                for drawn, mine, factor in zip(block, entries, drawing.stretch, strict=True)
            ]
        )


def _stretched(totals: Whole, entries: Whole, factor: float, ends: Whole) -> Whole:
    """Totals moved away from the organisation's own, but not beyond the scale."""
    if factor == 1:
        return totals
    own, n = entries.sum(), len(entries)
    moved = own + np.rint((totals - own) * factor).astype(np.int64)
    kept: Whole = np.clip(moved, min(ends[0] * n, own), max(ends[1] * n, own))
    return kept
