"""Figures as they stood, comments on them and on records, roles they are for, and actions.

As in :mod:`remit.records.models`, each model declares its organisations and whether it is audited.
"""

from __future__ import annotations

from django.db import models

from remit.records.models import Action, Ask


class FrozenFigure(models.Model):
    """A published figure of an organisation as it stood when somebody spoke of it."""

    TENANTS = ("organisation",)
    """The figure is public; that it was spoken of is not."""
    AUDITED = True
    RETENTION = "meeting"

    organisation = models.TextField(db_index=True)
    metric = models.TextField()
    metric_name = models.TextField()
    is_counted = models.BooleanField()
    """Made from counts, as the figures of a report are; else as a publication prints it."""
    unit = models.TextField()
    period = models.TextField()
    """Its label, such as ``Mar 2026``."""
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    status = models.TextField()
    rows = models.TextField()
    """The published figures behind it as JSON: file, its digest, line, column, measure, value."""
    version = models.TextField()
    """The version that was published here then."""
    known_until = models.DateField()
    """The last day on which a file had become known to that version."""
    digest = models.TextField(db_index=True)
    """By which the same figure from the same rows is known, whatever version has it."""

    class Meta:
        """Figures of an organisation are asked for by the metric."""

        indexes = (models.Index(fields=["organisation", "metric"], name="figures_spoken_of"),)


class Remark(models.Model):
    """A comment on a figure, an ask or an action; it is not changed once it was said."""

    TENANTS = ("organisation",)
    AUDITED = True
    RETENTION = "meeting"

    organisation = models.TextField(db_index=True)
    """Of which it speaks: whoever may see its records sees the comment."""
    figure = models.ForeignKey(FrozenFigure, models.CASCADE, null=True, related_name="remarks")
    ask = models.ForeignKey(
        Ask, models.DO_NOTHING, db_constraint=False, null=True, related_name="remarks"
    )
    action = models.ForeignKey(
        Action, models.DO_NOTHING, db_constraint=False, null=True, related_name="remarks"
    )
    text = models.TextField()
    said_at = models.DateTimeField(db_index=True)
    said_by = models.TextField()
    """The account, as the audit names it."""
    said_for = models.TextField()
    """The organisation for which it was said."""


class RemarkMention(models.Model):
    """A role at an organisation for whose holders a comment is."""

    TENANTS = ("remark__organisation",)
    AUDITED = True
    RETENTION = "meeting"

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="mentions")
    organisation = models.TextField()
    role = models.TextField()

    class Meta:
        """A role is named once."""

        constraints = (
            models.UniqueConstraint(
                fields=["remark", "organisation", "role"], name="a_role_named_once"
            ),
        )


class FigureTie(models.Model):
    """That an action hangs on a figure, and on what was said of it."""

    TENANTS = ("figure__organisation",)
    AUDITED = True
    RETENTION = "action"

    figure = models.ForeignKey(FrozenFigure, models.CASCADE, related_name="ties")
    remark = models.ForeignKey(Remark, models.CASCADE, null=True, related_name="ties")
    action = models.ForeignKey(
        Action, models.DO_NOTHING, db_constraint=False, related_name="figure_ties"
    )

    class Meta:
        """An action hangs on a figure once."""

        constraints = (models.UniqueConstraint(fields=["figure", "action"], name="hangs_once"),)
