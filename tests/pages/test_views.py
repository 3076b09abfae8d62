"""What the pages say, held against the assessment and the files behind it."""

from __future__ import annotations

from dataclasses import is_dataclass, replace
from datetime import date

import pytest

from remit.assessment.result.assessment import Assessment
from remit.files.delimited import csv_text
from remit.model.organisation import Membership, TrustKind
from remit.pages.standings.area_view import area_view, areas_at_hand
from remit.pages.standings.compare import compare_scores, compare_segments
from remit.pages.standings.home_view import find_view, home_view, leagues_view
from remit.pages.standings.league_view import league_view
from remit.pages.standings.method_view import differences_csv, method_view
from remit.pages.standings.metric_view import metric_view, metrics_view
from remit.pages.standings.organisation_view import OrganisationView, organisation_view
from remit.pages.standings.results import Results
from remit.pages.standings.sources_view import rejections_view, sources_view
from remit.register import Register
from remit.sample import DIFFERENCES, REJECTED
from tests.pages.sample_pages import sample_assessments


@pytest.fixture(scope="module")
def trust(periods: list[Results]) -> OrganisationView:
    return organisation_view(periods[-1], "ZA1", periods)


def test_the_league_is_in_order_and_complete(latest: Results) -> None:
    view = league_view(latest, TrustKind.ACUTE)
    ranks = [row.rank for row in view.rows]
    assert ranks == sorted(ranks, key=lambda rank: rank or 99)
    assert len(view.rows) == sum(s.kind is TrustKind.ACUTE for s in latest.standings.values())
    assert {option.value for option in view.icbs} <= {row.icb_code for row in view.rows}
    assert view.chart is not None
    assert len(view.chart.dots) == len(view.rows)


def test_the_lead_says_segment_score_and_rank(trust: OrganisationView) -> None:
    assert trust.lead == (
        f"{trust.name} is in segment {trust.segment} in {trust.period}. Its average score is "
        f"{trust.average:.2f}, where 1.00 is best and 4.00 worst, over {trust.n_metrics} scores. "
        f"It ranks {trust.rank} of {trust.of} acute trusts, by adjusted segment and then by "
        "average score."
    )


def test_an_override_is_explained(periods: list[Results]) -> None:
    moved = [
        (results, code)
        for results in periods
        for code, standing in results.standings.items()
        if "deficit" in (standing.overrides_applied or "")
    ]
    assert moved
    results, code = moved[0]
    view = organisation_view(results, code, periods)
    unadjusted = results.standings[code].unadjusted_segment
    assert view.reasons[0] == f"The score alone gives segment {unadjusted}."
    assert "cannot stand better than segment 3" in view.reasons[1]


def test_every_figure_of_a_trust_leads_to_its_cell(
    trust: OrganisationView, latest: Results
) -> None:
    numbers = {number for number, _ in trust.files}
    lines = [line for domain in trust.domains for line in domain.metrics]
    assert len(lines) > 15
    for line in lines:
        whats = {cell.what for cell in line.cells}
        assert ("value" in whats) == (line.value != "–")
        assert ("published score" in whats) == (line.comparison.published != "–")
        assert {cell.file for cell in line.cells} <= numbers
    for comparison in trust.comparisons:
        assert bool(comparison.cells) == (comparison.published != "–")
    places = latest.published_places
    assert all(place.line > 1 for place in places.values())


def test_a_cell_holds_what_the_page_says(
    assessments: list[Assessment], trust: OrganisationView
) -> None:
    files = dict(trust.files)
    observations = assessments[-1].observations
    for domain in trust.domains:
        for line in domain.metrics:
            for cell in line.cells:
                found = observations.filter(
                    source_id=files[cell.file].source_id, source_row=cell.line, org_code="ZA1"
                )
                assert found.height == 1
                assert found["source_column"].item() == cell.column


def test_metrics_without_a_score_have_a_reason(periods: list[Results]) -> None:
    view = organisation_view(periods[1], "ZM3", periods)
    reasons = {line.metric_id: line.reason for line in view.missing}
    assert reasons["OF0016"] == "The figure is suppressed."


