"""Who was asked and who answered: response by group, from a list of those asked or their number.

A list has a row for each organisation (or person) that was asked; a file of numbers has a row for
each group, with how many were asked. An organisation has answered when one of its people has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from remit.model.errors import SurveyError
from remit.model.questionnaire import Questionnaire, plain
from remit.surveys.cuts import ALL
from remit.surveys.reading.answers import Cut, SurveyRead, Voices
from remit.surveys.reading.coding import number_in
from remit.surveys.reading.exports import NO_PERSON, Export
from remit.surveys.sentences import share_words
from remit.surveys.suppressing import suppressed
from remit.words.sentences import count_words, listed

ORGANISATIONS, PEOPLE = "organisations", "people"
SCHEMA = {
    "wave": pl.String,
    "group_by": pl.String,
    "group": pl.String,
    "of": pl.String,
    "asked": pl.Int64,
    "answered": pl.Int64,
    "pct_answered": pl.Float64,
}
_OF_ORGANISATIONS = ("organisations", "trusts", "bodies", "organisations asked", "trusts asked")
_OF_PEOPLE = ("people", "sent_to", "sent to", "respondents", "people asked", "invited")
_OF_EITHER = ("asked", "number", "count", "population", "total", "n", "how many", "number asked")
_TOTALS = frozenset({"total", "all", "england", "grand total", "sum"})


@dataclass(slots=True)
class AskedFile:
    """The rows of a list of those asked, or of their numbers, with what stands where."""

    file: str
    rows: list[dict[str, str]]
    count: str = ""
    """``organisations``, ``people``, ``either``; empty in a list, of which a row is one asked."""
    notes: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether there is a column of this: ``unit``, ``respondent``, ``wave`` or a group."""
        return bool(self.rows) and name in self.rows[0]

    def note(self, words: str) -> None:
        """Something that does not fit; it is told once, whatever the waves."""
        if words not in self.notes:
            self.notes.append(words)


def read_asked(export: Export, asked: Questionnaire) -> AskedFile:
    """Find what a file of those asked says of whom.

    Parameters
    ----------
    export
        The file, as an export is read.
    asked
        The questionnaire, which names groups and what tells a respondent.

    Raises
    ------
    SurveyError
        If it has neither a group nor what tells an organisation or a person.

    Examples
    --------
    >>> read_asked(export, asked).count  # doctest: +SKIP
    ''
    """
    found: dict[str, int] = {}
    count = ""
    wanted = {
        "unit": asked.respondent.unit,
        "respondent": asked.respondent.id,
        "wave": (*asked.wave_column, "wave", "year"),
        **{one.id: (one.id, one.name, *one.columns) for one in asked.groups},
    }
    numbers = ((ORGANISATIONS, _OF_ORGANISATIONS), (PEOPLE, _OF_PEOPLE), ("either", _OF_EITHER))
    for heading in export.headings:
        said = plain(heading.said)
        for name, names in wanted.items():
            if name not in found and said in {plain(one) for one in names}:
                found[name] = heading.place
                break
        else:
            kind = next((kind for kind, names in numbers if said in names), "")
            if kind and "count" not in found:
                found["count"], count = heading.place, kind
    if not set(found) - {"wave", "count"}:
        either = [*asked.respondent.unit, *(one.id for one in asked.groups)]
        raise SurveyError(
            f"{export.file}: it says of nobody who was asked; it needs a column of "
            f"{listed(either, 'or')}, and where a row is more than one asked, a column asked"
        )
    cells = [export.cells.to_series(place).str.strip_chars().to_list() for place in found.values()]
    rows = [dict(zip(found, texts, strict=True)) for texts in zip(*cells, strict=True)]
    lost = [
        f"line {one.line}: {one.reason}" for one in export.rejections if one.reason != NO_PERSON
    ]
    return AskedFile(export.file, rows, count, [*export.notes, *lost])


