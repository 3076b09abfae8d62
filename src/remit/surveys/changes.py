"""What changed from one wave to the next, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import polars as pl
from scipy.stats import false_discovery_control

from remit.model.questionnaire import plain
from remit.surveys.intervals import SIGNIFICANT, two_shares
from remit.surveys.reading.answers import (
    MultiAnswers,
    NumberAnswers,
    ScaleAnswers,
    SurveyRead,
    Voices,
)
from remit.surveys.tables import SurveyTables

_SCHEMA = {
    "item": pl.String,
    "group": pl.String,
    "pct_now": pl.Float64,
    "pct_before": pl.Float64,
    "change": pl.Float64,
    "p": pl.Float64,
    "significant": pl.Boolean,
    "p_adjusted": pl.Float64,
    "comparable": pl.Boolean,
    "reason": pl.String,
    "group_by": pl.String,
    "wave_now": pl.String,
    "wave_before": pl.String,
    "base_now": pl.Int64,
    "base_before": pl.Int64,
    "item_id": pl.String,
}


def changes(
    read: SurveyRead,
    tables: SurveyTables,
    hidden: Collection[tuple[str, str, str]] = (),
) -> pl.DataFrame:
    """The last wave against the one before, item by item and group by group.

    An item whose wording or scale is another is not compared; the reason shows both wordings.
    ``p`` is that of the pooled z test of two shares, ``p_adjusted`` that of Benjamini and
    Hochberg (1995) over all rows that are compared and shown.

    Parameters
    ----------
    read, tables
        The answers, counted.
    hidden
        Item, cut and group of rows that are not shown: they are in no correction, and no reason
        tells that their base is nobody.

    Examples
    --------
    >>> from pathlib import Path
    >>> from remit.surveys import load_questionnaire, load_scales, read_export, read_survey
    >>> from remit.surveys.tables import tabulate
    >>> waves = [f"demo/people/sample-survey-{year}.csv" for year in (2025, 2026)]
    >>> asked = load_questionnaire("demo/people/sample-survey.yaml")
    >>> read = read_survey([read_export(Path(one)) for one in waves], asked, load_scales())
    >>> changes(read, tabulate(read)).select("item_id", "significant").row(1)
    ('comfort', True)
    """
    if len(read.waves) < 2:
        return pl.DataFrame(schema=_SCHEMA)
    before, now = read.waves[-2:]
    why = reasons_of(before, now, ScaleAnswers)
    keys = ["item_id", "group_by", "group"]
    sides = [
        tables.items.filter(pl.col("wave") == wave.wave.id).select(
            *keys,
            pl.col("item").alias(f"item_{name}"),
            pl.col("pct_agree").alias(f"pct_{name}"),
            pl.col("n_agree").alias(f"n_{name}"),
            pl.col("base").alias(f"base_{name}"),
        )
        for name, wave in (("now", now), ("before", before))
    ]
    both = sides[0].join(sides[1], on=keys, how="full", coalesce=True, maintain_order="left_right")
    out = [row in hidden for row in both.select(keys).iter_rows()]
    bases = both.select("item_id", "base_now", "base_before").iter_rows()
    reasons = [
        why[item] or ("" if away else who_is_lacking(now_base, before_base, now, before))
        for away, (item, now_base, before_base) in zip(out, bases, strict=True)
    ]
    counts = [
        both[name].fill_null(0).cast(pl.Float64).to_numpy()
        for name in ("n_now", "base_now", "n_before", "base_before")
    ]
    comparable = np.array([not reason for reason in reasons], dtype=np.bool_)
    fit = comparable & ~np.array(out, dtype=np.bool_)
    p = np.where(fit, two_shares(*counts), np.nan)
    adjusted = np.full(len(p), np.nan)
    adjusted[fit] = false_discovery_control(p[fit]) if fit.any() else []
    return both.select(
        pl.coalesce("item_now", "item_before").alias("item"),
        "group",
        "pct_now",
        "pct_before",
        pl.when(pl.Series(fit)).then(pl.col("pct_now") - pl.col("pct_before")).alias("change"),
        pl.Series("p", p).fill_nan(None),
        pl.Series("significant", np.where(fit, p < SIGNIFICANT, False)),
        pl.Series("p_adjusted", adjusted).fill_nan(None),
        pl.Series("comparable", comparable),
        pl.Series("reason", reasons, dtype=pl.String),
        "group_by",
        pl.lit(now.wave.id).alias("wave_now"),
        pl.lit(before.wave.id).alias("wave_before"),
        "base_now",
        "base_before",
        "item_id",
    ).cast(_SCHEMA)  # type: ignore[arg-type]


def reasons_of(
    before: Voices, now: Voices, kind: type[ScaleAnswers | MultiAnswers | NumberAnswers]
) -> dict[str, str]:
    """For each item, why the two waves cannot be compared; empty where they can.

    Parameters
    ----------
    before, now
        The waves.
    kind
        Which items: those on a scale, of several answers, or of numbers.
    """
    old, new = (
        {one.item.id: one for one in wave.items if isinstance(one, kind)} for wave in (before, now)
    )
    found: dict[str, str] = {}
    for name in {**new, **old}:
        first, second = old.get(name), new.get(name)
        if first is None:
            found[name] = f"not asked in {before.wave.id}"
        elif second is None:
            found[name] = f"not asked in {now.wave.id}"
        elif plain(first.wording) != plain(second.wording):
            found[name] = (
                f"the wording changed: {before.wave.id} “{first.wording}”, "
                f"{now.wave.id} “{second.wording}”"
            )
        else:
            found[name] = ""
    return found


def who_is_lacking(
    base_now: int | None, base_before: int | None, now: Voices, before: Voices
) -> str:
    """In which waves nobody answered, as a reason; empty where somebody did in both.

    Parameters
    ----------
    base_now, base_before
        How many answered.
    now, before
        The waves.
    """
    lacking = [wave.wave.id for base, wave in ((base_now, now), (base_before, before)) if not base]
    return f"nobody answered in {' and '.join(lacking)}" if lacking else ""
