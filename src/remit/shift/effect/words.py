"""The answer in plain words: the finding first, then for whom, then with what caution."""

from __future__ import annotations

from remit.shift.effect.design import strength
from remit.shift.effect.entrants import MEASURES
from remit.shift.effect.result import Effect
from remit.words.figures import number_words, percent_words


def finding(found: Effect) -> str:
    """The finding, in a sentence or two."""
    service, measure = found.asked.service, MEASURES[found.asked.outcome]
    if found.ratio is None:
        reasons = " ".join(one.reason for one in found.refused)
        return f"There is no answer for {service}. {reasons}"
    low, high = (number_words(one, 2) for one in found.ratio.interval)
    ratio = number_words(found.ratio.ratio, 2)
    sure = f"the {measure} of those with {service} were {ratio} times those of people alike"
    if found.claims:
        way = "fewer" if found.ratio.ratio < 1 else "more"
        return f"After entry {sure} without it, {way} than before (95% from {low} to {high})."
    return (
        f"No difference is shown: after entry {sure} without it, and 1 lies within the interval "
        f"(95% from {low} to {high})."
    )


def estimand(found: Effect) -> str:
    """For whom the answer holds."""
    if not found.kept:
        return "It holds for nobody: no one with the service could be compared."
    share = percent_words(found.kept / found.treated)
    reasons = "; ".join(f"{why}: {number}" for why, number in found.why_dropped.items() if number)
    left = f" Left out are {found.dropped} ({reasons})." if found.dropped else ""
    ill = " The sickest are the likeliest to be left out." if found.dropped else ""
    return (
        f"It holds for {found.kept} of {found.treated} people with the service ({share}), compared "
        f"with {found.controls} people of {found.clusters} practices or places who never have it."
        f"{left}{ill}"
    )


def caution(found: Effect) -> str:
    """What the answer cannot know."""
    if found.ratio is None:
        return " ".join(found.notes)
    said = [found.design.says, strength(found.ratio)]
    if found.placebo_flags:
        said.append(
            "The placebo fails: in the year before the matched one, when no service can have "
            "worked, those with the service had used otherwise than people alike. So levels are "
            "withheld, and the ratio of ratios supposes that this difference would have lasted."
        )
    said.append(
        "People were not drawn by lot: what no record shows, such as a carer lost, a new illness "
        "or a recovery that would have come in any case, can be behind it."
    )
    said += found.notes
    return " ".join(said)
