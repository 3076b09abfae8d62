"""Files that hang on records."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    initial = True

    dependencies = [
        ("records", "0008_organisations"),
        ("together", "0002_plan_course"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("kind", models.CharField(max_length=10)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("place", models.CharField(max_length=64, unique=True)),
                ("state", models.CharField(max_length=10)),
                ("scan_said", models.TextField(blank=True, default="")),
                ("put_at", models.DateTimeField()),
                ("put_by", models.TextField()),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "action",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hanging_files",
                        to="records.action",
                    ),
                ),
                (
                    "ask",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hanging_files",
                        to="records.ask",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hanging_files",
                        to="together.conversation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("action", None), ("ask", None), ("conversation__isnull", False)
                            ),
                            models.Q(
                                ("action__isnull", False), ("ask", None), ("conversation", None)
                            ),
                            models.Q(
                                ("action", None), ("ask__isnull", False), ("conversation", None)
                            ),
                            _connector="OR",
                        ),
                        name="hangs_on_one_record",
                    )
                ],
            },
        ),
    ]
