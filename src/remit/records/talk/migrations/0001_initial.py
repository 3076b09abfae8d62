"""Figures as they stood, comments, mentions and actions that hang on figures."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables."""

    initial = True

    dependencies = [
        ("records", "0008_organisations"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField(db_index=True)),
                ("metric", models.TextField()),
                ("metric_name", models.TextField()),
                ("is_counted", models.BooleanField()),
                ("unit", models.TextField()),
                ("period", models.TextField()),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                ("value", models.FloatField(null=True)),
                ("numerator", models.FloatField(null=True)),
                ("denominator", models.FloatField(null=True)),
                ("status", models.TextField()),
                ("rows", models.TextField()),
                ("version", models.TextField()),
                ("known_until", models.DateField()),
                ("digest", models.TextField(db_index=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "metric"], name="figures_spoken_of")
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField(db_index=True)),
                ("text", models.TextField()),
                ("said_at", models.DateTimeField(db_index=True)),
                ("said_by", models.TextField()),
                ("said_for", models.TextField()),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="remarks",
                        to="records.action",
                    ),
                ),
                (
                    "ask",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="remarks",
                        to="records.ask",
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="talk.frozenfigure",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FigureTie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="figure_ties",
                        to="records.action",
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties",
                        to="talk.frozenfigure",
                    ),
                ),
                (
                    "remark",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties",
                        to="talk.remark",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("figure", "action"), name="hangs_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RemarkMention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField()),
                ("role", models.TextField()),
                (
                    "remark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="talk.remark",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("remark", "organisation", "role"), name="a_role_named_once"
                    )
                ],
            },
        ),
    ]
