"""What a reader of series should know and cannot see from their points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from remit.model.metric import Metric
from remit.register.closing import closing_words
from remit.series.areas import OTHER_PROVIDER
from remit.series.belonging import Belonging
from remit.series.who import AS_PUBLISHED, WITH_PREDECESSORS
from remit.words.days import month_words
from remit.words.sentences import count_words, listed

_NAMED = 6


def notes(
    every: pl.DataFrame, members: pl.DataFrame, metrics: Sequence[Metric], belonging: Belonging
) -> Iterator[str]:
    """What was left out of the series, in sentences.

    Parameters
    ----------
    every
        The organisations' own points with their ``area``, also those that belong to none.
    members
        Those that the series are made of.
    metrics
        What was asked for.
    belonging
        To whom the register says that they belong.
    """
    present = every.filter("present")
    yield from _of_divided(present, members, belonging)
    if belonging.level == "trust":
        yield from _of_merged(every, members, belonging)
    yield from _never_whole(set(present["metric_id"].unique()), metrics)
    if belonging.level in {"icb", "region"} and "trust" in set(members["basis"].unique()):
        trusts = present.filter(pl.col("layer") == "trust")
        outside = present.filter(pl.col("area").is_null())
        yield from _by_successor(trusts.filter(pl.col("area").is_not_null()), belonging)
        yield from _trusts_without_area(outside.filter(pl.col("layer") == "trust"), belonging)
        yield from _other_providers(outside.filter(pl.col("layer") == OTHER_PROVIDER))


def _never_whole(whole: set[str], metrics: Sequence[Metric]) -> Iterator[str]:
    for metric in metrics:
        if metric.id not in whole:
            yield (
                f"{metric.id}: no organisation has all of its counts for one and the same period "
                f"({', '.join(metric.needed)})."
            )


def _of_divided(
    present: pl.DataFrame, members: pl.DataFrame, belonging: Belonging
) -> Iterator[str]:
    """Who may belong to which area, and what became of areas that have ended."""
    told = present.filter(pl.col("perhaps").is_not_null()).select("org_code", "perhaps").unique()
    for code, perhaps in told.sort("org_code", "perhaps").iter_rows():
        own = belonging.register.find(code)
        if own is not None and own.type.value != belonging.level:
            parts = listed(perhaps.split(), "or")
            yield f"Whether {code} ({own.name_on(belonging.on)}) belongs to {parts} is not known."
    for code in members["area"].drop_nulls().unique().sort():
        area = belonging.register.find(code)
        if area is not None and area.closed:
            yield from filter(None, [closing_words(belonging.register, area)])


def _of_merged(every: pl.DataFrame, members: pl.DataFrame, belonging: Belonging) -> Iterator[str]:
    """In which of the two ways the histories of merged trusts are told, where there are any."""
    held = set(every["org_code"].unique())
    shown = {*members["area"].unique(), *members["org_code"].unique()}
    known = [belonging.register.find(code) for code in held]
    followed = [o for o in known if o is not None and o.succession is not None]
    if any({o.code, *(o.succession.successors if o.succession else ())} & shown for o in followed):
        yield WITH_PREDECESSORS if belonging.with_predecessors else AS_PUBLISHED


def _by_successor(inside: pl.DataFrame, belonging: Belonging) -> Iterator[str]:
    """Closed trusts that were counted where their successors are."""
    found = belonging.by_successor(inside["org_code"].unique())
    if found:
        named = [f"{code} ({' and '.join(later)})" for code, later in found]
        name = _name(belonging)
        said = (
            f"1 closed trust has no {name} of its own in the register and is counted where what "
            "followed it is"
            if len(found) == 1
            else f"{len(found)} closed trusts have no {name} of their own in the register and are "
            "counted where what followed them is"
        )
        yield f"{said}: {_first(named)}."


def _trusts_without_area(outside: pl.DataFrame, belonging: Belonging) -> Iterator[str]:
    """Trusts that closed before ICBs began, and whose successors are unknown or in several."""
    last = outside.group_by("org_code").agg(pl.col("period_end").max()).sort("org_code")
    if last.is_empty():
        return
    divided = dict(belonging.by_successor(outside["org_code"].unique()))
    named = [
        f"{code} (to {month_words(end)}{_divided(divided.get(code, ()))})"
        for code, end in last.iter_rows()
    ]
    # Those of which something is known come first: a long list is cut short.
    named.sort(key=lambda said: "divided" not in said)
    name = _name(belonging)
    noun = f"{count_words(last.height, 'trust')} {'has' if last.height == 1 else 'have'}"
    yield (
        f"{noun} no {name} in the register, and their figures are in no {name}'s sum: "
        f"{_first(named)}."
    )


def _divided(successors: Sequence[str]) -> str:
    return f"; divided between {listed(successors)}" if len(successors) > 1 else ""


def _first(named: Sequence[str]) -> str:
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f"{', '.join(named[:_NAMED])}{more}"


def _name(belonging: Belonging) -> str:
    return "ICB" if belonging.level == "icb" else "region"


def _other_providers(outside: pl.DataFrame) -> Iterator[str]:
    count = outside["org_code"].n_unique()
    if count:
        who = count_words(
            count,
            "provider that is no NHS trust belongs",
            "providers that are no NHS trusts belong",
        )
        yield f"{who} to no ICB in the register; what they count is in England's sum only."
