"""Every write of a record is kept, with who, when, what and why, in a chain that only grows.

An application of Django's beside :mod:`remit.records`, for databases that a server keeps. Nothing
writes an audited record but :func:`create`, :func:`change` and :func:`remove`, which take the
event; :func:`verify` looks through the chain; :func:`erase` and its like take values away, and the
chain stays whole.
"""

from remit.records.audit.carrying import carry
from remit.records.audit.chain import at_once
from remit.records.audit.declared import (
    is_audited,
    no_tenants_because,
    not_audited_because,
    of_organisations,
    organisations_of,
    tenant_paths,
)
from remit.records.audit.erasing import Held, dispose, erase, erase_fields
from remit.records.audit.event import SYSTEM, VERBS, Event
from remit.records.audit.exporting import organisation_part, person_part, write_part
from remit.records.audit.guard import NotAudited
from remit.records.audit.noting import note
from remit.records.audit.reading import (
    AuditedValue,
    Told,
    entries_by,
    entries_for,
    entries_of,
)
from remit.records.audit.retention import Due, due, retention_classes, retention_of
from remit.records.audit.standing import Astray, astray
from remit.records.audit.verifying import Anchor, Verified, verify
from remit.records.audit.wiping import is_wipe_due, wipe
from remit.records.audit.writing import ChangedMeanwhile, change, create, last_entry, remove

__all__ = [
    "SYSTEM",
    "VERBS",
    "Anchor",
    "Astray",
    "AuditedValue",
    "ChangedMeanwhile",
    "Due",
    "Event",
    "Held",
    "NotAudited",
    "Told",
    "Verified",
    "astray",
    "at_once",
    "carry",
    "change",
    "create",
    "dispose",
    "due",
    "entries_by",
    "entries_for",
    "entries_of",
    "erase",
    "erase_fields",
    "is_audited",
    "is_wipe_due",
    "last_entry",
    "no_tenants_because",
    "not_audited_because",
    "note",
    "of_organisations",
    "organisation_part",
    "organisations_of",
    "person_part",
    "remove",
    "retention_classes",
    "retention_of",
    "tenant_paths",
    "verify",
    "wipe",
    "write_part",
]
