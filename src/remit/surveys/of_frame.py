"""A survey in a user's own frame, counted and given back as a frame of the same kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from remit.frames.native import to_polars
from remit.model.questionnaire import Questionnaire
from remit.surveys.loading import load_questionnaire, load_scales
from remit.surveys.reading.exports import export_of_frame
from remit.surveys.reading.reading import read_survey
from remit.surveys.writing import counted


def survey(
    frame: Any,
    questionnaire: str | Path | Questionnaire,
    *,
    by: Sequence[str | Sequence[str]] = (),
    min_base: int = 0,
    wave: str = "",
) -> Any:
    """Count the items of a survey: base, shares and interval, whole and by group.

    Parameters
    ----------
    frame
        A polars or pandas frame, an Arrow table or a DuckDB relation: one row a respondent, the
        questions as the names of its columns.
    questionnaire
        A questionnaire, its file, or the name of a ready one.
    by
        Groups to cut by; several that are crossed as a list.
    min_base
        The least base that is shown; rows below it have no figures, and say so.
    wave
        The wave of the frame, where its wording does not tell it.

    Returns
    -------
    frame
        The rows of ``items.csv`` of ``remit survey tables``, in a frame of the kind given.

    Raises
    ------
    RemitError
        If the questionnaire is faulty, a column is missing, or the frame cannot be read.

    Examples
    --------
    >>> import polars as pl
    >>> import remit
    >>> answers = pl.read_csv("demo/people/sample-survey-2026.csv")
    >>> items = remit.survey(answers, "demo/people/sample-survey.yaml", wave="2026")
    >>> items.select("item_id", "base", "n_agree").row(1)
    ('comfort', 50, 12)
    """
    given, back = to_polars(frame)
    asked = (
        questionnaire
        if isinstance(questionnaire, Questionnaire)
        else load_questionnaire(str(questionnaire))
    )
    read = read_survey([export_of_frame(given)], asked, load_scales(), wave)
    cuts = [[one] if isinstance(one, str) else list(one) for one in by]
    return back(counted(read, cuts, min_base).frames["items"])
