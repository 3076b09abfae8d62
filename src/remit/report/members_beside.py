"""The members of an organisation beside its own figure of the same period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isclose

from remit.report.spans import is_outside, span_words, usual_range
from remit.report.view import ReportLine, ReportView
from remit.words.figures import number_words, percent_words

HALF = 0.5


@dataclass(frozen=True, slots=True)
class MemberMark:
    """A member whose figure is a special cause, with its sign and what is usual for it."""

    line: ReportLine

    @property
    def state(self) -> str:
        """``worse`` than chance explains, ``better``, or ``changed``, which is neither."""
        return "worse" if self.line.worsens else "better" if self.line.improves else "changed"

    @property
    def why(self) -> str:
        """The usual range that it lies beyond; else since when it is a signal within its range.

        ``usual 73% to 84%``, ``rising for 7 figures``
        """
        if is_outside(self.line):
            return f"usual {usual_range(self.line)}"
        return span_words(self.line)

    @property
    def words(self) -> str:
        """Name, figure, state and why: ``Quillborough 71.8%, worse (usual 73% to 84%)``."""
        beside = f" ({self.why})" if self.why else ""
        return f"{self.line.body.short} {self.line.said}, {self.state}{beside}"


@dataclass(frozen=True, slots=True)
class MemberPart:
    """A member's part of what an organisation counts, and of the whole it is counted among."""

    line: ReportLine
    count: float
    of: float
    share: float
    share_of_whole: float
    whole: float

    @property
    def is_most(self) -> bool:
        """Whether it is more than half."""
        return self.share > HALF

    @property
    def sentence(self) -> str:
        """``56% of these (378 of 676) are at Quillborough, with 29% of all 12,300 counted``."""
        return (
            f"{percent_words(self.share)} of these ({_counted(self.count)} of "
            f"{_counted(self.of)}) are at {self.line.body.short}, with "
            f"{percent_words(self.share_of_whole)} of all {_counted(self.whole)} counted"
        )


def _counted(count: float) -> str:
    """A count as whole people; a mean of days, or what was shared out, is not told to the last."""
    return number_words(count, 0 if count == int(count) or count >= 10 else 1)


def members_of(view: ReportView, line: ReportLine) -> tuple[MemberMark, ...]:
    """The members whose figure of a metric is a special cause, the worse ones first."""
    found = [one for one in same_of(view, line) if one.is_special]
    return tuple(MemberMark(one) for one in by_weight(line, found))


def by_weight(own: ReportLine, lines: Iterable[ReportLine]) -> list[ReportLine]:
    """Lines of members, those first that tell most of an organisation's figure.

    Concerns come first, then other special causes, then those that weigh most on the worse side:
    by how many more (or fewer) are counted than at the organisation's own rate. A small member
    that lies far off so comes after a large one that lies nearly as far.

    Parameters
    ----------
    own
        The line of the organisation, of the same metric and period.
    lines
        Those of its members.

    Examples
    --------
    ``by_weight(line, section.lines)[0].body.short``
    """
    held = list(lines)
    sizes = {one.id: counts[1] for one in held if (counts := _counts(one))}
    sign = 1 if own.metric.better == "lower" else -1
    weighs = own.metric.better in ("lower", "higher")

    def told(one: ReportLine) -> tuple[bool, int, bool, float, str]:
        if one.value is None or own.value is None:
            return (one.value is None, one.urgency, False, 0.0, one.id)
        beyond = one.value - own.value
        if one.metric.unit != "count":
            beyond *= sizes.get(one.id, 0.0) if sizes else 1.0
        worse = weighs and sign * beyond > 0
        return (False, one.urgency, not worse, -abs(beyond), one.id)

    return sorted(held, key=told)


def part_of(view: ReportView, line: ReportLine) -> MemberPart | None:
    """The member that has more of what is counted than its part of the whole.

    Told of shares of which less is better, where the members' counts make up the organisation's
    to the last one: else a part of them is a part of something else.
    """
    if line.metric.unit != "percent" or line.metric.better != "lower":
        return None
    own, parts = _counts(line), [(one, _counts(one)) for one in same_of(view, line)]
    known = [(one, counts) for one, counts in parts if counts]
    if not own or len(known) < 2 or not own[0]:
        return None
    sums = (sum(counts[place] for _, counts in known) for place in (0, 1))
    if not all(isclose(a, b) for a, b in zip(sums, own, strict=True)):
        return None
    most, (top, base) = max(known, key=lambda found: found[1][0])
    share, whole = top / own[0], base / own[1]
    return MemberPart(most, top, own[0], share, whole, own[1]) if share > whole else None


def _counts(line: ReportLine) -> tuple[float, float] | None:
    last = next((p for p in reversed(line.points) if p.value is not None), None)
    if last is None or last.numerator is None or not last.denominator:
        return None
    return last.numerator, last.denominator


def dated_of(view: ReportView, line: ReportLine) -> Iterator[ReportLine]:
    """The members' lines of the same metric whose newest figure is of another period."""
    if line.body != view.body:
        return
    for section in view.members:
        for one in section.lines:
            if one.metric.id == line.metric.id and one.period != line.period:
                yield one


def same_of(view: ReportView, line: ReportLine) -> Iterator[ReportLine]:
    """The members' lines of the same metric and period."""
    if line.body != view.body:
        return
    for section in view.members:
        for one in section.lines:
            if (one.metric.id, one.period) == (line.metric.id, line.period):
                yield one
