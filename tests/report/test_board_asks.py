"""What the board is asked follows from the figure and from what people wrote, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from remit.report.board_asks import board_ask
from remit.report.commented import Comment, CommentShown, SaidOf
from remit.report.view import ReportLine
from tests.report.fictional import fictional_report

MARCH = (date(2025, 3, 1), date(2025, 3, 31), "Mar 2025")


def line(place: int, *shown: CommentShown) -> ReportLine:
    """The concern (0), the usual one (1) or the improvement (2) of the report, with comments."""
    return replace(fictional_report().own.lines[place], said_of=SaidOf(shown))


def said(question: str = "", *, overdue: bool = False, **more: object) -> CommentShown:
    comment = Comment("ZB1", "ae.within-4-hours", "A&E", MARCH, "A ward closed", file="a", line=2)
    return CommentShown(replace(comment, **more), True, question, None, overdue)  # type: ignore[arg-type]


ACTION = {"action": "Open it", "owner": "COO", "due": date(2025, 7, 31)}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (line(0), "To ask what happened, and for an action with an owner and a day."),
        (line(0, said()), "To ask for an action with an owner and a day: none is open."),
        (line(0, said(**ACTION)), "To note the action, and to look again after 31 July 2025."),
        (line(0, said(**{**ACTION, "due": None})),
         "To note the action, and to ask for the day by which it is done."),
        (line(0, said(**{**ACTION, "status": "done"})),
         "To ask for an action with an owner and a day: none is open."),
        (line(0, said(overdue=True, **ACTION)),
         "To ask why the action due on 31 July 2025 is still open, and for a new day."),
        (line(0, said("Still true? It was usual.", **ACTION)),
         "To ask whether what was said in Mar 2025 is still true."),
        (replace(line(0), dated="Jun 2025 (4 months old)"),
         f"To ask how it stands now: the newest figure is of {line(0).period}."),
        (replace(line(1), dated="Jun 2025 (4 months old)"), "To note it."),
        (line(1), "To note it."),
        (line(2), "To note it, and to ask what has helped."),
        (line(2, said()), "To note it."),
    ],
)  # fmt: skip
def test_what_is_asked(asked: ReportLine, words: str) -> None:
    assert board_ask(asked) == words
