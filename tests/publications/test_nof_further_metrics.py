"""Metrics that Remit does not know, and ICBs, in a file of trust data: kept, and told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import remit
from remit.model.observation import PrintedMetric
from remit.model.organisation import Organisation, OrganisationType, Succession
from remit.publications.recognise import read_file
from remit.publications.rows.reading import ReadingContext
from remit.register import Register, load_register

from .nof_later import RTT, file_of, icb_rows, league_file, line, scored


def printed_in(path: Path) -> dict[str, PrintedMetric]:
    (source,) = remit.read(path).sources.values()
    return {one.metric_id: one for one in source.printed}


def notes_on(path: Path, register: Register | None = None) -> str:
    known = register or load_register()
    context = ReadingContext(known, remit.catalogue.load_metrics())
    return "\n".join(read_file(path, context).notes)


def test_no_row_of_a_later_file_is_refused(tmp_path: Path) -> None:
    figures = remit.read(file_of(tmp_path))
    assert figures.rejections == ()
    # 6 trusts with 3 values, 3 scores, 3 results; 2 ICBs with 3 values, 2 scores, 3 results.
    assert len(figures) == 6 * 9 + 2 * 8
    kinds = figures.observations["org_kind"].value_counts().sort("org_kind")
    assert kinds.rows() == [("acute", 54), ("icb", 16)]


def test_what_is_not_known_keeps_its_identifier_its_name_and_its_unit(tmp_path: Path) -> None:
    path = file_of(tmp_path)
    found = printed_in(path)
    assert sorted(found) == [
        "OF0207", "OF0210", "OF0301", "OF0302", "OF0303", "OF1207", "OF1210", "OF1301", "OF1302",
    ]  # fmt: skip
    value, score = found["OF0207"], found["OF1207"]
    assert (value.name, value.unit, value.part) == (
        "Same day care",
        "per 1000 attendances",
        "value",
    )
    assert (score.part, score.of) == ("score", "OF0207")
    notes = notes_on(path)
    # Of trusts 4 rows each, of ICBs 5.
    assert "34 rows with 9 identifiers that Remit does not know are kept" in notes
    assert "OF0207 “Same day care” (per 1000 attendances)" in notes


def test_an_identifier_printed_under_another_name_is_told(tmp_path: Path) -> None:
    path = file_of(tmp_path, scored("ZA1", "OF0023", 50, 2, name="Home births", units="percent"))
    assert printed_in(path)["OF0023"].known
    assert "2 identifiers printed under another name than Remit knows: OF0023 “Home births”" in (
        notes_on(path)
    )


@pytest.mark.parametrize("name", [RTT, RTT.upper(), f" {RTT}. "])
def test_an_identifier_under_its_own_name_is_not_told(tmp_path: Path, name: str) -> None:
    path = file_of(tmp_path, scored("ZA1", "OF0023", 50, 2, name=name, units="percent"))
    assert printed_in(path) == {}
    assert notes_on(path) == ""


@pytest.mark.parametrize(
    ("score_id", "name", "of"),
    [
        ("OF1207", "Same day care", "OF0207"),
        ("OF1999", "Same day care", "OF0207"),  # another family of identifiers, the same name
        ("OF1208", "A visit by inspectors", "OF0208"),  # a score without a value
        ("NEW-7", "A visit by inspectors", "NEW-7"),
    ],
)
def test_a_score_belongs_to_the_value_of_its_number_or_of_its_name(
    tmp_path: Path, score_id: str, name: str, of: str
) -> None:
    value = line("ZA1", "OF0207", 5, name="Same day care", units="days")
    score = line("ZA1", score_id, 2, name=name, units="score")
    assert printed_in(file_of(tmp_path, [value, score]))[score_id].of == of


@pytest.mark.parametrize(
    ("metric", "units"), [("OF4006", "score"), ("OF5099", "flag"), ("NEW1", "segment")]
)
def test_a_result_that_is_not_known_is_no_metric(tmp_path: Path, metric: str, units: str) -> None:
    path = file_of(tmp_path, [line("ZA1", metric, 1, name="A result", units=units)])
    assert printed_in(path)[metric].part == "result"


def test_a_score_beyond_1_to_4_is_refused_whatever_it_is_of(tmp_path: Path) -> None:
    path = file_of(tmp_path, [line("ZA1", "OF1207", 7, name="Same day care", units="score")])
    (rejection,) = remit.read(path).rejections
    assert "from 1 to 4" in rejection.reason


@pytest.mark.parametrize("written", ["Integrated care board", "icb", "System", ""])
def test_an_icb_is_known_by_its_code(tmp_path: Path, written: str) -> None:
    figures = remit.read(file_of(tmp_path, icb_rows(written)))
    assert figures.rejections == ()
    assert figures.observations["org_kind"].unique().to_list() == ["icb"]


@pytest.mark.parametrize(
    ("code", "trust_type", "said"),
    [
        ("ZB1", "Acute trust", "is an integrated care board and no trust"),
        ("ZA1", "ICB", "ZA1 is a trust and no integrated care board"),
        ("ZR1", "ICB", "is neither a trust nor an integrated care board"),
        ("ZB9", "ICB", "no organisation has this code; nearest: ZB1"),
        ("QRV", "ICB", "is real; the others are not"),
    ],
)
def test_a_code_that_cannot_be_an_icbs_here(
    tmp_path: Path, code: str, trust_type: str, said: str
) -> None:
    odd = line(code, "OF0303", 12, name="Context", units="count", trust_type=trust_type)
    (rejection,) = remit.read(file_of(tmp_path, [odd], icb_rows())).rejections
    assert rejection.line == 2
    assert said in rejection.reason


def test_a_body_that_was_closed_by_then_is_kept_and_told(tmp_path: Path) -> None:
    closed = Organisation(
        code="ZB8",
        name="NHS Marrowdale Integrated Care Board",
        type=OrganisationType.ICB,
        opened=date(2022, 7, 1),
        closed=date(2026, 3, 31),
        source="invented",
        succession=Succession(date(2026, 4, 1), ("ZB1", "ZB2")),
        fictional=True,
    )
    known = load_register()
    register = Register([*map(known.get, known.codes), closed])
    rows = [line("ZB8", "OF0303", 12, name="Context", units="count", trust_type="ICB")]
    path = file_of(tmp_path, rows, icb_rows())
    assert remit.read(path, register=register).rejections == ()
    assert (
        "ZB8 (NHS Marrowdale Integrated Care Board) closed on 31 March 2026 (its work passed to "
        "ZB1 and ZB2); the file has 1 row of it for 2026/27 Q1"
    ) in notes_on(path, register)


def test_the_league_table_has_icbs_too(tmp_path: Path) -> None:
    figures = remit.read(league_file(tmp_path))
    assert figures.rejections == ()
    ranks = figures.observations.filter(metric_id="league_rank", org_kind="icb")
    assert ranks.select("org_code", "value").rows() == [("ZB1", 1.0), ("ZB2", 2.0)]
