"""What strata leave apart: signs, in one table, that something else chose people, or works on them.

People are alike in age, place and how often they were in hospital. In much else records show they
may differ, by a level that lasts (which is forgiven: each figure is a change against the earlier
year) or by a change of its own. A change before entry says that they were chosen by something else;
one after it that something else works on them, where a service of this kind does not do such a
thing. All signs together may close by chance as seldom as is declared, each beside a margin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import polars as pl

from remit.shift.effect.adding import added
from remit.shift.effect.asked import Asked
from remit.shift.effect.beside import changed_before
from remit.shift.effect.codes import Codes
from remit.shift.effect.entrants import MEASURES
from remit.shift.effect.estimate import Contrast, Matched
from remit.shift.effect.gates import GateFigure, ratio_words, told
from remit.shift.effect.sign import Sign, both
from remit.shift.effect.strata import CELL, SUMS

_KINDS: Final = (("planned_later", "urgent_earlier"), ("planned_earlier", "urgent_later"))
_LENGTHS: Final = (("later", "stays_earlier"), ("stays_later", "earlier"))
"""What multiplies, and what divides."""


def left_apart(
    matched: Matched, able: pl.DataFrame, codes: Codes, asked: Asked
) -> Iterator[GateFigure]:
    """All signs, at one level for all of them together; and whether people were better already.

    Parameters
    ----------
    matched
        Those with the service and those alike.
    able
        Cells of all who can be compared, whatever their provider records.
    codes
        What stands in the records.
    asked
        The question, with its limits.
    """
    others = _Others(able, asked)
    signs = [*_hospitals(matched, asked), *_contacts(matched, asked), _planned(others, asked)]
    # Where a record sums a quarter its amount is how much was used, and not how long a stay was.
    if not codes.one_a_quarter:
        signs += [*_lengths(matched, asked), _stays(others, asked)]
    signs += changed_before(matched, asked, lengths=not codes.one_a_quarter)
    level = asked.rules.gates.apart_alarm / len(signs)
    yield from (one.seen(level) for one in signs)
    yield _better_before(matched, asked)


def _lengths(matched: Matched, asked: Asked) -> Iterator[Sign]:
    """Use per stay, which strata do not hold: how long people stay each time."""
    times, each = 1 + asked.rules.gates.longer, f"{MEASURES[asked.outcome]} per stay"
    before = matched.contrast(["year", "stays_earlier"], ["stays_year", "earlier"])
    for limit in both(times):
        way = "longer" if limit > 1 else "shorter"
        yield Sign(
            "length of stay before entry",
            f"{each} in the year before entry over those of the year before it, with the service "
            "over without",
            before,
            limit,
            f"The stays of those with the service were growing {way} already: from the one year "
            f"before entry to the other their {each} changed {ratio_words(before)} as much as "
            "those of people alike. They had as many stays, and were not alike.",
        )
    after = matched.contrast(*_LENGTHS)
    yield Sign(
        "length of stay after entry",
        f"{each} after entry over those of the year before the matched one, with the service over "
        "without",
        after,
        1 + 2 * asked.rules.gates.longer,
        f"After entry the stays of those with the service are longer: their {each} rose "
        f"{ratio_words(after)} as much as those of people alike. A service outside hospital does "
        "not make stays longer: they got worse, by themselves.",
    )


def _hospitals(matched: Matched, asked: Asked) -> Iterator[Sign]:
    """Whether those with the service go to another hospital than they did."""
    found = matched.contrast(["usual_later", "stays_earlier"], ["stays_later", "usual_earlier"])
    yield Sign(
        "another hospital",
        "share of stays at the hospital where most of the practice's are, after entry over the "
        "year before the matched one, with the service over without",
        found,
        1 - asked.rules.gates.hospital,
        "After entry those with the service go to another hospital (provider) than before: the "
        "share of their stays at the usual hospital of their practice changed "
        f"{ratio_words(found)} as much as that of people alike. What was done for them elsewhere "
        "cannot be told from the service.",
    )


def _contacts(matched: Matched, asked: Asked) -> Iterator[Sign]:
    """Records outside hospitals: of those with the service, and of the others where it is used."""
    parts = (["beside_later"], ["days", "beside_earlier"])
    own, others = matched.contrast(*parts), matched.swayed(*parts)
    times, level = asked.rules.gates.contacts, 1 + asked.rules.gates.contacts_of_others
    for limit in both(times):
        more = limit > 1
        yield Sign(
            "contacts outside hospital",
            "records of the surgery and other services by the day after entry over those of the "
            "year before the matched one, with the service over without",
            own,
            limit,
            "After entry the surgery (primary care) and other services see those with the service "
            f"{ratio_words(own)} as often, against before and people alike: "
            + (
                "they moved into a home, or came to something else beside the service."
                if more
                else "another service ended for them, or for the others did not."
            ),
        )
    for limit in both(level):
        way = "began" if limit > 1 else "ended"
        yield Sign(
            "contacts of the others",
            "the same of people without the service, in practices that refer over others",
            others,
            limit,
            "Another service, or care by the surgery, "
            f"{way} for the others: where the service is used, people of the same practice "
            f"without it had their contacts outside hospital change {ratio_words(others)} as much "
            "as people alike elsewhere. Whom the service is compared with is not as it was.",
        )


class _Others:
    """People without the service where it is used, over others; areas are put together.

    It may be so in a whole area, which strata would compare with itself.
    """

    def __init__(self, able: pl.DataFrame, asked: Asked) -> None:
        names = dict.fromkeys((*SUMS[:5], *chain(*_KINDS, *_LENGTHS)))
        sums = able.select(*CELL, *names).with_columns(pl.lit(0, pl.Int64).alias("area"))
        self._matched = Matched(added([sums], CELL), asked.rules.least_controls)

    def changed(self, over: Sequence[str], under: Sequence[str]) -> Contrast:
        """How much a ratio of sums changed for them; not known where nobody is alike."""
        if not self._matched.kept:
            return Contrast(float("nan"), float("nan"), 1)
        return self._matched.swayed(over, under)


def _stays(others: _Others, asked: Asked) -> Sign:
    """Whether stays of those without the service grew longer where it is used."""
    found = others.changed(*_LENGTHS)
    return Sign(
        "length of stay of the others",
        "use per stay after entry over that of the year before the matched one, of people without "
        "the service, in practices and hospitals where it is used over others",
        found,
        asked.rules.gates.stays_of_others,
        f"Where the service is used, the stays of people without it grew longer: their "
        f"{MEASURES[asked.outcome]} per stay changed {ratio_words(found)} as much as where it is "
        "not used. They wait for what the service has taken up, or the area has changed: whom the "
        "service is compared with is not as it was.",
    )


def _planned(others: _Others, asked: Asked) -> Sign:
    """Whether planned care of those without the service rose where it is used, beds being free."""
    found = others.changed(*_KINDS)
    return Sign(
        "planned care of the others",
        "change of planned stays over that of emergencies of people without the service, in "
        "practices and hospitals where it is used over others",
        found,
        asked.rules.gates.planned_of_others,
        "Where the service is used, the planned (elective) stays of people without it rose "
        f"{ratio_words(found)} as much, against emergencies and places where it is not: capacity "
        "of a hospital (provider) was filled, or a waiting list called in, with those whom the "
        "service is compared with.",
    )


def _better_before(matched: Matched, asked: Asked) -> GateFigure:
    """Whether those who used more in the earlier year did so no more just before they entered.

    Days from the quarter of entry to the day are in no stratum but by their emergencies; so planned
    stays are looked at. A difference that lasts is in them, and in the earlier year.
    """
    earlier = matched.contrast(["planned_earlier"])
    found = matched.contrast(["planned_gap"], ["gap", "planned_earlier"])
    closes = earlier.is_known and found.is_known and earlier.value > 0 > found.value
    return GateFigure(
        "better before entry",
        "planned stays by the day just before entry over those of the year before the matched one, "
        "with the service over without",
        told(found),
        1.0,
        "Those with the service had already got better by the time they entered: two years before "
        f"they had {ratio_words(earlier)} the planned stays of people alike, and from then to the "
        f"weeks before entry these changed {ratio_words(found)} as much. What set them apart was "
        "over, and what follows is that they stay well."
        if closes
        else "",
        max(earlier.chance(above=True), found.chance(above=False)),
        asked.rules.gates.better_alarm,
    )
