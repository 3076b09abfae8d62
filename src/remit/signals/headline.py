"""Findings of a series as titles: the closed list of what may stand above its chart.

Each form has the condition under which it is true and its words, so that a test can try every form
on every series. The title has two halves: how the latest value lies beside what is usual, and how
it stands to its target. Of each the first form that holds is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from remit.signals.conclusion import Conclusion
from remit.signals.goal_beside import GoalBeside
from remit.signals.goal_later import aim_words, off_words
from remit.signals.points import Charted, Point, meets
from remit.signals.sentence import SEEN, few_words, latest_words, small_base
from remit.words.forms import SaidForm, first_said


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """What the title of a chart rests on.

    ``few`` is how much it has to make limits from (:func:`remit.signals.sentence.few_words`),
    ``target`` is that of the latest figure's own time, in words, ``since`` the one in force by now
    where that is another; ``is_old`` says that this figure tells of then and not of now. Of a goal
    that is due after the figure's period ``later`` is its month, ``off`` how far it is from there.
    """

    value: str
    when: str
    last: Point
    variation: str
    assurance: str
    target: str
    year_missed: bool = False
    few: str = ""
    met: int = 0
    of: int = 0
    meets_now: bool = False
    is_old: bool = False
    since: str = ""
    goal: GoalBeside | None = None
    later: str = ""
    off: str = ""

    @property
    def aim(self) -> str:
        """The target that the figure is judged by, and the one that has followed it."""
        aim = aim_words(self.target, self.later, "standard" if self.goal else "target")
        return f"{aim} (now {self.since})" if self.since else aim

    @property
    def already(self) -> str:
        """Before ``meets``, of a goal whose day is yet to come."""
        return "already " if self.later else ""

    @property
    def is_flat(self) -> bool:
        """Whether its limits leave no room: nothing varies."""
        return self.last.lower is not None and self.last.lower == self.last.upper

    @property
    def is_by_chance(self) -> bool:
        """Whether limits leave a target to chance, and the latest figures bear that out."""
        return self.assurance == "inconsistent" and not self.last.rule and 0 < self.met < self.of

    @property
    def is_counted(self) -> bool:
        """Whether all that can be said of a target is how often it was met."""
        return self.assurance in SEEN or self.assurance == "inconsistent"

    @property
    def is_inside(self) -> bool:
        """Whether the latest value lies within its limits."""
        point = self.last
        if point.value is None or point.lower is None or point.upper is None:
            return False
        return point.lower <= point.value <= point.upper


HeadlineForm = SaidForm[SeriesFacts]


def _varies(name: str, code: str, words: str) -> HeadlineForm:
    return HeadlineForm(name, lambda f: f.variation == code, lambda _: words)


def _stands(name: str, code: str, words: str) -> HeadlineForm:
    return HeadlineForm(name, lambda f: f.assurance == code, lambda f: words.format(aim=f.aim))


def _then(name: str, code: str, words: str) -> HeadlineForm:
    """Of a figure of months ago or of a former target: what was to be expected then."""
    return HeadlineForm(
        name,
        lambda f: bool(f.is_old or f.since) and f.assurance == code,
        lambda f: words.format(aim=f.aim),
    )


def _as(count: int, of: int) -> str:
    """How many of the last figures did as the latest, which is one of them."""
    if count == of:
        return f"as did all of the last {of} figures"
    if count == 1:
        return f"alone of the last {of} figures"
    return f"as did {count} of the last {of} figures"


def _short(facts: SeriesFacts) -> str:
    """How far it is from a goal for later; on the very number of a goal to be below, that it is."""
    return f"it is {facts.off} {facts.aim}" if facts.off else f"it does not yet meet {facts.aim}"


def _none(count: int) -> str:
    return str(count) if count else "none"


USUAL = (
    HeadlineForm("few", lambda f: f.variation == "too_few",
                 lambda f: f"only {f.few}, so change cannot be told from chance"),
    HeadlineForm("no verdict", lambda f: f.variation == "no_verdict",
                 lambda _: "its chart gives no verdict"),
    HeadlineForm("flat", lambda f: f.variation == "common_cause" and f.is_flat,
                 lambda _: "it does not vary"),
    HeadlineForm("usual", lambda f: f.variation == "common_cause" and f.is_inside,
                 lambda _: "within its usual range"),
    _varies("by chance", "common_cause", "no more than chance explains"),
    HeadlineForm("worse", lambda f: f.variation.startswith("concern"),
                 lambda _: "worse than chance explains"),
    HeadlineForm("better", lambda f: f.variation.startswith("improvement"),
                 lambda _: "better than chance explains"),
    _varies("high", "neutral_high", "higher than chance explains"),
    _varies("low", "neutral_low", "lower than chance explains"),
    _varies("pattern", "neutral", "in a pattern that chance does not explain"),
)  # fmt: skip
"""How the latest value lies beside what is usual."""

TARGETS = (
    HeadlineForm("year", lambda f: f.year_missed, lambda _: "its goal for the year was missed"),
    _then("pass then", "pass", "as things were then, it would meet {aim}"),
    _then("fail then", "fail", "as things were then, it would not meet {aim}"),
    _stands("pass", "pass", "as things are, it will meet {aim}"),
    _stands("fail", "fail", "as things are, it will not meet {aim}"),
    HeadlineForm("meets", lambda f: f.assurance == "too_few",
                 lambda f: f"it {f.already}meets {f.aim}"),
    _stands("missed", "missed", "it does not meet {aim}"),
    HeadlineForm("short", lambda f: f.assurance == "short", _short),
    HeadlineForm("chance", lambda f: f.is_by_chance,
                 lambda f: f"chance decides whether it meets {f.aim}"),
    HeadlineForm("met of late", lambda f: f.is_counted and f.meets_now,
                 lambda f: f"it {f.already}meets {f.aim}, {_as(f.met, f.of)}"),
    HeadlineForm("short of late", lambda f: f.is_counted and bool(f.later),
                 lambda f: f"{_short(f)}, which {_none(f.met)} of the last {f.of} figures reached"),
    HeadlineForm("missed of late", lambda f: f.is_counted,
                 lambda f: f"it misses {f.aim}, {_as(f.of - f.met, f.of)}"),
)  # fmt: skip
"""How it stands to its target; nothing is said without one."""


def headline_of(facts: SeriesFacts) -> str:
    """The title from what it rests on."""
    halves = (first_said(USUAL, facts), target_half(facts))
    return f"{facts.value} {facts.when}: {'; '.join(filter(None, halves))}"


def target_half(facts: SeriesFacts) -> str:
    """How the latest value stands to its target; empty without one."""
    goal = facts.goal.words if facts.goal else ""
    return "; ".join(filter(None, (first_said(TARGETS, facts), goal)))


def facts_of(
    charted: Charted,
    found: Conclusion,
    target: str,
    *,
    since: str = "",
    is_old: bool = False,
    goal: GoalBeside | None = None,
    later: str = "",
) -> SeriesFacts:
    """What the title of a series rests on.

    Parameters
    ----------
    charted
        The series after the rules.
    found
        What is concluded of it.
    target
        The target in words.
    since
        The target in force by now in words, where that is another.
    is_old
        Whether its latest figure is months old, so that it tells of then and not of now.
    goal
        The goal that is in force beside the standard, where its number is not known.
    later
        The month by which the target is due, where it is a goal and that comes after the figure.

    Examples
    --------
    ``facts_of(charted, found, "at least 78%").few``
    """
    last = charted.held[-1]
    return SeriesFacts(
        value=f"{latest_words(charted, last, found)}{small_base(charted.unit, last)}",
        when=f"{'in' if charted.has_periods else 'on'} {last.label}",
        last=last,
        variation=found.variation,
        assurance=found.assurance,
        target=target,
        year_missed=found.year_missed,
        few=few_words(charted),
        met=found.met,
        of=len(found.recent),
        meets_now=found.target is not None and meets(last.value, found.target, charted.better),
        is_old=is_old,
        since=since,
        goal=goal,
        later=later,
        off=off_words(last.value, found.target, charted.better, charted.unit) if later else "",
    )
