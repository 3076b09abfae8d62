"""What else records say of people before they enter, and whether it changed for them alone.

Whoever was getting better, or worse, without coming to hospital more or less often shows it
elsewhere: in what a stay costs, in how many of the stays are planned, in the need weight, at the
surgery, in mental health and community services. So each of these is held to one rule: from the one
year before entry to the other it changed as it did for people alike. A level that differs and lasts
is forgiven.
"""

from __future__ import annotations

from collections.abc import Iterator

from remit.shift.effect.asked import Asked
from remit.shift.effect.estimate import Matched
from remit.shift.effect.gates import ratio_words
from remit.shift.effect.sign import Sign, both
from remit.shift.effect.strata import BESIDE

_SEEN_BY = {
    "primary": "the surgery (primary care)",
    "mental": "mental health services",
    "community": "another service in the community, such as a district nurse,",
    "visits": "hospital clinics (outpatients: records without a stay)",
}


def changed_before(matched: Matched, asked: Asked, *, lengths: bool) -> Iterator[Sign]:
    """What records say beside the outcome, from the one year before entry to the other.

    Parameters
    ----------
    matched
        Those with the service and those alike.
    asked
        The question, with its limits.
    lengths
        Whether a record is a stay, so that what one costs is known.
    """
    if not set(BESIDE) <= set(matched.cells.columns):
        return  # very many people: it was not counted
    if lengths:
        yield from _worth(matched, asked)
        yield from _planned(matched, asked)
    yield from _means(matched, asked)
    for kind, who in _SEEN_BY.items():
        yield from _contacts(matched, asked, kind, who)


def _worth(matched: Matched, asked: Asked) -> Iterator[Sign]:
    each = "bed days of a stay" if asked.outcome == "cost_pence" else "cost of a stay"
    found = matched.contrast(["worth_year", "stays_earlier"], ["stays_year", "worth_earlier"])
    for limit in both(1 + asked.rules.gates.longer):
        way = "worse" if limit > 1 else "better"
        yield Sign(
            f"{each} before entry",
            f"{each} in the year before entry over that of the year before it, with the service "
            "over without",
            found,
            limit,
            f"Those with the service seem to have been getting {way} already, though they came as "
            f"often: from the one year before entry to the other the {each} changed "
            f"{ratio_words(found)} as much as that of people alike.",
        )


def _planned(matched: Matched, asked: Asked) -> Iterator[Sign]:
    over, under = ["planned_year", "stays_earlier"], ["stays_year", "planned_earlier"]
    found = matched.contrast(over, under)
    for limit in both(asked.rules.gates.planned_share):
        began, became = ("emergencies", "planned (elective) stays")[:: 1 if limit > 1 else -1]
        yield Sign(
            "kinds of stay before entry",
            "share of planned stays in the year before entry over that of the year before it, with "
            "the service over without",
            found,
            limit,
            f"Before they entered, {began} of those with the service had become {became}: from the "
            f"one year to the other the share of planned ones changed {ratio_words(found)} as much "
            "as that of people alike. They came as often, and were not alike: something was done "
            "for them already, or they were getting better or worse.",
        )


def _means(matched: Matched, asked: Asked) -> Iterator[Sign]:
    """What stands in each record, on the mean: need, deprivation, and the quantity elsewhere."""
    for name, over, under, margin, means in (
        ("need", "need", "told", asked.rules.gates.need,
         "need weight: a condition came that they had not had, or one is over"),
        ("deprivation", "fifths", "seen", asked.rules.gates.fifths,
         "fifth of deprivation: they had moved, or become poorer or better off"),
        ("quantity", "amount", "beside", asked.rules.gates.quantity,
         "quantity of each record of the surgery (primary care) and other services outside "
         "hospital, such as items prescribed: something else was done for them, or they were "
         "getting worse or better"),
    ):  # fmt: skip
        found = matched.contrast(
            [f"{over}_year", f"{under}_earlier"], [f"{under}_year", f"{over}_earlier"]
        )
        what, _, says = means.partition(": ")
        for limit in both(1 + margin):
            way = "risen" if limit > 1 else "fallen"
            yield Sign(
                f"{name} before entry",
                f"mean {what} of the year before entry over that of the year before it, with the "
                "service over without",
                found,
                limit,
                f"Before they entered, the mean {what} of those with the service had {way}: from "
                f"the one year to the other it changed {ratio_words(found)} as much as that of "
                f"people alike. That says that {says}.",
            )


def _contacts(matched: Matched, asked: Asked, kind: str, who: str) -> Iterator[Sign]:
    found = matched.contrast([f"{kind}_year"], [f"{kind}_earlier"])
    for limit in both(asked.rules.gates.contacts_before):
        way = "more" if limit > 1 else "less"
        yield Sign(
            "contacts before entry",
            f"records of {who} in the year before entry over those of the year before it, with the "
            "service over without",
            found,
            limit,
            f"Before they entered, {who} had come to see those with the service {way} often: from "
            f"the one year to the other such records changed {ratio_words(found)} as much as those "
            "of people alike. Something else had begun for them, or had ceased: they were getting "
            "worse, or better.",
        )
