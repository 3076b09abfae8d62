"""What is written in other ways: figures, periods, phrases, sentences, files and years."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from remit.annual.checks import check_assessment
from remit.annual.folder import read_assessment
from remit.annual.periods import is_inside, period_in
from remit.annual.years import load_year, ready_years
from remit.cli.run import run
from tests.annual.region import CODES, Region, clean_region
from tests.annual.test_check import faults

HEADING = "population-health"


def one_figure(
    tmp_path: Path,
    sentence: str,
    *,
    value: str = "72.4",
    period: str = "Q4",
    stored: tuple[str, str] = ("72.4237", "percent"),
    metric: str = "ae.four-hours",
    **more: Any,
) -> list[str]:
    """The kinds of fault of one finding on one figure, of a letter that says one sentence."""
    made = Region("2024-25", 0)
    made.icbs = [{"code": "ZB1", "name": "NHS Larkshire Integrated Care Board"}]
    made.figures = [
        {"icb": "ZB1", "metric": metric, "name": "Seen within 4 hours", "unit": stored[1],
         "period_start": "2025-01-01", "period_end": "2025-03-31", "value": stored[0],
         "source_file": "ae.csv", "source_line": 4, "vintage": "2025-06-12"},
    ]  # fmt: skip
    item = {"id": "E1", "kind": "figure", "icb": "ZB1", "metric": metric, "period": period,
            "value": value, "unit": stored[1], **more}  # fmt: skip
    made.evidence = [item]
    made.findings = [
        {"id": "F1", "icb": "ZB1", "heading": HEADING, "statement": "It changed.",
         "direction": "mixed", "phrase": "some progress", "evidence": ["E1"]},
    ]  # fmt: skip
    made.letters = {"ZB1": [sentence]}
    folder = read_assessment(made.write(tmp_path / "region"))
    whole = {"heading_uncovered", "duty_uncovered"}
    return [one.kind for one in check_assessment(folder) if one.kind not in whole]


@pytest.mark.parametrize(
    "said",
    ["72%", "72.4%", "72.42 per cent", "72.4 percent", "0.724", "about 75%", "over 70%",
     "nearly 73%", "72.4237%", "72% against a standard of 78%", "72.4% of people over 65",
     "72.4% in Q4 2024/25, within 4 hours", "72.4% of over-65s at 3 of 4 sites"],
)  # fmt: skip
def test_a_figure_may_be_written_in_other_ways(said: str, tmp_path: Path) -> None:
    assert one_figure(tmp_path, f"It stood at {said} [F1].") == []


@pytest.mark.parametrize(
    "said", ["73%", "72.5%", "72.43 per cent", "70 percent", "0.742", "over 73%", "nearly 72%",
             "42.7%", "62.4237%"]
)  # fmt: skip
def test_another_figure_is_told(said: str, tmp_path: Path) -> None:
    assert one_figure(tmp_path, f"It stood at {said} [F1].") == ["figure_differs"]


@pytest.mark.parametrize(
    ("value", "stored", "right"),
    [
        ("£12.4m", ("12_412_000", "£"), True),
        ("£12,412,000", ("12_412_000", "£"), True),
        ("£12.5 million", ("12_412_000", "£"), False),
        ("12.4", ("12.412", "£m"), True),
        ("£12.4m", ("12.412", "£m"), True),
        ("£0.012bn", ("12.412", "£m"), True),
        ("1.5 hours", ("90", "minutes"), True),
        ("90 mins", ("90", "mins"), True),
        ("1.6 hours", ("90", "minutes"), False),
        ("0.724", ("72.4", "percent"), True),
        ("72.4%", ("0.7243", "share"), True),
        ("1,204", ("1204", "count"), True),
        ("1.2 thousand", ("1204", "count"), True),
        ("1,240", ("1204", "count"), False),
        ("54.2 per 1,000", ("5420", "per 100,000"), True),
    ],
)
def test_units_are_turned_into_one_another(
    value: str, stored: tuple[str, str], right: bool, tmp_path: Path
) -> None:
    plain = (stored[0].replace("_", ""), stored[1])
    found = one_figure(tmp_path, "It changed [F1].", value=value, stored=plain, metric="own")
    assert found == ([] if right else ["figure_differs"])


@pytest.mark.parametrize(
    "period", ["Q4", "Q4 2024/25", "2024/25 Q4", "2024-25 Q4", "fourth quarter of 2024/25",
               "quarter 4 2024/25", "Jan to Mar 2025", "January to March 2025", "31 March 2025",
               "31/03/2025", "2025-03-31"]
)  # fmt: skip
def test_a_quarter_may_be_written_in_other_ways(period: str, tmp_path: Path) -> None:
    assert one_figure(tmp_path, "It changed [F1].", period=period) == []


def test_a_figure_of_another_period_is_not_the_stored_one(tmp_path: Path) -> None:
    assert one_figure(tmp_path, "It changed [F1].", period="Q3 2024/25") == ["no_source"]
    assert one_figure(tmp_path, "It changed [F1].", period="soon") == ["no_source"]


@pytest.mark.parametrize("period", ["Q4 2023/24", "2023/24", "March 2024", "Apr 2025", "2024"])
def test_a_figure_outside_the_year_is_told_unless_a_reason_is_given(
    period: str, tmp_path: Path
) -> None:
    assert one_figure(tmp_path, "It changed [F1].", period=period) == ["figure_outside_year"]
    why = {"outside_year_because": "to show the change"}
    assert "figure_outside_year" not in one_figure(
        tmp_path, "It changed [F1].", period=period, **why
    )


def test_the_first_year_has_nine_months_and_is_still_a_year() -> None:
    year = load_year("2022/23")
    inside = {text: is_inside(period, year) for text in ("2022/23", "Q1", "Q2", "March", "May 2022")
              if (period := period_in(text, year))}  # fmt: skip
    assert inside == {"2022/23": True, "Q1": False, "Q2": True, "March": True, "May 2022": False}


def test_each_year_has_its_headings_and_the_eight_duties() -> None:
    counts = {name: (len(year.headings), len(year.duties)) for name, year in ready_years().items()}
    assert counts == {"2022-23": (7, 8), "2023-24": (5, 8), "2024-25": (5, 8), "2025-26": (5, 8),
                      "2026-27": (5, 8)}  # fmt: skip
    assert load_year("2025-26").guidance == "none_found"


@pytest.mark.parametrize(
    ("letter", "unlinked"),
    [
        ("It led well [F1]; costs fell.", ["costs fell."]),
        ("It led well; costs fell [F1].", ["It led well"]),
        ("It led well [F1]; costs fell [F1].", []),
        ("Three things stand out: access; cost; and care [F1].", []),
        ("It led well. [F1] Costs fell.", ["Costs fell."]),
        ("[F1] It led well.", []),
        ("- It led well [F1]\n- costs fell", ["costs fell"]),
        ("* It led well [F1]\n  in all places\n* Costs fell [F1].", []),
        ("1) It led well [F1]\n2) costs fell", ["costs fell"]),
        ("• It led well [F1]", []),
        ("In short:\n\n- it led well [F1]\n- costs fell [F1]", []),
        ("It failed people:\n\n- costs fell", ["It failed people:", "costs fell"]),
        ("## It led well\n\n### Costs fell\n", []),
        ("Value for money\n\nIt led well [F1].", []),
        ("**Value for money**\n\nIt led well [F1].", []),
        ("Value for money\n===============\n\nIt led well [F1].", []),
        ("Dear Chair,\n\nYours sincerely\n\nRegional director\nNHS England", []),
        ("It rose by 2.5%, e.g. in St. Mary's ward [F1].", []),
        ("Costs were high", ["Costs were high"]),
        ("It led well [F2].", ["It led well."]),
        ("It led well [F1](#F1).", []),
        ("> Costs fell.", ["Costs fell."]),
        ("| Costs fell | by much |", ["Costs fell by much"]),
    ],
)
def test_a_statement_without_a_finding_is_told(
    letter: str, unlinked: list[str], tmp_path: Path
) -> None:
    made = Region("2024-25", 0)
    made.icbs = [{"code": "ZB1", "name": "NHS Larkshire Integrated Care Board"}]
    made.evidence = [{"id": "E1", "kind": "passage", "icb": "ZB1", "file": "a.pdf", "page": 1,
                      "quotation": "It rose by 2.5%."}]  # fmt: skip
    made.findings = [{"id": "F1", "icb": "ZB1", "heading": "social-value", "statement": "So.",
                      "direction": "mixed", "phrase": "progress", "evidence": ["E1"]}]  # fmt: skip
    made.letters = {"ZB1": [letter]}
    found = check_assessment(read_assessment(made.write(tmp_path / "region")))
    told = [one.message for one in found if one.kind == "sentence_without_finding"]
    assert [one.partition("”")[0].removeprefix("“") for one in told] == unlinked


def on_ladder(tmp_path: Path, finding: dict[str, Any], sentence: str = "") -> list[str]:
    """The kinds of fault of one finding with one view for it."""
    made = Region("2024-25", 0)
    made.icbs = [{"code": "ZB1", "name": "NHS Larkshire Integrated Care Board"}]
    made.evidence = [
        {"id": "E1", "kind": "view", "icb": "ZB1", "body": "Larkshire Health and Wellbeing Board",
         "on": "2025-05-01", "says": "It was good."},
        {"id": "E2", "kind": "passage", "icb": "ZB1", "file": "a.pdf", "page": 2,
         "quotation": "It was agreed."},
        {"id": "E3", "kind": "passage", "icb": "ZB1", "file": "b.pdf", "page": 2,
         "quotation": "It was late.", "speaks": "against"},
    ]  # fmt: skip
    made.findings = [{"id": "F1", "icb": "ZB1", "heading": "social-value", "statement": "So.",
                      "direction": "strength", **finding}]  # fmt: skip
    if sentence:
        made.letters = {"ZB1": [f"{sentence} [F1]."]}
    found = check_assessment(read_assessment(made.write(tmp_path / "region")))
    return [one.kind for one in found if one.kind == "phrase_above_evidence"]


STRONG = {"phrase": "strong leadership", "evidence": ["E1", "E2"]}


@pytest.mark.parametrize(
    ("finding", "sentence", "count"),
    [
        (STRONG, "", 0),
        ({**STRONG, "phrase": "well led"}, "", 0),
        ({**STRONG, "phrase": "Well regarded"}, "", 0),
        ({**STRONG, "evidence": ["E1"]}, "", 1),
        ({**STRONG, "phrase": "outstanding"}, "", 1),
        ({**STRONG, "phrase": "brilliant"}, "", 1),
        ({**STRONG, "counter": ["E3"]}, "", 1),
        ({**STRONG, "counter": ["E3"], "counter_answer": "It was put right in May"}, "", 0),
        ({**STRONG, "evidence": ["E1", "E2", "E3"]}, "", 1),
        (STRONG, "Its outstanding leadership was plain", 1),
        (STRONG, "Its outstanding actions were closed", 0),
        (STRONG, "It did not yet show outstanding leadership", 0),
        (STRONG, "Strong leadership was seen despite significant challenges", 0),
        ({**STRONG, "statement": "It showed exemplary practice."}, "", 1),
    ],
)
def test_a_phrase_needs_what_its_rung_says(
    finding: dict[str, Any], sentence: str, count: int, tmp_path: Path
) -> None:
    assert len(on_ladder(tmp_path, finding, sentence)) == count


def test_a_figure_that_worsened_beyond_chance_speaks_against_a_strength(tmp_path: Path) -> None:
    made = clean_region(7)
    one = next(one for one in made.findings if one["heading"] == HEADING)
    one |= {"direction": "strength", "phrase": "strong governance", "statement": "It is so."}
    figure = made.item(one["evidence"][0])
    made.letters = {}
    for name in one["evidence"]:
        made.item(name)["speaks"] = "for"
    row = next(
        row for row in made.figures if (row["icb"], row["metric"]) == (one["icb"], figure["metric"])
    )
    row["signal"] = "none"
    assert faults(made.write(tmp_path / "before"), tmp_path / "one") == []
    for row in made.figures:
        row["signal"] = "worsened" if row["icb"] == one["icb"] else "none"
    found = faults(made.write(tmp_path / "after"), tmp_path / "two")
    assert one["id"] in [each["finding"] for each in found]
    assert {each["kind"] for each in found} == {"phrase_above_evidence"}


def same_evidence(tmp_path: Path, first: str, second: str, **more: Any) -> int:
    """How many faults of words two ICBs have whose finding rests on one regional passage."""
    made = Region("2024-25", 0)
    made.icbs = [{"code": code, "name": f"NHS {code} Integrated Care Board"} for code in CODES[:2]]
    made.evidence = [{"id": "E1", "kind": "passage", "icb": "ZR1", "file": "a.pdf", "page": 1,
                      "quotation": "Ambulances waited."}]  # fmt: skip
    made.findings = [
        {"id": f"F{code}", "icb": code, "heading": "social-value", "statement": "So.",
         "direction": "concern", "phrase": phrase, "evidence": ["E1"], **more}
        for code, phrase in zip(CODES, (first, second), strict=False)
    ]  # fmt: skip
    found = check_assessment(read_assessment(made.write(tmp_path / "region")))
    return sum(one.kind == "words_differ" for one in found)


def test_synonyms_are_one_word_and_a_reason_may_be_given(tmp_path: Path) -> None:
    assert same_evidence(tmp_path, "needs to improve", "improvement is required") == 0
    assert same_evidence(tmp_path, "needs to improve", "serious concerns") == 2
    assert same_evidence(tmp_path, "needs to improve", "significant challenges") == 2
    why = {"differs_because": "ZB2 was told a year ago"}
    assert same_evidence(tmp_path, "needs to improve", "serious concerns", **why) == 0


@pytest.mark.parametrize("name", ["evidence", "findings", "concerns", "replies", "figures"])
def test_a_list_that_is_missing_is_told_and_stops_nothing(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = clean_region(2).write(tmp_path / "region")
    for path in folder.glob(f"{name}.*"):
        path.unlink()
    found = faults(folder, tmp_path / "out")
    kinds = {"evidence": "no_source", "figures": "no_source", "findings": "heading_uncovered"}
    assert {one["kind"] for one in found} >= ({kinds[name]} if name in kinds else set())
    said = capsys.readouterr().out
    assert (f"There is no list of {name}" in said) == (name != "replies")


def test_without_the_first_file_nothing_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = clean_region(2).write(tmp_path / "region")
    (folder / "assessment.yaml").unlink()
    assert run(["annual", "check", str(folder)]) == 2
    assert "assessment.yaml" in capsys.readouterr().err


def test_a_slip_is_told_by_file_line_and_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for as_csv, said in ((False, "findings.yaml, line"), (True, "findings.csv, line 2, direction")):
        made = clean_region(2)
        made.findings[0]["direction"] = "upwards"
        folder = made.write(tmp_path / str(as_csv), as_csv=as_csv)
        assert run(["annual", "check", str(folder)]) == 2
        told = capsys.readouterr().err
        assert said in told
        assert "'upwards' is not allowed" in told


def test_a_quotation_has_at_most_forty_words(tmp_path: Path) -> None:
    made = clean_region(2)
    passage = next(one for one in made.evidence if one["kind"] == "passage")
    passage["quotation"] = " ".join(["word"] * 41)
    assert run(["annual", "check", str(made.write(tmp_path / "region"))]) == 2


@pytest.mark.timed
def test_a_letter_of_two_thousand_words_is_checked_in_two_seconds(tmp_path: Path) -> None:
    made = clean_region(9)
    made.icbs, code = made.icbs[:1], "ZB1"
    for name in ("evidence", "figures", "findings", "concerns"):
        setattr(made, name, [one for one in getattr(made, name) if one["icb"] == code])
    block = made.letters[code]
    made.letters = {code: block * 20}
    assert sum(len(one.split()) for one in made.letters[code]) >= 2000
    folder = made.write(tmp_path / "region")
    read_assessment(folder)
    start = time.perf_counter()
    assert check_assessment(read_assessment(folder)) == []
    assert time.perf_counter() - start < 2
