"""The plan that region, ICB and trust sign, as a letter (docx) and a spreadsheet (xlsx)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from remit.exports.upright_paper import UprightPaper
from remit.exports.workbook import Front, SheetTable, write_book
from remit.files.extras import need
from remit.model.fictional import sample_sentence
from remit.oversight.course import state_of
from remit.oversight.plan_items import ItemChange
from remit.oversight.plan_told import PlanTold
from remit.words.days import day_words
from remit.words.sentences import count_words, listed, sentence_case

_FICTIONAL = sample_sentence("the organisations and all that they say are")
_COVER = 90
_ITEM_HEADS = ("Item", "What is to be reached", "Measure", "Function", "Who leads by the map",
               "Who does it", "Due")  # fmt: skip


def write_plan_letter(told: PlanTold, path: Path) -> None:
    """Write a plan as a letter to its sides, with what was said and signed behind it.

    Parameters
    ----------
    told
        The plan as the reader may see it.
    path
        The file, ending in ``.docx``.
    """
    need("packs", "Documents (docx)")
    title = f"{told.title}, {told.period}"
    points = {"Normal": 11, "Heading 1": 18, "Heading 2": 14}
    paper = UprightPaper(title, (21.0, 29.7, 2), points)
    if told.is_fictional:
        paper.words(_FICTIONAL, strong=True)
    paper.words(_standing(told), strong=True)
    region = next((one for one in told.sides if one.part == "region"), told.turn)
    others = [one.name for one in told.sides if one != region]
    paper.words(f"From: {region.name}")
    paper.words(f"To: {listed(others)}")
    paper.title(title)
    paper.words(
        f"This is version {told.version} of the one plan for {told.trust.name}. It has "
        f"{count_words(len(told.items), 'item')}. Who leads on each follows the map of remits."
    )
    paper.heading("What is to be reached")
    paper.table(_ITEM_HEADS, (1.2, 3.9, 2.7, 2.1, 3.3, 2.1, 1.7), _item_rows(told))
    if told.changes:
        paper.heading(f"What changed since version {told.against}")
        for one in told.changes:
            paper.bullet(change_words(one))
    paper.heading("What was said")
    rows = [(one.by, one.words, str(one.version), one.item or "The plan", one.text)
            for one in told.views]  # fmt: skip
    if rows:
        paper.table(("Side", "What it is", "Version", "Item", "Words"),
                    (2.2, 3.2, 1.6, 1.8, 8.2), rows)  # fmt: skip
    else:
        paper.words("Nothing that may be shown here.")
    paper.heading("Signatures")
    paper.table(("Side", "Signed as", "On"), (9.0, 5.0, 3.0), _signature_rows(told))
    paper.save(path)


def write_plan_book(told: PlanTold, path: Path) -> None:
    """Write a plan as a spreadsheet: items, changes, what was said, signatures.

    Parameters
    ----------
    told
        The plan as the reader may see it.
    path
        The file, ending in ``.xlsx``.
    """
    need("packs", "Spreadsheets (xlsx)")
    changes = [(one.id, sentence_case(one.kind), change_words(one)) for one in told.changes]
    views = [(one.by, one.words, one.version, one.item, one.text, _day(one.on))
             for one in told.views]  # fmt: skip
    sheets = [
        SheetTable("items", f"Items of version {told.version}", "One row an item.", _ITEM_HEADS,
                   tuple(_item_rows(told))),
        SheetTable("changes", f"Changes since version {told.against}", "One row an item.",
                   ("Item", "What became of it", "In words"), tuple(changes)),
        SheetTable("said", "What was said", "One row for each thing a side said.",
                   ("Side", "What it is", "Version", "Item", "Words", "On"), tuple(views)),
        SheetTable("signatures", f"Signatures under version {told.version}", "One row a side.",
                   ("Side", "Signed as", "On"), tuple(_signature_rows(told))),
    ]  # fmt: skip
    front = Front(
        f"{told.title}, {told.period}", [_standing(told)],
        [f"{one.words}: {one.name} ({one.code})" for one in told.sides], _COVER,
    )  # fmt: skip
    marks = "This sheet holds one table. [z] means that no value can be."
    mark = _FICTIONAL if told.is_fictional else ""
    write_book(path, front, [one for one in sheets if one.rows], mark=mark, instructions=marks)


def change_words(one: ItemChange) -> str:
    """What became of an item, in a line: what was taken out in brackets after what stands.

    >>> change_words(ItemChange("1", "new", ()))
    'Item 1 is new.'
    """
    kinds = {"new": "is new", "gone": "is gone", "changed": "changed"}
    told = []
    for words, runs in one.fields:
        old = "".join(run.text for run in runs if run.kind != "new")
        new = "".join(run.text for run in runs if run.kind != "gone")
        told.append(f"{words}: {new or 'nothing'}" + (f" (was: {old})" if old else ""))
    return f"Item {one.id} {kinds[one.kind]}." + (f" {'; '.join(told)}." if told else "")


def _standing(told: PlanTold) -> str:
    if state_of(told.state).in_force:
        return f"In force{f' since {day_words(told.since)}' if told.since else ''}, signed by all."
    if told.is_settled:
        since = f" since {day_words(told.since)}" if told.since else ""
        return f"{told.state_words}{since}. It was in force, signed by all; nobody is to act now."
    draft = "A draft that nobody else sees. " if told.is_draft else ""
    return f"{draft}{told.state_words}: {told.waits}. Not in force."


def _item_rows(told: PlanTold) -> list[tuple[str, ...]]:
    return [
        (one.item.id, one.item.aim, one.item.measure, one.function, one.leads, one.item.lead,
         _day(one.item.due))
        for one in told.items
    ]  # fmt: skip


def _signature_rows(told: PlanTold) -> list[tuple[str, ...]]:
    return [
        (f"{one.side.words}: {one.side.name}", one.signed_as or "Not yet", _day(one.on))
        for one in told.signatures
    ]


def _day(day: Any) -> str:
    return day_words(day) if day else ""
