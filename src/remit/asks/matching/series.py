"""The recurring returns of one sender: asks that follow each other, each for its own period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from remit.asks.matching.features import Pairs
from remit.asks.matching.frames import Frame
from remit.model.ask import AskSeries

if TYPE_CHECKING:
    from numpy.typing import NDArray

_RECURRING = frozenset({"weekly", "fortnightly", "monthly", "quarterly"})

_SAME_LETTER, _SAME_MATTER = 0.75, 0.75


def series_pairs(frames: Sequence[Frame], pairs: Pairs) -> NDArray[np.bool_]:
    """Which pairs are two of one sender's recurring return.

    The same team asks the same organisation in like words for another period; or both asks are
    logged as recurring and want the same matter; or two teams of one body send the same letter.
    """
    same_sender = pairs.column("same_sender_team") > 0
    recurring = np.array([frame.ask.frequency in _RECURRING for frame in frames], dtype=bool)
    other_period = (pairs.column("period_share") < 0.9) & (pairs.column("period_unknown") == 0)
    words, alike = pairs.column("words"), _alike(pairs)
    both_recur = recurring[pairs.first] & recurring[pairs.second]
    returns = both_recur & (pairs.column("profile") >= _SAME_MATTER)
    apart = _days_apart(pairs)
    # Two teams of one body that send the same letter for another month.
    same_letter = (pairs.column("same_sender_body") > 0) & (words >= _SAME_LETTER)
    no_day_shared = (pairs.column("period_share") == 0) & (pairs.column("told_apart") > 0)
    result: NDArray[np.bool_] = apart & (
        (same_sender & other_period & (alike | returns)) | (same_letter & no_day_shared)
    )
    return result


def alike_letters(pairs: Pairs) -> NDArray[np.bool_]:
    """Which pairs are like letters of one team, days apart, with no period said in both.

    Each may be the next of a series, or the same asked again.
    """
    same_sender = pairs.column("same_sender_team") > 0
    unknown = pairs.column("period_unknown") > 0
    result: NDArray[np.bool_] = same_sender & unknown & _alike(pairs) & _days_apart(pairs)
    return result


def _alike(pairs: Pairs) -> NDArray[np.bool_]:
    words, title = pairs.column("words"), pairs.column("title")
    result: NDArray[np.bool_] = (words >= 0.5) | ((title >= 0.45) & (words >= 0.2))
    return result


def _days_apart(pairs: Pairs) -> NDArray[np.bool_]:
    result: NDArray[np.bool_] = pairs.column("gap_months") * 30 >= 5
    return result


def make_series(
    frames: Sequence[Frame], pairs: Pairs, in_series: NDArray[np.bool_]
) -> list[AskSeries]:
    """Chains of the pairs that are series, in order of receipt."""
    follows: dict[int, int] = {}
    for first, second in zip(pairs.first[in_series], pairs.second[in_series], strict=True):
        a, b = _root(follows, int(first)), _root(follows, int(second))
        if a != b:
            follows[max(a, b)] = min(a, b)
    members: dict[int, list[int]] = defaultdict(list)
    for row in sorted(
        {int(row) for row in np.concatenate([pairs.first[in_series], pairs.second[in_series]])}
    ):
        members[_root(follows, row)].append(row)
    return [_one_series(frames, rows) for rows in members.values()]


def _root(follows: dict[int, int], row: int) -> int:
    while (above := follows.get(row, row)) != row:
        row = above
    return row


def _one_series(frames: Sequence[Frame], rows: list[int]) -> AskSeries:
    asks = sorted((frames[row].ask for row in rows), key=lambda a: (str(a.received_on), a.ask_id))
    first = asks[0]
    sender = f"{first.from_body} ({first.from_team})" if first.from_team else first.from_body
    reason = f"{sender} asks {first.to_org_code} the same {len(asks)} times, each for its period"
    return AskSeries(f"S-{first.ask_id}", tuple(ask.ask_id for ask in asks), reason)
