"""Frameworks, judgements, capability and systems, as a user types the commands."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
import typer
from typer.testing import CliRunner, Result

from remit.catalogue.schemas import SCHEMAS
from remit.cli.standings.assess import assess
from remit.cli.standings.capability import capability_app
from remit.cli.standings.explain import explain
from remit.cli.standings.framework import framework_app
from remit.cli.standings.league import league
from remit.cli.standings.system import system
from remit.model.errors import AssessmentError, DeclarationError
from tests.publications.nof_files import row, write

APP = typer.Typer()
for command in (assess, explain, league, system):
    APP.command()(command)
APP.add_typer(framework_app, name="framework")
APP.add_typer(capability_app, name="capability")
PERIOD = ("--period", "2025/26 Q1")
FAMILY = ["draft-2025-03", "nof-2022-23", "nof-2025-26", "nof-2026-27"]


def run(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "160"}).invoke(APP, [str(one) for one in arguments])


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Four trusts of North West London (QRV) with their planned surplus and its variance."""
    rows = []
    for place, code in enumerate(["R1K", "RAS", "RQM", "RYJ"]):
        rows += [row(str(-place), code=code, metric=m) for m in ("OF0079", "OF0081")]
        rows.append(row("2.00", code=code, metric="OF5002", units="score", date="Q1 2025/26"))
    return write(tmp_path / "acute.csv", rows)


@pytest.mark.parametrize("name", FAMILY)
def test_every_framework_of_the_family_is_listed_shown_and_in_order(name: str) -> None:
    assert name in run("framework", "list").output
    checked = run("framework", "check", name)
    assert checked.exit_code == 0
    assert "in order" in checked.output
    shown = run("framework", "show", name).output
    assert "Known limits" in shown
    assert "Segments" in shown


def test_show_says_what_is_an_input_and_what_is_not_known() -> None:
    draft = run("framework", "show", "draft-2025-03").output
    for words in ("which are an input (--cut-points)", "an input (--system-weight)", "Not known:"):
        assert words in draft
    assert "Set by judgement" in run("framework", "show", "nof-2022-23").output
    assert "not scored" in run("framework", "show", "nof-2022-23").output


def test_a_new_framework_is_written_checked_and_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "our-own.yaml"
    assert run("framework", "new", "our-own", "--out", path).exit_code == 0
    assert run("framework", "check", path).exit_code == 0
    again = run("framework", "new", "our-own", "--out", path)
    assert isinstance(again.exception, DeclarationError)
    assert "this file exists" in str(again.exception)
    assert run("framework", "new", "our-own").output == path.read_text(encoding="utf-8")
    assert isinstance(run("framework", "new", "Our Own").exception, AssessmentError)


def test_diff_is_in_sections(tmp_path: Path) -> None:
    path = tmp_path / "our-own.yaml"
    run("framework", "new", "our-own", "--out", path)
    changed = tmp_path / "changed.yaml"
    text = path.read_text(encoding="utf-8").replace("at_least: -2", "at_least: -3")
    changed.write_text(text, encoding="utf-8")
    result = run("framework", "diff", path, changed)
    assert result.exit_code == 1
    assert "What scores: 1 difference\n  Metric OF0079" in result.output
    assert "~ OF0079.rule.bands.#2.at_least: -2.0 → -3.0" in result.output
    assert "Wording: the same" in result.output
    assert run("framework", "diff", path, path).exit_code == 0


@pytest.mark.parametrize("what", sorted(SCHEMAS))
def test_every_schema_is_printed(what: str) -> None:
    assert json.loads(run("framework", "schema", what).output)["$schema"].startswith("https")


def test_compare_puts_two_frameworks_side_by_side(files: Path) -> None:
    names = ("RQM", "nof-2025-26", "draft-2025-03")
    result = run("framework", "compare", *names, files, *PERIOD, "--cut-points-a", "2,3,3.5")
    assert result.exit_code == 0, result.exception
    assert "A: nof-2025-26" in result.output
    assert "the thresholds are not public and none were given: no segments" in result.output
    found = run("framework", "compare", *names, files, *PERIOD, "--cut-points-a", "2,3,3.5",
                "--cut-points-b", "1,2,3", "--format", "json")  # fmt: skip
    content = json.loads(found.output)
    # A plan and a variance of -2 score 3 and 4: together 4, beyond the last cut point of either.
    assert (content["one"]["segment"], content["two"]["segment"]) == (4, 4)
    assert content["one"]["score"] == 4.0


def test_compare_names_an_unknown_code_and_a_rule_that_differs(files: Path, tmp_path: Path) -> None:
    own = tmp_path / "our-own.yaml"
    run("framework", "new", "our-own", "--out", own)
    cuts = ("--cut-points-a", "2,3,3.5")
    result = run("framework", "compare", "RQM", "nof-2025-26", own, files, *PERIOD, *cuts)
    assert "metrics differ in rule or score" in result.output
    assert "B: not used" in result.output
    missing = run("framework", "compare", "RXX", "nof-2025-26", own, files, *PERIOD, *cuts)
    assert "RXX is not among" in str(missing.exception)


