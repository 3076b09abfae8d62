"""Comments beside their metrics: what is new, what is still to be asked, what has no place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from remit.model.metric import Better
from remit.register import Register
from remit.register.closing import absence
from remit.report.annotations import Annotation, notes_of
from remit.report.commented import Comment, CommentShown, SaidOf, StrayComment
from remit.report.icon_words import VARIATIONS
from remit.report.view import ReportLine, ReportSection
from remit.signals.points import Point, meets
from remit.words.days import day_words


def with_comments(
    sections: Sequence[ReportSection],
    comments: Sequence[Comment],
    annotations: Sequence[Annotation],
    end: date,
    board: date | None = None,
) -> tuple[ReportSection, ...]:
    """Sections whose lines have their comments and the notes of their charts.

    Parameters
    ----------
    sections
        One for each organisation of the report.
    comments
        All that were read; later ones than the report's period stay out.
    annotations
        The user's own notes on charts.
    end
        The last day of the report's period.
    board
        The day of the board that the report is for: by then an action is overdue or not. Without
        one it is the period's last day.

    Examples
    --------
    ``with_comments(sections, commentary.comments, (), date(2025, 6, 30))``
    """
    by_line: dict[tuple[str, str], list[Comment]] = defaultdict(list)
    days = (end, board or end)
    for one in comments:
        if one.month[0] <= end:
            by_line[one.org_code, one.metric_id].append(one)
    own, *others = (section.body.code for section in sections)
    of_metric = Counter(
        metric for (code, metric), found in by_line.items() for _ in found if code in others
    )
    return tuple(
        replace(
            section,
            lines=tuple(
                replace(
                    line,
                    said_of=replace(
                        _said(line, by_line[line.body.code, line.metric.id], annotations, days),
                        on_members=of_metric[line.metric.id] if line.body.code == own else 0,
                    ),
                )
                for line in section.lines
            ),
        )
        for section in sections
    )


def _said(
    line: ReportLine,
    comments: Sequence[Comment],
    annotations: Sequence[Annotation],
    days: tuple[date, date],
) -> SaidOf:
    end, board = days
    known = [_with_figure(line, one, end) for one in comments]
    newest_first = sorted(known, key=lambda one: one.month[0], reverse=True)
    notes = notes_of(line, known, annotations)
    numbers = {(note.on, note.text): note.number for note in notes}
    anew = _told_anew(known)
    shown = tuple(
        CommentShown(
            one,
            is_current=one.month[1] >= end,
            question=_question(line, one, is_newest=one.month == newest_first[0].month),
            note=numbers.get((one.speaks_of[0], one.what_happened)),
            overdue=one.is_overdue(board) and one not in anew,
            told_anew=anew.get(one, ""),
        )
        for one in newest_first
    )
    return SaidOf(shown, notes)


def _told_anew(comments: Sequence[Comment]) -> dict[Comment, str]:
    """Comments whose action one of a later month has too, with the month of the latest such."""
    latest: dict[str, Comment] = {}
    for one in sorted(comments, key=lambda one: one.month[0]):
        latest[_plain(one.action)] = one
    found = ((one, latest[_plain(one.action)]) for one in comments if one.action)
    return {one: last.label for one, last in found if last.month > one.month}


def _plain(action: str) -> str:
    """An action as it is compared with others: without case, spacing and a full stop."""
    return " ".join(action.casefold().split()).rstrip(".")


def _with_figure(line: ReportLine, comment: Comment, end: date) -> Comment:
    """A comment of the report's month, which speaks of the latest figure, with its period.

    It is kept with the comment: next month there is a newer one.
    """
    if comment.figure is not None or comment.month[1] < end:
        return comment
    last = next(point for point in reversed(line.points) if point.value is not None)
    return replace(comment, figure=(last.start, last.end, last.label))


def _question(line: ReportLine, comment: Comment, *, is_newest: bool) -> str:
    """Whether a comment is still true, where what it spoke of is no longer what is seen."""
    held = [point for point in line.points if point.value is not None]
    then = [point for point in held if point.start <= comment.speaks_of[1]]
    latest = held[-1]
    if not is_newest or (then and then[-1] is latest):
        return ""
    if not then:
        label = comment.speaks_of[2]
        return f"Still true? There is no figure of {label} on the chart to hold it against."
    changes = list(_changes(line, then[-1], latest))
    return f"Still true? In {then[-1].label} {'; '.join(changes)}." if changes else ""


def _changes(line: ReportLine, then: Point, now: Point) -> Iterator[str]:
    """What a point of the past showed and the latest does not, or the other way round."""
    before, after = (_variation(point) for point in (then, now))
    if before != after:
        yield f"it was {_shown_as(before)} and is {_shown_as(after)} now"
    if line.target is not None and line.metric.better != "neutral":
        met = [_met(line, point) for point in (then, now)]
        if met[0] != met[1]:
            yield (
                "the target was met and is missed now"
                if met[0]
                else ("the target was missed and is met now")
            )


def _met(line: ReportLine, point: Point) -> bool:
    target = point.target if point.target is not None else line.target
    return target is not None and meets(point.value, target, Better(line.metric.better))


def _variation(point: Point) -> str:
    """The code of the icon that a point had, or has."""
    side = {-1: "_low", 1: "_high"}.get(point.side, "")
    return point.cause + side if point.mean is not None else "too_few"


def _shown_as(code: str) -> str:
    words = VARIATIONS[code].lower()
    return words if code in {"common_cause", "too_few"} else f"a special cause, {words}"


def strays(
    sections: Sequence[ReportSection],
    comments: Sequence[Comment],
    register: Register,
    end: date,
) -> tuple[StrayComment, ...]:
    """Comments that stand beside no line of the report, each with the reason.

    Parameters
    ----------
    sections
        One for each organisation of the report.
    comments
        All that were read.
    register
        Who exists.
    end
        The last day of the report's period.

    Examples
    --------
    ``strays(sections, commentary.comments, register, end)[0].why``
    """
    lines = {(line.body.code, line.metric.id) for one in sections for line in one.lines}
    bodies = {section.body.code for section in sections}
    found = []
    for one in comments:
        if one.month[0] > end:
            found.append(StrayComment(one, f"It is of {one.label}, after this report."))
        elif (one.org_code, one.metric_id) not in lines:
            why = _why(one, bodies, register, end)
            found.append(StrayComment(one, why))
    return tuple(found)


def _why(comment: Comment, bodies: set[str], register: Register, end: date) -> str:
    if comment.org_code in bodies:
        return "No figure of this metric is held for it in this report."
    organisation = register.get(comment.org_code)
    if closed := absence(register, organisation, end):
        return f"{closed} Say it of its successor if it still holds."
    return (
        f"{organisation.code} ({organisation.name_on(end)}) is no organisation of this report on "
        f"{day_words(end)}."
    )
