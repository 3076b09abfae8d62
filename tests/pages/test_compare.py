"""Organisations side by side: the same figures as their own pages, and a true claim."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import polars as pl
import pytest

from remit.model.organisation import TrustKind
from remit.pages.frame.folders import SiteError
from remit.pages.standings.compare_view import (
    ComparedOne,
    claim_of,
    compare_script,
    compared_view,
    overlap_of,
)
from remit.pages.standings.organisation_view import organisation_view
from remit.pages.standings.results import Results
from remit.pages.standings.site import _check_compared
from remit.words.figures import number_words


def one(code: str, average: float | None) -> ComparedOne:
    from remit.pages.frame.links import Link

    return ComparedOne(code, f"Trust {code}", Link(code), average, {})


@pytest.mark.parametrize(
    ("averages", "said"),
    [
        ((1.6, 2.5, 3.0), "Best average score of these: Trust A, 1.60; worst: Trust C, 3.00."),
        ((1.6, 1.6, 3.0), "Best average score of these: Trust A and Trust B, 1.60; worst: "
         "Trust C, 3.00."),
        ((2.0, 2.0), "All 2 have an average score of 2.00."),
        ((2.0, None), "Fewer than two of the 2 have an average score."),
        ((2.004, 1.996), "All 2 have an average score of 2.00."),
    ],
)  # fmt: skip
def test_the_claim_is_of_the_figures_as_printed(
    averages: tuple[float | None, ...], said: str
) -> None:
    assert claim_of([one("ABC"[at], value) for at, value in enumerate(averages)]) == said


@pytest.mark.parametrize(
    ("ranges", "said"),
    [
        (((1.0, 2.0), (1.5, 2.5)), "Their likely ranges overlap: no order can be told."),
        (((1.0, 2.0), (2.0, 2.5)), "Their likely ranges overlap: no order can be told."),
        (((1.0, 2.0), (2.1, 2.5)), "No two of their likely ranges overlap."),
        (((1.0, 2.0), (1.9, 2.5), (2.4, 3.0)),
         "Where likely ranges overlap (2 of 3 pairs), no order can be told."),
        (((1.0, 2.0), None), ""),
        ((None, None), ""),
    ],
)  # fmt: skip
def test_the_claim_says_whether_likely_ranges_overlap(
    ranges: tuple[tuple[float, float] | None, ...], said: str
) -> None:
    chosen = [replace(one("ABC"[at], 2.0), range=ends) for at, ends in enumerate(ranges)]
    assert overlap_of(chosen) == said
    assert claim_of(chosen).endswith(said)


def test_every_figure_is_that_of_the_organisations_own_page(periods: list[Results]) -> None:
    latest = periods[-1]
    view = compared_view(latest, TrustKind.ACUTE, periods[:-1])
    for chosen in view.chosen:
        own = organisation_view(latest, chosen.code, periods)
        standing = latest.standings[chosen.code]
        assert chosen.cells["average"][0] == number_words(standing.average_score)
        lines = {line.metric_id: line for domain in own.domains for line in domain.metrics}
        compared = [row.id for row in view.rows if row.id in lines]
        assert len(compared) > 5
        for metric_id in compared:
            figure, score = chosen.cells[metric_id]
            assert figure == lines[metric_id].value.replace("–", "score only")
            assert score == f"score {number_words(lines[metric_id].score)}"


def test_a_score_without_its_value_is_not_said_to_be_not_held(periods: list[Results]) -> None:
    latest = periods[-1]
    found = compared_view(latest, TrustKind.ACUTE).chosen[0]
    metric_id, (_, score) = next(
        (row, cell) for row, cell in found.cells.items() if cell[1].startswith("score ")
    )
    this = (pl.col("org_code") == found.code) & (pl.col("metric_id") == metric_id)
    scores = latest.assessment.metric_scores
    bare = scores.with_columns(value=pl.when(~this).then(pl.col("value")))
    shown = Results(replace(latest.assessment, metric_scores=bare))
    again = next(
        one for one in compared_view(shown, TrustKind.ACUTE).chosen if one.code == found.code
    )
    assert again.cells[metric_id] == ("score only", score)


def test_it_opens_on_peers_from_the_best_to_the_worst_and_says_so(periods: list[Results]) -> None:
    """No type has four acute trusts; most of them are five, of which four are shown."""
    shown = periods[-1]
    view = compared_view(shown, TrustKind.ACUTE)
    scored = [one for one in shown.by_kind[TrustKind.ACUTE] if one.average_score is not None]
    area = Counter(one.icb_code for one in scored).most_common(1)[0]
    members = [one.org_code for one in scored if one.icb_code == area[0]]
    assert len(members) == area[1] == 5
    # Steps of 4/3 from the first: 0, 1, 3, 4.
    assert [one.code for one in view.chosen] == [members[at] for at in (0, 1, 3, 4)]
    assert view.first.startswith("To begin with: 4 of the 5 acute trusts in ")
    assert view.first.endswith(", spread from the best average score among them to the worst.")


def test_the_largest_type_stands_before_an_area(periods: list[Results]) -> None:
    """Five of the trusts that are mental health and community ones are of one type."""
    view = compared_view(periods[-1], TrustKind.MENTAL_HEALTH_COMMUNITY)
    register = periods[-1].assessment.register
    assert {register.get(one.code).subkind for one in view.chosen} == {
        "Mental Health and Learning Disability"
    }
    assert "of the type “Mental Health and Learning Disability”, the largest group" in view.first


def test_who_was_asked_for_has_no_reason(periods: list[Results]) -> None:
    asked = Results(periods[-1].assessment, compare=("ZA4", "ZA1"))
    assert compared_view(asked, TrustKind.ACUTE).first == ""


def test_those_asked_for_stand_first_and_the_script_has_all(periods: list[Results]) -> None:
    asked = Results(periods[-1].assessment, compare=("ZA4", "ZA1"))
    view = compared_view(asked, TrustKind.ACUTE)
    assert [chosen.code for chosen in view.chosen] == ["ZA4", "ZA1"]
    script = compare_script(view)
    first = script.splitlines()[0]
    held = json.loads(first.removeprefix("window.remitCompared = ").rstrip(";"))
    acute = {standing.org_code for standing in asked.by_kind[TrustKind.ACUTE]}
    assert set(held) == acute
    rows = {row.id for row in view.rows}
    assert all(rows <= set(other["cells"]) for other in held.values())


@pytest.mark.parametrize(
    ("codes", "why"),
    [
        (("ZA1", "ZA99"), "no such code"),
        (("ZA1",), "two to 6"),
        (("ZA1", "ZA1"), "each once"),
        (("ZA1", "ZM1"), "different kinds"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    periods: list[Results], codes: tuple[str, ...], why: str
) -> None:
    with pytest.raises(SiteError, match=why):
        _check_compared([periods[-1].assessment], codes)
