"""What became of practices, in plain words: the finding first, and no cause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from remit.model.period import Period
from remit.practice.register.alongside import AheadWithIt
from remit.practice.register.checks import WHO_WORDS
from remit.practice.register.curve import PracticeSpread
from remit.practice.register.holding import PracticeRegister
from remit.words.days import day_words
from remit.words.figures import percent_words
from remit.words.sentences import count_words

NO_CAUSE: Final = (
    "That somebody has a practice and does well is no proof of cause: organisations choose what "
    "they take up, and may do other things besides."
)
ONLY_WHO_IS_NAMED: Final = (
    "Whoever the register does not name counts as without the practice; it may have it all the "
    "same, under this name or another."
)


def spread_sentences(
    register: PracticeRegister, found: PracticeSpread, on: date
) -> tuple[str, str]:
    """How many have a practice; and since when, whether that grows, who tries it and who ended it.

    Parameters
    ----------
    register
        Of which it is.
    found
        The practice on the day.
    on
        The day.

    Examples
    --------
    >>> spread_sentences(register, found, on)[0]  # doctest: +SKIP
    '6 of 10 acute trusts (60%) have Morning board round.'
    """
    practice = register.practices[found.practice]
    have, who = len(found.having), WHO_WORDS[practice.who]
    share = f" ({percent_words(have / found.of)})" if have and found.of else ""
    claim = f"{have or 'None'} of {found.of} {who}{share} {'has' if have == 1 else 'have'}"
    return f"{claim} {practice.name}.", " ".join(_course(register, found, on))


def _course(register: PracticeRegister, found: PracticeSpread, on: date) -> list[str]:
    said = []
    if found.first is not None:
        since = found.first.since
        where = "on" if since.start == since.end else "in"
        said.append(f"It was first taken up {where} {since_words(since)}.")
        said.append(_growth(len(found.having), found.year_before))
    if found.piloting:
        said.append(f"{count_words(len(found.piloting), 'more is', 'more are')} trying it.")
    if found.stopped:
        said.append(f"{count_words(len(found.stopped), 'had it and has', 'had it and have')} "
                    "stopped.")  # fmt: skip
    coming = [
        one for one in register.adoptions.get(found.practice, ())
        if one.counts_as() != "nothing" and one.since.start > on
    ]  # fmt: skip
    if coming:
        said.append(f"{count_words(len(coming), 'adoption is', 'adoptions are')} still to come.")
    return said


def since_words(since: Period) -> str:
    """A day, or the month, quarter or year in which something was taken up.

    >>> from remit.practice.since import since_written
    >>> since_words(since_written("2024-04-01")), since_words(since_written("2024-04"))
    ('1 April 2024', 'Apr 2024')
    """
    return day_words(since.start) if since.start == since.end else since.label


def _growth(now: int, before: int) -> str:
    if now == before:
        return "As many had it a year before."
    grown = "more" if now > before else "fewer"
    return f"That is {abs(now - before)} {grown} than a year before."


def ahead_sentence(found: Sequence[AheadWithIt], spread: PracticeSpread) -> str:
    """How many of those who do better for long have a practice, beside how many of all have it.

    Parameters
    ----------
    found
        Those who are ahead for long on a metric of the practice.
    spread
        The practice on the day.

    Examples
    --------
    >>> ahead_sentence((), spread)  # doctest: +SKIP
    'Nobody who could have it does better for long on what it should move.'
    """
    codes = {one.ahead.code for one in found}
    if not codes:
        return "Nobody who could have it does better for long on what it should move."
    having = {one.ahead.code for one in found if one.adopted is not None}
    return (
        f"Of {count_words(len(codes), 'organisation')} that {'does' if len(codes) == 1 else 'do'} "
        f"better for long on what it should move, {len(having) or 'none'} "
        f"{'has' if len(having) == 1 else 'have'} it; of all that could have it, "
        f"{len(spread.having)} of {spread.of}."
    )
