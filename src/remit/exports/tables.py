"""The tables of a report as words, for slides and documents alike.

A cell holds text, so that a table of icons can be copied; its tone only colours what the words
already say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remit.report.balance import exception_words, untold_words
from remit.report.missing import grouped
from remit.report.view import Aim, CutTable, Horizon, Icon, ReportLine, ReportSection, ReportView
from remit.signals.conclusion import MISSED, SHORT
from remit.words.days import day_words
from remit.words.sentences import count_words, sentence_case

HORIZON_WORDS: dict[Horizon, str] = {"today": "Today’s care", "tomorrow": "Tomorrow’s health"}
BODIES_ABREAST = 5
"""How many organisations stand side by side in one table of icons."""

NO_FIGURE = "No figure"


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """The text of a cell; ``tone`` is ``concern``, ``improvement``, ``neutral`` or empty."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heads, their shares of the width, and what it shows in one sentence."""

    title: str
    heads: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[PrintedCell, ...], ...]
    finding: str


def _row(*cells: str | PrintedCell) -> tuple[PrintedCell, ...]:
    return tuple(PrintedCell(cell) if isinstance(cell, str) else cell for cell in cells)


def _icon(icon: Icon) -> PrintedCell:
    return PrintedCell(icon.words, tone_of(icon))


def tone_of(icon: Icon) -> str:
    """The tone of a variation or assurance icon."""
    if icon.code in MISSED | SHORT:
        return "concern"
    if icon.code in {"pass", "met_lately"}:
        return "improvement"
    first = icon.code.split("_", maxsplit=1)[0]
    return first if first in {"concern", "improvement", "neutral"} else ""


def summary_table(section: ReportSection, horizon: Horizon) -> Table:
    """The lines of one horizon of an organisation, a row a metric."""
    lines = section.of(horizon)
    return Table(
        title=f"{HORIZON_WORDS[horizon]}: {section.body.short}",
        heads=("Metric", "Period", "Latest", "Target", "Variation", "Assurance", "What it says"),
        shares=(2.5, 0.95, 0.95, 1.1, 1.25, 1.25, 4.2),
        rows=tuple(_summary_row(line) for line in lines),
        finding=f"{sentence_case(count_words(len(lines), 'metric'))} of {section.body.short}.",
    )


def _summary_row(line: ReportLine) -> tuple[PrintedCell, ...]:
    period = f"{line.period} (late)" if line.late else line.period
    icons = (_icon(line.variation), _icon(line.assurance))
    return _row(line.metric.name, period, line.said, line.target_cell, *icons, line.sentence)


def member_tables(view: ReportView, *, exceptions_only: bool = False) -> list[Table]:
    """The icons of all members, a row a metric and a column an organisation.

    Parameters
    ----------
    view
        The report.
    exceptions_only
        Leave out metrics without an exception at any of the organisations of a table.
    """
    found = []
    first = 1
    for group in _abreast(view.members):
        last = first + len(group) - 1
        rows = tuple(_member_rows(view, group, exceptions_only))
        named = f"organisation {first}" if first == last else f"organisations {first} to {last}"
        found.append(
            Table(
                title=f"Variation and assurance, {named}",
                heads=("Metric", *(section.body.short for section in group)),
                shares=(2.6, *(2.0 for _ in group)),
                rows=rows,
                finding="Each cell gives the latest value, the variation and the assurance.",
            )
        )
        first = last + 1
    return [table for table in found if table.rows]


