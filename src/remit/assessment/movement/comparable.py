"""Which organisations can be compared over two periods, and why the others cannot."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from remit.assessment.movement.two_periods import entered_scores
from remit.assessment.result.assessment import Assessment
from remit.model.organisation import Organisation
from remit.words.days import day_words
from remit.words.figures import score_words
from remit.words.sentences import listed

_TOLERANCE = 1e-6


def scored_codes(assessment: Assessment) -> set[str]:
    """The organisations that have an average score."""
    standing = assessment.standing.filter(pl.col("average_score").is_not_null())
    return set(standing["org_code"].to_list())


def plain_codes(assessment: Assessment) -> set[str]:
    """The organisations whose average is the mean of their own scores, and so can be split."""
    term = pl.col("weight") * pl.col("entry_score")
    means = entered_scores(assessment).group_by("org_code").agg(term.sum().alias("mean"))
    apart = (pl.col("mean") - pl.col("average_score")).abs()
    plain = assessment.standing.join(means, on="org_code").filter(apart < _TOLERANCE)
    return set(plain["org_code"].to_list())


def why_absent(before: Assessment, after: Assessment, code: str) -> str:
    """One sentence on why an organisation of only one of two periods cannot be compared.

    Mergers and successions are said as the register knows them.
    """
    first, second = scored_codes(before), scored_codes(after)
    if code in first and code not in second:
        return _gone(before, after, code)
    if code in second and code not in first:
        return _new(before, after, code)
    if code in first:
        return _not_its_own_mean(before, after, code)
    return f"{_named(before.register.get(code))} has no score in either period."


def _not_its_own_mean(before: Assessment, after: Assessment, code: str) -> str:
    """What the figures say all the same: the average and the segment of both quarters."""
    changes = []
    for name, column in (("average score", "average_score"), ("segment", "adjusted_segment")):
        start, end = (assessment.record(code)[column] for assessment in (before, after))
        if start is None or end is None:
            continue
        shown = [
            score_words(value, after.framework.rounding)
            if column == "average_score"
            else f"{value}"
            for value in (start, end)
        ]
        same = shown[0] == shown[1]
        changes.append(
            f"its {name} " + ("stayed at {1}" if same else "went from {0} to {1}").format(*shown)
        )
    return (
        f"The average of {_named(before.register.get(code))} is not the mean of its own metric "
        f"scores, so its movement cannot be split: {listed(changes)}."
    )


def _gone(before: Assessment, after: Assessment, code: str) -> str:
    organisation = before.register.get(code)
    succession = organisation.succession
    if succession and succession.on <= after.period.end:
        heirs = [before.register.get(heir) for heir in succession.successors]
        on = day_words(succession.on)
        return (
            f"{_named(organisation)} is scored in {before.period.label} only: its work passed to "
            f"{_listed(heirs)} on {on}. What two organisations scored cannot be split as one."
        )
    return _only(organisation, before, after)


def _new(before: Assessment, after: Assessment, code: str) -> str:
    register = after.register
    organisation = register.get(code)
    passed = [
        old
        for old in register.predecessors(code)
        if old.succession and before.period.start < old.succession.on <= after.period.end
    ]
    if passed and organisation.opened > before.period.end:
        return (
            f"{_named(organisation)} is scored in {after.period.label} only: it was formed on "
            f"{day_words(organisation.opened)} from {_listed(passed)}."
        )
    return _only(organisation, after, before)


def _only(organisation: Organisation, has: Assessment, lacks: Assessment) -> str:
    there = organisation.code in lacks.standing["org_code"]
    why = "has no score" if there else "is not in the figures"
    return (
        f"{_named(organisation)} is scored in {has.period.label} only: it {why} of "
        f"{lacks.period.label}."
    )


def _named(organisation: Organisation) -> str:
    return f"{organisation.name} ({organisation.code})"


def _listed(organisations: Sequence[Organisation]) -> str:
    return listed([_named(organisation) for organisation in organisations])
