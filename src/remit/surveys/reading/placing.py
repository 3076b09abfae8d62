"""Which column of an export is which item of a questionnaire, in which wave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from remit.model.errors import SurveyError
from remit.model.questionnaire import Questionnaire, SurveyItem, Wave, plain
from remit.surveys.reading.exports import Export, Heading
from remit.words.nearest import nearest

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_AFTER = re.compile(r"^\??\s*(?:[-:–—|/]|\(|\[)\s*")


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item with its columns in one export: one, or one for each option."""

    item: SurveyItem
    wording: str
    columns: tuple[int, ...]
    options: tuple[str, ...] = ()


@dataclass(slots=True)
class Placement:
    """Where everything that the questionnaire names stands in one export."""

    wave: Wave
    guessed: str = ""
    items: list[PlacedItem] = field(default_factory=list)
    groups: dict[str, int] = field(default_factory=dict)
    respondent: int | None = None
    unit: int | None = None
    weight: int | None = None
    wave_column: int | None = None
    unknown: list[Heading] = field(default_factory=list)


def place(export: Export, questionnaire: Questionnaire, wave: str = "") -> Placement:
    """Find the columns of a questionnaire in an export.

    Parameters
    ----------
    export, questionnaire
        What was read, and what was asked.
    wave
        The wave that the export is of; by default the one whose wording it bears, then the year
        in the file's name.

    Raises
    ------
    SurveyError
        If no item is found, a column that is needed stands twice, or the wave is not declared.

    Examples
    --------
    >>> place(export, questionnaire).items[0].wording  # doctest: +SKIP
    'I am comfortable with ICBs as performance managers'
    """
    named = {heading.place: plain(heading.said) for heading in export.headings}
    told_by = _one(export, questionnaire.wave_column)
    found = Placement(
        *(
            (questionnaire.waves[0], "")
            if told_by is not None
            else _wave(export, questionnaire, wave, set(named.values()))
        )
    )
    taken: set[int] = set()

    def one(headings: Iterable[str]) -> int | None:
        column = _one(export, headings)
        taken.update([] if column is None else [column])
        return column

    found.respondent = one(questionnaire.respondent.id)
    found.unit = one(questionnaire.respondent.unit)
    found.weight = one(questionnaire.weights.column)
    found.wave_column = one(questionnaire.wave_column)
    for group in questionnaire.groups:
        if group.by_register:
            continue
        column = one((group.id, group.name, *group.columns))
        if column is not None:
            found.groups[group.id] = column
    one_of = {id(heading): heading for heading in export.headings if heading.place not in taken}
    for item in questionnaire.items:
        placed = _item(item, list(one_of.values()), export.file)
        if placed is not None:
            found.items.append(placed)
            taken.update(placed.columns)
            one_of = {key: one for key, one in one_of.items() if one.place not in placed.columns}
    beside = {plain(name) for name in questionnaire.beside}
    found.unknown = [
        heading
        for heading in one_of.values()
        if heading.said.strip() and plain(heading.said) not in beside
    ]
    if not found.items:
        raise SurveyError(
            f"{export.file}: none of its {len(export.headings)} columns is an item of "
            f"{questionnaire.id}; `remit survey new {export.file}` drafts a questionnaire from it"
        )
    return found


def _one(export: Export, headings: Iterable[str]) -> int | None:
    """The column with the first of these headings that is there."""
    found: list[Heading] = []
    for wanted in map(plain, headings):
        found = [
            one
            for one in export.headings
            if plain(one.said) == wanted or (one.code and plain(one.code) == wanted)
        ]
        if found:
            break
    if len(found) > 1:
        raise SurveyError(
            f"{export.file}: the column {found[0].said!r} stands {len(found)} times; "
            "rename or remove what is not meant"
        )
    return found[0].place if found else None


def _wave(
    export: Export, questionnaire: Questionnaire, asked: str, headings: set[str]
) -> tuple[Wave, str]:
    """The wave of an export, and how it was told where nobody said it."""
    waves = {one.id: one for one in questionnaire.waves}
    if asked:
        if asked not in waves:
            close = nearest(asked, waves)
            raise SurveyError(
                f"{questionnaire.id} has no wave {asked!r}; it has {', '.join(waves)}"
                + (f"; do you mean {close}?" if close else "")
            )
        return waves[asked], ""
    years = _YEAR.findall(export.file)
    own = [one for one in waves if one in years or _YEAR.findall(one)[:1] == years[:1] != []]
    if len(own) == 1:
        return waves[own[0]], f"the wave {own[0]} is told by the file's name"
    fits = {name: _only_then(questionnaire, name, headings) for name in waves}
    best = max(fits.values())
    told = [name for name, fit in fits.items() if fit == best]
    if best and len(told) == 1:
        return waves[told[0]], f"the wave {told[0]} is told by the wording of its items"
    if years and len(set(years)) == 1:
        year = years[0]
        said = f"the wave {year} is told by the file's name; {questionnaire.id} does not declare it"
        return Wave(id=year), said
    if len(waves) == 1:
        return next(iter(waves.values())), ""
    raise SurveyError(
        f"{export.file}: which wave is it of? Say --wave with one of {', '.join(waves)}"
    )


def _only_then(questionnaire: Questionnaire, wave: str, headings: set[str]) -> int:
    """How many headings bear a wording that was used in this wave and not in each other."""
    every = len(questionnaire.waves)
    return sum(
        wave in wording.waves and len(wording.waves) < every and plain(wording.text) in headings
        for item in questionnaire.items
        for wording in item.wording
    )


def _item(item: SurveyItem, headings: Sequence[Heading], file: str) -> PlacedItem | None:
    for wording in item.wording:
        names = {plain(wording.text), *([plain(wording.column)] if wording.column else [])}
        whole = [
            one
            for one in headings
            if plain(one.said) in names or (one.code and plain(one.code) in names)
        ]
        if len(whole) > 1 and item.kind != "multi":
            raise SurveyError(
                f"{file}: the column {whole[0].said!r} stands {len(whole)} times; "
                "rename or remove what is not meant"
            )
        if whole:
            by_code = plain(wording.column) == plain(whole[0].said) != plain(wording.text)
            said = wording.text if by_code or whole[0].code else whole[0].said
            return PlacedItem(item, said, (whole[0].place,))
        if item.kind == "multi" and (parts := _options(names, headings)):
            said = next(one.question for one in headings if one.place in parts)
            return PlacedItem(item, said, tuple(parts), tuple(parts.values()))
    return None


def _options(names: set[str], headings: Sequence[Heading]) -> Mapping[int, str]:
    """The columns of a question with one column an option: place → option."""
    found: dict[int, str] = {}
    for heading in headings:
        said = plain(heading.question)
        if heading.option and said in names:
            found[heading.place] = heading.option
            continue
        for name in names:
            after = _AFTER.match(said[len(name) :]) if said.startswith(name) else None
            if after and (option := said[len(name) + after.end() :].strip(" )]")):
                found[heading.place] = option
    return found
