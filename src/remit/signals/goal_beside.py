"""A goal that is in force beside the standard, and whose number nobody knows: what is said of it.

Such a goal asks for so much more than a figure that is not held. The standard judges in its place;
the goal is never left out for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from remit.words.forms import SaidForm, first_said


@dataclass(frozen=True, slots=True)
class GoalBeside:
    """The goal: by when, what it asks for at least, and the month of which no figure is held.

    ``is_below`` says that the latest value is short even of what it asks for at least.
    """

    by: str = ""
    floor: str = ""
    since: str = ""
    is_below: bool = False

    @property
    def words(self) -> str:
        """What is said of it beside the standard."""
        return first_said(GOALS, self)


def _when(goal: GoalBeside) -> str:
    return f" by {goal.by}" if goal.by else ""


GOALS = (
    SaidForm[GoalBeside]("below", lambda g: g.is_below,
                         lambda g: f"it is below the goal of {g.floor}{_when(g)} too"),
    SaidForm[GoalBeside]("not held", lambda g: bool(g.since),
                         lambda g: f"whether it meets the goal{_when(g)} cannot be told: no figure "
                         f"of {g.since} is held"),
    SaidForm[GoalBeside]("not known", lambda _: True,
                         lambda g: f"whether it meets the goal{_when(g)} cannot be told"),
)  # fmt: skip
"""How the latest value stands to a goal whose number is not known."""
