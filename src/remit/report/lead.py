"""The lead sentence of a report: what the system's state is, from a closed list of forms.

It is about the organisation and its members, never about the report: no form counts metrics. Each
form has the condition under which it is true; the first that holds is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from remit.report.findings import BoardFinding, all_findings, title_of
from remit.report.view import MetricCard, ReportLine, ReportSection, ReportView
from remit.report.weighing import own_weight, weight
from remit.words.forms import SaidForm
from remit.words.sentences import count_words, listed, sentence_case

_NAMED = 3
"""So many metrics are named in one sentence; of more it is said that there are others."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What a report begins with: a claim, which is printed bold, and what stands beside it."""

    claim: str
    rest: str

    @property
    def sentence(self) -> str:
        """Both."""
        return f"{self.claim} {self.rest}".strip()


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """What the lead sentence rests on.

    Attributes
    ----------
    name
        The organisation's, short.
    period
        That of the report.
    findings
        All of the organisation itself, in order.
    lines
        Its own lines.
    member
        The line of a member that is worse than chance explains, new, and weighs most; or None.
    member_misses
        The line of a member that misses a goal, or is short of one for later, is new, and weighs
        most; None without one.
    members
        All lines of members that are new.
    """

    name: str
    period: str
    findings: tuple[BoardFinding, ...]
    lines: tuple[ReportLine, ...]
    member: ReportLine | None = None
    member_misses: ReportLine | None = None
    members: tuple[ReportLine, ...] = ()

    def first(self, kind: str, *, dated: bool = False) -> BoardFinding | None:
        """The first finding of a kind, of what is new or of what is months old."""
        found = (one for one in self.findings if one.kind == kind)
        return next((one for one in found if bool(one.line.dated) is dated), None)

    @property
    def concern(self) -> BoardFinding | None:
        """The main concern."""
        return self.first("concern")

    @property
    def missed(self) -> BoardFinding | None:
        """The first goal that is missed; without one the first for later that it is short of."""
        return self.first("missed") or self.first("short")

    @property
    def member_weighs_more(self) -> bool:
        """Whether a member's concern weighs more than the goal that is missed."""
        if self.member is None or self.missed is None:
            return False
        goal = self.missed.line
        concern = weight(self.member, _beside(self.member, self.members))
        return concern > own_weight(goal, _beside(goal, self.members))

    @property
    def old(self) -> BoardFinding | None:
        """The first concern of months ago, or goal that is missed or not reached."""
        found = (self.first(kind, dated=True) for kind in ("concern", "missed", "short"))
        return next(filter(None, found), None)

    @property
    def improving(self) -> BoardFinding | None:
        """What improves most."""
        return self.first("improving")

    @property
    def judged(self) -> bool:
        """Whether chance can be told from change in any line."""
        return any(line.is_told for line in self.lines)

    @property
    def whose(self) -> str:
        """Of what nothing stands out: of all, or of as much as chance can be told from change."""
        if all(line.is_told for line in self.lines):
            return f"Nothing of {self.name}"
        return f"As far as can be told, nothing of {self.name}"


def _beside(line: ReportLine, members: Sequence[ReportLine]) -> list[ReportLine]:
    """The lines of (other) members in the same metric."""
    alike = (one for one in members if one.metric.id == line.metric.id)
    return [one for one in alike if one.body.code != line.body.code]


@dataclass(frozen=True)
class LeadForm(SaidForm[LeadFacts]):
    """A form of the claim: when it holds, what it says, and the finding that it speaks of."""

    of: Callable[[LeadFacts], BoardFinding | ReportLine | None] = lambda _: None


def metric_words(metric: MetricCard) -> str:
    """A metric inside a sentence: without a colon, and without what it is a share of.

    ``A&E, waits of 12 hours or more for a bed``
    """
    return metric.short.partition(", as a share of")[0].replace(": ", ", ")


