"""Files that wait for a scanner, looked through in the background."""

from __future__ import annotations

from remit.web.attached.models import Attachment
from remit.web.attached.scanning import scanner
from remit.web.desk.attachments.keeping import look_through


def look_through_waiting() -> int:
    """Have the files looked through that are not yet; how many.

    Examples
    --------
    >>> look_through_waiting()  # doctest: +SKIP
    0
    """
    if not scanner():
        return 0
    rows = list(Attachment.objects.filter(gone_at=None).exclude(state="clean").order_by("pk"))
    for row in rows:
        look_through(row)
    return len(rows)
