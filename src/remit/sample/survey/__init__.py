"""What invented leaders of the sample's trusts say in two years of an oversight survey."""

from remit.sample.survey.people import ASKED, CODES, QUESTIONNAIRE, WAVES, write_people

__all__ = ["ASKED", "CODES", "QUESTIONNAIRE", "WAVES", "write_people"]
