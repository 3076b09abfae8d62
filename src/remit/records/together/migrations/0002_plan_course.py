"""Who writes a plan, what was passed on and shown, since when, and whose account signed it."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from remit.records.audit.guard import door

_DRAFTS = {"draft", "settle"}
"""Where the newest version may be one that was not passed on yet."""
_HIDES = {"draft", "comment", "check"}
"""Where a side does not see yet what another said."""


def say_what_was_passed_on(apps: Any, editor: Any) -> None:
    """Say of plans that stand what follows from them: nothing that was signed is opened again.

    No entry tells of it, since nothing is done here that the records did not say before.
    """
    using = editor.connection.alias
    with door(using):
        for plan in apps.get_model("together", "Plan").objects.using(using).all():
            _of_plan(plan, using)


def _of_plan(plan: Any, using: str) -> None:
    region = plan.parties.filter(part="region").first()
    plan.begun_by = region.organisation if region else plan.organisation
    versions = list(plan.versions.order_by("number"))
    for version in versions:
        is_done = version.signatures.exists() or version.in_force_from is not None
        is_open = version is versions[-1] and plan.status in _DRAFTS and not is_done
        version.is_fixed, version.organisation = not is_open, plan.begun_by
        version.save(using=using)
        is_shown = plan.status not in _HIDES or is_done or version is not versions[-1]
        version.views.update(is_shared=is_shown)
    plan.is_shared = plan.status != "draft" or any(one.is_fixed for one in versions)
    plan.save(using=using)


def _text(**more: Any) -> Any:
    return models.TextField(default="", **more)


class Migration(migrations.Migration):
    """Columns, and in them what the plans that stand say already."""

    dependencies = [("together", "0001_initial")]

    operations = [
        migrations.AddField("plan", "begun_by", _text(db_index=True)),
        migrations.AddField("plan", "is_shared", models.BooleanField(default=False)),
        migrations.AddField("plan", "moved_at", models.DateTimeField(null=True)),
        migrations.AddField("planversion", "organisation", _text(db_index=True)),
        migrations.AddField("planversion", "is_fixed", models.BooleanField(default=False)),
        migrations.AddField("planview", "is_shared", models.BooleanField(default=False)),
        migrations.AddField("plansignature", "signed_by", _text()),
        migrations.AddConstraint(
            "plansignature",
            models.UniqueConstraint(
                fields=["version", "signed_by"],
                condition=~models.Q(signed_by=""),
                name="a_person_signs_once",
            ),
        ),
        migrations.RunPython(say_what_was_passed_on, migrations.RunPython.noop),
    ]
