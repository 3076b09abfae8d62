"""The tables of a survey: each item with base, counts, shares and interval, whole and by group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from remit.model.errors import SurveyError
from remit.surveys.between import GROUPS_SCHEMA, OVERALL_SCHEMA, group_rows, overall_row
from remit.surveys.cuts import ALL, crossed
from remit.surveys.design import SCHEMA as DESIGN_SCHEMA
from remit.surveys.design import Design, design_rows, shares_of_groups, sums_by_item
from remit.surveys.intervals import wilson
from remit.surveys.reading.answers import (
    ANSWER,
    BLANK,
    DONT_KNOW,
    INVALID,
    Cut,
    MultiAnswers,
    NumberAnswers,
    ScaleAnswers,
    SurveyRead,
    Voices,
)
from remit.surveys.weighting import weights_of
from remit.words.nearest import did_you_mean

_SIDES = ("agree", "neutral", "disagree")


@dataclass(frozen=True, slots=True)
class SurveyTables:
    """Frames by the name of their file, unrounded."""

    items: pl.DataFrame
    answers: pl.DataFrame
    multi: pl.DataFrame
    numeric: pl.DataFrame
    weighted: pl.DataFrame
    groups: pl.DataFrame
    overall: pl.DataFrame


def tabulate(
    read: SurveyRead,
    by: Sequence[Sequence[str]] = (),
) -> SurveyTables:
    """Count a survey.

    Parameters
    ----------
    read
        The answers.
    by
        The cuts beside the whole, each of one group or of several that are crossed.

    Raises
    ------
    SurveyError
        If a group is not declared, or no wave has its column.

    Examples
    --------
    >>> from pathlib import Path
    >>> from remit.surveys import load_questionnaire, load_scales, read_export, read_survey
    >>> export = read_export(Path("demo/people/sample-survey-2026.csv"))
    >>> asked = load_questionnaire("demo/people/sample-survey.yaml")
    >>> tables = tabulate(read_survey([export], asked, load_scales()), [["trust_type"]])
    >>> tables.items.select("group", "base", "n_agree", "pct_agree").row(1)
    ('all', 50, 12, 24.0)
    """
    rows: dict[str, list[pl.DataFrame]] = {name: [] for name in SCHEMAS}
    for voices in read.waves:
        weighed = weights_of(voices, read.questionnaire.weights)
        design = Design.of(voices, weighed)
        for cut in cuts_of(read, voices, by):
            for answers in voices.items:
                if isinstance(answers, ScaleAnswers):
                    item, each = _scale(voices, answers, cut, weighed)
                    rows["items"].append(item)
                    rows["answers"].append(each)
                elif isinstance(answers, MultiAnswers):
                    rows["multi"].append(_multi(voices, answers, cut, weighed))
                elif isinstance(answers, NumberAnswers):
                    rows["numeric"].append(_numbers(voices, answers, cut))
            for name, frame in _by_design(voices, cut, design):
                rows[name].append(frame)
    return SurveyTables(*(_joined(name, frames) for name, frames in rows.items()))


def _joined(name: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """One table of its pieces; what cannot be worked out is empty."""
    whole = pl.concat(frames) if frames else pl.DataFrame(schema=SCHEMAS[name])
    return whole.with_columns(pl.col(pl.Float64).fill_nan(None))


def _by_design(voices: Voices, cut: Cut, design: Design) -> Iterator[tuple[str, pl.DataFrame]]:
    for answers, sums in sums_by_item(voices, cut, design):
        shares = shares_of_groups(design, sums)
        yield "weighted", design_rows(voices, answers, cut, shares)
        if cut.id != ALL:
            yield "groups", group_rows(voices, answers, cut, design, sums)
            yield "overall", overall_row(voices, answers, cut, design, sums)


def cuts_of(read: SurveyRead, voices: Voices, by: Sequence[Sequence[str]]) -> Iterator[Cut]:
    """The whole of a wave, then each cut of it that is asked for.

    Parameters
    ----------
    read
        The answers, whose questionnaire declares the groups.
    voices
        The wave.
    by
        The cuts beside the whole, each of one group or of several that are crossed.

    Examples
    --------
    >>> [cut.id for cut in cuts_of(read, voices, [["role"]])]  # doctest: +SKIP
    ['all', 'role']
    """
    yield Cut(ALL, "All", (ALL,), np.zeros(voices.count, dtype=np.int32))
    for names in by:
        for name in names:
            if read.questionnaire.group(name) is None:
                known = [group.id for group in read.questionnaire.groups]
                raise SurveyError(
                    f"there is no group {name!r}; {read.questionnaire.id} has "
                    f"{', '.join(known) or 'none'}{did_you_mean(name, known)}"
                )
            if not any(name in one.cuts for one in read.waves):
                raise SurveyError(f"no file has a column of the group {name!r}")
        if all(name in voices.cuts for name in names):
            yield crossed([voices.cuts[name] for name in names])


def _counts(
    cut: Cut, codes: np.ndarray, kinds: int, weights: np.ndarray | None = None
) -> np.ndarray:
    """Groups by codes: how many respondents, or the sum of their weights."""
    groups = len(cut.labels)
    if cut.id == ALL and weights is None:
        return np.bincount(codes, minlength=kinds)[None, :]
    # Who is in no group falls into a row of its own, which is cut off.
    place = (cut.codes.astype(np.int64) + 1) * kinds + codes
    flat = np.bincount(place, weights=weights, minlength=(groups + 1) * kinds)
    return flat.reshape(groups + 1, kinds)[1:]


def _scale(
    voices: Voices, answers: ScaleAnswers, cut: Cut, weights: np.ndarray | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    scale = answers.scale
    kinds = ANSWER + len(scale.answers)
    table = _counts(cut, answers.codes, kinds)
    side = {
        name: [ANSWER + n for n, one in enumerate(scale.answers) if one.means == name]
        for name in _SIDES
    }
    counted = [ANSWER + number for number in range(len(scale.answers))]
    counted += [DONT_KNOW] if scale.dont_know_in_base else []
    base = table[:, counted].sum(axis=1)
    number = {name: table[:, codes].sum(axis=1) for name, codes in side.items()}
    with np.errstate(invalid="ignore", divide="ignore"):
        share = {name: 100 * number[name] / base for name in _SIDES}
        low, high = wilson(number["agree"].astype(float), base.astype(float))
        weighted = np.full(len(base), np.nan)
        if weights is not None:
            heavy = _counts(cut, answers.codes, kinds, weights)
            weighted = 100 * heavy[:, side["agree"]].sum(axis=1) / heavy[:, counted].sum(axis=1)
    groups = len(cut.labels)
    item = pl.DataFrame(
        {
            "wave": [voices.wave.id] * groups,
            "item": [answers.wording] * groups,
            "group_by": [cut.id] * groups,
            "group": list(cut.labels),
            "base": base,
            "n_agree": number["agree"],
            "n_neutral": number["neutral"],
            "n_disagree": number["disagree"],
            "pct_agree": share["agree"],
            "pct_neutral": share["neutral"],
            "pct_disagree": share["disagree"],
            "low": 100 * low,
            "high": 100 * high,
            "weighted_pct_agree": weighted,
            "dont_know": table[:, DONT_KNOW],
            "blank": table[:, BLANK],
            "invalid": table[:, INVALID],
            "item_id": [answers.item.id] * groups,
        },
        schema=SCHEMAS["items"],
    )
    return item, _each_answer(voices, answers, cut, table, base)


def _each_answer(
    voices: Voices, answers: ScaleAnswers, cut: Cut, table: np.ndarray, base: np.ndarray
) -> pl.DataFrame:
    """How often each answer was given, in the order of the scale."""
    many, groups = len(answers.scale.answers), len(cut.labels)
    counts = table[:, ANSWER:]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = 100 * counts / base[:, None]
    return pl.DataFrame(
        {
            "wave": [voices.wave.id] * groups * many,
            "item": [answers.wording] * groups * many,
            "group_by": [cut.id] * groups * many,
            "group": np.repeat(cut.labels, many).tolist(),
            "answer": [one.label for one in answers.scale.answers] * groups,
            "means": [one.means for one in answers.scale.answers] * groups,
            "base": np.repeat(base, many),
            "n": counts.reshape(-1),
            "pct": share.reshape(-1),
            "item_id": [answers.item.id] * groups * many,
        },
        schema=SCHEMAS["answers"],
    )


def _multi(
    voices: Voices, answers: MultiAnswers, cut: Cut, weights: np.ndarray | None
) -> pl.DataFrame:
    base = _counts(cut, answers.codes, ANSWER + 1)[:, ANSWER]
    blank = _counts(cut, answers.codes, ANSWER + 1)[:, BLANK]
    groups, many = len(cut.labels), len(answers.options)
    counts = (
        np.stack(
            [_counts(cut, answers.ticked[:, n].astype(np.uint8), 2)[:, 1] for n in range(many)],
            axis=1,
        )
        if many
        else np.zeros((groups, 0))
    )
    asked = np.repeat(base, many)
    number = counts.reshape(-1).astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = wilson(number, asked.astype(float))
        weighted = np.full(groups * many, np.nan)
        if weights is not None and many:
            whole = _counts(cut, answers.codes, ANSWER + 1, weights)[:, ANSWER]
            heavy = [
                _counts(cut, answers.ticked[:, n].astype(np.uint8), 2, weights)[:, 1]
                for n in range(many)
            ]
            weighted = (100 * np.stack(heavy, axis=1) / whole[:, None]).reshape(-1)
        share = 100 * number / asked
    return pl.DataFrame(
        {
            "wave": [voices.wave.id] * groups * many,
            "item": [answers.wording] * groups * many,
            "group_by": [cut.id] * groups * many,
            "group": np.repeat(cut.labels, many).tolist(),
            "option": list(answers.options) * groups,
            "base": asked,
            "n": counts.reshape(-1).astype(np.int64),
            "pct": share,
            "low": 100 * low,
            "high": 100 * high,
            "weighted_pct": weighted,
            "blank": np.repeat(blank, many),
            "item_id": [answers.item.id] * groups * many,
        },
        schema=SCHEMAS["multi"],
    )


def _numbers(voices: Voices, answers: NumberAnswers, cut: Cut) -> pl.DataFrame:
    table = _counts(cut, answers.codes, ANSWER + 1)
    rows = []
    for number, label in enumerate(cut.labels):
        given = (cut.codes == number) & (answers.codes == ANSWER)
        values = answers.values[given]
        some = len(values) > 0
        quartiles = np.quantile(values, [0.25, 0.5, 0.75]) if some else [None] * 3
        rows.append(
            {
                "wave": voices.wave.id,
                "item": answers.wording,
                "group_by": cut.id,
                "group": label,
                "base": int(table[number, ANSWER]),
                "mean": float(values.mean()) if some else None,
                "sd": float(values.std(ddof=1)) if len(values) > 1 else None,
                "median": quartiles[1],
                "lower_quartile": quartiles[0],
                "upper_quartile": quartiles[2],
                "min": float(values.min()) if some else None,
                "max": float(values.max()) if some else None,
                "dont_know": int(table[number, DONT_KNOW]),
                "blank": int(table[number, BLANK]),
                "invalid": int(table[number, INVALID]),
                "item_id": answers.item.id,
            }
        )
    return pl.DataFrame(rows, schema=SCHEMAS["numeric"])


_HEAD = {"wave": pl.String, "item": pl.String, "group_by": pl.String, "group": pl.String}
SCHEMAS: dict[str, dict[str, type[pl.DataType]]] = {
    "items": {
        **_HEAD,
        "base": pl.Int64,
        "n_agree": pl.Int64,
        "n_neutral": pl.Int64,
        "n_disagree": pl.Int64,
        "pct_agree": pl.Float64,
        "pct_neutral": pl.Float64,
        "pct_disagree": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "weighted_pct_agree": pl.Float64,
        "dont_know": pl.Int64,
        "blank": pl.Int64,
        "invalid": pl.Int64,
        "item_id": pl.String,
    },
    "answers": {
        **_HEAD,
        "answer": pl.String,
        "means": pl.String,
        "base": pl.Int64,
        "n": pl.Int64,
        "pct": pl.Float64,
        "item_id": pl.String,
    },
    "multi": {
        **_HEAD,
        "option": pl.String,
        "base": pl.Int64,
        "n": pl.Int64,
        "pct": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "weighted_pct": pl.Float64,
        "blank": pl.Int64,
        "item_id": pl.String,
    },
    "numeric": {
        **_HEAD,
        "base": pl.Int64,
        "mean": pl.Float64,
        "sd": pl.Float64,
        "median": pl.Float64,
        "lower_quartile": pl.Float64,
        "upper_quartile": pl.Float64,
        "min": pl.Float64,
        "max": pl.Float64,
        "dont_know": pl.Int64,
        "blank": pl.Int64,
        "invalid": pl.Int64,
        "item_id": pl.String,
    },
    "weighted": DESIGN_SCHEMA,
    "groups": GROUPS_SCHEMA,
    "overall": OVERALL_SCHEMA,
}
"""The columns of each table, with their types."""
