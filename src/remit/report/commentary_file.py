"""A user's file of comments and actions, checked before it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from remit.files.delimited import unmarked
from remit.files.no_values import words_fault
from remit.model.errors import PublicationError, UnknownCode
from remit.model.metric import Metric
from remit.model.period import Period, month, parse_period
from remit.publications.files.table import RawTable, load
from remit.register import Register
from remit.report.commented import STATUSES, UNDATED, Comment, Month
from remit.signals.dates import Order, Undecided, no_date, order_of, period_in, year_fault
from remit.signals.line_faults import told_faults
from remit.signals.own.asked import AskedColumns
from remit.signals.own.tables import OwnTable, own_tables
from remit.signals.own_file import columns_of
from remit.words.nearest import nearest
from remit.words.sentences import count_words, listed, sentence_case

COLUMNS = (
    "month", "metric", "organisation", "what happened", "action", "owner", "due", "status",
    "figure",
)  # fmt: skip
"""The columns of a file, in the order in which Remit writes them."""

_NEEDED = ("metric", "organisation", "what happened")
_OF_ACTIONS = ("owner", "due", "status")
_WORDS = ("what happened", "action", *_OF_ACTIONS)
_MOST_FAULTS = 20

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Commentary:
    """The comments of one or more files, and what must be told of them.

    ``blank`` counts lines of which nothing but month, metric and organisation is filled in.
    """

    comments: tuple[Comment, ...] = ()
    notes: tuple[str, ...] = ()
    blank: int = 0

    @property
    def told(self) -> tuple[str, ...]:
        """What whoever wrote them must know."""
        if not self.blank:
            return self.notes
        one = self.blank == 1
        verb = "says" if one else "say"
        lines = sentence_case(count_words(self.blank, "line"))
        return (*self.notes, f"{lines} {verb} nothing yet and {'is' if one else 'are'} left out.")

    def as_of(self, period: Period) -> Commentary:
        """With the last month of a period for those lines that have none."""
        last = month(period.end.year, period.end.month)
        when = (last.start, last.end, last.label)
        undated = sum(one.month == UNDATED for one in self.comments)
        if not undated:
            return self
        made = [replace(c, month=when) if c.month == UNDATED else c for c in self.comments]
        note = (
            f"{sentence_case(count_words(undated, 'comment'))} without a month "
            f"{'is' if undated == 1 else 'are'} taken as of {last.label}."
        )
        return replace(self, comments=_once(made), notes=(*self.notes, note))


@dataclass(frozen=True, slots=True)
class _Known:
    metrics: Mapping[str, Metric]
    register: Register
    days: Order
    months: Order

    @property
    def names(self) -> dict[str, str]:
        """Identifiers of metrics by their names in small letters."""
        return {metric.name.lower(): metric.id for metric in self.metrics.values()}


def read_commentary(
    paths: Sequence[Path], metrics: Mapping[str, Metric], register: Register
) -> Commentary:
    """Read files of comments: ``metric, organisation, what happened, action, owner, due, status``.

    Parameters
    ----------
    paths
        CSV files or workbooks (of which every sheet with these columns is read); a line that stands
        in several is taken once. A column ``month`` says
        for which month a line was written, so that one file keeps the comments of many; one without
        is of the period for which it is used (:meth:`Commentary.as_of`).
    metrics
        The metrics that are known, by identifier; a name will do as well.
    register
        The organisations.

    Raises
    ------
    PublicationError
        If a file cannot be read, lacks a column, or has a line that cannot be used; every such line
        is named with its reason and what to do.

    Examples
    --------
    ``read_commentary([Path("comments.csv")], load_computed_metrics(), load_register())``
    """
    found: list[Comment] = []
    notes: list[str] = []
    blank = 0
    for path in paths:
        comments, left, said = _of_file(path, metrics, register)
        found += comments
        notes += said
        blank += left
    kept = _once(found)
    return Commentary(kept, (*notes, *_owners(kept, register)), blank)


def _once(comments: Iterable[Comment]) -> tuple[Comment, ...]:
    """Comments that say the same taken once, with the period of the figure where one has it."""
    found: dict[Comment, Comment] = {}
    for one in comments:
        said = replace(one, file="", line=0, figure=None)
        if said not in found or found[said].figure is None:
            found[said] = replace(found.get(said, one), figure=one.figure)
    return tuple(found.values())


def _of_file(
    path: Path, metrics: Mapping[str, Metric], register: Register
) -> tuple[list[Comment], int, list[str]]:
    tables = own_tables(load(path), AskedColumns(series=_NEEDED))
    made: list[Comment] = []
    faults: list[str] = []
    notes: list[str] = []
    blank = 0
    for table in tables:
        sheet = f", sheet {table.raw.sheet!r}" if len(tables) > 1 else ""
        comments, left, faulty = _of_table(f"{path.name}{sheet}", table.raw, metrics, register)
        made += comments
        blank += left
        faults += [f"{sheet[2:]}{', ' if sheet else ''}line {line}: {why}" for line, why in faulty]
        notes += (*_unread(f"{path.name}{sheet}", table), *_without_place(comments))
    if faults:
        raise PublicationError(told_faults(path, faults))
    if not made and not blank:
        notes.append(f"{path.name}: there is no line below the header.")
    return made, blank, notes


def _of_table(
    name: str, table: RawTable, metrics: Mapping[str, Metric], register: Register
) -> tuple[list[Comment], int, list[tuple[int, str]]]:
    """The comments of a table, how many lines say nothing, and the lines that cannot be used."""
    lines = list(_lines(table))
    orders = [_order(cells[name] for _, cells in lines) for name in ("due", "month")]
    known = _Known(metrics, register, *orders)
    faults = [(worst.line, worst.reason) for worst in table.damaged]
    made: list[Comment] = []
    blank = 0
    for line, cells in lines:
        if not any(cells[name] for name in _WORDS):
            blank += 1
            continue
        try:
            made.append(_comment(name, line, cells, known))
        except _NoComment as fault:
            faults.append((line, str(fault)))
    return made, blank, sorted(faults)


def _without_place(comments: Sequence[Comment]) -> Iterator[str]:
    """What of a file's lines is shown nowhere: repeated ones, and owners of no action."""
    bare = [one for one in comments if not one.action and (one.owner or one.due or one.status)]
    if bare:
        lines = listed([str(one.line) for one in bare])
        noun = "line" if len(bare) == 1 else "lines"
        yield (
            f"{bare[0].file}, {noun} {lines}: owner, due and status without an action are kept "
            "and not shown."
        )
    first: dict[Comment, Comment] = {}
    for one in comments:
        kept = first.setdefault(replace(one, file="", line=0), one)
        if kept is not one:
            yield f"{one.file}, line {one.line}: it repeats line {kept.line} and is taken once."
    actions: dict[tuple[str, str, Month, str], Comment] = {}
    for one in first.values():
        other = actions.setdefault((one.org_code, one.metric_id, one.month, one.action), one)
        if one.action and other is not one:
            yield (
                f"{one.file}, lines {other.line} and {one.line}: the same action of one month "
                "twice; both are shown, remove the one that no longer holds."
            )


