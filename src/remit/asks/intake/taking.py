"""Takes the rows of a file's lists one after the other, and keeps account of what is odd."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from remit.asks.intake.bounds import Notes
from remit.asks.intake.candidate import FileRead, reject
from remit.asks.intake.headings import unit_of
from remit.asks.intake.lists import AskList
from remit.asks.intake.looks import DAYS
from remit.asks.intake.row_values import BadCell, ListColumns, values_of, with_what_stands_above
from remit.asks.intake.table_files import FileAccount
from remit.asks.intake.tables import Reduction, candidate_of, key_if_told
from remit.asks.intake.total_rows import Sums, is_header_again, is_heading_of_part, is_total
from remit.asks.intake.typed_days import is_month_first
from remit.asks.intake.typed_hours import working_day
from remit.asks.senders import UNKNOWN
from remit.words.sentences import count_words

_MOST_UNREAD = 100
_MOST_LINES = 20
_SHORT = 80
_QUOTED = re.compile(r"'[^']+'|\"[^\"]+\"")
_MOST_SHOWN = 200


class Taking:
    """Takes the rows of a file into its account; each is an ask, a rejection, or passed over.

    Parameters
    ----------
    read
        The account of the file.
    reduction
        How personal data are reduced.
    account
        What of the workbook's cells was merged.
    """

    def __init__(self, read: FileRead, reduction: Reduction, account: FileAccount) -> None:
        self._read, self._reduction, self._account = read, reduction, account
        self._clean: Callable[[str], str] = lambda value: reduction.redactor.redact(value).text
        self._seen: Counter[str] = Counter()
        self._unread: list[str] = []
        self._quoted: dict[str, str] = {}
        self._replaced = 0

    def screened(self, quoted: re.Match[str]) -> str:
        """What a note quotes from a cell, without the names of people."""
        text = quoted[0][1:-1]
        if text not in self._quoted:
            self._quoted[text] = self._clean(text)[:_SHORT]
        return f"{quoted[0][0]}{self._quoted[text]}{quoted[0][-1]}"

    def of(self, one: AskList, place: str) -> TakingList:
        """Takes the rows of one list, which stands at a place: the file, or a sheet of it."""
        return TakingList(self, one, place)

    def notes(self) -> Iterator[str]:
        """What was odd in the cells of all rows that were taken."""
        if self._replaced:
            yield (
                f"{count_words(self._replaced, 'identifier')} of asks looked like a person's "
                "name or number; made-up ones are kept instead, the same at each import"
            )
        yield from self._unread[:_MOST_UNREAD]
        if (left := len(self._unread) - _MOST_UNREAD) > 0:
            yield f"{count_words(left, 'more cell')} left blank that could not be read"
        if self._unread:
            yield "what was left blank can be filled in with remit asks edit"


class TakingList:
    """Takes the rows of one list.

    Parameters
    ----------
    taking
        What is kept of the whole file.
    one
        The list.
    place
        The file, or a sheet of it.
    """

    def __init__(self, taking: Taking, one: AskList, place: str) -> None:
        self._of, self._list, self._place = taking, one, place
        self._where = "" if place == taking._read.file_name else f"{one.sheet}, "
        self._columns = columns_of(one)
        self._headed = {
            column: f" (your column {taking._clean(name)[:_MOST_SHOWN]!r})"
            for name, column in one.mapping.columns.items()
            if name != column
        }
        self._notes = Notes()
        self._sums = Sums()
        self._above: list[str] = []
        self._passed: dict[str, list[int]] = {}

    def take(self, line: int, cells: list[str]) -> None:
        """One row: an ask, a rejection, or none of both, which is told."""
        if passed := self._passed_over(line, cells):
            self._passed.setdefault(passed, []).append(line)
            return
        said: list[str] = []
        cells = with_what_stands_above(cells, self._above, self._columns.places, said)
        self._above = cells
        of = self._of
        unread: list[BadCell] = []
        try:
            values, unread = values_of(cells, self._columns, said)
            self._once_of_merged(line, values, said)
            candidate = candidate_of(line, values, of._reduction, of._seen, said)
        except BadCell as fault:
            told = (bad for bad in unread if bad.column == fault.column)
            self._reject(line, cells, next(told, fault))
            return
        said += self._on_sender(values, unread, candidate.from_body)
        of._read.candidates.append(candidate)
        self._notes.add(line, [_QUOTED.sub(of.screened, note) for note in said])
        self._sums.add(candidate.hours_estimate)
        of._replaced += bool(values.get("ask_id")) and not candidate.ask_id
        for bad in unread:
            self._leave_blank(line, bad)

    def notes(self) -> Iterator[str]:
        """How cells were read, and which rows were passed over."""
        if self._columns.unit != "hours" and "hours_estimate" in self._columns.places:
            yield f"{self._where}{_counted(self._columns)}{self._headed.get('hours_estimate', '')}"
        if self._columns.month_first:
            yield f"{self._where}dates such as 06/13/2025 stand there, so all have the month first"
        if "from_body" not in self._columns.places:
            yield f"{self._where}no column says who asks; all are kept as unknown"
        yield from (f"{self._where}{note}" for note in self._notes.lines("row"))
        for what, lines in self._passed.items():
            told = ", ".join(map(str, lines[:_MOST_LINES]))
            more = " …" if len(lines) > _MOST_LINES else ""
            rows = count_words(len(lines), "row")
            yield f"{self._where}{rows} of {what} passed over, no ask: line {told}{more}"

    def _passed_over(self, line: int, cells: list[str]) -> str:
        """What a row is that asks nothing of anybody; blank for one that may."""
        places = self._columns.places
        if is_total(cells, places.get("hours_estimate"), self._sums, self._columns.unit):
            self._sums.begin_part()
            return "totals"
        if is_heading_of_part(
            cells, is_across=(self._list.sheet, line) in self._of._account.across
        ):
            return "headings of a part"
        return "headings once more" if is_header_again(cells, self._list.header) else ""

    def _on_sender(
        self, values: dict[str, Any], unread: list[BadCell], label: str
    ) -> Iterator[str]:
        """A sender whom no declaration knows is told."""
        if "from_body" not in values or any(bad.column == "from_body" for bad in unread):
            return
        if not values["from_body"]:
            yield "from_body: nobody is named; kept as unknown"
        elif label == UNKNOWN:
            yield "from_body: a person, or no body that is declared; kept as unknown"
        elif not self._of._reduction.senders.is_declared(label):
            yield f"from_body: {label!r} is no declared body; kept as written, see --senders"

    def _leave_blank(self, line: int, bad: BadCell) -> None:
        self._of._read.unread += 1
        where = f"{self._place}, line {line}" if self._where else f"line {line}"
        self._of._unread.append(
            f"{where}, {bad.column} left blank: {bad.reason}"
            f"{self._headed.get(bad.column, '')}: {self._of._clean(bad.value)[:_SHORT]!r}"
        )

    def _once_of_merged(self, line: int, values: dict[str, Any], said: list[str]) -> None:
        """Hours in a cell that is merged over several asks count once; all else holds for each."""
        filled = {
            column
            for column, at in self._columns.places.items()
            if (self._list.sheet, line, at) in self._of._account.filled
        }
        if "hours_estimate" in filled:
            values["hours_estimate"] = None
            said.append("hours in a merged cell are kept with the first of its asks")
        if named := sorted(filled - {"hours_estimate"}):
            said.append(f"{', '.join(named)} taken from the cell with which it is merged")

    def _reject(self, line: int, cells: list[str], fault: BadCell) -> None:
        of = self._of
        if key := key_if_told(cells, self._columns, of._seen):
            of._read.rejected_keys[self._place, line] = key
        value = of._clean(fault.value[:_MOST_SHOWN])
        reason = fault.reason + self._headed.get(fault.column, "")
        of._read.rejections.append(reject(self._place, line, fault.column, value, reason))


def columns_of(one: AskList) -> ListColumns:
    """Where the columns of a list stand, and how it writes days and hours."""
    places = one.places
    headings = {column: name for name, column in one.mapping.columns.items()}
    days = [at for column, at in places.items() if column in DAYS]
    return ListColumns(
        places=places,
        width=len(one.header),
        unit=unit_of(headings.get("hours_estimate", "")),
        month_first=is_month_first(_cells(one.rows, days)),
    )


def _cells(rows: Sequence[tuple[int, list[str]]], places: Sequence[int]) -> Iterator[str]:
    return (row[at] for _, row in rows for at in places if at < len(row))


def _counted(columns: ListColumns) -> str:
    if columns.unit == "minutes":
        return "bare numbers of hours are minutes, as the heading says"
    of_days = f"days of {working_day():g} hours"
    what = f"weeks of five {of_days}" if columns.unit == "weeks" else of_days
    return f"bare numbers of hours are {what}, as the heading says"
