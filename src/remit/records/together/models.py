"""Conversations with their agendas, agreements, capability answers, commitments and plans.

As in :mod:`remit.records.models`, each model declares its organisations and whether it is audited.
One that is at first its writer's alone says so by ``KEPT_TO``: the paths to the writer's code, and
to the flag from which on it is of all its organisations.
"""

from __future__ import annotations

from django.db import models

from remit.records.models import Ask


class Conversation(models.Model):
    """A meeting of organisations, held or to be held."""

    TENANTS = ("organisation", "parties__organisation")
    AUDITED = True
    RETENTION = "meeting"

    conversation_id = models.TextField(primary_key=True)
    organisation = models.TextField(db_index=True)
    """Who calls it, by its code."""
    title = models.TextField()
    held_on = models.DateField(null=True)
    is_oversight = models.BooleanField(default=True)
    summary = models.TextField(null=True)


class ConversationParty(models.Model):
    """An organisation that takes part."""

    TENANTS = ("conversation__organisation", "conversation__parties__organisation")
    AUDITED = True
    RETENTION = "meeting"

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="parties")
    organisation = models.TextField(db_index=True)


class AgendaItem(models.Model):
    """A point of an agenda: of today's performance or of tomorrow's."""

    TENANTS = ("conversation__organisation", "conversation__parties__organisation")
    AUDITED = True
    RETENTION = "meeting"

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="agenda")
    place = models.BigIntegerField()
    title = models.TextField()
    is_tomorrow = models.BooleanField(default=False)
    minutes = models.BigIntegerField(null=True)
    ask = models.ForeignKey(
        Ask, models.DO_NOTHING, db_constraint=False, null=True, related_name="agenda"
    )


class Agreement(models.Model):
    """What organisations agreed, from a day until another."""

    TENANTS = ("organisation", "parties__organisation")
    AUDITED = True
    RETENTION = "agreement"

    agreement_id = models.TextField(primary_key=True)
    organisation = models.TextField(db_index=True)
    """Who keeps it, by its code."""
    title = models.TextField()
    text = models.TextField()
    agreed_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)


class AgreementParty(models.Model):
    """An organisation that is bound by an agreement once it has signed."""

    TENANTS = ("agreement__organisation", "agreement__parties__organisation")
    AUDITED = True
    RETENTION = "agreement"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.TextField(db_index=True)
    signed_on = models.DateField(null=True)
    signed_as = models.TextField(null=True)
    """The role in which somebody signed."""


class CapabilityAnswer(models.Model):
    """A board's answer to a question of the self-assessment, with its evidence."""

    TENANTS = ("organisation",)
    AUDITED = True
    RETENTION = "board"

    organisation = models.TextField(db_index=True)
    framework = models.TextField()
    question = models.TextField()
    """Its identifier in the declared framework."""
    answer = models.TextField(null=True)
    evidence = models.TextField(null=True)
    answered_on = models.DateField(null=True)
    answered_as = models.TextField(null=True)
    """The role in which somebody answered."""

    class Meta:
        """One answer of one board to one question."""

        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "framework", "question"], name="one_answer_of_a_board"
            ),
        )


class Commitment(models.Model):
    """An aim of a strategy with its measure and its day."""

    TENANTS = ("organisation", "parties__organisation")
    AUDITED = True
    RETENTION = "strategy"

    commitment_id = models.TextField(primary_key=True)
    organisation = models.TextField(db_index=True)
    """Whose strategy it is, by its code."""
    strategy = models.TextField()
    aim = models.TextField()
    metric = models.TextField(null=True)
    """The measure, by its identifier among the metrics, where it is one."""
    measure = models.TextField(null=True)
    """The measure in words, where it is none."""
    due_on = models.DateField(null=True)


class CommitmentParty(models.Model):
    """Another organisation that a commitment binds."""

    TENANTS = ("commitment__organisation", "commitment__parties__organisation")
    AUDITED = True
    RETENTION = "strategy"

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="parties")
    organisation = models.TextField(db_index=True)


