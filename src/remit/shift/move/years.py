"""A move year by year: saved, stranded, lost, spent elsewhere, and what is left for the system."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from remit.model.move import PaymentRule, Receiver
from remit.shift.move.change import CostChange, cost_changes, moved_share
from remit.shift.move.model import ServiceModel
from remit.shift.move.money import part
from remit.shift.move.paying import income_lost
from remit.shift.move.plan import AS_DECLARED, Levers, MovePlan, thousandths

BREAK_EVEN_YEARS = 5
"""Within so many years a move is asked to pay for itself."""


@dataclass(frozen=True, slots=True)
class MoveYear:
    """One year of a move; all sums in pence, losses below nought in what is left for each."""

    year: int
    share: Fraction
    average: int
    variable_saved: int
    units_closed: int
    units_saved: int
    released: int
    avoided: int
    avoided_capital: int
    income_lost: int
    contacts: int
    receiver_cost: int
    transition: int
    capital: int
    trust_net: int
    icb_net: int
    receiver_net: int
    cumulative: int

    @property
    def saved(self) -> int:
        """What the trust no longer spends."""
        return self.variable_saved + self.units_saved + self.released

    @property
    def stranded(self) -> int:
        """What the moved activity cost on average and is still spent."""
        return self.average - self.saved

    @property
    def system_net(self) -> int:
        """What is left for trust, ICB and receiver together; payments between them cancel."""
        return self.trust_net + self.icb_net + self.receiver_net


def move_years(
    model: ServiceModel, plan: MovePlan, rule: PaymentRule, levers: Levers = AS_DECLARED
) -> tuple[MoveYear, ...]:
    """A move from its first year to the horizon of the model.

    Parameters
    ----------
    model
        The trust, with a receiver of the service.
    plan
        What moves.
    rule
        How the service is paid.
    levers
        What turns out otherwise than declared.

    Examples
    --------
    >>> move_years(model, plan, model.rules["block"])[-1].stranded  # doctest: +SKIP
    128480000
    """
    years = _Years(model, plan, rule, levers)
    made: list[MoveYear] = []
    before: Sequence[CostChange] = ()
    for year in range(1, model.trust.horizon_years + 1):
        settled = year > plan.years + _longest_release(model) and not plan.growing
        changes = before if settled else cost_changes(model, plan, year, levers)
        made.append(years.of(year, changes, before, made[-1].cumulative if made else 0))
        before = changes
    return tuple(made)


def _longest_release(model: ServiceModel) -> int:
    return max((one.released_after_years or 0 for one in model.costs), default=0)


class _Years:
    """A move under one rule of payment, one set of levers: what makes a year of its costs."""

    def __init__(
        self, model: ServiceModel, plan: MovePlan, rule: PaymentRule, levers: Levers
    ) -> None:
        self._model, self._plan, self._rule, self._levers = model, plan, rule, levers
        self._receiver = model.receivers[plan.service]

    def of(
        self, year: int, changes: Sequence[CostChange], before: Sequence[CostChange], so_far: int
    ) -> MoveYear:
        """One year, from its costs, those of the year before, and what has come of it so far."""
        contacts = contacts_of(self._model, self._plan, year)
        cost = receiver_cost(self._receiver, contacts, self._levers)
        service = self._model.services[self._plan.service]
        lost = income_lost(service, self._rule, self._plan, year, self._levers)
        once = OneOffs(self._receiver, self._plan, year, self._levers)
        avoided = sum(one.avoided for one in changes)
        built = _capital(changes) - _capital(before)
        pays = cost if self._rule.pays_receiver else 0
        saved = sum(one.saved for one in changes)
        nets = (
            saved + avoided + built - lost - pays - once.of("trust"),
            lost - (cost - pays) - once.of("icb"),
            -once.of("receiver"),
        )
        return MoveYear(
            year, moved_share(self._plan, year, self._levers),
            sum(one.average for one in changes), _saved(changes, ("variable",)),
            sum(one.units_closed for one in changes), _saved(changes, ("semi_fixed", "shared")),
            _saved(changes, ("fixed", "overhead")), avoided, built, lost, contacts, cost,
            once.revenue, once.capital, *nets, sum(nets) + so_far,
        )  # fmt: skip


def _capital(changes: Iterable[CostChange]) -> int:
    return sum(one.avoided_capital for one in changes)


def _saved(changes: Iterable[CostChange], kinds: tuple[str, ...]) -> int:
    return sum(one.saved for one in changes if one.kind in kinds)


class OneOffs:
    """What the change itself costs in one year; nothing where nothing moves."""

    def __init__(self, receiver: Receiver, plan: MovePlan, year: int, levers: Levers) -> None:
        factor = thousandths(levers.transition)
        due = [one for one in receiver.transition if one.year == year and plan.share > 0]
        self._paid = [(one.paid_by, one.kind, part(one.pence, factor)) for one in due]

    def of(self, payer: str) -> int:
        """What one party pays."""
        return sum(pence for by, _, pence in self._paid if by == payer)

    @property
    def revenue(self) -> int:
        """What is no capital."""
        return sum(pence for _, kind, pence in self._paid if kind == "revenue")

    @property
    def capital(self) -> int:
        """What is capital."""
        return sum(pence for _, kind, pence in self._paid if kind == "capital")


def contacts_of(model: ServiceModel, plan: MovePlan, year: int) -> int:
    """How many contacts with the receiver take the place of what is planned to move by a year.

    The receiver stands ready for all that was planned, even where less leaves the hospital.

    Parameters
    ----------
    model
        The trust, with a receiver of the service.
    plan
        What moves.
    year
        The year, counted from 1.

    Examples
    --------
    >>> contacts_of(model, MovePlan("beds", Fraction(1, 5)), 1)  # doctest: +SKIP
    1460
    """
    moved = part(model.services[plan.service].activity, plan.share_in(year))
    return -(-moved * model.receivers[plan.service].contacts_per_hundred // 100)


def receiver_cost(receiver: Receiver, contacts: int, levers: Levers = AS_DECLARED) -> int:
    """What the receiver spends on so many contacts in a year; whole teams, and nothing for none.

    Parameters
    ----------
    receiver
        Who takes over.
    contacts
        How many contacts.
    levers
        What turns out otherwise than declared.

    Examples
    --------
    >>> receiver_cost(Receiver(service="beds", name="Team", pence_per_contact=500), 3)
    1500
    """
    if not contacts:
        return 0
    teams = -(-contacts // receiver.team_contacts) if receiver.team_contacts else 0
    whole = contacts * receiver.pence_per_contact + teams * receiver.team_pence
    return part(whole + receiver.fixed_pence, thousandths(levers.receiver))


def break_even_year(years: Sequence[MoveYear]) -> int | None:
    """The first year from which on all that was spent has come back; None within the horizon."""
    for one in years:
        if all(later.cumulative >= 0 for later in years[one.year - 1 :]):
            return one.year
    return None
