"""A later year's file, as a user types the commands: no cut points, no thresholds, ICBs too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

import remit
from remit.cli.figures.ingest import ingest
from remit.cli.standings import site
from remit.cli.standings.assess import assess
from remit.cli.standings.explain import explain
from remit.cli.standings.league import league
from remit.cli.standings.sensitivity import sensitivity
from remit.cli.standings.system import system
from remit.model.errors import AssessmentError
from remit.sample import write_sample
from tests.publications.nof_later import ICBS, TRUSTS, file_of, icb_rows

APP = typer.Typer()
for command in (assess, explain, ingest, league, sensitivity, system):
    APP.command()(command)
APP.add_typer(site.app, name="site")
BY = ("--framework", "nof-2026-27", "--period", "2026/27 Q1")


def run(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(APP, [str(one) for one in arguments])


def words(page: Path) -> str:
    text = re.sub(r"<(script|style|svg).*?</\1>", "", page.read_text("utf-8"), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_every_row_is_kept_and_told_when_it_is_taken_in(tmp_path: Path) -> None:
    path, store = file_of(tmp_path), tmp_path / "store.duckdb"
    said = run("ingest", path, "--store", store)
    assert said.exit_code == 0, said.output
    assert "70 =       70 +        0" in said.output
    assert "34 rows with 9 identifiers that Remit does not know" in said.output
    from_store = run("assess", "--store", store, *BY)
    assert from_store.exit_code == 0, from_store.exception
    assert "OF0207 (Same day care)" in from_store.output
    assert from_store.output.splitlines()[:5] == run("assess", path, *BY).output.splitlines()[:5]


def test_assess_counts_the_published_segments(tmp_path: Path) -> None:
    said = run("assess", file_of(tmp_path), *BY)
    assert said.exit_code == 0
    # After all steps: ZA1; ZA3 and ZB1; ZA2 and ZA4; ZA6, ZA7 and ZB2.
    assert "Segment 1: 1\n  Segment 2: 2\n  Segment 3: 2\n  Segment 4: 3\n" in said.output


@pytest.mark.parametrize(("kind", "of"), [("acute", TRUSTS), ("icb", ICBS)])
def test_the_league_of_each_kind_is_its_own(
    tmp_path: Path, kind: str, of: tuple[tuple[str, float, int, int, int], ...]
) -> None:
    said = run("league", file_of(tmp_path), *BY, "--kind", kind, "--format", "json")
    found = [(row["org_code"], row["rank"]) for row in json.loads(said.output)]
    assert found == sorted(((code, rank) for code, *_, rank in of), key=lambda row: row[1])


def test_an_unknown_step_is_said_in_the_league(tmp_path: Path) -> None:
    line = next(row for row in run("league", file_of(tmp_path), *BY).output.splitlines()
                if "ZA2" in row)  # fmt: skip
    assert "A step that is not known" in line


def test_recomputing_is_refused_by_the_command(tmp_path: Path) -> None:
    said = run("explain", "ZA1", file_of(tmp_path), *BY, "--mode", "recomputed")
    assert isinstance(said.exception, AssessmentError)
    assert "cannot be recomputed" in str(said.exception)


def test_the_site_has_for_an_icb_what_it_has_for_a_trust(tmp_path: Path) -> None:
    out = tmp_path / "site"
    said = run("site", "build", file_of(tmp_path), "--framework", "nof-2026-27", "--out", out)
    assert said.exit_code == 0, said.exception
    assert "pages on 8 organisations (2026/27 Q1)" in said.output
    period = out / "2026-27-q1"
    for code in [code for code, *_ in (*TRUSTS, *ICBS)]:
        assert (period / "trusts" / f"{code}.html").exists()
        assert (period / "trusts" / f"{code}.json").exists()
    board = words(period / "trusts" / "ZB1.html")
    assert "It ranks 1 of 2 integrated care boards" in board
    assert "ICB that leads" not in board
    assert "Seen by a practice" in board
    table = words(period / "league" / "icb.html")
    assert "League table: integrated care boards, 2026/27 Q1" in table
    assert "NHS Gullhaven and Thistlemoor" in table
    assert "Quillborough Hospitals" not in table
    assert "NHS Gullhaven" not in words(period / "league" / "acute.html")
    assert "care board trusts" not in board + table
    assert (period / "metrics" / "OF0303.html").exists()
    area = words(period / "areas" / "ZB1.html")
    assert "Segment 2, with an average score of its own of 2.10." in area
    assert "4 of 9 trusts: 1 in segment 1, 1 in segment 2 and 2 in segment 3." in area
    region = words(period / "areas" / "ZR1.html")
    assert "6 of 19 trusts: 1 in segment 1, 1 in segment 2, 2 in segment 3 and 2" in region
    home = words(out / "index.html")
    assert "Trusts and integrated care boards in 2026/27 Q1: 1 in segment 1, 2 in seg" in home
    assert "8 trusts and integrated care boards" in home


def test_a_site_of_icbs_alone(tmp_path: Path) -> None:
    out = tmp_path / "site"
    said = run("site", "build", file_of(tmp_path, icb_rows()), "--framework", "nof-2026-27",
               "--out", out)  # fmt: skip
    assert said.exit_code == 0, said.exception
    assert (out / "2026-27-q1" / "areas" / "ZB2.html").exists()
    assert "Trusts without a lead ICB" not in words(out / "2026-27-q1" / "areas" / "index.html")


@pytest.mark.parametrize("method", ["published", "expanded"])
def test_the_method_of_likely_ranges_is_chosen_and_the_other_shown_beside(
    tmp_path: Path, method: str
) -> None:
    out = tmp_path / "site"
    options = ("--framework", "nof-2026-27", "--likely-method", method)
    assert run("site", "build", file_of(tmp_path), *options, "--out", out).exit_code == 0
    page = words(out / "2026-27-q1" / "trusts" / "ZA1.html")
    whose = "NHS England’s published method"
    assert f"With 3 scores a likely range by {whose} holds the true score" in page
    assert "not 95" in page
    rows = re.findall(r"(?:published|expanded) method(?: \(shown above\))? \d\.\d\d to", page)
    assert [row.split()[0] for row in rows] == ["published", "expanded"]
    assert [method in row for row in rows if "shown above" in row] == [True]
    for name in ("league/acute", "method"):
        assert "times in 100, not 95" in words(out / "2026-27-q1" / f"{name}.html")


def test_a_method_that_there_is_not_is_refused(tmp_path: Path) -> None:
    said = run("assess", file_of(tmp_path), *BY, "--likely-method", "wide")
    assert "--likely-method takes one of published, expanded" in str(said.exception)


def test_tables_of_another_format_do_not_stay_in_a_folder(tmp_path: Path) -> None:
    path, out = file_of(tmp_path), tmp_path / "out"
    out.mkdir()
    (out / "standing.txt").write_text("mine", encoding="utf-8")
    (out / "plans.csv").write_text("mine", encoding="utf-8")
    for file_format in ("csv", "parquet", "json", "csv"):
        said = run("assess", path, *BY, "--no-likely", "--out", out, "--format", file_format)
        assert said.exit_code == 0, said.exception
        tables = {"domain_scores", "metric_scores", "rejections", "standing"}
        assert {one.name for one in out.iterdir()} == {
            *(f"{name}.{file_format}" for name in tables),
            "datapackage.json",
            "plans.csv",
            "run.json",
            "standing.txt",
        }


def test_a_table_of_ones_own_stays_though_it_has_the_name_of_one(tmp_path: Path) -> None:
    path, out = file_of(tmp_path), tmp_path / "out"
    out.mkdir()
    (out / "standing.json").write_text("mine", encoding="utf-8")
    assert run("assess", path, *BY, "--no-likely", "--out", out).exit_code == 0
    assert run("assess", path, *BY, "--no-likely", "--out", out).exit_code == 0
    assert (out / "standing.json").read_text(encoding="utf-8") == "mine"


# The framework of the period ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        ("assess",),
        ("league",),
        ("explain", "ZA1"),
        ("sensitivity",),
        ("system", "ZB1"),
    ],
)
def test_a_file_is_judged_by_the_framework_in_force_in_its_quarter(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    said = run(*command, file_of(tmp_path))
    assert "NHS Oversight Framework 2026/27" in said.output + str(said.exception)
    assert "not in force" not in said.output


def test_a_named_framework_overrides_the_one_in_force(tmp_path: Path) -> None:
    said = run("assess", file_of(tmp_path), "--framework", "nof-2025-26")
    assert said.output.startswith("NHS Oversight Framework 2025/26, 2026/27 Q1")
    assert "NHS Oversight Framework 2025/26 was not in force in 2026/27 Q1." in said.output


def test_a_store_of_two_years_is_judged_by_the_year_that_is_asked_for(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    write_sample(tmp_path / "sample")
    earlier = sorted((tmp_path / "sample").glob("*q1-2025-26.csv"))
    assert run("ingest", *earlier, file_of(tmp_path), "--store", store).exit_code < 2
    for period, year in (("2025/26 Q1", "2025/26"), ("2026/27 Q1", "2026/27")):
        said = run("league", "--store", store, "--period", period)
        assert f"By NHS Oversight Framework {year}, {period}:" in said.output, said.exception


def test_the_python_door_takes_the_framework_in_force(tmp_path: Path) -> None:
    result = remit.assess(str(file_of(tmp_path)), replicates=None)
    assert result.framework.id == "nof-2026-27"
    assert remit.assess(str(file_of(tmp_path)), "nof-2025-26").framework.id == "nof-2025-26"
