"""The pages on the shift of care as view models: the answer first, then measures, then method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from remit.pages.drawing.control.drawn import SpcChart
from remit.pages.drawing.spc_chart import draw_series
from remit.pages.frame.file_pages import FileLink, FilePage
from remit.shift.published.movement import AWAY, MOVE_WORDS, TOWARDS, UNCHANGED, charts_of
from remit.shift.published.run import PublishedShift
from remit.shift.published.words import counted_words, said_of
from remit.shift.published.year import READ, MeasureYear
from remit.words.figures import number_words
from remit.words.sentences import count_words

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A measure of one area, or an area in one measure, as a table says it."""

    about: FileLink
    value: str
    need: str
    spread: str
    place: str
    need_place: str
    moves: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShiftHome:
    """The first page."""

    claim: str
    leads: str
    lines: tuple[str, ...]
    rows: tuple[ShiftRow, ...]
    withheld: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    areas: tuple[FileLink, ...]


@dataclass(frozen=True, slots=True)
class ShiftMeasurePage:
    """A measure: what it is, how England moves, how ICBs lie."""

    page: FilePage
    of: MeasureYear
    chart: SpcChart | None
    rows: tuple[ShiftRow, ...]
    large: int


@dataclass(frozen=True, slots=True)
class ShiftAreaPage:
    """An ICB: today and tomorrow in a line each, then its measures."""

    page: FilePage
    name: str
    lines: tuple[str, ...]
    rows: tuple[ShiftRow, ...]


def measure_page(name: str, words: str) -> FilePage:
    """The page of a measure."""
    return FilePage(f"measure/{name}.html", words)


def area_page(code: str, words: str) -> FilePage:
    """The page of an ICB."""
    return FilePage(f"icb/{code}.html", words)


def home_view(made: PublishedShift, tables: Mapping[str, pl.DataFrame]) -> ShiftHome:
    """The first page: which way England's measures move, and how much is not known.

    Examples
    --------
    ``home_view(made, tables_of(made)).claim``
    """
    england = tables["measures"].filter(level="england", span="year")
    moves = {row["measure"]: row for row in england.to_dicts()}
    rows = [_measure_row(of, moves.get(name, {}), tables) for name, of in made.found.items()]
    lines = tables["today_tomorrow"].filter(level="england", side="all")["line"].to_list()
    areas = tables["measures"].filter(level="icb").select("org_code", "org_name").unique()
    named = sorted(areas.iter_rows(), key=lambda one: one[1])
    return ShiftHome(
        claim=_claim(made, moves),
        leads=counted_words(made),
        lines=tuple(lines),
        rows=tuple(row for row in rows if row is not None),
        withheld=tuple((of.measure.name, of.reason) for of in made.found.values() if not of.passes),
        notes=tuple(said_of(made)),
        areas=tuple(FileLink(name, area_page(code, name)) for code, name in named),
    )


def _claim(made: PublishedShift, england: Mapping[str, Row]) -> str:
    """The answer in a sentence: it is no more than what the measures that are read can tell."""
    told = [row.get("moves") for row in england.values() if row.get("status") == READ]
    to, away, same = (told.count(move) for move in (TOWARDS, AWAY, UNCHANGED))
    known = to + away + same
    if not known:
        return "Whether care is moving closer to home cannot be told: no measure has enough points."
    if to > away + same:
        begin = "Most of what can be told says that care is moving closer to home"
    elif away > to + same:
        begin = "Most of what can be told says that care is moving away from home"
    else:
        begin = "No: not as far as published figures tell it"
    measures = count_words(known, "measure")
    return (
        f"{begin}. Of the {measures} of England in {made.year.label} that have a chart, {to} "
        f"{'moves' if to == 1 else 'move'} towards care closer to home, {away} away from it, and "
        f"{same} {'does' if same == 1 else 'do'} not change beyond chance."
    )


