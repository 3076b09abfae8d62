"""Whose a record is, by the codes of organisations: a server keeps those of many."""

from typing import Any

from django.db import migrations, models


def _more(model: str, name: str, kind: Any = models.TextField, **how: Any) -> migrations.AddField:
    return migrations.AddField(model_name=model, name=name, field=kind(null=True, **how))


class Migration(migrations.Migration):
    """Eleven columns more, all of which may be blank."""

    dependencies = [("records", "0007_learnt")]

    operations = [
        _more("action", "from_conversation", db_index=True),
        _more("action", "organisation", db_index=True),
        _more("ask", "from_org_code", db_index=True),
        _more("friction", "escalated_on", models.DateField),
        _more("friction", "escalated_to"),
        _more("friction", "organisation", db_index=True),
        _more("frictionbody", "organisation", db_index=True),
        _more("import", "organisation", db_index=True),
        _more("risk", "organisation", db_index=True),
        _more("risk", "score_after", models.BigIntegerField),
        _more("risk", "score_before", models.BigIntegerField),
    ]
