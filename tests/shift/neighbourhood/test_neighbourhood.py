"""Monthly returns: every cell is accepted, suppressed, blank or rejected, and no sum is guessed."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from remit.cli.run import run
from remit.model.errors import ActivityError
from remit.shift.neighbourhood.checks import differences
from remit.shift.neighbourhood.rates import CohortRate, rates_of
from remit.shift.neighbourhood.returned import PlaceReturn, ReturnsRead, load_programme
from remit.shift.neighbourhood.returns import read_returns
from tests.shift.neighbourhood.filled import AGES, OLD_AGES, PLACES, columns_of, write_return

MEASURES = [measure.id for measure in load_programme().measures]


def read(*files: Path, last_counts: bool = False) -> ReturnsRead:
    return read_returns(list(files), places=PLACES, last_counts=last_counts)


def only(path: Path) -> PlaceReturn:
    (found,) = read(path).returns
    return found


def rate(found: ReturnsRead, measure: str, category: str = "all", place: str = "") -> CohortRate:
    (one,) = [
        each
        for each in rates_of(found)
        if (each.measure, each.of.category) == (measure, category)
        and each.place == (place or found.returns[0].place)
    ]
    return one


def test_a_rate_is_events_by_cohort(tmp_path: Path) -> None:
    """60 bed days of 3,000 people are 20 per 1,000."""
    found = read(write_return(tmp_path / "a.xlsx"))
    assert rate(found, "bed_days").per_1000 == 20.0
    assert found.rejections == ()


def test_each_group_has_its_column(tmp_path: Path) -> None:
    """E is the first age band, O the first ethnic group after nine bands and the not known."""
    path = write_return(
        tmp_path / "a.xlsx",
        {("bed_days", "E"): 9, ("bed_days", "O"): 8, ("bed_days", "U"): 20, ("bed_days", "Z"): 30},
    )
    found = read(path)
    usual = {60, 6, 10}
    cells = [r for r in rates_of(found) if r.measure == "bed_days" and r.count not in usual]
    assert [(one.of.group, one.of.category, one.count, one.per_1000) for one in cells] == [
        ("age", "18-19", 9, 30.0),
        ("ethnicity", "White", 8, 16.0),
        ("deprivation", "1", 20, 40.0),
        ("deprivation", "Not known", 30, 60.0),
    ]
    assert found.rejections == ()


def test_an_outcome_is_the_sum_of_its_measures(tmp_path: Path) -> None:
    """New 60, follow-up 300, procedures 90 of 3,000 people: 150 per 1,000."""
    path = write_return(
        tmp_path / "a.xlsx",
        {("outpatients_follow_up", "D"): 300, ("outpatients_procedures", "D"): 90},
    )
    whole = [one for one in rates_of(read(path)) if one.outcome == "outpatients"
             and one.measure == "all" and one.of.group == "total"]  # fmt: skip
    assert [(one.count, one.cohort, one.per_1000) for one in whole] == [(450, 3000, 150.0)]


@pytest.mark.parametrize(
    ("written", "note"),
    [("*", ""), (" * ", ""), ("<6", "the guide wants *"), ("< 6", "the guide wants *"),
     ("<5", "the guide wants *"), ("≤ 6", "the guide wants *"), ("Suppressed", "the guide wants *"),
     ("NULL", "taken for suppressed"), (3, "below 6 is to be written *"),
     ("5", "below 6 is to be written *")],
)  # fmt: skip
def test_what_is_suppressed_stays_so(tmp_path: Path, written: Any, note: str) -> None:
    found = read(write_return(tmp_path / "a.xlsx", {("ambulances_2", "D"): written}))
    (cell,) = [one for one in found.cells if one.status == "suppressed"]
    assert (cell.measure, cell.value) == ("ambulances_2", None)
    assert cell.note.find(note) >= 0
    assert rate(found, "ambulances_2").status == "suppressed"
    assert rate(found, "ambulances_2").per_1000 is None


def test_a_sum_with_a_suppressed_part_is_told_and_not_guessed(tmp_path: Path) -> None:
    """Categories 1, 3 and 4 have 60 each: at least 180, and no figure."""
    found = read(write_return(tmp_path / "a.xlsx", {("ambulances_2", "D"): "*"}))
    (whole,) = [one for one in rates_of(found) if one.outcome == "ambulances"
                and one.measure == "all" and one.of.group == "total"]  # fmt: skip
    assert (whole.status, whole.count, whole.per_1000) == ("suppressed", None, None)
    assert (whole.at_least, whole.suppressed_parts) == (180, 1)


def test_a_small_number_is_not_passed_on_by_itself_nor_by_its_rate(tmp_path: Path) -> None:
    """3 of 500 are 6 per 1,000."""
    odd = {("ambulances_2", "O"): 3, ("ambulances_2:rate", "O"): 6}
    found = read(write_return(tmp_path / "a.xlsx", odd))
    told = [(cell.kind, cell.written, cell.value) for cell in found.cells
            if cell.status == "suppressed"]  # fmt: skip
    assert told == [("count", "1 to 5", None), ("rate", "", None)]


def test_nought_is_a_number_and_blank_is_none(tmp_path: Path) -> None:
    found = read(write_return(tmp_path / "a.xlsx", {("bed_days", "D"): 0, ("caseload", "D"): "",
                                                    ("gp_appointments", "D"): ""}))  # fmt: skip
    assert (rate(found, "bed_days").status, rate(found, "bed_days").per_1000) == ("reported", 0.0)
    assert rate(found, "gp_appointments").status == "not_submitted"


@pytest.mark.parametrize(
    ("written", "reason"),
    [("about 40", "no number and no mark"), (12.5, "a whole number"), (-4, "below nought"),
     ("1.234,5", "no number"), ("<7", "no number and no mark"),
     (True, "a number was expected"), ("#N/A", "an error")],
)  # fmt: skip
def test_what_is_no_count_is_rejected_with_its_place(
    tmp_path: Path, written: Any, reason: str
) -> None:
    found = read(write_return(tmp_path / "a.xlsx", {("outpatients_new", "E"): written}))
    (one,) = found.rejections
    assert (one.file, one.sheet, one.row, one.column) == ("a.xlsx", "SubmissionTemplate", 6, "E")
    assert reason in one.reason
    assert rate(found, "outpatients_new", "18-19").status == "rejected"
    assert rate(found, "outpatients_new").status == "reported"


def test_a_number_written_as_text_is_read_and_told(tmp_path: Path) -> None:
    found = read(write_return(tmp_path / "a.xlsx", {("bed_days", "D"): "1,500"}))
    assert rate(found, "bed_days").per_1000 == 500.0
    assert [cell.note for cell in found.cells if cell.note] == ["a number written as text"]


def test_every_cell_is_accounted_for(tmp_path: Path) -> None:
    """15 measures of 23 columns: 14 of them with cohort and rate, whose rows are blank here."""
    found = read(write_return(tmp_path / "a.xlsx", {("bed_days", "D"): "*",
                                                    ("bed_days", "E"): "x"}))  # fmt: skip
    counts = {status: sum(cell.status == status for cell in found.cells)
              for status in ("accepted", "suppressed", "not_submitted", "rejected")}  # fmt: skip
    assert counts == {"accepted": (15 + 14) * 23 - 2, "suppressed": 1,
                      "not_submitted": 14 * 23, "rejected": 1}  # fmt: skip


def test_a_cohort_that_only_points_at_the_first_is_the_first(tmp_path: Path) -> None:
    """A program that fills the template leaves formulas without a value, or with the old 0."""
    gone = {("community_contacts:cohort", "D"): "", ("bed_days:cohort", "D"): 0}
    found = read(write_return(tmp_path / "a.xlsx", gone))
    assert rate(found, "community_contacts").per_1000 == 20.0
    assert rate(found, "bed_days").per_1000 == 20.0


def test_nobody_in_a_group_is_not_a_rate_of_nought(tmp_path: Path) -> None:
    nobody = {(f"{one}:cohort", "O"): 0 for one in MEASURES} | {(one, "O"): 0 for one in MEASURES}
    found = read(write_return(tmp_path / "a.xlsx", nobody))
    assert rate(found, "bed_days", "White").status == "not_applicable"


def test_a_suppressed_cohort_makes_no_rate(tmp_path: Path) -> None:
    small = {("outpatients_new:cohort", "O"): "*"}
    small |= {(f"{one}:cohort", "O"): "" for one in MEASURES[1:]}
    found = read(write_return(tmp_path / "a.xlsx", small))
    assert {rate(found, one, "White").status for one in MEASURES} == {"suppressed"}


# Files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"place": ""}, "the name of the place is missing"),
        ({"place": 0}, "the name of the place is missing"),
        ({"place": "Larkshire Nort"}, "no place of the programme. Did you mean 'Larkshire North'"),
        ({"period": ""}, "the month is missing"),
        ({"period": "2025/26 Q4"}, "is no month"),
        ({"period": date(2025, 12, 1)}, "go from Jan 2026 to Mar 2028"),
        ({"period": date(2028, 4, 1)}, "go from Jan 2026 to Mar 2028"),
    ],
)
def test_a_return_of_nowhere_or_no_month_is_refused(
    tmp_path: Path, how: dict[str, Any], reason: str
) -> None:
    found = read(write_return(tmp_path / "a.xlsx", **how), write_return(tmp_path / "b.xlsx"))
    assert [one.file for one in found.returns] == ["b.xlsx"]
    (one,) = found.rejections
    assert one.file == "a.xlsx"
    assert reason in one.reason


@pytest.mark.parametrize(
    "period", [date(2026, 1, 1), date(2026, 1, 31), "Jan-26", "January 2026", 46023]
)
def test_a_month_may_be_written_in_several_ways(tmp_path: Path, period: Any) -> None:
    assert only(write_return(tmp_path / "a.xlsx", period=period)).month == "Jan 2026"


def test_a_return_of_another_month_than_is_asked_for_is_told(tmp_path: Path) -> None:
    files = [write_return(tmp_path / "a.xlsx", period=date(2026, 2, 1)),
             write_return(tmp_path / "b.xlsx")]  # fmt: skip
    found = read_returns(files, places=PLACES, month="January 2026")
    assert [one.file for one in found.returns] == ["b.xlsx"]
    assert [one.reason for one in found.rejections] == ["the period is Feb 2026, not Jan 2026"]
    with pytest.raises(ActivityError, match="--month takes a month"):
        read_returns(files, month="2025/26 Q4")


@pytest.mark.parametrize("kind", [".ods", ".xls", ".xlsm", ".pdf", ""])
def test_a_file_of_the_wrong_kind_is_told(tmp_path: Path, kind: str) -> None:
    path = write_return(tmp_path / "a.xlsx").rename(tmp_path / f"return{kind}")
    (one,) = read(path).rejections
    assert "the return is an Excel workbook (.xlsx)" in one.reason


@pytest.mark.parametrize("name", ["gone", "gone.csv", "gone.xlsx"])
def test_a_return_that_is_not_there_is_told_as_such(tmp_path: Path, name: str) -> None:
    (one,) = read(tmp_path / name).rejections
    assert one.reason == "there is no such file"


def test_what_only_bears_the_name_of_a_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("not a workbook", encoding="utf-8")
    (one,) = read(path, write_return(tmp_path / "b.xlsx")).rejections
    assert one.file == "a.xlsx"


def test_a_place_that_sends_the_same_twice_is_taken_once(tmp_path: Path) -> None:
    found = read(write_return(tmp_path / "a.xlsx"), write_return(tmp_path / "b.xlsx"))
    assert [one.file for one in found.returns] == ["a.xlsx"]
    assert ["it is taken once" in one.reason for one in found.rejections] == [True]


def test_of_two_that_differ_neither_counts_unless_the_last_does(tmp_path: Path) -> None:
    files = [write_return(tmp_path / "a.xlsx"),
             write_return(tmp_path / "b.xlsx", {("outpatients_new", "D"): 101})]  # fmt: skip
    found = read(*files)
    assert found.returns == ()
    assert ["SubmissionTemplate!D6 differs" in one.reason for one in found.rejections] == [True] * 2
    found = read(*files, last_counts=True)
    assert [one.file for one in found.returns] == ["b.xlsx"]
    assert [one.file for one in found.rejections] == ["a.xlsx"]


def test_the_draft_template_lacks_ages_80_to_84(tmp_path: Path) -> None:
    found = only(write_return(tmp_path / "a.xlsx", ages=OLD_AGES))
    assert found.template == "0.2 (draft)"
    assert found.notes == (
        "template 0.2 (draft) has no column for people aged 80 to 84: they are in the total and "
        "in no age band",
    )
    assert only(write_return(tmp_path / "b.xlsx")).notes == ()


def test_a_column_that_nobody_knows_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    heads = columns_of(OLD_AGES)
    heads.insert(2, ("", "20-24"))
    found = read(write_return(tmp_path / "a.xlsx", {("bed_days", "G"): 60}, heads=heads))
    assert [(one.column, one.value) for one in found.rejections] == [("F", "20-24")]
    assert rate(found, "bed_days", "20-29").per_1000 == 200.0


def test_bands_may_be_written_with_other_dashes(tmp_path: Path) -> None:
    heads = [(head, str(one).replace("80-89", "80 to 89").replace("20-29", "20 – 29"))
             for head, one in columns_of(AGES)]  # fmt: skip
    found = only(write_return(tmp_path / "a.xlsx", heads=heads))
    assert (found.template, found.notes) == ("1.2", ())


def test_a_second_table_in_a_file_is_told(tmp_path: Path) -> None:
    path = write_return(tmp_path / "a.xlsx", second="February")
    (one,) = read(path).rejections
    assert (one.sheet, one.reason[:24]) == ("February", "a file holds one return:")


def test_a_table_may_begin_further_to_the_right(tmp_path: Path) -> None:
    found = read(write_return(tmp_path / "a.xlsx", {("bed_days", "D"): 90}, indent=1))
    assert rate(found, "bed_days").per_1000 == 30.0
    assert [cell.column for cell in found.cells if cell.value == 90] == ["E"]


def test_a_row_that_is_missing_is_told(tmp_path: Path) -> None:
    found = read(write_return(tmp_path / "a.xlsx", leave=("bed_days",)))
    assert ["'Number of inpatient bed days' is missing" in r.reason for r in found.rejections] == [
        True
    ]
    assert rate(found, "bed_days").status == "not_submitted"


def test_places_are_summed_and_their_number_told(tmp_path: Path) -> None:
    """60 of 3,000 and 60 of 1,000 are 120 of 4,000; a suppressed part makes it no figure."""
    found = read(
        write_return(tmp_path / "a.xlsx", {("bed_days", "E"): "*"}),
        write_return(tmp_path / "b.xlsx", place=PLACES[1], cohort=1000),
    )
    whole = rate(found, "bed_days", place="All places read")
    assert (whole.count, whole.cohort, whole.places) == (120, 4000, 2)
    part = rate(found, "bed_days", "18-19", place="All places read")
    assert (part.status, part.count, part.at_least, part.suppressed_parts) == (
        "suppressed", None, 6, 1,
    )  # fmt: skip


# The command --------------------------------------------------------------------------------------


def lines_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ask(tmp_path: Path, *more: str) -> int:
    (tmp_path / "places.txt").write_text("\n".join(PLACES), encoding="utf-8")
    out = str(tmp_path / "out")
    places = str(tmp_path / "places.txt")
    return run(["shift", "neighbourhood", *more, "--out", out, "--places", places])


def test_the_command_tells_the_finding_first_and_writes_every_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "returns"
    folder.mkdir()
    write_return(folder / "a.xlsx", {("bed_days", "D"): 300})
    (folder / "b.pdf").write_bytes(b"%PDF-1.7")
    assert ask(tmp_path, str(folder)) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == (
        "Larkshire North, Jan 2026, per 1,000 people of the cohort: hospital bed days 100.0 and "
        "community contacts 20.0."
    )
    assert any("b.pdf: the return is an Excel workbook" in line for line in said)
    cells = lines_of(tmp_path / "out" / "cells.csv")
    assert len(cells) == (15 + 2 * 14) * 23
    rates = lines_of(tmp_path / "out" / "rates.csv")
    (one,) = [r for r in rates if r["measure"] == "bed_days" and r["group"] == "total"]
    assert (one["count"], one["cohort"], one["per_1000"]) == ("300", "3000", "100.0")
    assert lines_of(tmp_path / "out" / "rejections.csv")[0]["file"] == "b.pdf"


def test_a_return_that_does_not_agree_with_itself_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rate of bed days is printed as 60 where 60 of 3,000 are 20; contacts sum to 61."""
    odd = {("bed_days:rate", "D"): 60, ("community_contacts", "U"): 11}
    write_return(tmp_path / "a.xlsx", odd)
    assert ask(tmp_path, str(tmp_path / "a.xlsx")) == 1
    said = capsys.readouterr().out
    assert "the rate is printed as 60, worked out 20" in said
    assert "the total beside deprivation is 60, worked out 61" in said
    assert "does not agree with itself, 2:" in said


def test_a_cohort_that_differs_from_row_to_row_is_told_and_no_sum_is_made(tmp_path: Path) -> None:
    found = read(write_return(tmp_path / "a.xlsx", {("ambulances_3:cohort", "D"): 2900}))
    (one,) = found.returns
    rates = rates_of(found)
    said = [str(each) for each in differences(one, rates)]
    assert any("the cohort is, other than above, 2,900, worked out 3,000" in line for line in said)
    (whole,) = [each for each in rates if each.outcome == "ambulances"
                and each.measure == "all" and each.of.group == "total"]  # fmt: skip
    assert (whole.status, whole.count) == ("rejected", None)


def test_a_return_in_order_is_done_without_findings(tmp_path: Path) -> None:
    write_return(tmp_path / "a.xlsx")
    assert ask(tmp_path, str(tmp_path / "a.xlsx")) == 0


def test_without_any_return_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_return(tmp_path / "a.xlsx", place="Atlantis")
    assert ask(tmp_path, str(tmp_path / "a.xlsx")) == 2
    assert "no place of the programme" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
