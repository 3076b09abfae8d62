"""An oversight plan as an accessible spreadsheet, made with gptables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

from remit.exports.workbook import Front, Value, frame_of, make_book, quietly, table_of
from remit.files.extras import need
from remit.oversight.plan import Plan
from remit.oversight.words import (
    FICTIONAL,
    assumptions,
    friction_state,
    lead_words,
    name_of,
    summary,
    title,
    to_agree,
)
from remit.words.figures import data_number

_NARROW, _WIDE, _COVER = 12, 60, 90
_LINE = 16
"""The height of a line of 12 points."""

_A4 = 9
_NONE = "[z]"
"""Where no value can be, as the guidance of the Analysis Function for tables has it."""


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """One sheet with one table; every cell is filled."""

    name: str
    title: str
    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def write_plan_sheets(plan: Plan, path: Path) -> None:
    """Write a plan as a spreadsheet.

    Parameters
    ----------
    plan
        The plan.
    path
        The file, ending in ``.xlsx``.
    """
    need("packs", "Spreadsheets (xlsx)")
    made = [sheet for sheet in plan_sheets(plan) if sheet.rows]
    with quietly():
        tables = {sheet.name: _gptable(sheet, plan) for sheet in made}
        book = make_book(path, tables, Front(title(plan), _intro(plan), _about(plan), _COVER))
        for sheet in made:
            _lay_out(book.get_worksheet_by_name(sheet.name), sheet, tables[sheet.name])
        _lay_out_cover(book.get_worksheet_by_name("cover"), plan)
        book.close()


def plan_sheets(plan: Plan) -> Iterator[PlanSheet]:
    """The sheets of a plan; one without a row is left out of the file."""
    yield _functions(plan)
    yield _asks(plan)
    agreed = tuple((number, point) for number, point in enumerate(to_agree(plan), start=1))
    yield PlanSheet("to-agree", "What region and ICB have to agree", "One row a point.",
                ("Number", "Point"), agreed)  # fmt: skip
    yield _frictions(plan)
    yield _risks(plan)


def _functions(plan: Plan) -> PlanSheet:
    rows = tuple(
        (
            name_of(one), lead_words(one), len(one.asks), one.count("stays"), one.count("merges"),
            one.count("ends"), data_number(one.hours.middle, 1), data_number(one.saved.low, 1),
            data_number(one.saved.middle, 1), data_number(one.saved.high, 1),
        )
        for one in plan.functions
    )  # fmt: skip
    return PlanSheet(
        "functions", f"Functions: {plan.subject.name}", "One row for each function of the map.",
        ("Function", "Who leads", "Asks", "Stay", "Merge", "End", "Hours", "Saved, low",
         "Saved, expected", "Saved, high"), rows,
    )  # fmt: skip


def _asks(plan: Plan) -> PlanSheet:
    rows = tuple(
        (
            one.ask.ask_id, name_of(function), one.ask.from_body, one.ask.title or _NONE,
            one.ask.received_on.isoformat() if one.ask.received_on else _NONE,
            one.fated.fate.words, one.fated.reason, ", ".join(one.fated.others) or _NONE,
            "yes" if one.by_law else "no", data_number(one.hours.middle, 1),
            "written down" if one.hours_known else "estimated", data_number(one.saved.low, 1),
            data_number(one.saved.middle, 1), data_number(one.saved.high, 1),
        )
        for function in plan.functions
        for one in function.asks
    )  # fmt: skip
    return PlanSheet(
        "asks", f"Asks: {plan.subject.name}", "One row for each ask, with what becomes of it.",
        ("Ask", "Function", "From", "Title", "Received", "Fate", "Why", "With", "By law", "Hours",
         "Hours are", "Saved, low", "Saved, expected", "Saved, high"), rows,
    )  # fmt: skip


def _frictions(plan: Plan) -> PlanSheet:
    rows = tuple(
        (
            one.friction_id, one.what, ", ".join(one.between), one.raised_on.isoformat(),
            friction_state(one.settled_on is not None),
            one.settled_on.isoformat() if one.settled_on else _NONE, one.settled_how or _NONE,
        )
        for one in plan.frictions
    )  # fmt: skip
    return PlanSheet(
        "frictions", "Friction", "What bodies differ about, and how it was settled.",
        ("Number", "What", "Between", "Raised", "State", "Settled on", "How"), rows,
    )  # fmt: skip


def _risks(plan: Plan) -> PlanSheet:
    rows = tuple(
        (
            risk.risk_id, risk.title, risk.holder, share.organisation, share.share,
            share.percent if share.percent is not None else _NONE, share.mitigation or _NONE,
        )
        for risk in plan.risks
        for share in risk.shares
    )  # fmt: skip
    return PlanSheet(
        "shared-risks", "Shared risks", "One row for each organisation's part in a risk.",
        ("Risk", "Title", "Held by", "Organisation", "Its part", "Percent", "What it does"), rows,
    )  # fmt: skip


def _intro(plan: Plan) -> list[str]:
    mark = [FICTIONAL] if plan.fictional else []
    return [
        *mark,
        f"{plan.subject.label}. Remits as on {plan.on.isoformat()}.",
        summary(plan),
        *plan.notes,
    ]


def _about(plan: Plan) -> list[str]:
    return [
        "A draft for the region and the ICB to agree; nothing in it is agreed yet.",
        *assumptions(plan),
        "[z] stands where no value can be.",
    ]


def _gptable(sheet: PlanSheet, plan: Plan) -> Any:
    wide = [place for place, width in enumerate(_widths(sheet)) if width == _WIDE]
    look: list[dict[str, Any]] = [_look(list(range(len(sheet.heads))), {"valign": "top"})]
    return table_of(
        frame_of(sheet.heads, sheet.rows),
        sheet.title,
        [*([FICTIONAL] if plan.fictional else []), sheet.about],
        table_name=sheet.name.replace("-", "_") + "_table",
        instructions="This sheet holds one table. [z] means that no value can be.",
        additional_formatting=[*look, *([_look(wide, {"text_wrap": True})] if wide else [])],
    )


def _look(places: list[int], look: dict[str, Any]) -> dict[str, Any]:
    return {"column": {"columns": places, "format": look}}


def _widths(sheet: PlanSheet) -> Sequence[int]:
    longest = [max(len(str(row[place])) for row in sheet.rows) for place in range(len(sheet.heads))]
    return [min(max(width, _NARROW) + 2, _WIDE) for width in longest]


def _lay_out(worksheet: Any, sheet: PlanSheet, table: Any) -> None:
    widths = _widths(sheet)
    for place, width in enumerate(widths):
        worksheet.set_column(place, place, width)
    for number, row in enumerate(sheet.rows, start=table.data_range[0] + 1):
        # Not every program makes wrapped rows as high as they need to be.
        lines = max(_lines(str(v), width) for v, width in zip(row, widths, strict=True))
        if lines > 1:
            worksheet.set_row(number, lines * _LINE)
    _print_on_a4(worksheet)


def _lay_out_cover(worksheet: Any, plan: Plan) -> None:
    worksheet.set_row(0, 2 * _LINE * _lines(title(plan), _COVER // 2))
    for number, words in enumerate(["", *_intro(plan), "", *_about(plan)], start=1):
        worksheet.set_row(number, (_LINE if words else 1.5 * _LINE) * _lines(words, _COVER))
    _print_on_a4(worksheet)


def _lines(words: str, width: int) -> int:
    return max(1, len(wrap(words, width)))


def _print_on_a4(worksheet: Any) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)
