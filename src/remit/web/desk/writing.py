"""Each write: by whom, for which organisation, in one transaction with its entry in the audit."""

from __future__ import annotations

from typing import Any

from remit.records.audit import Event, change, create, remove
from remit.records.audit.chain import head
from remit.records.audit.declared import organisations_of
from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.roles import Permission

_NUMBERS = "Numbering"
_HOMES = ("organisation", "to_org_code")


def event_of(person: Person, organisation: str, verb: str) -> Event:
    """An event of a person, who acts for the first of their organisations that gives the right.

    Parameters
    ----------
    person
        Who acts.
    organisation
        Whose record it is.
    verb
        One of the audit's.
    """
    who = f"account-{person.account.pk}"
    return Event(who, acting_for(person, organisation), verb, why=person.limits.through)


def acting_for(person: Person, organisation: str) -> str:
    """For which organisation a person writes at another: the same, if they may there itself."""
    seers = [
        held.organisation
        for held in person.held
        if organisation in Person("", person.on, (held,), person.agreements).codes(Permission.WRITE)
    ]
    return organisation if organisation in seers else next(iter(seers), organisation)


def add_record(person: Person, kind: Any, home: str, /, **fields: Any) -> Any:
    """Keep a new record of an organisation.

    Parameters
    ----------
    person
        Who enters it.
    kind
        The model, or its name among the records.
    home
        The organisation whose it is.
    fields
        Its values.
    """
    made_of = model(kind) if isinstance(kind, str) else kind
    return create(event_of(person, home, "add"), made_of, **fields)


def change_record(
    person: Person, record: Any, verb: str, *, seen: int | None = None, **fields: Any
) -> None:
    """Change a record.

    Parameters
    ----------
    person
        Who changes it.
    record
        What is changed.
    verb
        One of the audit's.
    seen
        The number of the last entry that the person had seen of it.
    fields
        The new values.

    Raises
    ------
    ChangedMeanwhile
        If there are later entries than the one seen.
    """
    change(event_of(person, right_at(person, record), verb), record, seen=seen, **fields)


def change_record_for(
    person: Person, record: Any, organisation: str, verb: str, **fields: Any
) -> None:
    """Change a record in the name of one of its organisations, of which the person is.

    Parameters
    ----------
    person
        Who changes it.
    record
        What is changed.
    organisation
        In whose name.
    verb
        One of the audit's.
    fields
        The new values.
    """
    change(event_of(person, organisation, verb), record, **fields)


def remove_record(person: Person, record: Any) -> None:
    """Take a record away, with its parts; the audit keeps what stood there.

    Parameters
    ----------
    person
        Who takes it away.
    record
        What is taken away.
    """
    remove(event_of(person, right_at(person, record), "remove"), record)


def right_at(person: Person, record: Any) -> str:
    """At which of a record's organisations a person may write: where it is at home, else the first.

    Whoever writes as a party acts for that party, and not for the one at which the record lies.

    Parameters
    ----------
    person
        Who writes.
    record
        What they write.
    """
    home = next((c for path in _HOMES if (c := getattr(record, path, None))), "")
    codes = person.codes(Permission.WRITE)
    if home in codes:
        return str(home)
    others = sorted(codes & organisations_of(record, "default"))
    return others[0] if others else home_of(record)


def home_of(record: Any) -> str:
    """The organisation at which a record is at home."""
    for path in _HOMES:
        if code := getattr(record, path, None):
            return str(code)
    return home_of(record.ask)


class _Tables:
    """The tables of the open database, as the register of asks calls for them."""

    def table(self, name: str) -> Any:
        """The rows of a model.

        Whoever takes a number waits first for the end of the audit, as whoever writes does: in two
        orders, one who wrote and one who numbered would wait for each other.
        """
        if name == _NUMBERS:
            head("default")
        return model(name).objects.all()


TABLES = _Tables()
