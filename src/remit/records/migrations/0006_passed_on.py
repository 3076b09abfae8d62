"""Who passed an ask on, and the words of a day due that nobody could read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns more."""

    dependencies = [("records", "0005_answered")]

    operations = [
        migrations.AddField(
            model_name="ask", name="passed_on_by", field=models.TextField(null=True)
        ),
        migrations.AddField(model_name="ask", name="due_said", field=models.TextField(null=True)),
    ]
