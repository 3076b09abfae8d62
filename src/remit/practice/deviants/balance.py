"""Bright spots for the balance of several metrics: ahead on some, and behind on none."""

from __future__ import annotations

from dataclasses import dataclass

from remit.practice.deviants.result import Deviant, DeviantsFound


@dataclass(frozen=True, slots=True)
class BrightBalance:
    """An organisation over all metrics on which organisations differ beyond chance.

    ``balance`` is its likely lead in standard deviations of lasting differences, on average; None
    where it has a figure on none of them.
    """

    code: str
    metrics: int
    lasting_on: tuple[str, ...]
    behind_on: tuple[str, ...]
    balance: float | None

    @property
    def bright(self) -> bool:
        """Whether it is ahead lastingly somewhere, behind nowhere, and ahead on the whole."""
        return bool(self.lasting_on) and not self.behind_on and (self.balance or 0.0) > 0


def balances(found: DeviantsFound) -> tuple[BrightBalance, ...]:
    """The balance of each organisation, the brightest first.

    Examples
    --------
    >>> balances(found)[0].bright  # doctest: +SKIP
    True
    """
    spread = {one.metric: one.true_deviation for one in found.metrics if one.differs}
    by_code: dict[str, list[Deviant]] = {}
    for one in found.deviants:
        by_code.setdefault(one.code, [])
        if one.metric in spread and one.periods:
            by_code[one.code].append(one)
    lines = [_balance(code, held, spread) for code, held in by_code.items()]
    return tuple(sorted(lines, key=lambda one: (not one.bright, -(one.balance or 0.0), one.code)))


def _balance(code: str, held: list[Deviant], spread: dict[str, float]) -> BrightBalance:
    leads = [one.ahead / spread[one.metric] for one in held if spread[one.metric] > 0]
    return BrightBalance(
        code,
        len(held),
        tuple(one.metric for one in held if one.lasting),
        tuple(one.metric for one in held if one.worse_lasting),
        sum(leads) / len(leads) if leads else None,
    )
