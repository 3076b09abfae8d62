"""Assessments of a year with all that hangs on them, and practices that are shared."""

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
            name="SharedPractice",
            fields=[
                ("practice_id", models.TextField(primary_key=True, serialize=False)),
                ("organisation", models.TextField(db_index=True)),
                ("name", models.TextField()),
                ("title", models.TextField()),
                ("what", models.TextField()),
                ("problem", models.TextField(default="")),
                ("aim", models.TextField(default="")),
                ("metrics", models.TextField(default="")),
                ("stage", models.TextField(default="")),
                ("evidence", models.TextField(default="")),
                ("cost", models.TextField(default="")),
                ("contact", models.TextField(default="")),
                ("source", models.TextField(default="")),
                ("place", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "name"), name="a_practice_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedAdoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField(db_index=True)),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("stage", models.TextField()),
                ("source", models.TextField(default="")),
                ("place", models.TextField()),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adoptions",
                        to="year.sharedpractice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="YearAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField(db_index=True)),
                ("year", models.TextField()),
                ("year_name", models.TextField()),
                ("is_fictional", models.BooleanField(default=False)),
                ("mark", models.TextField()),
                ("brought_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "year"), name="one_assessment_a_year"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="YearFinding",
            fields=[
                ("finding_id", models.TextField(primary_key=True, serialize=False)),
                ("organisation", models.TextField(db_index=True)),
                ("owner", models.TextField(db_index=True)),
                ("name", models.TextField()),
                ("year_name", models.TextField()),
                ("heading", models.TextField()),
                ("duties", models.TextField()),
                ("statement", models.TextField()),
                ("direction", models.TextField()),
                ("phrase", models.TextField()),
                ("counter_answer", models.TextField(default="")),
                ("dissent", models.TextField(default="")),
                ("evidence", models.TextField()),
                ("place", models.TextField()),
                ("number", models.BigIntegerField()),
                ("is_shown", models.BooleanField(default=False)),
                ("shown_on", models.DateField(null=True)),
                ("digest", models.TextField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="year.yearassessment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="YearCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.TextField()),
                ("checked_on", models.DateField()),
                ("checked_as", models.TextField()),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="year.yearfinding",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="YearLetter",
            fields=[
                ("letter_id", models.TextField(primary_key=True, serialize=False)),
                ("organisation", models.TextField(db_index=True)),
                ("owner", models.TextField(db_index=True)),
                ("title", models.TextField()),
                ("text", models.TextField()),
                ("faults", models.TextField()),
                ("is_first", models.BooleanField()),
                ("is_signed", models.BooleanField(default=False)),
                ("signed_on", models.DateField(null=True)),
                ("signed_as", models.TextField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="year.yearassessment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="YearReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("said_on", models.TextField()),
                ("says", models.TextField()),
                ("outcome", models.TextField(default="open")),
                ("reason", models.TextField(default="")),
                ("place", models.TextField(default="")),
                ("file_outcome", models.TextField(default="")),
                ("file_reason", models.TextField(default="")),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="year.yearfinding",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="YearState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.TextField()),
                ("digests", models.TextField()),
                ("is_open", models.BooleanField(default=False)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="states",
                        to="year.yearassessment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="YearTie",
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
                        related_name="finding_ties",
                        to="records.action",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties",
                        to="year.yearfinding",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="YearFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.TextField()),
                ("content", models.TextField()),
                ("is_text", models.BooleanField()),
                ("digest", models.TextField()),
                ("is_open", models.BooleanField(default=False)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="year.yearassessment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "path"), name="a_path_is_there_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="yearfinding",
            constraint=models.UniqueConstraint(
                fields=("assessment", "name"), name="a_finding_is_there_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="yearcheck",
            constraint=models.UniqueConstraint(
                fields=("finding", "digest"), name="a_wording_checked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="yearletter",
            constraint=models.UniqueConstraint(
                fields=("assessment", "organisation"), name="one_letter_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="yeartie",
            constraint=models.UniqueConstraint(fields=("finding", "action"), name="answers_once"),
        ),
    ]