def test_judgements_from_template_to_segment(tmp_path: Path) -> None:
    path = tmp_path / "judged.yaml"
    template = run("framework", "new-judgements", "nof-2022-23", "ryj", "QRV", "--out", path)
    assert template.exit_code == 0
    blank = run("framework", "check-judgements", path)
    assert "judgements.0.segment: this key is blank" in str(blank.exception)
    text = path.read_text(encoding="utf-8")
    for key, value in (
        ("segment:  ", "segment: 3"),
        ('judged_by: ""', "judged_by: Region"),
        ("judged_on:  ", "judged_on: 2024-01-31"),
        ('reasons: ""', "reasons: Deficit"),
        ('title: ""', "title: Month 9 report"),
    ):
        assert key in text
        text = text.replace(key, value)
    path.write_text(text, encoding="utf-8")
    assert "2 judgements for nof-2022-23" in run("framework", "check-judgements", path).output
    options = ("--framework", "nof-2022-23", "--judgements", path, "--period", "2023/24 Q4")
    out = tmp_path / "out"
    result = run("assess", *options, "--out", out)
    assert result.exit_code == 0, result.exception
    assert "Segment 3: 2" in result.output
    standing = pl.read_csv(out / "standing.csv")
    assert standing["judged_by"].to_list() == ["Region", "Region"]
    assert json.loads((out / "run.json").read_text())["records"]["judgements"]["file"]
    assert "Judged by Region on 31 January 2024" in run("explain", "RYJ", *options).output
    assert "Integrated care boards" in run("league", *options).output


def test_no_template_of_judgements_for_a_framework_that_scores() -> None:
    result = run("framework", "new-judgements", "nof-2025-26")
    assert "sets segments by a score" in str(result.exception)


def test_capability_from_template_to_explanation(files: Path, tmp_path: Path) -> None:
    path = tmp_path / "boards.yaml"
    assert run("capability", "new", "ryj", "--out", path).exit_code == 0
    blank = run("capability", "check", path)
    assert "self_assessment.signed_by: this key is blank" in str(blank.exception)
    text = path.read_text(encoding="utf-8")
    text = text.replace('signed_by: ""', "signed_by: Chair")
    text = text.replace("signed_on:  ", "signed_on: 2025-06-01")
    text = text.replace('statement: ""', "statement: As planned")
    path.write_text(text, encoding="utf-8")
    open_ends = run("capability", "check", path)
    assert open_ends.exit_code == 1
    assert "RYJ: Quality of care: no evidence is named." in open_ends.output
    assert "RYJ: The overseer's rating is not recorded." in open_ends.output
    options = (files, *PERIOD, "--mode", "recomputed", "--cut-points", "2,3,3.5")
    told = run("explain", "RYJ", *options, "--capability", path).output
    assert "Provider capability assessment: not rated" in told
    assert "Signed by Chair on 1 June 2025." in told
    assert "Provider capability" not in run("explain", "RYJ", *options).output


def test_a_framework_without_capability_has_no_template() -> None:
    result = run("capability", "new", "RYJ", "--framework", "nof-2022-23")
    assert "declares no assessment of capability" in str(result.exception)


def test_system_in_every_format(files: Path, tmp_path: Path) -> None:
    options = (files, *PERIOD, "--mode", "recomputed", "--cut-points", "2,3,3.5")
    shown = run("system", "qrv", *options)
    assert shown.exit_code == 0, shown.exception
    # Plan and variance of 0, -1, -2 and -3 score 1, 3, 4 and 4 when looked up together: mean 3.
    assert "System score: 3.00, the mean of 4 trusts, weights equal." in shown.output
    assert "does not judge ICBs" in shown.output
    assert "Boundaries as on 30 June 2025." in shown.output
    table = pl.read_csv(run("system", "QRV", *options, "--format", "csv").output.encode())
    assert table["points"].sum() == pytest.approx(3.0)
    spend = tmp_path / "spend.csv"
    spend.write_text("org_code,weight\nR1K,1\nRAS,0\nRQM,0\nRYJ,0\n", encoding="utf-8")
    view = json.loads(run("system", "QRV", *options, "--weights", spend, "--format", "json").output)
    assert view["system_score"] == 1.0
    assert view["on"] == "2025-06-30"


def test_system_on_another_day_has_other_boundaries(files: Path) -> None:
    options = (files, *PERIOD, "--mode", "recomputed", "--cut-points", "2,3,3.5")
    gone = run("system", "QRV", *options, "--on", "2026-06-30")
    assert "Z9B2Z" in str(gone.exception)
    merged = run("system", "Z9B2Z", *options, "--on", "2026-06-30")
    assert "the mean of 4 trusts" in merged.output


def test_a_weight_for_a_framework_that_does_not_adjust_is_refused(files: Path) -> None:
    result = run("system", "QRV", files, *PERIOD, "--system-weight", "0.5")
    assert "does not adjust ICBs" in str(result.exception)
