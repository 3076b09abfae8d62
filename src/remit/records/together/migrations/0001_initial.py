"""Conversations, agreements, capability answers, commitments and plans."""

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
            name="Agreement",
            fields=[
                ("agreement_id", models.TextField(primary_key=True, serialize=False)),
                ("organisation", models.TextField(db_index=True)),
                ("title", models.TextField()),
                ("text", models.TextField()),
                ("agreed_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("commitment_id", models.TextField(primary_key=True, serialize=False)),
                ("organisation", models.TextField(db_index=True)),
                ("strategy", models.TextField()),
                ("aim", models.TextField()),
                ("metric", models.TextField(null=True)),
                ("measure", models.TextField(null=True)),
                ("due_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("conversation_id", models.TextField(primary_key=True, serialize=False)),
                ("organisation", models.TextField(db_index=True)),
                ("title", models.TextField()),
                ("held_on", models.DateField(null=True)),
                ("is_oversight", models.BooleanField(default=True)),
                ("summary", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("plan_id", models.TextField(primary_key=True, serialize=False)),
                ("organisation", models.TextField(db_index=True)),
                ("title", models.TextField()),
                ("period", models.TextField()),
                ("status", models.TextField(default="draft")),
            ],
        ),
        migrations.CreateModel(
            name="AgreementParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField(db_index=True)),
                ("signed_on", models.DateField(null=True)),
                ("signed_as", models.TextField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="together.agreement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CapabilityAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField(db_index=True)),
                ("framework", models.TextField()),
                ("question", models.TextField()),
                ("answer", models.TextField(null=True)),
                ("evidence", models.TextField(null=True)),
                ("answered_on", models.DateField(null=True)),
                ("answered_as", models.TextField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "framework", "question"),
                        name="one_answer_of_a_board",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField(db_index=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="together.commitment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.BigIntegerField()),
                ("title", models.TextField()),
                ("is_tomorrow", models.BooleanField(default=False)),
                ("minutes", models.BigIntegerField(null=True)),
                (
                    "ask",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="agenda",
                        to="records.ask",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="together.conversation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConversationParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField(db_index=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="together.conversation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("in_force_from", models.DateField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="together.plan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField(db_index=True)),
                ("signed_as", models.TextField()),
                ("signed_at", models.DateTimeField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="together.planversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField(db_index=True)),
                ("kind", models.TextField()),
                ("item", models.TextField(null=True)),
                ("text", models.TextField()),
                ("handed_in_at", models.DateTimeField(null=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="views",
                        to="together.planversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CommitmentTie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.TextField()),
                ("target", models.TextField(db_index=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties",
                        to="together.commitment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commitment", "kind", "target"), name="tied_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.TextField(db_index=True)),
                ("part", models.TextField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="together.plan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "part"), name="one_side_for_each_part")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="numbered_versions"),
        ),
        migrations.AddConstraint(
            model_name="plansignature",
            constraint=models.UniqueConstraint(
                fields=("version", "organisation"), name="signed_once"
            ),
        ),
    ]