class CommitmentTie(models.Model):
    """What serves a commitment: an ask, an action or a figure."""

    TENANTS = ("commitment__organisation", "commitment__parties__organisation")
    AUDITED = True
    RETENTION = "strategy"

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="ties")
    kind = models.TextField()
    """``ask``, ``action`` or ``metric``."""
    target = models.TextField(db_index=True)
    """Its identifier."""

    class Meta:
        """A thing is tied to a commitment once."""

        constraints = (
            models.UniqueConstraint(fields=["commitment", "kind", "target"], name="tied_once"),
        )


class Plan(models.Model):
    """The one plan for an organisation, on which all sides agree."""

    TENANTS = ("organisation", "parties__organisation")
    KEPT_TO = ("begun_by", "is_shared")
    AUDITED = True
    RETENTION = "plan"

    plan_id = models.TextField(primary_key=True)
    organisation = models.TextField(db_index=True)
    """For whom it is, by its code."""
    title = models.TextField()
    period = models.TextField()
    status = models.TextField(default="draft")
    begun_by = models.TextField(default="", db_index=True)
    """Who drafts it, by its code: until the first draft is passed on, nobody else knows of it."""
    is_shared = models.BooleanField(default=False)
    """Whether a version of it was ever passed on."""
    moved_at = models.DateTimeField(null=True)
    """Since when it stands as it does; blank where that was not kept."""


class PlanParty(models.Model):
    """A side of a plan, and which: region, ICB or trust."""

    TENANTS = ("plan__organisation", "plan__parties__organisation")
    KEPT_TO = ("plan__begun_by", "plan__is_shared")
    AUDITED = True
    RETENTION = "plan"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="parties")
    organisation = models.TextField(db_index=True)
    part = models.TextField()

    class Meta:
        """One side for each part."""

        constraints = (
            models.UniqueConstraint(fields=["plan", "part"], name="one_side_for_each_part"),
        )


class PlanVersion(models.Model):
    """A version of a plan; one that is signed is never changed, but followed by another."""

    TENANTS = ("plan__organisation", "plan__parties__organisation")
    KEPT_TO = ("organisation", "is_fixed")
    AUDITED = True
    RETENTION = "plan"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions")
    organisation = models.TextField(default="", db_index=True)
    """Who writes it, by its code: until it is passed on, nobody else sees it."""
    number = models.BigIntegerField()
    text = models.TextField()
    """The items as JSON."""
    made_at = models.DateTimeField()
    in_force_from = models.DateField(null=True)
    is_fixed = models.BooleanField(default=False)
    """Whether it was passed on: to write then is to begin another version."""

    class Meta:
        """Versions are numbered."""

        constraints = (
            models.UniqueConstraint(fields=["plan", "number"], name="numbered_versions"),
        )


class PlanView(models.Model):
    """What a side says of a version: a comment, a check of facts, a dissent."""

    TENANTS = ("version__plan__organisation", "version__plan__parties__organisation")
    KEPT_TO = ("organisation", "is_shared")
    AUDITED = True
    RETENTION = "plan"

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="views")
    organisation = models.TextField(db_index=True)
    kind = models.TextField()
    item = models.TextField(null=True)
    text = models.TextField()
    handed_in_at = models.DateTimeField(null=True)
    is_shared = models.BooleanField(default=False)
    """Whether it was shown to the other sides; what was shown once stays shown."""


class PlanSignature(models.Model):
    """A side's signature under a version."""

    TENANTS = ("version__plan__organisation", "version__plan__parties__organisation")
    AUDITED = True
    RETENTION = "plan"

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="signatures")
    organisation = models.TextField(db_index=True)
    signed_as = models.TextField()
    """The role in which somebody signed."""
    signed_by = models.TextField(default="")
    """The account of who signed; blank where it was entered before accounts were kept."""
    signed_at = models.DateTimeField()

    class Meta:
        """A side signs a version once, and so does a person, also one who sits on two boards."""

        constraints = (
            models.UniqueConstraint(fields=["version", "organisation"], name="signed_once"),
            models.UniqueConstraint(
                fields=["version", "signed_by"],
                condition=~models.Q(signed_by=""),
                name="a_person_signs_once",
            ),
        )
