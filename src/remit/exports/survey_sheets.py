"""A survey as an accessible spreadsheet, made with gptables: one table a sheet, bases beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from remit.catalogue.outputs import load_output
from remit.exports.sheet_values import MOST_ROWS
from remit.exports.workbook import NOT_APPLICABLE, Front, SheetTable, Value, write_book
from remit.files.extras import need
from remit.model.fictional import sample_sentence
from remit.surveys.asked import asked_items
from remit.surveys.cuts import ALL
from remit.surveys.findings import SaidItem, SaidSurvey, cut_name, survey_findings
from remit.surveys.method import METHOD_CLAIM, left_out, method_note
from remit.surveys.writing import CountedSurvey
from remit.words.figures import data_number
from remit.words.sentences import sentence_case

SUPPRESSED = "[c]"
"""Where a figure is held back, as the guidance of the Analysis Function for tables has it."""

_FICTIONAL = sample_sentence("the organisations, people and answers in this file are")
_COVER = 100
_MARKS = (
    f"This sheet holds one table. {SUPPRESSED} means that a figure is not shown because its base "
    f"is small, or because it would give a small one away; {NOT_APPLICABLE} that none applies."
)
_NOTES = {
    "base": "The base is who gave an answer of the scale; of a question with several answers who "
    "ticked anything; of a number who gave one that is possible.",
    "interval": "95% interval by Wilson: what chance alone leaves open, not who did not answer.",
    "adjusted": "p of a change is that of the test of two shares, and is corrected for the number "
    "of rows that are compared (Benjamini and Hochberg); p of a group against all others is that "
    "of Rao and Scott, corrected for all groups of a cut over all items (Holm).",
    "design": "The design effect is the variance of the share against that of a simple random "
    "sample of the same base; several respondents of one organisation are taken together.",
}
_HEADS = {
    "group_by": ("Cut by", ""), "base": ("Base", "base"),
    "n_agree": ("Agree", ""), "n_neutral": ("Neither", ""), "n_disagree": ("Disagree", ""),
    "pct_agree": ("Agree (%)", ""), "pct_neutral": ("Neither (%)", ""),
    "pct_disagree": ("Disagree (%)", ""), "low": ("Interval from (%)", "interval"),
    "high": ("Interval to (%)", ""), "weighted_pct_agree": ("Agree, weighted (%)", ""),
    "dont_know": ("Don’t know", ""), "n": ("Number", ""), "pct": ("Share (%)", ""),
    "means": ("Side", ""), "weighted_pct": ("Share, weighted (%)", ""),
    "sd": ("Standard deviation", ""), "se": ("Standard error (points)", ""),
    "design_effect": ("Design effect", "design"), "pct_now": ("Now (%)", ""),
    "pct_before": ("Before (%)", ""), "change": ("Change (points)", ""), "p": ("p", ""),
    "p_adjusted": ("p, adjusted", "adjusted"), "base_others": ("Base of all others", "base"),
    "pct_others": ("All others (%)", ""), "difference": ("Difference (points)", ""),
    "compared": ("Comparisons", ""), "f": ("F", ""), "base_now": ("Base now", "base"),
    "base_before": ("Base before", ""), "wave_now": ("Wave", ""),
    "wave_before": ("Wave before", ""), "comparable": ("Can be compared", ""),
    "suppressed": ("Why not shown", ""), "pct_answered": ("Answered (%)", ""),
    "of": ("What", ""),
}  # fmt: skip
"""Heads that are not the name of the column, each with its note."""

_FIRST = {
    "items": ("wave", "item", "group_by", "group", "base", "pct_agree", "low", "high",
              "pct_neutral", "pct_disagree"),
    "answers": ("wave", "item", "group_by", "group", "answer", "means", "base", "n", "pct"),
    "changes": ("item", "group_by", "group", "wave_now", "base_now", "pct_now", "wave_before",
                "base_before", "pct_before", "change"),
    "groups": ("wave", "item", "group_by", "group", "base", "pct_agree", "base_others",
               "pct_others", "difference"),
}  # fmt: skip
"""The columns that come first, so that a base stands beside each share."""

_LAST = ("suppressed",)
_LEFT_OUT = ("item_id",)
_TABLES = ("items", "answers", "multi", "numeric", "changes", "groups", "overall", "weighted",
           "responses")  # fmt: skip
_EXACT = {"p", "p_adjusted", "f"}
_ABOUT = (
    "Shares are unweighted where not said otherwise. The whole is the group all; a base stands "
    "beside each share."
)


def write_survey_sheets(found: CountedSurvey, path: Path) -> None:
    """Write a survey as a spreadsheet: cover, contents, notes, and one table a sheet.

    Parameters
    ----------
    found
        The survey, counted.
    path
        The file, ending in ``.xlsx``.

    Examples
    --------
    >>> write_survey_sheets(found, Path("survey.xlsx"))  # doctest: +SKIP
    """
    need("packs", "Spreadsheets (xlsx)")
    said = survey_findings(found)
    mark = _FICTIONAL if found.read.fictional else ""
    note = [line for part in method_note(found) for line in part.lines]
    intro = [*filter(None, [mark]), said.about, said.claim, said.leads]
    front = Front(said.title, intro, [METHOD_CLAIM, *note], _COVER)
    sheets = [sheet for sheet in survey_sheets(found, said) if sheet.rows]
    write_book(path, front, sheets, mark=mark, instructions=_MARKS, notes=_NOTES)


def survey_sheets(found: CountedSurvey, said: SaidSurvey) -> Iterator[SheetTable]:
    """The sheets of a survey; one without a row is left out of the file.

    Examples
    --------
    >>> [one.name for one in survey_sheets(found, said)][:2]  # doctest: +SKIP
    ['findings', 'items']
    """
    yield SheetTable(
        "findings", "What the survey finds",
        "One row for each item of the whole, as the pages and the document say it.",
        ("Item", "Standing", "Now", "Before"),
        tuple(_finding(heading, one) for _, heading, items in said.parts() for one in items),
    )  # fmt: skip
    for name in _TABLES:
        if name in found.frames:
            yield _sheet(found, name)
    yield SheetTable(
        "questionnaire", "What was asked", "One row for each wording of an item.",
        ("Item", "Waves", "Wording", "Answers", "Polarity", "Who was asked"),
        tuple(
            (item.id, wording.waves, wording.text, item.answers, item.news or NOT_APPLICABLE,
             item.routing or "everybody")
            for item in asked_items(found.read.questionnaire) for wording in item.wordings
        ),
    )  # fmt: skip
    yield SheetTable(
        "left-out", "What is not counted, and why", "One row for each reason.",
        ("Reason", "Rows and cells"), tuple(left_out(found)),
    )  # fmt: skip


def _finding(heading: str, one: SaidItem) -> tuple[Value, ...]:
    return (one.wording, heading, one.said, one.change or NOT_APPLICABLE)


def _sheet(found: CountedSurvey, name: str) -> SheetTable:
    frame, about = _short(found.frames[name])
    columns = _columns(name, frame)
    heads = {column: _head(column) for column in columns}
    notes = {key: head for head, key in heads.values() if key}
    rows = tuple(tuple(_cell(found, column, row) for column in columns) for row in frame.to_dicts())
    return SheetTable(
        name,
        load_output("survey").files[name].title,
        about,
        tuple(head for head, _ in heads.values()),
        rows,
        tuple((head, key) for key, head in notes.items()),
    )


def _short(frame: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """The rows that a sheet holds: all, or those of the whole where they are too many."""
    about = _ABOUT
    if len(frame) <= MOST_ROWS:
        return frame, about
    rows = f" Only rows of the whole: all {len(frame):,} would be too many; the csv file has them."
    whole = frame.filter(pl.col("group_by") == ALL) if "group_by" in frame.columns else frame
    return whole.head(MOST_ROWS), about + rows


def _columns(name: str, frame: pl.DataFrame) -> list[str]:
    first = [column for column in _FIRST.get(name, ()) if column in frame.columns]
    rest = [one for one in frame.columns if one not in {*first, *_LAST, *_LEFT_OUT}]
    return [*first, *rest, *(one for one in _LAST if one in frame.columns)]


def _head(column: str) -> tuple[str, str]:
    return _HEADS.get(column) or (sentence_case(column.replace("_", " ")), "")


def _cell(found: CountedSurvey, column: str, row: Mapping[str, Any]) -> Value:
    value = row[column]
    if column == "group_by":
        return cut_name(found, value)
    if value is None and row.get("suppressed"):
        return SUPPRESSED
    if value is None or value == "":
        return NOT_APPLICABLE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return data_number(value, 4 if column in _EXACT else 1)
    return value if isinstance(value, str | int) else str(value)
