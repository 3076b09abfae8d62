"""How sure a standing is: what the pages say, held against the likely ranges by hand."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import polars as pl
import pytest

from remit.assessment.likely.of_standing import with_likely
from remit.assessment.result.assessment import Assessment
from remit.model.organisation import TrustKind
from remit.pages.drawing.charts import ShareOfWhole, shares
from remit.pages.frame.links import Page, PageKind, PageLinks
from remit.pages.frame.rendering import Site, render
from remit.pages.standings.how_sure import (
    chance_words,
    how_sure,
    percent_words,
    range_words,
    segment_at,
)
from remit.pages.standings.league_view import league_view
from remit.pages.standings.likely_ranges import TrustRanges
from remit.pages.standings.method_view import method_view
from remit.pages.standings.organisation_view import organisation_view
from remit.pages.standings.results import Results


@pytest.fixture(scope="module")
def without(assessments: list[Assessment]) -> Results:
    """The latest period, for which no ranges were drawn."""
    last = assessments[-1]
    plain = last.standing.select(
        c for c in last.standing.columns if not c.startswith(("likely_", "p_segment_"))
    )
    return Results(with_likely(replace(last, standing=plain, likely=None), None, 1))


def with_range(results: Results, code: str, likely: TrustRanges) -> Results:
    """The same results with another range for one trust."""
    found = Results(results.assessment)
    found.__dict__["likely"] = {**results.likely, code: likely}
    return found


def a_range(score: tuple[float, float], rank: tuple[int, int] | None, n: int = 9) -> TrustRanges:
    return TrustRanges(score, rank, ((1, 0.2), (2, 0.8)), n, n_rivals=8, n_told_apart=3)


def test_pages_show_the_ranges_of_the_assessment(latest: Results) -> None:
    for row in latest.assessment.standing.iter_rows(named=True):
        found = latest.likely[row["org_code"]]
        if row["likely_score_low"] is None:
            assert found.score is None
            continue
        assert found.score == (row["likely_score_low"], row["likely_score_high"])
        assert found.rank == (row["likely_rank_low"], row["likely_rank_high"])
        assert dict(found.chances) == {s: row[f"p_segment_{s}"] for s in (1, 2, 3, 4)}


@pytest.mark.parametrize(
    ("share", "percent", "words"),
    [
        (0.0, "0%", "none of the draws"),
        (0.0001, "under 1%", "fewer than 1 in 20"),
        (0.0496, "5%", "about 1 in 20"),
        (0.06, "6%", "about 1 in 20"),
        (0.08, "8%", "about 1 in 10"),
        (0.68, "68%", "about 7 in 10"),
        (0.92, "92%", "about 9 in 10"),
        (0.94, "94%", "about 19 in 20"),
        (0.994, "99%", "more than 19 in 20"),
        (0.9999, "over 99%", "more than 19 in 20"),
        (1.0, "100%", "all of the draws"),
    ],
)
def test_a_share_is_never_all_unless_it_is(share: float, percent: str, words: str) -> None:
    assert percent_words(share) == percent
    assert chance_words(share) == words


def test_a_score_at_a_cut_point_is_in_the_better_segment() -> None:
    cuts = (2.0, 2.3, 2.6)
    assert [segment_at(s, cuts) for s in (1.0, 2.0, 2.001, 2.3, 2.6, 4.0)] == [1, 1, 2, 2, 3, 4]
    assert range_words("5", "5") == "5"
    assert range_words("5", "30") == "5 to 30"


def test_the_sentence_says_how_far_the_range_reaches(latest: Results) -> None:
    assert latest.apart is not None
    first, second, _ = latest.apart.cut_points.values
    standing = replace(latest.standings["ZA1"], override=False)
    across = with_range(latest, "ZA1", a_range((first - 0.3, first + 0.001), (2, 7)))
    assert how_sure(across, standing, 9).lead == (
        f"Chance alone could have put its score anywhere from {first - 0.3:.2f} to "
        f"{first + 0.001:.2f}, which reaches from segment 1 to segment 2; its rank could have "
        "been anywhere from 2 to 7 of 9."
    )
    inside = with_range(latest, "ZA1", a_range((first + 0.001, second), (3, 3)))
    lead = how_sure(inside, standing, 9).lead
    assert ", which lies within segment 2; its rank would be 3 of 9 all the same." in lead
    held = how_sure(inside, replace(standing, override=True), 9)
    assert ", which by the score alone lies within segment 2;" in held.lead
    assert "after the override" in held.chances_note


def test_without_a_range_the_page_says_why(latest: Results, without: Results) -> None:
    standing = latest.standings["ZA1"]
    one = how_sure(with_range(latest, "ZA1", a_range((2.0, 2.0), (1, 1), n=1)), standing, 9)
    assert one.lead.startswith("It has one score only")
    none = TrustRanges(None, None, (), 0, 0, 0)
    adjusted = how_sure(with_range(latest, "ZA1", none), standing, 9)
    assert adjusted.lead.startswith("Its score does not rest on its own scores alone")
    unscored = replace(standing, average_score=None)
    assert how_sure(with_range(latest, "ZA1", none), unscored, 9).lead == (
        "Without a score there is no likely range."
    )
    assert how_sure(without, standing, 9).lead.startswith("No likely ranges were drawn")
    for found in (one, adjusted):
        assert (found.score, found.rank, found.chances, found.chart) == ("", "", (), None)


def test_a_framework_without_segments_by_score_has_a_range_of_the_score(latest: Results) -> None:
    found = replace(a_range((1.5, 2.5), None), chances=())
    results = with_range(latest, "ZA1", found)
    sure = how_sure(results, replace(latest.standings["ZA1"], rank=None), 0)
    assert (sure.score, sure.rank, sure.chances, sure.chart) == ("1.50 to 2.50", "", (), None)
    assert "rank" not in sure.lead


def test_scores_all_alike_prove_no_certainty(latest: Results) -> None:
    results = with_range(latest, "ZA1", a_range((1.0, 1.0), (1, 4)))
    sure = how_sure(results, latest.standings["ZA1"], 9)
    assert sure.lead.startswith("Its score came out at 1.00 in nearly every draw")
    assert "proves no certainty" in sure.basis


def test_who_can_be_told_apart_is_counted_and_the_correction_named(latest: Results) -> None:
    standing = latest.standings["ZA1"]
    sure = how_sure(with_range(latest, "ZA1", a_range((1.5, 2.5), (1, 4))), standing, 9)
    assert sure.apart.startswith(
        "By its score it can be told apart from 3 of the other 8 acute trusts, and not from 5. "
        "All pairs are compared at once, with Benjamini and Hochberg’s correction"
    )
    nobody = replace(a_range((1.5, 2.5), (1, 4)), n_told_apart=0)
    sure = how_sure(with_range(latest, "ZA1", nobody), standing, 9)
    assert sure.apart.startswith("By its score it cannot be told apart from any of the other 8")


def test_the_league_says_and_draws_each_rank_within_the_table(latest: Results) -> None:
    view = league_view(latest, TrustKind.ACUTE)
    standing = latest.assessment.standing
    for row in view.rows:
        drawn = view.ranges[row.code]
        best, worst = (
            standing.filter(org_code=row.code)[f"likely_rank_{end}"].item()
            for end in ("low", "high")
        )
        assert drawn.words == range_words(str(best), str(worst))
        assert row.rank_mark is not None
        assert row.rank_mark.sentence == (
            f"{row.short}: rank {row.rank} of {row.of}, likely {drawn.words}."
        )
        assert drawn.others == row.of - 1
    assert [view.ranges[row.code].next is None for row in view.rows].index(True) == row.of - 1


def test_neighbours_are_told_apart_as_the_pairs_say(latest: Results) -> None:
    view = league_view(latest, TrustKind.ACUTE)
    codes = [row.code for row in view.rows]
    results = Results(latest.assessment)
    results.__dict__["told_apart"] = frozenset({frozenset(codes[1:3]), frozenset(codes[0::2])})
    found = league_view(results, TrustKind.ACUTE)
    assert [found.ranges[code].next for code in codes[:3]] == [False, True, False]
    # Ten acute trusts make 10 × 9 / 2 pairs.
    assert " 1 can be told apart. Of all 45 pairs, " in found.sure
    assert latest.apart is not None
    told = latest.apart.pairs.filter(pl.col("told_apart")).height
    assert len(latest.told_apart) == told


def test_likely_ranks_sort_by_their_best_end_and_then_the_worst(latest: Results) -> None:
    ranges = league_view(latest, TrustKind.ACUTE).ranges
    ends = [[int(end) for end in found.words.split(" to ")] for found in ranges.values()]
    by_key = sorted(ranges.values(), key=lambda found: float(found.sort))
    ordered = sorted((end[0], end[-1]) for end in ends)
    assert [range_words(str(a), str(b)) for a, b in ordered] == [found.words for found in by_key]


def unlike(results: Results, told: int) -> Results:
    """The same results in which 3 pairs of acute trusts have a p-value of 0.01, others of 0.5."""
    assert results.apart is not None
    place = pl.int_range(pl.len()).over("kind")
    acute = pl.col("kind") == TrustKind.ACUTE.value
    pairs = results.apart.pairs.with_columns(
        p_value=pl.when(acute & (place < 3)).then(0.01).otherwise(0.5),
        told_apart=acute & (place < told),
    )
    found = Results(results.assessment)
    found.__dict__["apart"] = replace(results.apart, pairs=pairs)
    return found


def test_where_nobody_is_told_apart_it_says_why_ranges_apart_are_not_enough(
    latest: Results,
) -> None:
    """45 pairs at 5% each: chance alone makes about two (2.25)."""
    assert (
        "Of all 45 pairs, none can. Each looked at by itself, 3 would be; if no two really "
        "differed, chance alone would make about 2, so which of them are real cannot be told."
    ) in league_view(unlike(latest, 0), TrustKind.ACUTE).sure
    assert "Of all 45 pairs, 2 can. With " in league_view(unlike(latest, 2), TrustKind.ACUTE).sure


def test_a_trust_whose_range_lies_apart_from_some_says_that_this_is_not_enough(
    latest: Results,
) -> None:
    alike = unlike(latest, 0)
    low, high = (a_range(ends, (1, 9)) for ends in ((1.0, 1.2), (1.5, 3.0)))
    codes = [s.org_code for s in latest.by_kind[TrustKind.ACUTE]]
    alike.__dict__["likely"] = dict.fromkeys(codes, high) | {codes[0]: low}
    said = how_sure(alike, alike.standings[codes[0]], 9).apart
    assert (
        "Its likely score lies apart from that of 9 that it cannot be told from: among 45 pairs "
        "some lie so by chance alone."
    ) in said
    # Two that reach each other, or that are told apart, need no such word.
    alike.__dict__["likely"][codes[0]] = high
    assert "lies apart" not in how_sure(alike, alike.standings[codes[0]], 9).apart
    alike.__dict__["likely"][codes[0]] = low
    alike.__dict__["told_apart"] = frozenset(frozenset({codes[0], one}) for one in codes[1:])
    assert "lies apart" not in how_sure(alike, alike.standings[codes[0]], 9).apart


def test_pages_without_ranges_leave_them_out(without: Results) -> None:
    league = league_view(without, TrustKind.ACUTE)
    assert league.ranges == {}
    assert league.sure == "No likely ranges were drawn for this assessment."
    method = method_view(without)
    assert method.sure == ("No likely ranges were drawn for this assessment.",)
    assert method.sure_settings == ()
    trust = organisation_view(without, "ZA1", [without])
    site = Site((without.period,), fictional=True, version="1")
    for kind, code, view in (
        (PageKind.LEAGUE, "acute", league),
        (PageKind.TRUST, "ZA1", trust),
        (PageKind.METHOD, "", method),
    ):
        page = Page(kind, code, without.period)
        text = unescape(render(site, PageLinks([page]), page, view))
        assert "No likely ranges were drawn for this assessment" in text
        assert "Likely rank" not in text


def test_the_method_names_the_settings_of_the_run(latest: Results) -> None:
    run = latest.assessment.likely
    assert run is not None
    view = method_view(latest)
    settings = dict(view.sure_settings)
    assert settings["Draws"] == f"{run.replicates:,}"
    assert settings["Seed"] == str(run.seed)
    assert settings["Draws within a range"] == "95%"
    assert settings["Pairs"].startswith("Benjamini and Hochberg, false discovery rate 5%: ")
    said = " ".join(view.sure)
    assert "bootstrap" in said
    numbers = latest.assessment.standing["n_metrics"].drop_nulls()
    counted = f"With {numbers.min()} to {numbers.max()} scores"
    assert f"{counted} a likely range by NHS England’s published method" in said
    assert "times in 100, not 95" in said


def test_a_bar_is_as_long_as_its_share() -> None:
    chart = shares(
        "c", "Title", "Finding", [ShareOfWhole("One: 25%", 0.25), ShareOfWhole("Two: 0%", 0.0)]
    )
    assert [band.width for band in chart.bands if band.css == "share"] == [25.0]
    assert [text.words for text in chart.texts] == ["One: 25%", "Two: 0%"]
    assert chart.height > max(band.y + band.height for band in chart.bands)
