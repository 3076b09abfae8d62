"""Draft a questionnaire from an export: every guess is marked, none is taken for a fact."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
from rapidfuzz.fuzz import token_sort_ratio

from remit.model.questionnaire import Scale, SurveyItem, plain
from remit.surveys.draft_codes import bare_codes, scale_lines, scale_of_codes
from remit.surveys.draft_headings import (
    CUT,
    KIND,
    NUMBERS,
    OWN,
    RESPONDENT,
    ROLE,
    WAVE,
    WEIGHT,
    WORDS,
    YEAR,
)
from remit.surveys.draft_numbers import bounds, share_of_numbers
from remit.surveys.draft_ticks import ticks_below_questions
from remit.surveys.draft_units import same_unit, unit_column, unit_line
from remit.surveys.reading.answers import ANSWER, INVALID
from remit.surveys.reading.coding import answer_code, scale_codes
from remit.surveys.reading.exports import Export

_SEPARATORS = (";", "|", "\n", ",")
_MOST_GROUPS, _MOST_OPTIONS = 60, 60


@dataclass(slots=True)
class _Draft:
    respondent: list[str] = field(default_factory=list)
    unit: dict[str, str] = field(default_factory=dict)
    """The heading of the organisation in each export, and why it is taken for it."""
    weight: list[str] = field(default_factory=list)
    wave: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    scales: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Question:
    """A heading with all that was answered below it, in every wave."""

    heading: str
    given: pl.Series = field(default_factory=lambda: pl.Series("", [], dtype=pl.String))
    waves: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    parts: dict[str, _Question] = field(default_factory=dict)
    """Option → the column that it has of its own."""


@dataclass(slots=True)
class _Item:
    wording: str
    kind: str
    waves: list[str]
    lines: list[str]
    why: str
    column: str = ""


def draft_questionnaire(
    exports: Sequence[Export], scales: Mapping[str, Scale], name: str = "my-survey"
) -> str:
    """The text of a questionnaire that fits some exports, with each guess marked.

    Parameters
    ----------
    exports
        One or more files, each of one wave.
    scales
        The scales that answers are compared with.
    name
        Its identifier.

    Examples
    --------
    >>> from remit.surveys.reading.exports import export_of
    >>> export = export_of("a-2025.csv", [(1, ["id", "heard"]), (2, ["1", "Agree"])])
    >>> "respondent:" in draft_questionnaire([export], {})
    True
    """
    draft = _Draft()
    waves: dict[str, str] = {}
    columns: dict[str, _Question] = {}
    for number, export in enumerate(exports, start=1):
        year = YEAR.findall(export.file)
        wave = year[-1] if year else f"wave-{number}"
        waves.setdefault(wave, "from the file's name" if year else "no year is in the file's name")
        _gather(columns, export, wave)
        _note_unit(draft, export)
    for question in columns.values():
        _decide(draft, question, scales)
    if draft.wave:
        told = columns[plain(draft.wave[0])].given.unique().sort().to_list()
        waves = dict.fromkeys(told, f"from the column {draft.wave[0]}")
        for item in draft.items:
            item.waves = []
    return "\n".join(_written(draft, name, waves, [one.file for one in exports])) + "\n"


def _gather(columns: dict[str, _Question], export: Export, wave: str) -> None:
    """The columns of an export, by their question, beside those of other waves."""
    for heading in ticks_below_questions(export):
        if not heading.question.strip():
            continue
        key = plain(heading.question if heading.option else heading.said)
        column = export.cells.to_series(heading.place).str.strip_chars()
        found = columns.setdefault(key, _Question(heading.question))
        if heading.option:
            own = found.parts.setdefault(heading.option, _Question(heading.said))
            own.given = pl.concat([own.given, column.filter(column != "").rename("")])
            own.waves = list(dict.fromkeys([*own.waves, wave]))
        found.given = pl.concat([found.given, column.filter(column != "").rename("")])
        if wave not in found.waves:
            found.waves.append(wave)
        if heading.option and heading.option not in found.options:
            found.options.append(heading.option)


def _note_unit(draft: _Draft, export: Export) -> None:
    """The organisation of an export's respondents; its name beside its code is no question."""
    columns = {}
    for one in export.headings:
        column = export.cells.to_series(one.place).str.strip_chars()
        columns[one.said] = column.filter(column != "")
    unit, why = unit_column(columns)
    if unit:
        draft.unit.setdefault(unit, why)
        draft.beside += [one for one in same_unit(columns, unit) if one not in draft.beside]


