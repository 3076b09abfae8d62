"""Whether adopters' figures changed beyond the others', and when that cannot be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from remit.catalogue import declared
from remit.model.spread_rules import SpreadRules
from remit.practice.spread.dealing import ratios_of_dealings
from remit.practice.spread.group_time import Difference, Window, difference
from remit.practice.spread.panel import NEVER, SpreadPanel
from remit.practice.spread.synthetic import Combination, combination

Method = Literal["group_time", "combination"]
Why = Literal["too_few", "no_figures", "chosen", "drifting", "unlike"]
Whom = Literal["adopter", "other"]


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its interval and of how many adopters it tells."""

    estimate: float
    low: float
    high: float
    adopters: int


@dataclass(frozen=True, slots=True)
class Untold:
    """Why no effect can be told: which look, its figure, what it was held against, of whom."""

    why: Why
    figure: float
    limit: float
    whom: Whom = "adopter"


@dataclass(frozen=True, slots=True)
class SpreadEffect:
    """What became of the figures of those who took a practice up.

    `effect` is in the figures' own unit. `claims` is true where the interval leaves 0 out, chance
    dealing seldom gives as much, and nothing speaks against it (`untold`). `years_before` holds
    the same comparison where no effect can be: within the base (`drift`), and from the base to
    the periods skipped before adoption (`dip`). `by_period` is counted from adoption.
    `later` is how many of the `controls` adopted later themselves.
    """

    method: Method | None
    effect: Told | None
    chance: float | None
    dip: Told | None
    drift: Told | None
    by_period: dict[int, Told]
    untold: tuple[Untold, ...]
    adopters: int
    controls: int
    left_out: dict[str, str] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    later: int = 0

    @property
    def claims(self) -> bool:
        """Whether it says that something changed beyond chance."""
        if self.effect is None or self.untold or self.chance is None:
            return False
        return (self.effect.low > 0 or self.effect.high < 0) and self.chance <= _LEVEL


_LEVEL: Final = 0.05
_AS_MUCH: Final = 1 - 1e-9
"""Two dealings that differ by less than this give the same, summed in another order."""
_HAD_IT = "it had the practice before there are figures to compare with"
_NO_BASE = (
    "none of its figures is older than the {months} months before adoption, which are skipped"
)
_TOO_LATE = "it has no figure with the practice yet"
_GAPS = "less than half of the figures it would be compared with are there"


@cache
def load_spread_rules() -> SpreadRules:
    """The declared windows, controls and limits."""
    (file,) = declared.packaged("practice/spread")
    return file.validate(SpreadRules)


def spread_effect(panel: SpreadPanel, rules: SpreadRules | None = None) -> SpreadEffect:
    """Whether the figures of adopters changed beyond those of others after adoption.

    Several adopters are compared group by group with those who had not adopted by then; one alone
    with the combination of others that was most like it before.

    >>> import numpy as np
    >>> panel = SpreadPanel(("ZA1", "ZA2"), ("2024", "2025"), np.ones((2, 2)),
    ...                     np.array([1, -1]), 12)
    >>> spread_effect(panel).untold[0].why
    'no_figures'
    """
    rules = rules or load_spread_rules()
    adopters = int(panel.has_it.sum())
    if adopters == 1:
        return _of_one(panel, rules)
    return _of_many(panel, rules)


@dataclass(frozen=True, slots=True)
class _Windows:
    base: Window
    early: Window
    late: Window
    skipped: Window | None
    after: Window


