"""What is said of an item: the share with its base and interval, and whether it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from remit.model.questionnaire import SurveyItem
from remit.surveys.intervals import SIGNIFICANT
from remit.words.figures import decimals_apart, number_words, trimmed_words
from remit.words.sentences import count_words, listed

Row = Mapping[str, Any]

_SAYS = {"agree": "agree", "increased": "say that it increased", "yes": "say yes"}


def share_sentence(item: SurveyItem, row: Row) -> str:
    """The share with its base and its interval, or why it is not shown.

    >>> asked = SurveyItem(id="a", kind="scale", scale="agree-5", wording=({"text": "x"},))
    >>> share_sentence(asked, {"base": 9, "n_agree": 0, "pct_agree": 0.0, "low": 0.0,
    ...                        "high": 29.9, "suppressed": ""})
    '0% agree (0 of 9; 95% interval 0% to 30%).'
    """
    if row.get("suppressed"):
        return f"Not shown: {row['suppressed']}."
    if not row["base"]:
        return "Nobody gave an answer of the scale."
    ends = f"{share_words(row['low'])} to {share_words(row['high'])}"
    counts = f"{row['n_agree']:,} of {row['base']:,}"
    said = f"{share_words(row['pct_agree'])} {_SAYS[item.says]}"
    return f"{said} ({counts}; 95% interval {ends})."


def change_sentence(item: SurveyItem, row: Row) -> str:
    """Whether the share changed since the wave before: “fell” and “rose” only beyond chance.

    Of a group a change is called one only where it stands after correction for all that are
    compared.

    >>> asked = SurveyItem(id="a", kind="scale", scale="agree-5", wording=({"text": "x"},))
    >>> change_sentence(asked, {"comparable": True, "pct_now": 31.9, "pct_before": 37.1,
    ...     "wave_before": "2023", "p": 0.375, "p_adjusted": 0.5, "group_by": "all",
    ...     "base_before": 124, "suppressed": ""})
    '32% compared with 37% of 124 in 2023, not a significant change.'
    """
    if row.get("suppressed"):
        return f"No comparison: {row['suppressed']}."
    if not row["comparable"]:
        reason = str(row["reason"])
        return f"No comparison: {reason}."
    now, before = float(row["pct_now"]), float(row["pct_before"])
    # What is called a change must be read as one: 49.1% to 49.4% is not "from 49% to 49%".
    decimals = decimals_apart("count", now, before) if is_change(row) else 0
    earlier = f"{share_words(before, decimals)} of {row['base_before']:,} in {row['wave_before']}"
    if not is_change(row):
        return f"{share_words(now)} compared with {earlier}, not a significant change."
    way = "rose" if now > before else "fell"
    return f"It {way} from {earlier} to {share_words(now, decimals)}{_news(item, now > before)}."


def is_change(row: Row) -> bool:
    """Whether a change is more than chance; of a group after correction."""
    p = row["p"] if row["group_by"] == "all" else row["p_adjusted"]
    return bool(row["comparable"]) and p is not None and p < SIGNIFICANT


def others_sentence(row: Row) -> str:
    """Whether a group differs from all others; a difference only where it stands after correction.

    >>> others_sentence({"base": 12, "base_others": 40, "pct_agree": 25.0, "pct_others": 75.0,
    ...     "difference": -50.0, "p_adjusted": 0.01, "compared": 6, "note": "small base: under 30",
    ...     "suppressed": ""})
    'Lower than the others: 25% against 75% of 40 (small base: under 30).'
    """
    if row.get("suppressed") or row["p_adjusted"] is None:
        return ""
    differs = row["p_adjusted"] < SIGNIFICANT
    mine, theirs = float(row["pct_agree"]), float(row["pct_others"])
    decimals = decimals_apart("count", mine, theirs) if differs else 0
    said = f"{share_words(mine, decimals)} against {share_words(theirs, decimals)}"
    of = f"{said} of {row['base_others']:,}"
    note = f" ({row['note']})" if row["note"] else ""
    if not differs:
        return f"{of}, not a significant difference{note}."
    return f"{'Higher' if mine > theirs else 'Lower'} than the others: {of}{note}."


def _news(item: SurveyItem, rose: bool) -> str:
    if item.polarity == "neither":
        return ""
    good = rose == (item.polarity == "good")
    return ", for the better" if good else ", for the worse"


def share_words(per_cent: float, decimals: int = 0) -> str:
    """A share as it is read: 0% and 100% are said only of none and of all.

    >>> share_words(31.9), share_words(0.4), share_words(99.7), share_words(100.0)
    ('32%', '0.4%', '99.7%', '100%')
    """
    return f"{number_words(per_cent, decimals, beside=lambda shown: shown in {0.0, 100.0})}%"


def theme_sentence(row: Row) -> str:
    """How many comments have a theme, with base and interval, or why it is not shown.

    >>> theme_sentence({"base": 12, "n": 0, "pct": 0.0, "low": 0.0, "high": 24.2, "suppressed": ""})
    '0 of 12, 0% (95% interval 0% to 24%)'
    """
    if row.get("suppressed"):
        return f"Not shown: {row['suppressed']}"
    if not row["base"]:
        return "Nobody commented"
    ends = f"{share_words(row['low'])} to {share_words(row['high'])}"
    return f"{row['n']:,} of {row['base']:,}, {share_words(row['pct'])} (95% interval {ends})"


def hours_sentence(row: Row) -> str:
    """The middle of numbers with their base."""
    if row.get("suppressed") or not row["base"]:
        return f"Not shown: {row.get('suppressed') or 'nobody gave a number'}."
    middle, low, high = (
        trimmed_words(row[name], 1) for name in ("median", "lower_quartile", "upper_quartile")
    )
    return (
        f"Half of the {row['base']:,} who gave a number said {middle} or less; the middle half "
        f"said {low} to {high}."
    )


def ticked_sentence(row: Row) -> str:
    """The share of those who ticked anything that ticked an option.

    >>> ticked_sentence({"base": 40, "n": 10, "pct": 25.0, "low": 14.2, "high": 40.2,
    ...                  "suppressed": ""})
    '25% (10 of 40; 95% interval 14% to 40%).'
    """
    if row.get("suppressed") or not row["base"]:
        return f"Not shown: {row.get('suppressed') or 'nobody ticked anything'}."
    ends = f"{share_words(row['low'])} to {share_words(row['high'])}"
    return f"{share_words(row['pct'])} ({row['n']:,} of {row['base']:,}; 95% interval {ends})."


_NAMED = 3


def ticks_sentence(rows: Sequence[Row]) -> str:
    """What was ticked most, of those who ticked anything; ``rows`` are those of one group.

    >>> ticks_sentence([{"option": "CQC", "base": 40, "n": 10, "pct": 25.0, "suppressed": ""}])
    'Of 40 respondents who ticked anything: CQC 25%.'
    """
    out = next((row["suppressed"] for row in rows if row.get("suppressed")), "")
    base = rows[0]["base"] if rows and not out else 0
    if not base:
        return f"Not shown: {out or 'nobody ticked anything'}."
    most = sorted((row for row in rows if row["n"]), key=lambda row: -row["n"])
    # Options that are ticked as often as the last one that is named are named too.
    least = most[min(_NAMED, len(most)) - 1]["n"]
    said = listed([f"{row['option']} {share_words(row['pct'])}" for row in most
                   if row["n"] >= least])  # fmt: skip
    more = sum(row["n"] < least for row in most)
    less = count_words(more, "other option was", "other options were")
    rest = f"; {less} ticked less" if more else ""
    return f"Of {count_words(base, 'respondent')} who ticked anything: {said}{rest}."
