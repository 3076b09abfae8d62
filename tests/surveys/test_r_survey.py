"""Shares, errors, tests and raked weights against the package ``survey`` of R, within 1e-6."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from remit.surveys.between import against_others, any_difference
from remit.surveys.design import ClusterSums, Design, shares_of_groups
from tests.surveys.test_design import drawn, raked

SCRIPT = Path(__file__).parent / "oracle.R"
NEAR = 1e-6


def need_r() -> None:
    """Skip a test where R or its package is missing, with the Debian package that has it."""
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is missing; install the Debian package r-cran-survey")
    asked = ["Rscript", "-e", 'quit(status = !requireNamespace("survey", quietly = TRUE))']
    if subprocess.run(asked, capture_output=True, check=False, timeout=60).returncode:
        pytest.skip("R lacks its package survey; install the Debian package r-cran-survey")


def samples() -> dict[str, pl.DataFrame]:
    """Clusters and strata; equal weights, none, a stratum of one, a crowd, a group of nobody."""
    plain = drawn(11)
    first = plain.with_row_index("row")
    alone = pl.when(pl.col("row") < 3)
    lonely = first.with_columns(
        alone.then(pl.col("row") + 900).otherwise("cluster").alias("cluster"),
        alone.then(pl.col("row") + 900).otherwise("stratum").alias("stratum"),
    ).drop("row")
    crowd = drawn(13).with_columns(
        pl.when(pl.int_range(pl.len()) < 200).then(0).otherwise("cluster").alias("cluster"),
        pl.lit(0).alias("stratum"),
    )
    return {
        "sample-plain": plain,
        "sample-equal": drawn(12).with_columns(weight=pl.lit(1.0)),
        "sample-simple": drawn(14, 60).with_columns(
            cluster=pl.int_range(60), stratum=pl.lit(0), weight=pl.lit(1.0)
        ),
        "sample-lonely": lonely,
        "sample-zero": drawn(16).with_columns(
            weight=pl.when(pl.col("cluster") % 7 == 0).then(0.0).otherwise("weight")
        ),
        "sample-crowd": crowd,
        "sample-nobody": drawn(15).with_columns(
            agree=pl.when(pl.col("kind") == 1).then(0).otherwise("agree")
        ),
        "sample-raked": drawn(4).with_columns(weight=pl.Series(raked(drawn(4)))),
    }


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_r()
    folder = tmp_path_factory.mktemp("oracle")
    for name, frame in samples().items():
        frame.write_csv(folder / f"{name}.csv")
    drawn(4).write_csv(folder / "to-rake.csv")
    subprocess.run(["Rscript", str(SCRIPT), str(folder)], check=True, timeout=120)
    return folder


def ours(frame: pl.DataFrame) -> dict[tuple[str, str], float]:
    clusters = np.unique(frame["cluster"].to_numpy(), return_inverse=True)[1].astype(np.int32)
    strata = np.unique(frame["stratum"].to_numpy(), return_inverse=True)[1].astype(np.int32)
    design = Design(frame["weight"].to_numpy(), clusters, strata)
    every, agree = np.ones(len(frame), dtype=np.bool_), frame["agree"].to_numpy() == 1
    kinds = frame["kind"].to_numpy().astype(np.int32)
    whole = ClusterSums.of(design, np.zeros_like(kinds), 1, every, agree)
    parts = ClusterSums.of(design, kinds, 3, every, agree)
    f, first, _, p = any_difference(design, parts)
    found = {("f", "all"): f, ("df", "all"): first, ("p", "all"): p}
    one, each = shares_of_groups(design, whole), shares_of_groups(design, parts)
    found |= {("share", "all"): float(one.share[0]), ("se", "all"): float(one.se[0])}
    for kind, p_of in enumerate(against_others(design, parts)[1]):
        found |= {("share", str(kind)): float(each.share[kind]), ("p", str(kind)): float(p_of)}
        found[("se", str(kind))] = float(each.se[kind])
    return found


@pytest.mark.parametrize("name", samples())
def test_every_figure_is_that_of_r(theirs: Path, name: str) -> None:
    told = pl.read_csv(theirs / "found.csv", schema_overrides={"group": pl.String})
    mine = ours(samples()[name])
    rows = told.filter(pl.col("sample") == name).rows(named=True)
    assert {(one["what"], one["group"]) for one in rows} == set(mine)
    for one in rows:
        assert mine[one["what"], one["group"]] == pytest.approx(one["value"], abs=NEAR), one


def test_raked_weights_are_those_of_r(theirs: Path) -> None:
    told = pl.read_csv(theirs / "raked.csv")["weight"].to_numpy()
    assert raked(drawn(4)) == pytest.approx(told, abs=NEAR)
