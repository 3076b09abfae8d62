"""Assessments of a year with their files, findings, replies and letters; practices that are shared.

As in :mod:`remit.records.models`, each model declares its organisations and whether it is audited.
A finding that the ICB was not shown yet, and a letter that nobody signed, are their writer's alone.
"""

from __future__ import annotations

from django.db import models

from remit.records.models import Action


class YearAssessment(models.Model):
    """A folder of ``remit annual`` that was brought in."""

    TENANTS = ("organisation",)
    AUDITED = True
    RETENTION = "year"

    organisation = models.TextField(db_index=True)
    """Who writes it, by its code."""
    year = models.TextField()
    """By its identifier, such as ``2024-25``."""
    year_name = models.TextField()
    is_fictional = models.BooleanField(default=False)
    mark = models.TextField()
    """By which the state of its files is known."""
    brought_at = models.DateTimeField()

    class Meta:
        """One assessment of a year by an organisation."""

        constraints = (
            models.UniqueConstraint(fields=["organisation", "year"], name="one_assessment_a_year"),
        )


class YearFile(models.Model):
    """A file of the folder, as it came."""

    TENANTS = ("assessment__organisation",)
    KEPT_TO = ("assessment__organisation", "is_open")
    AUDITED = True
    RETENTION = "year"

    assessment = models.ForeignKey(YearAssessment, models.CASCADE, related_name="files")
    path = models.TextField()
    content = models.TextField()
    is_text = models.BooleanField()
    """Whether the content is the text itself; else it stands in base 64."""
    digest = models.TextField()
    is_open = models.BooleanField(default=False)
    """Whether others than its writer may have the file itself; it holds drafts, so none may."""

    class Meta:
        """A path is there once."""

        constraints = (
            models.UniqueConstraint(fields=["assessment", "path"], name="a_path_is_there_once"),
        )


class YearState(models.Model):
    """What files there were at an import: by it changes here and there are told apart."""

    TENANTS = ("assessment__organisation",)
    KEPT_TO = ("assessment__organisation", "is_open")
    AUDITED = True
    RETENTION = "year"

    assessment = models.ForeignKey(YearAssessment, models.CASCADE, related_name="states")
    mark = models.TextField()
    digests = models.TextField()
    """Path → digest, as JSON."""
    is_open = models.BooleanField(default=False)


class YearFinding(models.Model):
    """A judgement about an ICB, with what it rests on."""

    TENANTS = ("organisation", "assessment__organisation")
    KEPT_TO = ("owner", "is_shown")
    AUDITED = True
    RETENTION = "year"

    finding_id = models.TextField(primary_key=True)
    """Such as ``ZR1-2024-25-ZB1-4``: whose, of which year, and its name in the folder."""
    assessment = models.ForeignKey(YearAssessment, models.CASCADE, related_name="findings")
    organisation = models.TextField(db_index=True)
    """About whom it is, by its code."""
    owner = models.TextField(db_index=True)
    """Who writes it, by its code."""
    name = models.TextField()
    """Its identifier in the folder."""
    year_name = models.TextField()
    heading = models.TextField()
    duties = models.TextField()
    statement = models.TextField()
    direction = models.TextField()
    phrase = models.TextField()
    counter_answer = models.TextField(default="")
    dissent = models.TextField(default="")
    evidence = models.TextField()
    """The items that it rests on, in words, as JSON."""
    place = models.TextField()
    """The file and line where it stands."""
    number = models.BigIntegerField()
    """Its place among the findings."""
    is_shown = models.BooleanField(default=False)
    """Whether the ICB was shown it for a check of facts."""
    shown_on = models.DateField(null=True)
    digest = models.TextField()
    """Of its words and evidence: by it a check is known to be of an earlier wording."""

    class Meta:
        """An identifier is there once."""

        constraints = (
            models.UniqueConstraint(fields=["assessment", "name"], name="a_finding_is_there_once"),
        )


class YearReply(models.Model):
    """What an ICB says is wrong with a finding, and what came of it."""

    TENANTS = ("finding__organisation", "finding__assessment__organisation")
    KEPT_TO = ("finding__owner", "finding__is_shown")
    AUDITED = True
    RETENTION = "year"

    finding = models.ForeignKey(YearFinding, models.CASCADE, related_name="replies")
    said_on = models.TextField()
    says = models.TextField()
    outcome = models.TextField(default="open")
    reason = models.TextField(default="")
    place = models.TextField(default="")
    """The file and line where it stands; blank while it was said here alone."""
    file_outcome = models.TextField(default="")
    file_reason = models.TextField(default="")
    """What the file said of it when it was last read."""


