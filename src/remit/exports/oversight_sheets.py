"""An oversight plan as an accessible spreadsheet, made with gptables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from remit.exports.workbook import NOT_APPLICABLE, Front, SheetTable, write_book
from remit.files.extras import need
from remit.oversight.planned import FunctionPlan, Plan, PlannedAsk
from remit.oversight.words import (
    CONFIRM,
    FICTIONAL,
    assumptions,
    friction_state,
    lead_words,
    name_of,
    state_words,
    summary,
    sure_mark,
    title,
    to_agree,
)
from remit.words.figures import data_number

_COVER = 90
_SAVED = (
    *("Would save, least", "Would save, most"),
    *("Saved (confirmed), least", "Saved (confirmed), most"),
)


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
    front = Front(title(plan), _intro(plan), _about(plan), _COVER)
    mark = FICTIONAL if plan.fictional else ""
    marks = "This sheet holds one table. [z] means that no value can be."
    write_book(path, front, made, mark=mark, instructions=marks)


def plan_sheets(plan: Plan) -> Iterator[SheetTable]:
    """The sheets of a plan; one without a row is left out of the file."""
    yield _functions(plan)
    yield _asks(plan)
    agreed = tuple((number, point) for number, point in enumerate(to_agree(plan), start=1))
    yield SheetTable("to-agree", "What region and ICB have to agree", "One row a point.",
                ("Number", "Point"), agreed)  # fmt: skip
    yield _frictions(plan)
    yield _risks(plan)


def _functions(plan: Plan) -> SheetTable:
    return SheetTable(
        "functions", f"Functions: {plan.subject.name}", "One row for each function of the map.",
        ("Function", "Who leads", "Asks", "Stay", "Merge", "End", "End in part", "Over", "Hours",
         *_SAVED), tuple(map(_function_row, plan.functions)),
    )  # fmt: skip


def _function_row(one: FunctionPlan) -> tuple[str | float, ...]:
    counts = [one.count(fate) for fate in ("stays", "merges", "ends", "ends in part", "is over")]
    hours = data_number(one.hours.middle, 1)
    return (name_of(one), lead_words(one), len(one.asks), *counts, hours, *_saved(one))


def _asks(plan: Plan) -> SheetTable:
    rows = tuple(_ask_row(function, one) for function in plan.functions for one in function.asks)
    return SheetTable(
        "asks", f"Asks: {plan.subject.name}", "One row for each ask, with what becomes of it.",
        ("Ask", "Function", "From", "Title", "Received", "Fate", "State", "Why", "What stays",
         "How sure", "With", "By law", "Hours", "Hours are", *_SAVED), rows,
    )  # fmt: skip


def _ask_row(function: FunctionPlan, one: PlannedAsk) -> tuple[str | float, ...]:
    said = (
        one.ask.ask_id, name_of(function), one.ask.from_body, one.ask.title,
        one.ask.received_on.isoformat() if one.ask.received_on else "",
        one.words, state_words(one), one.fated.reason, ", ".join(one.fated.stays),
        sure_mark(one), ", ".join(one.fated.others), "yes" if one.by_law else "no",
    )  # fmt: skip
    known = "written down" if one.hours_known else "estimated"
    filled = (words or NOT_APPLICABLE for words in said)
    return (*filled, data_number(one.hours.middle, 1), known, *_saved(one))


def _saved(one: PlannedAsk | FunctionPlan) -> tuple[float, ...]:
    """What would be saved and what is, each from least to most."""
    ends = (one.proposed.low, one.proposed.high, one.saved.low, one.saved.high)
    return tuple(data_number(hours, 1) for hours in ends)


def _frictions(plan: Plan) -> SheetTable:
    rows = tuple(
        (
            one.friction_id, one.what, ", ".join(one.between), one.raised_on.isoformat(),
            friction_state(one.settled_on is not None),
            one.settled_on.isoformat() if one.settled_on else NOT_APPLICABLE,
            one.settled_how or NOT_APPLICABLE,
        )
        for one in plan.frictions
    )  # fmt: skip
    return SheetTable(
        "frictions", "Friction", "What bodies differ about, and how it was settled.",
        ("Number", "What", "Between", "Raised", "State", "Settled on", "How"), rows,
    )  # fmt: skip


def _risks(plan: Plan) -> SheetTable:
    rows = tuple(
        (
            risk.risk_id, risk.title, risk.holder, share.organisation, share.share,
            share.percent if share.percent is not None else NOT_APPLICABLE,
            share.mitigation or NOT_APPLICABLE,
        )
        for risk in plan.risks
        for share in risk.shares
    )  # fmt: skip
    return SheetTable(
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
        CONFIRM,
        *assumptions(plan),
        "[z] stands where no value can be.",
    ]
