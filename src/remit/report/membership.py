"""What a report says of the organisation that it is on, and of its members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from remit.register import Register
from remit.register.closing import absence
from remit.report.view import ReportSection
from remit.words.sentences import listed


def membership_notes(
    register: Register, sections: Sequence[ReportSection], end: date
) -> Iterator[str]:
    """When the organisation began, and which members have no figure at all.

    Parameters
    ----------
    register
        Who exists.
    sections
        The organisation and its members, those without a line too.
    end
        The last day of the report's period.

    Examples
    --------
    ``tuple(membership_notes(register, sections, date(2026, 3, 31)))``
    """
    own = register.get(sections[0].body.code)
    if end < own.opened:
        yield f"{absence(register, own, end)} The figures before are of what belongs to it now."
    silent = [section.body.title for section in sections[1:] if not section.lines]
    if silent:
        yield f"No figure of any metric of this report is held for {listed(silent)}."
