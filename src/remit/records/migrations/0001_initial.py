"""Asks and what hangs on them, as registers of earlier Remits held them."""

from typing import Any

from django.db import migrations, models


def _number() -> tuple[str, Any]:
    return "id", models.BigAutoField("ID", auto_created=True, primary_key=True, serialize=False)


def _columns(kind: Any, *names: str, **how: Any) -> list[tuple[str, Any]]:
    return [(name, kind(**how)) for name in names]


def _refers(
    name: str, to: str, as_its: str, on_delete: Any = models.CASCADE, **how: Any
) -> tuple[str, Any]:
    return name, models.ForeignKey(f"records.{to}", on_delete, related_name=as_its, **how)


def _ask_named(as_its: str, **how: Any) -> tuple[str, Any]:
    """An ask may be taken out while it is still named."""
    return _refers("ask", "ask", as_its, models.DO_NOTHING, db_constraint=False, **how)


class Migration(migrations.Migration):
    """All tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Register",
            fields=[
                _number(),
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
                *_columns(models.BigIntegerField, "rows_read", "accepted", "repeated"),
                *_columns(models.BigIntegerField, "rejected", "meetings"),
                ("imported_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Rejection",
            fields=[
                _number(),
                ("file", models.TextField()),
                ("line", models.BigIntegerField(null=True)),
                *_columns(models.TextField, "column", "value", null=True),
                ("reason", models.TextField()),
                _refers("brought_by", "import", "rejections"),
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
                *_columns(models.DateField, "received_on", "due_on", null=True),
                *_columns(models.TextField, "from_body", "from_team", null=True),
                ("to_org_code", models.TextField(db_index=True, null=True)),
                *_columns(models.TextField, "to_org_name", "channel", "title", "text", null=True),
                *_columns(models.DateField, "period_from", "period_to", null=True),
                ("frequency", models.TextField(null=True)),
                ("hours_estimate", models.FloatField(null=True)),
                ("source", models.TextField(null=True)),
                ("source_row", models.BigIntegerField(null=True)),
                _refers("brought_by", "import", "asks", null=True),
                ("key", models.TextField(unique=True)),
                ("thread", models.TextField(null=True)),
                ("follow_up", models.BooleanField(default=False)),
                *_columns(models.BigIntegerField, "attachments", "removed", default=0),
                ("original", models.TextField(null=True)),
                ("status", models.TextField(default="open")),
                ("closed_on", models.DateField(null=True)),
                ("answer", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                _number(),
                ("field", models.TextField()),
                *_columns(models.TextField, "before", "after", null=True),
                ("changed_at", models.DateTimeField()),
                _refers("ask", "ask", "changes"),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                _number(),
                ("key", models.TextField(db_index=True)),
                ("to_org_code", models.TextField()),
                ("day", models.DateField()),
                *_columns(models.TextField, "starts_at", "series"),
                ("body", models.TextField(null=True)),
                ("is_oversight", models.BooleanField()),
                ("minutes", models.FloatField()),
                *_columns(models.BigIntegerField, "attendees", "own_attendees", "minutes_today"),
                *_columns(models.BigIntegerField, "minutes_tomorrow"),
                *_columns(models.TextField, "title", "why", null=True),
                _refers("brought_by", "import", "kept_meetings"),
                _refers("replaced_by", "import", "replaced_meetings", models.SET_NULL, null=True),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                *_columns(models.TextField, "kind", "relation"),
                ("decided_by", models.TextField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("note", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DecisionAsk",
            fields=[
                _number(),
                ("place", models.BigIntegerField()),
                _ask_named("decisions"),
                _refers("decision", "decision", "named"),
            ],
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("action_id", models.TextField(primary_key=True, serialize=False)),
                ("conversation", models.TextField(null=True)),
                ("held_on", models.DateField(null=True)),
                *_columns(models.TextField, "what", "owner"),
                *_columns(models.DateField, "due_on", "done_on", null=True),
                _ask_named("actions", null=True),
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
                _number(),
                ("place", models.BigIntegerField()),
                ("body", models.TextField()),
                _refers("friction", "friction", "bodies"),
            ],
        ),
        migrations.CreateModel(
            name="FrictionAsk",
            fields=[
                _number(),
                ("place", models.BigIntegerField()),
                _ask_named("frictions"),
                _refers("friction", "friction", "named"),
            ],
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                ("risk_id", models.TextField(primary_key=True, serialize=False)),
                *_columns(models.TextField, "title", "what", "holder"),
                ("raised_on", models.DateField()),
                *_columns(models.DateField, "review_on", "closed_on", null=True),
            ],
        ),
        migrations.CreateModel(
            name="RiskShare",
            fields=[
                _number(),
                ("place", models.BigIntegerField()),
                *_columns(models.TextField, "organisation", "share"),
                ("percent", models.FloatField(null=True)),
                ("mitigation", models.TextField()),
                _refers("risk", "risk", "shares"),
            ],
        ),
    ]
