"""Whether a point in the figures of a table parts thousands or decimals: asked, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from remit.files.numbers import POINTED_THOUSANDS, number_in
from remit.model.errors import PublicationError
from remit.publications.files.decimal_commas import POINTED
from remit.signals.own.asked import AskedColumns
from remit.signals.own.columns import tidied
from remit.signals.own.tables import OwnTable

_POINTED = re.compile(POINTED_THOUSANDS)
_WHOLE = re.compile(r"[+-]?[0-9]+")
_NEARER_TO_THOUSANDS = 1000**0.5


def ask_of_thousands(table: OwnTable, cells: Sequence[str], asked: AskedColumns) -> None:
    """Ask, where ``1.490`` may be a thousand and more; numbers of a workbook are what they are.

    Parameters
    ----------
    table
        Where the figures stand.
    cells
        A column of them.
    asked
        What the user says; it may decide.

    Raises
    ------
    PublicationError
        If nothing tells; the message names the option that decides.

    Examples
    --------
    ``ask_of_thousands(table, ["1.490", "840"], AskedColumns(decimals="point"))``
    """
    if asked.decimals is not None or not table.separator or POINTED in table.raw.notes:
        return
    doubtful = _doubtful([tidied(cell) for cell in cells], table.separator)
    if doubtful:
        raise PublicationError(
            f"{table.where}: {doubtful!r} could be {doubtful.replace('.', ',')} (thousands) or a "
            "figure with three decimals, and nothing tells which; say --decimals comma (a point "
            "parts thousands) or --decimals point"
        )


def _doubtful(cells: Sequence[str], separator: str) -> str:
    """A figure whose point may part thousands; empty where there is none.

    All figures must have three decimals or none. Semicolons come from programs that write decimal
    commas; elsewhere the whole figures tell, if they lie nearer to the thousands.
    """
    fitting = [cell for cell in cells if _POINTED.fullmatch(cell)]
    pointed = [cell for cell in fitting if cell.count(".") == 1]
    many = len(fitting) > len(pointed)
    whole = [abs(int(cell)) for cell in cells if _WHOLE.fullmatch(cell) and int(cell)]
    figures = [cell for cell in cells if number_in(cell) is not None and number_in(cell) != 0]
    signed = any(cell.endswith("%") for cell in cells)
    if not pointed or signed or len(figures) > len(pointed) + len(whole):
        return ""
    usual = median(abs(float(cell)) for cell in pointed)
    apart = bool(whole) and median(whole) > _NEARER_TO_THOUSANDS * usual
    return pointed[0] if many or separator == ";" or apart else ""
