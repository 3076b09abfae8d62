"""Tables on the terminal; what stands in a cell is text and nothing else.

``rich`` would read ``[type 1]`` in a plain string as markup and leave it out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal

from remit.cli.output import drawn_on, say, speech
from remit.model.plain_text import shown
from remit.words.sentences import sentence_case

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

Side = Literal["left", "right"]

_NARROWEST = 20


class Grid:
    """A table that is filled row by row and then shown.

    Parameters
    ----------
    heads
        The heads of the columns that need no care of their own.
    title, caption
        What stands above and below it.
    title_side
        Where the title stands; by default in the middle.
    lines
        Whether a line parts the rows.

    >>> grid = Grid("Series", title="Control charts")
    >>> grid.row("A&E [type 1]")
    >>> grid.show()
     Control charts
    ┏━━━━━━━━━━━━━━┓
    ┃ Series       ┃
    ┡━━━━━━━━━━━━━━┩
    │ A&E [type 1] │
    └──────────────┘
    """

    def __init__(
        self,
        *heads: str,
        title: str | None = None,
        title_side: Literal["left", "center"] = "center",
        lines: bool = False,
    ) -> None:
        from rich.table import Table

        above = None if title is None else _text(title, "table.title")
        self._table = Table(title=above, title_justify=title_side, show_lines=lines)
        for head in heads:
            self.column(head)

    def column(
        self,
        head: str,
        side: Side = "left",
        *,
        fold: bool = False,
        whole: bool = False,
    ) -> None:
        """Add a column.

        Parameters
        ----------
        head
            Its head.
        side
            The side on which its cells stand.
        fold
            Whether a word too long goes on in the next line instead of being cut.
        whole
            Whether its cells are kept on one line.
        """
        self._table.add_column(
            _text(head),
            justify=side,
            overflow="fold" if fold else "ellipsis",
            no_wrap=whole,
        )

    def row(self, *cells: object, last: bool = False) -> None:
        """Add a row; None is a blank, and ``last`` ends a section."""
        self._table.add_row(*map(_text, cells), end_section=last)

    def caption(self, words: str) -> None:
        """Words below the table."""
        self._table.caption = _text(words, "table.caption")

    @property
    def is_empty(self) -> bool:
        """Whether it has no row."""
        return not self._table.row_count

    def show(self) -> None:
        """Print it."""
        _print(self._table)


def show_records(rows: Sequence[Mapping[str, Any]], *, lines: bool = False) -> None:
    """Print records as a table, without the columns that are empty throughout.

    Parameters
    ----------
    rows
        Name of the column → what stands in it.
    lines
        Whether a line parts the rows.
    """
    names = rows[0] if rows else {}
    columns = [name for name in names if any(row[name] not in {None, ""} for row in rows)]
    if not columns:
        return
    grid = Grid(*(sentence_case(name.replace("_", " ")) for name in columns), lines=lines)
    for row in rows:
        grid.row(*(row[name] for name in columns))
    grid.show()


def show_pairs(pairs: Mapping[str, str]) -> None:
    """Print names and what they are called beside each other; what is blank is left out.

    Without ``rich``, which takes as long to load as all else that ``remit org`` needs of Remit.
    """
    side = max((len(name) for name, value in pairs.items() if value), default=0) + 2
    width = max(get_terminal_size().columns - side, _NARROWEST)
    for name, value in pairs.items():
        lines = [
            part
            for line in value.splitlines()
            for part in wrap(line, width, break_on_hyphens=False) or [""]
        ]
        for number, line in enumerate(lines):
            say(f"{'' if number else name:<{side}}{line}")


def _print(table: Table) -> None:
    if not speech().quiet:
        drawn_on().print(table)


def _text(value: object, style: str = "") -> Text:
    from rich.text import Text

    return Text("" if value is None else shown(str(value)), style)
