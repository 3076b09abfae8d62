"""What the register knows of one organisation on a day, put together for a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.model.organisation import Organisation, OrganisationType
from remit.register.closing import absence
from remit.register.register import Register

_TYPE_LABELS = {
    OrganisationType.REGION: "Region",
    OrganisationType.ICB: "Integrated care board",
    OrganisationType.TRUST: "Trust",
}


@dataclass(frozen=True, slots=True)
class Named:
    """Another organisation by code and name; ``on`` is the day on which work passed."""

    code: str
    name: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """An organisation on a day.

    ``on`` is the day asked for or, where the organisation was not open then, the nearest day on
    which it was; ``absence`` then says in a sentence what became of it.
    """

    code: str
    name: str
    type: str
    label: str
    kind: str | None
    subkind: str | None
    fictional: bool
    on: date
    absence: str
    opened: date
    closed: date | None
    region: Named | None
    lead_icb: Named | None
    partner_icbs: tuple[Named, ...]
    predecessors: tuple[Named, ...]
    successors: tuple[Named, ...]
    ons_code: str | None
    also_known_as: tuple[str, ...]
    note: str
    source: str


def card(register: Register, organisation: Organisation, on: date) -> Card:
    """Describe an organisation as on a day."""
    day, own = _living_day(organisation, on), organisation.code
    region, lead = register.region(own, day), register.lead_icb(own, day)
    kind = organisation.kind
    return Card(
        code=own,
        name=organisation.name_on(day),
        type=organisation.type.value,
        label=kind.label if kind else _TYPE_LABELS[organisation.type],
        kind=kind.value if kind else None,
        subkind=organisation.subkind,
        fictional=organisation.fictional,
        on=day,
        absence=absence(register, organisation, on),
        opened=organisation.opened,
        closed=organisation.closed,
        region=_named(region, day) if region else None,
        lead_icb=_named(lead, day) if lead else None,
        partner_icbs=tuple(_named(icb, day) for icb in register.partner_icbs(own, day)),
        predecessors=tuple(_predecessor(former) for former in register.predecessors(own)),
        successors=tuple(_successor(organisation, next_) for next_ in register.successors(own)),
        ons_code=organisation.ons_code,
        also_known_as=_other_names(organisation, day),
        note=organisation.note,
        source=organisation.source,
    )


def _living_day(organisation: Organisation, on: date) -> date:
    """The day itself, or the nearest one on which the organisation is open."""
    return min(max(on, organisation.opened), organisation.closed or date.max)


def _named(organisation: Organisation, day: date) -> Named:
    return Named(organisation.code, organisation.name_on(day))


def _predecessor(former: Organisation) -> Named:
    return Named(former.code, former.name, former.succession.on if former.succession else None)


def _successor(organisation: Organisation, following: Organisation) -> Named:
    on = organisation.succession.on if organisation.succession else None
    return Named(following.code, following.name_on(on) if on else following.name, on)


def _other_names(organisation: Organisation, day: date) -> tuple[str, ...]:
    former = (name.name for name in organisation.former_names)
    names = dict.fromkeys([organisation.name, *former, *organisation.aliases])
    return tuple(name for name in names if name != organisation.name_on(day))
