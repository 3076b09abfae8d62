"""Adoption dealt out anew many ways at once: how far each dealing stands out.

What :func:`remit.practice.spread.group_time.difference` works out for one dealing is worked out
here for a thousand in matrix products. Figures do not move when adoption is dealt out, so that each
group's changes are the same in every dealing, and only who is in the group and who serves as a
control differ. Source: the same (Callaway and Sant'Anna, 2021); dealing out anew after Fisher
(1935), The design of experiments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from remit.practice.spread.group_time import Controls, Window, changes_since, ratio_of
from remit.practice.spread.panel import NEVER, SpreadPanel

_CELLS_AT_ONCE = 500_000
"""Dealings times organisations held at once: some 50 MB, however many organisations there are."""

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Group:
    """Adopters of one period: for each period told, everybody's change since their base.

    `change` and `there` are periods × organisations, the change 0 where there is none; `first` says
    for each period which adoption is late enough to serve as a control in it.
    """

    adopted: int
    change: Numbers
    there: Numbers
    first: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Served:
    """Of one group in each dealing: the middle of its controls, and which periods have two."""

    middle: Numbers
    number: Numbers
    enough: Numbers


def ratios_of_dealings(
    panel: SpreadPanel,
    dealings: NDArray[np.int64],
    base: Window,
    after: Window,
    controls: Controls = "not_yet",
) -> Numbers:
    """The difference of each dealing in units of its error; NaN where it has none.

    Parameters
    ----------
    panel
        Figures; its own adoption is not looked at.
    dealings
        Dealings × organisations: the column from which each has the practice, or `NEVER`.
    base, after
        Periods compared with, and periods told, counted from adoption.
    controls
        Whether those who adopt later may serve until they do.

    Returns
    -------
    NDArray
        As :attr:`remit.practice.spread.group_time.Difference.ratio` of each dealing.

    Examples
    --------
    >>> import numpy as np
    >>> values = np.array([[1.0, 4.0], [1.0, 5.0], [1.0, 2.0], [2.0, 4.0]])
    >>> panel = SpreadPanel(tuple("ABCD"), ("1", "2"), values, np.array([1, 1, -1, -1]), 12)
    >>> dealings = np.array([[1, 1, -1, -1], [-1, -1, 1, 1]])
    >>> found = ratios_of_dealings(panel, dealings, Window(-1, -1), Window(0, 0))
    >>> bool(found[0] == -found[1])
    True
    """
    count = len(panel.periods)
    from_when = np.where(dealings == NEVER, count, dealings)
    groups = [
        group
        for adopted in np.unique(dealings[dealings != NEVER])
        if (group := _group(panel, int(adopted), base, after, controls)) is not None
    ]
    rows = max(1, _CELLS_AT_ONCE // max(len(panel.codes), 1))
    parts = [
        _ratios(groups, from_when[at : at + rows], panel.least)
        for at in range(0, len(dealings), rows)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def _group(
    panel: SpreadPanel, adopted: int, base: Window, after: Window, controls: Controls
) -> _Group | None:
    count = len(panel.periods)
    changes = changes_since(panel, adopted, base)
    columns = after.columns(adopted, count)
    if changes is None or not columns:
        return None
    told = changes[:, columns].T
    there = np.isfinite(told)
    # The same for all of a period falls out of the difference; without it fewer places are lost.
    seen = np.maximum(there.sum(axis=1, keepdims=True), 1)
    told = np.where(there, told, 0.0)
    change = np.where(there, told - told.sum(axis=1, keepdims=True) / seen, 0.0)
    first = np.maximum(np.array(columns), adopted) if controls == "not_yet" else count - 1
    return _Group(adopted, change, there.astype(float), np.broadcast_to(first, len(columns)))


def _ratios(groups: Sequence[_Group], from_when: NDArray[np.int64], least: float) -> Numbers:
    """The ratios of some dealings; `least` is the smallest difference that is no rounding."""
    by_adopter = np.full(from_when.shape, np.nan)
    from_controls = np.zeros(from_when.shape)
    served = np.zeros(from_when.shape, dtype=bool)
    for group in groups:
        members = from_when == group.adopted
        found = _served(group, from_when, members.any(axis=1))
        beyond, seen = _beyond(group, found)
        by_adopter = np.where(members & (seen > 0), beyond, by_adopter)
        share = np.where(members, 1 / np.maximum(seen, 1), 0.0) @ group.there.T
        pairs = found.number * (found.number - 1)
        weight = found.enough * share / np.sqrt(np.maximum(pairs, 1))
        for first, at in _by_first(group):
            pool = from_when > first
            part = weight[:, at] @ group.change[at]
            part -= (weight * found.middle)[:, at] @ group.there[at]
            from_controls -= np.where(pool, part, 0.0)
            served |= pool & (found.enough[:, at] @ group.there[at] > 0)
    return _in_errors(by_adopter, from_controls, served, least)


def _by_first(group: _Group) -> Iterator[tuple[int, Flags]]:
    """Which periods of a group share their controls."""
    for first in np.unique(group.first):
        yield int(first), group.first == first


def _served(group: _Group, from_when: NDArray[np.int64], there: Flags) -> _Served:
    shape = (len(from_when), len(group.first))
    number, total = np.zeros(shape), np.zeros(shape)
    for first, at in _by_first(group):
        pool = (from_when > first).astype(float)
        number[:, at] = pool @ group.there[at].T
        total[:, at] = pool @ group.change[at].T
    enough = (number >= 2) & there[:, None]
    return _Served(total / np.maximum(number, 1), number, enough.astype(float))


def _beyond(group: _Group, found: _Served) -> tuple[Numbers, Numbers]:
    """What each would be beyond the controls if it were an adopter, and over how many periods."""
    seen = found.enough @ group.there
    total = found.enough @ group.change - (found.enough * found.middle) @ group.there
    return total / np.maximum(seen, 1), seen


def _in_errors(by_adopter: Numbers, from_controls: Numbers, served: Flags, least: float) -> Numbers:
    told = np.isfinite(by_adopter)
    count = told.sum(axis=1, keepdims=True)
    some = np.maximum(count, 1)
    estimate = np.where(told, by_adopter, 0.0).sum(axis=1, keepdims=True) / some
    spread = np.sqrt(some / np.maximum(count - 1, 1))
    own = np.where(told, (by_adopter - estimate) * spread, 0.0)
    error = np.sqrt((((from_controls + own) / some) ** 2).sum(axis=1))
    middle = estimate[:, 0]
    found = ratio_of(
        np.where(np.abs(middle) < least, 0.0, middle), np.where(error < least, 0.0, error)
    )
    return np.where((count[:, 0] >= 2) & (served.sum(axis=1) >= 2), found, np.nan)
