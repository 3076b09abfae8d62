"""What stands beside a figure: England, the region and the peers, of the same month."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.model.errors import AssessmentError
from remit.register import load_register
from remit.report import build_report
from remit.report.peers import read_peers
from remit.report.view import ReportLine, ReportView
from tests.report.stores import SEEN, WAITING, frame, rows, seen

PEERS = ("ZA2", "ZA3", "ZA4", "ZA6", "ZA7")

WIDE = (60.0, 65.0, 74.0, 83.0, 88.0)


def view(
    *parts: list[dict[str, object]], code: str = "ZA1", peers: tuple[str, ...] = ()
) -> ReportView:
    made = build_report(frame(*parts), code, "Jun 2025", metrics=[SEEN, WAITING], peers=peers)
    return made.view


def line(*parts: list[dict[str, object]], **more: object) -> ReportLine:
    return view(*parts, **more).own.lines[0]  # type: ignore[arg-type]


def field(own: float = 80.0, **more: float) -> list[list[dict[str, object]]]:
    """A trust and five of its kind, a month each: 70%, 72%, 74%, 76% and 78%."""
    values = {"ZA1": own, **dict(zip(PEERS, (70.0, 72.0, 74.0, 76.0, 78.0), strict=True)), **more}
    return [seen(code, [value]) for code, value in values.items()]


def test_england_is_the_row_that_is_printed_where_there_is_one() -> None:
    printed = [row | {"org_kind": "england"} for row in seen("ENG", [77.7])]
    beside = line(seen("ZA1", [80.0]), seen("ZA2", [60.0]), printed).compared.areas[0]
    assert (beside.level, beside.said, beside.basis) == ("england", "77.7%", "as printed")
    assert {trace.org_code for trace in beside.traces} == {"ENG"}


def test_england_is_else_the_sum_of_those_held_and_it_is_said_of_how_many() -> None:
    # (800 + 600) of (1,000 + 1,000)
    beside = line(seen("ZA1", [80.0]), seen("ZA2", [60.0])).compared.areas[0]
    assert (beside.said, beside.basis) == ("70.0%", "2 providers together")
    assert "The 2 providers" in beside.who


def test_the_region_stands_beside_a_trust_and_its_icb_and_none_beside_a_region() -> None:
    parts = (seen("ZA1", [80.0]), seen("ZA2", [60.0]))
    icb = view(*parts, code="ZB1")
    name = load_register().get("ZR1").name
    assert [[area.name for area in one.compared.areas][1:] for one in icb.lines] == [[name]] * 3
    region = view(*parts, code="ZR1").own.lines[0]
    assert [area.level for area in region.compared.areas] == ["england"]


def test_a_figure_of_another_month_is_not_set_beside_but_told_with_its_month() -> None:
    late = seen("ZA2", [70.0, 71.0], last=(2025, 5))
    group = line(seen("ZA1", [80.0]), late, peers=("ZA2",)).compared.peers
    assert group is not None
    assert (group.count, group.chosen, group.median) == (0, 1, None)
    assert group.absent[0].said == "not held for Jun 2025; newest 71.0% in May 2025"


def test_the_peers_give_median_quartiles_and_the_own_place() -> None:
    group = line(*field(77.0), peers=PEERS).compared.peers
    assert group is not None
    # Of 70, 72, 74, 76 and 78: the middle is 74, the quarters are cut at 72 and 76.
    assert (group.median, group.lower, group.upper) == (74, 72, 76)
    # One of them, 78%, is better.
    assert (group.place, group.count) == (2, 5)
    assert "2 of 6, best first" in group.cell
    assert [figure.said for figure in group.figures] == [
        "78.0%", "76.0%", "74.0%", "72.0%", "70.0%",
    ]  # fmt: skip


def test_of_what_is_better_when_low_the_lowest_comes_first() -> None:
    counts = {"ZA1": 50.0, "ZA2": 20.0, "ZA3": 90.0}
    parts = [rows(code, "made-up.waiting-list", [value]) for code, value in counts.items()]
    group = line(*parts, peers=("ZA2", "ZA3")).compared.peers
    assert group is not None
    assert [figure.body.code for figure in group.figures] == ["ZA2", "ZA3"]
    assert group.place == 2


def test_three_peers_have_a_median_and_no_quartiles() -> None:
    group = line(*field(), peers=PEERS[:3]).compared.peers
    assert group is not None
    assert (group.median, group.lower, group.range_said) == (72, None, "")


def test_it_is_not_its_own_peer() -> None:
    group = line(*field(), peers=("ZA1", "ZA2")).compared.peers
    assert group is not None
    assert [figure.body.code for figure in group.figures] == ["ZA2"]


def test_only_what_is_of_its_kind_is_beside_it() -> None:
    parts = [*field(), seen("ZM1", [99.0])]
    made = view(*parts, peers=("ZA2", "ZM1"))
    group = made.own.lines[0].compared.peers
    assert group is not None
    assert [figure.body.code for figure in group.figures] == ["ZA2"]
    assert any("is of the kind of" in note and "ZM1" in note for note in made.notes)


def test_a_funnel_tells_a_difference_from_chance() -> None:
    # Of 1,000 each 74% on average, one standard error is 1.4 points; the peers vary as chance has
    # it, about two errors. 95% lies far beyond 3.09 of them, 75% well within.
    far = line(*field(95.0), peers=PEERS).compared.peers
    near = line(*field(75.0), peers=PEERS).compared.peers
    assert far is not None
    assert near is not None
    assert (far.verdict, far.is_signal) == ("better_than_outer", True)
    assert (near.verdict, near.is_signal) == ("within_limits", False)
    assert "chance can explain the difference" in near.cell


def test_what_only_widened_limits_hold_is_not_put_down_to_chance() -> None:
    # 60, 65, 74, 83 and 88 of 100: one standard error is 1.4 points, so the peers differ by many
    # times what chance has; 80% lies 4 of those errors off, and within their spread.
    wide = [seen(code, [rate] * 13) for code, rate in zip(PEERS, WIDE, strict=True)]
    group = line(seen("ZA1", [80.0] * 13), *wide, peers=PEERS).compared.peers
    assert group is not None
    assert not group.is_signal
    assert "within the spread among peers" in group.cell
    assert "chance" not in group.cell
    # The one at the common rate itself needs no spread to be explained.
    middle = next(one for one in group.figures if one.value == 74.0)
    assert middle.chance == "chance can explain the difference"


def test_the_funnel_is_held_against_the_peers_together() -> None:
    made = view(*field(95.0), peers=PEERS)
    (drawn,) = made.funnels
    assert drawn.made.target == pytest.approx(74.0)
    assert drawn.codes == {"ZA1", *PEERS}


def test_counts_have_no_funnel_and_it_is_said_why() -> None:
    parts = [rows(code, "made-up.waiting-list", [9.0]) for code in ("ZA1", *PEERS)]
    group = line(*parts, peers=PEERS).compared.peers
    assert group is not None
    assert group.verdict == ""
    assert group.no_verdict.startswith("It is no share")


def test_few_have_no_funnel_and_it_is_said_why() -> None:
    group = line(*field(), peers=PEERS[:3]).compared.peers
    assert group is not None
    assert group.no_verdict.startswith("Fewer than 5")


def test_the_rows_behind_what_is_compared_are_among_the_rows_of_the_report() -> None:
    found = build_report(frame(*field()), "ZA1", "Jun 2025", metrics=[SEEN], peers=("ZA2",)).rows
    assert {"ZA1", "ZA2"} <= set(found["org_code"])


def test_peers_change_no_figure_of_the_report() -> None:
    alone, beside = view(*field(), code="ZB1"), view(*field(), code="ZB1", peers=("ZA6",))
    assert [one.said for one in alone.lines] == [one.said for one in beside.lines]
    assert [one.body for one in alone.lines] == [one.body for one in beside.lines]
    assert alone.missing == beside.missing


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("peers.csv", "code,name\nZA2,Quillborough\n\nza3,\n"),
        ("peers.csv", "Name;Org_Code\nQuillborough;ZA2\nThird;ZA3\n"),
        ("peers.yaml", "# of our size\n- ZA2\n- ZA3\n"),
        ("peers.csv", "organisation\nZA2\nZA3\n"),
    ],
)
def test_peers_are_read_from_a_file(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert read_peers(str(path), load_register()) == ("ZA2", "ZA3")


def test_peers_are_read_from_a_list_of_codes() -> None:
    assert read_peers("ZA2, za3", load_register()) == ("ZA2", "ZA3")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("p.csv", "code\nZA2\nZA33\n", r"p\.csv, line 3: There is no organisation 'ZA33'.*ZA3"),
        ("p.csv", "code\nZA2\nZA2\n", r"p\.csv, line 3: ZA2 stands twice"),
        ("p.csv", "who\nZA2\n", r"p\.csv, line 1: there is no column 'code'; the header has who"),
        ("p.csv", "code,size\n,4\n", r"p\.csv, line 2: the code is missing"),
        ("p.csv", "code\n", "no peer is named"),
        ("p.yaml", "- ZA2\n- ZA99\n", r"p\.yaml, line 2: There is no organisation 'ZA99'"),
        ("p.yaml", "peers: ZA2\n", "write the peers as a list"),
    ],
)
def test_a_faulty_file_of_peers_is_refused_with_its_line(
    name: str, text: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AssessmentError, match=said):
        read_peers(str(path), load_register())


def test_no_peer_at_all_is_refused() -> None:
    with pytest.raises(AssessmentError, match="no peer is named"):
        read_peers(" ", load_register())


def test_a_peer_that_is_real_is_not_set_beside_the_sample() -> None:
    with pytest.raises(AssessmentError, match="fictional sample"):
        view(seen("ZA1", [80.0]), peers=("RYJ",))
