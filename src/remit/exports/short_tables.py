"""The tables of a short pack: what was found, who stands beside it, the nine cells, the matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from remit.exports.tables import PrintedCell, Table, line_tone
from remit.report.findings import BoardFinding
from remit.report.matrix import OrganisationMatrix
from remit.report.members_beside import MemberMark
from remit.report.nine_cells import CellGrid, GridCell
from remit.report.spans import usual_range
from remit.report.view import ReportLine, ReportView
from remit.words.figures import NOT_HELD
from remit.words.sentences import count_words, sentence_case

_TONES = {"concern": "concern", "missed": "concern", "improving": "improvement"}
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

    The most telling come first: its own, then members by what they show, then areas.
    """
    rows = [_own_row(line), *map(_own_row, _members(view, line)), *_areas(line)]
    return Table(
        title=f"{line.period}, beside its own usual range",
        heads=("Who", line.period, "Usual range", "State"),
        shares=(3.85, 1.65, 2.1, 1.5),
        rows=tuple(rows),
        finding=f"{line.metric.name} of {line.body.short}: {line.said}.",
    )


def _members(view: ReportView, line: ReportLine) -> list[ReportLine]:
    if line.body != view.body:
        return []
    same = [
        one
        for section in view.members
        for one in section.lines
        if (one.metric.id, one.period) == (line.metric.id, line.period)
    ]
    return sorted(same, key=lambda one: (not one.worsens, not one.is_special, one.body.short))


def _own_row(line: ReportLine) -> tuple[PrintedCell, ...]:
    return (
        PrintedCell(line.body.short),
        PrintedCell(line.said),
        PrintedCell(usual_range(line) or "–"),
        PrintedCell(state_of(line), line_tone(line) if line.is_special else ""),
    )


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
        shares=(1.7, 3.4, 3.4, 3.4),
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


def matrix_table(matrix: OrganisationMatrix, rows: int, columns: int) -> Table:
    """Organisations by metrics in signs and figures, the most telling ones.

    Parameters
    ----------
    matrix
        All of it.
    rows, columns
        So many organisations and metrics at most.

    Examples
    --------
    ``matrix_table(matrix_of(view), 12, 6)``
    """
    told = _telling_columns(matrix)[:columns]
    chosen = _telling_rows(matrix)[:rows]
    cells = tuple(
        (
            PrintedCell(matrix.rows[place].body.short),
            *(_matrix_cell(matrix.rows[place].lines[at], matrix.periods[at]) for at in told),
        )
        for place in chosen
    )
    return Table(
        title="Organisations by metric",
        heads=("Organisation", *(matrix.metrics[at].name for at in told)),
        shares=(2.3, *(1.7 for _ in told)),
        rows=cells,
        finding="▲ worse than chance explains, ■ better, ● usual.",
    )


def _telling_columns(matrix: OrganisationMatrix) -> list[int]:
    """Metrics in the order in which they tell most: concerns, then other signals, then held."""

    def told(at: int) -> tuple[int, int, int]:
        lines = [row.lines[at] for row in matrix.rows if row.lines[at] is not None]
        worse = sum(line.worsens for line in lines if line)
        special = sum(line.is_special for line in lines if line)
        return (-worse, -special, -len(lines))

    return sorted(range(len(matrix.metrics)), key=told)


def _telling_rows(matrix: OrganisationMatrix) -> list[int]:
    """The organisation itself, then ICBs of a region, then those with most concerns."""

    def told(place: int) -> tuple[bool, bool, int]:
        row = matrix.rows[place]
        worse = sum(line.worsens for line in row.lines if line)
        return (not row.own, row.body.kind != "ICB", -worse)

    return sorted(range(len(matrix.rows)), key=told)


def _matrix_cell(line: ReportLine | None, period: str) -> PrintedCell:
    if line is None:
        return PrintedCell(NOT_HELD)
    sign = SIGNS[MemberMark(line).state] if line.is_special else "●"
    if not line.is_told:
        sign = ""
    dated = f" ({line.period})" if line.period != period else ""
    return PrintedCell(f"{sign} {line.said}{dated}".strip(), line_tone(line))
