"""Who leads on the items of a plan, by the rows of the map of remits, and as the sides settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from remit.oversight.plan_items import PlanItem
from remit.oversight.plan_told import ItemTold, side_words
from remit.oversight.words import leader_words
from remit.register import load_register
from remit.remits import RemitMapError, find_subject, leader, load_map
from remit.remits.findings import Leader
from remit.remits.holdings import everything


@dataclass(frozen=True, slots=True)
class FunctionLed:
    """A function of the map with who leads on it at an organisation, and by which row."""

    name: str
    leads: str
    """Who leads, and by what; that nobody does where it is so."""
    short: str
    """The same shortly: the side that it is, if it is one."""
    has_lead: bool
    why: str
    """What the row of the map says, and its source."""
    source: str
    """The address of the source; blank where there is none."""

    @property
    def option(self) -> str:
        """What a form calls it."""
        return f"{self.name}: {self.short if self.has_lead else 'nobody leads by the map'}"


def led_functions(code: str, on: date) -> dict[str, FunctionLed]:
    """The functions of the map of remits that concern an organisation, with who leads on each.

    Parameters
    ----------
    code
        The organisation.
    on
        The day; none are known of one that was not open then.

    Examples
    --------
    >>> led_functions("ZA1", date(2026, 4, 1))["transformation"].option
    'Transformation: ICB leads'
    """
    try:
        answers = everything(load_map(), find_subject(load_register(), code, on), on)
    except RemitMapError:
        return {}
    return {one.function.id: _led(one.function.name, leader(one)) for one in answers}


def _led(name: str, found: Leader) -> FunctionLed:
    leads, row = leader_words(found), found.holding
    if row is None:
        return FunctionLed(name, leads, leads, bool(found.itself), found.says, "")
    alone = f"{found.says}, and " if found.basis == "alone" else ""
    title = f" ({row.source.title})" if row.source else ""
    why = f"{alone}its row on {name.lower()} says “{row.entry.says.rstrip('.')}”{title}"
    url = str(row.source.url or "") if row.source else ""
    return FunctionLed(name, leads, f"{row.body.short} leads", True, why, url)


def functions_for(code: str, on: date) -> dict[str, str]:
    """The functions of the map of remits that concern an organisation → their names.

    Parameters
    ----------
    code
        The organisation.
    on
        The day; none are known of one that was not open then.

    Examples
    --------
    >>> functions_for("ZA1", date(2026, 4, 1))["finance"]
    'Finance'
    """
    return {key: one.name for key, one in led_functions(code, on).items()}


def told_items(items: Iterable[PlanItem], code: str, on: date) -> tuple[ItemTold, ...]:
    """Items with who leads on the function of each at an organisation, by the map of remits.

    Parameters
    ----------
    items
        The items.
    code
        The organisation.
    on
        The day.

    Examples
    --------
    >>> told_items([PlanItem("1", "Fewer asks")], "ZA1", date(2026, 4, 1))[0].leads
    ''
    """
    led = led_functions(code, on)
    told = []
    for one in items:
        row = led.get(one.function, FunctionLed(one.function, "", "", False, "", ""))
        settled = ""
        if one.settled:
            side = side_words().get(one.settled, one.settled)
            settled = f"{side} leads, settled: {one.because.rstrip('.')}."
        told.append(
            ItemTold(one, row.name, row.leads, row.why, row.source, settled, row.short,
                     row.has_lead)
        )  # fmt: skip
    return tuple(told)
