"""A version says whether it was passed on, and a signature by whose account it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns; what was there before has their defaults."""

    dependencies = [("together", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="planversion",
            name="is_fixed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="plansignature",
            name="signed_by",
            field=models.TextField(default=""),
        ),
    ]
