"""A thousand dealings worked out at once are what each gives alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.practice.spread.dealing import ratios_of_dealings
from remit.practice.spread.finding import load_spread_rules, spread_effect
from remit.practice.spread.group_time import Controls, Window, difference
from remit.practice.spread.panel import NEVER, SpreadPanel


def _one_by_one(
    panel: SpreadPanel, dealings: np.ndarray, base: Window, after: Window, controls: Controls
) -> list[float]:
    """A plain loop: each dealing as if it were the only one."""
    told = [difference(panel.dealt(one), base, after, controls) for one in dealings]
    return [float("nan") if one is None else one.ratio for one in told]


def _panel(values: np.ndarray, adopted: list[int]) -> SpreadPanel:
    codes = tuple(f"ZA{at}" for at in range(len(values)))
    return SpreadPanel(
        codes, tuple(map(str, range(values.shape[1]))), values, np.array(adopted), 12
    )


@st.composite
def _spreads(draw: st.DrawFn) -> tuple[SpreadPanel, np.ndarray]:
    """Few organisations, gaps, adoption before the figures begin and in the last period."""
    size, periods = draw(st.integers(4, 14)), draw(st.integers(2, 8))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    level = draw(st.sampled_from([0.0, 50.0, 1e6]))
    values = level + random.normal(size=(size, periods))
    values[random.random(values.shape) < draw(st.sampled_from([0.0, 0.2, 0.6]))] = np.nan
    when = st.one_of(st.just(NEVER), st.integers(0, periods - 1))
    adopted = draw(st.lists(when, min_size=size, max_size=size))
    dealings = np.array([adopted, *(random.permutation(adopted) for _ in range(6))])
    return _panel(values, adopted), dealings


@given(
    _spreads(),
    st.sampled_from([(-1, -1), (-3, -2), (-4, -2)]),
    st.sampled_from([(0, 0), (0, 3), (-1, -1), (2, 4)]),
    st.sampled_from(["not_yet", "never"]),
)
@settings(max_examples=150, deadline=None)
def test_each_dealing_is_what_it_is_alone(
    made: tuple[SpreadPanel, np.ndarray],
    base: tuple[int, int],
    after: tuple[int, int],
    controls: Controls,
) -> None:
    panel, dealings = made
    windows = Window(*base), Window(*after)
    found = ratios_of_dealings(panel, dealings, *windows, controls)
    alone = _one_by_one(panel, dealings, *windows, controls)
    # Where figures are a million times their spread, a sum in another order moves the tenth place.
    large = float(np.nanmax(np.abs(panel.values), initial=0.0)) > 1e5
    assert found == pytest.approx(alone, rel=1e-9 * (1e4 if large else 1), abs=1e-9, nan_ok=True)


def test_many_organisations_are_dealt_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(1).normal(size=(9, 5))
    panel = _panel(values, [3, 3, 4, 4, 4, NEVER, NEVER, NEVER, NEVER])
    random = np.random.default_rng(2)
    dealings = np.array([random.permutation(panel.adopted) for _ in range(7)])
    windows = Window(-2, -1), Window(0, 1)
    whole = ratios_of_dealings(panel, dealings, *windows)
    monkeypatch.setattr("remit.practice.spread.dealing._CELLS_AT_ONCE", 20)
    assert ratios_of_dealings(panel, dealings, *windows) == pytest.approx(whole, rel=1e-12)
    assert len(ratios_of_dealings(panel, dealings[:0], *windows)) == 0


@pytest.mark.parametrize("figure", [0.1, 100.0, 1 / 3, 1e9 / 7])
def test_figures_that_are_all_alike_claim_nothing(figure: float) -> None:
    """Everybody at 100% in each period: no rounding of a sum is taken for an effect."""
    values = np.full((14, 9), figure) + np.arange(9) * 0.3
    found = spread_effect(_panel(values, [5] * 6 + [NEVER] * 8))
    assert found.effect is not None
    assert (found.effect.estimate, found.effect.low, found.effect.high) == (0.0, 0.0, 0.0)
    assert found.chance == 1.0
    assert not found.claims


def test_adopters_who_all_rise_alike_where_nobody_else_does_stand_out() -> None:
    """Without any spread an effect is as sure as can be, and not as unsure."""
    values = np.full((14, 9), 20.0)
    values[:6, 5:] += 3
    found = spread_effect(_panel(values, [5] * 6 + [NEVER] * 8))
    assert found.effect is not None
    assert found.effect.estimate == pytest.approx(3.0)
    assert found.chance is not None
    assert found.chance <= 2 / (load_spread_rules().draws + 1) + 0.005
    assert found.claims


def test_one_adopter_among_many_who_can_be_made_alike_exactly() -> None:
    """With 99 others and eight periods some likenesses miss by nothing: no unit to measure by."""
    random = np.random.default_rng(4)
    steady = np.repeat(random.normal(size=(100, 1)), 12, axis=1)
    values = np.hstack([steady, random.normal(size=(100, 8))])
    adopted = [NEVER] * 100
    adopted[int(np.argsort(values[:, 0])[50])] = 14
    found = spread_effect(_panel(values, adopted))
    assert found.method == "combination"
    assert found.effect is not None
    # A year's figure has a standard deviation of 1: the mean of two, and what it is held against.
    assert 1 < found.effect.high - found.effect.low < 10
    assert not found.claims
