"""Every framework goes through every command that assesses, and judges whom it says it judges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import polars as pl
import pytest
import typer
from typer.testing import CliRunner, Result

import remit
from remit.assessment.result.assessment import Assessment
from remit.assessment.run import assess
from remit.catalogue import LoadedFramework, load_framework, packaged_frameworks
from remit.cli.figures.ingest import ingest
from remit.cli.standings.assess import assess as assess_command
from remit.cli.standings.explain import explain
from remit.cli.standings.framework import framework_app
from remit.cli.standings.league import league
from remit.cli.standings.movement import movement
from remit.cli.standings.route import route
from remit.cli.standings.sensitivity import sensitivity
from remit.cli.standings.site import app as site_app
from remit.cli.standings.system import system
from remit.cli.standings.what_if import what_if
from remit.frames.figures import Figures
from remit.model.errors import RemitError
from remit.model.organisation import SubjectKind
from remit.register import load_register
from remit.sample import write_sample
from tests.contracts.frameworks import BEFORE, NAMES, PERIOD, every_framework

APP = typer.Typer()
for command in (assess_command, explain, league, movement, route, sensitivity, system, what_if):
    APP.command()(command)
APP.add_typer(framework_app, name="framework")
APP.add_typer(site_app, name="site")
APP.command()(ingest)
THRESHOLDS = "1.5,2.5,3.5"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("frameworks")


@pytest.fixture(scope="module")
def files(folder: Path) -> list[Path]:
    wanted = re.compile("q1-2025|q2-2025-26.csv|q1-q[34]")
    return [p for p in write_sample(folder / "files").published if wanted.search(p.name)]


@pytest.fixture(scope="module")
def store(folder: Path, files: list[Path]) -> list[str]:
    """A store of the sample, as the option that names it."""
    where = ["--store", str(folder / "sample.duckdb")]
    assert run("ingest", *files, *where).exit_code in {0, 1}
    return where


@pytest.fixture(scope="module")
def figures(files: list[Path]) -> Figures:
    return remit.read(*files)


@pytest.fixture(scope="module")
def frameworks(folder: Path) -> dict[str, str]:
    return every_framework(folder)


@cache
def loaded(path: str) -> LoadedFramework:
    return load_framework(path)


def cuts_of(path: str) -> tuple[float, ...] | None:
    """Cut points, where they are an input."""
    cuts = loaded(path).framework.segments.cut_points
    needed = cuts.basis == "thresholds" and cuts.thresholds is None
    return tuple(float(cut) for cut in THRESHOLDS.split(",")) if needed else None


def judged_by(figures: Figures, path: str) -> Assessment:
    return assess(figures, loaded(path), PERIOD, cut_points=cuts_of(path), replicates=None)


def kinds_at_hand(figures: Figures) -> dict[str, str]:
    """Every organisation of the period with its kind, as the register has it."""
    codes = figures.observations.filter(pl.col("release") == PERIOD)["org_code"].unique()
    register = load_register()
    return {code: str(register.get(code).judged_as) for code in codes}


@pytest.mark.parametrize("name", NAMES)
def test_those_of_its_kinds_are_judged_and_nobody_else(
    name: str, frameworks: dict[str, str], figures: Figures
) -> None:
    result = judged_by(figures, frameworks[name])
    kinds = {kind.value for kind in result.framework.kinds}
    whom = {code for code, kind in kinds_at_hand(figures).items() if kind in kinds}
    assert set(result.standing["org_code"]) == set(result.everyone["org_code"]) == whom
    for table in (result.metric_scores, result.domain_scores, result.entries):
        assert set(table["org_code"]) <= whom
    assert result.standing.filter(pl.col("rank") > len(whom)).is_empty()


@pytest.mark.parametrize("name", NAMES)
def test_no_score_average_or_segment_of_another_framework_is_taken(
    name: str, frameworks: dict[str, str], figures: Figures
) -> None:
    framework = loaded(frameworks[name]).framework
    own = framework.id == "nof-2025-26"
    result = judged_by(figures, frameworks[name])
    assert result.mode == "published" if own or framework.id in AS_PUBLISHED else "recomputed"
    as_they_are = [scored.id for scored in framework.metrics if scored.takes_published]
    taken = result.metric_scores.filter(pl.col("basis") == "published")["metric_id"]
    assert own or set(taken) <= set(as_they_are)
    published = result.standing.select(pl.selectors.starts_with("published"))
    assert own != (set(published.null_count().row(0)) == {result.standing.height})
    if not own and framework.id not in AS_PUBLISHED:
        with pytest.raises(RemitError, match=r"no published scores of .*--mode recomputed"):
            assess(figures, loaded(frameworks[name]), PERIOD, mode="published", cut_points=())


AS_PUBLISHED = {"nof-2022-23", "scores-as-published"}
"""Frameworks that make no score of a value themselves."""


def run(*arguments: object) -> Result:
    """A command, as ``remit`` runs it."""
    return CliRunner(env={"COLUMNS": "200"}).invoke(APP, [str(one) for one in arguments])


def told(result: Result) -> str:
    """What a command said, or how it refused; a fault of Remit's own fails."""
    error = result.exception
    if error is not None and not isinstance(error, (RemitError, SystemExit)):
        raise error
    assert result.exit_code in {0, 1}, result.output
    return f"{result.output}{error if isinstance(error, RemitError) else ''}"


