"""Every heading of the year and every duty of the law has a finding, for every ICB."""

from __future__ import annotations

from collections.abc import Iterator

from remit.annual.bank import Bank
from remit.annual.checks.faults import AnnualFault

_WHERE = "findings"


def uncovered(bank: Bank) -> Iterator[AnnualFault]:
    """Headings and duties without a finding."""
    folder = bank.folder
    for code, icb in folder.icbs.items():
        mine = [one.record for one in folder.of_icb(code)]
        for heading in folder.year.headings:
            if not any(one.heading == heading.id for one in mine):
                yield AnnualFault(
                    "heading_uncovered", code, "", _WHERE,
                    f"{icb.name} has no finding under “{heading.name}” ({heading.id}). Write one.",
                    heading.name,
                )  # fmt: skip
        for duty in folder.year.duties:
            if not any(duty.id in one.duties for one in mine):
                yield AnnualFault(
                    "duty_uncovered", code, "", _WHERE,
                    f"{icb.name} has no finding that covers the duty “{duty.name}” ({duty.id}; "
                    f"{duty.section}). Name it in the `duties` of a finding, or write one.",
                )  # fmt: skip
