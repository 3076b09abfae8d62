"""Which organisations a report is on: one, and those that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.model.errors import AssessmentError
from remit.model.organisation import Organisation, OrganisationType
from remit.register import Register
from remit.report.view import ReportBody
from remit.series import Level
from remit.words.sentences import lowered

_LEVELS: dict[OrganisationType, Level] = {
    OrganisationType.TRUST: "trust",
    OrganisationType.ICB: "icb",
    OrganisationType.REGION: "region",
}
_KINDS = {
    OrganisationType.TRUST: "Trust",
    OrganisationType.ICB: "Integrated care board",
    OrganisationType.REGION: "Region",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """An organisation of a report and the level of its series."""

    body: ReportBody
    level: Level
    fictional: bool

    @property
    def noun(self) -> str:
        """What organisations of its kind are called: ``acute trusts``, ``regions``."""
        return f"{lowered(self.body.kind)}s"

    def like(self, other: Placed) -> bool:
        """Whether both are of one kind, so that their figures can be held against each other."""
        return (self.level, self.body.kind) == (other.level, other.body.kind)


def placed(
    register: Register, code: str, on: date, *, with_predecessors: bool = False
) -> list[Placed]:
    """The organisation of a code and, after it, its members on a day.

    An ICB's members are the trusts that it leads on, a region's its ICBs and then its trusts. A
    closed organisation is replaced by the one that has its work on that day; one that follows on
    others and is not open yet is placed as on its first day.

    Parameters
    ----------
    register
        Who exists.
    code
        The organisation that the report is on.
    on
        The last day of its period.
    with_predecessors
        Trusts that have merged at any time stand as the one that has their work.

    Raises
    ------
    UnknownCode
        If there is no such organisation.
    AssessmentError
        If it is not open on that day, or if its work went to several.
    """
    on = shown_on(register, code, on)
    current = register.current(register.get(code).code, on)
    if len(current) != 1:
        raise AssessmentError(_not_open(register.get(code), [o.code for o in current], on))
    own = current[0]
    members = register.members(own.code, on)
    icbs = [member for member in members if member.type is OrganisationType.ICB]
    trusts = [member for member in members if member.type is OrganisationType.TRUST]
    if with_predecessors:
        merged = [register.current(trust.code, date.max) for trust in trusts]
        trusts = [
            found[0] if len(found) == 1 else o for o, found in zip(trusts, merged, strict=True)
        ]
    found = dict.fromkeys((own, *icbs, *trusts))
    return [placed_one(organisation, on) for organisation in found]


def shown_on(register: Register, code: str, on: date) -> date:
    """The day on which a report places an organisation and its members."""
    own = register.get(code)
    follows = on < own.opened and register.predecessors(own.code)
    return own.opened if follows else on


def _not_open(named: Organisation, others: list[str], on: date) -> str:
    """Why an organisation has no report on a day, and what to ask for."""
    begin = f"{named.code} ({named.name}) is not open on {on.isoformat()}"
    if on < named.opened:
        return f"{begin}: it exists from {named.opened.isoformat()}. Name a later --period"
    if others:
        return f"{begin}; its work is with {', '.join(others)}. Name one of those"
    closed = f" closed on {named.closed.isoformat()} and" if named.closed else ""
    return f"{begin}: it{closed} has no successor. Name an earlier --period"


def placed_one(organisation: Organisation, on: date) -> Placed:
    """An organisation as a report names it on a day."""
    kind = organisation.kind.label if organisation.kind else _KINDS[organisation.type]
    body = ReportBody(organisation.code, organisation.name_on(on), kind, organisation.closed)
    return Placed(body, _LEVELS[organisation.type], organisation.fictional)
