"""Risks that cross organisations: one record, one holder, each organisation's part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from remit.asks.register.numbering import HasTables, next_id
from remit.asks.register.records import RiskShare, SharedRisk
from remit.asks.register.register import AskRegister
from remit.asks.register.typed import check_organisation, check_role, without_names
from remit.model.errors import AskError

_WHOLE = 100.0
_SLACK = 0.5


def add_risk(
    register: AskRegister,
    title: str,
    what: str,
    holder: str,
    shares: Sequence[RiskShare],
    *,
    raised_on: date,
    review_on: date | None = None,
) -> str:
    """Keep a shared risk and return its identifier.

    Parameters
    ----------
    register
        The open register.
    title, what
        The risk in a few words, and in full.
    holder
        Who holds it: an organisation with a role, not a person.
    shares
        Each organisation's part and what it does about it; two or more. Percentages are given for
        all or for none, and come to 100.
    raised_on, review_on
        When it was raised, and when it is looked at again.

    Raises
    ------
    AskError
        If something is missing or reads as a person, or the percentages do not come to 100.
    """
    for name, text in (("title", title), ("what", what), ("holder", holder)):
        if not text.strip():
            raise AskError(f"the risk's {name} is blank; fill it in")
    check_role(holder)
    for part in shares:
        check_organisation(part.organisation)
    check_shares(shares)
    said = {
        "title": without_names(title.strip()),
        "what": without_names(what),
        "holder": holder.strip(),
    }
    days = {"raised_on": raised_on, "review_on": review_on}
    parts = [_part(place, part) for place, part in enumerate(shares, start=1)]
    with register.all_or_nothing():
        risk_id = next_id(register, "Risk", "risk_id", "RISK")
        register.append("Risk", [{"risk_id": risk_id} | said | days])
        register.append("RiskShare", [{"risk_id": risk_id} | part for part in parts])
    return risk_id


def _part(place: int, part: RiskShare) -> dict[str, Any]:
    return {
        "place": place,
        "organisation": part.organisation.strip(),
        "share": without_names(part.share),
        "percent": part.percent,
        "mitigation": without_names(part.mitigation),
    }


def close_risk(register: AskRegister, risk_id: str, on: date) -> None:
    """Mark a shared risk as closed.

    Raises
    ------
    AskError
        If there is no such risk.
    """
    with register.all_or_nothing():
        get_risk(register, risk_id)
        register.table("Risk").filter(risk_id=risk_id).update(closed_on=on)


def get_risk(register: AskRegister, risk_id: str) -> SharedRisk:
    """One shared risk.

    Raises
    ------
    AskError
        If there is no such risk.
    """
    found = next((risk for risk in risks(register) if risk.risk_id == risk_id), None)
    if found is None:
        raise AskError(f"the register has no risk {risk_id!r}; see: remit asks risk list")
    return found


def risks(register: HasTables, *, organisation: str | None = None) -> list[SharedRisk]:
    """All shared risks, the earliest first; or those in which an organisation has a part."""
    parts: dict[str, list[RiskShare]] = {}
    fields = ("risk_id", "organisation", "share", "mitigation", "percent")
    for risk_id, *part in register.table("RiskShare").order_by("place").values_list(*fields):
        parts.setdefault(risk_id, []).append(RiskShare(*part))
    own = ("risk_id", "title", "what", "holder", "raised_on", "review_on", "closed_on")
    found = [
        SharedRisk(**row, shares=tuple(parts.get(row["risk_id"], ())))
        for row in register.table("Risk").values(*own)
    ]
    found.sort(key=lambda risk: (risk.raised_on, len(risk.risk_id), risk.risk_id))
    if organisation is None:
        return found
    wanted = organisation.strip().lower()
    return [r for r in found if any(s.organisation.lower() == wanted for s in r.shares)]


def check_shares(shares: Sequence[RiskShare]) -> None:
    """Refuse shares that are no whole: fewer than two, one twice, percentages that are not 100.

    Raises
    ------
    AskError
        If they are none; the message says why.
    """
    names = [part.organisation.strip().lower() for part in shares]
    if len(set(names)) < 2 or len(set(names)) < len(names):
        raise AskError("a shared risk has two organisations or more, each once")
    percents = [part.percent for part in shares if part.percent is not None]
    if percents and len(percents) < len(shares):
        raise AskError("give a percentage for each organisation, or for none")
    if percents and (min(percents) < 0 or abs(sum(percents) - _WHOLE) > _SLACK):
        raise AskError(f"the percentages come to {sum(percents):g}, not to 100")
