"""The choices behind a league table that could have been made otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal

from remit.assessment.sensitivity.rescored import Rescored
from remit.assessment.sensitivity.tie_rules import DECLARED
from remit.model.framework import Framework
from remit.model.metric import Metric

NONE = "none"

Cuts = Literal["auto", "refit", "held"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to make the league table; every default is as the framework declares it."""

    dropped: str = NONE
    weights: str = DECLARED
    ties: str = DECLARED
    population: str = DECLARED
    missing: str = DECLARED
    rounding: str = DECLARED
    quartiles: str = DECLARED


FACTORS = tuple(field.name for field in fields(Choice))
_WORDS = {
    ("weights", "domains"): "every domain weighs the same",
    ("weights", "scores"): "every score weighs the same",
    ("ties", "min"): "equal values share the best of their ranks",
    ("ties", "average"): "equal values share the mean of their ranks",
    ("ties", "max"): "equal values share the worst of their ranks",
    ("ties", "dense"): "equal values share a rank and none is left out",
    ("population", "own_kind"): "every metric is ranked within the kind of trust",
    ("missing", "worst"): "a missing score counts as the worst",
    ("missing", "median"): "a missing score counts as the median of the kind",
    ("rounding", NONE): "nothing is rounded",
    ("rounding", "early"): "every score is rounded before the mean",
}
_QUARTILES = {
    "linear": "straight lines between neighbours",
    "lower": "the lower neighbour",
    "higher": "the higher neighbour",
    "hazen": "Hazen's definition",
    "weibull": "Weibull's definition",
}


@dataclass(frozen=True, slots=True)
class Levels:
    """What each choice can be, the declared one first, and why a choice is not among them."""

    of: Mapping[str, tuple[str, ...]]
    not_tried: tuple[str, ...]

    def scenarios(self) -> list[Choice]:
        """every choice made otherwise, one at a time."""
        return [
            replace(Choice(), **{factor: level})
            for factor in FACTORS
            for level in self.of[factor][1:]
        ]

    def open(self) -> list[str]:
        """The choices that can be made in more than one way."""
        return [factor for factor in FACTORS if len(self.of[factor]) > 1]


def find_levels(framework: Framework, rescored: Rescored, *, refit: bool) -> Levels:
    """The levels that this framework and these figures allow."""
    declared = framework.aggregation.average
    not_tried = list(rescored.not_recomputed)
    quartiles: tuple[str, ...] = (DECLARED,)
    if refit:
        own = framework.segments.cut_points.quantile_method
        quartiles += tuple(method for method in _QUARTILES if method != own)
    else:
        not_tried.append("Other quartile methods: the cut points are held where they are.")
    levels = {
        "dropped": (NONE, *rescored.metrics),
        "weights": (DECLARED, "scores" if declared == "mean_of_domains" else "domains"),
        "ties": rescored.ties,
        "population": rescored.populations,
        "missing": (DECLARED, "worst", "median") if rescored.missing.any() else (DECLARED,),
        "rounding": (DECLARED, NONE, "early"),
        "quartiles": quartiles,
    }
    if not rescored.missing.any():
        not_tried.append("Other treatments of missing scores: none is missing.")
    return Levels(levels, tuple(not_tried))


def changed(choice: Choice) -> tuple[str, str]:
    """The factor and level in which a scenario departs from the framework."""
    base = Choice()
    return next(
        (name, getattr(choice, name))
        for name in FACTORS
        if getattr(choice, name) != getattr(base, name)
    )


def scenario_id(choice: Choice) -> str:
    """A short name such as ``dropped:OF0023``."""
    return ":".join(changed(choice))


def in_words(choice: Choice, metrics: Mapping[str, Metric]) -> str:
    """A scenario as a clause that can follow "when"."""
    factor, level = changed(choice)
    if factor == "dropped":
        return f"{level} is dropped ({metrics[level].name})"
    if factor == "quartiles":
        return f"quartiles are taken by {_QUARTILES[level]}"
    return _WORDS[factor, level]


def combinations(levels: Levels, places: Sequence[Sequence[int]]) -> list[Choice]:
    """Choices from the places of their levels, in the order of ``levels.open()``."""
    names = levels.open()
    return [
        Choice(**{name: levels.of[name][at] for name, at in zip(names, row, strict=True)})
        for row in places
    ]
