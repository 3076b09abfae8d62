"""What a move leaves behind, in sentences: the finding first, with how sure."""

from __future__ import annotations

from remit.shift.move.result import MoveResult
from remit.shift.move.standing import cross_subsidy
from remit.shift.move.tables import percent
from remit.shift.move.years import BREAK_EVEN_YEARS
from remit.words.figures import percent_words, trimmed_words
from remit.words.money import short_pounds
from remit.words.sentences import count_words, listed

PRIOR = (
    "Monitor found in 2015 that moving care closer to home is unlikely to break even within five "
    "years, and saves mainly where it stands in for capacity that would else be built."
)
"""What was found elsewhere, beside which a model's answer stands."""

METHOD = (
    "Average cost is what the moved share of activity costs with all of its overheads. Of it "
    "variable cost goes with the cases, what comes in whole units goes unit by unit, fixed cost "
    "and overheads stay unless they are declared to be given up later. What is not saved is "
    "stranded.",
    "Income lost is told apart from stranded cost: the same cost is stranded under every rule of "
    "payment, and the rule decides who is hurt.",
    "A unit closes only if what is left is enough on the declared share of days; daily use is "
    "taken as normal around its mean, and its spread shrinks with the root of the mean.",
    "The system is trust, ICB and receiver together; payments between them cancel. Money is in "
    "constant prices, nothing is discounted, and capital counts in the year in which it is paid.",
    "The receiver stands ready for all that is planned, even where less leaves the hospital.",
    "The likely range draws each declared range once a draw (triangular), with a seed.",
)
"""How a move is worked out, in sentences."""


def move_title(found: MoveResult) -> str:
    """What is moved: ``Moving 20% of Medicine for older people out of …``."""
    share = trimmed_words(percent(found.plan.share), 2)
    return f"Moving {share}% of {found.service.name} over {count_words(found.plan.years, 'year')}"


def move_claim(found: MoveResult) -> str:
    """The finding: what is saved, and what is left behind."""
    moved = found.moved
    if not found.plan.share:
        return "Nothing moves, so nothing is saved, stranded or lost."
    saved = f"Once all has moved, {found.model.trust.name} saves {short_pounds(moved.saved)} a year"
    if moved.stranded < 0:
        more = short_pounds(-moved.stranded)
        return f"{saved}, {more} more than what moves costs on average: nothing is stranded."
    return (
        f"{saved} of the {short_pounds(moved.average)} that it costs on average, and "
        f"{stranded_words(moved.stranded)}."
    )


def stranded_words(pence: int) -> str:
    """What is stranded a year; where more is saved than moves on average, nothing.

    >>> stranded_words(128_480_000), stranded_words(-1)
    ('£1.28m a year is stranded', 'nothing is stranded')
    """
    return f"{short_pounds(pence)} a year is stranded" if pence > 0 else "nothing is stranded"


def move_summary(found: MoveResult) -> list[str]:
    """The sentences after the finding."""
    if not found.plan.share:
        return []
    said = [_closing(found), _income(found), _system(found), _even(found), *_hurt(found)]
    return [one for one in said if one]


def _closing(found: MoveResult) -> str:
    shut = [
        f"{count_words(one.units_closed, one.unit)} ({one.name})"
        for one in found.changes
        if one.units_closed
    ]
    if shut:
        chance = percent_words(found.odds.closes)
        return f"What closes: {listed(shut)}; something closes in {chance} of the draws."
    if found.next_step is None:
        return "Nothing in whole units is there to close."
    share, step = found.next_step
    return (
        f"Nothing in whole units closes; at {trimmed_words(percent(share), 1)}% the first does, "
        f"and {stranded_words(step.stranded)}."
    )


def _income(found: MoveResult) -> str:
    net, lost = found.moved.trust_net, found.moved.income_lost
    gains = "is better off by" if net > 0 else "is worse off by"
    end = f"the trust {gains} {short_pounds(abs(net))} a year" if net else "the trust is as before"
    loses = f"{short_pounds(lost)} of income a year" if lost else "no income"
    return f"{found.rule.name}: it loses {loses}, and {end}."


def _system(found: MoveResult) -> str:
    last, moved = found.years[-1], found.moved
    return (
        f"The receiver spends {short_pounds(moved.receiver_cost)} a year; after "
        f"{count_words(last.year, 'year')} the system has {_gained(last.cumulative)}."
    )


def _gained(pence: int) -> str:
    if not pence:
        return "neither gained nor lost"
    return f"{'gained' if pence > 0 else 'lost'} {short_pounds(abs(pence))}"


def _even(found: MoveResult) -> str:
    odds = found.odds
    year = found.break_even
    declared = (
        f"as declared it comes in year {year}"
        if year is not None
        else f"as declared it does not come within {count_words(len(found.years), 'year')}"
    )
    chance = percent_words(odds.within_five)
    return (
        f"Break-even within {BREAK_EVEN_YEARS} years is {odds.verdict} ({chance} of "
        f"{count_words(odds.draws, 'draw')}); {declared}."
    )


def _hurt(found: MoveResult) -> list[str]:
    before, after = (
        cross_subsidy([getattr(one, f"margin_{when}") for one in found.services])
        for when in ("before", "after")
    )
    said = [
        f"Services with a surplus pay {short_pounds(after)} a year for those with a deficit; "
        f"before it was {short_pounds(before)}."
    ] if before or after else []  # fmt: skip
    below = [one.name for one in found.services if one.is_below]
    if below:
        verb = "goes" if len(below) == 1 else "go"
        said.append(f"{listed(below)} {verb} on below the sustainable minimum.")
    return said
