"""An invented year of the NHS Staff Survey for the sample's trusts, laid out as it is published."""

from __future__ import annotations

from pathlib import Path

from remit.catalogue import load_publications
from remit.sample.declared_files import files_of

STAFF_SURVEY = "staff-survey"


def write_staff_survey(folder: Path) -> Path:
    """Write the workbook into a folder, which is made if need be, and return its path.

    One trust's scores are not shown, one is missing, one rests on few responses; an ICB's own
    staff and a provider of another kind answered too.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_staff_survey(Path(folder)).name
    'sample-staff-survey.xlsx'
    """
    folder.mkdir(parents=True, exist_ok=True)
    (publication,) = [one for one in load_publications() if one.id == STAFF_SURVEY]
    (path,) = files_of(folder, publication)
    return path
