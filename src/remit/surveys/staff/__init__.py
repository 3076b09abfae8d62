"""The NHS Staff Survey as a second source: scores of trusts, by ICB and kind, with their bases.

Public names: :func:`staff_survey` reads the year from figures or a store, :func:`staff_groups`
joins its trusts, :func:`write_staff` writes the tables.
"""

from remit.surveys.staff.groups import StaffGroup, staff_groups
from remit.surveys.staff.scores import ENGAGEMENT, StaffScore, StaffSurvey, staff_survey
from remit.surveys.staff.writing import staff_tables, write_staff

__all__ = [
    "ENGAGEMENT",
    "StaffGroup",
    "StaffScore",
    "StaffSurvey",
    "staff_groups",
    "staff_survey",
    "staff_tables",
    "write_staff",
]