def _named(found: BoardFinding | ReportLine | None) -> str:
    line = found.line if isinstance(found, BoardFinding) else found
    return metric_words(line.metric) if line else ""


def _at_one(facts: LeadFacts) -> bool:
    """Whether most of the main concern is at one member, whose own figure is a concern too."""
    part = facts.concern.part if facts.concern else None
    return bool(part and part.is_most and part.line.worsens)


def _at(facts: LeadFacts) -> str:
    part = facts.concern.part if facts.concern else None
    return part.line.body.short if part else ""


def _falls_short(found: BoardFinding | ReportLine | None) -> str:
    """``misses a goal``; ``is short of a goal for March 2026`` before its day."""
    line = found.line if isinstance(found, BoardFinding) else found
    if line and line.is_short:
        return f"is short of a goal for {line.later}"
    return f"misses a {line.judged_by if line else 'goal'}"


def _who(line: ReportLine | None) -> str:
    return line.body.short if line else ""


def _when(found: BoardFinding | None) -> str:
    return found.line.period if found else ""


CLAIMS = (
    LeadForm("a concern at one member", _at_one,
             lambda f: f"The main concern of {f.name} is {_at(f)}: {_named(f.concern)}.",
             lambda f: f.concern),
    LeadForm("a concern", lambda f: f.concern is not None,
             lambda f: f"The main concern of {f.name}: {_named(f.concern)}.",
             lambda f: f.concern),
    LeadForm("a member's concern that weighs more", lambda f: f.member_weighs_more,
             lambda f: f"The main concern in {f.name} is {_who(f.member)}: {_named(f.member)}.",
             lambda f: f.member),
    LeadForm("a missed goal", lambda f: f.missed is not None,
             lambda f: f"{f.name} {_falls_short(f.missed)}: {_named(f.missed)}.",
             lambda f: f.missed),
    LeadForm("a concern of months ago", lambda f: f.old is not None,
             lambda f: f"What concerns {f.name} is of {_when(f.old)}: {_named(f.old)}.",
             lambda f: f.old),
    LeadForm("a member's concern", lambda f: f.member is not None,
             lambda f: f"The main concern in {f.name} is {_who(f.member)}: {_named(f.member)}.",
             lambda f: f.member),
    LeadForm("a member's missed goal", lambda f: f.member_misses is not None,
             lambda f: f"{_who(f.member_misses)}, in {f.name}, "
             f"{_falls_short(f.member_misses)}: {_named(f.member_misses)}.",
             lambda f: f.member_misses),
    LeadForm("improving", lambda f: f.improving is not None,
             lambda f: f"{f.name} does better than usual: {_named(f.improving)}.",
             lambda f: f.improving),
    LeadForm("as usual", lambda f: f.judged,
             lambda f: f"{f.whose} is worse or better than chance explains."
             if f.first("improving", dated=True) is None
             else f"{f.whose} is worse than chance explains."),
    LeadForm("cannot be told", lambda f: bool(f.lines),
             lambda f: f"Whether {f.name} gets better or worse cannot be told yet: too few "
             "figures, or charts that cannot speak."),
    LeadForm("nothing held", lambda _: True,
             lambda f: f"No figure of {f.name} itself is held for {f.period}."),
)  # fmt: skip
"""The claims, in the order in which they are tried: what is worse before what is better."""


def lead_facts(view: ReportView) -> LeadFacts:
    """What the lead sentence of a report rests on."""
    others = [one for s in view.members for one in s.lines if not (one.dated or one.is_trifling)]
    worse = [one for one in others if one.worsens]
    misses = [one for one in others if one.misses] or [one for one in others if one.is_short]
    return LeadFacts(
        name=view.body.short,
        period=view.period,
        findings=all_findings(view),
        lines=view.own.lines,
        member=_heaviest(worse, others),
        member_misses=_heaviest(misses, others),
        members=tuple(others),
    )


