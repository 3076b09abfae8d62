"""Every finding has evidence, and every item of evidence says where it can be seen."""

from __future__ import annotations

from collections.abc import Iterator

from remit.annual.bank import Bank
from remit.annual.checks.faults import AnnualFault
from remit.annual.periods import is_inside
from remit.annual.rows import PlacedRecord
from remit.model.annual_records import AnnualFinding, Evidence
from remit.words.nearest import did_you_mean


def without_source(bank: Bank) -> Iterator[AnnualFault]:
    """Findings without evidence, those on performance without a figure, evidence without source."""
    for placed in bank.folder.findings.values():
        yield from _of_finding(bank, placed)


def _of_finding(bank: Bank, placed: PlacedRecord[AnnualFinding]) -> Iterator[AnnualFault]:
    one, folder = placed.record, bank.folder
    if not one.evidence:
        yield _fault(placed, "It has no evidence. Name some in `evidence`.")
        return
    held = {item.record.id for item in folder.held(one, (*one.evidence, *one.counter))}
    for name in dict.fromkeys((*one.evidence, *one.counter)):
        if name not in folder.evidence:
            near = did_you_mean(name, folder.evidence)
            yield _fault(placed, f"Its evidence {name} is not in the bank.{near}")
        elif name not in held:
            whose = ", ".join(folder.evidence[name].record.icb)
            yield _fault(placed, f"Its evidence {name} is about {whose}, not {one.icb}.")
        elif lacking := _lacking(bank, folder.evidence[name].record):
            item = folder.evidence[name]
            yield AnnualFault("no_source", one.icb, one.id, item.where, f"{name}: {lacking}")
    if _wants_figure(bank, one):
        heading = folder.year.heading(one.heading)
        yield _fault(
            placed,
            f"It stands under “{heading.name if heading else one.heading}”, a heading of "
            "performance, and holds no figure. Add one to its `evidence`, or say in "
            "`no_figure_because` why none exists.",
        )


def _fault(placed: PlacedRecord[AnnualFinding], message: str) -> AnnualFault:
    one = placed.record
    return AnnualFault("no_source", one.icb, one.id, placed.where, f"{one.id}: {message}")


def _wants_figure(bank: Bank, one: AnnualFinding) -> bool:
    heading = bank.folder.year.heading(one.heading)
    if not heading or not heading.performance or one.no_figure_because.strip():
        return False
    names = (*one.evidence, *one.counter)
    known = [bank.folder.evidence[name].record for name in names if name in bank.folder.evidence]
    return not any(item.kind == "figure" for item in known)


def _lacking(bank: Bank, item: Evidence) -> str:
    """What an item of evidence does not say of its source."""
    if item.kind == "figure":
        return _lacking_figure(bank, item)
    needed = {
        "passage": ("file", "page", "quotation"),
        "view": ("body", "on"),
        "last_year": ("finding",),
    }[item.kind]
    blank = [name for name in needed if not getattr(item, name).strip()]
    if not blank:
        return ""
    kind = item.kind.replace("_", " ")
    return f"a {kind} says its {', '.join(needed)}; missing: {', '.join(blank)}."


def _lacking_figure(bank: Bank, item: Evidence) -> str:
    blank = [name for name in ("metric", "period") if not getattr(item, name).strip()]
    if blank:
        return f"a figure says its metric and period; missing: {', '.join(blank)}."
    period = bank.period(item)
    if period is None:
        return (
            f"the period {item.period!r} is in no form that is known; write 2024/25 Q4 or Mar 2025."
        )
    # One that lies outside the year is told as such.
    if bank.stored(item) is None and is_inside(period, bank.folder.year):
        there = sorted({str(one.period_end) for one in bank.periods_of(item)})
        other = f" There are figures that end on {', '.join(there)}." if there else ""
        return (
            f"figures.csv holds no stored figure of {item.metric} for {', '.join(item.icb)} and "
            f"{item.period}.{other}"
        )
    return ""
