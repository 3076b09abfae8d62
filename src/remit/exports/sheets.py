"""The sheets of the spreadsheet: one table each, every cell filled, numbers as numbers.

``[x]`` stands where a figure is not held and ``[z]`` where none can be, as the guidance of the
Analysis Function for tables has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from remit.exports.sheet_values import NOT_HELD
from remit.exports.sheet_values import number as _number
from remit.exports.sheet_values import shown as _shown
from remit.exports.sheet_values import words as _words
from remit.exports.sheets_beside import comparison_sheet
from remit.exports.sheets_commentary import commentary_sheet
from remit.exports.sheets_releases import releases_sheet
from remit.exports.workbook import NOT_APPLICABLE, SheetTable, Value
from remit.report.view import ReportLine, ReportView, Trace
from remit.words.figures import data_number
from remit.words.sentences import sentence_case


def sheets(view: ReportView) -> list[SheetTable]:
    """All sheets of a report; those without a row are left out, and said so on the cover."""
    made = (
        _summary(view),
        _exceptions(view),
        comparison_sheet(view),
        commentary_sheet(view),
        _balance(view),
        _without(view),
        _aims(view),
        _inequalities(view),
        _missing(view),
        releases_sheet(view),
        _figures(view),
        _trace(view),
        _metrics(view),
        _rules(view),
        _sources(view),
    )
    return [sheet for sheet in made if sheet.rows]


def _summary(view: ReportView) -> SheetTable:
    return SheetTable(
        "summary",
        f"Summary of icons: {view.body.name}, {view.period}",
        "One row for each metric of each organisation. The icons are given as words.",
        (
            "Organisation code", "Organisation", "Metric", "Horizon", "Aim", "People", "Period",
            "Latest value", "Unit", "Target", "Goals and standards", "Variation", "Assurance",
            "Mean", "Lower limit", "Upper limit", "Points", "What it says", "Beside it", "Late",
            "Who is in it", "Source files",
        ),
        tuple(_summary_row(line) for line in view.lines),
        (
            ("Variation", "variation"), ("Assurance", "assurance"), ("Mean", "limits"),
            ("Source files", "sources"),
        ),
    )  # fmt: skip


def _summary_row(line: ReportLine) -> tuple[Value, ...]:
    return (
        line.body.code,
        line.body.name,
        line.metric.name,
        line.metric.horizon,
        line.metric.aim.replace("_", " "),
        line.cut or "everybody",
        line.period,
        _number(line.value),
        line.metric.unit,
        line.target_cell,
        "; ".join(line.asked),
        line.variation.words,
        line.assurance.words,
        _number(line.mean),
        _number(line.lower),
        _number(line.upper),
        line.n_points,
        line.sentence,
        _words(line.compared.short),
        line.late or "On time",
        line.who,
        _files(line.traces),
    )


def _files(traces: Iterable[Trace]) -> str:
    """The numbers of the files, as on the sheet of sources."""
    return "; ".join(f"file {n}" for n in sorted({trace.source for trace in traces})) or NOT_HELD


def _exceptions(view: ReportView) -> SheetTable:
    return SheetTable(
        "exceptions",
        f"Exceptions: {view.body.name}, {view.period}",
        "Metrics with a special cause now, or whose target is not reached: what is new first, of "
        "that concerns first.",
        ("Organisation code", "Organisation", "Metric", "Horizon", "Variation", "Assurance",
         "What it says"),
        tuple(
            (
                line.body.code, line.body.name, line.metric.name, line.metric.horizon,
                line.variation.words, line.assurance.words,
                f"{line.dated}: {line.sentence}" if line.dated else line.sentence,
            )
            for line in view.exceptions
        ),
        (("Variation", "variation"), ("Assurance", "assurance")),
    )  # fmt: skip


def _balance(view: ReportView) -> SheetTable:
    return SheetTable(
        "balance",
        "Today’s care and tomorrow’s health",
        view.balance.sentence,
        ("Horizon", "Metrics", "With figures", "Exceptions", "Without a figure"),
        tuple(
            (
                share.horizon,
                share.metrics,
                share.with_figures,
                share.exceptions,
                len(share.without),
            )
            for share in view.balance.shares
        ),
    )


def _without(view: ReportView) -> SheetTable:
    return SheetTable(
        "without-a-figure",
        "Metrics without a figure",
        f"One row for each metric of which no figure is held for {view.body.name}.",
        ("Horizon", "Metric"),
        tuple((share.horizon, name) for share in view.balance.shares for name in share.without),
    )


def _aims(view: ReportView) -> SheetTable:
    return SheetTable(
        "aims",
        "The four aims",
        f"What is held for {view.body.name} on each aim of an integrated care system.",
        ("Aim", "Metrics", "What is held"),
        tuple(
            (
                aim.name,
                "; ".join(line.metric.name for line in aim.lines) or "No metric",
                aim.sentence,
            )
            for aim in view.aims
        ),
    )


def _inequalities(view: ReportView) -> SheetTable:
    rows = [
        (
            cut.body.code,
            cut.body.name,
            cut.metric.name,
            cut.period,
            row.cut,
            _number(row.value),
            cut.metric.unit,
            cut.everybody,
            row.gap,
            row.variation.words,
            _cells(row.traces),
        )
        for cut in view.cuts
        for row in cut.rows
    ]
    return SheetTable(
        "inequalities",
        "Performance by groups of people",
        "Every metric whose publication cuts it by groups of people.",
        ("Organisation code", "Organisation", "Metric", "Period", "People", "Value", "Unit",
         "Everybody", "Against everybody", "Variation", "Where it stands"),
        tuple(rows),
        (("Variation", "variation"), ("Where it stands", "sources")),
    )  # fmt: skip


def _cells(traces: Sequence[Trace]) -> str:
    said = [f"file {trace.source}, line {trace.line}" for trace in traces[:6]]
    left = len(traces) - 6
    more = f" and {left} more {'line' if left == 1 else 'lines'}" if left > 0 else ""
    return "; ".join(said) + more if said else NOT_HELD


def _missing(view: ReportView) -> SheetTable:
    return SheetTable(
        "missing-or-late",
        "What is missing or late",
        "Figures that should be there for the period of the report and are not.",
        ("Organisation code", "Organisation", "Metric", "Expected", "Due", "Newest held", "Why"),
        tuple(
            (
                gap.body.code,
                gap.body.name,
                gap.metric.name,
                gap.expected,
                sentence_case(gap.due) or "Not declared",
                sentence_case(gap.held),
                gap.reason,
            )
            for gap in view.missing
        ),
    )


def _figures(view: ReportView) -> SheetTable:
    lines, left_out = _shown(view, sum(len(line.points) for line in view.lines))
    return SheetTable(
        "figures",
        "All points of the control charts",
        f"Rules: {view.rules.name} ({view.rules.id}).{left_out}",
        POINT_HEADS,
        tuple(points(lines)),
        (("Mean", "limits"), ("Special cause", "variation")),
    )


POINT_HEADS = (
    "Organisation code",
    "Metric",
    "People",
    "Period",
    "First day",
    "Last day",
    "Value",
    "Numerator",
    "Denominator",
    "Mean",
    "Lower limit",
    "Upper limit",
    "Target",
    "Own trajectory",
    "Special cause",
    "Rule",
    "Status",
)


def points(lines: Iterable[ReportLine]) -> Iterator[tuple[Value, ...]]:
    """Every point of lines, in the columns of ``POINT_HEADS``."""
    for line in lines:
        for point in line.points:
            yield (
                line.body.code,
                line.metric.name,
                line.cut or "everybody",
                point.label,
                point.start.isoformat(),
                point.end.isoformat(),
                _number(point.value),
                _number(point.numerator),
                NOT_APPLICABLE if point.denominator is None else point.denominator,
                _number(point.mean),
                _number(point.lower),
                _number(point.upper),
                NOT_APPLICABLE if point.target is None else data_number(point.target, 4),
                NOT_APPLICABLE if point.trajectory is None else data_number(point.trajectory, 4),
                point.cause.replace("_", " ") + (", ended" if point.ended else ""),
                _words(point.rule),
                point.status.replace("_", " "),
            )


def _trace(view: ReportView) -> SheetTable:
    lines, left_out = _shown(view, sum(len(line.traces) for line in view.lines))
    return SheetTable(
        "trace",
        "Published figures behind the latest values",
        "Each row is one cell of a published file. Files are numbered as on the sheet sources."
        + left_out,
        (
            "Organisation code",
            "Metric",
            "Of organisation",
            "Published measure",
            "Period",
            "Value",
            "Status",
            "File",
            "Line",
            "Column",
        ),
        tuple(_trace_row(line, trace) for line in lines for trace in line.traces),
        (("File", "sources"),),
    )


def _trace_row(line: ReportLine, trace: Trace) -> tuple[Value, ...]:
    return (
        line.body.code,
        line.metric.name,
        trace.org_code,
        trace.measure,
        trace.period,
        _number(trace.value),
        trace.status.replace("_", " "),
        trace.source,
        trace.line,
        _words(trace.column),
    )


def _metrics(view: ReportView) -> SheetTable:
    return SheetTable(
        "metrics",
        "What the metrics are",
        "Rates are always made afresh from their counts.",
        ("Metric", "Identifier", "Unit", "Better", "Horizon", "Aim", "Setting", "Why it matters",
         "How it is made", "Source"),
        tuple(
            (
                metric.name, metric.id, metric.unit, metric.better, metric.horizon,
                metric.aim.replace("_", " "), metric.setting, metric.why_it_matters,
                _words(metric.made_of), metric.source,
            )
            for metric in view.metrics
        ),
    )  # fmt: skip


def _rules(view: ReportView) -> SheetTable:
    return SheetTable(
        "rules",
        "Rules of the control charts",
        f"Rule set {view.rules.id}: {view.rules.name}. Source: {view.rules.source}",
        ("Number", "Rule"),
        tuple((number, words) for number, words in enumerate(view.rules.words, start=1)),
    )


def _sources(view: ReportView) -> SheetTable:
    return SheetTable(
        "sources",
        "Files that the figures stand in",
        "A fingerprint (SHA-256) shows whether a file of yours is the same one.",
        ("File", "File name", "Publication", "Published on", "Covers", "Rows read",
         "Rows accepted", "Rows rejected", "SHA-256", "Licence", "Address"),
        tuple(
            (
                source.number, source.file_name, source.publication,
                source.published_on.isoformat() if source.published_on else NOT_HELD,
                _words(source.scopes), source.rows_read, source.rows_accepted,
                source.rows_rejected, source.sha256, _words(source.licence), _words(source.url),
            )
            for source in view.sources
        ),
    )  # fmt: skip
