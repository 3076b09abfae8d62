"""From an export to coded answers: headings, columns that are items, answers as small codes."""

from remit.surveys.reading.answers import SurveyRead, Voices
from remit.surveys.reading.exports import Export, Rejection, read_export
from remit.surveys.reading.reading import read_survey

__all__ = ["Export", "Rejection", "SurveyRead", "Voices", "read_export", "read_survey"]
