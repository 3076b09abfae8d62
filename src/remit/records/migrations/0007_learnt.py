"""What is learnt from decisions: spoken names, and from what likelihood on a match counts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables more."""

    dependencies = [("records", "0006_passed_on")]

    operations = [
        migrations.CreateModel(
            name="LearntName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(db_index=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="records.decision",
                    ),
                ),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="records.ask",
                    ),
                ),
                ("entry", models.TextField()),
                ("words", models.TextField(db_index=True)),
                ("state", models.TextField(default="proposed")),
                ("settled_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LearntThreshold",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.TextField(unique=True)),
                ("value", models.FloatField()),
                ("shipped", models.FloatField()),
                ("decisions", models.BigIntegerField()),
                ("before", models.FloatField()),
                ("after", models.FloatField()),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("fitted_on", models.DateField()),
            ],
        ),
    ]
