"""Segments by judgement: recorded, shown with who, when and why, and never made up."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from remit.assessment.judgement.judgement import Judgements, check_judgements
from remit.assessment.judgement.records import Records
from remit.assessment.result.assessment import Assessment
from remit.assessment.run import assess
from remit.catalogue import load_framework, parse
from remit.frames.figures import Figures, figures_from_frame
from remit.frames.observations import empty_observations
from remit.model.errors import AssessmentError, DeclarationError
from remit.register import load_register

from .figures_by_hand import column, frame
from .systems_by_hand import every, find

PERIOD = "2023/24 Q4"
NOF = load_framework("nof-2022-23").framework
TEXT = """schema: remit/judgements/1
framework: nof-2022-23
judgements:
  - org: RYJ
    segment: 2
    judged_by: Regional director, London
    judged_on: 2023-06-30
    reasons: Financial plan at risk
    evidence:
      - {title: Month 2 finance report, reference: board paper 7, dated: 2023-06-20}
  - org: RYJ
    segment: 3
    judged_by: Regional director, London
    judged_on: 2024-02-15
    valid_from: 2024-03-01
    reasons: Deficit grew
    support: Monthly review
    evidence:
      - title: Month 9 finance report
  - org: QRV
    segment: 2
    judged_by: National oversight group
    judged_on: 2023-09-01
    valid_to: 2024-01-31
    reasons: System plan agreed
    evidence: [{title: System plan}]
"""
EVIDENCE = frame({"NOF22-AGENCY": {"RYJ": 3.5, "RRV": 2.0}})


def judged(text: str = TEXT) -> Judgements:
    return check_judgements(parse(text, "judged.yaml"), NOF, load_register())


def assessed(
    figures: pl.DataFrame | None = EVIDENCE,
    judgements: Judgements | None = None,
    period: str = PERIOD,
) -> Assessment:
    held = Figures(empty_observations()) if figures is None else figures_from_frame(figures)
    return assess(held, "nof-2022-23", period, records=Records(judgements=judgements))


def test_the_segment_is_the_one_judged_and_blank_without_a_record() -> None:
    result = assessed(judgements=judged())
    assert column(result.standing, "org_code", "final_segment") == {"RYJ": 3, "RRV": None}
    assert column(result.standing, "org_code", "judged_on") == {
        "RYJ": date(2024, 2, 15),
        "RRV": None,
    }
    assert any("No judgement recorded for 1 of 2 organisations" in note for note in result.notes)
    assert "No judgement is recorded" in result.explain("RRV").because


def test_without_any_file_every_segment_is_blank_and_that_is_said() -> None:
    result = assessed()
    assert result.standing["final_segment"].null_count() == 2
    assert any("No judgement recorded for 2 of 2" in note for note in result.notes)
    assert find(result.explain("RYJ"), "judgement").because == "No judgement recorded."


def test_the_judgement_that_holds_on_the_last_day_counts() -> None:
    judgements = judged()
    assert [judgements.of("RYJ", on) and judgements.of("RYJ", on).segment for on in _DAYS] == [
        None,
        2,
        2,
        3,
    ]
    assert judgements.of("QRV", date(2024, 1, 31)) is not None
    assert judgements.of("QRV", date(2024, 2, 1)) is None


_DAYS = [date(2023, 6, 29), date(2023, 6, 30), date(2024, 2, 29), date(2024, 3, 1)]


def test_the_explanation_says_who_when_why_and_on_what_evidence() -> None:
    tree = assessed(judgements=judged()).explain("RYJ")
    step = find(tree, "judgement")
    for words in ("Regional director, London", "15 February 2024", "1 March 2024", "Deficit grew."):
        assert words in step.because
    assert "Support agreed: Monthly review." in step.because
    assert step.source is not None
    assert (step.source.file_name, step.source.line) == ("judged.yaml", 11)
    assert [one.value for one in step.steps] == ["Month 9 finance report"]


def test_metrics_are_evidence_with_a_value_and_no_score() -> None:
    result = assessed(judgements=judged())
    assert result.metric_scores["score"].null_count() == 2
    assert result.standing["average_score"].null_count() == 2
    shown = [s for s in every(result.explain("RYJ")) if "NOF22-AGENCY" in s.label]
    assert shown[0].key == "evidence"
    assert shown[0].steps[0].value == "3.5%"
    assert not [s for s in every(result.explain("RYJ")) if s.key == "missing"]


def test_judgements_need_no_figures() -> None:
    result = assessed(None, judged(), period="2023/24 Q3")
    assert column(result.standing, "org_code", "final_segment") == {"QRV": 2, "RYJ": 2}
    with pytest.raises(AssessmentError, match="no figures"):
        assessed(None)


def test_cut_points_are_refused() -> None:
    with pytest.raises(AssessmentError, match="set by judgement; leave out --cut-points"):
        assess(figures_from_frame(EVIDENCE), "nof-2022-23", PERIOD, cut_points=[1, 2, 3])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    segment: 2\n", "    segment: 6\n", "line 5, judgements.0.segment: no segment 6; use"),
        ("org: RYJ", "org: RXJZ", "line 4, judgements.0.org: no organisation 'RXJZ'"),
        ("org: RYJ", "org: Y56", "line 4, judgements.0.org: Y56 (London) is of no kind judged"),
        ("org: QRV", "org: Z9B2Z", "opened on 1 April 2026"),
        ("framework: nof-2022-23", "framework: nof-2025-26", "line 2, framework: this file belong"),
        (
            "    judged_by: National oversight group\n",
            "",
            "judgements.2.judged_by: this key is req",
        ),
        ("evidence: [{title: System plan}]", "evidence: []", "judgements.2.evidence: this list"),
        ("valid_to: 2024-01-31", "valid_to: 2023-01-31", "`valid_to` lies before"),
        ("judged_on: 2023-06-30", "judged_on: soon", "line 7, judgements.0.judged_on"),
        ("    valid_from: 2024-03-01\n", "    valid_from: 2023-06-30\n", "RYJ is judged twice"),
        ("reasons: Deficit grew", 'reasons: ""', "judgements.1.reasons: this key is blank"),
        ("    reasons: Deficit grew", "    because: Deficit grew", "no such key"),
    ],
)
def test_a_fault_is_told_with_file_line_and_key(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(DeclarationError) as caught:
        judged(TEXT.replace(old, new, 1))
    assert said in str(caught.value)
    assert "judged.yaml, line " in str(caught.value)


def test_a_framework_that_scores_takes_no_judgements() -> None:
    text = TEXT.replace("nof-2022-23", "nof-2025-26")
    framework = load_framework("nof-2025-26").framework
    with pytest.raises(DeclarationError, match="sets segments by a score, not by judgement"):
        check_judgements(parse(text, "judged.yaml"), framework, load_register())


def test_the_run_record_names_the_file() -> None:
    from remit.assessment.result.outputs import run_record

    record = run_record(assessed(judgements=judged()))
    assert record["records"]["judgements"]["file"] == "judged.yaml"
    assert len(record["records"]["judgements"]["sha256"]) == 64
