"""That somebody decided which publication answers an ask, and whether whole or in part."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns more."""

    dependencies = [("records", "0004_stamps")]

    operations = [
        migrations.AddField(
            model_name="decision", name="publication", field=models.TextField(null=True)
        ),
        migrations.AddField(
            model_name="decision", name="coverage", field=models.TextField(null=True)
        ),
    ]
