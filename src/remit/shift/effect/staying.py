"""Who stays in the records, who was not yet in them, and who is on a list for having stayed."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, log

import polars as pl

from remit.shift.effect.asked import Asked
from remit.shift.effect.estimate import Matched
from remit.shift.effect.gates import USE, GateFigure, rare, ratio_words, told
from remit.shift.effect.looks import LATER
from remit.shift.effect.strata import STRATUM
from remit.words.figures import number_words, percent_words


def staying(matched: Matched, usable: pl.DataFrame, asked: Asked) -> Iterator[GateFigure]:
    """The gates that look at who is on which side, and for how long.

    Parameters
    ----------
    matched
        Those with the service and those alike.
    usable
        Cells of all who can be compared, those who enter later among them.
    asked
        The question, with its limits.
    """
    yield from _survival(matched, asked)
    came = _newcomers(matched, asked)
    yield came
    if not came.closed:
        yield _gone(matched, asked)
    yield _both_vanish(matched, asked)
    yield _completers(matched, asked)
    yield _later_entrants(matched, usable, asked)


def _shown(matched: Matched, asked: Asked) -> bool:
    """Whether records show most people most of the time, so that who is not seen is not there."""
    return min(matched.share("first")) > asked.rules.gates.told


def _survival(matched: Matched, asked: Asked) -> Iterator[GateFigure]:
    """Who dies or moves away has records in the half year after entry, not in the last half."""
    limits = asked.rules.gates
    left = matched.contrast(["final"], ["first"])
    shown = _shown(matched, asked)
    least = limits.survival if shown else limits.survival_untold
    what = "people seen in the last half year of the records over the half year after entry, with "
    fewer = left.is_known and left.ratio < 1 - least
    yield GateFigure(
        "survival of records",
        what + "the service over without",
        told(left),
        1 - least,
        "From the half year after entry to the last half year of the records people with the "
        f"service vanish from the records: {ratio_words(left)} as many of them "
        "are left as of the others. Who dies or moves away looks like a success. A column "
        "died_on would tell deaths."
        if fewer
        else "",
        left.chance(above=False),
        rare(asked),
    )
    more = left.is_known and left.ratio > 1 + least
    yield GateFigure(
        "survival of records",
        what + "the service over without",
        told(left),
        1 + least,
        "From the half year after entry to the last half year of the records people without "
        f"the service vanish from the records: {ratio_words(left)} as many of "
        "those with it are left. Who dies or moves away looks like a success, here of no "
        "service."
        if shown and more
        else "",
        left.chance(above=True),
        rare(asked),
    )


def _gone(matched: Matched, asked: Asked) -> GateFigure:
    """Whether others left before they could be seen after the day at all.

    Only one way: who is helped to stay out of hospital is seen less often, and not gone.
    """
    limit = 1 + asked.rules.gates.gone
    left = matched.contrast(["final"], ["known_early"])
    many = left.is_known and left.ratio > limit
    return GateFigure(
        "survival of records",
        "people seen in the last half year of the records over the first half year of the two "
        "before entry, with the service over without",
        told(left),
        limit,
        "From two years before entry to the last half year of the records people without the "
        f"service vanish from the records: {ratio_words(left)} as many of those with it are left. "
        "Who is taken out of the records looks like somebody who needs no hospital."
        if many and _shown(matched, asked)
        else "",
        left.chance(above=True),
        rare(asked),
    )


def _both_vanish(matched: Matched, asked: Asked) -> GateFigure:
    """Whether people go out of sight on both sides: alike in that, and then nothing is followed."""
    least = asked.rules.gates.left
    first, final = (matched.share(one) for one in ("first", "final"))
    shares = [last / begun for begun, last in zip(first, final, strict=True) if begun > 0]
    left = min(shares) if shares else None
    return GateFigure(
        "followed to the end",
        "people seen in the last half year of the records over the half year after entry, on the "
        "side with fewer",
        left,
        least,
        f"Of those whom records show in the half year after entry {percent_words(left or 0)} are "
        "left in the last half year of the records: people vanish on both sides, by new "
        "pseudonyms, deaths or moves, and what they used then is not known."
        if left is not None and left < least and _shown(matched, asked)
        else "",
    )


def _newcomers(matched: Matched, asked: Asked) -> GateFigure:
    """Whether those with the service came into the records shortly before: no past to match on."""
    least = 1 - asked.rules.gates.newcomers
    known = matched.contrast(["known"], ["people"])
    fewer = known.is_known and known.ratio < least
    treated, others = matched.share("known")
    return GateFigure(
        "newcomers",
        "people with any record in the year before the matched one, with the service over without",
        told(known),
        least,
        f"{percent_words(treated)} of those with the service have any record in the year before "
        f"the matched one, of people alike {percent_words(others)}: many are newcomers with their "
        "first record shortly before entry, and what they had used before is on no file."
        if fewer
        else "",
        known.chance(above=False),
        rare(asked),
    )


def _completers(matched: Matched, asked: Asked) -> GateFigure:
    """Whether the month after entry is free of hospital care: then who was admitted is not listed.

    Where those with the service have no record at all in that month, there is no ratio; then so
    many as people alike let expect must have been due that none is as rare by chance.
    """
    limit = 1 / asked.rules.gates.spike
    near = matched.contrast(["near"], ["far"])
    (treated, others), (far, far_others) = matched.share("near"), matched.share("far")
    due = others * far / far_others * matched.kept if far_others > 0 else 0.0
    none = treated == 0
    fewer = near.is_known and near.ratio < limit
    figure = 0.0 if none else told(near)
    return GateFigure(
        "completers",
        "hospital records in the month after entry over those later in the year, with the service "
        "over without",
        figure,
        limit,
        "In the first month after entry those with the service have "
        f"{number_words(figure or 0.0, 2)} times the hospital records that the rest of their year "
        "and people alike let expect: who was admitted soon after entry seems to have been "
        "dropped from the list of the service, so that those who completed it are compared with "
        "all others."
        if none or fewer
        else "",
        exp(-due / 2) if none else near.chance(above=False),
        rare(asked),
    )


def _later_entrants(matched: Matched, usable: pl.DataFrame, asked: Asked) -> GateFigure:
    """Whether it matters that others are people who never come to have the service.

    Who enters after the day is on neither side. If those are the ones who fell ill, the others are
    people who stayed well, as is known only afterwards. So the others' use is worked out with them
    and without; those with the service are not looked at.
    """
    margin = asked.rules.gates.later_entrants
    kept = matched.table.filter("kept").select(*STRATUM, pl.col("treated"))
    columns = (*USE[0], *USE[1], "people")
    wanted = usable.lazy().select(*STRATUM, "arm", *columns).filter(pl.col("arm") != 1)
    cells = wanted.collect().join(kept, on=list(STRATUM), how="inner")
    never = _ratio_of_others(cells.filter(pl.col("arm") != LATER), columns)
    either = _ratio_of_others(cells, columns)
    apart = never / either if never and either else None
    share = float(cells.filter(pl.col("arm") == LATER)["people"].sum()) / max(
        float(cells["people"].sum()), 1.0
    )
    return GateFigure(
        "later entrants",
        "change of use of people who never have the service over that of all who do not have it "
        "yet",
        apart,
        1 - margin if apart is not None and apart < 1 else 1 + margin,
        f"People who enter later are {percent_words(share)} of those who do not have the service "
        "yet, and they are not like the others: people who never have it changed their use "
        f"{number_words(apart or 1.0, 2)} times as much as all who do not have it yet. Whoever is "
        "compared never came to need the service, which is known only after the year."
        if apart is not None and abs(log(apart)) > log(1 + margin)
        else "",
    )


def _ratio_of_others(cells: pl.DataFrame, columns: tuple[str, ...]) -> float | None:
    """Use after a day over use before, each stratum weighted to those with the service in it."""
    by_stratum = (
        cells.group_by(STRATUM)
        .agg(*(pl.col(one).sum() for one in columns), pl.col("treated").first())
        .sort(STRATUM)
    )  # sums of fractions depend on their order
    weight = pl.col("treated") / pl.col("people")
    later, days, earlier = by_stratum.select(
        *((pl.col(one) * weight).sum() for one in columns[:3])
    ).row(0)
    return later / days / earlier if days and earlier and later else None