def test_a_trust_that_merged_keeps_its_past(periods: list[Results]) -> None:
    latest = set(periods[-1].standings)
    gone = next(code for code in periods[0].standings if code not in latest)
    view = organisation_view(periods[0], gone, periods)
    assert len(view.past) < len(periods)
    assert gone in {row.code for row in find_view(periods).rows}


def test_planted_differences_are_listed(periods: list[Results]) -> None:
    for planted in DIFFERENCES:
        results = periods[planted.quarter - 1]
        view = method_view(results)
        name = results.name(planted.code)
        found = [line for trust, _, line in view.differences if trust.text == name]
        assert float(planted.published) in [line.published_score for line in found]
        assert f"{planted.code},{planted.metric_id}," in differences_csv(results)


def test_a_differing_score_is_marked_on_the_trust(periods: list[Results]) -> None:
    planted = DIFFERENCES[0]
    view = organisation_view(periods[planted.quarter - 1], planted.code, periods)
    lines = {line.metric_id: line for domain in view.domains for line in domain.metrics}
    assert lines[planted.metric_id].comparison.verdict.startswith("Differs by ")


def test_rejected_rows_are_listed(periods: list[Results]) -> None:
    view = rejections_view(periods)
    assert view.total == len(REJECTED)
    assert {row.file for row in view.rows} == {planted.file for planted in REJECTED}
    sources = sources_view(periods)
    assert all(s.rows_read == s.rows_accepted + s.rows_rejected for s in sources.sources)


def test_an_area_holds_its_trusts(latest: Results) -> None:
    areas = {area.code: area_view(latest, area) for area in areas_at_hand(latest)}
    led = {line.row.code for code in ("ZB1", "ZB2") for line in areas[code].trusts}
    assert led == {code for code, s in latest.standings.items() if s.icb_code}
    assert {line.row.code for line in areas["ZR1"].trusts} == set(latest.standings)
    assert [line.code for line in areas["ZR1"].icbs] == ["ZB2", "ZB1"]
    for view in areas.values():
        heavy = [pull.heavy for pull in view.pulls]
        assert heavy == sorted(heavy, reverse=True)


def test_a_partner_of_another_icb_is_shown_there(assessments: list[Assessment]) -> None:
    known = assessments[-1].register
    joined = Membership("ZB2", date(2022, 7, 1))
    trust = replace(known.get("ZV1"), partner_icbs=(joined,))
    register = Register([trust if o.code == "ZV1" else o for o in map(known.get, known.codes)])
    results = Results(replace(assessments[-1], register=register))
    view = area_view(results, register.get("ZB2"))
    assert [row.code for row in view.partners] == ["ZV1"]
    assert "ZV1" not in {line.row.code for line in view.trusts}
    page = organisation_view(results, "ZV1", [results])
    assert [link.text for link in page.partners] == ["Gullhaven and Thistlemoor"]


def test_a_metric_counts_those_that_meet_its_standard(latest: Results) -> None:
    view = metric_view(latest, latest.framework.metric("OF0011"))
    met = [row for row in view.groups[0].rows if row.value is not None and row.value >= 75]
    said = (
        f"{len(met)} of {len(view.groups[0].rows)} acute trusts meet the standard of at least 75%"
    )
    assert view.groups[0].summary.startswith(said)
    assert view.finding == view.groups[0].summary
    assert view.standard == "at least 75%"
    assert [row.score for row in view.groups[0].rows] == sorted(
        row.score or 9 for row in view.groups[0].rows
    )


def test_a_floor_is_named_as_one_and_no_standard(latest: Results) -> None:
    """From 70% on a value is ranked; below it has the worst score. Nobody set it as a standard."""
    view = metric_view(latest, latest.framework.metric("OF0057"))
    values = [row.value for row in view.groups[0].rows if row.value is not None]
    reached = sum(value >= 70 for value in values)
    assert (view.standard, view.standard_name) == ("at least 70%", "Floor")
    said = (
        f"{reached} of {len(values)} {view.groups[0].name.lower()} reach the floor of at least 70%"
    )
    assert view.groups[0].summary.startswith(said)
    assert view.groups[0].chart
    assert ">Floor: at least 70%<" in view.groups[0].chart.svg
    assert metric_view(latest, latest.framework.metric("OF0011")).standard_name == "Standard"
    listed = {line.id: line.standard for _, lines in metrics_view(latest).domains for line in lines}
    assert (listed["OF0057"], listed["OF0011"]) == ("at least 70% (floor)", "at least 75%")


