"""What people write: Django's models and migrations over a SQLite file.

:func:`open_records` opens a file of records and gives :class:`RecordsFile`, whose tables are
Django's. Django is loaded when the first file is opened, and by nothing else.
"""

from remit.records.adding import plain
from remit.records.faults import NoRecords
from remit.records.file import RecordsFile, now
from remit.records.opening import open_records

__all__ = ["NoRecords", "RecordsFile", "now", "open_records", "plain"]
