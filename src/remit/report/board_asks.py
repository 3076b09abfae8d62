"""What a board is asked about a finding: a closed list of forms, each with when it holds.

Nothing is asked that does not follow from the figure and from what people wrote about it.
"""

from __future__ import annotations

from datetime import date

from remit.report.commented import Comment, CommentShown
from remit.report.view import ReportLine
from remit.words.days import day_words
from remit.words.forms import SaidForm, first_said

BoardForm = SaidForm[ReportLine]


def _newest(line: ReportLine) -> CommentShown | None:
    return line.said_of.comments[0] if line.said_of.comments else None


def _open(line: ReportLine) -> Comment | None:
    """The open action that ends first; those without a day come last."""
    found = [one.comment for one in line.said_of.shown if one.is_open]
    return min(found, key=lambda one: one.due or date.max, default=None)


def _overdue(line: ReportLine) -> Comment | None:
    late = [one.comment for one in line.said_of.comments if one.overdue]
    return min(late, key=lambda one: one.due or date.max, default=None)


def _day(comment: Comment | None) -> str:
    return day_words(comment.due) if comment and comment.due else ""


def _month(line: ReportLine) -> str:
    asked = next((one for one in line.said_of.comments if one.question), None)
    return asked.comment.label if asked else ""


FORMS = (
    BoardForm(
        "overdue", lambda line: _overdue(line) is not None,
        lambda line: f"To ask why the action due on {_day(_overdue(line))} is still open, and for "
        "a new day.",
    ),
    BoardForm(
        "still true", lambda line: bool(line.said_of.to_ask),
        lambda line: f"To ask whether what was said in {_month(line)} is still true.",
    ),
    BoardForm(
        "old", lambda line: bool(line.dated) and line.is_exception and _newest(line) is None,
        lambda line: f"To ask how it stands now: the newest figure is of {line.period}.",
    ),
    BoardForm(
        "silent concern", lambda line: line.is_concern and _newest(line) is None,
        lambda _: "To ask what happened, and for an action with an owner and a day.",
    ),
    BoardForm(
        "no action", lambda line: line.is_concern and _open(line) is None,
        lambda _: "To ask for an action with an owner and a day: none is open.",
    ),
    BoardForm(
        "no day", lambda line: _open(line) is not None and not _day(_open(line)),
        lambda _: "To note the action, and to ask for the day by which it is done.",
    ),
    BoardForm(
        "action", lambda line: _open(line) is not None,
        lambda line: f"To note the action, and to look again after {_day(_open(line))}.",
    ),
    BoardForm(
        "better", lambda line: line.improves,
        lambda line: "To note it." if _newest(line) else "To note it, and to ask what has helped.",
    ),
    BoardForm("rest", lambda _: True, lambda _: "To note it."),
)  # fmt: skip
"""In this order; the first that holds is said."""


def board_ask(line: ReportLine) -> str:
    """What the board is asked about a line.

    Examples
    --------
    ``To note the action, and to look again after 5 June 2026.``
    """
    return first_said(FORMS, line)
