"""Whose segment changed between two quarters, and what the overseer's own test says beside it.

An override alone, or the segment before overrides: that follows from the figures. Whether a change
is more than chance is another question, which the overseer answers by a test that is not public.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from remit.assessment.result.assessment import Assessment
from remit.catalogue import load_movement_tests
from remit.model.significance import MovementTest, PrintedChanges
from remit.words.figures import number_words, signed_words
from remit.words.kinds import kinds_in_words
from remit.words.sentences import listed

How = Literal["", "override_alone", "before_override"]

_IN_WORDS = {
    "": "its segment did not change",
    "override_alone": "its segment changed by an override alone",
    "before_override": "its segment changed before overrides, with its average score",
}


@dataclass(frozen=True, slots=True)
class SegmentChanges:
    """Changes of segment among those at hand in both quarters, beside the overseer's counts.

    Attributes
    ----------
    how
        How the segment of the organisation asked for changed; empty if it did not.
    trusts, changed, by_override_alone
        How many have a segment in both quarters; whose changed; of these, by an override alone.
    kinds
        Of which kinds they are.
    printed
        What the overseer counts among everybody, where that is known.
    not_known
        What is not known of its test.
    source
        Where the counts stand.
    sentences
        All of it in words.
    """

    how: How
    trusts: int
    changed: int
    by_override_alone: int
    kinds: tuple[str, ...]
    printed: dict[str, float | str | bool | None] | None
    not_known: tuple[str, ...]
    source: str
    sentences: tuple[str, ...]


def how_changed(before: Assessment, after: Assessment) -> pl.DataFrame:
    """How the segment of everybody changed who has one in both quarters.

    Returns
    -------
    polars.DataFrame
        ``org_code, kind, how``: empty, ``override_alone`` or ``before_override``.
    """
    columns = ["org_code", "unadjusted_segment", "adjusted_segment"]
    both = after.standing.select(*columns, "kind").join(
        before.standing.select(columns), on="org_code", suffix="_before"
    )
    both = both.drop_nulls(["adjusted_segment", "adjusted_segment_before"])
    moved = pl.col("adjusted_segment") != pl.col("adjusted_segment_before")
    held = pl.col("unadjusted_segment").eq_missing(pl.col("unadjusted_segment_before"))
    how = (
        pl.when(moved & held)
        .then(pl.lit("override_alone"))
        .when(moved)
        .then(pl.lit("before_override"))
        .otherwise(pl.lit(""))
    )
    return both.select("org_code", "kind", how.alias("how")).sort("org_code")


def changes_of_segment(
    before: Assessment, after: Assessment, code: str, table: pl.DataFrame | None = None
) -> SegmentChanges:
    """The change of one organisation's segment among those of everybody at hand.

    Parameters
    ----------
    before, after
        Assessments of two quarters by one framework.
    code
        The organisation.
    table
        What :func:`how_changed` says of the two, where it is at hand.
    """
    if table is None:
        table = how_changed(before, after)
    by_code: dict[str, How] = dict(table.select("org_code", "how").iter_rows())
    how = by_code.get(code, "")
    kinds = tuple(sorted(set(table["kind"].to_list())))
    changed = sum(how != "" for how in by_code.values())
    alone = sum(how == "override_alone" for how in by_code.values())
    test = load_movement_tests().get(after.framework.id)
    quarters = before.period.label, after.period.label
    printed = test.between(*quarters) if test else None
    at_hand = (
        f"Of the {table.height} {kinds_in_words(kinds)} at hand in both quarters, "
        f"{changed} changed segment, {alone or 'none'} by an override alone."
    )
    return SegmentChanges(
        how=how,
        trusts=table.height,
        changed=changed,
        by_override_alone=alone,
        kinds=kinds,
        printed=printed.model_dump() if printed else None,
        not_known=test.not_known if test else (),
        source=test.sources[0].title if test and printed else "",
        sentences=(
            f"Of {after.record(code)['org_name']}: {_IN_WORDS[how]}.",
            at_hand,
            *_of_overseer(test, printed, quarters, changed),
        ),
    )


def _of_overseer(
    test: MovementTest | None,
    printed: PrintedChanges | None,
    quarters: Sequence[str],
    at_hand: int,
) -> list[str]:
    """What the overseer's own test found, as far as it is known, and what is not."""
    if test is None:
        return ["No test of movement by the overseer is known for this framework."]
    unknown = (
        f"Not known: {'; '.join(test.not_known)}. So Remit calls no trust's change significant."
    )
    if printed is None:
        between = " and ".join(quarters)
        return [f"{test.name}: its counts for {between} are not known to Remit.", unknown]
    others = printed.changes - at_hand
    elsewhere = f" Of these changes {others} are of trusts not at hand." if others > 0 else ""
    said = (
        f"{test.name}, among all trusts: {printed.changes} changes of segment, "
        f"{listed(_parts(printed))}; {printed.significant_without_change} more trusts changed "
        f"significantly without changing segment.{_mean(printed)}{elsewhere}"
    )
    doubt = " The counts are not verified." if not printed.verified else ""
    return [f"{said}{doubt} Source: {test.sources[0].title}.", unknown]


def _parts(printed: PrintedChanges) -> list[str]:
    return [
        f"{printed.by_override} through the override",
        f"{printed.significant} with a significant change of the average score",
        f"{printed.not_significant} not significant",
    ]


def _mean(printed: PrintedChanges) -> str:
    if printed.mean_score is None:
        return ""
    change = f" ({signed_words(printed.mean_change)})" if printed.mean_change is not None else ""
    return f" The mean of all metric scores was {number_words(printed.mean_score)}{change}."
