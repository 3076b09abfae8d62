"""Who is ranked with whom, and among whom the quartiles are taken."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from remit.assessment.scoring.laws.arrays import Flags, Integers
from remit.model.framework import CutPoints, ScoredMetric
from remit.model.organisation import SubjectKind

TOGETHER = "together"
"""The group of the kinds that are named as ranked together; other groups are named by kind."""


def group_of(scored: ScoredMetric, kind: SubjectKind) -> str | None:
    """With whom a kind is ranked on a metric: by itself, or with the kinds named together.

    A system is no provider, so an ICB is ranked among ICBs whatever trusts are ranked with. Kinds
    that are named together are, also those that the metric is not scored for.
    """
    if scored.population == "own_kind" or kind is SubjectKind.ICB:
        return kind.value if kind in scored.kinds else None
    return TOGETHER if kind in scored.population else None


def groups_of(scored: ScoredMetric) -> dict[str, tuple[SubjectKind, ...]]:
    """The kinds that are ranked among each other, by the name of their group."""
    found = {} if scored.population == "own_kind" else {TOGETHER: scored.population}
    for kind in scored.kinds:
        if group_of(scored, kind) == kind.value:
            found[kind.value] = (kind,)
    return found


def numbered_groups(scored: ScoredMetric, kinds: Sequence[str]) -> Integers:
    """The group of each organisation as a number from 0; -1 for those ranked with nobody."""
    names = {kind: group_of(scored, SubjectKind(kind)) for kind in set(kinds)}
    numbers = {name: at for at, name in enumerate(sorted({n for n in names.values() if n}))}
    return np.array([numbers.get(names[kind] or "", -1) for kind in kinds], dtype=np.int64)


def cut_among(cuts: CutPoints, kinds: Sequence[str]) -> Flags:
    """Whether each organisation is of those whose quartiles are the cut points."""
    population = {kind.value for kind in cuts.population}
    return np.array([kind in population for kind in kinds], dtype=np.bool_)
