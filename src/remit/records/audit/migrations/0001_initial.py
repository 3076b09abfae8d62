"""The chain with its beginning, the values beside it, holds; and the triggers that keep them."""

from typing import Any

from django.db import migrations, models

from remit.records.audit.chain import BEGINNING
from remit.records.audit.guard import door
from remit.records.audit.triggers import lay


def _begin(apps: Any, editor: Any) -> None:
    using = editor.connection.alias
    with door(using):
        apps.get_model("audit", "AuditHead").objects.using(using).create(number=0, hash=BEGINNING)


class Migration(migrations.Migration):
    """All tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("hash", models.TextField()),
                ("wipe_due", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="AuditParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry", models.BigIntegerField(db_index=True)),
                ("organisation", models.TextField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField(db_index=True)),
                ("kind", models.TextField(null=True)),
                ("target", models.TextField(null=True)),
                ("why", models.TextField()),
                ("from_on", models.DateField()),
                ("lifted_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
                ("who", models.TextField(db_index=True)),
                ("acting_for", models.TextField(db_index=True)),
                ("what", models.TextField()),
                ("kind", models.TextField()),
                ("target", models.TextField()),
                ("parent", models.TextField(null=True)),
                ("fields", models.TextField()),
                ("digests", models.TextField()),
                ("hash_before", models.TextField(unique=True)),
                ("hash", models.TextField(unique=True)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "target"], name="audit_of_a_record")],
            },
        ),
        migrations.CreateModel(
            name="AuditErasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry", models.BigIntegerField()),
                ("field", models.TextField()),
                ("erased_by", models.BigIntegerField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "field"), name="erased_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry", models.BigIntegerField()),
                ("field", models.TextField()),
                ("salt", models.TextField()),
                ("old", models.TextField(null=True)),
                ("new", models.TextField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "field"), name="one_value")
                ],
            },
        ),
        migrations.RunPython(_begin, migrations.RunPython.noop),
        migrations.RunPython(lay, migrations.RunPython.noop),
    ]
