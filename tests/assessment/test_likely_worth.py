"""What is said of a method's worth is what was measured, and both methods stand side by side."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import remit
from remit.assessment.likely.coverage import coverage_words, likely_note, worth_words
from remit.assessment.likely.ranges import likely_ranges
from remit.catalogue import load_coverage
from tests.publications.nof_later import file_of

_ROW = re.compile(r"\| (\d+) \| " + r" \| ".join([r"([\d.]+)%"] * 6) + r" \|")


def test_the_page_on_uncertainty_prints_the_figures_that_are_declared() -> None:
    text = Path("docs/uncertainty.md").read_text(encoding="utf-8")
    printed = [tuple(map(float, found)) for found in _ROW.findall(text)]
    known = load_coverage()
    declared = [(one.scores, *one.published, *one.expanded) for one in known.measured]
    assert printed == declared
    assert f"({known.trusts:,} for each line, {known.replicates:,} draws each" in text
    assert f"good to ± {known.good_to:g} points" in text


@pytest.mark.parametrize(
    ("fewest", "most", "published", "expanded"),
    [
        (9, 9, "91 to 92", "94 to 96"),  # 90.9, 91.0, 91.9; 95.7, 95.6, 94.3
        (7, 11, "89 to 92", "93 to 96"),  # 89.1 to 92.2; 92.5 to 95.9
        (5, 12, "84 to 93", "89 to 96"),
        (3, 3, "73 to 91", "90 to 93"),  # 74.6, 72.7, 90.6; 92.5, 90.1, 91.2
        (2, 3, "49 to 91", "79 to 93"),
        (13, 13, "92 to 93", "94 to 96"),  # between 12 and 15
        (99, 99, "94 to 95", "95 to 96"),
    ],
)
def test_worth_by_the_number_of_scores(
    fewest: int, most: int, published: str, expanded: str
) -> None:
    assert coverage_words(fewest, most, "published") == f"{published} times in 100"
    assert coverage_words(fewest, most, "expanded") == f"{expanded} times in 100"


def test_the_sentence_says_what_is_promised_and_on_how_much_it_rests() -> None:
    said = worth_words(9, 9)
    assert said.startswith(
        "With 9 scores a likely range by NHS England’s published method holds the true score "
        "91 to 92 times in 100, not 95"
    )
    assert "4,000 made-up trusts" in said


def test_the_expanded_range_is_wider_and_stands_beside(tmp_path: Path) -> None:
    path = file_of(tmp_path)
    by = {
        method: remit.assess(path, "nof-2026-27", likely_method=method)
        for method in ("published", "expanded")
    }
    assert [one.likely.method for one in by.values() if one.likely] == ["percentile", "expanded"]
    lows = {method: one.record("ZA1")["likely_score_low"] for method, one in by.items()}
    highs = {method: one.record("ZA1")["likely_score_high"] for method, one in by.items()}
    assert lows["expanded"] < lows["published"] < 1.5 < highs["published"] < highs["expanded"]
    drawn = likely_ranges(by["published"])
    (beside,) = drawn.beside.filter(org_code="ZA1")["likely_score_low"]
    assert beside == lows["expanded"]
    other = likely_ranges(by["expanded"], method="expanded")
    assert other.beside.filter(org_code="ZA1")["likely_score_low"].item() == lows["published"]
    assert "those of the expanded method" in likely_note(by["expanded"])
    assert "With 2 to 3 scores" in likely_note(by["published"])
