"""Open concerns are carried from one year to the next, through mergers and divisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from remit.annual.folder import AnnualFolder, read_assessment
from remit.annual.identifiers import unnamed
from remit.annual.succession import heirs
from remit.model.annual_records import Concern


def open_concerns(last: AnnualFolder) -> Iterator[Concern]:
    """What an assessment leaves open: its concerns, and older ones that it did not close.

    Examples
    --------
    ``[one.id for one in open_concerns(read_assessment(Path("2023-24")))]``
    """
    told = set()
    for placed in last.findings.values():
        one = placed.record
        if one.direction == "concern":
            told.add(one.id)
            yield Concern(
                id=one.id, icb=one.icb, year=last.year.name, heading=one.heading,
                statement=one.statement,
            )  # fmt: skip
    for older in last.concerns:
        one_before = older.record
        finding = last.findings.get(one_before.finding)
        if one_before.became is None:
            yield one_before
        elif one_before.became == "continued" and finding and finding.record.id not in told:
            told.add(finding.record.id)
            yield one_before.model_copy(update={"became": None, "finding": "", "reason": ""})


def concerns_for(last: AnnualFolder, heirs_of: Callable[[str], Iterable[str]]) -> list[Concern]:
    """The open concerns of last year, each under every ICB that has it now.

    Parameters
    ----------
    last
        Last year's assessment.
    heirs_of
        Says which ICBs have the work of another now.

    Examples
    --------
    ``concerns_for(last, lambda code: ["ZB9"])``
    """
    found = []
    for one in open_concerns(last):
        for code in heirs_of(one.icb):
            former = one.icb if code != one.icb else one.from_icb
            found.append(one.model_copy(update={"icb": code, "from_icb": former}))
    return found


def not_listed(now: AnnualFolder) -> Iterator[Concern]:
    """Open concerns of the folder that is named as last year's and that this one does not list."""
    if not now.head.last_year:
        return
    last = read_assessment(now.path / Path(now.head.last_year))
    listed = {(unnamed(one.record.id), one.record.icb) for one in now.concerns}
    for one in concerns_for(last, lambda code: heirs(now, code)):
        name = unnamed(one.id)  # where names of people are struck, from identifiers too
        if not {(name, one.icb), (name, one.from_icb)} & listed:
            yield one
