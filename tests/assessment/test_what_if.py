"""What if: changed figures, worked out by hand."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from remit.assessment.improvement.changes import Change, parse_change
from remit.assessment.improvement.what_if import WhatIf, what_if
from remit.assessment.run import assess
from remit.frames.figures import Figures, figures_from_frame
from remit.model.errors import AssessmentError, UnknownCode

from .figures_by_hand import frame, framework

PERIOD = "2025/26 Q1"
CUTS = (1.5, 2.5, 3.5)
VALUES = {"RYJ": 90.0, "RRV": 80.0, "R1K": 70.0, "RJ1": 60.0}
RULES = """
metrics:
  - {id: OF0023, domain: one, kinds: [acute], rule: {type: ranked}}
  - id: OF0079
    domain: two
    kinds: [acute]
    counts: false
    rule: {type: bands, bands: [{at_least: 0, score: 1}, {score: 2}]}
  - id: OF0081
    domain: two
    kinds: [acute]
    counts: false
    rule: {type: bands, bands: [{at_least: 0, score: 1}, {score: 2}]}
  - id: OF0080
    domain: two
    kinds: [acute]
    rule: {type: lookup, rows: OF0079, columns: OF0081, table: {1: {1: 1, 2: 2}, 2: {1: 3, 2: 4}}}
  - {id: OF0067, domain: two, kinds: [acute], rule: {type: published}}
  - {id: OF0020, domain: two, kinds: [acute], rule: {type: bands, bands: [{score: 1}]}}
