"""Each open concern of last year is closed, continued or dropped with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from remit.annual.bank import Bank
from remit.annual.carrying import not_listed
from remit.annual.checks.faults import AnnualFault
from remit.annual.rows import PlacedRecord
from remit.annual.succession import heirs
from remit.model.annual_records import Concern


def dropped(bank: Bank) -> Iterator[AnnualFault]:
    """Concerns that nobody answers, also those that a merger brought; the heading is no matter."""
    for placed in bank.folder.concerns:
        for code in heirs(bank.folder, placed.record.icb):
            if told := _told(bank, placed, code):
                yield AnnualFault(
                    "concern_dropped", code, placed.record.finding, placed.where,
                    f"{placed.record.id}, “{placed.record.statement.rstrip('.')}”: {told}",
                )  # fmt: skip
    yield from _not_listed(bank)


def _not_listed(bank: Bank) -> Iterator[AnnualFault]:
    for one in not_listed(bank.folder):
        whose = f", of {one.from_icb}" if one.from_icb else ""
        yield AnnualFault(
            "concern_dropped", one.icb, "", "concerns",
            f"{one.id}{whose}, “{one.statement.rstrip('.')}”: last year's assessment left it open, "
            "and it is not among the concerns. List it and say what became of it.",
        )  # fmt: skip


def _told(bank: Bank, placed: PlacedRecord[Concern], code: str) -> str:
    """What is wrong with the answer to a concern; empty where nothing is."""
    one = placed.record
    found = bank.folder.findings.get(one.finding)
    if one.became is None:
        return (
            "it is neither closed, continued nor dropped. Say so in `became`, and in `finding` "
            "where this year's letter speaks of it."
        )
    if one.became == "dropped":
        return "" if one.reason.strip() else "it is dropped without a reason. Give the `reason`."
    if found is None:
        return _unsaid(one)
    if found.record.icb != code:
        whose = found.record.icb
        return f"it is {one.became} in {one.finding}, which is about {whose}, not {code}."
    return ""


def _unsaid(one: Concern) -> str:
    if one.finding:
        return f"it is {one.became} in {one.finding}, and there is no such finding."
    if one.became == "continued":
        return "it is continued, and no finding does so. Name it in `finding`."
    if not one.reason.strip():
        return "it is closed and nothing says how. Name the `finding`, or give the `reason`."
    return ""
