"""How a rank moved since the quarter before, and whether chance alone explains it.

A move is noise where the earlier rank lies within today's likely range. Where more or fewer are
ranked than before, ranks move for that alone, so the range is widened by as many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from remit.pages.standings.movement_view import quarter_before
from remit.pages.standings.results import Results, TrustStanding

Way = Literal["up", "down", "same"]


@dataclass(frozen=True, slots=True)
class RankMove:
    """A rank in two quarters; ``noise`` is None where no likely range is known."""

    before: int
    after: int
    noise: bool | None

    @property
    def way(self) -> Way:
        """``up`` is towards the first rank."""
        if self.before == self.after:
            return "same"
        return "up" if self.after < self.before else "down"

    @property
    def words(self) -> str:
        """The move as in a table: ``down 4``, ``same``."""
        if self.way == "same":
            return "same"
        return f"{self.way} {abs(self.after - self.before)}"

    @property
    def telling(self) -> bool:
        """Whether chance does not explain it."""
        return self.noise is False and self.way != "same"


def comparable_before(results: Results, periods: Sequence[Results]) -> Results | None:
    """The quarter before, where it is at hand and was judged by the same framework."""
    found = quarter_before(results, periods)
    if found is None or found.framework.id != results.framework.id:
        return None
    return found


def rank_move(results: Results, standing: TrustStanding, before: Results | None) -> RankMove | None:
    """How the rank of an organisation moved; None where it had none in one of the quarters.

    Parameters
    ----------
    results
        The period of the page.
    standing
        Where the organisation stands in it.
    before
        The quarter before, as :func:`comparable_before` gives it.
    """
    earlier = before.standings.get(standing.org_code) if before else None
    if before is None or earlier is None or earlier.rank is None or standing.rank is None:
        return None
    if earlier.kind is not standing.kind:
        return None
    found = results.likely.get(standing.org_code)
    if found is None or found.rank is None or found.n_scores < 2:
        return RankMove(earlier.rank, standing.rank, None)
    spare = abs(ranked(results, standing) - ranked(before, earlier))
    low, high = found.rank
    noise = low - spare <= earlier.rank <= high + spare
    return RankMove(earlier.rank, standing.rank, noise)


def ranked(results: Results, standing: TrustStanding) -> int:
    """How many organisations of the same kind have a rank."""
    return sum(1 for other in results.by_kind[standing.kind] if other.rank is not None)