"""


def figures(**more: dict[str, float]) -> Figures:
    return figures_from_frame(frame({"OF0023": VALUES} | more))


def asked(of: Figures, code: str, *changes: str, rules: str | None = None, **more: Any) -> WhatIf:
    loaded = framework(rules) if rules else framework()
    parsed = [parse_change(change) for change in changes]
    more.setdefault("cut_points", CUTS)
    return what_if(of, code, parsed, framework=loaded, period=PERIOD, **more)


def test_a_better_value_passes_others() -> None:
    # 85 passes RRV: rank 2 of 4 scores 2, and RRV falls to 3, R1K stays at rank 3? No: R1K was
    # third with 70 and moves to 85, so RRV (80) becomes third.
    answer = asked(figures(), "R1K", "OF0023=85")
    assert answer.standing_before["average_score"] == 3
    assert answer.standing_after["average_score"] == 2
    assert answer.standing_after["final_segment"] == 2
    (other,) = answer.others.iter_rows(named=True)
    assert (other["org_code"], other["rank_before"], other["rank_after"]) == ("RRV", 2, 3)
    assert (other["average_score_before"], other["average_score_after"]) == (2, 3)
    assert answer.sentence == (
        "If OF0023 were 85% (it is 70%): the score goes from 3.00 to 2.00, the segment goes from "
        "3 to 2, the rank goes from 3 to 2. 1 other organisation changes rank."
    )


def test_a_flag_can_be_set_and_lifted() -> None:
    lifted = asked(figures(OF5004={"RYJ": 1}), "RYJ", "OF5004=0")
    assert (lifted.standing_before["final_segment"], lifted.standing_after["final_segment"]) == (
        3,
        1,
    )
    put = asked(figures(), "RYJ", "OF5004=1")
    assert put.standing_after["final_segment"] == 3
    assert put.changes[0].before is None


def test_several_changes_go_through_a_look_up() -> None:
    of = figures(OF0079={"RYJ": -1, "RRV": 1}, OF0081={"RYJ": -1, "RRV": 1})
    answer = asked(of, "RYJ", "OF0079=0.5", "OF0081=0", rules=RULES)
    # Combined finance goes from 4 to 1; the mean with a score of 1 from 2.5 to 1.
    assert answer.standing_before["average_score"] == 2.5
    assert answer.standing_after["average_score"] == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("OF0079=-0.004", "If OF0079 were −0.004% (it is –): "),
        ("OF0023=70.004", "If OF0023 were 70.004% (it is 70%): "),
        ("OF0023=70.50", "If OF0023 were 70.5% (it is 70%): "),
        ("OF0023=-0", "If OF0023 were 0% (it is 70%): "),
    ],
)
def test_the_number_is_told_as_it_was_typed(typed: str, said: str) -> None:
    assert asked(figures(), "R1K", typed, rules=RULES).sentence.startswith(said)


def test_the_present_number_is_told_apart_from_the_typed_one() -> None:
    held = figures_from_frame(frame({"OF0023": VALUES | {"R1K": 77.9999}}))
    assert "If OF0023 were 78% (it is 77.9999%): " in asked(held, "R1K", "OF0023=78").sentence


def test_one_organisation_and_none_are_told_as_such() -> None:
    # 75 leaves everybody in place; 85 passes RRV only, whose rank falls from 2 to 3.
    none = asked(figures(), "R1K", "OF0023=75").sentence
    assert none.endswith("No other organisations change rank.")
    one = asked(figures(), "R1K", "OF0023=85").sentence
    assert one.endswith("1 other organisation changes rank.")
    # With 95 R1K passes RRV and RYJ.
    two = asked(figures(), "R1K", "OF0023=95").sentence
    assert two.endswith("2 other organisations change rank.")


def test_the_same_value_changes_nothing() -> None:
    answer = asked(figures(), "R1K", "OF0023=70")
    assert answer.others.is_empty()
    assert answer.before.standing.equals(answer.after.standing)


def test_cut_points_stay_or_move() -> None:
    # Quartiles (higher) of 1, 2, 3, 4 are 2, 3 and 4.
    fixed = asked(figures(), "R1K", "OF0023=95", cut_points="fixed")
    assert fixed.after.cut_points.values == fixed.before.cut_points.values == (2, 3, 4)
    assert "held fixed" in fixed.notes[0]
    # Were all others level, the averages would be 1, 2, 2 and 2.
    level = figures_from_frame(frame({"OF0023": {"RYJ": 1, "RRV": 1, "R1K": 1, "RJ1": 1}}))
    moved = asked(level, "R1K", "OF0023=2", cut_points="recomputed")
    assert moved.before.cut_points.values == (1, 1, 1)
    assert moved.after.cut_points.values == (2, 2, 2)
    assert "move with the scores" in moved.notes[0]


def test_published_segments_say_where_fixed_cut_points_lie() -> None:
    of = figures(OF5003={"RYJ": 1, "RRV": 2, "R1K": 3, "RJ1": 4})
    rules = "published_unadjusted: OF5003\n"
    loaded = framework(more="", segments=_segments_with(rules))
    answer = what_if(of, "RYJ", [Change("OF0023", 85)], framework=loaded, period=PERIOD)
    assert answer.before.cut_points.values == (1.5, 2.5, 3.5)
    assert "midway between the published segments of 4 of 134 trusts; " in answer.notes[0]


def _segments_with(line: str) -> str:
    from .figures_by_hand import SEGMENTS

    return f"{SEGMENTS}  {line}"


def test_only_the_period_in_question_changes() -> None:
    quarters = ["2025/26 Q1", "2025/26 Q2"]
    both = pl.concat(
        [frame({"OF0023": VALUES}).with_columns(pl.lit(q).alias("release")) for q in quarters]
    )
    answer = asked(figures_from_frame(both), "R1K", "OF0023=85")
    assert answer.standing_after["average_score"] == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("OF0024=1", "no metric or flag 'OF0024'; nearest: OF0023"),
        ("OF1023=1", "OF1023 is the score of OF0023: change the value, OF0023"),
        ("OF0080=1", "looked up from OF0079 and OF0081: change one of these"),
        ("OF0067=1", "its score is published without a value"),
        ("OF0023=1 count", "OF0023 is in percent for this organisation, not count"),
        ("OF0020=1.5", "OF0020 is a count and cannot be 1.5"),
        ("OF0020=-1", "OF0020 is in count and cannot be -1; it lies from 0 to 1,000,000,000"),
        ("OF0023=8000", "OF0023 is a share in percent and cannot be 8000; it lies from 0 to 100"),
        ("OF0023=100.1", "it lies from 0 to 100"),
        ("OF0023=-0.5%", "OF0023 is a share in percent and cannot be -0.5; it lies from 0 to 100"),
        ("OF0079=1e9", "OF0079 is in percent and cannot be 1e.09; it lies from -1,000,0"),
        ("OF5004=2", "is a flag: 1 means yes, 0 no"),
    ],
)
def test_a_change_that_cannot_be_says_why(change: str, said: str) -> None:
    with pytest.raises(AssessmentError, match=said):
        asked(figures(), "RYJ", change, rules=RULES)


@pytest.mark.parametrize(
    "text", ["OF0023", "OF0023=", "OF0023=abc", "OF0023=1e999", "OF0023=1.2.3", "=1"]
)
def test_what_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(AssessmentError, match="a change is written as"):
        parse_change(text)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("of0079=0.5", Change("OF0079", 0.5)),
        ("OF0079 = -0.5%", Change("OF0079", -0.5, "percent")),
        ("OF0079=−0.5", Change("OF0079", -0.5)),
        ("OF0061=6.9 out of 10", Change("OF0061", 6.9, "out of 10")),
    ],
)
def test_changes_are_read(text: str, change: Change) -> None:
    assert parse_change(text) == change


def test_changes_need_a_known_trust_and_to_be_there_once() -> None:
    with pytest.raises(UnknownCode, match="nearest: RYJ"):
        asked(figures(), "RYI", "OF0023=1")
    with pytest.raises(AssessmentError, match="given more than one value"):
        asked(figures(), "RYJ", "OF0023=1", "OF0023=2")
    with pytest.raises(AssessmentError, match="at least one change"):
        asked(figures(), "RYJ")


def test_a_metric_that_keeps_its_published_score_cannot_be_changed() -> None:
    # With a published score and too few trusts at hand the ranking is not complete.
    whole = what_if_framework()
    of = figures(OF1023={"RYJ": 1.3, "RRV": 2.1, "R1K": 2.9, "RJ1": 3.8})
    with pytest.raises(AssessmentError, match=r"its published score stays|Its published score"):
        what_if(of, "RYJ", [Change("OF0023", 50)], framework=whole, period=PERIOD)


def test_of_a_ranking_that_is_not_complete_the_score_is_not_said_to_come_from_it() -> None:
    of = figures(OF1023={"RYJ": 1.3, "RRV": 2.1, "R1K": 2.9, "RJ1": 3.8})
    judged = assess(of, what_if_framework(), PERIOD)
    said = str(judged.explain("RYJ").to_dict())
    # Of four the first scores 1 + 3 × 0 / 3.
    assert (
        "Among those at hand it ranks 1 of 4 (higher is better), which alone would score "
        "1 + 3 × (1 − 1) ÷ (4 − 1) = 1.00. Not all who are ranked together (acute trusts) are at "
        "hand: only 4 of the "
    ) in said
    assert "Ranked 1 of 4" not in said


def what_if_framework() -> Any:
    from remit.catalogue import check_framework, parse

    from .figures_by_hand import HEADER, ONE_RANKED, SEGMENTS

    strict = HEADER.replace("coverage_minimum: 0.0001", "coverage_minimum: 0.95")
    return check_framework(parse(strict + ONE_RANKED + SEGMENTS, "by-hand.yaml"))


def test_an_added_value_is_said() -> None:
    of = figures(OF0079={"RRV": 1}, OF0081={"RRV": 1, "RYJ": 1})
    answer = asked(of, "RYJ", "OF0079=1", rules=RULES)
    assert "OF0079 has no value at present: it adds a score." in answer.notes
    assert answer.to_dict()["changes"][0]["before"] is None