def _measure_row(
    of: MeasureYear, england: Row, tables: Mapping[str, pl.DataFrame]
) -> ShiftRow | None:
    if not of.passes or of.lowest is None or of.highest is None:
        return None
    ranks = tables["ranks"].filter(measure=of.measure.id)
    weighted = ranks.filter(pl.col("need_rank").is_not_null())
    large = f"{weighted['large_move'].sum()} of {weighted.height}" if weighted.height else ""
    return ShiftRow(
        about=FileLink(of.measure.name, measure_page(of.measure.id, of.measure.name)),
        value=number_words(england.get("value")),
        need=number_words(england.get("need_value")),
        spread=f"{number_words(of.lowest)} to {number_words(of.highest)}",
        place="",
        need_place=large,
        moves=MOVE_WORDS.get(england.get("moves") or "", ""),
        reason=of.measure.unit,
    )


def measure_views(
    made: PublishedShift, tables: Mapping[str, pl.DataFrame]
) -> Iterator[ShiftMeasurePage]:
    """The page of each measure that has a figure in the year.

    Examples
    --------
    ``[one.page.path for one in measure_views(made, tables)]``
    """
    for name, of in made.found.items():
        ranks = tables["ranks"].filter(measure=name)
        year = tables["measures"].filter(measure=name, level="icb", span="year")
        moves = {row["org_code"]: row for row in year.to_dicts()}
        rows = [_area_row(row, moves.get(row["org_code"], {})) for row in ranks.to_dicts()]
        yield ShiftMeasurePage(
            page=measure_page(name, of.measure.name),
            of=of,
            chart=_chart(of),
            rows=tuple(rows),
            large=int(ranks["large_move"].sum() or 0),
        )


def _chart(of: MeasureYear) -> SpcChart | None:
    """England's control chart of the measure; none where there is no series."""
    charts = charts_of(of)
    if charts is None:
        return None
    points = charts.points.filter(pl.col("level") == "england")
    if points.is_empty():
        return None
    return draw_series(
        points,
        charts,
        f"{of.measure.name}, England",
        better=of.measure.towards,
        unit=of.measure.unit,
        chart_id=of.measure.id,
        series=f"england · {points['area_code'][0]}",
    )


def _area_row(rank: Row, year: Row) -> ShiftRow:
    name = rank["org_name"]
    return ShiftRow(
        about=FileLink(name, area_page(rank["org_code"], name)),
        value=number_words(rank["value"]),
        need=number_words(rank["need_value"]),
        spread="",
        place=_place(rank["rank"], rank["of"]),
        need_place=_place(rank["need_rank"], rank["of"]),
        moves=MOVE_WORDS.get(year.get("moves") or "", ""),
        reason="",
    )


def area_views(tables: Mapping[str, pl.DataFrame]) -> Iterator[ShiftAreaPage]:
    """The page of each ICB.

    Examples
    --------
    ``next(area_views(tables)).lines``
    """
    year = tables["measures"].filter(level="icb", span="year")
    ranks = {(r["org_code"], r["measure"]): r for r in tables["ranks"].to_dicts()}
    lines = tables["today_tomorrow"].filter(side="all")
    for (code, name), part in year.group_by(["org_code", "org_name"], maintain_order=True):
        rows = [_own_row(row, ranks.get((code, row["measure"]))) for row in part.to_dicts()]
        yield ShiftAreaPage(
            page=area_page(str(code), str(name)),
            name=str(name),
            lines=tuple(lines.filter(org_code=code)["line"].to_list()),
            rows=tuple(rows),
        )


def _own_row(row: Row, rank: Row | None) -> ShiftRow:
    page = measure_page(row["measure"], row["name"])
    shown = row["status"] == READ
    return ShiftRow(
        about=FileLink(row["name"], page),
        value=number_words(row["value"]) if shown else "",
        need=number_words(row["need_value"]) if shown else "",
        spread="",
        place=_place(rank["rank"], rank["of"]) if shown and rank else "",
        need_place=_place(rank["need_rank"], rank["of"]) if shown and rank else "",
        moves=MOVE_WORDS.get(row["moves"] or "", "") if shown else "withheld",
        reason=row["unit"] if shown else (row["reason"] or "no figure"),
    )


def _place(rank: int | None, of: int) -> str:
    return "" if rank is None else f"{rank} of {of}"


def data_files(tables: Mapping[str, pl.DataFrame]) -> Sequence[tuple[str, FilePage]]:
    """The tables beside the pages, each with its words."""
    return [(f"{name}.csv", FilePage(f"data/{name}.csv")) for name in tables]
