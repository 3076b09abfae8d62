"""The members of an organisation beside its own figure of the same period."""

from __future__ import annotations

from collections.abc import Iterator
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
    found = [one for one in _same(view, line) if one.is_special]
    return tuple(MemberMark(one) for one in sorted(found, key=lambda one: (one.urgency, one.id)))


def part_of(view: ReportView, line: ReportLine) -> MemberPart | None:
    """The member that has more of what is counted than its part of the whole.

    Told of shares of which less is better, where the members' counts make up the organisation's
    to the last one: else a part of them is a part of something else.
    """
    if line.metric.unit != "percent" or line.metric.better != "lower":
        return None
    own, parts = _counts(line), [(one, _counts(one)) for one in _same(view, line)]
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


def _same(view: ReportView, line: ReportLine) -> Iterator[ReportLine]:
    """The members' lines of the same metric and period."""
    if line.body != view.body:
        return
    for section in view.members:
        for one in section.lines:
            if (one.metric.id, one.period) == (line.metric.id, line.period):
                yield one
