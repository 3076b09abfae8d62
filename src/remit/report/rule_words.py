"""A rule set in words, as it is printed beside charts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from remit.report.view import RuleCard
from remit.signals.rule_sets import RuleSet
from remit.words.days import day_words


def rule_card(rules: RuleSet, since: date) -> RuleCard:
    """What a report says of its rule set, whose charts begin on a day."""
    begin = f"Charts begin on {day_words(since)}."
    return RuleCard(rules.label, rules.name, (begin, *_words(rules)), rules.source)


def _words(rules: RuleSet) -> Iterator[str]:
    limits = rules.limits
    yield (
        f"Process limits lie {limits.multiplier:g} mean moving ranges from the mean; near limits "
        f"at {limits.near[0]}/{limits.near[1]} of that distance."
    )
    if limits.screening:
        yield (
            "Moving ranges of at least "
            f"{limits.screening.multiple:g} mean ranges are left out once before limits are made."
        )
    else:
        yield "Every moving range counts."
    for number, rule in enumerate(rules.rules, start=1):
        yield f"Special cause {number}: {rule.declared}."
    yield f"Limits are made from {rules.minimum_points} points or more; fewer have none."
    yield (
        "Assurance: a target beyond a limit is always or never met as things are; one between "
        "the limits is met or missed by chance."
    )
    outlook = rules.outlook
    yield (
        "Nothing is foretold where the latest point is a special cause, or where "
        f"{outlook.contrary} or more of the latest {outlook.recent} points lie on the other side "
        "of the target than the limits; then it is said how often the target was met."
    )
    yield (
        f"A re-basing is proposed from the start of the last run of {outlook.run} points or more "
        "on one side of the mean, if the latest point lies there too."
    )
    yield (
        f"Where more than {outlook.most_outside:g} in 100 of the points that made them lie "
        "outside, limits do not describe the series, and give no verdict."
    )
    yield "A special cause that no longer goes on is drawn as a plain ring."
