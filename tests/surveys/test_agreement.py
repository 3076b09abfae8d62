"""How far coders agree: by hand, against two libraries, and where it cannot be told."""

from __future__ import annotations

from pathlib import Path

import krippendorff
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from remit.cli.exit_codes import DONE
from remit.surveys.themes.agreement import cohens_kappa, krippendorffs_alpha
from tests.surveys.commented import fill_in, table, themes


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("codes", [2, 4])
def test_kappa_is_that_of_another_library(seed: int, codes: int) -> None:
    draw = np.random.default_rng(seed)
    one, other = draw.integers(0, codes, (2, 30))
    other = np.where(draw.random(30) < 0.6, one, other)
    counted = np.zeros((codes, codes))
    np.add.at(counted, (one, other), 1)
    assert float(cohens_kappa(counted)) == pytest.approx(cohen_kappa_score(one, other), abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(("coders", "codes", "missing"), [(2, 2, 0.0), (3, 2, 0.3), (5, 4, 0.5)])
def test_alpha_is_that_of_another_library(
    seed: int, coders: int, codes: int, missing: float
) -> None:
    draw = np.random.default_rng(seed)
    truth = draw.integers(0, codes, 40)
    said = np.where(
        draw.random((coders, 40)) < 0.7, truth, draw.integers(0, codes, (coders, 40))
    ).astype(float)
    said[draw.random(said.shape) < missing] = np.nan
    counts = np.stack([(said == code).sum(axis=0) for code in range(codes)], axis=1)
    ours = float(krippendorffs_alpha(counts.astype(float), np.ones(40)))
    theirs = krippendorff.alpha(reliability_data=said, level_of_measurement="nominal")
    assert ours == pytest.approx(theirs, abs=1e-12)


def test_the_examples_of_the_page_by_hand() -> None:
    # Both 20, Ann alone 5, Ben alone 10, neither 15: 0.70 against 0.5·0.6 + 0.5·0.4 by chance.
    assert float(cohens_kappa(np.array([[20.0, 5.0], [10.0, 15.0]]))) == pytest.approx(0.4)
    kinds = np.array([[2.0, 0.0], [0.0, 2.0], [1.0, 1.0], [0.0, 1.0]])
    # A comment that one coded alone (the last kind) tells nothing: 1 − 0.2 / (200 / 380).
    alpha = float(krippendorffs_alpha(kinds, np.array([4.0, 4.0, 2.0, 9.0])))
    assert alpha == pytest.approx(1 - 0.2 * 380 / 200)


def test_what_nobody_differs_on_has_no_value_but_a_reason() -> None:
    assert np.isnan(cohens_kappa(np.array([[0.0, 0.0], [0.0, 7.0]])))
    assert np.isnan(krippendorffs_alpha(np.array([[0.0, 2.0]]), np.array([7.0])))
    assert np.isnan(krippendorffs_alpha(np.array([[0.0, 1.0]]), np.array([7.0])))


def test_two_coders_of_a_survey(tmp_path: Path) -> None:
    themes(tmp_path)
    # Burden: both of line 2, Ann alone of 3, neither of 4 and 5; Ben left line 11 blank.
    ann = fill_in(tmp_path, "ann", {2: ("burden", ""), 3: ("burden", ""), 4: ("none", ""),
                                    5: ("finance", ""), 11: ("burden", "")})  # fmt: skip
    ben = fill_in(tmp_path, "ben", {2: ("burden", ""), 3: ("duplication", ""), 4: ("none", ""),
                                    5: ("finance", "")})  # fmt: skip
    assert themes(tmp_path, "--codes", ann, "--codes", ben) == DONE
    rows = {(r["theme"], r["measure"], r["coders"]): r for r in table(tmp_path, "agreement")}
    kappa = rows["burden", "kappa", "ann × ben"]
    # 3 of 4 the same; by chance 0.5·0.25 + 0.5·0.75 = 0.5.
    assert (kappa["comments"], float(kappa["pct_same"])) == ("4", 75.0)
    assert float(kappa["value"]) == pytest.approx(0.5)
    assert float(kappa["low"]) <= 0.5 <= float(kappa["high"])
    # Eight codes, three of them yes: 1 − (1/4) / (2·3·5 / (8·7)).
    alpha = rows["burden", "alpha", "ann × ben"]
    assert float(alpha["value"]) == pytest.approx(1 - 0.25 * 56 / 30)
    nobody = rows["framework", "kappa", "ann × ben"]
    assert (nobody["value"], nobody["pct_same"]) == ("", "100.0")
    assert "chance cannot be told" in nobody["reason"]
    assert rows["burden", "kappa", "ann × suggestion"]["comments"] == "5"


def test_the_interval_is_the_same_whenever_it_is_drawn(tmp_path: Path) -> None:
    themes(tmp_path)
    one = fill_in(tmp_path, "ann", {2: ("burden", ""), 3: ("none", ""), 4: ("none", "")})
    other = fill_in(tmp_path, "ben", {2: ("burden", ""), 3: ("burden", ""), 4: ("none", "")})
    seen = []
    for _ in range(2):
        themes(tmp_path, "--codes", one, "--codes", other)
        seen.append((tmp_path / "out" / "agreement.csv").read_bytes())
    assert seen[0] == seen[1]
