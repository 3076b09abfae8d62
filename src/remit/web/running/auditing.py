"""The audit, as whoever runs an instance looks after it: verified, handed out, erased, held."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from remit.records.audit import (
    SYSTEM,
    Anchor,
    Astray,
    Event,
    Told,
    Verified,
    astray,
    change,
    create,
    dispose,
    erase_fields,
    is_audited,
    organisation_part,
    organisations_of,
    person_part,
    verify,
)
from remit.web.instance import InstanceError
from remit.web.running.accounts import account_of
from remit.web.signing_in.groups import check_organisation
from remit.words.nearest import nearest

ERASED = "[erased]"
"""What stands in a field whose words were erased, and which may not be blank."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look through the audit found."""

    chain: Verified
    astray: Sequence[Astray]
    """Records that do not stand as their entries say."""

    @property
    def holds(self) -> bool:
        """Whether the chain is whole, and every record as it says."""
        return self.chain.holds and not self.astray


def looked_through(anchor: str | None = None) -> Looked:
    """Look through the chain, and hold every record against its entries.

    Parameters
    ----------
    anchor
        What an earlier look printed as the last entry, as number and hash with a colon between.

    Raises
    ------
    InstanceError
        If the anchor is none.

    Examples
    --------
    >>> looked_through().holds  # doctest: +SKIP
    True
    """
    return Looked(verify(anchor=_anchor(anchor) if anchor else None), list(astray()))


def _anchor(text: str) -> Anchor:
    number, colon, found = text.strip().partition(":")
    if not (colon and number.isascii() and number.isdigit() and len(found) == 64):
        raise InstanceError(
            f"{text!r} is no anchor; it is number and hash, such as 12:9f2c…, as "
            "remit web audit verify prints it"
        )
    return Anchor(int(number), found)


def part_of_organisation(code: str) -> list[Told]:
    """The entries on records that were an organisation's, for a request for information.

    Raises
    ------
    InstanceError
        If the register has none of the code.
    """
    check_organisation(code, "--organisation")
    return organisation_part(code)


def part_of_person(email: str, words: Collection[str]) -> list[Told]:
    """What a person did, or in which one of the words stands, for a subject access request.

    Raises
    ------
    InstanceError
        If there is no such account.
    """
    account = account_of(email)
    return person_part([f"account-{account.pk}"], [account.email, account.name, *words])


# Records ------------------------------------------------------------------------------------------


def audited_kinds() -> dict[str, Any]:
    """What a command calls a kind of records, such as ``action`` → its model."""
    from django.apps import apps

    return {kind._meta.model_name: kind for kind in apps.get_models() if is_audited(kind)}


def record_of(kind: str, key: str) -> Any:
    """A record by its kind and identifier.

    Raises
    ------
    InstanceError
        If there is no such kind, or none of the identifier.
    """
    kinds = audited_kinds()
    found = kinds.get(kind.lower().replace(" ", ""))
    if found is None:
        raise InstanceError(f"There are no records of the kind {kind!r}; nearest: "
                            f"{nearest(kind, sorted(kinds))}")  # fmt: skip
    try:
        record = found._base_manager.filter(pk=key).first()
    except ValueError:  # a number is asked for
        record = None
    if record is None:
        raise InstanceError(f"There is no {kind} {key}")
    return record


def erase_words(record: Any, names: Sequence[str], why: str) -> int:
    """Erase what stands and ever stood in fields of a record; how many values of the audit went.

    Parameters
    ----------
    record
        The record.
    names
        The fields.
    why
        The reason, which the audit keeps.

    Raises
    ------
    InstanceError
        If a field is none, or holds no words.
    Held
        If the record is under a legal hold.

    Examples
    --------
    >>> erase_words(record_of("action", "ACT-1"), ["what"], "a name")  # doctest: +SKIP
    2
    """
    from django.db import models

    fields = {one.name: one for one in record._meta.concrete_fields}
    for name in names:
        if name not in fields:
            raise InstanceError(f"{name!r} is no field of it; nearest: {nearest(name, fields)}")
        wordy = isinstance(fields[name], models.CharField | models.TextField)
        if not wordy or fields[name].primary_key:
            raise InstanceError(f"{name} holds no words that could be erased")
    event = Event(SYSTEM, _home_of(record), "erase", why=why)
    gone = 0
    for name in names:
        put = None if fields[name].null else ERASED
        gone += erase_fields(event, record, name, put=put)
    return gone


def dispose_of(record: Any, why: str) -> int:
    """Take a record away with its parts, and erase what the audit kept of them.

    Raises
    ------
    Held
        If the record, or a part of it, is under a legal hold.
    """
    return dispose(Event(SYSTEM, _home_of(record), "erase", why=why), record)


def _home_of(record: Any) -> str:
    return min(organisations_of(record, "default"), default="ENGLAND")


# Legal holds --------------------------------------------------------------------------------------


def hold(organisation: str, why: str, on: date, record: Any = None) -> Any:
    """Put a legal hold on one record, or on all of an organisation.

    Parameters
    ----------
    organisation
        Whose hold it is.
    why
        The reason.
    on
        The day from which it holds.
    record
        The record; all of the organisation's if left out.

    Raises
    ------
    InstanceError
        If the register has no such organisation.

    Examples
    --------
    >>> hold("ZA1", "inquiry", date(2026, 4, 1))  # doctest: +SKIP
    """
    from remit.records.audit.models import LegalHold

    check_organisation(organisation, "legal hold")
    return create(
        Event(SYSTEM, organisation, "hold", why=why),
        LegalHold,
        organisation=organisation,
        kind=record._meta.label if record is not None else None,
        target=str(record.pk) if record is not None else None,
        why=why,
        from_on=on,
    )


def lift(number: int, on: date, why: str) -> Any:
    """Lift a legal hold from a day on.

    Raises
    ------
    InstanceError
        If there is none of this number, or it is lifted.
    """
    from remit.records.audit.models import LegalHold

    found = LegalHold.objects.filter(pk=number).first()
    if found is None:
        raise InstanceError(f"There is no legal hold {number}; see: remit web audit holds DIR")
    if found.lifted_on is not None:
        raise InstanceError(f"Legal hold {number} was lifted on {found.lifted_on}")
    change(Event(SYSTEM, found.organisation, "lift", why=why), found, lifted_on=on)
    return found


def holds() -> Iterator[dict[str, str]]:
    """The legal holds, each as a line of a table."""
    from remit.records.audit.models import LegalHold

    for one in LegalHold.objects.order_by("pk"):
        kind = (one.kind or "").rpartition(".")[2].lower()
        yield {
            "Number": str(one.pk),
            "Of": one.organisation,
            "What": f"{kind} {one.target}" if one.kind else "all of its records",
            "Why": one.why,
            "From": str(one.from_on),
            "Lifted": str(one.lifted_on or ""),
        }
