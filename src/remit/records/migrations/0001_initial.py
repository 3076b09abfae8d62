"""Asks and what hangs on them, as registers of earlier Remits held them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Register",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("secret", models.TextField()),
                ("wipe_due", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Numbering",
            fields=[
                ("prefix", models.TextField(primary_key=True, serialize=False)),
                ("last", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("file_name", models.TextField()),
                ("sha256", models.TextField(db_index=True)),
                ("kind", models.TextField()),
                ("rows_read", models.BigIntegerField()),
                ("accepted", models.BigIntegerField()),
                ("repeated", models.BigIntegerField()),
                ("rejected", models.BigIntegerField()),
                ("meetings", models.BigIntegerField()),
                ("imported_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Rejection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.TextField()),
                ("line", models.BigIntegerField(null=True)),
                ("column", models.TextField(null=True)),
                ("value", models.TextField(null=True)),
                ("reason", models.TextField()),
                (
                    "brought_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rejections",
                        to="records.import",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mapping",
            fields=[
                ("fingerprint", models.TextField(primary_key=True, serialize=False)),
                ("columns", models.TextField()),
                ("kept_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Ask",
            fields=[
                ("ask_id", models.TextField(primary_key=True, serialize=False)),
                ("received_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("from_body", models.TextField(null=True)),
                ("from_team", models.TextField(null=True)),
                ("to_org_code", models.TextField(db_index=True, null=True)),
                ("to_org_name", models.TextField(null=True)),
                ("channel", models.TextField(null=True)),
                ("title", models.TextField(null=True)),
                ("text", models.TextField(null=True)),
                ("period_from", models.DateField(null=True)),
                ("period_to", models.DateField(null=True)),
                ("frequency", models.TextField(null=True)),
                ("hours_estimate", models.FloatField(null=True)),
                ("source", models.TextField(null=True)),
                ("source_row", models.BigIntegerField(null=True)),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asks",
                        to="records.import",
                    ),
                ),
                ("key", models.TextField(unique=True)),
                ("thread", models.TextField(null=True)),
                ("follow_up", models.BooleanField(default=False)),
                ("attachments", models.BigIntegerField(default=0)),
                ("removed", models.BigIntegerField(default=0)),
                ("original", models.TextField(null=True)),
                ("status", models.TextField(default="open")),
                ("closed_on", models.DateField(null=True)),
                ("answer", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.TextField()),
                ("before", models.TextField(null=True)),
                ("after", models.TextField(null=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="records.ask",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.TextField(db_index=True)),
                ("to_org_code", models.TextField()),
                ("day", models.DateField()),
                ("starts_at", models.TextField()),
                ("series", models.TextField()),
                ("body", models.TextField(null=True)),
                ("is_oversight", models.BooleanField()),
                ("minutes", models.FloatField()),
                ("attendees", models.BigIntegerField()),
                ("own_attendees", models.BigIntegerField()),
                ("minutes_today", models.BigIntegerField()),
                ("minutes_tomorrow", models.BigIntegerField()),
                ("title", models.TextField(null=True)),
                ("why", models.TextField(null=True)),
                (
                    "brought_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_meetings",
                        to="records.import",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_meetings",
                        to="records.import",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("relation", models.TextField()),
                ("decided_by", models.TextField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("note", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DecisionAsk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.BigIntegerField()),
                (
                    "ask",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="decisions",
                        to="records.ask",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="named",
                        to="records.decision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("action_id", models.TextField(primary_key=True, serialize=False)),
                ("conversation", models.TextField(null=True)),
                ("held_on", models.DateField(null=True)),
                ("what", models.TextField()),
                ("owner", models.TextField()),
                ("due_on", models.DateField(null=True)),
                ("done_on", models.DateField(null=True)),
                (
                    "ask",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="actions",
                        to="records.ask",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Friction",
            fields=[
                ("friction_id", models.TextField(primary_key=True, serialize=False)),
                ("what", models.TextField()),
                ("raised_on", models.DateField()),
                ("settled_on", models.DateField(null=True)),
                ("settled_how", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FrictionBody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.BigIntegerField()),
                ("body", models.TextField()),
                (
                    "friction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bodies",
                        to="records.friction",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FrictionAsk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.BigIntegerField()),
                (
                    "ask",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="frictions",
                        to="records.ask",
                    ),
                ),
                (
                    "friction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="named",
                        to="records.friction",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                ("risk_id", models.TextField(primary_key=True, serialize=False)),
                ("title", models.TextField()),
                ("what", models.TextField()),
                ("holder", models.TextField()),
                ("raised_on", models.DateField()),
                ("review_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RiskShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.BigIntegerField()),
                ("organisation", models.TextField()),
                ("share", models.TextField()),
                ("percent", models.FloatField(null=True)),
                ("mitigation", models.TextField()),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="records.risk",
                    ),
                ),
            ],
        ),
    ]
