"""The roll-up of an assessment: a projection of its findings, the same to the byte each time.

Nothing is written here by hand: every sentence is a finding's, and every count is of findings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.annual.answers import ConcernAnswer, answers_by_icb, counts_of, left_open
from remit.annual.drafts import draft_words
from remit.annual.folder import AnnualFolder
from remit.annual.ladders import rung_of
from remit.annual.letter import findings_of, marked
from remit.annual.succession import heirs
from remit.model.annual import Rung
from remit.model.annual_records import AnnualFinding


@dataclass(frozen=True, slots=True)
class RolledFinding:
    """A finding as the roll-up tells it."""

    icb: str
    name: str
    heading: str
    finding: str
    direction: str
    phrase: str
    rung: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RungCount:
    """How many findings under a heading stand on a rung, and about whom."""

    heading: str
    rung: str
    findings: int
    icbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TwoYears:
    """What was said of an ICB under a heading, last year and now."""

    icb: str
    heading: str
    from_icb: str
    last_finding: str
    last_rung: str
    last_sentence: str
    finding: str
    rung: str
    sentence: str
    said: str
    """``again`` where a rung is the same, else ``higher``, ``lower``, ``new`` or ``not again``."""


@dataclass(frozen=True)
class RollUp:
    """The regional or national summary."""

    folder: AnnualFolder
    findings: tuple[RolledFinding, ...]
    counts: tuple[RungCount, ...]
    two_years: tuple[TwoYears, ...]
    answers: Mapping[str, tuple[ConcernAnswer, ...]]
    """What became of last year's concerns, by the ICB that has them now."""
    draft: str = ""
    """That it is a draft, where the assessment has faults."""


def roll_up(folder: AnnualFolder, last: AnnualFolder | None = None, *, faults: int = 0) -> RollUp:
    """Project the findings of an assessment.

    Parameters
    ----------
    folder
        This year's.
    last
        Last year's, for what was said two years running.
    faults
        How many a check of this year's found: with one the summary is a draft.

    Examples
    --------
    ``roll_up(read_assessment(Path("2024-25")), read_assessment(Path("2023-24"))).counts``
    """
    told = tuple(_rolled(folder, one) for code in folder.icbs for one in findings_of(folder, code))
    two = tuple(compare_years(last, folder)) if last else ()
    counts, answers = tuple(_counts(folder, told)), answers_by_icb(folder)
    return RollUp(folder, told, counts, two, answers, draft_words(faults))


def _rolled(folder: AnnualFolder, one: AnnualFinding) -> RolledFinding:
    return RolledFinding(
        one.icb, folder.icbs[one.icb].name, one.heading, one.id, one.direction, one.phrase,
        _rung_name(folder, one), " ".join(one.statement.split()),
    )  # fmt: skip


def _rung_name(folder: AnnualFolder, one: AnnualFinding) -> str:
    rung = rung_of(folder.ladder, one.phrase)
    return rung.id if rung else "off the ladder"


def _counts(folder: AnnualFolder, told: Sequence[RolledFinding]) -> list[RungCount]:
    rungs = [one.id for one in folder.ladder.rungs] + ["off the ladder"]
    found = []
    for heading in folder.year.headings:
        for rung in rungs:
            mine = [one for one in told if (one.heading, one.rung) == (heading.id, rung)]
            if mine:
                icbs = tuple(dict.fromkeys(one.icb for one in mine))
                found.append(RungCount(heading.id, rung, len(mine), icbs))
    return found


