"""Equal input gives equal bytes: what tells only when an office file was made is taken out."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from remit.exports.workbook import MADE


def without_dates(path: Path) -> None:
    """Pack an office file anew, each part with the same date; its parts stay as they are.

    Examples
    --------
    ``without_dates(Path("survey.docx"))``
    """
    packed = BytesIO()
    with (
        zipfile.ZipFile(path) as made,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as same,
    ):
        for name in made.namelist():
            part = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            same.writestr(part, made.read(name))
    path.write_bytes(packed.getvalue())
