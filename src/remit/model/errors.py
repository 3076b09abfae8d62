"""What can go wrong, each with a message that says where and what to do."""

from __future__ import annotations


class RemitError(Exception):
    """Base of every fault that Remit explains to its user.

    The command line prints the message without a traceback and ends with exit code 2.
    """


class FileError(RemitError):
    """A file that was named cannot be opened or held; the message has its path and the remedy."""


class ExtraMissing(RemitError):
    """A library that the core does not install is not there; the message says how to get it."""


class DeclarationError(RemitError):
    """A declaration file is wrong; the message names file, line, key and the remedy."""


class PublicationError(RemitError):
    """A file is no publication that Remit knows, or is damaged beyond reading."""


class UnknownCode(RemitError):
    """An organisation, metric or framework code that is not on the register."""


class AssessmentError(RemitError):
    """The figures at hand cannot be judged as asked."""


class StoreError(RemitError):
    """The store is locked, missing, or not a Remit store."""


class SeriesError(RemitError):
    """The figures at hand make no series as asked."""


class FetchError(RemitError):
    """A publication cannot be fetched; the message says which page to open instead."""


class AskError(RemitError):
    """A file of asks, a calendar, a mailbox or the register of asks cannot be used as asked."""


class ActivityError(RemitError):
    """Records of activity, or an engine that is to count them, cannot be used as asked."""


class RecordsError(AskError):
    """The file of what people wrote cannot be opened, read or written; nothing was changed."""


class SurveyError(RemitError):
    """An export of a survey or its questionnaire cannot be used as asked."""


class PracticeError(RemitError):
    """Figures, characteristics or a method of peers, or a practice, cannot be used as asked."""


class AnnualError(RemitError):
    """A folder of a year's assessment cannot be used as asked."""
