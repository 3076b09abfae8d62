"""The columns of activity records and of the populations beside them: a contract of names."""

from __future__ import annotations

from typing import Final

RECORD_COLUMNS: Final = {
    "patient": "integer or text",
    "date": "date",
    "provider": "text",
    "commissioner": "text",
    "cluster": "text",
    "setting": "text",
    "service": "text",
    "pod": "text",
    "quantity": "integer",
    "bed_days": "integer",
    "cost_pence": "integer",
    "age_band": "text",
    "deprivation_fifth": "integer",
    "need_thousandths": "integer",
}
"""Column → kind, of a table with one row for each activity. Money is held in integer pence."""

POPULATION_COLUMNS: Final = {
    "commissioner": "text",
    "quarter": "text",
    "age_band": "text",
    "deprivation_fifth": "integer",
    "people": "integer",
    "need_thousandths": "integer",
}
"""Column → kind, of the people beside the records; ``need_thousandths`` is a mean per head."""

SETTINGS: Final = ("hospital", "community", "primary", "mental_health")
"""Where an activity took place."""

DIED_ON: Final = "died_on"
"""An optional column of records: the day on which the patient died."""