def test_a_metric_that_is_ranked_by_kind_has_a_part_for_each(latest: Results) -> None:
    view = metric_view(latest, latest.framework.metric("OF0084"))
    assert [group.name for group in view.groups] == [
        "Acute trusts",
        "Mental health and community trusts",
        "Ambulance trusts",
    ]
    together = metric_view(latest, latest.framework.metric("OF0082"))
    assert len(together.groups) == 1


def test_the_first_page_shows_each_kind_in_its_latest_period(periods: list[Results]) -> None:
    view = home_view(periods)
    shown = [line.kind for overview in view.latest for line in overview.kinds]
    assert sorted(shown) == [
        "acute trusts",
        "ambulance trusts",
        "mental health and community trusts",
    ]
    for line in leagues_view(periods[-1]).kinds:
        assert sum(line.segments) == line.trusts


def test_recomputed_pages_say_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = sample_assessments(tmp_path_factory.mktemp("recomputed"), mode="recomputed")
    view = leagues_view(Results(found[-1]))
    assert view.basis.startswith("Scores are recomputed by Remit")
    assert view.origin.startswith("Segments are cut at average scores of ")


def test_views_are_plain_and_frozen(trust: OrganisationView) -> None:
    assert is_dataclass(trust)
    with pytest.raises(AttributeError):
        trust.code = "other"  # type: ignore[misc]


def test_comparisons_allow_for_the_last_digit() -> None:
    assert compare_scores("Score", 2.341, 2.35).same is True
    assert compare_scores("Score", 2.30, 2.35).mark == "Score differs: published 2.35"
    assert compare_scores("Score", 2.30, None).verdict == "Not published"
    assert compare_scores("Score", None, 2.30).verdict == "Not recomputed"
    assert compare_segments("Segment", 2, 3).verdict == "Differs"


def test_a_spreadsheet_runs_no_formula_of_ours() -> None:
    text = csv_text(("value",), [["=1+1"], ["-2.5"], ["@SUM(A1)"], ["plain"]])
    assert text.splitlines() == ["value", "'=1+1", "-2.5", "'@SUM(A1)", "plain"]


def test_a_trust_s_page_names_its_framework_and_what_is_doubtful_of_it(latest: Results) -> None:
    code = next(iter(latest.standings))
    view = organisation_view(latest, code, [latest])
    assert view.framework.text == latest.framework.name
    assert "not in force" not in view.doubt
    ended = latest.framework.model_copy(update={"valid_to": date(2025, 4, 30)})
    later = Results(replace(latest.assessment, framework=ended))
    said = organisation_view(later, code, [later]).doubt
    assert said.startswith(f"It was not in force in {latest.period}.")
    assert "Not all of its metric rules are verified" in said


@pytest.mark.parametrize(
    ("metric", "reads", "dated"),
    [
        # The sample has scores of it alone, as the publication has.
        (
            "OF0067",
            "Scores alone are published, no values: 1.00 is best, 4.00 worst.",
            "The publication says of when they are: “Latest published if awarded between 13 Feb 24 "
            "and 12 Feb 26”",
        ),
        ("OF0080", "Scores alone are published, no values: 1.00 is best, 4.00 worst.",
         "Figures are for Q4 2025/26"),
        ("OF0011", "Higher is better.", "Figures are for Q4 2025/26"),
        ("OF0041", "Higher is better.", "Figures are for Apr 25 - Mar 26 vs Apr 24 - Mar 25"),
        ("OF0028", "Lower is better.",
         "The publication says of when they are: “Year to date 25/26”"),
    ],
)  # fmt: skip
def test_a_metric_says_how_to_read_it_and_of_when_it_is(
    latest: Results, metric: str, reads: str, dated: str
) -> None:
    view = metric_view(latest, latest.framework.metric(metric))
    assert (view.reads, view.dated) == (reads, dated)
