"""By which a register and the log beside it are known to belong together."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns more."""

    dependencies = [("records", "0003_accepted_word")]

    operations = [
        # Without a default: a second process that adds them at the same moment fails, as it should,
        # where Django would make the table anew and count the migration twice.
        migrations.AddField(model_name="register", name="stamp", field=models.TextField(null=True)),
        migrations.AddField(model_name="register", name="log", field=models.TextField(null=True)),
    ]
