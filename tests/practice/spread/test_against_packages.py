"""Effects by group and period, and the combination of others, are those of well-kept packages."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from remit.practice.spread.group_time import Window, difference, group_time_effects
from remit.practice.spread.panel import SpreadPanel
from remit.practice.spread.synthetic import combination, likeness
from tests.practice.spread.made_up import spread

pytestmark = pytest.mark.filterwarnings("ignore")
"""The packages' own: Python and pandas find their text and their calls old."""


def _frame(panel: SpreadPanel) -> pd.DataFrame:
    rows = [
        (code, column, panel.values[row, column], max(int(panel.adopted[row]), 0))
        for row, code in enumerate(panel.codes)
        for column in range(len(panel.periods))
    ]
    return pd.DataFrame(rows, columns=["unit", "time", "y", "first"])


def test_each_group_and_period_is_that_of_sun_and_abraham() -> None:
    """With controls that never adopt, and the period before as base, both are the same figures."""
    import pyfixest

    panel = spread(seed=3, organisations=42, adopters=14, effect=0.4)
    fitted = pyfixest.event_study(
        _frame(panel), "y", "unit", "time", "first",
        cluster="unit", estimator="saturated", att=False,
    )  # fmt: skip
    theirs = fitted.coef().to_dict()
    ours = group_time_effects(panel, Window(-1, -1), Window(0, 23), controls="never")
    assert len(ours) > 50
    for one in ours:
        name = f"rel_time::{one.period - one.adopted}.0:first_treated_period::{one.adopted}"
        assert one.effect == pytest.approx(theirs[name], abs=1e-6), name


def test_a_group_against_those_not_yet_there_is_a_regression_on_them() -> None:
    import pyfixest

    panel = spread(seed=8, organisations=30, adopters=18, effect=0.4)
    frame = _frame(panel)
    for one in group_time_effects(panel, Window(-1, -1), Window(0, 5)):
        pool = frame[
            frame.time.isin([one.adopted - 1, one.period])
            & ((frame["first"] == one.adopted) | (frame["first"] == 0)
               | (frame["first"] > max(one.period, one.adopted)))
        ].copy()  # fmt: skip
        pool["treated"] = ((pool["first"] == one.adopted) & (pool.time == one.period)).astype(int)
        fitted = pyfixest.feols("y ~ treated | unit + time", pool)
        assert one.effect == pytest.approx(float(fitted.coef()["treated"]), abs=1e-6)


def test_one_date_of_adoption_is_the_plain_difference_in_differences_with_its_error() -> None:
    """Clustered by organisation the errors are near: packages weigh small samples otherwise."""
    import pyfixest

    panel = spread(seed=5, organisations=60, adopters=25, effect=0.4, first=10, last=10)
    told = difference(panel, Window(-10, -1), Window(0, 13))
    assert told is not None
    frame = _frame(panel)
    frame["treated"] = ((frame["first"] > 0) & (frame.time >= 10)).astype(int)
    fitted = pyfixest.feols("y ~ treated | unit + time", frame, vcov={"CRV1": "unit"})
    assert told.estimate == pytest.approx(float(fitted.coef()["treated"]), abs=1e-6)
    assert told.error == pytest.approx(float(fitted.se()["treated"]), rel=0.05)


@pytest.mark.parametrize("seed", range(11, 16))
def test_the_combination_of_others_is_that_of_pysyncon(seed: int) -> None:
    """Each period weighs the same; its solver is asked for as many places as ours."""
    from pysyncon import Synth

    panel = spread(seed=seed, organisations=21, adopters=1)
    own = int(np.flatnonzero(panel.has_it)[0])
    others = np.arange(21) != own
    before, donors = panel.values[own, :8], panel.values[others][:, :8]
    exact = {"maxiter": 2000, "ftol": 1e-15}
    theirs, _ = Synth.w_optimize(np.eye(8), donors.T, before, qp_options=exact)
    ours = likeness(before, donors)
    assert np.asarray(ours @ donors) == pytest.approx(theirs @ donors, abs=1e-6)
    assert ours.sum() == pytest.approx(1)
    assert ours.min() >= 0


def test_gaps_and_miss_by_hand() -> None:
    """The others' middle is (1, 3, 5); the adopter had 1 and 3 before, and 9 after: 4 beyond."""
    values = np.array([[1.0, 3.0, 9.0], [0.0, 2.0, 4.0], [2.0, 4.0, 6.0]])
    found = combination(values, 0, np.array([1, 1, 0], bool), np.array([0, 0, 1], bool))
    assert found.weights == pytest.approx([0.5, 0.5], abs=1e-6)
    assert found.effect == pytest.approx(4.0, abs=1e-6)
    assert found.miss == pytest.approx(0.0, abs=1e-6)
