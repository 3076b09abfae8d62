"""What activity records tell of the shift, beside the published measures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from remit.files.delimited import read_csv
from remit.files.reading import is_there, read_text
from remit.model.errors import AssessmentError
from remit.model.fictional import sample_sentence
from remit.register import load_register
from remit.words.figures import number_words, signed_words, trimmed_words
from remit.words.sentences import listed

Head = tuple[tuple[str, ...], ...]
_SETTINGS = {"hospital": "Hospital", "community": "Community", "primary": "Primary care",
             "mental_health": "Mental health"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShiftBeside:
    """A part of the first page that comes from records and no publication."""

    id: str
    title: str
    said: tuple[str, ...]
    head: Head = ()
    rows: tuple[tuple[str, ...], ...] = ()


def parts_beside(folders: Sequence[Path]) -> list[ShiftBeside]:
    """The parts for folders that ``remit shift records``, ``decompose`` and ``effect`` wrote.

    Raises
    ------
    AssessmentError
        If a folder has none of their tables as CSV.

    Examples
    --------
    ``parts_beside([Path("demo/cells"), Path("demo/effect")])``
    """
    found = [part for folder in folders for part in _parts(folder)]
    found.sort(key=lambda part: ("shares", "decomposition", "effect").index(part.id))
    return list(_told_apart(found))


def _told_apart(found: Sequence[ShiftBeside]) -> Iterator[ShiftBeside]:
    """Parts of one kind are numbered from the second on: each has a place of its own."""
    met: Counter[str] = Counter()
    for part in found:
        met[part.id] += 1
        yield replace(part, id=f"{part.id}-{met[part.id]}") if met[part.id] > 1 else part


def _are_invented(path: Path) -> bool:
    """Whether the commissioners of a table are those of the sample."""
    if path.suffix != ".csv":
        return False
    found = map(load_register().find, _table(path)["commissioner"].unique())
    return any(one.fictional for one in found if one is not None)


def _parts(folder: Path) -> list[ShiftBeside]:
    makers = {"shares.csv": _shares, "decomposition.csv": _decomposition, "effect.json": _effect}
    parts = []
    for name, make in makers.items():
        if is_there(folder / name):
            part = make(folder / name)
            mark = (sample_sentence("these records are"),) if _are_invented(folder / name) else ()
            parts.append(replace(part, said=(*mark, *part.said)))
    if not parts:
        raise AssessmentError(
            f"{folder}: here is none of {listed(list(makers), 'or')}; name a folder that "
            "`remit shift records`, `decompose` or `effect` wrote as CSV"
        )
    return parts


def _table(path: Path) -> pl.DataFrame:
    header, *rows = read_csv(read_text(path, error=AssessmentError))
    return pl.DataFrame(rows, schema=header, orient="row")


def _shares(path: Path) -> ShiftBeside:
    """The share of each setting in the first and the last quarter, all commissioners together."""
    table = _table(path)
    quarters = table["quarter"].unique().sort()
    first, last = quarters[0], quarters[-1]
    rows = [
        (
            f"{area}, {_SETTINGS.get(setting, setting)}",
            *(_at(table, area, setting, q) for q in (first, last)),
        )
        for area, setting in table.select("commissioner", "setting")
        .unique(maintain_order=True)
        .rows()
    ]
    return ShiftBeside(
        "shares",
        "Where care takes place, by records",
        (f"The share of cost by setting, in {first} and in {last}.",),
        (("Commissioner and setting",), (first, "n"), (last, "n")),
        tuple(rows),
    )


def _at(table: pl.DataFrame, area: str, setting: str, quarter: str) -> str:
    found = table.filter(commissioner=area, setting=setting, quarter=quarter)["share_of_cost"]
    return f"{number_words(100 * float(found[0]), 1)}%" if len(found) and found[0] else "–"


def _decomposition(path: Path) -> ShiftBeside:
    table = _table(path).filter(pl.col("commissioner") == "England")
    effects = dict(zip(table["factor"], table["effect"].cast(pl.Float64), strict=True))
    change = float(table["change"][0]) if len(table) else 0.0
    largest = sorted(effects, key=lambda name: -abs(effects[name]))[:2]
    told = listed(
        [f"{name.replace('_', ' ')} ({signed_words(effects[name], 0)})" for name in largest]
    )
    return ShiftBeside(
        "decomposition",
        "What changed hospital bed days, by records",
        (f"Hospital bed days changed by {signed_words(change, 0)}; most of that is {told}.",),
        (("Factor",), ("Bed days", "n")),
        tuple(
            (name.replace("_", " ").capitalize(), signed_words(one, 0))
            for name, one in effects.items()
        ),
    )


def _effect(path: Path) -> ShiftBeside:
    told = json.loads(read_text(path, error=AssessmentError))
    return ShiftBeside(
        "effect",
        "Did those who got the service use less hospital care?",
        tuple(_effect_words(told)),
    )


def _effect_words(told: dict[str, object]) -> Iterator[str]:
    refused = told.get("refused")
    if refused:
        why = refused if isinstance(refused, str) else "; ".join(map(str, refused))  # type: ignore[call-overload]
        yield f"That cannot be told from these records: {why}"
        return
    ratio, low, high = (float(str(told[name])) for name in ("ratio", "low", "high"))
    said = f"{trimmed_words(ratio, 2)} ({trimmed_words(low, 2)} to {trimmed_words(high, 2)})"
    if not told.get("claims"):
        yield f"No effect can be told: their use is {said} of what it would have been."
    else:
        way = "less" if ratio < 1 else "more"
        yield f"They used {way}: {said} of what it would have been."
    yield (
        f"{told['kept']} of {told['treated']} who got it could be compared, with "
        f"{told['controls']} others in {told['clusters']} clusters. This is a comparison and no "
        "trial."
    )
