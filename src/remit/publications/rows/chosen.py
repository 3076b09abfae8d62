"""Rows that a publication prints beside those that are kept: passed over, and told how many."""

from __future__ import annotations

import polars as pl

from remit.model.publication import Publication
from remit.publications.rows.rows import whole_text_fits
from remit.words.sentences import count_words


def chosen_rows(
    frame: pl.DataFrame, publication: Publication
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows that the publication says are taken, and a sentence on each kind of others.

    Rows that are passed over are accepted: they are read, and knowingly not kept.
    """
    notes = []
    for only in publication.only:
        fits = whole_text_fits(only.column, f"(?i){only.pattern}")
        if only.but:
            fits &= ~whole_text_fits(only.column, f"(?i){only.but}")
        kept = frame.filter(fits)
        if passed := frame.height - kept.height:
            notes.append(f"{count_words(passed, 'row')} not kept: {only.others}")
        frame = kept
    return frame, tuple(notes)
