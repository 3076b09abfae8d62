"""Columns that were not read although their names say that they may matter."""

from __future__ import annotations

from collections.abc import Sequence

from remit.signals.own.asked import AskedColumns
from remit.signals.own.choosing import Chosen
from remit.signals.own.columns import TableColumn
from remit.signals.own.keys import unread_names
from remit.words.sentences import listed


def unread_keys(columns: Sequence[TableColumn], chosen: Chosen, asked: AskedColumns) -> str:
    """Which columns of names change within a series and were not taken for its name.

    Parameters
    ----------
    columns
        Those of the table.
    chosen
        What was taken for what.
    asked
        Whoever names the columns of the series knows which are not.

    Examples
    --------
    ``"'Age' changes and was not read: if it tells series apart, name it with --series-column"``
    """
    used = {chosen.date, chosen.target, *chosen.figures.values()}
    rest = [column for column in columns if column not in used]
    left = [] if asked.series else unread_names(rest, chosen.series)
    named = listed([column.label for column in left])
    apart = "if it tells series apart, name it with --series-column"
    return f"{named} changes and was not read: {apart}" if left else ""


def unread_target(columns: Sequence[TableColumn], chosen: Chosen) -> str:
    """Which column has the name of a target, and words in place of figures."""
    for column in columns:
        if column.is_target and column.is_text and column != chosen.target:
            return f"{column.label} was not read as a target: '{column.filled[0]}' is no figure"
    return ""
