"""The pages of an annual assessment as view models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remit.annual.answers import counts_of, left_open, replies_in_words
from remit.annual.bank import Bank
from remit.annual.folder import AnnualFolder
from remit.annual.gaps import SELECTED, GroupGap, figure_and_base, gaps_of_icb
from remit.annual.letter import AnnualLetter, findings_of
from remit.annual.rows import PlacedRecord
from remit.model.annual_records import AnnualFinding, Evidence, Reply
from remit.pages.frame.file_pages import FileLink, FilePage
from remit.words.days import span_words
from remit.words.figures import published_words
from remit.words.sentences import count_words, listed, sentence_case

_KINDS = {
    "figure": "Figure",
    "passage": "Passage",
    "view": "View",
    "last_year": "Last year's finding",
}
_SIGNALS = {
    "improved": "improved by more than chance",
    "worsened": "worsened by more than chance",
    "none": "no change beyond chance",
}


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """An item of evidence in words, and where it can be seen."""

    id: str
    kind: str
    said: str
    source: str
    against: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with all that it rests on."""

    finding: AnnualFinding
    heading: str
    duties: str
    evidence: tuple[EvidenceLine, ...]
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class IcbLine:
    """An ICB on the first page."""

    code: str
    letter: FileLink
    findings: FileLink
    said: str
    concerns: str
    left_open: list[str]
    replies: str
    state: str


@dataclass(frozen=True, slots=True)
class AnnualHome:
    """The first page."""

    title: str
    about: str
    claim: str
    leads: str
    drafts: str
    icbs: tuple[IcbLine, ...]


def letter_page(code: str) -> FilePage:
    """The page of a letter."""
    return FilePage(f"letter/{code}.html")


def findings_page(code: str) -> FilePage:
    """The page of the findings about an ICB."""
    return FilePage(f"findings/{code}.html")


def annual_home(folder: AnnualFolder, letters: Sequence[AnnualLetter]) -> AnnualHome:
    """The first page: whom the letters are to, and what they say in one line each.

    Examples
    --------
    >>> annual_home(folder, letters_of(folder, folder.icbs)).title  # doctest: +SKIP
    'Annual assessments 2024/25'
    """
    count = count_words(len(folder.findings), "finding")
    drafts = sum(bool(one.faults) for one in letters)
    evidence = count_words(len(folder.evidence), "item of evidence", "items of evidence")
    return AnnualHome(
        title=f"Annual assessments {folder.year.name}",
        about=f"{count_words(len(folder.icbs), 'integrated care board')} · {folder.year.issuer}",
        claim=f"{count} on {evidence}.",
        drafts=_drafts(drafts, len(letters)),
        leads=" ".join(filter(None, ("Nobody is scored or ranked.", folder.year.guidance_note))),
        icbs=tuple(_icb(folder, one) for one in letters),
    )


def _drafts(drafts: int, letters: int) -> str:
    """How many letters are drafts; blank for none."""
    if not drafts:
        return ""
    verb = "is a draft" if drafts == 1 else "are drafts"
    return f"{drafts} of {count_words(letters, 'letter')} {verb}, not to be sent."


def _icb(folder: AnnualFolder, letter: AnnualLetter) -> IcbLine:
    code = letter.code
    mine = findings_of(folder, code)
    counts = [
        count_words(sum(one.direction == name for one in mine), word, plural)
        for name, word, plural in (
            ("strength", "strength", "strengths"),
            ("mixed", "mixed finding", "mixed findings"),
            ("concern", "concern", "concerns"),
        )
    ]
    replies = [one.record for one in folder.replies if one.record.icb == code]
    return IcbLine(
        code,
        FileLink(folder.icbs[code].name, letter_page(code)),
        FileLink(count_words(len(mine), "finding"), findings_page(code)),
        listed(counts),
        counts_of(letter.answers),
        left_open(letter.answers),
        replies_in_words([one.outcome for one in replies]),
        f"draft, {count_words(len(letter.faults), 'fault')}" if letter.faults else "no fault found",
    )


def finding_views(folder: AnnualFolder, code: str) -> Iterator[FindingView]:
    """The findings about an ICB with their evidence, replies and dissent."""
    bank = Bank(folder)
    duties = {one.id: one.name for one in folder.year.duties}
    for one in findings_of(folder, code):
        heading = folder.year.heading(one.heading)
        yield FindingView(
            one,
            heading.name if heading else one.heading,
            listed([duties[name] for name in one.duties]) or "none",
            tuple(_lines(bank, one)),
            tuple(r.record for r in folder.replies if r.record.finding == one.id),
        )


def _lines(bank: Bank, finding: AnnualFinding) -> Iterator[EvidenceLine]:
    for names, against in ((finding.evidence, False), (finding.counter, True)):
        for placed in bank.folder.held(finding, names):
            yield _line(bank, placed, against)


def _line(bank: Bank, placed: PlacedRecord[Evidence], against: bool) -> EvidenceLine:
    item = placed.record
    said, source = _in_words(bank, item)
    return EvidenceLine(item.id, _KINDS[item.kind], said, source, against)


def _in_words(bank: Bank, item: Evidence) -> tuple[str, str]:
    if item.kind == "figure":
        return _figure(bank, item)
    if item.kind == "passage":
        return f"“{item.quotation}”", f"{item.document or item.file}, {item.file}, page {item.page}"
    if item.kind == "view":
        return item.says or "–", f"{item.body}, {item.on}"
    return item.says or "–", f"finding {item.finding}"


def _figure(bank: Bank, item: Evidence) -> tuple[str, str]:
    """A figure with its change, and where it was read."""
    stored = bank.stored(item)
    if stored is None:
        return f"{item.metric}, {item.period}: {item.value}", "not among the stored figures"
    one = stored.record
    period = span_words(one.period_start, one.period_end)
    said = f"{one.name or one.metric}, {period}: {published_words(one.value, one.unit)}"
    if one.signal in _SIGNALS:
        said += f", {_SIGNALS[one.signal]}"
    return said, f"{one.source_file}, line {one.source_line}; as known on {one.vintage or 'no day'}"


@dataclass(frozen=True, slots=True)
class GapTable:
    """The groups of a figure as a table, and what they say."""

    id: str
    name: str
    said: str
    rows: tuple[tuple[str, str, str], ...]
    """Each group, its figure with its base now, and a year before."""


@dataclass(frozen=True, slots=True)
class InequalityPart:
    """Inequality beside the figures of an ICB: what is said on top, and a table a figure."""

    said: str
    tables: tuple[GapTable, ...]


def inequality_part(folder: AnnualFolder, code: str) -> InequalityPart | None:
    """Inequality beside performance, for one ICB; None where its findings rest on no figure."""
    bank = Bank(folder)
    gaps = gaps_of_icb(bank, code)
    if gaps:
        tables = tuple(_table(gap, number) for number, gap in enumerate(gaps, start=1))
        return InequalityPart(SELECTED, tables)
    items = [
        item.record
        for one in folder.of_icb(code)
        for item in folder.held(one.record, (*one.record.evidence, *one.record.counter))
    ]
    if any(item.kind == "figure" for item in items):
        return InequalityPart("No figures of groups of people are held beside these figures.", ())
    return None


def _table(gap: GroupGap, number: int) -> GapTable:
    rows = tuple(
        (
            one.group,
            figure_and_base(one.now),
            figure_and_base(one.before) if one.before else "not held",
        )
        for one in gap.groups
    )
    return GapTable(f"groups-{number}", sentence_case(gap.name), gap.said, rows)
