"""The pair model: how likely two asks are related, and how likely they are duplicates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from remit.asks.matching.features import FEATURES, Pairs
from remit.asks.matching.lexicon_files import lexicon_file
from remit.model.errors import DeclarationError
from remit.model.lexicon import PairModel

if TYPE_CHECKING:
    from numpy.typing import NDArray

INTERCEPT = "intercept"
_OTHER_PERIOD = 0.5


@dataclass(frozen=True, slots=True)
class Likelihoods:
    """For each candidate pair: probability related, and duplicate if related."""

    related: NDArray[np.float64]
    duplicate: NDArray[np.float64]


@cache
def load_pair_model() -> PairModel:
    """The pair model that comes with Remit.

    Raises
    ------
    DeclarationError
        If it names a feature that is not computed, or has no intercept.
    """
    file = lexicon_file("remit/pair-model/1")
    model = file.validate(PairModel)
    for side in ("related", "duplicate"):
        given = set(getattr(model, side))
        wrong = sorted(given - {*FEATURES, INTERCEPT} | ({INTERCEPT} - given))
        if wrong:
            raise DeclarationError(
                file.fault([side], f"unknown feature, or no intercept: {', '.join(wrong)}")
            )
    return model


def likelihoods(pairs: Pairs, model: PairModel) -> Likelihoods:
    """Both probabilities of all candidate pairs."""
    return Likelihoods(
        _logistic(pairs, model.related), less_alike(pairs, _logistic(pairs, model.duplicate))
    )


def less_alike(pairs: Pairs, duplicate: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities of a duplicate, lowered for what the word rules out.

    Duplicates want the same period: texts that name periods that plainly differ leave an overlap.
    This is not learnt.
    """
    other = pairs.column("told_apart") > 0
    result: NDArray[np.float64] = np.where(other, _OTHER_PERIOD * duplicate, duplicate)
    return result


def _logistic(pairs: Pairs, weights: Mapping[str, float]) -> NDArray[np.float64]:
    vector = np.array([weights.get(name, 0.0) for name in FEATURES])
    scores = pairs.features.astype(np.float64) @ vector + weights[INTERCEPT]
    result: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(scores, -40, 40)))
    return result
