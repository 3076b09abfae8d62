"""Comments and actions as a report shows them, and the numbered notes on its charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.words.days import day_words
from remit.words.sentences import count_words, sentence_case

DONE, STOPPED = "done", "stopped"
Month = tuple[date, date, str]
"""A month's first and last day, and how it is called."""

UNDATED: Month = (date.max, date.max, "")
"""The month of a comment for which none is written."""

STATUSES = ("not started", "on track", "late", DONE, STOPPED)
"""What the status of an action may be."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One line of a file of comments.

    Attributes
    ----------
    org_code, metric_id, metric_name
        Of what it speaks.
    month
        The first and the last day of the month that it was written for, and how that is called.
    what_happened, action, owner, status
        As written; each may be empty.
    due
        The last day by which the action is due; None where none is given.
    figure
        The period of the figure that it speaks of, which may be older than its month; None where
        nothing says so.
    file, line
        Where it stands.
    """

    org_code: str
    metric_id: str
    metric_name: str
    month: Month
    what_happened: str = ""
    action: str = ""
    owner: str = ""
    due: date | None = None
    status: str = ""
    figure: Month | None = None
    file: str = ""
    line: int = 0

    @property
    def label(self) -> str:
        """The month that it was written for."""
        return self.month[2]

    @property
    def speaks_of(self) -> Month:
        """The period of its figure as far as is known."""
        return self.figure or self.month

    @property
    def is_open(self) -> bool:
        """Whether it has an action that has not ended."""
        return bool(self.action) and self.status not in {DONE, STOPPED}

    def is_overdue(self, on: date) -> bool:
        """Whether its action should have ended by a day."""
        return self.is_open and self.due is not None and self.due < on

    @property
    def action_said(self) -> str:
        """The action with its owner, day and status; empty without one."""
        if not self.action:
            return ""
        due = f"due {day_words(self.due)}" if self.due else "no day given"
        parts = [self.owner or "no owner given", due, *filter(None, [self.status])]
        return f"{self.action.rstrip('.')} ({', '.join(parts)})."


@dataclass(frozen=True, slots=True)
class CommentShown:
    """A comment beside its metric.

    Attributes
    ----------
    comment
        As written.
    is_current
        It was written for the period of the report.
    question
        ``Still true?`` with what has changed since its month; empty where nothing has.
    note
        Its number on the chart; None where its month is not drawn.
    overdue
        Its action should have ended by the end of the report's period.
    told_anew
        The later month with the same action, whose line says how that stands; empty without.
    """

    comment: Comment
    is_current: bool
    question: str = ""
    note: int | None = None
    overdue: bool = False
    told_anew: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it has an action that has not ended, as far as this and later lines say."""
        return self.comment.is_open and not self.told_anew

    @property
    def after(self) -> str:
        """Where to look for how its action stands: ``Told anew in Feb 2026.``"""
        return f"Told anew in {self.told_anew}." if self.told_anew else ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What happened, the action, and what is to be asked of it; each a paragraph."""
        one = self.comment
        what = one.what_happened and f"What happened ({one.label}): {one.what_happened}"
        action = one.action and " ".join(filter(None, (f"Action: {one.action_said}", self.after)))
        late = "This action is overdue." if self.overdue else ""
        return tuple(filter(None, (what, action, late, self.question)))


@dataclass(frozen=True, slots=True)
class ChartNote:
    """A numbered note on a chart: from its month on it stays there."""

    number: int
    on: date
    label: str
    text: str

    @property
    def words(self) -> str:
        """The note as it stands below the chart: ``1 (Mar 2025): The ward closed.``"""
        return f"{self.number} ({self.label}): {sentence_case(self.text)}"


@dataclass(frozen=True, slots=True)
class StrayComment:
    """A comment that has no place in the report, and why."""

    comment: Comment
    why: str


@dataclass(frozen=True, slots=True)
class SaidOf:
    """What people say of a line: comments, the newest first, and the notes on its chart.

    ``on_members`` are the comments on the same metric of the organisations beside it.
    """

    comments: tuple[CommentShown, ...] = ()
    notes: tuple[ChartNote, ...] = ()
    on_members: int = 0

    @property
    def silence(self) -> str:
        """What is said where nobody has commented: ``no comment yet; 3 comments on members``."""
        if self.comments:
            return ""
        if not self.on_members:
            return "no comment yet"
        return f"no comment yet; {count_words(self.on_members, 'comment')} on members"

    @property
    def shown(self) -> tuple[CommentShown, ...]:
        """Those that belong beside the metric now.

        The newest, and older ones with an open action; others are the chart's notes and stand in
        the list of all.
        """
        return tuple(
            one
            for place, one in enumerate(self.comments)
            if not place or one.is_current or one.is_open
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is to be printed beside the metric, a paragraph each."""
        return tuple(sentence for one in self.shown for sentence in one.sentences)

    @property
    def to_ask(self) -> str:
        """Why somebody has to say something; empty where nobody has."""
        return next((one.question for one in self.comments if one.question), "")


NOTHING_SAID = SaidOf()
"""What is said of a line of which nobody has said anything."""