def responses(read: SurveyRead, asked: AskedFile, least: int = 0) -> pl.DataFrame:
    """Response by wave and group; what does not fit is among the notes of ``asked``.

    Parameters
    ----------
    read
        The answers.
    asked
        Who was asked.
    least
        Of people, groups of which fewer answered are not shown. That an organisation answered is
        no answer, and is always shown.

    Examples
    --------
    >>> responses(read, asked)["pct_answered"][0]  # doctest: +SKIP
    86.4
    """
    parts = [_wave(read, voices, asked) for voices in read.waves]
    frame = pl.concat([pl.DataFrame(schema=SCHEMA), *parts])
    of_people = frame.filter(pl.col("of") == PEOPLE)
    as_table = of_people.with_columns(
        pl.lit("").alias("item_id"), pl.lit("").alias("item"), pl.col("answered").alias("base")
    )
    # Who was asked stays: it is no secret, and tells nothing of who answered.
    hidden = suppressed(as_table, least, ["base"]).select(
        "wave", "group_by", "group", "of", of_people["asked"], "answered", "pct_answered",
        "suppressed",
    )  # fmt: skip
    others = frame.filter(pl.col("of") == ORGANISATIONS).with_columns(
        pl.lit("").alias("suppressed")
    )
    return pl.concat([others, hidden])


def _wave(read: SurveyRead, voices: Voices, asked: AskedFile) -> pl.DataFrame:
    groups = [one.id for one in read.questionnaire.groups if asked.has(one.id)]
    # A row that adds up the others is none of those asked.
    rows = [
        row
        for row in asked.rows
        if (not asked.has("wave") or row["wave"] in {voices.wave.id, voices.wave.name, ""})
        and not any(plain(row[cut]) in _TOTALS for cut in groups)
    ]
    listing = not asked.count and (asked.has("unit") or asked.has("respondent"))
    tally = _by_list if listing else _by_number
    of, counts = tally(voices, asked, rows, groups)
    return pl.DataFrame(
        [
            (voices.wave.id, cut, group, of, number, answered,
             100 * answered / number if number and answered <= number else None)
            for (cut, group), (number, answered) in counts.items() if number or answered
        ],
        schema=SCHEMA,
        orient="row",
    )  # fmt: skip


Counts = dict[tuple[str, str], tuple[int, int]]


def _by_list(
    voices: Voices, asked: AskedFile, rows: Sequence[Mapping[str, str]], groups: Sequence[str]
) -> tuple[str, Counts]:
    """Each row of the list is one asked; whether they answered is told by code or number."""
    of = ORGANISATIONS if asked.has("unit") and voices.units is not None else PEOPLE
    key = "unit" if of == ORGANISATIONS else "respondent"
    if not asked.has(key):
        raise SurveyError(
            f"{asked.file}: it lists organisations, and {voices.wave.id} does not say for whom a "
            "respondent speaks; name the column under respondent, unit"
        )
    came = _answering(voices) if of == ORGANISATIONS else {plain(one) for one in voices.ids}
    once = {plain(row[key]): row for row in reversed(rows) if row[key]}
    twice = sum(bool(row[key]) for row in rows) - len(once)
    if twice:
        rows_twice = count_words(twice, "row")
        asked.note(f"{rows_twice} of one asked already; each is counted once")
    if strange := len(came - set(once)):
        those = count_words(strange, "of those who answered is", "of those who answered are")
        asked.note(
            f"{voices.wave.id}: {those} not on the list of those asked, and not in the response"
        )
    cuts = _labels(voices, groups, list(once.values()))
    asked_of: Counter[tuple[str, str]] = Counter()
    answered: Counter[tuple[str, str]] = Counter()
    for code, row in once.items():
        for cut in (ALL, *groups):
            place = (cut, ALL if cut == ALL else cuts[cut].get(plain(row[cut]), ""))
            asked_of[place] += 1
            answered[place] += code in came
    labels = [(cut, label) for cut in groups for label in cuts[cut].values()]
    order = [(ALL, ALL), *labels, *((cut, "") for cut in groups)]
    return of, {place: (asked_of[place], answered[place]) for place in order if place in asked_of}


def _answering(voices: Voices) -> set[str]:
    """The codes of the organisations of which somebody answered."""
    units = voices.units
    if units is None:
        return set()
    there = set(np.unique(units.codes[units.codes >= 0]).tolist())
    return {plain(label) for place, label in enumerate(units.labels) if place in there}


