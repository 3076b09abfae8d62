"""What weighs in a report: distance, length and members, as declared."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from remit.model.declaration import Declaration


class Weighing(Declaration):
    """How findings of a report are put in order.

    ``each_period`` is what each period before the latest adds that is alike, of ``longest`` at
    most; ``each_member`` what each member adds, of ``most_members`` at most. A goal that the
    organisation itself misses weighs ``own_goal`` times as much. Without limits, a gap of
    ``share_as_limit`` of the goal counts as the way to one.
    """

    schema_: Literal["remit/weighing/1"] = Field(alias="schema")
    source: str
    verified: bool
    each_period: float = Field(ge=0)
    longest: int = Field(ge=0)
    each_member: float = Field(ge=0)
    most_members: int = Field(ge=0)
    own_goal: float = Field(gt=0)
    share_as_limit: float = Field(gt=0)

    def weigh(self, distance: float, periods: int, members: int) -> float:
        """What a finding weighs.

        Parameters
        ----------
        distance
            As a multiple of the way from the mean to a limit.
        periods
            How many of the latest in a row are alike, the latest among them.
        members
            How many members are alike.

        Examples
        --------
        ``load_weighing().weigh(1.5, 3, 0)``
        """
        before = min(max(periods - 1, 0), self.longest)
        beside = min(members, self.most_members)
        return distance * (1 + self.each_period * before) * (1 + self.each_member * beside)
