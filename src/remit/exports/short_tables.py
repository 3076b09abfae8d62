"""The tables of a short pack: what was found, who stands beside it, the nine cells, the matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remit.exports.tables import PrintedCell, Table, line_tone
from remit.report.findings import BoardFinding
from remit.report.matrix import BodyRow, OrganisationMatrix
from remit.report.members_beside import MemberMark, by_weight, dated_of, same_of
from remit.report.nine_cells import CellGrid, GridCell
from remit.report.spans import usual_range
from remit.report.view import ReportLine, ReportView
from remit.words.figures import NOT_HELD
from remit.words.sentences import count_words, sentence_case

_TONES = {
    "concern": "concern", "missed": "concern", "short": "concern", "improving": "improvement",
}  # fmt: skip
USUAL = "● usual"
SIGNS = {"worse": "▲", "better": "■", "changed": "◇"}
"""The sign of a special cause, by its state; the word stands beside it or in the key."""


def state_of(line: ReportLine) -> str:
    """Sign and word of a line: ``▲ worse``, ``■ better``, ``● usual``, or why there is none."""
    if line.is_special:
        mark = MemberMark(line)
        return f"{SIGNS[mark.state]} {mark.state}"
    return USUAL if line.variation.code == "common_cause" else line.variation.words.lower()


def found_table(found: Sequence[BoardFinding]) -> Table:
    """The findings of a report, a row each."""
    rows = tuple(
        (
            PrintedCell(one.tag, _TONES.get(one.kind, "")),
            PrintedCell(one.sentence),
            PrintedCell(sentence_case(one.asks) if one.asks else "Commented"),
        )
        for one in found
    )
    return Table(
        title="What matters",
        heads=("Kind", "What was found", "What people say"),
        shares=(1.5, 8.2, 2.3),
        rows=rows,
        finding=f"{sentence_case(count_words(len(rows), 'finding'))}.",
    )


def beside_table(view: ReportView, line: ReportLine) -> Table:
    """A figure beside those of its members, its region and England.

    The most telling come first: its own, then members by what they show and weigh, then those whose
    newest figure is of another period, which is named, then areas.
    """
    members = by_weight(line, same_of(view, line))
    dated = map(_dated_row, dated_of(view, line))
    rows = [_own_row(line), *map(_own_row, members), *dated, *_areas(line)]
    return Table(
        title=f"{line.period}, beside its own usual range",
        heads=("Who", line.period, "Usual range", "State"),
        shares=(3.85, 1.65, 2.1, 1.5),
        rows=tuple(rows),
        finding=f"{line.metric.name} of {line.body.short}: {line.said}.",
    )


def _own_row(line: ReportLine) -> tuple[PrintedCell, ...]:
    return (
        PrintedCell(line.body.short),
        PrintedCell(line.said),
        PrintedCell(usual_range(line) or "–"),
        PrintedCell(state_of(line), line_tone(line) if line.is_special else ""),
    )


def _dated_row(line: ReportLine) -> tuple[PrintedCell, ...]:
    """A row of another period, which stands beside its value."""
    name, said, usual, state = _own_row(line)
    return (name, PrintedCell(f"{said.text} ({line.period})"), usual, state)


def _areas(line: ReportLine) -> Iterator[tuple[PrintedCell, ...]]:
    for area in line.compared.areas:
        said = area.said if area.value is not None else NOT_HELD
        yield tuple(map(PrintedCell, (area.name, said, "–", area.basis or "–")))


def grid_table(grid: CellGrid, most: int | None = None) -> Table:
    """The nine cells of Making Data Count, and a row for what has no goal.

    Parameters
    ----------
    grid
        Variation across, assurance down.
    most
        So many names stand in a cell at most; of others their number.

    Examples
    --------
    ``grid_table(cells_of(view), 5)``
    """
    rows = []
    for row in grid.rows:
        head = row.words + (f" ({row.hint})" if row.hint else "")
        cells = (PrintedCell(_names(c, most), "concern" if c.attention else "") for c in row.cells)
        rows.append((PrintedCell(head), *cells))
    return Table(
        title="Every metric by how it varies and whether it meets its goal",
        heads=("Goal", *grid.columns),
        shares=(1.7, *(3.4 for _ in grid.columns)),
        rows=tuple(rows),
        finding=grid.sentence,
    )


def _names(cell: GridCell, most: int | None) -> str:
    if not cell.entries:
        return "–"
    shown = cell.entries if most is None else cell.entries[:most]
    said = [one.words for one in shown]
    if more := len(cell.entries) - len(shown):
        said.append(f"and {more} more")
    return "; ".join(said)


def grid_left_out(grid: CellGrid, most: int | None) -> int:
    """How many names :func:`grid_table` leaves out."""
    cells = [cell for row in grid.rows for cell in row.cells]
    return 0 if most is None else sum(max(0, len(cell.entries) - most) for cell in cells)


@dataclass(frozen=True, slots=True)
class TellingPart:
    """Organisations and metrics of a matrix in the order in which they tell most.

    Attributes
    ----------
    matrix
        All of it.
    rows, columns
        The places of those shown; an organisation without a figure in any of them is not.
    """

    matrix: OrganisationMatrix
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @property
    def period(self) -> str:
        """The period of all its metrics; empty where they are of several."""
        found = {self.matrix.periods[at] for at in self.columns}
        return found.pop() if len(found) == 1 else ""

    def head(self, at: int) -> str:
        """The head of a metric, with its period where not all are of the same."""
        name, period = self.matrix.metrics[at].name, self.matrix.periods[at]
        return name if self.period or not period else f"{name} ({period})"


def telling_part(matrix: OrganisationMatrix, columns: int) -> TellingPart:
    """The most telling metrics, so many at most, and whoever has a figure in one of them.

    Examples
    --------
    ``telling_part(matrix_of(view), 6).rows``
    """
    told = _telling_columns(matrix)[:columns]
    rows = [
        place
        for place in _telling_rows(matrix, told)
        if matrix.rows[place].own or any(_lines(matrix.rows[place], told))
    ]
    return TellingPart(matrix, tuple(rows), tuple(told))


def matrix_table(part: TellingPart, rows: int) -> Table:
    """Organisations by metrics in signs and figures, the most telling ones.

    Parameters
    ----------
    part
        What of the matrix is told.
    rows
        So many organisations at most.

    Examples
    --------
    ``matrix_table(telling_part(matrix_of(view), 6), 12)``
    """
    matrix, told = part.matrix, part.columns
    cells = tuple(
        (
            PrintedCell(matrix.rows[place].body.short),
            *(_matrix_cell(matrix.rows[place].lines[at], matrix.periods[at]) for at in told),
        )
        for place in part.rows[:rows]
    )
    return Table(
        title="Organisations by metric",
        heads=("Organisation", *map(part.head, told)),
        shares=(2.3, *(1.7 for _ in told)),
        rows=cells,
        finding="▲ worse than chance explains, ■ better, ● usual.",
    )


def _lines(row: BodyRow, told: Sequence[int]) -> list[ReportLine]:
    """The lines of an organisation that have a figure, among these metrics."""
    return [line for at in told if (line := row.lines[at]) and line.value is not None]


def _telling_columns(matrix: OrganisationMatrix) -> list[int]:
    """Metrics in the order in which they tell most: concerns, then other signals, then held."""

    def told(at: int) -> tuple[int, int, int]:
        lines = [line for row in matrix.rows for line in _lines(row, [at])]
        worse = sum(line.worsens for line in lines)
        special = sum(line.is_special for line in lines)
        return (-worse, -special, -len(lines))

    return sorted(range(len(matrix.metrics)), key=told)


def _telling_rows(matrix: OrganisationMatrix, told: Sequence[int]) -> list[int]:
    """The organisation itself, then ICBs of a region, then those with most to tell of these."""

    def order(place: int) -> tuple[bool, bool, int, int, int]:
        row = matrix.rows[place]
        lines = _lines(row, told)
        worse, special = sum(x.worsens for x in lines), sum(x.is_special for x in lines)
        return (not row.own, row.body.kind != "ICB", -worse, -special, -len(lines))

    return sorted(range(len(matrix.rows)), key=order)


def _matrix_cell(line: ReportLine | None, period: str) -> PrintedCell:
    if line is None:
        return PrintedCell(NOT_HELD)
    sign = SIGNS[MemberMark(line).state] if line.is_special else "●"
    if not line.is_told:
        sign = ""
    dated = f" ({line.period})" if line.period != period else ""
    return PrintedCell(f"{sign} {line.said}{dated}".strip(), line_tone(line))
