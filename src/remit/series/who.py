"""Who is in a figure, in words: the one place where that is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from remit.series.areas import ENGLAND, Level
from remit.series.composition import MemberChange
from remit.series.precedence import OWN, PRINTED, REGISTER
from remit.words.days import month_words
from remit.words.figures import value_words
from remit.words.sentences import count_words, listed, sentence_case

HOW_AREAS_ARE_MADE = (
    "For an ICB, a region and England the row that the publication prints; where it prints none, "
    "the members that it names, together; else those that the register names on the day."
)
"""What holds for every area figure, whatever its metric."""

AS_PUBLISHED = (
    "Each trust has what was published for itself; the figures of a trust that has merged into "
    "another are kept apart and stop at the merger."
)
WITH_PREDECESSORS = (
    "The figures of trusts that have merged are part of their successor's, from the beginning; "
    "each says with whom."
)
"""In which of two ways the histories of merged trusts are told."""

_NAMED_AT_MOST = 6
_LACKING: Mapping[str, str] = {
    "others": "with {}, whose work has passed to it",
    "without": "without a figure of {}",
    "parted": "of {}, which was divided, not all that belongs to it is in it",
    "unknown": "the register does not know whether it has {}",
}
"""What is said of the codes in these columns."""
_AREAS: Mapping[str, str] = {"icb": "the ICB", "region": "the region", "england": "England"}
_PROVIDERS = ("provider", "providers")
_OTHERS = "providers that are no NHS trusts"
_GONE = "counted in its printed row no more"
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
        said = "" if point["others"] else "As published for the organisation itself."
    elif made == PRINTED:
        said = _printed(point, level, unit)
    else:
        said = _added_up(point, level)
    return " ".join(filter(None, [said, lacking_words(point, names)]))


def _printed(point: Mapping[str, Any], level: Level, unit: str) -> str:
    area = _AREAS[level]
    begin = f"The row that the publication prints for {area}"
    if codes := (point["others"] or "").split():
        begin = f"The row that the publication prints for {codes[0]}"
    if len(codes) > 1:
        begin = f"The rows that the publication prints for {listed(codes)}, together"
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
    area, noun = _AREAS[level], _noun(point, level)
    count = point["n_counted"] or point["n_present"]
    one = count == 1
    begin = f"The figure of the one {noun[0]}" if one else f"The {count_words(count, *noun)}"
    together = "" if one else ", together"
    if idle := point["n_present"] - count:
        together += f", without {idle} that {'has' if idle == 1 else 'have'} nothing to count"
    if point["made"] == REGISTER:
        whose = f"that the register names for {area}"
        return f"{begin} {whose}{together}; the publication prints no row for it."
    whose = "in the publication" if level == "england" else f"that the publication names for {area}"
    none = f"it prints no row for {area} from which this can be made"
    return f"{begin} {whose}{together}; {none}."


def _noun(point: Mapping[str, Any], level: Level) -> tuple[str, str]:
    """What those below an area that were added up are called, one and several."""
    layer = point["basis"]
    any_kind = layer == "trust" and (level == "england" or point["made"] != REGISTER)
    return _PROVIDERS if any_kind else _MEMBERS[layer]


def basis_words(point: Mapping[str, Any], level: Level) -> str:
    """In a few words, of whom an area's figure is made.

    Parameters
    ----------
    point, level
        As for :func:`who_words`.

    Examples
    --------
    ``20 trusts together``; ``as printed``; ``printed rows together``
    """
    if point["made"] == PRINTED:
        return "printed rows together" if " " in (point["others"] or "") else "as printed"
    noun = _noun(point, level)
    if point["n_counted"] == 1:
        return f"the one {noun[0]}"
    return f"{count_words(point['n_counted'], *noun)} together"


def lacking_words(point: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Whose a point is besides, who is not in it and should be, and who may be; else empty.

    Parameters
    ----------
    point, names
        As for :func:`who_words`.

    Examples
    --------
    ``It is incomplete: without RYJ (Imperial College Healthcare).``
    """
    if point["n_present"] == 0:
        return ""
    said = [
        words.format(titled(point[key].split(), names))
        for key, words in _LACKING.items()
        if point[key] and (key != "others" or point["made"] == OWN)
    ]
    if said and point["status"] == "incomplete":
        return f"It is incomplete: {'; '.join(said)}."
    return f"{sentence_case('; '.join(said))}." if said else ""


def since_words(changes: Sequence[MemberChange], names: Mapping[str, str]) -> str:
    """Since when a series has had its members, by the latest change; empty where there is none.

    Parameters
    ----------
    changes
        Those up to a point, the earliest first.
    names
        The names of organisations by code.

    Examples
    --------
    ``Its mean and limits are those since Jun 2023, when 2 trusts began to report: RQM (…) and
    RYJ (…).``
    """
    if not changes:
        return ""
    latest = [change for change in changes if change.since == changes[-1].since]
    said = "; ".join(change_words(change, names) for change in latest)
    return f"Its mean and limits are those since {month_words(latest[0].since)}, when {said}."


def awaited_words(later: Sequence[Mapping[str, Any]], unit: str, names: Mapping[str, str]) -> str:
    """Which newest figures are no points of the chart; empty where there are none.

    Parameters
    ----------
    later
        Points after the one that is spoken of, the earliest first.
    unit
        That of their values.
    names
        The names of organisations by code.

    Examples
    --------
    ``Mar 2025 (80.9%, without R1K (London North West University Healthcare)) is no point of the
    chart: who lacks may come back.``
    """
    said = [
        f"{row['period_label']} ({value_words(row['value'], unit)}, without "
        f"{titled((row['without'] or '').split(), names)})"
        for row in later
    ]
    if not said:
        return ""
    are = "is no point" if len(said) == 1 else "are no points"
    return f"{listed(said)} {are} of the chart: who lacks may come back."


def change_words(change: MemberChange, names: Mapping[str, str]) -> str:
    """Who joined or left a series, as a clause.

    Examples
    --------
    ``2 trusts began to report: RQM (Chelsea and Westminster Hospital) and RYJ (Imperial College
    Healthcare)``
    """
    known = all(code in names for code in (*change.joined, *change.left))
    by_layer = known and change.of.area != ENGLAND
    noun = _MEMBERS.get(change.layer, _PROVIDERS) if by_layer else _PROVIDERS
    said = []
    if change.joined:
        count = count_words(len(change.joined), *noun)
        said.append(f"{count} began to report: {titled(change.joined, names)}")
    if change.left:
        count = count_words(len(change.left), *noun)
        said.append(f"{count} had no figure from then on: {titled(change.left, names)}")
    if change.merged:
        said.append(f"{titled(change.merged, names)} became part of it")
    if change.parts:
        said.append(f"a part of {titled(change.parts, names)} came to it")
    if change.printed is not None:
        said.append("its printed row was first used" if change.printed else "none was printed")
    if change.others is not None:
        when = "first counted in its printed row"
        said.append(f"{_OTHERS} were {when if change.others else _GONE}")
    return ", and ".join(said)


def titled(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """Organisations with their names, as a list; a long one is cut short with its number."""
    said = [f"{code} ({names[code]})" if code in names else code for code in codes]
    if len(said) > _NAMED_AT_MOST:
        said = [*said[:_NAMED_AT_MOST], f"{len(said) - _NAMED_AT_MOST} more"]
    return listed(said)