def compare_years(last: AnnualFolder, now: AnnualFolder) -> list[TwoYears]:
    """What was said of each ICB under each heading, last year and now.

    What was said of an ICB that merged is held against what is said of each that has its work.

    Parameters
    ----------
    last, now
        The two assessments.

    Examples
    --------
    ``compare_years(read_assessment(Path("2023-24")), read_assessment(Path("2024-25")))``
    """
    before: dict[tuple[str, str], list[AnnualFinding]] = {}
    for code in last.icbs:
        for one in findings_of(last, code):
            for heir in heirs(now, code):
                before.setdefault((heir, _alike(one.heading, last, now)), []).append(one)
    found: list[TwoYears] = []
    for code in now.icbs:
        headings = [one.id for one in now.year.headings]
        gone = [heading for heir, heading in before if heir == code and heading not in headings]
        for heading in dict.fromkeys([*headings, *gone]):
            mine = [one for one in findings_of(now, code) if one.heading == heading]
            found += _paired(last, now, (code, heading), before.get((code, heading), []), mine)
    return found


def _alike(heading: str, last: AnnualFolder, now: AnnualFolder) -> str:
    """A heading of last year under the name that it has now."""
    before = last.year.heading(heading)
    for one in now.year.headings:
        if heading == one.id or heading in one.was or (before and one.id in before.was):
            return one.id
    return heading


def _paired(
    last: AnnualFolder,
    now: AnnualFolder,
    place: tuple[str, str],
    before: Sequence[AnnualFinding],
    mine: Sequence[AnnualFinding],
) -> list[TwoYears]:
    """Each finding of one year with those of the other on the same rung, or else with the first."""
    rows, used = [], set()
    for one in mine:
        same = [o for o in before if _rung_name(last, o) == _rung_name(now, one)]
        other = next(iter(same), next((o for o in before if o.id not in used), None))
        if other:
            used.add(other.id)
        rows.append(_row(last, now, place, other, one))
    rows += [_row(last, now, place, o, None) for o in before if o.id not in used]
    return rows


def _row(
    last: AnnualFolder,
    now: AnnualFolder,
    place: tuple[str, str],
    before: AnnualFinding | None,
    mine: AnnualFinding | None,
) -> TwoYears:
    code, heading = place
    return TwoYears(
        icb=code,
        heading=heading,
        from_icb=before.icb if before and before.icb != code else "",
        last_finding=before.id if before else "",
        last_rung=_rung_name(last, before) if before else "",
        last_sentence=before.statement if before else "",
        finding=mine.id if mine else "",
        rung=_rung_name(now, mine) if mine else "",
        sentence=mine.statement if mine else "",
        said=_said(
            rung_of(last.ladder, before.phrase) if before else None,
            rung_of(now.ladder, mine.phrase) if mine else None,
            now,
        ),
    )


def _said(before: Rung | None, mine: Rung | None, now: AnnualFolder) -> str:
    if mine is None:
        return "not again"
    if before is None:
        return "new"
    order = [one.id for one in now.ladder.rungs]
    if before.id == mine.id:
        return "again"
    if before.id not in order:
        return "in other words"
    return "higher" if order.index(mine.id) < order.index(before.id) else "lower"


def summary_text(rolled: RollUp) -> str:
    """The summary as text: by heading, each sentence with the finding that it is."""
    year, lines = rolled.folder.year, []
    lines.append(f"# Annual assessment of integrated care boards {year.name}: summary")
    if rolled.draft:
        lines.append(rolled.draft)
    for heading in year.headings:
        lines.append(f"## {heading.name}")
        told = [
            f"- {one.rung.replace('-', ' ')}: {one.findings} ({', '.join(one.icbs)})"
            for one in rolled.counts
            if one.heading == heading.id
        ]
        lines.append("\n".join(told) or "No finding.")
        for code, icb in rolled.folder.icbs.items():
            mine = [one for one in findings_of(rolled.folder, code) if one.heading == heading.id]
            if mine:
                lines.append(f"{icb.name}: " + " ".join(marked(one) for one in mine))
    lines.append("## Last year's concerns")
    for code, icb in rolled.folder.icbs.items():
        told = [f"- {one}" for one in left_open(rolled.answers[code])]
        lines.append("\n".join([f"{icb.name}: {counts_of(rolled.answers[code])}", *told]))
    return "\n\n".join(lines) + "\n"
