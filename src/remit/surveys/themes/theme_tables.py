"""How many comments have each theme, whole and by group, with base and interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from remit.model.codebook import NO_THEME, Codebook
from remit.surveys.intervals import wilson
from remit.surveys.reading.answers import Cut, SurveyRead, Voices
from remit.surveys.suppressing_cells import suppressed_cells
from remit.surveys.tables import cuts_of
from remit.surveys.themes.coding import SUGGESTION, FinalCodes
from remit.surveys.themes.comments import CommentKey, SurveyComment

SCHEMA: dict[str, type[pl.DataType]] = {
    "wave": pl.String, "item": pl.String, "group_by": pl.String, "group": pl.String,
    "theme": pl.String, "theme_name": pl.String, "base": pl.Int64, "n": pl.Int64,
    "pct": pl.Float64, "low": pl.Float64, "high": pl.Float64, "base_by_person": pl.Int64,
    "item_id": pl.String,
}  # fmt: skip


def theme_counts(
    read: SurveyRead,
    comments: Sequence[SurveyComment],
    codes: Mapping[CommentKey, FinalCodes],
    codebook: Codebook,
    *,
    by: Sequence[Sequence[str]] = (),
    min_base: int = 0,
) -> pl.DataFrame:
    """Each theme of each item by wave and group; a theme that nobody has stands with its base.

    Parameters
    ----------
    read, comments
        The answers and their comments.
    codes
        The themes of each comment.
    codebook
        All themes.
    by
        The cuts beside the whole.
    min_base
        The least base that is shown.
    """
    names = {one.id: one.name for one in codebook.themes} | {NO_THEME: "No theme"}
    rows = [
        row
        for voices in read.waves
        for cut in cuts_of(read, voices, by)
        for item in _items(voices, comments)
        for row in _of_item(voices.wave.id, cut, item, codes, names)
    ]
    frame = pl.DataFrame(rows, schema=SCHEMA)
    with np.errstate(invalid="ignore", divide="ignore"):
        count, base = (frame[name].to_numpy().astype(float) for name in ("n", "base"))
        low, high = wilson(count, base)
        share = 100 * count / base
    told = frame.with_columns(
        pct=pl.Series(share), low=pl.Series(100 * low), high=pl.Series(100 * high)
    ).with_columns(pl.col(pl.Float64).fill_nan(None))
    return suppressed_cells(told, min_base, "theme")


def _items(voices: Voices, comments: Sequence[SurveyComment]) -> Iterator[list[SurveyComment]]:
    mine = [one for one in comments if one.wave == voices.wave.id]
    for item in dict.fromkeys(one.item for one in mine):
        yield [one for one in mine if one.item == item]


def _of_item(
    wave: str,
    cut: Cut,
    comments: Sequence[SurveyComment],
    codes: Mapping[CommentKey, FinalCodes],
    names: Mapping[str, str],
) -> Iterator[dict[str, object]]:
    for number, label in enumerate(cut.labels):
        of_group = [codes[one.key] for one in comments if cut.codes[one.place] == number]
        by_person = sum(one.source != SUGGESTION for one in of_group)
        for theme, name in names.items():
            having = sum(theme in (one.themes or {NO_THEME}) for one in of_group)
            yield {
                "wave": wave,
                "item": comments[0].wording,
                "group_by": cut.id,
                "group": label,
                "theme": theme,
                "theme_name": name,
                "base": len(of_group),
                "n": having,
                "base_by_person": by_person,
                "item_id": comments[0].item,
            }
