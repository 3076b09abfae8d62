"""Icons in words: what stands for them wherever a picture cannot."""

from __future__ import annotations

VARIATIONS = {
    "common_cause": "Common cause",
    "improvement_high": "Improvement (high)",
    "improvement_low": "Improvement (low)",
    "concern_high": "Concern (high)",
    "concern_low": "Concern (low)",
    "neutral_high": "Special cause (high)",
    "neutral_low": "Special cause (low)",
    "neutral": "Special cause (neither high nor low)",
    "too_few": "Too few figures",
    "no_verdict": "No verdict",
}
"""Code of a variation icon → the words that stand for it wherever a picture cannot."""

ASSURANCES = {
    "pass": "Passes the target",
    "fail": "Falls short of the target",
    "inconsistent": "Hit and miss",
    "no_target": "No target",
    "too_few": "Too few figures",
    "missed": "Missed; too few figures",
    "met_lately": "Met lately",
    "missed_lately": "Missed lately",
    "mixed_lately": "Met and not met lately",
    "short": "Short of a goal for later; too few figures",
    "short_lately": "Short of a goal for later",
    "no_verdict": "No verdict",
}
"""Code of an assurance icon → its words."""

STATES = {
    "common_cause": "usual",
    "improvement": "improving",
    "concern": "concern",
    "neutral": "changed",
    "too_few": "too few figures",
    "no_verdict": "no verdict",
}
"""Code of a variation icon, without its side → its state in plain words."""

MEETS = {
    "pass": "will meet",
    "fail": "will not meet",
    "inconsistent": "by chance",
    "too_few": "met; too few figures",
    "missed": "missed; too few figures",
    "met_lately": "met lately",
    "missed_lately": "missed lately",
    "mixed_lately": "met and not met lately",
    "short": "not there yet; too few figures",
    "short_lately": "not there yet",
    "no_verdict": "no verdict",
}
"""Code of an assurance icon → whether a goal is met, in plain words; nothing without a goal."""


def state_words(code: str) -> str:
    """A variation in plain words: ``concern`` of ``concern_high``."""
    return STATES.get(code) or STATES[code.partition("_")[0]]