def comment_rows(comments: Iterable[Comment]) -> Iterator[tuple[str, ...]]:
    """Comments in ``COLUMNS``, as :func:`read_commentary` reads them again."""
    for one in comments:
        due = one.due.isoformat() if one.due else ""
        figure = one.figure[2] if one.figure else ""
        said = (one.what_happened, one.action, one.owner, due, one.status, figure)
        yield (one.label, one.metric_id, one.org_code, *said)


class _NoComment(Exception):
    """A line that cannot be used; the message says why, and what to do."""


def _lines(table: RawTable) -> Iterator[tuple[int, dict[str, str]]]:
    named = replace(table, header=tuple(_plain(name) for name in table.header))
    places = dict(zip(COLUMNS, columns_of(named, COLUMNS), strict=True))
    missing = [name for name in _NEEDED if places[name] is None]
    if missing:
        raise PublicationError(
            f"{table.file.path}, line {table.header_line}: there is no column {missing[0]!r}; the "
            f"header has {', '.join(table.header)}. Write {', '.join(COLUMNS)}"
        )
    for line, row in zip(table.lines, table.rows, strict=True):
        cells = {
            name: "" if at is None else unmarked(row[at]).strip() for name, at in places.items()
        }
        if any(cells.values()):
            yield line, cells


def _plain(name: str) -> str:
    """A heading as it is declared, however it is written: ``What_happened``."""
    return " ".join(name.lower().replace("_", " ").split())


