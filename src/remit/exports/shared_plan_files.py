"""The plan that region, ICB and trust sign, as a letter (docx) and a spreadsheet (xlsx)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from remit.exports.upright_paper import UprightPaper
from remit.exports.workbook import Front, SheetTable, write_book
from remit.files.extras import need
from remit.model.fictional import sample_sentence
from remit.oversight.course import state_of
from remit.oversight.plan_items import ItemChange
from remit.oversight.plan_told import PlanTold, SignatureTold
from remit.oversight.shared_plan import FINDINGS
from remit.words.days import day_words
from remit.words.sentences import count_words, listed, sentence_case

_FICTIONAL = sample_sentence("the organisations and all that they say are")
_COVER = 90
_LETTER_HEADS = ("Item", "What is to be reached", "Measure", "Function, and who leads",
                 "Who does it", "Due")  # fmt: skip
_ITEM_HEADS = ("Item", "What is to be reached", "Measure", "Function", "Who leads",
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
    printed = f", printed on {day_words(told.printed_on)}" if told.printed_on else ""
    paper.words(f"{told.plan_id}, version {told.version}{printed}")
    paper.words(f"From: {region.name}")
    paper.words(f"To: {listed(others)}")
    paper.title(title)
    paper.words(
        f"This is version {told.version} of the one plan for {told.trust.name}. It has "
        f"{count_words(len(told.items), 'item')}. Who leads on each follows the map of remits, "
        "or what the sides settled."
    )
    paper.heading("What is to be reached")
    paper.table(_LETTER_HEADS, (1.2, 4.3, 3.1, 3.9, 2.5, 2.0), _letter_rows(told))
    if told.changes:
        paper.heading(f"What changed since version {told.against}")
        for one in told.changes:
            paper.bullet(change_words(one))
    _said(paper, told)
    paper.heading("Signatures")
    paper.table(("Side", "Signed as", "When", "Dissent"), (4.6, 3.0, 4.6, 4.8),
                _signature_rows(told), together=True)  # fmt: skip
    _beside(paper, told)
    paper.save(path)


def _said(paper: UprightPaper, told: PlanTold) -> None:
    paper.heading("What was said")
    rows = [(one.by, one.words, _day(one.on), str(one.version), one.item or "The plan",
             f"{one.text} [{one.answer_words}]" if one.answer else one.text)
            for one in told.said]  # fmt: skip
    if rows:
        paper.table(("Side", "What it is", "On", "Version", "Item", "Words"),
                    (2.0, 3.0, 2.3, 1.9, 1.8, 6.0), rows)  # fmt: skip
    else:
        paper.words("Nothing that may be shown here.")
    if told.unanswered:
        paper.words(f"{told.unanswered_words}.", strong=True)


def _beside(paper: UprightPaper, told: PlanTold) -> None:
    """What nobody signed, since it goes on: what a review found, and what was decided of asks."""
    if told.findings:
        paper.heading("What the review found")
        for one in told.findings:
            item = f"Item {one.item}: {FINDINGS[one.kind]}. " if one.kind in FINDINGS else ""
            paper.bullet(f"{item}{one.text}")
    paper.heading("What is asked twice")
    as_of = f" as of {day_words(told.printed_on)}" if told.printed_on else ""
    paper.words(f"No part of what is signed: decisions{as_of}, which go on.")
    if told.decided:
        paper.table(("Two asks", "What was decided"), (8.5, 8.5), told.decided)
    else:
        paper.words(f"Of the open asks of {told.trust.name} nothing was decided that may be shown.")
    paper.words(f"Of all pairs of asks: {told.twice_words}.")


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
    heads = ("Two asks", "What was decided")
    changes = [
        (_number(one.id), sentence_case(one.kind), change_words(one)) for one in told.changes
    ]
    views = [(one.by, one.words, one.version, _number(one.item), one.text, one.on or "",
              one.answer_words)
             for one in told.views]  # fmt: skip
    sheets = [
        SheetTable("items", f"Items of version {told.version}", "One row an item.", _ITEM_HEADS,
                   tuple(_item_rows(told))),
        SheetTable("changes", f"Changes since version {told.against}", "One row an item.",
                   ("Item", "What became of it", "In words"), tuple(changes)),
        SheetTable("said", "What was said", "One row for each thing a side said.",
                   ("Side", "What it is", "Version", "Item", "Words", "On", "Answer"),
                   tuple(views)),
        SheetTable("signatures", f"Signatures under version {told.version}", "One row a side.",
                   ("Side", "Signed as", "On", "Hour", "Dissent", "Days late"),
                   tuple(_signed_cells(told))),
        SheetTable("asked-twice", "What was decided of asks", "One row two asks.", heads,
                   told.decided),
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
    sides = list(dict.fromkeys(one.by for one in told.dissents))
    dissent = f", with the dissent of: {listed(sides)}" if sides else ""
    since = f" since {day_words(told.since)}" if told.since else ""
    if state_of(told.state).in_force:
        return f"In force{since}, signed by all{dissent}."
    if told.is_settled:
        return f"{told.state_words}{since}. It was signed by all{dissent}. Nobody is to act now."
    draft = "A draft that nobody else sees. " if told.is_draft else ""
    held = told.force_words or "Not in force."
    return f"{draft}{told.state_words}: {told.waits}. {held}"


def _number(item: str) -> str | int:
    """The number of an item as a number, by which a spreadsheet sorts."""
    return int(item) if item.isdecimal() else item


def _item_rows(told: PlanTold) -> list[tuple[str | int | date, ...]]:
    return [
        (_number(one.item.id), one.item.aim, one.item.measure, one.function, one.leads_words,
         one.item.lead, one.item.due or "")
        for one in told.items
    ]  # fmt: skip


def _letter_rows(told: PlanTold) -> list[tuple[str, ...]]:
    return [
        (one.item.id, one.item.aim, one.item.measure,
         f"{one.function}: {one.leads_words}" if one.function else one.settled, one.item.lead,
         _day(one.item.due))
        for one in told.items
    ]  # fmt: skip


def _signature_rows(told: PlanTold) -> list[tuple[str, ...]]:
    return [
        (f"{one.side.words}: {one.side.name}", one.signed_as or "Not yet", _when(one),
         _dissent(told, one))
        for one in told.signatures
    ]  # fmt: skip


def _signed_cells(told: PlanTold) -> list[tuple[str | int | date, ...]]:
    return [
        (f"{one.side.words}: {one.side.name}", one.signed_as or "Not yet", one.on or "", one.hour,
         _dissent(told, one), one.late_days if one.on else "")
        for one in told.signatures
    ]  # fmt: skip


def _when(one: SignatureTold) -> str:
    """The day and the hour, and that the account may sign: no name of a person."""
    if not one.on:
        return ""
    by = f", by {one.account_words}" if one.account_words else ""
    late = f", {one.late_words}" if one.late_words else ""
    return f"{day_words(one.on)}, {one.hour}{by}{late}"


def _dissent(told: PlanTold, one: SignatureTold) -> str:
    said = [view.text for view in told.dissents if view.by == one.side.words]
    return "; ".join(said)


def _day(day: date | None) -> str:
    return day_words(day) if day else ""
