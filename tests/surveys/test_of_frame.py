"""A survey in a frame of the user's own."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa

import remit
from tests.surveys.exports import COLUMNS, HEARD, NOW, QUESTIONNAIRE


def test_each_kind_of_frame_comes_back_as_it_was_given(tmp_path):  # type: ignore[no-untyped-def]
    questionnaire = tmp_path / "small.yaml"
    questionnaire.write_text(QUESTIONNAIRE, encoding="utf-8")
    given = pl.DataFrame([*NOW], schema=list(COLUMNS), orient="row")
    for frame, kind in (
        (given, pl.DataFrame),
        (given.lazy(), pl.LazyFrame),
        (given.to_pandas(), pd.DataFrame),
        (given.to_arrow(), pa.Table),
    ):
        found = remit.survey(frame, questionnaire, by=["kind"], wave="2026")
        assert isinstance(found, kind)
        plain = found.collect() if isinstance(found, pl.LazyFrame) else pl.DataFrame(found)
        heard = plain.filter((pl.col("item") == HEARD) & (pl.col("group") == "all"))
        assert heard.select("base", "n_agree", "invalid").row(0) == (4, 2, 1)
