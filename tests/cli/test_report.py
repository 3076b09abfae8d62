"""``remit report``, from invented files of a known layout to a folder, as a user types it."""

from __future__ import annotations

import calendar
import re
from pathlib import Path

import pytest

from remit.cli.run import run

HEADER = (
    "Period,Org Code,Parent Org,Org name,A&E attendances Type 1,A&E attendances Type 2,"
    "A&E attendances Other A&E Department,Attendances over 4hrs Type 1,"
    "Attendances over 4hrs Type 2,Attendances over 4hrs Other Department,"
    "Patients who have waited 4-12 hs from DTA to admission,"
    "Patients who have waited 12+ hrs from DTA to admission,"
    "Emergency admissions via A&E - Type 1,Emergency admissions via A&E - Type 2,"
    "Emergency admissions via A&E - Other A&E department,Other emergency admissions"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirteen invented months of A&E: of 1,000 attendances 200 to 204 took over four hours."""
    folder = tmp_path_factory.mktemp("store")
    files = []
    for back in range(13):
        year, month = divmod(2025 * 12 + 5 - back, 12)
        name = calendar.month_name[month + 1].upper()
        lines = [
            f"MSitAE-{name}-{year},{code},X,Y,1000,0,0,{200 + 4 * (back % 2)},0,0,0,0,300,0,0,40"
            for code in ("ZA1", "ZA2")
        ]
        total = f"TOTAL,TOTAL,TOTAL,TOTAL,2000,0,0,{400 + 8 * (back % 2)},0,0,0,0,600,0,0,80"
        path = folder / f"ae-{back:02}.csv"
        path.write_text("\n".join([HEADER, *lines, total]) + "\n", encoding="utf-8")
        files.append(str(path))
    made = folder / "remit.duckdb"
    assert run(["ingest", *files, "--store", str(made)]) == 0
    return made


def test_a_report_is_written_from_a_store(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ["report", "zb1", "--period", "Jun 2025", "--store", str(store), "--out", str(out)]
    assert run([*arguments, "--formats", "pages, xlsx"]) == 0
    said = capsys.readouterr().out
    assert "fictional" in said
    assert "2 member organisations" in said
    assert (out / "report.xlsx").is_file()
    assert not (out / "report.pptx").exists()
    # Of 2,000 attendances of both trusts 400 took over four hours: 80% did not.
    home = (out / "index.html").read_text(encoding="utf-8")
    assert re.search(r"A&amp;E within four hours</a>.{0,400}?>80\.0%<", home, re.DOTALL)
    assert "ae-00.csv" in (out / "source-rows.csv").read_text(encoding="utf-8")


def test_a_list_of_ones_own_limits_the_metrics(store: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("ae.attendances\n")
    out = tmp_path / "out"
    arguments = ["report", "ZA1", "--store", str(store), "--out", str(out), "--formats", "pages"]
    assert run([*arguments, "--metrics", str(mine)]) == 0
    assert [path.name for path in (out / "metrics").glob("ae*.html")] == ["ae-attendances.html"]


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (["--period", "soon"], "--period takes a month"),
        (["--period", "Jun 2099"], "Jun 2099 is not over on"),
        (["--formats", "pdf"], "--formats takes any of pages, xlsx, pptx, docx; got pdf"),
        (["--rules", "mine"], "There is no rule set 'mine'"),
        (["--years", "0"], "--years takes a whole number of at least 1"),
        (["--period", ""], "--period has no value; write one, or leave it out"),
        (["--metrics="], "--metrics has no value"),
        (["--commentary", " "], "--commentary has no value"),
        (["--peers", "ZA1"], "is the organisation of this report, and no peer of itself. Name"),
        (["--peers", "ZB1"], "No organisation of this report is of the kind of NHS Larkshire"),
        (["--keep-template"], "--keep-template goes with --template"),
        (["--formats", "xlsx", "--length", "full"], "add pptx or docx to it, or leave them out"),
        (["--formats", "pages", "--charts", "3"], "add pptx or docx to it, or leave them out"),
        (["--board", "2025-06-30", "--next-board", "2025-09-01"], "is not after Jun 2025"),
    ],
)
def test_wrong_arguments_are_refused_and_nothing_is_written(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], extra: list[str], said: str
) -> None:
    out = tmp_path / "out"
    assert run(["report", "ZA1", "--store", str(store), "--out", str(out), *extra]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("written", ["2025-05", "05/2025", "May-2025", "202505"])
def test_a_month_is_asked_for_in_any_spelling(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    arguments = ["report", "ZA1", "--store", str(store), "--out", str(tmp_path / "out")]
    assert run([*arguments, "--formats", "pages", "--period", written]) == 0
    assert "NHS Foundation Trust, May 2025." in capsys.readouterr().out


def test_files_of_ones_own_without_a_use_are_told(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads = {
        "said.csv": "metric,organisation,what happened\n",
        "notes.csv": "date,note\n",
        "plans.csv": "organisation,metric,month,value\nZA2,ae.four-hours,Jun 2025,78\n",
    }
    for name, text in heads.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    own = ["--commentary", "said.csv", "--annotations", "notes.csv", "--trajectories", "plans.csv"]
    given = [str(tmp_path / one) if one.endswith(".csv") else one for one in own]
    arguments = ["report", "ZA1", "--store", str(store), "--out", str(tmp_path / "out")]
    assert run([*arguments, "--formats", "pages", "--peers", "ZA1,ZA2", *given]) == 0
    said = capsys.readouterr().out
    assert "said.csv: there is no line below the header." in said
    assert "notes.csv: there is no line below the header." in said
    assert "plans.csv; values of organisations and metrics of this report: 0 of 1." in said
    assert "(ZA1) is the organisation of this report, and no peer of itself." in said


def test_an_unknown_code_is_refused(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "ZB9", "--store", str(store), "--out", str(tmp_path / "out")]) == 2
    assert "There is no organisation 'ZB9'" in capsys.readouterr().err


def test_comments_kept_beside_a_report_are_not_lost_when_it_is_made_again(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "month,metric,organisation,what happened,action,owner,due,status\n"
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(head + "2025-06,ae.four-hours,ZB1,Two wards closed,,,,\n", encoding="utf-8")
    second.write_text(head + "2025-06,ae.four-hours,ZA1,One reopened,,,,\n", encoding="utf-8")
    out = tmp_path / "out"
    asked = ["report", "ZB1", "--period", "Jun 2025", "--store", str(store), "--out", str(out)]
    asked += ["--formats", "pages"]
    assert run([*asked, "--commentary", str(first)]) == 0
    kept = (out / "commentary.csv").read_text(encoding="utf-8")
    assert "Two wards closed" in kept
    assert run(asked) == 0
    assert (out / "commentary.csv").read_text(encoding="utf-8") == kept
    assert run([*asked, "--commentary", str(second)]) == 2
    assert "1 line of comments that are not among those given" in capsys.readouterr().err
    assert (out / "commentary.csv").read_text(encoding="utf-8") == kept
    both = ["--commentary", str(out / "commentary.csv"), "--commentary", str(second)]
    assert run([*asked, *both]) == 0
    told = (out / "commentary.csv").read_text(encoding="utf-8")
    assert "Two wards closed" in told
    assert "One reopened" in told


@pytest.mark.parametrize(
    "boards",
    [
        ("--board", "2026-05-14", "--next-board", "2026-05-01"),
        ("--board", "1900-01-01", "--next-board", "9999-12-31"),
        ("--next-board", "1999-01-01"),
    ],
)
def test_boards_that_are_no_neighbours_are_refused(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], boards: tuple[str, ...]
) -> None:
    asked = ["report", "ZB1", "--store", str(store), "--out", str(tmp_path / "out")]
    assert run([*asked, *boards]) == 2
    assert "--next-board is a day after --board and within two years" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
