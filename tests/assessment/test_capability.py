"""A board's capability: shown beside the segment; in it only where the framework says so."""

from __future__ import annotations

import pytest

from remit.assessment.judgement.capability import CapabilityRecords, check_capability, gaps
from remit.assessment.judgement.records import Records
from remit.assessment.movement.movement import movement
from remit.assessment.result.assessment import Assessment
from remit.assessment.run import assess
from remit.catalogue import LoadedFramework, load_framework, parse
from remit.frames.figures import figures_from_frame
from remit.model.errors import DeclarationError
from remit.register import load_register

from .figures_by_hand import column
from .systems_by_hand import FIGURES, PERIOD, every, find, framework

APART = """
capability:
  name: Board capability
  kinds: [acute, mental_health_community]
  domains: [{id: strategy, name: Strategy}, {id: quality, name: Quality of care}]
"""
ENTERS = (
    APART
    + """  ratings: [High, Low]
  effects: [{rating: Low, no_better_than: 3, why: A board rated low stands no better than 3.}]
"""
)
TEXT = """schema: remit/capability/1
framework: systems
records:
  - org: RYJ
    year: 2024/25
    self_assessment:
      signed_by: Chair of the board
      signed_on: 2025-05-20
      domains:
        - domain: strategy
          rating: confirmed
          statement: The strategy was renewed
          evidence: [{title: Strategy 2025, reference: board paper 3, dated: 2025-03-01}]
        - domain: quality
          statement: Audits are behind plan.
          explanation: Two posts were filled in May.
    track_record:
      - {statement: Plans were met in 2024/25, source: Region, dated: 2025-04-30}
    third_party:
      - {statement: Maternity rated good, source: CQC}
    rating: {word: low, rated_by: Regional director, rated_on: 2025-06-10, reasons: Audits}
  - org: RAJ
    self_assessment:
      signed_by: Chair of the board
      signed_on: 2025-10-20
      domains: [{domain: strategy, statement: As planned, evidence: [{title: Plan}]}]
"""


def recorded(loaded: LoadedFramework, text: str = TEXT) -> CapabilityRecords:
    return check_capability(parse(text, "boards.yaml"), loaded.framework, load_register())


def assessed(more: str, records: bool = True) -> Assessment:
    loaded = framework(more)
    kept = Records(capability=recorded(loaded) if records else None)
    return assess(figures_from_frame(FIGURES), loaded, PERIOD, mode="recomputed", records=kept)


def test_the_rating_stands_beside_the_segment_and_leaves_it_alone() -> None:
    result = assessed(APART)
    standing = result.standing
    assert column(standing, "org_code", "capability_rating")["RYJ"] == "low"
    without = assessed(APART, records=False).standing
    assert column(without, "org_code", "capability_rating")["RYJ"] is None
    assert standing.drop("capability_rating").equals(without.drop("capability_rating"))
    assert any("it does not enter it" in note for note in result.notes)
    assert any("as recorded" in note for note in result.notes)


def test_the_rating_enters_where_the_framework_says_so() -> None:
    result = assessed(ENTERS)
    ryj = result.record("RYJ")
    assert (ryj["unadjusted_segment"], ryj["adjusted_segment"], ryj["final_segment"]) == (1, 3, 3)
    assert ryj["overrides_applied"] == "capability_low"
    r1l = result.record("R1L")
    assert (r1l["unadjusted_segment"], r1l["final_segment"]) == (1, 1)
    step = find(result.explain("RYJ"), "override")
    assert step.label == "Board capability: Low"
    assert "This changed the segment" in step.because
    assert find(result.explain("R1L"), "override").value == "not known"


def test_a_movement_counts_a_rating_that_enters() -> None:
    # Adjusted to 3 by its rating in both quarters: the movement starts and ends there.
    loaded = framework(ENTERS)
    kept = Records(capability=recorded(loaded))
    before, after = (
        assess(figures_from_frame(FIGURES), loaded, quarter, mode="recomputed", records=kept)
        for quarter in (PERIOD, "2025/26 Q3")
    )
    segment = movement(before, after, "RYJ").adjusted_segment
    assert before.record("RYJ")["adjusted_segment"] == 3
    assert segment is not None
    assert (segment.start, segment.end) == (3.0, 3.0)


