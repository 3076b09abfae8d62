"""Who is in a figure, in words: the one place where that is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from remit.series.areas import Level
from remit.series.precedence import OWN, PRINTED, REGISTER
from remit.words.figures import value_words
from remit.words.sentences import count_words, listed

HOW_AREAS_ARE_MADE = (
    "For an ICB, a region and England the row that the publication prints; where it prints none, "
    "the sum of the members that it names; else of those that the register names on the day."
)
"""What holds for every area figure, whatever its metric."""

_NAMED_AT_MOST = 6
_AREAS: Mapping[str, str] = {"icb": "the ICB", "region": "the region", "england": "England"}
_PROVIDERS = ("provider", "providers")
_MEMBERS: Mapping[str, tuple[str, str]] = {
    "trust": ("trust", "trusts"),
    "icb": ("ICB", "ICBs"),
    "region": ("region", "regions"),
    "england": ("row", "rows"),
}


def who_words(point: Mapping[str, Any], level: Level, unit: str, names: Mapping[str, str]) -> str:
    """What a point is made of, and who is not in it.

    Parameters
    ----------
    point
        A row of :attr:`remit.series.Series.frame`.
    level, unit
        Of what the series is, and in which unit.
    names
        The names of organisations by code.

    Examples
    --------
    ``who_words(row, "icb", "percent", {})``: ``The row that the publication prints for the ICB;
    its 4 trusts alone make 2.0%.``
    """
    made = point["made"]
    if made == OWN:
        said = "As published for the organisation itself."
    elif made == PRINTED:
        said = _printed(point, level, unit)
    else:
        said = _added_up(point, level)
    return " ".join(filter(None, [said, lacking_words(point, names)]))


def _printed(point: Mapping[str, Any], level: Level, unit: str) -> str:
    area = _AREAS[level]
    begin = f"The row that the publication prints for {area}"
    if point["n_present"] > 1:
        begin = f"The sum of {point['n_present']} rows that the publication prints for {area}"
    value, alone = (value_words(point[name], unit) for name in ("value", "sum_value"))
    if point["sum_value"] is None or value == alone:
        return f"{begin}."
    verb = "makes" if point["n_summed"] == 1 else "make"
    return f"{begin}; {_below(point['n_summed'], point['sum_basis'], level)} {verb} {alone}."


def _below(count: int, layer: str, level: Level) -> str:
    if level == "england" and layer == "trust":
        return f"the {count_words(count, *_PROVIDERS)} in it"
    return f"its {count_words(count, *_MEMBERS[layer])} alone"


def _added_up(point: Mapping[str, Any], level: Level) -> str:
    area, layer = _AREAS[level], point["basis"]
    noun = _PROVIDERS if (level, layer) == ("england", "trust") else _MEMBERS[layer]
    begin = f"The sum of the {count_words(point['n_present'], *noun)}"
    if point["made"] == REGISTER:
        return f"{begin} that the register names for {area}; the publication prints no row for it."
    whose = "in the publication" if level == "england" else f"that the publication names for {area}"
    return f"{begin} {whose}, which prints no row for {area} from which this can be made."


def lacking_words(point: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Who is not in a point and should be; empty where nobody lacks.

    Parameters
    ----------
    point, names
        As for :func:`who_words`.

    Examples
    --------
    ``It is incomplete: without RYJ (Imperial College Healthcare).``
    """
    codes = (point["without"] or "").split()
    if not codes or point["n_present"] == 0:
        return ""
    named = titled(codes, names)
    if point["made"] == PRINTED:
        return f"In the publication of that period there is no figure for {named}."
    return f"It is incomplete: without {named}."


def titled(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """Organisations with their names, as a list; a long one is cut short with its number."""
    said = [f"{code} ({names[code]})" if code in names else code for code in codes]
    if len(said) > _NAMED_AT_MOST:
        said = [*said[:_NAMED_AT_MOST], f"{len(said) - _NAMED_AT_MOST} more"]
    return listed(said)
