"""How large a foreign file may be. Each limit is far beyond any known file of its kind.

A limit that stands in the way of a true file is raised for one run by a variable of the
environment: ``REMIT_LARGEST_FILE=4000000000 remit ingest FILE``. See ``docs/files.md``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from remit.model.errors import FileError


@dataclass(frozen=True, slots=True)
class Limit:
    """A number that a file may not pass; ``variable`` raises it."""

    variable: str
    default: int

    @property
    def now(self) -> int:
        """What holds in this run.

        Raises
        ------
        FileError
            If the variable of the environment is set and is no whole number from 1 up.
        """
        said = os.environ.get(self.variable, "").strip()
        if not said:
            return self.default
        if not (said.isascii() and said.isdigit() and 0 < len(said) < 19 and int(said)):
            raise FileError(
                f"{self.variable} is set to {said[:40]!r}; write a whole number, or unset it"
            )
        return int(said)

    @property
    def remedy(self) -> str:
        """What a user does whose file is larger and right."""
        return f"if the file is right, raise the limit of {self.now:,} with {self.variable}"


FILE_BYTES = Limit("REMIT_LARGEST_FILE", 500_000_000)
"""Bytes of a publication, a mailbox or a calendar, and of what is unpacked from an archive."""

TEXT_BYTES = Limit("REMIT_LARGEST_TEXT", 10_000_000)
"""Bytes of what a user writes: a declaration, a list of weights, changes or metrics."""

LISTED_FILES = Limit("REMIT_MOST_FILES", 10_000)
"""Files that one folder or pattern may stand for."""

WORKBOOK_BYTES = Limit("REMIT_LARGEST_WORKBOOK", 300_000_000)
"""Bytes of the parts of a workbook that are read, unpacked, together."""

CELLS = Limit("REMIT_MOST_CELLS", 8_000_000)
"""Cells of the sheets of a workbook that are read, from A1 to the last that is filled."""

TAGS = Limit("REMIT_MOST_TAGS", 40_000_000)
"""Tags of one part of a workbook: two or four a cell."""

OLD_SECONDS = Limit("REMIT_OLD_WORKBOOK_SECONDS", 60)
"""Seconds for reading one old workbook (.xls)."""

OLD_MEMORY = Limit("REMIT_OLD_WORKBOOK_MEMORY", 2_000_000_000)
"""Bytes of memory of the process that reads it."""

DOCUMENT_BYTES = Limit("REMIT_LARGEST_ATTACHMENT", 20_000_000)
"""Bytes of a file that hangs on a message, where such files are read."""

DOCUMENT_SECONDS = Limit("REMIT_ATTACHMENT_SECONDS", 30)
"""Seconds for reading one PDF or Word file."""

DOCUMENT_MEMORY = Limit("REMIT_ATTACHMENT_MEMORY", 1_000_000_000)
"""Bytes of memory of the process that reads it."""

SHEETS = Limit("REMIT_MOST_SHEETS", 1_000)
"""Sheets of a workbook."""

MEMBERS = Limit("REMIT_MOST_MEMBERS", 10_000)
"""Files in a zip archive."""

LINES = Limit("REMIT_MOST_LINES", 20_000_000)
"""Lines of a CSV file, blank ones too."""

CSV_CELLS = Limit("REMIT_MOST_CSV_CELLS", 25_000_000)
"""Cells of a CSV file: the full extract of waiting times for treatment has some 20 million."""
