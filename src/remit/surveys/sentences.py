"""What is said of an item: the share with its base and interval, and whether it changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from remit.model.questionnaire import SurveyItem
from remit.surveys.intervals import SIGNIFICANT
from remit.words.figures import number_words, percent_words

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
    ends = f"{_percent(row['low'])} to {_percent(row['high'])}"
    return (
        f"{_percent(row['pct_agree'])} {_SAYS[item.says]} ({row['n_agree']} of {row['base']}; "
        f"95% interval {ends})."
    )


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
        return ""
    if not row["comparable"]:
        reason = str(row["reason"])
        return f"No comparison: {reason}."
    now, before = float(row["pct_now"]), float(row["pct_before"])
    earlier = f"{_percent(before)} of {row['base_before']} in {row['wave_before']}"
    if not is_change(row):
        return f"{_percent(now)} compared with {earlier}, not a significant change."
    way = "rose" if now > before else "fell"
    return f"It {way} from {earlier} to {_percent(now)}{_news(item, now > before)}."


def is_change(row: Row) -> bool:
    """Whether a change is more than chance; of a group after correction."""
    p = row["p"] if row["group_by"] == "all" else row["p_adjusted"]
    return bool(row["comparable"]) and p is not None and p < SIGNIFICANT


def _news(item: SurveyItem, rose: bool) -> str:
    if item.polarity == "neither":
        return ""
    good = rose == (item.polarity == "good")
    return ", for the better" if good else ", for the worse"


def _percent(per_cent: float) -> str:
    return percent_words(per_cent / 100)


def hours_sentence(row: Row) -> str:
    """The middle of numbers with their base."""
    if row.get("suppressed") or not row["base"]:
        return f"Not shown: {row.get('suppressed') or 'nobody gave a number'}."
    return (
        f"Half of the {row['base']} who gave a number said {number_words(row['median'], 0)} or "
        f"less; the middle half said {number_words(row['lower_quartile'], 0)} to "
        f"{number_words(row['upper_quartile'], 0)}."
    )
