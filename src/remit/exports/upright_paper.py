"""The paper of letters that several organisations agree: upright, with paragraphs and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from remit.exports.document_paper import PaperPage, keep_whole
from remit.model.plain_text import for_xml

Row = Sequence[str]


class UprightPaper(PaperPage):
    """A letter, upright, with Word's own lists."""

    def words(self, words: str, *, strong: bool = False) -> None:
        """A paragraph."""
        self._document.add_paragraph().add_run(for_xml(words)).bold = strong

    def bullet(self, words: str) -> None:
        """A point of a list."""
        self._document.add_paragraph(for_xml(words), style="List Bullet")

    def table(
        self, heads: Row, widths: Sequence[float], rows: Sequence[Row], *, together: bool = False
    ) -> None:
        """A table whose heads come again on each page.

        Parameters
        ----------
        heads
            The heads.
        widths
            The widths of the columns, in cm.
        rows
            The rows; each stands on one page.
        together
            Whether all of them stand on one page, if a page holds them.
        """
        grid = self.grid(widths)
        _fill(grid.rows[0], heads, widths, head=True)
        for row in rows:
            _fill(grid.add_row(), row, widths)
        for row in grid.rows[:-1] if together else ():
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        self._document.add_paragraph()


def _fill(row: Any, texts: Row, widths: Sequence[float], *, head: bool = False) -> None:
    from docx.shared import Cm, Pt

    keep_whole(row, head=head)
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run(for_xml(text) or "–")
        run.bold, run.font.size = head, Pt(9.5)
