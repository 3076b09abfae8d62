"""The board page of a move: its three charts, each with the finding that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from remit.pages.drawing.bar_charts import Amount, side_bars
from remit.pages.drawing.charts import Chart
from remit.pages.drawing.step_chart import StepPoint, StepWords, step_chart
from remit.shift.move.conditions import MoveCondition, conditions
from remit.shift.move.result import MoveResult
from remit.shift.move.sharing import SHARING_RULES
from remit.shift.move.steps import MoveStep, move_step
from remit.shift.move.tables import percent
from remit.shift.move.words import PRIOR, move_claim, move_summary, move_title, stranded_words
from remit.shift.move.years import MoveYear
from remit.words.figures import number_words, trimmed_words
from remit.words.money import pounds_words, short_pounds
from remit.words.sentences import listed

_MILLION = 100_000_000
"""A million pounds in pence."""


@dataclass(frozen=True)
class MoveView:
    """What the page shows."""

    title: str
    about: str
    claim: str
    leads: str
    prior: str
    charts: tuple[Chart, ...]
    years: tuple[MoveYear, ...]
    conditions: tuple[MoveCondition, ...]
    found: MoveResult


def move_view(found: MoveResult) -> MoveView:
    """The page of a move as a view model."""
    trust = found.model.trust
    return MoveView(
        title=move_title(found),
        about=f"{trust.name} ({trust.organisation}) · prices of {trust.prices} · "
        f"{found.rule.name.lower()} · {'new' if found.plan.growing else 'existing'} capacity",
        claim=move_claim(found),
        leads=" ".join(move_summary(found)),
        prior=PRIOR,
        charts=(_step(found), _rules(found), _hurt(found)),
        years=found.years,
        conditions=conditions(found),
        found=found,
    )


def condition_figure(one: MoveCondition) -> str:
    """The figure of a condition as it is read."""
    if one.unit == "pence":
        return pounds_words(one.figure)
    if one.unit == "thousandths":
        return f"{trimmed_words(one.figure / 10, 1)}%"
    return number_words(one.figure, 0)


def strand_rows(found: MoveResult) -> list[tuple[str, ...]]:
    """Who bears what is stranded once all has moved: rule, what it says, ICB, trust, receiver."""
    says = {one.id: one for one in SHARING_RULES}
    return [
        (says[one.rule].name, says[one.rule].says,
         *(pounds_words(pence) for pence in (one.icb, one.trust, one.receiver)))
        for one in found.strands
        if one.year == found.plan.years
    ]  # fmt: skip


def likely_words(found: MoveResult, figure: str) -> str:
    """The likely range of a figure once all has moved."""
    (one,) = (
        one for one in found.odds.ranges if (one.year, one.figure) == (found.plan.years, figure)
    )
    return f"{pounds_words(one.low)} to {pounds_words(one.high)}"


def _step(found: MoveResult) -> Chart:
    planned = next(one for one in found.steps if one.share == found.plan.share)
    shares = sorted({planned.share, *(Fraction(place, 100) for place in range(101))})
    return step_chart(
        "step",
        "What a move saves, by how much moves",
        _step_finding(found, planned),
        _points([move_step(found.model, found.plan, one) for one in shares]),
        marked=_point(planned),
        words=StepWords(
            "what it costs on average", "what is saved",
            f"Planned: {stranded_words(planned.stranded)}",
            "Per cent of the service that moves", "£ million a year",
        ),
    )  # fmt: skip


def _points(steps: Sequence[MoveStep]) -> list[StepPoint]:
    """The steps from left to right; where units close, the line goes straight up."""
    points = [_point(steps[0])]
    for before, one in pairwise(steps):
        if one.units_saved != before.units_saved:
            foot = one.saved - (one.units_saved - before.units_saved)
            points.append(replace(_point(one), stepped=foot / _MILLION))
        points.append(_point(one))
    return points


def _point(one: MoveStep) -> StepPoint:
    return StepPoint(percent(one.share), one.average / _MILLION, one.saved / _MILLION)


def _step_finding(found: MoveResult, planned: MoveStep) -> str:
    said = (
        f"At {trimmed_words(percent(planned.share), 1)}%, {short_pounds(planned.saved)} of "
        f"{short_pounds(planned.average)} is saved and {stranded_words(planned.stranded)}."
    )
    if found.next_step is None:
        return said
    share, after = found.next_step
    return (
        f"{said} At {trimmed_words(percent(share), 1)}% the next unit closes, and "
        f"{stranded_words(after.stranded)}."
    )


def _rules(found: MoveResult) -> Chart:
    planned = next(one for one in found.steps if one.share == found.plan.share)
    nets = {found.model.rules[rule].name: one.net for rule, one in planned.by_rule.items()}
    worst = min(nets, key=lambda name: nets[name])
    best = max(nets, key=lambda name: nets[name])
    return side_bars(
        "payment",
        "What the trust is left with, by rule of payment",
        f"Under every rule {stranded_words(planned.stranded)}. Before what the change itself "
        f"costs, the trust is left with {short_pounds(nets[best])} a year by "
        f"“{best.lower()}” and {short_pounds(nets[worst])} by “{worst.lower()}”.",
        [_amount(name, net) for name, net in nets.items()],
        axis="£ million a year, reversed: losses to the right",
    )


def _hurt(found: MoveResult) -> Chart:
    changes = {one.name: one.margin_after - one.margin_before for one in found.services}
    changes |= {"ICB": found.moved.icb_net, "Receiver": found.moved.receiver_net}
    changes = {name: change for name, change in changes.items() if change}
    worse = [name for name, change in changes.items() if change < 0]
    hurt = f"Worse off: {listed(worse)}." if worse else "Nobody is worse off."
    below = [one.name for one in found.services if one.is_below]
    more = f" Below its sustainable minimum: {listed(below)}." if below else ""
    return side_bars(
        "hurt",
        "Who is better and worse off, once all has moved",
        f"{hurt}{more} A service's margin changes where it loses income and where it bears more "
        "of what is shared.",
        [_amount(name, change) for name, change in changes.items()],
        axis="£ million a year, reversed: losses to the right",
    )


def _amount(name: str, net: int) -> Amount:
    """A net as a bar: what is lost goes to the right, for the worse."""
    return Amount(name, -net / _MILLION, _signed(net))


def _signed(pence: int) -> str:
    return f"+{short_pounds(pence)}" if pence > 0 else short_pounds(pence)


def year_rows(years: Sequence[MoveYear]) -> list[tuple[str, ...]]:
    """The table of years as a board reads it; whole pence stand in the files."""
    return [
        (
            str(one.year), f"{trimmed_words(percent(one.share), 1)}%",
            *(short_pounds(pence) for pence in (
                one.saved, one.stranded, one.income_lost,
                one.receiver_cost + one.transition + one.capital, one.trust_net,
                one.system_net, one.cumulative)),
        )
        for one in years
    ]  # fmt: skip
