"""When a message came: by its date, else by who delivered it, else by its mailbox."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from remit.asks.intake.mail_files import Mail
from remit.model.period import london_day

_ASCTIME = re.compile(
    r"\b([A-Z][a-z]{2})\s+(\d{1,2})\s+(\d{2}:\d{2}(?::\d{2})?)\s+(?:[A-Z]{3,4}\s+)?(\d{4})"
    r"(?:\s+([+-]\d{4}))?"
)
NO_DAY = "no date of receipt was found; received_on left blank"


def moment_of(message: Mail) -> tuple[datetime | None, str]:
    """When a message was sent, or else received; and what to say of where that stands.

    Parameters
    ----------
    message
        The message, with the line before it in its mailbox.
    """
    if sent := _parsed(message.header("Date")):
        return sent, ""
    # The topmost line was written last, by the server that the message came to.
    if received := _parsed(message.header("Received").rpartition(";")[2]):
        return received, "its date is missing; received_on is that of its delivery"
    if delivered := _of_envelope(message.envelope):
        return delivered, "its date is missing; received_on is that of its mailbox"
    return None, NO_DAY


def day_of(moment: datetime | None) -> date | None:
    """The day in London; None where no moment is known.

    >>> day_of(datetime(2025, 6, 2, 23, 30, tzinfo=UTC))
    datetime.date(2025, 6, 3)
    """
    return None if moment is None else london_day(moment)


def _parsed(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        # A day beyond the calendar of zones cannot be put into London's.
        london_day(found)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _of_envelope(line: str) -> datetime | None:
    found = _ASCTIME.search(line)
    if found is None:
        return None
    month, day, time, year, zone = found.groups()
    return _parsed(f"{day} {month} {year} {time} {zone or '+0000'}")
