"""Who changed segment between two quarters, and the overseer's own test beside it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

import remit
from remit.assessment.movement.changes_of_segment import changes_of_segment
from remit.assessment.run import assess as judge
from remit.catalogue import parse
from remit.cli.standings import site
from remit.cli.standings.movement import movement
from remit.model.errors import AssessmentError, DeclarationError
from remit.model.significance import MovementTest
from tests.publications.nof_files import row, write
from tests.publications.nof_later import file_of, scored, trust_rows

APP = typer.Typer()
APP.command()(movement)
APP.add_typer(site.app, name="site")
# code → for each quarter: average, segment by it, flag of the override, segment after it
STANDINGS = {
    "RYJ": [(1.5, 1, 1, 3), (1.5, 1, 0, 1)],  # by the override alone
    "RRV": [(1.8, 1, 0, 1), (2.2, 2, 0, 2)],  # before overrides
    "R1K": [(2.2, 2, 1, 3), (2.6, 3, 1, 3)],  # moved, and held by the override
    "RJ1": [(3.0, 4, 0, 4), (3.0, 4, 0, 4)],  # not at all
    "RAS": [(3.1, 4, 0, 4), (2.4, 2, 1, 3)],  # before overrides, and the override began
}
TWO = ("--from", "2025/26 Q1", "--to", "2025/26 Q2")


def run(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(APP, [str(one) for one in arguments])


def rows_of(quarters: tuple[str, ...] = ("Q1 2025/26", "Q2 2025/26")) -> list[str]:
    rows = []
    for place, quarter in enumerate(quarters):
        for code, both in STANDINGS.items():
            average, unadjusted, flag, adjusted = both[place]
            for metric, units, value in (
                ("OF0023", "percent", 90 - 10 * average),
                ("OF1023", "score", average),
                ("OF5002", "score", average),
                ("OF5003", "segment", unadjusted),
                ("OF5004", "flag", flag),
                ("OF5000", "segment", adjusted),
            ):
                rows.append(row(str(value), code=code, metric=metric, units=units, quarter=quarter))
    return rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "acute.csv", rows_of())


def test_every_change_is_by_the_override_alone_or_before_it(file: Path) -> None:
    moved = json.loads(run("movement", "RYJ", file, *TWO, "--format", "json").output)["segments"]
    assert (moved["how"], moved["trusts"], moved["changed"]) == ("override_alone", 5, 3)
    assert (moved["by_override_alone"], moved["kinds"]) == (1, ["acute"])
    ways = {
        code: json.loads(run("movement", code, file, *TWO, "--format", "json").output)
        for code in ("RRV", "R1K", "RJ1", "RAS")
    }
    assert {code: one["segments"]["how"] for code, one in ways.items()} == {
        "RRV": "before_override",
        "R1K": "",
        "RJ1": "",
        "RAS": "before_override",
    }


def test_the_overseers_counts_stand_beside_and_what_is_not_known(file: Path) -> None:
    said = run("movement", "RYJ", file, *TWO).output
    assert "its segment changed by an override alone" in said
    assert (
        "Of the 5 acute trusts at hand in both quarters, 3 changed segment, 1 by an override alone."
    ) in said
    assert (
        "38 changes of segment, 6 through the override, 8 with a significant change of the average "
        "score and 24 not significant; 9 more trusts changed significantly without changing segment"
    ) in said
    assert "The mean of all metric scores was 2.37 (+0.01)." in said
    assert "Of these changes 35 are of trusts not at hand." in said
    assert "Not known: which statistic is tested" in said
    assert "The counts are not verified." in said


def test_the_table_has_it_beside_the_segment_and_nowhere_else(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = run("movement", "RYJ", file, *TWO, "--format", "csv", "--out", out).output
    by_measure = {line["measure"]: line for line in csv.DictReader(io.StringIO(said))}
    assert by_measure["adjusted_segment"]["how_changed"] == "override_alone"
    assert "38 changes of segment" in by_measure["adjusted_segment"]["overseers_test"]
    assert by_measure["rank"]["overseers_test"] == ""
    with (out / "movements.csv").open(encoding="utf-8", newline="") as lines:
        ways = {
            line["org_code"]: line["how_changed"]
            for line in csv.DictReader(lines)
            if line["measure"] == "adjusted_segment"
        }
    assert sorted(ways.values()) == ["", "", "before_override", "before_override", "override_alone"]


def test_quarters_without_counts_say_so(tmp_path: Path) -> None:
    path = write(tmp_path / "acute.csv", rows_of(("Q2 2025/26", "Q3 2025/26")))
    said = run("movement", "RRV", path, "--from", "2025/26 Q2", "--to", "2025/26 Q3").output
    assert "its counts for 2025/26 Q2 and 2025/26 Q3 are not known to Remit" in said
    assert "38 changes" not in said


def test_a_page_tells_it_too(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert run("site", "build", file, "--out", out).exit_code == 0
    page = (out / "2025-26-q2" / "trusts" / "RYJ.html").read_text(encoding="utf-8")
    assert "own test" in page
    assert "3 changed segment, 1 by an override alone" in page


@pytest.mark.parametrize("framework", ["nof-2025-26", "nof-2026-27"])
@pytest.mark.parametrize("mode", [(), ("--mode", "published")])
def test_two_frameworks_have_no_movement_between_them(
    file: Path, tmp_path: Path, framework: str, mode: tuple[str, ...]
) -> None:
    later = file_of(tmp_path)
    between = ("--from", "2025/26 Q2", "--to", "2026/27 Q1", "--framework", framework)
    said = run("movement", "ZA1", file, later, *between, *mode)
    assert isinstance(said.exception, AssessmentError)
    assert "movement is within one framework" in str(said.exception)
    assert "--cut-points" not in str(said.exception)


def test_two_quarters_of_a_later_framework_can_be_split(tmp_path: Path) -> None:
    first = [line for line in trust_rows() if "OF0207" not in line and "OF1207" not in line]
    second = [line.replace("Q1 2026/27", "Q2 2026/27") for line in trust_rows()]
    second += [
        line.replace("Q1 2026/27", "Q2 2026/27")
        for line in scored("ZA1", "OF0500", 1, 2.5, name="Newer", units="percent")
    ]
    # Of ZA1: (1.3 + 1.5) / 2, then (1.3 + 1.7 + 1.5 + 2.5) / 4: means of scores.
    printed = "Average metric score,Jun-26,score,"
    first = [line.replace(f"{printed}1.50", f"{printed}1.40") for line in first]
    second = [line.replace(f"{printed}1.50", f"{printed}1.75") for line in second]
    path = file_of(tmp_path, first, second)
    for ends in (("2026/27 Q1", "2026/27 Q2"), ("2026/27 Q2", "2026/27 Q1")):
        options = ("--framework", "nof-2026-27", "--from", ends[0], "--to", ends[1])
        said = run("movement", "ZA1", path, *options, "--format", "json")
        found = json.loads(said.output)
        names = {metric["metric_id"]: metric["name"] for metric in found["metrics"]}
        assert names["OF0500"] == "Newer"
        assert names["OF0210"] == "Vaccinated staff"
        assert "No test of movement by the overseer is known" in found["segments"]["sentences"][2]


def test_a_site_is_of_the_quarters_of_its_framework(tmp_path: Path) -> None:
    earlier = [line.replace("Q1 2026/27", "Q4 2025/26") for line in trust_rows()]
    path, out = file_of(tmp_path, trust_rows(), earlier), tmp_path / "site"
    said = run("site", "build", path, "--framework", "nof-2026-27", "--out", out)
    assert said.exit_code == 0, said.exception
    assert "was not in force: 2025/26 Q4." in said.output
    assert (out / "2026-27-q1").is_dir()
    assert not (out / "2025-26-q4").exists()


def test_counts_that_do_not_sum_are_no_declaration() -> None:
    text = Path("src/remit/declarations/significance/nof-2025-26.yaml").read_text(encoding="utf-8")
    wrong = parse(text.replace("not_significant: 24", "not_significant: 23"), "wrong.yaml")
    with pytest.raises(DeclarationError, match=r"wrong.yaml, line .*do not sum to changes"):
        wrong.validate(MovementTest)


def test_an_organisation_without_a_segment_in_one_quarter_is_not_counted(tmp_path: Path) -> None:
    rows = [line for line in rows_of() if not (",RJ1," in line and "Q2" in line)]
    figures = remit.read(write(tmp_path / "acute.csv", rows))
    before, after = (
        judge(figures, period=quarter, replicates=None) for quarter in ("2025/26 Q1", "2025/26 Q2")
    )
    assert changes_of_segment(before, after, "RYJ").trusts == 4