def test_a_record_dated_after_the_period_is_not_used_and_named() -> None:
    result = assessed(APART)
    assert result.record("RAJ")["capability_rating"] is None
    assert any("dated after the period is not used: RAJ" in note for note in result.notes)
    assert find(result.explain("RAJ"), "capability").because == "No assessment is recorded."


def test_the_explanation_shows_statements_evidence_track_record_and_third_parties() -> None:
    step = find(assessed(APART).explain("RYJ"), "capability")
    assert step.value == "low"
    assert "Rated by Regional director on 10 June 2025. Audits." in step.because
    assert step.source is not None
    assert step.source.line == 4
    said = " | ".join(f"{one.label} {one.value} {one.because}" for one in every(step))
    for words in (
        "Signed by Chair of the board on 20 May 2025.",
        "Strategy confirmed The strategy was renewed.",
        "Strategy 2025",
        "board paper 3",
        "Two posts were filled in May.",
        "Track record  Plans were met in 2024/25. Source: Region, 30 April 2025.",
        "Third party  Maternity rated good. Source: CQC.",
        "Quality of care: no evidence is named.",
    ):
        assert words in said


def test_nothing_is_shown_where_no_file_was_given() -> None:
    tree = assessed(APART, records=False).explain("RYJ")
    assert not [step for step in every(tree) if step.key == "capability"]


def test_gaps_are_what_is_not_stated_not_evidenced_and_not_rated() -> None:
    loaded = framework(APART)
    ryj, raj = recorded(loaded).content.records
    assert loaded.framework.capability is not None
    assert gaps(ryj, loaded.framework.capability) == ["Quality of care: no evidence is named."]
    assert gaps(raj, loaded.framework.capability) == [
        "Quality of care: nothing is stated.",
        "The overseer's rating is not recorded.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "domain: quality",
            "domain: qualty",
            "line 14, records.0.self_assessment.domains.1.domain",
        ),
        ("domain: quality", "domain: strategy", "strategy is stated twice"),
        (
            "word: low",
            "word: amber",
            "'amber' is no rating of this framework; use one of High, Low",
        ),
        ("org: RAJ", "org: QH8", "is of no kind judged here: acute, mental_health_community"),
        ("org: RAJ", "org: RAJX", "no organisation 'RAJX' on the register"),
        ("framework: systems", "framework: other", "line 2, framework: this file belongs to other"),
        ("      signed_by: Chair of the board\n", "", "signed_by: this key is required"),
        ("rated_by: Regional director, ", "", "rating.rated_by: this key is required"),
        (
            "signed_on: 2025-05-20",
            "signed_on: in May",
            "line 8, records.0.self_assessment.signed_o",
        ),
    ],
)
def test_a_fault_is_told_with_file_line_and_key(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(DeclarationError) as caught:
        recorded(framework(ENTERS), TEXT.replace(old, new, 1))
    assert said in str(caught.value)


def test_the_same_board_on_the_same_day_is_recorded_once() -> None:
    twice = TEXT.replace("org: RAJ", "org: RYJ").replace("2025-10-20", "2025-06-10")
    with pytest.raises(DeclarationError, match="RYJ has two records dated 2025-06-10"):
        recorded(framework(APART), twice)


def test_a_framework_without_an_assessment_of_capability_takes_no_file() -> None:
    with pytest.raises(DeclarationError, match="declares no assessment of capability"):
        recorded(framework())


def test_the_six_domains_of_the_guidance_are_declared() -> None:
    capability = load_framework("nof-2025-26").framework.capability
    assert capability is not None
    assert [domain.name for domain in capability.domains] == [
        "Strategy, leadership and planning",
        "Quality of care",
        "People and culture",
        "Access and delivery",
        "Productivity and value for money",
        "Financial performance and oversight",
    ]
    assert capability.ratings == ()
    assert capability.effects == ()
