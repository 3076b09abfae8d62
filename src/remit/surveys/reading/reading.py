"""Read a survey: exports against their questionnaire, wave by wave, each respondent once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from remit.model.errors import SurveyError
from remit.model.questionnaire import Questionnaire, Scale, Wave, plain
from remit.surveys.reading.answers import (
    BLANK,
    CommentAnswers,
    Cut,
    ItemAnswers,
    MultiAnswers,
    NumberAnswers,
    SurveyRead,
    Voices,
)
from remit.surveys.reading.by_register import cuts_by_register, lacking
from remit.surveys.reading.coding import Coder, cut_of, routed, without
from remit.surveys.reading.exports import Export, Rejection
from remit.surveys.reading.placing import Placement, place
from remit.words.sentences import count_words, listed


@dataclass(slots=True)
class _Part:
    """The rows of one file that belong to one wave, with where everything stands."""

    export: Export
    placement: Placement
    cells: pl.DataFrame
    lines: list[int]


def read_survey(
    exports: Sequence[Export],
    questionnaire: Questionnaire,
    scales: Mapping[str, Scale],
    wave: str = "",
) -> SurveyRead:
    """The answers of all waves in some exports.

    Parameters
    ----------
    exports
        Files as they were read.
    questionnaire, scales
        What was asked, and the scales that are shared.
    wave
        The wave of the exports, where neither file nor wording tells it.

    Raises
    ------
    SurveyError
        If a file has none of the items, or its wave cannot be told.

    Examples
    --------
    >>> from pathlib import Path
    >>> from remit.surveys import load_questionnaire, load_scales, read_export
    >>> export = read_export(Path("demo/people/sample-survey-2026.csv"))
    >>> asked = load_questionnaire("demo/people/sample-survey.yaml")
    >>> read_survey([export], asked, load_scales()).waves[0].count
    52
    """
    known = {**scales, **questionnaire.scales}
    lacking = {one.scale for one in questionnaire.items if one.scale} - set(known)
    if lacking:
        raise SurveyError(
            f"{questionnaire.id}: there is no scale {listed(sorted(lacking))}; "
            f"declare it under scales, or use one of {', '.join(sorted(known))}"
        )
    read = SurveyRead(questionnaire, fictional=questionnaire.fictional)
    parts: dict[str, list[_Part]] = {}
    for export in exports:
        placement = place(export, questionnaire, wave)
        read.rejections += export.rejections
        read.notes += _noticed(export, placement)
        for part in _by_wave(export, placement, questionnaire.waves):
            parts.setdefault(part.placement.wave.id, []).append(part)
    for name in sorted(parts, key=lambda one: _order(questionnaire, one)):
        read.waves.append(_voices(parts[name], read, known))
    return read


def _order(questionnaire: Questionnaire, wave: str) -> tuple[int, str]:
    declared = [one.id for one in questionnaire.waves]
    if all(name.isdigit() for name in (*declared, wave)):
        return 0, wave
    return (declared.index(wave) if wave in declared else len(declared)), wave


def _noticed(export: Export, placement: Placement) -> Iterator[str]:
    said = [*export.notes, *([placement.guessed] if placement.guessed else [])]
    yield from (f"{export.file}: {note}" for note in said)
    if placement.unknown:
        names = listed([repr(one.said[:80]) for one in placement.unknown])
        count = count_words(len(placement.unknown), "column is", "columns are")
        yield f"{export.file}: {count} not in the questionnaire and not counted: {names}"


def _by_wave(export: Export, placement: Placement, waves: Sequence[Wave]) -> Iterator[_Part]:
    cells, lines = export.cells, export.lines
    if placement.wave_column is None:
        yield _Part(export, placement, cells, lines)
        return
    declared = {one.id: one for one in waves}
    said = cells.to_series(placement.wave_column).str.strip_chars().to_list()
    for name in dict.fromkeys(said):
        rows = [row for row, text in enumerate(said) if text == name]
        wave = declared.get(name, Wave(id=name) if name else placement.wave)
        yield _Part(
            export,
            replace(placement, wave=wave),
            cells[rows],
            [lines[row] for row in rows],
        )


def _voices(parts: Sequence[_Part], read: SurveyRead, scales: Mapping[str, Scale]) -> Voices:
    rows_read = sum(len(part.lines) for part in parts)
    ids = _each_once(parts, read)
    answers = [_answers(part, scales, read.rejections) for part in parts]
    items = [_joined(found) for found in _side_by_side(answers)]
    for one, not_asked in list(routed(items)):
        items[items.index(one)] = without(one, not_asked)
    weights = _weights(parts, read.rejections)
    declared = {group.id: group for group in read.questionnaire.groups}
    cuts = {
        name: cut_of(name, group.name, [_cut_column(part, name) for part in parts], group.values)
        for name, group in declared.items()
        if any(name in part.placement.groups for part in parts)
    }
    units = _units(parts)
    read.notes += lacking(read.questionnaire, units, parts[0].placement.wave)
    cuts |= cuts_by_register(declared.values(), units, parts[0].placement.wave)
    return Voices(
        parts[0].placement.wave,
        tuple(ids),
        tuple((part.export.file, line) for part in parts for line in part.lines),
        units,
        weights,
        cuts,
        items,
        rows_read,
    )


def _cut_column(part: _Part, name: str) -> pl.Series:
    place = part.placement.groups.get(name)
    return _blank(part) if place is None else part.cells.to_series(place)


def _blank(part: _Part) -> pl.Series:
    return pl.Series([""] * len(part.lines), dtype=pl.String)


def _units(parts: Sequence[_Part]) -> Cut | None:
    if all(part.placement.unit is None for part in parts):
        return None
    columns = [
        _blank(part) if part.placement.unit is None else part.cells.to_series(part.placement.unit)
        for part in parts
    ]
    return cut_of("unit", "Organisation", columns, ())


def _each_once(parts: Sequence[_Part], read: SurveyRead) -> list[str]:
    """Keep the first row of each respondent; the parts are cut to what is kept."""
    seen: dict[str, tuple[str, int]] = {}
    ids: list[str] = []
    if all(part.placement.respondent is None for part in parts):
        return ids
    for part in parts:
        column = part.placement.respondent
        said = _blank(part) if column is None else part.cells.to_series(column)
        keep = []
        for row, text in enumerate(said.str.strip_chars().to_list()):
            key, line = plain(text), part.lines[row]
            if key and key in seen:
                file, first = seen[key]
                where = f"line {first}" if file == part.export.file else f"{file}, line {first}"
                reason = f"this respondent is there already ({where}); the first row is kept"
                heading = "" if column is None else part.export.headings[column].said
                read.rejections.append(Rejection(part.export.file, line, heading, text, reason))
                continue
            seen.setdefault(key, (part.export.file, line))
            keep.append(row)
            ids.append(text)
        part.cells, part.lines = part.cells[keep], [part.lines[row] for row in keep]
    return ids


def _answers(
    part: _Part, scales: Mapping[str, Scale], rejections: list[Rejection]
) -> dict[str, ItemAnswers]:
    coder = Coder(part.export.file, part.lines, scales)
    found = {one.item.id: coder.item(one, part.cells) for one in part.placement.items}
    rejections += coder.rejections
    return found


def _side_by_side(parts: Sequence[Mapping[str, ItemAnswers]]) -> Iterator[list[ItemAnswers]]:
    names = dict.fromkeys(name for part in parts for name in part)
    for name in names:
        having = [part[name] for part in parts if name in part]
        if len(having) < len(parts):
            raise SurveyError(
                f"the item {having[0].wording!r} is in some files of one wave and not in others; "
                "read them as waves of their own (--wave), or add the column"
            )
        yield having


def _joined(found: Sequence[ItemAnswers]) -> ItemAnswers:
    """The answers of several files to one item, one after the other."""
    first = found[0]
    if len(found) == 1:
        return first
    if isinstance(first, CommentAnswers):
        texts = [text for one in found if isinstance(one, CommentAnswers) for text in one.texts]
        return replace(first, texts=tuple(texts))
    codes = np.concatenate([one.codes for one in found if not isinstance(one, CommentAnswers)])
    if isinstance(first, NumberAnswers):
        values = [one.values for one in found if isinstance(one, NumberAnswers)]
        return replace(first, codes=codes, values=np.concatenate(values))
    if isinstance(first, MultiAnswers):
        return _joined_ticks([one for one in found if isinstance(one, MultiAnswers)], codes)
    return replace(first, codes=codes)


def _joined_ticks(found: Sequence[MultiAnswers], codes: np.ndarray) -> MultiAnswers:
    options = tuple(dict.fromkeys(option for one in found for option in one.options))
    blocks = []
    for one in found:
        block = np.zeros((len(one.codes), len(options)), dtype=np.bool_)
        block[:, [options.index(option) for option in one.options]] = one.ticked
        blocks.append(block)
    return replace(found[0], options=options, ticked=np.concatenate(blocks), codes=codes)


def _weights(parts: Sequence[_Part], rejections: list[Rejection]) -> np.ndarray | None:
    if all(part.placement.weight is None for part in parts):
        return None
    found = []
    for part in parts:
        column = part.placement.weight
        said = _blank(part) if column is None else part.cells.to_series(column).str.strip_chars()
        values = said.cast(pl.Float64, strict=False).fill_nan(None)
        wrong = (
            values.is_null() | (values < 0).fill_null(False) | values.is_infinite().fill_null(False)
        )
        for row in np.flatnonzero(wrong.to_numpy()).tolist():
            heading = "weight" if column is None else part.export.headings[column].said
            reason = "this is no weight; in weighted figures this respondent is left out"
            rejections.append(
                Rejection(part.export.file, part.lines[row], heading, said[row], reason)
            )
        found.append(pl.select(pl.when(~wrong).then(values).otherwise(0.0)).to_series().to_numpy())
    return np.concatenate(found)


def partial(voices: Voices) -> int:
    """How many respondents answered none of the items on a scale."""
    coded = [one.codes for one in voices.items if not isinstance(one, CommentAnswers)]
    blank = np.all([codes <= BLANK for codes in coded], axis=0) if coded else np.zeros(0)
    return int(blank.sum())