def outsiders(figures: Figures, path: str) -> list[str]:
    kinds = loaded(path).framework.kinds
    return sorted(c for c, kind in kinds_at_hand(figures).items() if SubjectKind(kind) not in kinds)


def commands(code: str, path: str, other: str) -> list[Sequence[object]]:
    """Every command that asks for one organisation under a framework."""
    cuts = ["--cut-points", THRESHOLDS] if cuts_of(path) else []
    pair = ["--cut-points-from", THRESHOLDS, "--cut-points-to", THRESHOLDS] if cuts else []
    at = ["--framework", path, "--period", PERIOD]
    return [
        ["explain", code, *at, *cuts],
        ["sensitivity", "--org", code, *at, *cuts, "--sample", 64],
        ["what-if", code, "OF0082=1", *at, *cuts],
        ["route", code, "--to-segment", 1, *at, *cuts],
        ["movement", code, "--framework", path, "--from", BEFORE, "--to", PERIOD, *pair],
        ["framework", "compare", code, path, other, "--period", PERIOD],
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_judges_one_and_says_why_another_is_not_judged(
    name: str, frameworks: dict[str, str], figures: Figures, store: list[str]
) -> None:
    path = frameworks[name]
    result = judged_by(figures, path)
    scored = result.standing.filter(pl.col("average_score").is_not_null())
    inside = (scored if scored.height else result.standing)["org_code"][0]
    for command in commands(inside, path, path):
        assert "is not judged" not in told(run(*command, *store))
    for code in outsiders(figures, path)[:1]:
        for command in commands(code, path, path):
            said = told(run(*command, *store))
            assert f"{code} (" in said, command
            assert "is not judged: " in said, command
            assert f"{result.framework.name} judges " in said, command


@pytest.mark.parametrize("name", NAMES)
def test_tables_and_pages_show_nobody_else(
    name: str, frameworks: dict[str, str], figures: Figures, store: list[str], tmp_path: Path
) -> None:
    path = frameworks[name]
    others = outsiders(figures, path)
    cuts = ["--cut-points", THRESHOLDS] if cuts_of(path) else []
    at = ["--framework", path, "--period", PERIOD, *cuts]
    table = told(run("league", *store, *at, "--format", "csv"))
    assert not [code for code in others if f"\n{code}," in table]
    system = told(run("system", "ZB1", *store, *at))
    assert "Own score" in system
    site = tmp_path / "site"
    told(run("site", "build", "--out", site, *store, *at))
    pages = {page.stem.upper() for page in site.rglob("*.html")}
    assert not pages & set(others)
    whom = set(judged_by(figures, path).standing["org_code"])
    assert whom <= pages


@pytest.mark.parametrize("name", packaged_frameworks())
def test_it_stands_in_the_guide(name: str) -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "frameworks.md"
    assert f"`{name}`" in guide.read_text(encoding="utf-8"), (
        f"docs/frameworks.md is silent on {name}"
    )