def _abreast(sections: Sequence[ReportSection]) -> list[Sequence[ReportSection]]:
    """Groups of near equal size, none wider than a slide takes."""
    count = -(-len(sections) // BODIES_ABREAST)
    size = -(-len(sections) // count) if count else 1
    return [sections[start : start + size] for start in range(0, len(sections), size)]


def _member_rows(
    view: ReportView, group: Sequence[ReportSection], exceptions_only: bool
) -> Iterable[tuple[PrintedCell, ...]]:
    held = [{line.metric.id: line for line in section.lines} for section in group]
    for metric in view.metrics:
        lines = [of_body.get(metric.id) for of_body in held]
        wanted = [line for line in lines if line and (line.is_exception or not exceptions_only)]
        if wanted:
            yield _row(metric.name, *(_member_cell(line) for line in lines))


def _member_cell(line: ReportLine | None) -> PrintedCell:
    if line is None:
        return PrintedCell(NO_FIGURE)
    return PrintedCell(
        f"{line.said}. {line.variation.words}. {line.assurance.words}.", line_tone(line)
    )


def line_tone(line: ReportLine) -> str:
    """The tone of a line: of its variation, or of a target that it does not reach."""
    return tone_of(line.variation) or ("concern" if line.falls_short else "")


def aims_table(aims: Sequence[Aim]) -> Table:
    """What is held on each aim, and its exceptions."""
    return Table(
        title="The four aims",
        heads=("Aim", "What is held", "Exceptions"),
        shares=(3.5, 3.5, 6),
        rows=tuple(_row(aim.name, aim.sentence, _exceptions_of(aim)) for aim in aims),
        finding="What the report holds on each of the four aims of an integrated care system.",
    )


def _exceptions_of(aim: Aim) -> str:
    said = [
        f"{line.metric.name} ({_what_stands_out(line)})" for line in aim.lines if line.is_exception
    ]
    return "; ".join(said) or "No exception"


def _what_stands_out(line: ReportLine) -> str:
    """Its special cause, or how it is to its target; its date before, where it is not new."""
    plain = not line.is_special
    what = (line.assurance if plain else line.variation).words.lower()
    return f"{line.dated}: {what}" if line.dated else what


def cut_table(cut: CutTable) -> Table:
    """One metric by groups of people."""
    rows = [_row("Everybody", cut.everybody, "–", "–")]
    rows += [_row(row.cut, row.said, row.gap, _icon(row.variation)) for row in cut.rows]
    return Table(
        title=f"{cut.metric.name} by {cut.dimension}, {cut.body.short}, {cut.period}",
        heads=("People", "Value", "Against everybody", "Variation"),
        shares=(4, 2, 4, 2),
        rows=tuple(rows),
        finding=cut.sentence,
    )


def comments_table(view: ReportView) -> Table:
    """What people say of the metrics, and what is done."""
    rows = [
        _row(
            line.metric.name, line.body.short, one.comment.label,
            one.comment.what_happened or "–", one.comment.action_said or "–",
            " ".join(
                filter(None, (one.question, one.after, "Overdue." if one.overdue else ""))
            ) or "–",
        )
        for line in view.commented
        for one in line.said_of.comments
    ]  # fmt: skip
    return Table(
        title="Comments and actions",
        heads=("Metric", "Organisation", "Month", "What happened", "Action", "Still true?"),
        shares=(2.4, 1.8, 0.9, 3.4, 3.4, 2),
        rows=tuple(rows),
        finding=f"{sentence_case(count_words(len(rows), 'comment'))} on "
        f"{count_words(len(view.commented), 'metric')}.",
    )


def strays_table(view: ReportView) -> Table:
    """Comments that stand beside no metric of the report."""
    return Table(
        title="Comments without a place in this report",
        heads=("Metric", "Organisation", "Month", "What is said", "Where it stands", "Why"),
        shares=(2.4, 1.2, 0.9, 3.4, 1.8, 3.4),
        rows=tuple(
            _row(
                one.comment.metric_name, one.comment.org_code, one.comment.label,
                one.comment.what_happened or one.comment.action_said,
                f"{one.comment.file}, line {one.comment.line}", one.why,
            )
            for one in view.strays
        ),
        finding=f"{sentence_case(count_words(len(view.strays), 'comment'))} without a place.",
    )  # fmt: skip


def releases_table(view: ReportView) -> Table:
    """What is published before the next board."""
    return Table(
        title=f"Published before the next board{_on(view)}",
        heads=("Day", "Publication", "Period", "Metrics of this report", "How the day is known"),
        shares=(2, 3, 1.1, 4.5, 3),
        rows=tuple(
            _row(
                sentence_case(one.said), one.publication, one.period, "; ".join(one.metrics),
                sentence_case(one.source),
            )
            for one in view.releases
        ),
        finding=f"{sentence_case(count_words(len(view.releases), 'release', none='no'))} to come.",
    )  # fmt: skip


def _on(view: ReportView) -> str:
    return f", {day_words(view.next_board)}" if view.next_board else ""


def missing_table(view: ReportView) -> Table:
    """What should be there and is not."""
    return Table(
        title="What is missing or late",
        heads=("Metrics", "Organisation", "Expected", "Newest held", "Why"),
        shares=(5, 2.6, 1.1, 1.1, 2.8),
        rows=tuple(
            _row(
                "; ".join(gap.metrics), gap.who, gap.expected, sentence_case(gap.held),
                gap.reason,
            )
            for gap in grouped(view.missing)
        ),
        finding=f"{sentence_case(count_words(len(view.missing), 'figure'))} missing or late.",
    )  # fmt: skip


def sources_table(view: ReportView) -> Table:
    """The files that the figures stand in."""
    return Table(
        title="Sources",
        heads=("File", "Name", "Publication", "Published", "Fingerprint (SHA-256)"),
        shares=(0.6, 3.6, 3, 1.4, 3.4),
        rows=tuple(
            _row(
                str(source.number), source.file_name, source.publication,
                source.published_on.isoformat() if source.published_on else "Not stated",
                f"{source.sha256[:16]}…",
            )
            for source in view.sources
        ),
        finding=f"{sentence_case(count_words(len(view.sources), 'file'))}, each with its "
        "fingerprint.",
    )  # fmt: skip


def in_short(view: ReportView) -> str:
    """How many metrics of the organisation have figures, and how many are exceptions."""
    own = view.own
    few = sum(1 for line in own.exceptions if line.is_missed_with_few)
    more = f" (too few figures for a usual range in {few} with a target not reached)" if few else ""
    kinds = f": {', '.join(exception_words(own.lines))}{more}" if own.exceptions else ""
    untold = f"; {said}" if (said := untold_words(own.lines)) else ""
    return (
        f"{count_words(len(own.lines), 'metric')} with figures, "
        f"{count_words(len(own.exceptions), 'exception')}{kinds}{untold}."
    )


def line_title(line: ReportLine) -> str:
    """What stands above the chart of a line."""
    cut = f", {line.cut}" if line.cut else ""
    dated = f"{line.dated}: " if line.dated else ""
    return f"{dated}{line.metric.name}{cut}: {line.body.short}"


def rules_told(view: ReportView) -> list[str]:
    """How the charts are made, a paragraph each."""
    rules = view.rules
    named = f"Rule set {rules.id}: {rules.name}."
    return [named, *rules.words, f"Source: {rules.source}", *view.notes]
