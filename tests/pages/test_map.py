"""The map of ICBs: outlines that are known and no others, tiles for all, and true findings."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from remit.pages.drawing.area_map import area_map
from remit.pages.standings.map_findings import FORMS, MapFacts, map_finding
from remit.pages.standings.map_view import band_of, map_view, tile_places
from remit.pages.standings.results import Results
from remit.register import load_register
from remit.register.outlines import Ring, icb_outlines, joined, outline_on

DECLARATIONS = Path(__file__).parents[2] / "src" / "remit" / "declarations"
BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 1)
DIVIDED_OR_GREW = {"D7T5G", "T6Y0W", "S1Y5D", "S9B9J", "S0E4D", "QRL"}
"""Those that took part of a divided ICB on 1 April 2026, as the register says."""


def area(rings: tuple[Ring, ...]) -> float:
    """Twice the area; holes and outlines run in opposite ways, so that holes are taken off."""
    return abs(sum(x1 * y2 - x2 * y1 for r in rings for (x1, y1), (x2, y2) in pairwise([*r, r[0]])))


def test_each_of_the_42_has_an_outline_on_the_grid_and_is_small() -> None:
    register, found = load_register(), icb_outlines()
    icbs = register.icbs(BEFORE)
    assert {one.code for one in icbs} == found.rings.keys()
    assert len(found.rings) == 42
    for rings in found.rings.values():
        corners = [corner for ring in rings for corner in ring]
        assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y in corners)
    assert (DECLARATIONS / "shapes" / "icbs.yaml").stat().st_size < 150_000


def test_after_march_2026_only_undivided_successors_are_joined() -> None:
    register = load_register()
    drawn = {one.code: outline_on(register, one, AFTER) for one in register.icbs(AFTER)}
    assert {code for code, rings in drawn.items() if not rings} == DIVIDED_OR_GREW
    parts = [outline_on(register, register.get(code), BEFORE) for code in ("QMJ", "QRV")]
    assert area(drawn["Z9B2Z"]) == sum(map(area, parts))
    edges = [sum(map(len, rings)) for rings in parts]
    assert sum(map(len, drawn["Z9B2Z"])) < sum(edges)


def test_an_icb_is_whole_until_the_day_of_the_change() -> None:
    register = load_register()
    assert outline_on(register, register.get("QRL"), BEFORE)
    assert not outline_on(register, register.get("QRL"), AFTER)
    assert outline_on(register, register.get("QYG"), AFTER)
    assert outline_on(register, register.get("ZB1"), AFTER) == ()


def test_two_that_touch_in_one_corner_stay_two() -> None:
    one: Ring = ((0, 0), (1, 0), (1, 1), (0, 1))
    other: Ring = ((1, 1), (2, 1), (2, 2), (1, 2))
    assert area(joined([one, other])) == 4


def test_every_icb_has_a_tile_and_no_two_of_a_day_share_one() -> None:
    register = load_register()
    for day in (BEFORE, AFTER):
        codes = [one.code for one in register.icbs(day)]
        assert set(codes) <= icb_outlines().tiles.keys()
        places = tile_places(codes)
        assert len(set(places.values())) == len(codes)
    # Codes that no tile is declared for stand below.
    mixed = tile_places(["QYG", "ZB1", "ZB2"])
    assert mixed["ZB1"][1] > mixed["QYG"][1]


@pytest.mark.parametrize(
    ("scores", "finding"),
    [
        ((), "No ICB has a score"),
        ((("Devon", 2.0),), "Devon alone has a score: 2.00"),
        ((("Devon", 2.001), ("Kent", 2.004)), "All 2 have the same score: 2.00"),
        (
            (("Devon", 2.0), ("Kent", 1.5)),
            "Kent has the best score, 1.50; Devon has the worst, 2.00",
        ),
        (
            (("A", 1.0), ("B", 1.0), ("C", 1.0), ("D", 3.0), ("E", 3.001)),
            "3 ICBs share the best score, 1.00; D and E share the worst, 3.00",
        ),
    ],
)
def test_a_finding_holds_as_printed(scores: tuple[tuple[str, float], ...], finding: str) -> None:
    facts = MapFacts(scores)
    assert sum(form.holds(facts) for form in FORMS) == 1
    assert map_finding(facts) == finding


def test_a_band_is_that_of_the_printed_score() -> None:
    """2.4999 is printed as 2.50, which is in the third band."""
    assert [band_of(score) for score in (2.49, 2.4999, 2.5)] == [2, 3, 3]
    assert 'href="#shape-A" class="band-0"' in area_map((1, 1), "x", {"A": None})


def test_the_sample_has_tiles_with_the_means_of_its_trusts(periods: list[Results]) -> None:
    results = periods[2]
    view = map_view(results)
    assert view.first.map is None
    assert view.tiles_only.startswith("No outlines are known")
    assert [tile.code for tile in view.first.tiles] == ["ZB1", "ZB2"]
    for tile in view.first.tiles:
        own = [
            row["average_score"]
            for row in results.assessment.standing.iter_rows(named=True)
            if row["icb_code"] == tile.code and row["average_score"] is not None
        ]
        assert tile.score == pytest.approx(sum(own) / len(own))
        assert tile.words == f"{len(own)} trusts"
    assert len(view.domains) == len(results.framework.domains)
    assert len(view.metrics) > 15
