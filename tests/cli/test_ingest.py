"""``remit ingest`` and ``remit sources``, as a user types them."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from remit.cli.run import run
from remit.store import Store
from tests.store.processes import HOLD, Other
from tests.store.published import sickness, trust_data

Q1 = "2025/26 Q1 · mental_health_community"
Remit = Callable[..., tuple[int, str, str]]


@pytest.fixture
def remit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Remit:
    """Run a command in a folder of its own: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REMIT_STORE", raising=False)

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return trust_data(tmp_path / "good.csv", sickness("5.1", "4.0", "3.0"))


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    spoiled = [f"line {number}" for number in range(2)]
    figures = sickness("5.1", "=cmd|' /C calc'!A0", "x\x1b[2J", "x")
    return trust_data(tmp_path / "faulty.csv", figures, further_lines=spoiled)


# Taking in ---------------------------------------------------------------------------------------


def test_a_file_is_taken_in_and_every_row_accounted_for(remit: Remit, good: Path) -> None:
    code, out, err = remit("ingest", good)
    assert (code, err) == (0, "")
    assert out.splitlines()[:2] == [
        "     Rows = accepted + rejected  File",
        "        3 =        3 +        0  good.csv",
    ]
    assert f"{Q1}: new" in out
    assert Path("remit.duckdb").is_file()


def test_rejected_rows_end_with_code_1_and_are_shown_with_their_place(
    remit: Remit, faulty: Path
) -> None:
    code, out, _ = remit("ingest", faulty)
    assert code == 1
    assert "        6 =        1 +        5  faulty.csv" in out
    assert "5 row(s) rejected:" in out
    assert "faulty.csv, line 3, column Value “=cmd|' /C calc'!A0”: this is no figure" in out
    assert "faulty.csv, line 6 “line 0”: 1 columns where the header has 17" in out
    assert "See all of them with: remit sources --rejections --store remit.duckdb" in out


def test_a_foreign_text_cannot_steer_the_terminal(remit: Remit, faulty: Path) -> None:
    _, out, _ = remit("ingest", faulty)
    assert "x�[2J" in out
    assert "\x1b" not in out + remit("sources", "--rejections")[1]


def test_of_many_rejections_the_first_kinds_are_shown(remit: Remit, tmp_path: Path) -> None:
    spoiled = ["same"] * 20 + [f"other {number}" for number in range(10)]
    path = trust_data(tmp_path / "a.csv", sickness("5"), further_lines=spoiled)
    out = remit("ingest", path)[1]
    assert "line 3 “same”: 1 columns where the header has 17 (and 19 more rows like it)" in out
    assert "  and 6 more" in out
    assert len(out.splitlines()) < 15


def test_ingesting_twice_changes_nothing(remit: Remit, good: Path) -> None:
    remit("ingest", good)
    code, out, _ = remit("ingest", good)
    assert code == 0
    assert "already there: nothing changed" in out


def test_a_revised_file_is_told_as_a_new_vintage(remit: Remit, good: Path, tmp_path: Path) -> None:
    remit("ingest", good, "--published-on", "2025-09-09")
    revised = trust_data(tmp_path / "revised.csv", sickness("5.2", "4.0"))
    out = remit("ingest", revised, "--published-on", "2025-09-11")[1]
    assert f"{Q1}: new vintage of good.csv (figures changed 1, added 0, gone 1)" in out
    third = trust_data(tmp_path / "first.csv", sickness("5.0"))
    out = remit("ingest", third, "--published-on", "2025-09-01")[1]
    assert f"{Q1}: older than what is there; good.csv is later and stays current" in out
    out = remit("ingest", good, "--published-on", "2025-09-12")[1]
    assert "already there: nothing changed; it is kept as known from 2025-09-09" in out


def test_a_dry_run_says_the_same_and_keeps_nothing(remit: Remit, faulty: Path) -> None:
    code, out, _ = remit("ingest", faulty, "--dry-run")
    assert code == 1
    assert f"{Q1}: new" in out
    assert out.endswith("This was a dry run: nothing was kept.\n")
    assert "remit sources" not in out
    assert not Path("remit.duckdb").exists()


