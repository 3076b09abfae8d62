"""Why a record is rejected: the first reason that holds, worked out in the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import narwhals.stable.v2 as nw

from remit.shift.records.columns import SETTINGS

MOST: Final = {
    "quantity": 1_000_000,
    "bed_days": 40_000,
    "cost_pence": 1_000_000_000_000,
    "need_thousandths": 1_000_000,
}
"""The most that one record can hold: more is a slip. No sum of them passes 64 bits."""

# Control characters, signs without a width, spaces of any kind at an end; every engine knows them.
_NOT_SEEN: Final = r"[\p{Cc}\p{Cf}]|^\p{Z}|\p{Z}$"

NAMED: Final = ("patient", "commissioner", "setting")
DEMANDED: Final = ("quantity", "bed_days", "cost_pence")
FIFTHS: Final = 5

RAW: Final = "raw_"
"""Before a column's name: the text of it, where it is read from text."""

REASONS: Final[Mapping[str, str]] = {
    "no-patient": "patient is empty",
    "no-commissioner": "commissioner is empty",
    "odd-commissioner": "commissioner has a sign in it that is not seen, or a space at an end; "
    "such codes look alike",
    "no-setting": "setting is empty",
    "unknown-setting": f"setting is none of {', '.join(SETTINGS)}",
    "no-date": "date is empty",
    "no-such-day": "date is no day (year-month-day) from 2000-04-01 to today",
    **{f"no-{name}": f"{name} is empty; write 0 where there is none" for name in DEMANDED},
    **{f"no-number-{name}": f"{name} is no whole number" for name in (*MOST, "deprivation_fifth")},
    **{f"below-0-{name}": f"{name} is below 0" for name in MOST},
    **{f"too-large-{name}": f"{name} is more than {most:,}" for name, most in MOST.items()},
    "no-fifth": f"deprivation_fifth is none of 1 to {FIFTHS}",
    "died-no-day": "died_on is no day (year-month-day)",
}
"""Every reason, in the order in which they are looked for, and its words."""


def reason(texts: frozenset[str], words: frozenset[str], *, died: bool) -> nw.Expr:
    """The reason for which a record is rejected; nothing for one that is accepted.

    Parameters
    ----------
    texts
        The columns that were read from text, which stands beside them.
    words
        The columns that are text.
    died
        Whether there is a day of death.
    """
    tests = _tests(texts, words, died=died)
    return nw.coalesce(
        *(nw.when(tests[name]).then(nw.lit(name)) for name in REASONS if name in tests)
    )


def _tests(texts: frozenset[str], words: frozenset[str], *, died: bool) -> dict[str, nw.Expr]:
    tests = {
        **{f"no-{name}": _says_nothing(name, words) for name in NAMED},
        "odd-commissioner": _looks_alike("commissioner", words),
        "unknown-setting": ~nw.col("setting").is_in(SETTINGS),
        "no-date": _is_empty(_told("date", texts)),
        "no-such-day": nw.col("quarter").is_null(),
        "no-fifth": ~nw.col("deprivation_fifth").is_between(1, FIFTHS),
    }
    for name, most in MOST.items():
        tests[f"below-0-{name}"] = nw.col(name) < 0
        tests[f"too-large-{name}"] = nw.col(name) > most
    tests |= {f"no-{name}": _is_empty(_told(name, texts)) for name in DEMANDED}
    for name in texts & {*MOST, "deprivation_fifth"}:
        tests[f"no-number-{name}"] = ~_is_empty(RAW + name) & nw.col(name).is_null()
    if died and "died_on" in texts:
        tests["died-no-day"] = ~_is_empty(f"{RAW}died_on") & nw.col("died_on").is_null()
    return tests


def _looks_alike(name: str, words: frozenset[str]) -> nw.Expr:
    return nw.col(name).str.contains(_NOT_SEEN) if name in words else nw.lit(False)


def _told(name: str, texts: frozenset[str]) -> str:
    return RAW + name if name in texts else name


def _says_nothing(name: str, words: frozenset[str]) -> nw.Expr:
    empty = _is_empty(name)
    return empty | (nw.col(name) == "") if name in words else empty


def _is_empty(name: str) -> nw.Expr:
    return nw.col(name).is_null()