def _windows(panel: SpreadPanel, rules: SpreadRules) -> _Windows:
    skipped = panel.in_periods(rules.skipped_months)
    base, after = panel.in_periods(rules.base_months), panel.in_periods(rules.after_months)
    first, half = -skipped - base, -skipped - max(base // 2, 1)
    return _Windows(
        Window(first, -skipped - 1),
        Window(first, half - 1),
        Window(half, -skipped - 1),
        Window(-skipped, -1) if skipped else None,
        Window(0, after - 1),
    )


def _of_many(panel: SpreadPanel, rules: SpreadRules) -> SpreadEffect:
    windows = _windows(panel, rules)
    found = difference(panel, windows.base, windows.after, rules.controls)
    told = np.isfinite(found.by_adopter) if found else np.zeros(len(panel.codes), dtype=bool)
    left_out = _left_out(panel, windows, told, rules)
    if found is None:
        why: Why = "too_few" if panel.has_it.sum() < rules.least_adopters else "no_figures"
        limit = float(rules.least_adopters)
        return _nothing(Untold(why, float(told.sum()), limit), int(told.sum()), left_out)
    drift = difference(panel, windows.early, windows.late, rules.controls)
    dip = (
        difference(panel, windows.base, windows.skipped, rules.controls)
        if windows.skipped is not None
        else None
    )
    return SpreadEffect(
        method="group_time",
        effect=_told(found, rules.confidence),
        chance=_dealt_out(panel, windows, rules),
        dip=None if dip is None else _told(dip, 1 - rules.look),
        drift=None if drift is None else _told(drift, 1 - rules.look),
        by_period=_by_period(panel, windows, rules),
        untold=tuple(_against(found, dip, drift, rules)),
        adopters=found.adopters,
        controls=found.controls,
        left_out=left_out,
        later=found.later,
    )


def _nothing(why: Untold, adopters: int, left_out: dict[str, str]) -> SpreadEffect:
    return SpreadEffect(None, None, None, None, None, {}, (why,), adopters, 0, left_out)


def _told(found: Difference, confidence: float) -> Told:
    return Told(found.estimate, *found.interval(confidence), found.adopters)


def _left_out(
    panel: SpreadPanel, windows: _Windows, told: NDArray[np.bool_], rules: SpreadRules
) -> dict[str, str]:
    """Adopters that are not compared, each with why."""
    reasons = {}
    no_base = _NO_BASE.format(months=rules.skipped_months)
    for row in np.flatnonzero(panel.has_it & ~told):
        adopted = int(panel.adopted[row])
        base = windows.base.columns(adopted, len(panel.periods))
        after = windows.after.columns(adopted, len(panel.periods))
        late = not np.isfinite(panel.values[row, after]).any()
        early = no_base if adopted else _HAD_IT
        reasons[panel.codes[row]] = early if not base else _TOO_LATE if late else _GAPS
    return reasons


def _against(
    found: Difference, dip: Difference | None, drift: Difference | None, rules: SpreadRules
) -> list[Untold]:
    """All that speaks against telling an effect."""
    said = []
    if found.adopters < rules.least_adopters:
        said.append(Untold("too_few", found.adopters, rules.least_adopters))
    if found.controls < rules.least_controls:
        said.append(Untold("too_few", found.controls, rules.least_controls, "other"))
    looks: tuple[tuple[Why, Difference | None], ...] = (("chosen", dip), ("drifting", drift))
    for why, look in looks:
        if look is not None and look.chance() < rules.look:
            said.append(Untold(why, look.chance(), rules.look))
    return said


def _dealt_out(panel: SpreadPanel, windows: _Windows, rules: SpreadRules) -> float:
    """How often adoption dealt out anew among the organisations gives as much."""
    random = np.random.default_rng(rules.seed)
    # As it is comes first, so that a dealing that is the same one gives as much to the last place.
    dealings = np.array(
        [panel.adopted, *(random.permutation(panel.adopted) for _ in range(rules.draws))]
    )
    ratios = np.abs(
        ratios_of_dealings(panel, dealings, windows.base, windows.after, rules.controls)
    )
    return float(np.sum(ratios >= ratios[0] * _AS_MUCH)) / (rules.draws + 1)


def _by_period(panel: SpreadPanel, windows: _Windows, rules: SpreadRules) -> dict[int, Told]:
    """The comparison with the base, period by period, before adoption and after."""
    found = {}
    for offset in range(windows.base.first, windows.after.last + 1):
        one = difference(panel, windows.base, Window(offset, offset), rules.controls)
        if one is not None:
            found[offset] = _told(one, rules.confidence)
    return found


def _of_one(panel: SpreadPanel, rules: SpreadRules) -> SpreadEffect:
    own = int(np.flatnonzero(panel.has_it)[0])
    adopted = int(panel.adopted[own])
    windows = _windows(panel, rules)
    columns = np.arange(len(panel.periods))
    before = columns < adopted - panel.in_periods(rules.skipped_months)
    after = np.isin(columns, windows.after.columns(adopted, len(panel.periods)))
    whole: NDArray[np.bool_] = np.all(np.isfinite(panel.values), axis=1)
    rows = np.flatnonzero(whole & (panel.adopted == NEVER))
    left_out = {code: _GAPS for code, one in zip(panel.codes, whole, strict=True) if not one}
    if not whole[own] or not after.any() or before.sum() < rules.least_before:
        return _nothing(Untold("no_figures", float(before.sum()), rules.least_before), 1, left_out)
    if len(rows) < rules.least_donors:
        return _nothing(Untold("too_few", len(rows), rules.least_donors, "other"), 1, left_out)
    values = panel.values[np.concatenate(([own], rows))]
    return _told_of_one(panel, combination(values, 0, before, after), rows, rules, left_out)


def _told_of_one(
    panel: SpreadPanel,
    found: Combination,
    rows: NDArray[np.int64],
    rules: SpreadRules,
    left_out: dict[str, str],
) -> SpreadEffect:
    miss = found.miss / found.spread if found.spread > 0 else 0.0
    untold = (Untold("unlike", miss, rules.unlike),) if miss > rules.unlike else ()
    adopted = int(panel.adopted[panel.has_it][0])
    gaps = {
        column - adopted: Told(float(gap), float(gap), float(gap), 1)
        for column, gap in enumerate(found.gaps)
    }
    weights = {panel.codes[row]: float(w) for row, w in zip(rows, found.weights, strict=True)}
    return SpreadEffect(
        method="combination",
        effect=Told(found.effect, *found.interval(rules.confidence), 1),
        chance=found.chance,
        dip=None,
        drift=None,
        by_period=gaps,
        untold=untold,
        adopters=1,
        controls=len(rows),
        left_out=left_out,
        weights=weights,
    )
