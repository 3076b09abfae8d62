"""Long tables: one column of figures, and texts in the row that say what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from remit.model.publication import Publication, folded
from remit.publications.rows.measures import Measured
from remit.publications.rows.rows import LINE, Check, known_values


def words_of(
    frame: pl.DataFrame, column: str, publication: Publication, name: str
) -> tuple[pl.DataFrame, Check]:
    """Add ``name``, the word that the publication declares for a column's text.

    Case, blanks and dashes make no difference: ``Mental illness`` is ``Mental Illness``.

    Returns
    -------
    tuple
        The frame, and the check that refuses a text of which nothing is declared.
    """
    declared = publication.words[column]
    known = {folded(written): word for written, word in declared.items()}
    word = known_values(frame, column, lambda text: known.get(folded(text)))
    reason = f"nothing is declared of this text; known: {', '.join(declared)}"
    return frame.with_columns(word.alias(name)), Check(
        pl.col(name).is_null(), column, pl.lit(reason)
    )


def named_by_row(piece: Measured, frame: pl.DataFrame, columns: Mapping[str, str]) -> Measured:
    """Take columns of observations from the rows that they were made of.

    Parameters
    ----------
    piece
        What was made of the rows.
    frame
        The rows, each once, with ``line``.
    columns
        A column of the observations → that of the frame which replaces it.
    """
    kept = piece.observations.drop(list(columns))
    given = frame.select(LINE, *(pl.col(own).alias(name) for name, own in columns.items()))
    joined = kept.join(
        given, left_on="source_row", right_on=LINE, how="left", maintain_order="left"
    )
    return replace(piece, observations=joined.select(piece.observations.columns))
