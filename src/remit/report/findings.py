"""What matters of a report: three to five findings, each with its title and what stands beside it.

A title is put together from closed lists: the value, where that stands and since when
(:mod:`remit.report.spans`), how it is to its goal (:mod:`remit.signals.headline`), who differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from remit.report.members_beside import MemberMark, MemberPart, members_of, part_of, same_of
from remit.report.spans import said_words, told_range
from remit.report.view import ReportLine, ReportSection, ReportView
from remit.report.weighing import weight
from remit.words.sentences import count_words, listed, sentence_case

FindingKind = Literal["concern", "missed", "short", "apart", "improving", "changed"]
TAGS: dict[FindingKind, str] = {
    "concern": "Concern",
    "missed": "Target missed",
    "short": "Short of a goal for later",
    "apart": "No change, but",
    "improving": "Better than usual",
    "changed": "Changed",
}
"""Kind of a finding → its tag, in the order in which findings stand."""

MOST = 5
"""So many findings stand on the first page."""

ASK_AGAIN = "still true?"


@dataclass(frozen=True, slots=True)
class BoardFinding:
    """What matters, about one metric of the organisation that the report is on.

    Attributes
    ----------
    line
        Its line.
    kind
        ``concern``, ``missed``, ``short`` (of a goal for later), ``apart`` (usual, but members are
        not), ``improving``, ``changed``.
    title
        What is found, to stand after the metric's name.
    members
        The members whose own figure is not usual or that miss the goal, the furthest first.
    part
        The member with the largest part of what is counted, where it has more than its share.
    """

    line: ReportLine
    kind: FindingKind
    title: str
    members: tuple[MemberMark, ...] = ()
    part: MemberPart | None = None

    @property
    def tag(self) -> str:
        """Its kind in words."""
        if self.kind == "short":
            return f"Short of the goal for {self.line.later}"
        missed = f"{self.line.judged_by} missed"
        return sentence_case(missed) if self.kind == "missed" else TAGS[self.kind]

    @property
    def is_of_member(self) -> bool:
        """Whether one of its members is worse than chance explains."""
        return any(mark.line.worsens for mark in self.members)

    @property
    def sentence(self) -> str:
        """Metric and finding, as the title of a slide."""
        return f"{self.line.metric.short}: {self.title}"

    @property
    def beside(self) -> str:
        """What stands beside it, in one line: members, and England, the region and the peers."""
        members = [mark.words for mark in self.members[:3]]
        if len(self.members) > 3:
            members.append(f"{len(self.members) - 3} more of its members")
        said = [self.part.sentence if self.part else "", "; ".join(members)]
        said.append(self.line.compared.brief)
        return " ".join(f"{one.rstrip('.')}." for one in said if one)

    @property
    def asks(self) -> str:
        """``no comment yet`` or ``still true?``; empty where a comment stands."""
        if not self.line.said_of.comments:
            return self.line.said_of.silence
        return ASK_AGAIN if self.line.said_of.to_ask else ""


def title_of(line: ReportLine, members: Sequence[MemberMark] = ()) -> str:
    """The title of a line: its value, where that stands, how it is to its goal, who differs.

    Parameters
    ----------
    line
        The line.
    members
        Those of its members that differ from what is usual for them.

    Examples
    --------
    ``5.4% in Mar 2026, above the usual 3.0% to 4.4% for 2 months``
    """
    span = told_range(line)
    usual = "as usual" if line.variation.code == "common_cause" else ""
    begin = ", ".join(filter(None, (f"{said_words(line)} in {line.period}", span or usual)))
    return "; ".join(filter(None, (begin, line.goal_said, _apart(line, members))))


def _apart(line: ReportLine, members: Sequence[MemberMark]) -> str:
    """Who differs, where the organisation itself does not."""
    if line.is_special:
        return ""
    worse = [mark.line.body.short for mark in members if mark.line.worsens]
    better = [mark.line.body.short for mark in members if mark.line.improves]
    if worse and better:
        return "members pull in opposite directions"
    named = listed(worse or better) if len(worse or better) < 3 else ""
    who = named or count_words(len(worse or better), "member")
    verb = "is" if len(worse or better) == 1 else "are"
    way = "worse" if worse else "better"
    return f"{who} {verb} {way} than chance explains" if worse or better else ""


def findings(view: ReportView, most: int = MOST) -> tuple[BoardFinding, ...]:
    """What matters: concerns, missed goals, members that differ, then what improves.

    What is late or months old stands after all others. A first improvement keeps the last place
    where there are more than fit, so that a page does not tell of trouble alone; before it a
    member's concern keeps one, where targets missed with too few figures to judge take the others.

    Parameters
    ----------
    view
        The report.
    most
        So many at most.

    Examples
    --------
    ``[found.sentence for found in findings(view)]``
    """
    every = _without_doubles(all_findings(view))
    kept = every[:most]
    best = next((one for one in every if one.kind == "improving" and not one.line.dated), None)
    places = [_member_concern(every, kept), best]
    held = [one for one in places if one and one not in kept]
    return (*kept[: most - len(held)], *held)


def _member_concern(
    every: Sequence[BoardFinding], kept: Sequence[BoardFinding]
) -> BoardFinding | None:
    """The first concern of a member, where a target missed with too few figures would hide it."""
    if any(one.is_of_member for one in kept) or not any(
        one.line.is_missed_with_few for one in kept
    ):
        return None
    return next((one for one in every if one.is_of_member), None)


def _without_doubles(every: Sequence[BoardFinding]) -> list[BoardFinding]:
    """Without findings that tell of the very members, alike, of which one before them tells."""
    met: set[tuple[tuple[str, str], ...]] = set()
    kept = []
    for one in every:
        who = tuple(sorted((mark.line.body.code, mark.state) for mark in one.members))
        if one.kind != "apart" or who not in met:
            kept.append(one)
        if one.kind == "apart":
            met.add(who)
    return kept


def all_findings(
    view: ReportView, section: ReportSection | None = None
) -> tuple[BoardFinding, ...]:
    """Every finding of an organisation, in the order in which they stand.

    Parameters
    ----------
    view
        The report.
    section
        That of one of its members; of the organisation itself if left out.

    Examples
    --------
    ``all_findings(view, view.members[0])``
    """
    found = _each(view, section or view.own)
    return tuple(sorted(found, key=lambda one: _place(one, tuple(same_of(view, one.line)))))


def _place(
    found: BoardFinding, members: Sequence[ReportLine]
) -> tuple[bool, int, int, bool, float]:
    """New before old, then by kind; members that differ first where a goal is set.

    A target missed with too few figures for a usual range stands after the concern of a member.
    """
    line, kinds = found.line, list(TAGS)
    no_goal = found.kind == "apart" and line.target is None
    few = found.kind in {"missed", "short"} and line.is_missed_with_few
    after = 1 if few else 2 if found.kind == "apart" and not found.is_of_member else 0
    place = kinds.index("apart" if few else found.kind)
    return (bool(line.dated), place, after, no_goal and not few, -weight(line, members))


def _each(view: ReportView, section: ReportSection) -> Iterator[BoardFinding]:
    for line in section.lines:
        members = members_of(view, line)
        kind = kind_of(line, members)
        if kind and not line.is_trifling:
            yield BoardFinding(line, kind, title_of(line, members), members, part_of(view, line))


def kind_of(line: ReportLine, members: Sequence[MemberMark]) -> FindingKind | None:
    """What a line is a finding of; None where it is none."""
    if line.worsens:
        return "concern"
    if line.misses:
        return "missed"
    if line.is_short:
        return "short"
    if line.improves:
        return "improving"
    if line.is_special:
        return "changed"
    return "apart" if any(mark.line.is_special for mark in members) else None
