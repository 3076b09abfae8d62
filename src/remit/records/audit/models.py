"""The chain, which only grows, and beside it the values, which may be erased.

An entry refers to what it tells of by kind and identifier and not by a constraint, so that it
outlasts it. Triggers of the database keep the chain (:mod:`remit.records.audit.triggers`).
"""

from __future__ import annotations

from django.db import models

_OWN = "it is the audit itself, which only its door writes"
_BY_ITS_PATH = "the record that an entry tells of decides; once that is gone, the parties' codes do"


class AuditHead(models.Model):
    """The one row by which the chain's end is known; who writes holds it until all is kept."""

    NO_TENANTS = "it says where the chain ends, and nothing of a record"
    NOT_AUDITED = _OWN

    number = models.BigIntegerField()
    hash = models.TextField()
    wipe_due = models.BooleanField(default=False)
    """Something was erased whose bytes may still stand in the database's files."""


class AuditEntry(models.Model):
    """One write: who did what to which record, with digests of the values."""

    NO_TENANTS = _BY_ITS_PATH
    NOT_AUDITED = _OWN

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    who = models.TextField(db_index=True)
    """The identifier of an account."""
    acting_for = models.TextField(db_index=True)
    """The code of an organisation."""
    what = models.TextField()
    """A verb of :data:`remit.records.audit.event.VERBS`."""
    kind = models.TextField()
    """The model of the record, such as ``records.Action``."""
    target = models.TextField()
    """The record's identifier."""
    parent = models.TextField(null=True)
    """What the record is a part of, such as ``records.Risk:RISK-1``."""
    fields = models.TextField()
    """The names of the fields that were written, as JSON; of an erasure what it erased."""
    digests = models.TextField()
    """Field → digests of the salted values before and after, as JSON."""
    hash_before = models.TextField(unique=True)
    hash = models.TextField(unique=True)

    class Meta:
        """The history of a record is asked for by its kind and identifier."""

        indexes = (models.Index(fields=["kind", "target"], name="audit_of_a_record"),)


class AuditParty(models.Model):
    """An organisation whose record it was when an entry was written."""

    TENANTS = ("organisation",)
    NOT_AUDITED = _OWN

    entry = models.BigIntegerField(db_index=True)
    organisation = models.TextField(db_index=True)


class AuditValue(models.Model):
    """What stood in a field before and after; the field ``(why)`` has the reason given."""

    NO_TENANTS = _BY_ITS_PATH
    NOT_AUDITED = _OWN

    entry = models.BigIntegerField()
    field = models.TextField()
    salt = models.TextField()
    old = models.TextField(null=True)
    """As JSON; nothing where there was no record."""
    new = models.TextField(null=True)

    class Meta:
        """A field stands once in an entry."""

        constraints = (models.UniqueConstraint(fields=["entry", "field"], name="one_value"),)


class AuditErasure(models.Model):
    """That a value was erased, and by which entry: without it the database lets no value go."""

    NO_TENANTS = _BY_ITS_PATH
    NOT_AUDITED = _OWN

    entry = models.BigIntegerField()
    field = models.TextField()
    erased_by = models.BigIntegerField(db_index=True)

    class Meta:
        """A value is erased once."""

        constraints = (models.UniqueConstraint(fields=["entry", "field"], name="erased_once"),)


class LegalHold(models.Model):
    """Until it is lifted nothing of an organisation, or of one record, is erased or disposed of."""

    TENANTS = ("organisation",)
    AUDITED = True
    RETENTION = "hold"

    organisation = models.TextField(db_index=True)
    """Whose hold it is; where no record is named, all of its records are held."""
    kind = models.TextField(null=True)
    target = models.TextField(null=True)
    why = models.TextField()
    from_on = models.DateField()
    lifted_on = models.DateField(null=True)