def _decide(draft: _Draft, question: _Question, scales: Mapping[str, Scale]) -> None:
    """What a column is, by its heading first and then by what stands in it."""
    heading, given, name = question.heading, question.given, plain(question.heading)
    if heading in {*draft.unit, *draft.beside}:
        return
    for pattern, where in (
        (RESPONDENT, draft.respondent),
        (WEIGHT, draft.weight),
        (WAVE, draft.wave),
    ):
        if pattern.match(name) and not where:
            where.append(heading)
            return
    if RESPONDENT.match(name) or (OWN.match(name) and given.n_unique() <= 2):
        # A second number of the respondent, or what the tool says of itself, is no question.
        draft.beside.append(heading)
    elif question.options:
        _decide_parts(draft, question, scales)
    elif found := _scale_of(given, heading, scales):
        _add(draft, question, "scale", _scale_lines(found), f"its answers are those of {found}")
    elif (codes := bare_codes(given)) and not any(one.search(name) for one in (KIND, ROLE, CUT)):
        scale = scale_of_codes(codes)
        draft.scales[scale] = codes
        _add(draft, question, "scale", _scale_lines(scale), "its answers are codes without words")
    elif not _is_question(heading) and (OWN.match(name) or given.n_unique() < 2):
        draft.beside.append(heading)
    elif len(given) and share_of_numbers(given) >= (0.5 if NUMBERS.search(name) else 0.8):
        _add(draft, question, "numeric", bounds(given), "nearly all answers are numbers")
    elif _parts_people(heading, given):
        draft.groups.append(heading)
    else:
        _decide_words(draft, question)


