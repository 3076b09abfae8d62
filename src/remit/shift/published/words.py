"""What is said of the published shift: the finding first, then what a reader must know."""

from __future__ import annotations

from collections.abc import Iterator

from remit.shift.published.run import PublishedShift
from remit.words.sentences import count_words

NO_SPEND = (
    "Spend by ICB and setting is in no file that is published: real terms and need are shown for "
    "what is counted, and for no money."
)


def counted_words(made: PublishedShift) -> str:
    """How many measures pass, are withheld, have no figure and are not read, in one sentence."""
    passing = sum(of.passes for of in made.found.values())
    withheld = len(made.found) - passing
    return (
        f"{made.year.label}: of {count_words(len(made.measures), 'measure')} {passing} are read "
        f"and complete enough, {withheld} withheld, {len(made.without_figure)} without a figure "
        f"of the year and {len(made.not_read)} not read yet."
    )


def said_of(made: PublishedShift) -> Iterator[str]:
    """What a reader must know of the whole, in sentences."""
    people, year = made.people, made.year.label
    if people.heads_from is None:
        yield (
            "There is no figure of people, so that nothing is held against them: take in the "
            "virtual ward publication or the allocations."
        )
    elif people.heads_from != year:
        yield f"People are those of {people.heads_from}: there are none of {year}."
    if people.need_from is None:
        yield (
            "There is no population weighted by need: take in NHS England's allocations to see "
            "each figure per need-weighted head too."
        )
    elif people.need_from != year:
        yield f"Need is that of {people.need_from}: there is none of {year}."
    if any(of.measure.whose == "trusts" for of in made.found.values()):
        yield (
            "Measures of trusts are of those that an ICB leads on, whoever their patients are: "
            "held against the ICB's people they show where care is given, not who needed it."
        )
    if made.unplaced:
        yield (
            "Figures of an unknown ICB are in England's and in no ICB's, as published: "
            f"{', '.join(made.unplaced)}."
        )
    yield NO_SPEND
