"""What was read from the text of an ask as it came, since the text itself is not kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column more."""

    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.AddField(model_name="ask", name="facets", field=models.TextField(null=True)),
    ]
