"""The NHS Staff Survey by ICB and kind of trust: worked by hand on few invented trusts."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import remit
from remit.cli.run import run
from remit.model.errors import SurveyError
from remit.sample import write_staff_survey
from remit.series import series
from remit.surveys.staff import ENGAGEMENT, StaffGroup, StaffSurvey, staff_groups, staff_survey
from remit.surveys.staff.words import (
    base_words,
    group_range,
    kinds_sentence,
    kinds_words,
    staff_claim,
    staff_leads,
    without_words,
)
from tests.publications.workbook_files import write_workbook

ABOVE = [["NHS Staff Survey 2024 - WEIGHTED Results"], ["THEMES"], []]
HEADER = [
    *("ODS code", "Organisation name", "Benchmarking group", "Region", "ICS", "Weighting"),
    *("Staff Engagement - score", "Base (number of responses)"),
]


def workbook(path: Path, *scores: tuple[str, object, object]) -> Path:
    rows = [[code, "A trust", "Acute", "N", "L", "W", score, base] for code, score, base in scores]
    return write_workbook(path, {"THEMES": [*ABOVE, HEADER, *rows]})


def survey_of(path: Path, *scores: tuple[str, object, object]) -> StaffSurvey:
    return staff_survey(remit.read(workbook(path, *scores)))


def group_of(survey: StaffSurvey, group: str) -> StaffGroup:
    (found,) = [one for one in staff_groups(survey, ENGAGEMENT) if one.group == group]
    return found


FOUR = (("ZA1", 7.0, 300), ("ZA2", 6.0, 100), ("ZV1", 5.0, 100), ("ZA6", 6.0, 600))


def test_each_response_counts_once_and_the_plain_mean_stands_beside(tmp_path: Path) -> None:
    survey = survey_of(tmp_path / "s.xlsx", *FOUR)
    found = group_of(survey, "ZB1")
    assert found.score == pytest.approx((2100 + 600 + 500) / 500)
    assert found.mean_of_trusts == pytest.approx(6.0)
    assert found.responses == 500
    assert [one.code for one in found.trusts] == ["ZA1", "ZA2", "ZV1"]
    low, high = found.lowest, found.highest
    assert low is not None
    assert high is not None
    assert (low.code, high.code) == ("ZV1", "ZA1")
    assert base_words(found) == "500 responses in 3 trusts"
    assert group_range(found) == (
        "5.00 (Northfold Ambulance Service) to 7.00 (Larkshire University Hospitals)"
    )


def test_an_icb_is_held_against_what_its_kinds_would_give(tmp_path: Path) -> None:
    survey = survey_of(tmp_path / "s.xlsx", *FOUR)
    acute = (2100 + 600 + 3600) / 1000
    assert group_of(survey, "acute").score == pytest.approx(acute)
    assert group_of(survey, "ambulance").score == pytest.approx(5)
    found = group_of(survey, "ZB1")
    assert found.as_its_kinds == pytest.approx((400 * acute + 100 * 5) / 500)
    assert kinds_words(found) == "+0.36 against 6.04"
    assert kinds_sentence(found) == "That is 0.36 above what its kinds of trust would give, 6.04."
    assert "0.30 below" in kinds_sentence(group_of(survey, "ZB2"))
    whole = group_of(survey, "all")
    assert kinds_sentence(whole) == "That is what its kinds of trust would give, 6.18."


def test_an_icb_has_the_figure_of_the_series(tmp_path: Path) -> None:
    figures = remit.read(write_staff_survey(tmp_path))
    survey = staff_survey(figures)
    made = series(figures, list(survey.metrics), "icb").frame
    assert made.height == 2 * len(survey.metrics)
    for row in made.to_dicts():
        groups = staff_groups(survey, row["metric_id"])
        (found,) = [one for one in groups if one.group == row["org_code"]]
        assert (found.score, found.responses) == (row["value"], row["denominator"])


def test_a_score_that_is_not_shown_stays_so_and_is_named(tmp_path: Path) -> None:
    survey = survey_of(tmp_path / "s.xlsx", *FOUR, ("ZA3", "*", "*"))
    (hidden,) = [one for one in survey.of(ENGAGEMENT) if one.code == "ZA3"]
    assert (hidden.score, hidden.responses, hidden.status) == (None, None, "suppressed")
    found = group_of(survey, "ZB1")
    assert "ZA3" in found.without
    assert "ZA4" in found.without  # open on the day, and in no row
    assert not {"ZA1", "ZA2", "ZV1"} & set(found.without)
    assert group_of(survey, "ZB1 / ambulance").without == ()
    assert group_of(survey_of(tmp_path / "t.xlsx", *FOUR), "ZB3").score is None


def test_little_is_marked(tmp_path: Path) -> None:
    survey = survey_of(tmp_path / "s.xlsx", ("ZA1", 7.0, 29), ("ZA6", 6.0, 30))
    few, enough = group_of(survey, "ZB1"), group_of(survey, "ZB2")
    assert few.note == "one trust: no range; small base: under 30 responses"
    assert base_words(few) == "29 responses in 1 trust, a small base"
    assert enough.note == "one trust: no range"
    assert group_range(enough) == "one trust: no range"
    nobody = group_of(survey, "ambulance")
    assert (nobody.note, group_range(nobody)) == ("", "no trust has a score")
    assert (kinds_words(nobody), kinds_sentence(nobody)) == ("–", "")
    assert without_words(nobody) == "ZV1 and ZV2 have no score."


def test_an_icbs_own_staff_and_others_are_in_no_group(tmp_path: Path) -> None:
    survey = survey_of(tmp_path / "s.xlsx", *FOUR, ("ZB1", 9.0, 50), ("ZY9X", 9.0, 70))
    assert group_of(survey, "all").responses == 1100
    (own,) = survey.of(ENGAGEMENT, "icb_staff")
    assert (own.code, own.icb, own.score, own.responses) == ("ZB1/staff", "ZB1", 9.0, 50)
    assert own.name.endswith("Integrated Care Board, its own staff")
    (other,) = survey.of(ENGAGEMENT, "other")
    assert (other.code, other.kind, other.icb) == ("ZY9X", None, "")


def test_the_finding_says_how_far_kinds_and_icbs_lie_apart(tmp_path: Path) -> None:
    survey = survey_of(tmp_path / "s.xlsx", *FOUR)
    groups = staff_groups(survey, ENGAGEMENT)
    assert staff_claim(survey, ENGAGEMENT, groups) == (
        "Staff engagement was 6.18 out of 10 in 2024: 1,100 responses in 4 trusts. "
        "Kinds of trust lie from 5.00 (ambulance trusts) to 6.30 (acute trusts); ICBs lie from "
        "6.00 (Gullhaven and Thistlemoor) to 6.40 (Larkshire and Quillborough)."
    )
    assert staff_leads(groups) == (
        "In 1 of 2 ICBs the trusts lie further apart than the ICBs do (0.40)."
    )
    one = survey_of(tmp_path / "t.xlsx", ("ZA1", 7.0, 300))
    alone = staff_groups(one, ENGAGEMENT)
    assert staff_claim(one, ENGAGEMENT, alone).endswith("300 responses in 1 trust.")
    assert staff_leads(alone) == ""


def test_a_year_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    figures = remit.read(workbook(tmp_path / "s.xlsx", *FOUR))
    with pytest.raises(SurveyError, match="no Staff Survey of '2019'; there is 2024"):
        staff_survey(figures, year="2019")
    none = figures.observations.filter(pl.lit(value=False))
    with pytest.raises(SurveyError, match="no figure of the NHS Staff Survey"):
        staff_survey(none)


def test_the_day_of_the_register_can_be_named(tmp_path: Path) -> None:
    figures = remit.read(workbook(tmp_path / "s.xlsx", *FOUR))
    assert staff_survey(figures).on == date(2024, 12, 31)
    assert staff_survey(figures, on=date(2024, 9, 1)).on == date(2024, 9, 1)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_command_writes_pages_and_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published, out = write_staff_survey(tmp_path), tmp_path / "staff"
    assert run(["survey", "staff", str(published), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "33,864 responses in 19 trusts" in said
    assert "fictional" in said
    organisations = rows_of(out / "data" / "organisations.csv")
    held = {row["org_code"]: row for row in organisations if row["metric_id"] == ENGAGEMENT}
    assert len(held) == 23
    assert (held["ZA1"]["score"], held["ZA1"]["responses"]) == ("6.8", "4200")
    assert (held["ZA1"]["file"], held["ZA1"]["line"]) == ("sample-staff-survey.xlsx", "4")
    assert (held["ZC3"]["score"], held["ZC3"]["status"]) == ("", "suppressed")
    page = (out / "icb" / "ZB2.html").read_text(encoding="utf-8")
    assert "24 responses (small base: under 30)" in page
    assert "The ICB&#39;s own staff are in none of this: 6.70 with 260 responses." in page
    assert "not shown: fewer than 10 responses" in (out / "icb" / "ZB1.html").read_text("utf-8")
    assert "no row in the file" in (out / "icb" / "ZB3.html").read_text("utf-8")


def test_from_a_store_as_from_the_file(tmp_path: Path) -> None:
    published, store = str(write_staff_survey(tmp_path)), str(tmp_path / "remit.duckdb")
    assert run(["ingest", published, "--store", store]) == 0
    for name, given in (("file", [published]), ("store", ["--store", store])):
        asked = [*given, "--metric", "staff-survey.morale", "--out", str(tmp_path / name)]
        assert run(["survey", "staff", *asked]) == 0
    for name in ("groups", "organisations"):
        table = Path("data") / f"{name}.csv"
        assert (tmp_path / "file" / table).read_bytes() == (tmp_path / "store" / table).read_bytes()


def test_a_row_that_is_not_taken_in_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workbook(tmp_path / "s.xlsx", *FOUR, ("ZA3", 65, 200))
    assert run(["survey", "staff", str(path), "--out", str(tmp_path / "staff")]) == 1
    assert "1 row was not taken in" in capsys.readouterr().out
    (row,) = rows_of(tmp_path / "staff" / "data" / "rejections.csv")
    assert (row["line"], row["value"]) == ("9", "65")


def test_a_metric_of_another_source_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = workbook(tmp_path / "s.xlsx", *FOUR), tmp_path / "staff"
    asked = [str(path), "--metric", "ae.four-hours", "--out", str(out)]
    assert run(["survey", "staff", *asked]) == 2
    assert "there is staff-survey.engagement" in capsys.readouterr().err
    assert not out.exists()
