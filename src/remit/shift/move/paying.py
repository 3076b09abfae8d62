"""How income follows activity, rule by rule; apart from what is stranded."""

from __future__ import annotations

from fractions import Fraction

from remit.model.move import PaymentRule, ServiceLine
from remit.shift.move.change import moved_share
from remit.shift.move.money import part
from remit.shift.move.plan import AS_DECLARED, Levers, MovePlan


def income_lost(
    service: ServiceLine,
    rule: PaymentRule,
    plan: MovePlan,
    year: int,
    levers: Levers = AS_DECLARED,
) -> int:
    """What the trust is no longer paid in a year of a move, in pence.

    Parameters
    ----------
    service
        The service of which a part moves.
    rule
        How it is paid.
    plan
        What moves.
    year
        The year, counted from 1.
    levers
        What turns out otherwise than declared.

    Examples
    --------
    >>> income_lost(beds, block, MovePlan("beds", Fraction(1, 5)), 1)  # doctest: +SKIP
    0
    """
    variable = Fraction(rule.variable_percent[service.kind], 100)
    gone = variable * moved_share(plan, year, levers)
    if rule.rebased_after_years is not None:
        gone += (1 - variable) * moved_share(plan, year - rule.rebased_after_years, levers)
    return part(service.income_pence, gone)