class YearCheck(models.Model):
    """That the ICB found nothing wrong with a finding."""

    TENANTS = ("finding__organisation", "finding__assessment__organisation")
    KEPT_TO = ("finding__owner", "finding__is_shown")
    AUDITED = True
    RETENTION = "year"

    finding = models.ForeignKey(YearFinding, models.CASCADE, related_name="checks")
    digest = models.TextField()
    """Of the wording that was checked."""
    checked_on = models.DateField()
    checked_as = models.TextField()
    """The role in which somebody checked it."""

    class Meta:
        """A wording is checked once."""

        constraints = (
            models.UniqueConstraint(fields=["finding", "digest"], name="a_wording_checked_once"),
        )


class YearTie(models.Model):
    """That an action answers a finding."""

    TENANTS = ("finding__organisation", "finding__assessment__organisation")
    KEPT_TO = ("finding__owner", "finding__is_shown")
    AUDITED = True
    RETENTION = "year"

    finding = models.ForeignKey(YearFinding, models.CASCADE, related_name="ties")
    action = models.ForeignKey(
        Action, models.DO_NOTHING, db_constraint=False, related_name="finding_ties"
    )

    class Meta:
        """An action answers a finding once."""

        constraints = (models.UniqueConstraint(fields=["finding", "action"], name="answers_once"),)


class YearLetter(models.Model):
    """The letter to an ICB; once it is signed, it is not changed."""

    TENANTS = ("organisation", "assessment__organisation")
    KEPT_TO = ("owner", "is_signed")
    AUDITED = True
    RETENTION = "year"

    letter_id = models.TextField(primary_key=True)
    """Such as ``ZR1-2024-25-ZB1``: whose, of which year, and to whom."""
    assessment = models.ForeignKey(YearAssessment, models.CASCADE, related_name="letters")
    organisation = models.TextField(db_index=True)
    """To whom it is, by its code."""
    owner = models.TextField(db_index=True)
    """Who writes it, by its code."""
    title = models.TextField()
    text = models.TextField()
    faults = models.TextField()
    """What is wrong with it, as JSON; with a fault it is a draft."""
    is_first = models.BooleanField()
    """Whether it was made of the findings, and nobody has written it yet."""
    is_signed = models.BooleanField(default=False)
    signed_on = models.DateField(null=True)
    signed_as = models.TextField(null=True)

    class Meta:
        """One letter to an ICB."""

        constraints = (
            models.UniqueConstraint(fields=["assessment", "organisation"], name="one_letter_each"),
        )


class SharedPractice(models.Model):
    """A practice of a register of practices, for everybody to look up."""

    NO_TENANTS = "a register of practices is shared with everybody who is signed in"
    AUDITED = True
    RETENTION = "year"

    practice_id = models.TextField(primary_key=True)
    """Such as ``ZR1-board-round``: whose register, and its name there."""
    organisation = models.TextField(db_index=True)
    """Whose register it stands in, by its code."""
    name = models.TextField()
    """Its identifier in the register."""
    title = models.TextField()
    what = models.TextField()
    problem = models.TextField(default="")
    aim = models.TextField(default="")
    metrics = models.TextField(default="")
    """Identifiers, with commas between."""
    stage = models.TextField(default="")
    evidence = models.TextField(default="")
    cost = models.TextField(default="")
    contact = models.TextField(default="")
    source = models.TextField(default="")
    place = models.TextField()
    """The file and line where it stands."""

    class Meta:
        """An identifier is there once in a register."""

        constraints = (
            models.UniqueConstraint(fields=["organisation", "name"], name="a_practice_once"),
        )


class SharedAdoption(models.Model):
    """That an organisation has a practice."""

    NO_TENANTS = "who has a practice is said to everybody who is signed in"
    AUDITED = True
    RETENTION = "year"

    practice = models.ForeignKey(SharedPractice, models.CASCADE, related_name="adoptions")
    organisation = models.TextField(db_index=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    stage = models.TextField()
    source = models.TextField(default="")
    place = models.TextField()