def _heaviest(lines: Sequence[ReportLine], every: Sequence[ReportLine]) -> ReportLine | None:
    return max(lines, key=lambda one: weight(one, _beside(one, every)), default=None)


def lead(view: ReportView) -> Lead:
    """The lead sentence of a report.

    Examples
    --------
    ``lead(view).claim`` is ``The main concern of Larkshire ICB: A&E, waits of 12 hours or more.``
    """
    return lead_of(lead_facts(view))


def lead_of_member(view: ReportView, section: ReportSection) -> Lead:
    """The lead sentence of a member by itself."""
    found = all_findings(view, section)
    return lead_of(LeadFacts(section.body.short, view.period, found, section.lines))


def lead_of(facts: LeadFacts) -> Lead:
    """The lead sentence of facts: the first form that holds, and what stands beside it."""
    form = next(one for one in CLAIMS if one.holds(facts))
    return Lead(form.says(facts), " ".join(_rest(facts, form.of(facts))))


def _rest(facts: LeadFacts, told: BoardFinding | ReportLine | None) -> Iterator[str]:
    """The figure of what is claimed, who has most of it, and what else is missed or improves."""
    line = told.line if isinstance(told, BoardFinding) else told
    if line:
        yield f"{sentence_case(title_of(line))}."
        yield from _best_of_peers(line)
    if isinstance(told, BoardFinding) and told.part:
        yield f"{told.part.sentence}."
    misses = [one.line for one in facts.findings if one.line.misses and not one.line.dated]
    if isinstance(told, ReportLine):
        whose = f"{facts.name} itself misses"
        yield from _also(f"{whose} its target", f"{whose} these targets", misses, line)
    else:
        yield from _also("Also misses its target", "Also miss their targets", misses, line)
    short = [one.line for one in facts.findings if one.line.is_short and not one.line.dated]
    yield from _also("Also short of a goal for later", "Also short of goals for later", short, line)
    yield from _older([one.line for one in facts.findings if one.line.falls_short], line)
    improving = [one.line for one in facts.findings if one.kind == "improving"]
    new = [one for one in improving if not one.dated]
    yield from _also("Better than usual", "Better than usual", new, line)


def _best_of_peers(line: ReportLine) -> Iterator[str]:
    """That a figure is nevertheless the best among those of its peers, where it is."""
    group = line.compared.peers
    if group is None or group.place != 1 or not group.best_first:
        return
    peers = count_words(group.chosen, "peer")
    who = f"{group.count} of its {peers} with a figure" if group.absent else f"its {peers}"
    tied = any(one.value == line.value for one in group.figures)
    said = f"None of {who} is better" if tied else f"Of itself and {who} it is the best"
    yield f"{said}{f'; {group.chance}' if group.verdict else ''}."


def _also(
    one: str, several: str, lines: Sequence[ReportLine], told: ReportLine | None
) -> Iterator[str]:
    names = [metric_words(line.metric) for line in lines if line is not told]
    if not names:
        return
    said = listed(names) if len(names) <= _NAMED else f"{'; '.join(names[:_NAMED])}; and others"
    if any("," in name for name in names):
        said = "; ".join(names[:_NAMED]) + ("; and others" if len(names) > _NAMED else "")
    yield f"{one if len(names) == 1 else several}: {said}."


def _older(misses: Sequence[ReportLine], told: ReportLine | None) -> Iterator[str]:
    """How many targets older figures do not reach, late or months old ones, beside what is told."""
    old = [line for line in misses if line.dated and line is not told]
    said = []
    if missed := sum(line.misses for line in old):
        said.append(f"{missed} {'target is' if missed == 1 else 'targets are'} missed")
    if short := sum(line.is_short for line in old):
        goals = "goal for later is" if short == 1 else "goals for later are"
        said.append(f"{short} {goals} not reached")
    if said:
        yield f"On older figures {listed(said)}."
