"""The discharge ready date and GP appointments, in the columns that public readers list."""

from __future__ import annotations

from pathlib import Path

import remit

READY = """\
Date,Data Source,Data Type,Upper Tier Local Authority Code,Upper Tier Local Authority,\
Region (of Provider),ICB (of Provider),Code,Organisation Name,Measure,Value
Apr-24,SUS & HODF,National,[z],[z],[z],[z],ENGLAND,ENGLAND,\
Number of patients discharged in total,320
Apr-24,SUS & HODF,National,[z],[z],[z],[z],ENGLAND,ENGLAND,\
% of providers submitting acceptable data,0.88
Apr-24,SUS & HODF,ICB,[z],[z],NORTHFOLD,[z],ZB1,LARKSHIRE,\
Number of patients discharged in total,200
Apr-24,SUS & HODF,ICB,[z],[z],NORTHFOLD,[z],ZB1,LARKSHIRE,\
"Number of patients discharged where, between the Discharge Ready Date and \
Discharge Date, there is No delay",150
Apr-24,SUS & HODF,ICB,[z],[z],NORTHFOLD,[z],ZB1,LARKSHIRE,Total bed days lost due to delayed \
discharge,[x]
Apr-24,SUS & HODF,UTLA Aggregate,E06000001,X,[z],[z],[z],[z],Number of patients discharged in \
total,120
"""

APPOINTMENTS = """\
SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_ONS_CODE,SUB_ICB_LOCATION_NAME,ICB_ONS_CODE,\
REGION_ONS_CODE,Appointment_Date,APPT_STATUS,HCP_TYPE,APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,\
COUNT_OF_APPOINTMENTS
ZS1,E0,S,ZB1,E1,01APR2024,Attended,GP,Face-to-Face,1 Day,20
ZS1,E0,S,ZB1,E1,30APR2024,Attended,GP,Face-to-Face,1 Day,30
ZS2,E0,S,ZB1,E1,01APR2024,DNA,Unknown,Telephone,Same Day,5
ZS3,E0,S,ZB2,E1,01APR2024,Attended,GP,Telephone,Same Day,7
"""


def test_of_the_discharge_ready_date_counts_are_kept_and_shares_are_not(tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    path.write_text(READY, encoding="utf-8")
    figures = remit.read(path)
    found = figures.observations.select("org_code", "metric_id", "period_label", "value", "status")
    assert sorted(found.rows()) == [
        ("ENG", "discharge-ready.discharges", "Apr 2024", 320.0, "reported"),
        ("ZB1", "discharge-ready.bed-days-lost", "Apr 2024", None, "not_submitted"),
        ("ZB1", "discharge-ready.discharges", "Apr 2024", 200.0, "reported"),
        ("ZB1", "discharge-ready.discharges-without-delay", "Apr 2024", 150.0, "reported"),
    ]


def test_appointments_of_days_and_places_are_those_of_the_icb_and_month(tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    path.write_text(APPOINTMENTS, encoding="utf-8")
    figures = remit.read(path)
    (source,) = figures.sources.values()
    assert (source.rows_read, source.rows_accepted) == (4, 4)
    found = figures.observations.select("org_code", "metric_id", "period_label", "value")
    assert found.rows() == [
        ("ZB1", "gp-appointments.all", "Apr 2024", 55.0),
        ("ZB2", "gp-appointments.all", "Apr 2024", 7.0),
    ]
