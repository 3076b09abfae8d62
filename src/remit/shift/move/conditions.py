"""What must be true for a move to do what it promises: each with its figure and its year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from remit.shift.move.change import CostChange, cost_changes
from remit.shift.move.result import MoveResult
from remit.shift.move.years import BREAK_EVEN_YEARS, MoveYear
from remit.words.figures import number_words, trimmed_words
from remit.words.money import pounds_words
from remit.words.sentences import count_words, listed

Held = Literal["planned", "open", "not met"]


@dataclass(frozen=True, slots=True)
class MoveCondition:
    """Something that must be true, its figure, its year, and whether the plan has it.

    ``planned``: the model has it. ``open``: somebody has yet to decide or show it. ``not met``: as
    declared it does not hold.
    """

    what: str
    figure: int
    unit: str
    year: int | None
    state: Held


def conditions(found: MoveResult) -> tuple[MoveCondition, ...]:
    """What must be true of a move, most weighty first.

    Parameters
    ----------
    found
        The move.

    Examples
    --------
    >>> [one.year for one in conditions(found) if one.unit == "pence"]  # doctest: +SKIP
    [1, 2]
    """
    if not found.plan.share:
        return ()
    kinds = (_closing, _capital, _once, _strand, _price, _trust, _minimum)
    return tuple(one for kind in kinds for one in kind(found))


def _closing(found: MoveResult) -> Iterator[MoveCondition]:
    """Units must really close, each in its year; where none does, how much more has to go."""
    closing = False
    for place, change in enumerate(found.changes):
        if not change.units_closed:
            continue
        closing = True
        year = _first_closed(found, place, change)
        yield MoveCondition(
            f"{change.name}: {count_words(change.units_closed, change.unit)} must close and be "
            f"staffed no longer; left open, {pounds_words(change.saved)} a year more is stranded",
            change.units_closed, change.unit, year, "open",
        )  # fmt: skip
    step = found.next_step
    if not closing and step is not None:
        share, after = step
        percent = trimmed_words(float(share) * 100, 1)
        yield MoveCondition(
            f"Nothing that comes in whole units closes: {percent}% would have to move before the "
            f"first does, which would save {pounds_words(after.units_saved)} a year more",
            int(share * 1000), "thousandths", found.plan.years, "not met",
        )  # fmt: skip


def _first_closed(found: MoveResult, place: int, change: CostChange) -> int:
    years = range(1, found.plan.years + 1)
    made = (cost_changes(found.model, found.plan, year)[place].units_closed for year in years)
    return next(year for year, shut in zip(years, made, strict=True) if shut == change.units_closed)


def _capital(found: MoveResult) -> Iterator[MoveCondition]:
    for one in found.model.receivers[found.plan.service].transition:
        if one.kind == "capital":
            yield MoveCondition(
                f"Capital, paid by the {_payer(one.paid_by)}: {one.what}",
                one.pence, "pence", one.year, "open",
            )  # fmt: skip
    for year in found.years:
        if year.avoided_capital:
            said = "need not be spent" if year.avoided_capital > 0 else "is only put off until now"
            yield MoveCondition(
                f"Capital for new units, which {said}",
                abs(year.avoided_capital), "pence", year.year, "planned",
            )  # fmt: skip


def _once(found: MoveResult) -> Iterator[MoveCondition]:
    for one in found.model.receivers[found.plan.service].transition:
        if one.kind == "revenue":
            yield MoveCondition(
                f"Paid once by the {_payer(one.paid_by)}: {one.what}",
                one.pence, "pence", one.year, "open",
            )  # fmt: skip


def _payer(payer: str) -> str:
    return "ICB" if payer == "icb" else payer


def _strand(found: MoveResult) -> Iterator[MoveCondition]:
    if found.moved.stranded > 0:
        yield MoveCondition(
            "Somebody bears what is stranded every year from then on: agree by which rule",
            found.moved.stranded, "pence", found.plan.years, "open",
        )  # fmt: skip


def _price(found: MoveResult) -> Iterator[MoveCondition]:
    """The highest price of a contact at which all is paid back within five years."""
    most = highest_price(found)
    if most is None:
        return
    within = min(BREAK_EVEN_YEARS, len(found.years))
    paid = sum(one.receiver_cost for one in found.years[:within])
    contacts = sum(one.contacts for one in found.years[:within])
    met = paid <= most * contacts
    said = (
        f"A contact with the receiver costs no more than this, on average and with all of its "
        f"overheads, for the system to have its money back in {count_words(within, 'year')}"
        if most > 0
        else f"No price of the receiver gives the system its money back in "
        f"{count_words(within, 'year')}: what is saved does not cover the change itself"
    )
    yield MoveCondition(said, max(most, 0), "pence", within, "planned" if met else "not met")


def highest_price(found: MoveResult) -> int | None:
    """The most that a contact may cost for break-even in five years; None without contacts."""
    years = found.years[: min(BREAK_EVEN_YEARS, len(found.years))]
    contacts = sum(one.contacts for one in years)
    if not contacts:
        return None
    return sum(_before_receiver(one) for one in years) // contacts


def _before_receiver(one: MoveYear) -> int:
    return one.system_net + one.receiver_cost


def _trust(found: MoveResult) -> Iterator[MoveCondition]:
    if found.moved.trust_net < 0:
        yield MoveCondition(
            f"The trust loses this every year ({found.rule.name.lower()}): it is paid otherwise, "
            "or other services pay for it",
            -found.moved.trust_net, "pence", found.plan.years, "not met",
        )  # fmt: skip


def _minimum(found: MoveResult) -> Iterator[MoveCondition]:
    for one in found.services:
        if one.is_below:
            why = (
                f"it does {number_words(one.activity_after, 0)} a year and needs "
                f"{number_words(one.minimum, 0)}"
                if one.activity_after < one.minimum
                else f"{listed(one.weakened)} would be used too little to be kept going"
            )
            yield MoveCondition(
                f"{one.name} goes on below its sustainable minimum: {why}",
                one.minimum, "activity", found.plan.years, "not met",
            )  # fmt: skip
