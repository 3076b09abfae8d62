"""The likely ranges of the sample's league tables, which plain arithmetic worked out."""

from __future__ import annotations

import pytest

from remit.assessment.run import assess
from remit.frames.figures import Figures
from remit.sample.likely import likely_ranges


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_two_ways_of_drawing_give_the_same_ranges(figures: Figures, quarter: int) -> None:
    standing = assess(figures, period=f"2025/26 Q{quarter}").standing
    apart = []
    for code, (scores, ranks) in likely_ranges(quarter).items():
        mine = next((row for row in standing.to_dicts() if row["org_code"] == code), None)
        if mine is None:
            continue
        for end, score, rank in zip(
            ("low", "high"), scores.split(" to "), ranks.split(" to "), strict=True
        ):
            # The sample draws 1,000 times, so that its ends are uncertain by some hundredths.
            assert mine[f"likely_score_{end}"] == pytest.approx(float(score), abs=0.12)
            assert mine[f"likely_rank_{end}"] == pytest.approx(int(rank), abs=1)
            apart.append(abs(mine[f"likely_score_{end}"] - float(score)))
    assert len(apart) >= 38
    assert sum(apart) / len(apart) < 0.03
