"""From figures to distances: scaled as the method says, then each pair held against each other.

``similar-10`` and ``trust-peer-finder-as-coded`` were ported from scripts of NHS England under the
MIT licence (Copyright (c) NHS England); each declaration keeps the notice with its address.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from remit.model.errors import PracticeError
from remit.model.peers import PeerMethod
from remit.practice.peers.characteristics import Characteristics, Numbers
from remit.words.figures import data_number
from remit.words.sentences import listed


@dataclass(frozen=True, slots=True)
class PairParts:
    """What each characteristic adds to the distance of each pair, before its weight.

    ``there`` says of which pairs a characteristic is known of both; None where of all.
    """

    parts: Numbers
    there: Numbers | None
    weights: Numbers
    notes: tuple[str, ...]


def pair_parts(held: Characteristics, method: PeerMethod) -> PairParts:
    """Standardise the figures, and take the differences of all pairs.

    Parameters
    ----------
    held
        The organisations.
    method
        How they are capped, rooted and standardised.

    Raises
    ------
    PracticeError
        If nothing tells the organisations apart, or a root of a negative figure is asked for.

    Examples
    --------
    >>> pair_parts(held, method).parts.shape  # doctest: +SKIP
    (106, 106, 11)
    """
    scaled, notes = standardised(held, method)
    differences = scaled[:, None, :] - scaled[None, :, :]
    weights = np.array([one.weight for one in held.columns])
    there: Numbers | None = None
    if method.missing == "as-coded":
        # The script sums the second's figure, by which one not given is 0, the mean, and skips a
        # distance that is not a number: what the first lacks adds nothing.
        second = np.nan_to_num(scaled, nan=0.0)
        differences = np.nan_to_num(scaled[:, None, :] - second[None, :, :], nan=0.0)
    elif np.isnan(scaled).any():
        known = (~np.isnan(scaled)).astype(np.float64)
        there = known[:, None, :] * known[None, :, :]
        differences = np.nan_to_num(differences, nan=0.0)
    if method.distance == "city-block":
        return PairParts(np.abs(differences), there, weights, notes)
    by = weights**2 if method.weighed == "figure" else weights
    return PairParts(differences**2, there, by, notes)


def distances(made: PairParts, method: PeerMethod, weights: Numbers | None = None) -> Numbers:
    """The distance of each pair; NaN where they share no characteristic.

    Parameters
    ----------
    made
        What each characteristic adds.
    method
        Whether a root is taken.
    weights
        Other weights than the declared.

    Examples
    --------
    >>> distances(made, method)[0, 0]  # doctest: +SKIP
    0.0
    """
    by = made.weights if weights is None else weights
    total = made.parts @ by
    if made.there is not None:
        shared = made.there @ by
        with np.errstate(invalid="ignore", divide="ignore"):
            total = np.where(shared > 0, total * (by.sum() / shared), np.nan)
    return np.sqrt(total) if method.distance == "euclidean" else total


def standardised(held: Characteristics, method: PeerMethod) -> tuple[Numbers, tuple[str, ...]]:
    """Figures less their mean, over their standard deviation; NaN where not given.

    A column in which all are the same tells nobody apart: it adds nothing, and that is said.

    Parameters
    ----------
    held
        The organisations.
    method
        Cap, root, and which standard deviation.

    Raises
    ------
    PracticeError
        If no column tells the organisations apart.
    """
    figures = _transformed(held, method)
    more = 1 if method.deviation == "sample" else 0
    with np.errstate(invalid="ignore"):
        mean, deviation = np.nanmean(figures, axis=0), _deviation(figures, more)
    if method.deviation_decimals is not None:
        places = method.deviation_decimals
        deviation = np.array([data_number(float(one), places) for one in deviation])
    # A sum of equal decimals need not be their multiple to the last digit.
    flat = deviation <= np.abs(mean) * 1e-12
    if flat.all():
        raise PracticeError("no characteristic tells the organisations apart: all are the same")
    scaled = (figures - mean) / np.where(flat, 1.0, deviation)
    scaled[:, flat] = np.where(np.isnan(figures[:, flat]), np.nan, 0.0)
    same = [one.said for one, is_flat in zip(held.columns, flat, strict=True) if is_flat]
    notes = (f"the same for all, and so no help: {listed(same)}",) if same else ()
    return scaled, (*notes, *_missing_notes(held, figures))


def _deviation(figures: Numbers, more: int) -> Numbers:
    """The standard deviation by column; 0 where too few are given for one."""
    counts = (~np.isnan(figures)).sum(axis=0)
    squares = np.nansum((figures - np.nanmean(figures, axis=0)) ** 2, axis=0)
    found: Numbers = np.sqrt(squares / np.maximum(counts - more, 1))
    return found


def _transformed(held: Characteristics, method: PeerMethod) -> Numbers:
    figures = held.figures.copy()
    _refuse_empty(held, figures)
    if method.cap is not None:
        most = np.nanmean(figures, axis=0) + method.cap * _deviation(figures, 0)
        figures = np.minimum(figures, most)
    if method.square_root:
        _refuse(held, figures < 0, "a square root is taken, and it is below 0")
        figures = np.sqrt(figures)
    logs = np.array([one.transform == "log" for one in held.columns])
    if logs.any():
        _refuse(held, (figures <= 0) & logs, "its logarithm is taken, and it is not above 0")
        figures[:, logs] = np.log(figures[:, logs])
    return figures


def _refuse_empty(held: Characteristics, figures: Numbers) -> None:
    empty = np.isnan(figures).all(axis=0)
    if empty.any():
        names = [held.columns[int(at)].column for at in np.flatnonzero(empty)]
        raise PracticeError(f"{held.source}: nobody has a figure in {listed(names)}")


def _refuse(held: Characteristics, wrong: NDArray[np.bool_], why: str) -> None:
    places = np.argwhere(wrong)
    if len(places):
        row, column = places[0]
        raise PracticeError(
            f"{held.source}: {held.codes[row]}, {held.columns[column].column} is "
            f"{held.figures[row, column]}: {why}"
        )


def _missing_notes(held: Characteristics, figures: Numbers) -> tuple[str, ...]:
    lacking = np.isnan(figures).sum(axis=0)
    said = [
        f"{one.said} of {count}" for one, count in zip(held.columns, lacking, strict=True) if count
    ]
    return (f"not given: {listed(said)}",) if said else ()
