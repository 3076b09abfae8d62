"""From the cells of an export to codes; what no code fits is told by line and column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from remit.model.questionnaire import Scale, SurveyItem, plain
from remit.surveys.reading.answers import (
    ANSWER,
    BLANK,
    DONT_KNOW,
    INVALID,
    NOT_ASKED,
    Codes,
    CommentAnswers,
    Cut,
    ItemAnswers,
    MultiAnswers,
    NumberAnswers,
    ScaleAnswers,
)
from remit.surveys.reading.exports import Rejection
from remit.surveys.reading.placing import PlacedItem

_UNITS = r"\s*(?:%|h|hrs?|hours?|days?)?$"
_NUMBER = re.compile(
    r"^[£$€]?\s*(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|-?\.\d+)" + _UNITS
)
_COMMA_NUMBER = re.compile(r"^[£$€]?\s*(?P<number>-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+)" + _UNITS)
"""A number whose decimals stand after a comma, as most of Europe writes it."""
_CODED = re.compile(
    r"^(?P<code>-?\d+)\s*(?:[-–:=.)]\s*)(?P<label>\D.*)$|^(?P<first>\D.*?)\s*\((?P<last>-?\d+)\)$"
)
_UNTICKED = frozenset({"", "0", "no", "false", "not selected", "unchecked", "not ticked", "n"})
_TICKED = frozenset({"1", "yes", "true", "selected", "checked", "x", "ticked", "y", "✓", "✔"})
_NO_NUMBER = frozenset(
    {"don't know", "dont know", "do not know", "not sure", "n/a", "na", "unsure", "not applicable"}
)


@dataclass(slots=True)
class Coder:
    """Codes the columns of one file; ``places`` are the lines of its rows."""

    file: str
    lines: Sequence[int]
    scales: Mapping[str, Scale]
    rejections: list[Rejection] = field(default_factory=list)

    def item(self, placed: PlacedItem, cells: pl.DataFrame) -> ItemAnswers:
        """The answers to one item."""
        if placed.item.kind == "scale":
            return self._scale(placed, _column(cells, placed.columns[0]))
        if placed.item.kind == "numeric":
            return self._number(placed, _column(cells, placed.columns[0]))
        if placed.item.kind == "comment":
            texts = _column(cells, placed.columns[0]).str.strip_chars().to_list()
            return CommentAnswers(placed.item, placed.wording, tuple(texts))
        return self._multi(placed, cells)

    def _scale(self, placed: PlacedItem, column: pl.Series) -> ScaleAnswers:
        scale = self.scales[placed.item.scale]
        known = scale_codes(scale)
        codes = _coded(column, lambda text: answer_code(text, known))
        self._tell(codes == INVALID, column, placed.wording, "this is no answer of the scale")
        return ScaleAnswers(placed.item, placed.wording, scale, codes)

    def _number(self, placed: PlacedItem, column: pl.Series) -> NumberAnswers:
        texts = column.unique().to_list()
        comma = has_decimal_commas(texts)
        read = {text: _number(text, placed.item, comma=comma) for text in texts}
        codes = _coded(column, lambda text: read[text][0])
        number = {text: value for text, (_, value) in read.items()}
        values = column.replace_strict(number, return_dtype=pl.Float64).to_numpy().astype(float)
        self._tell(codes == INVALID, column, placed.wording, _possible(placed.item))
        return NumberAnswers(placed.item, placed.wording, values, codes)

    def _multi(self, placed: PlacedItem, cells: pl.DataFrame) -> MultiAnswers:
        if placed.options:
            options, ticked = self._by_column(placed, cells)
        else:
            options, ticked = self._in_a_cell(placed, _column(cells, placed.columns[0]))
        answered = ticked.any(axis=1)
        codes = np.where(answered, ANSWER, BLANK).astype(np.uint8)
        return MultiAnswers(placed.item, placed.wording, options, ticked, codes)

    def _in_a_cell(
        self, placed: PlacedItem, column: pl.Series
    ) -> tuple[tuple[str, ...], np.ndarray]:
        known = {plain(option): option for option in placed.item.options}
        parts = {text: _parts(text, placed.item.separator, known) for text in column.unique()}
        said: dict[str, Counter[str]] = {}
        for text, count in column.value_counts().iter_rows():
            for part in parts[text]:
                said.setdefault(plain(part), Counter())[part] += count
        if placed.item.options:
            options = tuple(placed.item.options)
            self._unknown_options(placed, column, parts, known)
        else:
            options = tuple(sorted(forms.most_common(1)[0][0] for forms in said.values()))
        place = {plain(option): number for number, option in enumerate(options)}
        rows = {
            text: [place[plain(part)] for part in found if plain(part) in place]
            for text, found in parts.items()
        }
        ticked = np.zeros((len(column), len(options)), dtype=np.bool_)
        for row, text in enumerate(column.to_list()):
            ticked[row, rows[text]] = True
        return options, ticked

    def _unknown_options(
        self,
        placed: PlacedItem,
        column: pl.Series,
        parts: Mapping[str, Sequence[str]],
        known: Mapping[str, str],
    ) -> None:
        strange = {
            text: [part for part in found if plain(part) not in known]
            for text, found in parts.items()
        }
        mask = np.array([bool(strange[text]) for text in column.to_list()], dtype=np.bool_)
        self._tell(mask, column, placed.wording, "a part of this is no option of the question")

    def _by_column(
        self, placed: PlacedItem, cells: pl.DataFrame
    ) -> tuple[tuple[str, ...], np.ndarray]:
        known = {plain(option): option for option in placed.item.options}
        options = tuple(known.get(plain(option), option) for option in placed.options)
        ticked = np.zeros((len(cells), len(options)), dtype=np.bool_)
        for number, (place, option) in enumerate(zip(placed.columns, options, strict=True)):
            column = _column(cells, place)
            own = _TICKED | {plain(option), "other (please specify)"}
            codes = _coded(column, lambda text, own=own: _tick(text, own))
            if "other" in plain(option):
                codes = np.where(codes == INVALID, ANSWER, codes).astype(np.uint8)
            self._tell(codes == INVALID, column, f"{placed.wording} [{option}]", "this is no tick")
            ticked[:, number] = codes == ANSWER
        return options, ticked

    def _tell(self, mask: np.ndarray, column: pl.Series, heading: str, reason: str) -> None:
        said = column.to_list() if mask.any() else []
        self.rejections.extend(
            Rejection(self.file, self.lines[row], heading, said[row][:200], reason)
            for row in np.flatnonzero(mask).tolist()
        )


def scale_codes(scale: Scale) -> dict[str, int]:
    """What may be written for each answer of a scale, and its code."""
    known = {plain(text): DONT_KNOW for text in scale.dont_know}
    for number, answer in enumerate(scale.answers, start=ANSWER):
        known.update({plain(text): number for text in (answer.label, *answer.also)})
        if answer.code:
            known[plain(answer.code)] = number
    return known


def cut_of(group: str, name: str, columns: Sequence[pl.Series], declared: Iterable[str]) -> Cut:
    """A way to part the respondents, spellings of one label taken together.

    Parameters
    ----------
    group, name
        The identifier and the name of the group.
    columns
        What stands in its column, one series a file.
    declared
        The labels in their order; others follow by the alphabet.

    Examples
    --------
    >>> cut_of("kind", "Kind", [pl.Series(["Acute", "Acute ", "acute"])], []).labels
    ('Acute',)
    """
    column = pl.concat([one.str.replace_all(r"\s+", " ").str.strip_chars() for one in columns])
    forms: dict[str, Counter[str]] = {}
    for text, count in column.value_counts().sort("count", descending=True).iter_rows():
        if text:
            forms.setdefault(plain(text), Counter())[text] += count
    known = {plain(label): label for label in declared}
    labels = [*known.values()]
    labels += sorted(
        max(counts.items(), key=lambda one: (one[1], one[0]))[0]
        for key, counts in forms.items()
        if key not in known
    )
    number = {plain(label): place for place, label in enumerate(labels)}
    mapped = {text: number.get(plain(text), -1) for text in column.unique().to_list()}
    codes = column.replace_strict(mapped, return_dtype=pl.Int32).to_numpy().astype(np.int32)
    return Cut(group, name, tuple(labels), codes)


def routed(answers: Sequence[ItemAnswers]) -> Iterable[tuple[ItemAnswers, np.ndarray]]:
    """Each item that not everybody was asked, with who was not."""
    by_id = {one.item.id: one for one in answers}
    for one in answers:
        way = one.item.routing
        before = by_id.get(way.item) if way else None
        if way is None or not isinstance(before, ScaleAnswers):
            continue
        wanted = {scale_codes(before.scale).get(plain(text), -1) for text in way.answers}
        yield one, ~np.isin(before.codes, list(wanted))


def without(answers: ItemAnswers, not_asked: np.ndarray) -> ItemAnswers:
    """The answers of those who were asked."""
    from dataclasses import replace

    if isinstance(answers, CommentAnswers):
        return answers
    codes = np.where(not_asked, NOT_ASKED, answers.codes).astype(np.uint8)
    return replace(answers, codes=codes)


def _column(cells: pl.DataFrame, place: int) -> pl.Series:
    return cells.to_series(place)


def _coded(column: pl.Series, code_of: object) -> Codes:
    codes = {text: code_of(text) for text in column.unique().to_list()}  # type: ignore[operator]
    # Of no row at all the series has no type of its own.
    return column.replace_strict(codes, return_dtype=pl.UInt8).to_numpy().astype(np.uint8)


def answer_code(text: str, known: Mapping[str, int]) -> int:
    """The code of what was answered on a scale, whose answers :func:`scale_codes` gives.

    >>> answer_code("5 - Yes", {"yes": 4}), answer_code("Perhaps", {"yes": 4}) == INVALID
    (4, True)
    """
    said = plain(text)
    if not said:
        return BLANK
    if said in known:
        return known[said]
    if said.endswith(".0") and said[:-2] in known:
        return known[said[:-2]]
    both = _CODED.match(text.strip())
    label = (both["label"] or both["first"]) if both else ""
    return known.get(plain(label), INVALID) if label else INVALID


def is_tick(text: str, option: str) -> bool:
    """Whether a cell of an option's own column says that it is ticked, or that it is not.

    >>> is_tick("ICB", "ICB"), is_tick("No", "ICB"), is_tick("Agree", "ICB")
    (True, True, False)
    """
    return _tick(text, _TICKED | {plain(option)}) != INVALID


def _tick(text: str, own: frozenset[str]) -> int:
    said = plain(text)
    if said in _UNTICKED:
        return BLANK
    return ANSWER if said in own else INVALID


def _number(text: str, item: SurveyItem, *, comma: bool) -> tuple[int, float]:
    said = plain(text)
    if not said or said in _NO_NUMBER:
        return (DONT_KNOW if said else BLANK), float("nan")
    value = number_in(text, comma=comma)
    if value is None:
        return INVALID, float("nan")
    low = item.least is not None and value < item.least
    high = item.most is not None and value > item.most
    if low or high or value in item.not_values:
        return INVALID, float("nan")
    return ANSWER, value


def number_in(text: str, *, comma: bool = False) -> float | None:
    """The number that was written, with its usual signs; None where there is none.

    Parameters
    ----------
    text
        What stands in the cell.
    comma
        Whether decimals stand after a comma in its column; else they do only where it can be
        nothing else.

    Examples
    --------
    >>> number_in("1,200 hours"), number_in("12,5"), number_in("about 40")
    (1200.0, 12.5, None)
    >>> number_in("1,200", comma=True)
    1.2
    """
    said = plain(text)
    english, other = _NUMBER.match(said), _COMMA_NUMBER.match(said)
    if other and (comma or not english):
        return float(other["number"].replace(".", "").replace(",", "."))
    return float(english["number"].replace(",", "")) if english else None


def has_decimal_commas(texts: Iterable[str]) -> bool:
    """Whether a column has a number that only decimals after a comma explain.

    >>> has_decimal_commas(["1,250", "2,75"]), has_decimal_commas(["1,250", "2.75"])
    (True, False)
    """
    written = [plain(text) for text in texts]
    if any(_NUMBER.match(said) and "." in said for said in written):
        return False
    return any(_COMMA_NUMBER.match(said) and not _NUMBER.match(said) for said in written)


def _possible(item: SurveyItem) -> str:
    bounds = [
        f"from {item.least:g}" if item.least is not None else "",
        f"to {item.most:g}" if item.most is not None else "",
    ]
    said = " ".join(filter(None, bounds))
    codes = ", ".join(f"{one:g}" for one in item.not_values)
    beside = f"; {codes} stands for no answer" if codes else ""
    return f"this is no number{f' {said}' if said else ' that is possible here'}{beside}"


def _parts(text: str, separator: str, known: Mapping[str, str]) -> list[str]:
    """The answers in one cell; an option may itself hold the separator."""
    if not separator or plain(text) in known:
        return [text.strip()] if text.strip() else []
    found: list[str] = []
    pieces = [piece.strip() for piece in text.split(separator)]
    while pieces:
        for many in range(len(pieces), 0, -1):
            joined = (
                f"{separator} ".join(pieces[:many])
                if separator == ","
                else separator.join(pieces[:many])
            )
            if many == 1 or plain(joined) in known:
                if joined:
                    found.append(joined)
                pieces = pieces[many:]
                break
    return found
