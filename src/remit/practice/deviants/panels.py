"""Figures of one metric as a table of organisations by periods, higher being better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from remit.practice.deviants.outcomes import Better, Outcome, Outcomes, periods_in_order
from remit.practice.deviants.variation import Numbers

_SCALES = (1.0, 100.0, 1_000.0, 10_000.0, 100_000.0)
_NEAR = 0.02


@dataclass(frozen=True, slots=True)
class Panel:
    """A metric: a row an organisation, a column a period; NaN where there is no figure.

    ``counting`` is the variance by counting alone, 0 where counts are not used; ``plain`` what
    each organisation has over all periods, as it would be published; ``sign`` is -1 where lower is
    better and the figures are turned round.
    """

    metric: str
    codes: tuple[str, ...]
    periods: tuple[str, ...]
    figures: Numbers
    counting: Numbers
    plain: Numbers
    sign: float
    scale: float | None
    note: str = ""


def panels(outcomes: Outcomes) -> list[Panel]:
    """A panel for each metric, in the order of the file.

    Examples
    --------
    >>> [one.metric for one in panels(outcomes)]  # doctest: +SKIP
    """
    by_metric: dict[str, list[Outcome]] = {}
    for one in outcomes.figures:
        by_metric.setdefault(one.metric, []).append(one)
    return [_panel(metric, rows, outcomes.better[metric]) for metric, rows in by_metric.items()]


def _panel(metric: str, rows: Sequence[Outcome], better: Better) -> Panel:
    codes = tuple(sorted({one.code for one in rows}))
    # By metric, as one may be monthly and another quarterly. A period that is left out is a column
    # of its own, so that neighbours in time are neighbours.
    order, _ = periods_in_order(one.period for one in rows)
    labels = list(order)
    shape = (len(codes), max(order.values()) + 1)
    places = {code: at for at, code in enumerate(codes)}
    value, above, below = (np.full(shape, np.nan) for _ in range(3))
    for one in rows:
        at = places[one.code], order[one.period]
        value[at] = one.value
        above[at] = np.nan if one.numerator is None else one.numerator
        below[at] = np.nan if one.denominator is None else one.denominator
    scale, note = _scale(value, above, below)
    sign = 1.0 if better == "higher" else -1.0
    if scale is None:
        plain = np.nansum(value, axis=1) / np.maximum((~np.isnan(value)).sum(axis=1), 1)
        figures, counting = value, np.zeros(shape)
    else:
        with np.errstate(invalid="ignore", divide="ignore"):
            figures = scale * above / below
        counting = _counting(above, below, scale)
        plain = scale * np.nansum(above, axis=1) / np.maximum(np.nansum(below, axis=1), 1e-12)
    return Panel(metric, codes, tuple(labels), sign * figures, counting, plain, sign, scale, note)


def _scale(value: Numbers, above: Numbers, below: Numbers) -> tuple[float | None, str]:
    """By what numerator over denominator is multiplied to give the value; None if it does not."""
    there = ~np.isnan(value)
    counted = there & ~np.isnan(above) & (np.nan_to_num(below) > 0)
    if not counted.any():
        return None, ""
    if counted.sum() < there.sum():
        return None, "some figures have no counts, and so none are used"
    rates = above / np.where(below > 0, below, np.nan)
    telling = counted & (rates > 0) & (value != 0)
    if not telling.any():
        return 1.0, ""
    ratio = float(np.median(value[telling] / rates[telling]))
    scale = next((one for one in _SCALES if abs(ratio / one - 1) < _NEAR), None)
    if scale is None:
        return None, "the value is not numerator over denominator, and so counts are not used"
    off = np.abs(value - scale * rates) > np.maximum(_NEAR * np.abs(value), 0.51 * scale / 100)
    if float((off & counted).sum()) > 0.01 * float(counted.sum()):
        return None, "the value is not numerator over denominator, and so counts are not used"
    return scale, ""


def _counting(above: Numbers, below: Numbers, scale: float) -> Numbers:
    """The variance of a share, or of a rate, about what all have in the period together."""
    whole = np.maximum(np.nansum(below, axis=0), 1e-12)
    together = np.nansum(above, axis=0) / whole
    is_share = bool((np.nan_to_num(above) <= np.nan_to_num(below)).all())
    # Nobody and everybody have no spread by this rule; half a case more keeps it above zero.
    share = (np.nansum(above, axis=0) + 0.5) / (whole + 1)
    each = share * (1 - share) if is_share else np.maximum(together, 0.5 / whole)
    found: Numbers = scale**2 * each / np.where(below > 0, below, np.inf)
    return np.nan_to_num(found, nan=0.0)