def test_a_dry_run_compares_with_the_store_and_leaves_it(
    remit: Remit, good: Path, tmp_path: Path
) -> None:
    remit("ingest", good)
    revised = trust_data(tmp_path / "revised.csv", sickness("5.2"))
    assert "new vintage of good.csv" in remit("ingest", revised, "--dry-run")[1]
    assert "revised.csv" not in remit("sources", "--all-vintages")[1]


def test_a_folder_or_a_pattern_stands_for_its_files(remit: Remit, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    for number in (1, 2):
        trust_data(folder / f"q{number}.csv", sickness("5"), quarter=f"Q{number} 2025/26")
    (folder / "readme.txt").write_text("not meant")
    code, out, err = remit("ingest", folder)
    assert code == 0
    assert "Reading 2 files: q1.csv, q2.csv" in err
    assert "        2 =        2 +        0  in 2 files" in out
    assert remit("ingest", folder / "q*.csv", "--store", "other.duckdb")[0] == 0


def test_whoever_watches_sees_how_far_it_is(
    remit: Remit, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = trust_data(tmp_path / "another.csv", sickness("6"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    code, out, err = remit("ingest", good, another)
    assert code == 0
    assert "Reading" in err
    assert "Keeping" in err
    assert "files, 4 rows" in err
    assert "Reading" not in out


def test_what_of_a_file_is_not_read_is_told_and_kept(remit: Remit, good: Path) -> None:
    lines = good.read_text(encoding="utf-8").splitlines()
    good.write_text("\n".join([f"{lines[0]},=Robots", *(f"{line},7" for line in lines[1:])]))
    said = "1 column not read (no declaration names it): =Robots"
    code, out, _ = remit("ingest", good)
    assert code == 0
    assert f"Note: {said}" in out
    assert remit("sources", "--notes") == (0, f"good.csv: {said}\n", "")
    rows = list(csv.DictReader(io.StringIO(remit("sources", "--notes", "--format", "csv")[1])))
    assert [row["note"] for row in rows] == [said]
    remit("ingest", "--remove", rows[0]["source_id"])
    assert "or is known" in remit("sources", "--notes")[1]


def test_many_columns_that_are_not_read_are_cut_short(remit: Remit, good: Path) -> None:
    lines = good.read_text(encoding="utf-8").splitlines()
    names = [f"Robots of week {number}" for number in range(40)]
    more = ",".join("7" for _ in names)
    good.write_text("\n".join([",".join([lines[0], *names]), *(f"{x},{more}" for x in lines[1:])]))
    out = remit("ingest", good)[1]
    assert "… (whole: remit sources --notes)" in out
    assert "Robots of week 39" not in out
    assert "Robots of week 39" in remit("sources", "--notes")[1]


def test_a_file_of_rejections_only_is_told_as_such(remit: Remit, tmp_path: Path) -> None:
    code, out, _ = remit("ingest", trust_data(tmp_path / "a.csv", sickness("x")))
    assert code == 1
    assert "new, but without a single accepted row" in out


def test_the_quarter_can_be_said_for_a_file_that_does_not_tell_it(remit: Remit, good: Path) -> None:
    bare = [line.partition(",")[2] for line in good.read_text("utf-8-sig").splitlines()]
    good.write_text("\n".join(bare).replace("Q1 2025/26", "Jun-25"))
    code, _, err = remit("ingest", good)
    assert code == 2
    assert '--period "2025/26 Q1"' in err
    assert remit("ingest", good, "--period", "2025/26 Q1")[0] == 0
    assert Q1 in remit("sources")[1]


def test_the_store_can_be_named_by_the_environment(
    remit: Remit, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMIT_STORE", "elsewhere.duckdb")
    remit("ingest", good)
    assert Path("elsewhere.duckdb").is_file()
    assert "good.csv" in remit("sources")[1]


# Wrong input -------------------------------------------------------------------------------------


def test_strictly_one_wrong_file_keeps_all_out_and_every_wrong_one_is_named(
    remit: Remit, good: Path, tmp_path: Path
) -> None:
    remit("ingest", good)
    before = Path("remit.duckdb").read_bytes()
    another = trust_data(tmp_path / "another.csv", sickness("6"))
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("not,known\n")
    code, out, err = remit("ingest", another, "a.txt", "b.txt", "--strict")
    assert (code, out) == (2, "")
    assert "a.txt: this is no publication" in err
    assert "b.txt: this is no publication" in err
    assert err.endswith("Nothing was taken in.\n")
    assert Path("remit.duckdb").read_bytes() == before


def test_a_file_that_cannot_be_read_stops_no_other_and_is_listed(
    remit: Remit, good: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("not,known\n")
    code, out, _ = remit("ingest", "a.txt", good, "nowhere.csv")
    assert code == 1
    assert "3 =        3 +        0  good.csv" in out
    listed = out.split("\n2 files not taken in:\n")[1].splitlines()
    assert [line.split(": ")[0] for line in listed] == ["  a.txt", "  nowhere.csv"]
    assert listed[1] == "  nowhere.csv: there is no such file"
    assert "good.csv" in remit("sources")[1]


def test_where_no_file_can_be_read_nothing_is_made(remit: Remit, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("not,known\n")
    code, out, err = remit("ingest", ".")
    assert (code, out) == (2, "")
    assert err.endswith("Nothing was taken in.\n")
    assert not Path("remit.duckdb").exists()


def test_a_folder_stands_for_those_below_it_too(remit: Remit, tmp_path: Path) -> None:
    deep = tmp_path / "downloads" / "2025" / "April"
    deep.mkdir(parents=True)
    trust_data(deep / "x.csv", sickness("5.1"))
    trust_data(deep.parent / "x.csv", sickness("5.1", "4.0"))
    (deep.parent / "bad.csv").write_text("not,known\n")
    for name in ("~$x.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini", "._x.csv"):
        (deep / name).write_bytes(b"x")
    (deep / "letter.docx").write_bytes(b"x")
    (deep / "notes.txt").write_text("A note, with a comma.\n")
    (tmp_path / "downloads" / "__MACOSX").mkdir()
    (tmp_path / "downloads" / "__MACOSX" / "x.csv").write_bytes(b"x")
    code, out, err = remit("ingest", "downloads")
    assert code == 1
    # Two files have one name: their folders tell them apart.
    assert [line.split("  ")[-1] for line in out.splitlines() if "x.csv" in line][:2] == [
        str(Path("downloads/2025/x.csv")),
        str(Path("downloads/2025/April/x.csv")),
    ]
    assert "1 file not taken in:" in out
    assert "Passed over: 5 temporary or system files: .DS_Store, ._x.csv, Thumbs.db" in err
    assert "Passed over: 2 other files: letter.docx, notes.txt" in err
    assert remit("ingest", "downloads", "--strict")[0] == 2


def test_a_text_file_that_is_a_table_is_taken_from_a_folder(remit: Remit, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    path = trust_data(folder / "good.csv", sickness("5.1"))
    (folder / "good.txt").write_text(path.read_text().replace(",", "\t"), encoding="utf-16")
    path.unlink()
    code, out, _ = remit("ingest", folder)
    assert code == 0
    assert "good.txt" in out


def test_a_folder_that_cannot_be_listed_stops_no_other(
    remit: Remit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "downloads"
    (folder / "barred").mkdir(parents=True)
    trust_data(folder / "good.csv", sickness("5.1"))
    true = os.scandir

    def scandir(path: str | int) -> object:
        if Path(str(path)).name == "barred":
            raise PermissionError(errno.EACCES, "barred", str(path))
        return true(path)

    monkeypatch.setattr(os, "scandir", scandir)
    code, out, _ = remit("ingest", folder)
    assert code == 1
    assert "barred: you have no right to read this file" in out


def test_whoever_is_killed_in_the_middle_leaves_whole_files(
    remit: Remit, good: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second.csv"
    second.write_text("DATE,ORG_CODE,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE\n2025-04,ZA1,1,20\n")
    program = f"""
import os
from remit.api import read_each
from remit.store import Store, intake
intake.AT_ONCE = 1
def files():
    for reading in read_each([{str(good)!r}, {str(second)!r}, {str(good)!r}]):
        yield reading
    os._exit(9)
with Store.open("remit.duckdb") as store:
    store.ingest(files(), together=False)
"""
    ran = subprocess.run([sys.executable, "-c", program], check=False, timeout=120)
    assert ran.returncode == 9
    with Store.open("remit.duckdb", read_only=True) as store:
        kept = {source.file_name: source.rows_accepted for source in store.sources()}
        assert kept == {"good.csv": 3, "second.csv": 1}


def test_wrong_input_does_not_make_a_store(remit: Remit) -> None:
    assert remit("ingest", "nowhere.csv")[0] == 2
    assert not Path("remit.duckdb").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give files to take in, or --remove"),
        (["good.csv", "--remove", "0"], "give files to take in, or --remove"),
        (["good.csv", "--period", "last quarter"], "--period takes a month such as Mar 2026"),
        (["good.csv", "--published-on", "9 September"], "9 September"),
        (["good.csv", "--published-on", str(date.today() + timedelta(days=2))], "in the future"),
        (["good.csv", "--wait", "-1"], "greater than or equal to 0"),
        (["good.csv", "--store", "."], "this is a folder"),
        (["*.xls"], "no file fits this pattern"),
    ],
)
def test_wrong_arguments_end_with_code_2_and_say_what_is_wrong(
    remit: Remit, good: Path, arguments: list[str], said: str
) -> None:
    code, out, err = remit("ingest", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert not Path("remit.duckdb").exists()


def test_a_file_that_is_no_store_is_left_alone(remit: Remit, good: Path) -> None:
    before = good.read_bytes()
    code, _, err = remit("ingest", good, "--store", good)
    assert code == 2
    assert "this is no store of Remit" in err
    assert good.read_bytes() == before


def test_a_store_in_use_is_waited_for_and_then_given_up(remit: Remit, good: Path) -> None:
    remit("ingest", good)
    with Other(HOLD, "remit.duckdb", "write") as other:
        other.wait_for("open")
        code, _, err = remit("ingest", good, "--wait", "2.5")
    assert code == 2
    told, refused = err.splitlines()
    assert told.startswith(f"remit: remit.duckdb is in use by process {other.process.pid} (python")
    assert told.endswith("; waiting up to 2.5 seconds")
    assert "nothing was changed" in refused


# Taking out --------------------------------------------------------------------------------------


def test_a_file_is_taken_out_again(remit: Remit, good: Path, tmp_path: Path) -> None:
    remit("ingest", good)
    remit("ingest", trust_data(tmp_path / "revised.csv", sickness("5.2")))
    with Store.open("remit.duckdb", read_only=True) as store:
        (current,) = store.sources()
    code, out, _ = remit("ingest", "--remove", current.source_id, "--dry-run")
    assert (code, out.splitlines()[0]) == (0, "Would remove revised.csv: 1 figures.")
    code, out, _ = remit("ingest", "--remove", current.source_id)
    assert code == 0
    assert out.splitlines() == [
        "Removed revised.csv: 1 figures.",
        f"  {Q1}: good.csv is current",
    ]
    with Store.open("remit.duckdb", read_only=True) as store:
        (current,) = store.sources()
    assert "nothing is left of it" in remit("ingest", "--remove", current.source_id)[1]
    assert remit("sources")[1] == "There is nothing in the store.\n"


def test_taking_out_what_is_not_there(remit: Remit, good: Path) -> None:
    assert "there is no store" in remit("ingest", "--remove", "f00")[2]
    remit("ingest", good)
    code, _, err = remit("ingest", "--remove", "f00")
    assert code == 2
    assert "(good.csv)" in err


# Listing -----------------------------------------------------------------------------------------


@pytest.fixture
def two_vintages(remit: Remit, faulty: Path, tmp_path: Path) -> None:
    remit("ingest", faulty, "--published-on", "2025-09-09")
    revised = trust_data(tmp_path / "revised.csv", sickness("5.2"))
    remit("ingest", revised, "--published-on", "2025-09-11")


@pytest.mark.usefixtures("two_vintages")
def test_sources_are_listed_as_text(remit: Remit) -> None:
    out = remit("sources")[1]
    assert "        1 =        1 +        0  revised.csv" in out
    assert "known from 2025-09-11 (published)" in out
    assert "faulty.csv" not in out
    everything = remit("sources", "--all-vintages")[1]
    assert f"{Q1} (replaced by a later vintage)" in everything
    assert "faulty.csv" in remit("sources", "--as-at", "2025-09-10")[1]


@pytest.mark.usefixtures("two_vintages")
def test_sources_are_listed_for_other_programs(remit: Remit) -> None:
    rows = list(csv.DictReader(io.StringIO(remit("sources", "--format", "csv")[1])))
    assert [(row["file_name"], row["rows_read"], row["scopes"]) for row in rows] == [
        ("revised.csv", "1", Q1)
    ]
    data = json.loads(remit("sources", "--all-vintages", "--format", "json")[1])
    assert [(one["file_name"], one["current_scopes"]) for one in data] == [
        ("faulty.csv", []),
        ("revised.csv", [Q1]),
    ]
    assert data[0]["published_on"] == "2025-09-09"


@pytest.mark.usefixtures("two_vintages")
def test_rejections_are_listed_with_line_column_value_and_reason(remit: Remit) -> None:
    assert remit("sources", "--rejections")[1] == "No row was rejected.\n"
    text = remit("sources", "--rejections", "--all-vintages")[1]
    assert len(text.splitlines()) == 5
    data = json.loads(
        remit("sources", "--rejections", "--as-at", "2025-09-10", "--format", "json")[1]
    )
    assert [(row["line"], row["column"]) for row in data][:2] == [(3, "Value"), (4, "Value")]
    assert data[0]["value"] == "=cmd|' /C calc'!A0"


@pytest.mark.usefixtures("two_vintages")
def test_a_rejected_formula_does_not_become_one_in_a_spreadsheet(remit: Remit) -> None:
    out = remit("sources", "--rejections", "--all-vintages", "--format", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows[0]["value"] == "'=cmd|' /C calc'!A0"
    assert {row["file"] for row in rows} == {"faulty.csv"}


def test_sources_of_no_store(remit: Remit) -> None:
    code, out, err = remit("sources")
    assert (code, out) == (2, "")
    assert "there is no store" in err


# Printed totals, and what Remit reads ------------------------------------------------------------


def monthly(path: Path, total: int) -> Path:
    columns = (
        "A&E attendances Type 1,A&E attendances Type 2,A&E attendances Other A&E Department,"
        "Attendances over 4hrs Type 1,Attendances over 4hrs Type 2,"
        "Attendances over 4hrs Other Department,"
        "Patients who have waited 4-12 hs from DTA to admission,"
        "Patients who have waited 12+ hrs from DTA to admission,"
        "Emergency admissions via A&E - Type 1,Emergency admissions via A&E - Type 2,"
        "Emergency admissions via A&E - Other A&E department,Other emergency admissions"
    )
    zeros = ",0" * 11
    lines = [
        f"Period,Org Code,{columns}",
        f"MSitAE-JUNE-2025,ZA1,1200{zeros}",
        f"MSitAE-JUNE-2025,ZA2,800{zeros}",
        f"TOTAL,TOTAL,{total}{zeros}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_printed_total_that_is_not_the_sum_is_told_and_kept(remit: Remit, tmp_path: Path) -> None:
    store = str(tmp_path / "totals.duckdb")
    code, out, _ = remit("ingest", str(monthly(tmp_path / "ae.csv", 2005)), "--store", store)
    line = (
        "ae.csv, line 4, column A&E attendances Type 1: ae.attendances-type-1 · Jun 2025: "
        "printed 2,005, sum 2,000, difference +5"
    )
    assert code == 1
    assert "1 printed total(s) differ from the sum of their rows:" in out
    assert line in out
    code, out, _ = remit("sources", "--differences", "--store", store)
    assert (code, out) == (0, f"{line}\n")
    code, out, _ = remit("sources", "--differences", "--format", "csv", "--store", store)
    assert out.splitlines()[1].endswith(",2005.0,2000.0,5.0")


def test_totals_that_agree_are_no_finding(remit: Remit, tmp_path: Path) -> None:
    store = str(tmp_path / "totals.duckdb")
    code, out, _ = remit("ingest", str(monthly(tmp_path / "ae.csv", 2000)), "--store", store)
    assert (code, "differ" in out) == (0, False)
    code, out, _ = remit("sources", "--differences", "--store", store)
    assert (code, out) == (0, "Every printed total is the sum of its rows.\n")


def test_the_publications_that_remit_reads_are_listed_without_a_store(remit: Remit) -> None:
    code, out, _ = remit("sources", "--known", "--store", "nowhere.duckdb")
    assert code == 0
    assert "A&E attendances and emergency admissions, monthly (ae-monthly)" in out
    code, out, _ = remit("sources", "--known", "--format", "csv")
    assert out.splitlines()[0] == "id,name,publisher,landing_page,licence"
    assert remit("sources", "--known", "--rejections")[0] == 2
