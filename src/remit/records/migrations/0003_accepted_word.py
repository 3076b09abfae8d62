"""Words that a person has looked at and found to be no names, so that no list has them again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table more."""

    dependencies = [("records", "0002_ask_facets")]

    operations = [
        migrations.CreateModel(
            name="AcceptedWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.TextField(unique=True)),
                ("accepted_at", models.DateTimeField()),
            ],
        ),
    ]
