"""What people say: a survey's export becomes tables with bases, intervals and safe quotes."""

from remit.surveys.changes import changes
from remit.surveys.drafting import draft_questionnaire
from remit.surveys.loading import load_questionnaire, load_scales
from remit.surveys.reading import read_export, read_survey
from remit.surveys.tables import SurveyTables, tabulate

__all__ = [
    "SurveyTables",
    "changes",
    "draft_questionnaire",
    "load_questionnaire",
    "load_scales",
    "read_export",
    "read_survey",
    "tabulate",
]
