"""How much stays of the independent sets, which others wrote before the rules."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.asks.people.independent import (
    HERE,
    SETS,
    Kept,
    can_be_read,
    is_lost,
    kept_of_set,
    labels,
    phrases,
)
from tests.asks.people.sets import said

MEANING = {
    "independent_one": "looked at since: fitted now; at first sight 46 of 653",
    "independent_two": "looked at since: fitted now; at first sight 30 of 545",
    "independent_three": "never looked at",
}
MOST_KEPT = 0.01
MOST_LOST = 0.14
"""Most of what is lost stands in forwarded parts and signatures, which are not kept at all."""


@pytest.mark.parametrize("which", SETS)
def test_of_a_hundred_pieces_of_an_independent_set_at_most_one_is_kept(
    which: str, tmp_path: Path
) -> None:
    kept = kept_of_set(which, tmp_path)
    nothing = Kept.of("")
    found = [one for one in labels(which) if can_be_read(one, kept.get(one.key, nothing))]
    lost = [one for one in phrases(which) if is_lost(one, kept.get(one.key, nothing))]
    pieces, stay = len(labels(which)), len(phrases(which))
    told = f"{which} ({MEANING[which]}): personal pieces kept"
    sys.stdout.write(said(told, len(found), pieces) + "\n")
    sys.stdout.write(said(f"{which}: phrases lost that are no person", len(lost), stay) + "\n")
    assert pieces == SETS[which][1]
    assert len(found) <= MOST_KEPT * pieces, [(one.key, one.piece) for one in found]
    assert len(lost) <= MOST_LOST * stay, [(one.key, one.piece) for one in lost]


@pytest.mark.parametrize("which", SETS)
def test_the_measure_reads_a_log_that_was_not_screened(which: str) -> None:
    rows = (HERE / which / "log.csv").read_text(encoding="utf-8")
    of_log = [one for one in labels(which) if one.key[0] == "log.csv" and not one.innocent]
    found = [one for one in of_log if can_be_read(one, Kept.of(rows))]
    assert len(of_log) > 40
    assert len(found) > 0.9 * len(of_log)
    assert not any(can_be_read(one, Kept.of("")) for one in of_log)