def _unread(name: str, own: OwnTable) -> Iterator[str]:
    """The sheets that are not read, and the columns that hold something and are not."""
    table = own.raw
    if not own.separator:
        yield from (f"{name}: {note}." for note in own.notes)
    further = [
        heading
        for place, heading in enumerate(table.header)
        if _plain(heading) not in COLUMNS and any(row[place].strip() for row in table.rows)
    ]
    if further:
        named = listed([heading or "(without a name)" for heading in further])
        yield f"{name}: not read and not kept: the columns {named}."


def _comment(name: str, line: int, cells: Cells, known: _Known) -> Comment:
    for column, text in cells.items():
        if fault := words_fault(text):
            raise _NoComment(f"{column}: {fault}")
    if not cells["what happened"] and not cells["action"]:
        raise _NoComment("there is neither what happened nor an action; write one of them")
    when = _month(cells["month"], known.months)
    metric = _metric(cells["metric"], known)
    return Comment(
        org_code=_organisation(cells["organisation"], when[1], known),
        metric_id=metric,
        metric_name=known.metrics[metric].name,
        month=when,
        what_happened=cells["what happened"],
        action=cells["action"],
        owner=cells["owner"],
        due=_due(cells["due"], known),
        status=_status(cells["status"]),
        figure=_figure(cells["figure"]),
        file=name,
        line=line,
    )


def _month(text: str, order: Order) -> Month:
    """The month of a comment, its first and last day and its name."""
    if not text:
        return UNDATED
    period = period_in(text, order)
    if period is None:
        raise _NoComment(f"the month {no_date(text, 'none')}")
    if fault := year_fault(period.start):
        raise _NoComment(f"the month {text!r}: {fault}")
    found = month(period.end.year, period.end.month)
    return found.start, found.end, found.label


def _figure(text: str) -> Month | None:
    """The period of the figure that is spoken of, as Remit writes it; None without one."""
    if not text:
        return None
    period = parse_period(text)
    if period is None:
        raise _NoComment(f"the figure {text[:60]!r} is no period; write it as Jun 2025, or nothing")
    return period.start, period.end, period.label


def _metric(text: str, known: _Known) -> str:
    found = text if text in known.metrics else known.names.get(text.lower())
    if found is None:
        near = nearest(text, [*known.metrics, *known.names]) or "none"
        raise _NoComment(f"there is no metric {text[:60]!r}; nearest: {near}. See `remit metrics`")
    return found


def _organisation(text: str, on: date, known: _Known) -> str:
    if not text:
        raise _NoComment("the organisation is missing; write its code")
    try:
        return known.register.named(text, None if on == date.max else on).code
    except UnknownCode as fault:
        raise _NoComment(str(fault)) from None


def _order(days: Iterable[str]) -> Order:
    """Whether days or months stand first; days, as in Britain, where the file does not tell."""
    try:
        return order_of(days)
    except Undecided:
        return Order()


def _due(text: str, known: _Known) -> date | None:
    """The last day of what is written: of a month or a quarter its end."""
    if not text:
        return None
    period = period_in(text, known.days)
    if period is None:
        raise _NoComment(f"due {no_date(text)}")
    if fault := year_fault(period.start):
        raise _NoComment(f"due {text!r}: {fault}")
    return period.end


def _status(text: str) -> str:
    plain = " ".join(text.lower().replace("-", " ").replace("_", " ").split())
    if plain and plain not in STATUSES:
        raise _NoComment(
            f"the status {text[:60]!r} is not allowed; use one of {', '.join(STATUSES)}"
        )
    return plain


def _owners(comments: Sequence[Comment], register: Register) -> Iterator[str]:
    """A warning where an owner looks like a person: a role stays when people change."""
    owners = sorted({one.owner for one in comments if one.owner})
    if not owners:
        return
    names = [
        o.name for code in sorted({c.org_code for c in comments}) if (o := register.find(code))
    ]
    # Its patterns take a tenth of a second to load, and a report without comments needs none.
    from remit.asks.intake.personal import load_personal
    from remit.asks.screening import Redactor

    screen = Redactor(load_personal()).knowing(names)
    people = [owner for owner in owners if not screen.is_clean(owner)]
    for owner in people:
        where = [f"{one.file}, line {one.line}" for one in comments if one.owner == owner]
        yield (
            f"{listed(where[:3])}: the owner {owner!r} looks like a person’s name; "
            "write a role, such as Chief operating officer, which stays when people change."
        )