def _parts_people(heading: str, given: pl.Series) -> bool:
    """Whether a column says who somebody is: a kind, a role, a region."""
    different = given.n_unique()
    if CUT.search(plain(heading)):
        return different <= _MOST_GROUPS
    few = different <= min(_MOST_GROUPS, max(2, len(given) // 2))
    return few and not _is_question(heading) and not WORDS.search(plain(heading))


def _decide_words(draft: _Draft, question: _Question) -> None:
    """Texts: what people wrote, or what they chose."""
    given = question.given
    if WORDS.search(plain(question.heading)):
        _add(draft, question, "comment", [], "the heading asks for words")
    elif separator := _separator(given):
        lines = [
            *_listed("options", _options(given, separator)),
            f"separator: {_quoted(separator)}",
        ]
        _add(draft, question, "multi", lines, "several answers stand in one cell")
    elif _is_choice(given):
        lines = [*_listed("options", sorted(given.unique().to_list())), 'separator: ""']
        _add(draft, question, "multi", lines, "few different answers; one may be chosen")
    else:
        _add(draft, question, "comment", [], "answers are texts")


def _decide_parts(draft: _Draft, question: _Question, scales: Mapping[str, Scale]) -> None:
    """Columns below one question: statements on a scale, or options that may be ticked."""
    found = {
        option: _scale_of(part.given, question.heading + " " + option, scales)
        for option, part in question.parts.items()
        if part.given.n_unique() > 2
    }
    on_scales = [scale for scale in found.values() if scale]
    if 2 * len(on_scales) <= len(question.parts):
        _add(draft, question, "multi", _listed("options", question.options), "a column an option")
        return
    usual = max(set(on_scales), key=on_scales.count)
    for option, part in question.parts.items():
        lines = _scale_lines(found.get(option) or usual)
        why = f"a statement below one question, on the scale {usual}"
        draft.items.append(_Item(option, "scale", part.waves, lines, why, part.heading))


def _scale_lines(scale: str) -> list[str]:
    says = {"change": "increased", "yes": "yes"}.get(scale.split("-", maxsplit=1)[0], "agree")
    return [
        f"scale: {scale}",
        f"says: {says}",
        "polarity: neither  # guessed: is it good, bad or neither?",
    ]


def _add(draft: _Draft, asked: _Question, kind: str, lines: list[str], why: str) -> None:
    draft.items.append(_Item(asked.heading, kind, asked.waves, lines, why))


def _quoted(value: object) -> str:
    """A text or a list of texts, as YAML takes it."""
    return json.dumps(value, ensure_ascii=False)


def _is_question(heading: str) -> bool:
    return heading.rstrip().endswith("?") or len(heading.split()) > 4


def _scale_of(given: pl.Series, heading: str, scales: Mapping[str, Scale]) -> str:
    """The scale that most answers are of; of those that fit equally the shortest."""
    fits = []
    counts = dict(given.value_counts().iter_rows())
    numbers = all(text.isdigit() for text in counts)
    if not counts or (numbers and not _is_question(heading)):
        return ""
    for place, (name, scale) in enumerate(scales.items()):
        known = scale_codes(scale)
        codes = {text: answer_code(text, known) for text in counts}
        answers = {code for code in codes.values() if code >= ANSWER}
        fit = sum(n for text, n in counts.items() if codes[text] != INVALID) / sum(counts.values())
        many = sum(n for text, n in counts.items() if codes[text] >= ANSWER)
        if many and fit >= 0.8 and (len(answers) > 1 or fit == 1):
            named = name.split("-", maxsplit=1)[0].rstrip("d") in plain(heading)
            fits.append((fit, len(answers), named, -len(scale.answers), -place, name))
    best = max(fits, default=None)
    # Numbers alone are codes only where the question names what the scale is of.
    return best[-1] if best and (best[2] or not numbers) else ""


def _separator(given: pl.Series) -> str:
    for sign in _SEPARATORS:
        if given.str.contains(sign, literal=True).mean() >= 0.2:  # type: ignore[operator]
            parts = _options(given, sign)
            words = sum(len(part.split()) for part in parts) / max(1, len(parts))
            if 1 < len(parts) <= min(_MOST_OPTIONS, max(3, given.n_unique())) and words < 12:
                return sign
    return ""


def _options(given: pl.Series, separator: str) -> list[str]:
    parts = given.str.split(separator).explode().str.strip_chars()
    forms = parts.filter(parts != "").value_counts().sort("count", descending=True)
    kept: dict[str, str] = {}
    for text, _ in forms.iter_rows():
        kept.setdefault(plain(text), text)
    return sorted(kept.values())


def _is_choice(given: pl.Series) -> bool:
    different = given.n_unique()
    return 1 < different <= min(20, max(2, len(given) // 5))


def _listed(key: str, values: Iterable[str]) -> list[str]:
    return [f"{key}:", *(f"  - {_quoted(value)}" for value in values)]


def _written(
    draft: _Draft, name: str, waves: Mapping[str, str], files: Sequence[str]
) -> Iterable[str]:
    yield "# yaml-language-server: $schema=https://json-schema.org/draft/2020-12/schema"
    yield f"# Drafted from {', '.join(files)}. Each line with “guessed” is a guess: look at it."
    yield "schema: remit/questionnaire/1"
    yield f"id: {name}"
    yield f"title: {_quoted('Survey ' + ', '.join(waves))}  # guessed: give it its title"
    yield f"source: {_quoted('Drafted from ' + ', '.join(files))}  # who asks, whom, since when"
    yield "respondent:  # guessed by the headings"
    yield f"  id: {_quoted(draft.respondent)}"
    yield unit_line(draft.unit)
    kinds = [one for one in draft.groups if KIND.search(plain(one))]
    roles = [one for one in draft.groups if ROLE.search(plain(one))]
    if roles:
        yield f"  role: {_quoted(_slug(roles[0]))}  # guessed"
    if kinds:
        yield f"  kind: {_quoted(_slug(kinds[0]))}  # guessed"
    if draft.weight:
        yield f"weights: {{column: {_quoted(draft.weight)}}}  # guessed by the heading"
    if draft.wave:
        yield f"wave_column: {_quoted(draft.wave)}  # guessed by the heading"
    yield "waves:"
    for wave, why in waves.items():
        yield f'  - {{id: {_quoted(wave)}, owner: "", mode: "", fieldwork: ""}}  # guessed: {why}'
    yield "groups:  # guessed: short headings with few different answers"
    names = _distinct(_slug(one) for one in draft.groups)
    for group, heading in zip(names, draft.groups, strict=True):
        title = heading.replace("_", " ").strip().capitalize()
        yield f"  - {{id: {group}, name: {_quoted(title)}, columns: {_quoted([heading])}}}"
    if not draft.groups:
        yield "  []"
    yield f"beside: {_quoted(draft.beside)}  # guessed: of the tool, or told already"
    yield from scale_lines(draft.scales)
    yield "items:"
    yield from _items(draft, list(waves))


def _items(draft: _Draft, waves: Sequence[str]) -> Iterable[str]:
    names = _distinct(_slug(one.wording) for one in draft.items)
    for name, item in zip(names, draft.items, strict=True):
        yield f"  - id: {name}"
        yield f"    kind: {item.kind}  # guessed: {item.why}"
        yield "    wording:"
        column = f", column: {_quoted(item.column)}" if item.column else ""
        yield f"      - {{text: {_quoted(item.wording)}, waves: {_quoted(item.waves)}{column}}}"
        yield from (f"    {line}" for line in item.lines)
        if close := _close(item, draft.items, waves):
            yield f"    # perhaps the same item as {_quoted(close)}: if so, make it one item"
            yield "    # with two wordings; no trend is drawn over a change of wording"


def _close(item: _Item, items: Iterable[_Item], waves: Sequence[str]) -> str:
    """An item of other waves whose wording is much like this one's."""
    if len(item.waves) == len(waves):
        return ""
    others = [
        (token_sort_ratio(plain(one.wording), plain(item.wording)), one.wording)
        for one in items
        if not set(one.waves) & set(item.waves) and one.kind == item.kind
    ]
    best = max(others, default=(0, ""))
    return best[1] if best[0] >= 60 else ""


def _slug(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", plain(text.rsplit(": ", maxsplit=1)[-1].replace("_", " ")))
    return "_".join(words)[:60].strip("_") or "item"


def _distinct(names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        number, one = 2, name
        while one in found:
            one, number = f"{name}_{number}", number + 1
        found.append(one)
    return found


def kinds_of(items: Iterable[SurveyItem]) -> dict[str, int]:
    """How many items there are of each kind."""
    found: dict[str, int] = {}
    for item in items:
        found[item.kind] = found.get(item.kind, 0) + 1
    return found