def _labels(
    voices: Voices, groups: Sequence[str], rows: Sequence[Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Of each group its labels as the export writes them, then those of the list alone."""
    found = {}
    for cut in groups:
        there = voices.cuts[cut].labels if cut in voices.cuts else ()
        known = {plain(label): label for label in there}
        for row in rows:
            if row[cut]:
                known.setdefault(plain(row[cut]), row[cut])
        found[cut] = known
    return found


def _by_number(
    voices: Voices, asked: AskedFile, rows: Sequence[Mapping[str, str]], groups: Sequence[str]
) -> tuple[str, Counts]:
    """Each row says how many of a group were asked."""
    of = asked.count if asked.count in {ORGANISATIONS, PEOPLE} else ""
    of = of or (ORGANISATIONS if asked.count and voices.units is not None else PEOPLE)
    cuts = _labels(voices, groups, rows)
    numbers: Counter[tuple[str, str]] = Counter()
    for row, number in _numbers(asked, rows):
        numbers[ALL, ALL] += number
        for cut in groups:
            numbers[cut, cuts[cut].get(plain(row[cut]), "")] += number
    counts = {(ALL, ALL): (numbers[ALL, ALL], _came(voices, None, "", of))}
    for cut in groups:
        for label in cuts[cut].values():
            came = _came(voices, voices.cuts.get(cut), label, of)
            counts[cut, label] = (numbers[cut, label], came)
    over = [group for (_, group), (number, came) in counts.items() if came > number]
    if over:
        asked.note(
            f"{voices.wave.id}: more {of} answered than were asked ({listed(over)}); the file and "
            "the export do not fit, and no share is given"
        )
    return of, counts


def _numbers(
    asked: AskedFile, rows: Sequence[Mapping[str, str]]
) -> Iterator[tuple[Mapping[str, str], int]]:
    """The rows with a number; one without is told."""
    for row in rows:
        value = number_in(row["count"]) if asked.count else 1.0
        if value is None or value < 0 or value != int(value):
            asked.note(f"{row['count']!r} is no number of those asked; the row is left out")
            continue
        yield row, int(value)


def _came(voices: Voices, cut: Cut | None, label: str, of: str) -> int:
    """How many answered: people, or organisations of which somebody did."""
    inside = np.ones(voices.count, dtype=np.bool_)
    if label:
        if cut is None or label not in cut.labels:
            return 0
        inside = cut.codes == cut.labels.index(label)
    if of == PEOPLE:
        return int(inside.sum())
    units = voices.units
    if units is None:
        raise SurveyError(
            f"{voices.wave.id}: organisations were asked, and no column says for whom a respondent "
            "speaks; name it under respondent, unit"
        )
    return len(np.unique(units.codes[inside & (units.codes >= 0)]))


def response_lines(frame: pl.DataFrame, names: Mapping[str, str]) -> Iterator[str]:
    """What is said of response by group: the whole, then each group.

    Parameters
    ----------
    frame
        As :func:`responses` gives it.
    names
        The name of each group.

    Examples
    --------
    >>> rows = [("2026", "all", "all", "organisations", 20, 12, 60.0, "")]
    >>> frame = pl.DataFrame(rows, {**SCHEMA, "suppressed": pl.String}, orient="row")
    >>> list(response_lines(frame, {}))
    ['2026, all: 12 of the 20 organisations asked answered (60%); 8 did not.']
    """
    for row in frame.to_dicts():
        group = row["group"] or "not said"
        about = "all" if row["group_by"] == ALL else f"{names[row['group_by']]}, {group}"
        yield f"{row['wave']}, {about}: {_response(row)}."


def _response(row: Mapping[str, Any]) -> str:
    if row["suppressed"]:
        asked = f"of the {row['asked']:,} {row['of']} asked"
        return f"{asked} it is not shown how many answered: {row['suppressed']}"
    if row["pct_answered"] is None:
        return f"{row['answered']:,} {row['of']} answered, {row['asked']:,} were asked"
    missing = row["asked"] - row["answered"]
    return (
        f"{row['answered']:,} of the {row['asked']:,} {row['of']} asked answered "
        f"({share_words(row['pct_answered'])}); {missing:,} did not"
    )
