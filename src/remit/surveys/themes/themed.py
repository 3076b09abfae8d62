"""A survey's comments with their themes, and everything that is told of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from remit.asks.screening.publishing import without_placeholders
from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.delimited import read_csv
from remit.files.outputs import write_files
from remit.model.codebook import NO_THEME, Codebook
from remit.model.errors import SurveyError
from remit.surveys.reading.answers import SurveyRead
from remit.surveys.themes.agreement import agreement
from remit.surveys.themes.coding import (
    SUGGESTION,
    Coding,
    FinalCodes,
    final_codes,
    read_codings,
)
from remit.surveys.themes.comments import CommentKey, CommentsRead, SurveyComment, comments_of
from remit.surveys.themes.quotes import NO_UNIT, Quote, Withheld, quotes_of
from remit.surveys.themes.suggesting import Assistant, Suggested
from remit.surveys.themes.theme_tables import theme_counts

SUGGESTIONS = "suggestions.csv"
SHOWN = ("counts", "agreement", "quotes", "withheld", "rejections")
"""The tables that stand beside pages; the others are for those who code."""

_PLACED = ("file", "line", "item", "codes", "quote")


@dataclass(frozen=True)
class ThemedSurvey:
    """The comments of a survey: suggestions, codes, quotes and the tables of both."""

    read: SurveyRead
    codebook: Codebook
    said: CommentsRead
    suggested: Mapping[CommentKey, Sequence[Suggested]]
    perhaps: Mapping[CommentKey, Sequence[Suggested]]
    coding: Coding
    codes: Mapping[CommentKey, FinalCodes]
    counts: pl.DataFrame

    @cached_property
    def quotes(self) -> list[Quote | Withheld]:
        """The comments that people chose, each as a quote or with why it is none."""
        return list(quotes_of(self.read, self.said.comments, self.coding.quotes))

    @property
    def coded(self) -> int:
        """How many comments a person coded."""
        return sum(one.source != SUGGESTION for one in self.codes.values())


def themed(
    read: SurveyRead,
    codebook: Codebook,
    files: Sequence[Path] = (),
    *,
    by: Sequence[Sequence[str]] = (),
    min_base: int = 0,
) -> ThemedSurvey:
    """The comments of a survey by theme.

    Parameters
    ----------
    read
        The answers.
    codebook
        The themes.
    files
        What coders filled in; their codes win over the suggestions.
    by
        The cuts of the counts beside the whole.
    min_base
        The least base that is shown.

    Raises
    ------
    SurveyError
        If a file of codes cannot be read, or there is no comment.
    """
    said = comments_of(read, codebook)
    if not said.comments and not said.nothing:
        raise SurveyError(
            f"{read.questionnaire.id}: nobody wrote a comment; the questionnaire needs an item of "
            "the kind comment, and the export its column"
        )
    assistant = Assistant(codebook)
    own_words = {one.key: without_placeholders(one.text) for one in said.comments}
    suggested = {key: assistant.suggest(text) for key, text in own_words.items()}
    perhaps = {key: assistant.perhaps(text) for key, text in own_words.items()}
    coding = read_codings(files, said.comments, codebook)
    codes = {
        one.key: final_codes(one, frozenset(s.theme for s in suggested[one.key]), coding)
        for one in said.comments
    }
    counts = theme_counts(read, said.comments, codes, codebook, by=by, min_base=min_base)
    return ThemedSurvey(read, codebook, said, suggested, perhaps, coding, codes, counts)


def theme_frames(found: ThemedSurvey) -> dict[str, pl.DataFrame]:
    """All tables by the name of their file, that for coders among them."""
    order = [one.id for one in found.codebook.themes]
    suggested = {key: frozenset(s.theme for s in some) for key, some in found.suggested.items()}
    return {
        "themes": _frame(_theme_rows(found, order), "themes"),
        "suggestions": _frame(_suggestion_rows(found, order), "suggestions"),
        "agreement": agreement(found.coding, suggested, order),
        "counts": found.counts,
        "quotes": _frame(_quote_rows(found, order), "quotes"),
        "withheld": _frame(withheld_rows(found), "withheld"),
        "rejections": _frame([asdict(one) for one in found.coding.rejections], "rejections"),
    }


def _frame(rows: Sequence[Mapping[str, object]], name: str) -> pl.DataFrame:
    kinds: dict[str, type[pl.DataType]] = {
        "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "string": pl.String
    }  # fmt: skip
    columns = load_output("survey-themes").files[name].columns
    schema = {key: kinds[column.type] for key, column in columns.items() if column}
    return pl.DataFrame(rows, schema=schema)


def _place(comment: SurveyComment) -> dict[str, object]:
    return {
        "wave": comment.wave, "item": comment.item, "file": comment.file, "line": comment.line
    }  # fmt: skip


def _ordered(themes: frozenset[str], order: Sequence[str]) -> list[str]:
    return [one for one in order if one in themes] or [NO_THEME]


def _theme_rows(found: ThemedSurvey, order: Sequence[str]) -> list[dict[str, object]]:
    return [
        _place(comment)
        | {"theme": theme, "source": codes.source, "agreed": codes.agreed}
        | {"suggested": theme in _suggested(found, comment)}
        for comment in found.said.comments
        for codes in [found.codes[comment.key]]
        for theme in _ordered(codes.themes, order)
    ]


def _suggested(found: ThemedSurvey, comment: SurveyComment) -> list[str]:
    return [one.theme for one in found.suggested[comment.key]] or [NO_THEME]


def _suggestion_rows(found: ThemedSurvey, order: Sequence[str]) -> list[dict[str, object]]:
    """The rows for coders; what the coder of the first file has filled in stands there again."""
    first = found.coding.coders[0] if found.coding.coders else ""
    given = found.coding.of_coder(first)
    rows = []
    for comment in found.said.comments:
        perhaps = found.perhaps[comment.key]
        why = [one.says for one in (*found.suggested[comment.key], *perhaps)]
        mine = given.get(comment.key)
        rows.append(
            _place(comment)
            | {
                "comment": comment.text,
                "taken_out": comment.published.says,
                "suggested": "; ".join(_suggested(found, comment)),
                "perhaps": "; ".join(one.theme for one in perhaps),
                "because": "; ".join(why) or "no word of the codebook suggests a theme",
                "codes": "" if mine is None else "; ".join(_ordered(mine, order)),
                "quote": "yes" if comment.key in found.coding.quotes else "",
                "coder": first if mine is not None else "",
            }
        )
    return rows


def _quote_rows(found: ThemedSurvey, order: Sequence[str]) -> list[dict[str, object]]:
    return [
        _place(one.comment)
        | {
            "themes": "; ".join(_ordered(found.codes[one.comment.key].themes, order)),
            "quote": one.comment.text,
            "role": one.said_by.role,
            "kind": one.said_by.kind,
            "alike": one.said_by.alike,
            "taken_out": one.comment.published.says,
            "chosen_by": one.chosen_by,
        }
        for one in found.quotes
        if isinstance(one, Quote)
    ]


def withheld_rows(found: ThemedSurvey) -> list[dict[str, object]]:
    """What was taken out of comments by kind, what is no quote and why, each counted.

    Examples
    --------
    >>> withheld_rows(found)[-1]["what"]  # doctest: +SKIP
    'not quoted'
    """
    pieces: Counter[str] = Counter()
    having: Counter[str] = Counter()
    for comment in found.said.comments:
        pieces.update(comment.published.taken)
        having.update(comment.published.taken.keys())
    rows: list[tuple[str, str, int, int]] = [
        ("taken out of comments", kind, pieces[kind], having[kind]) for kind in sorted(pieces)
    ]
    why = Counter(one.reason for one in found.quotes if isinstance(one, Withheld))
    rows += [("chosen and no quote", reason, n, n) for reason, n in sorted(why.items())]
    asked = found.read.questionnaire.respondent
    with_units = {one.wave.id for one in found.read.waves if one.units is not None}
    quotes = [one for one in found.quotes if isinstance(one, Quote)]
    for name, group in (("role", asked.role), ("kind", asked.kind)):
        without = Counter(
            f"fewer than {asked.alike} would be alike"
            if one.comment.wave in with_units
            else NO_UNIT
            for one in quotes
            if group and not getattr(one.said_by, name)
        )
        rows += [(f"quote without {name}", reason, n, n) for reason, n in without.items()]
    unchosen = len(found.said.comments) - len(found.coding.quotes)
    rows.append(("not quoted", "nobody chose it", unchosen, unchosen))
    if found.said.nothing:
        nothing = found.said.nothing
        rows.append(("no comment", "it says that there is nothing to say", nothing, nothing))
    return [dict(zip(("what", "reason", "pieces", "comments"), row, strict=True)) for row in rows]


def write_themes(
    found: ThemedSurvey, folder: Path, files: Sequence[Path] = (), only: Sequence[str] = ()
) -> list[str]:
    """Write the tables into a folder and return their names.

    Parameters
    ----------
    found
        The comments.
    folder
        Where they go.
    files
        The files of codes that were read: the coder's own in the folder may be one of them.
    only
        The tables that are written; all if left out.

    Raises
    ------
    SurveyError
        If the folder cannot be written, or holds codes of a coder that were not read.

    Examples
    --------
    >>> write_themes(found, Path("comments"))[0]  # doctest: +SKIP
    'themes.csv'
    """
    frames = theme_frames(found)
    if only:
        # What stands beside pages is for all: the cell is its owner's, as in the survey's own.
        frames["rejections"] = frames["rejections"].drop("value")
    _keep_work(folder / SUGGESTIONS, files, frames["suggestions"])
    names = dict.fromkeys(file for voices in found.read.waves for file, _ in voices.places)
    package = Package(
        load_output("survey-themes"),
        [PackageSource(name) for name in names],
        fictional=found.read.fictional,
    )
    tables = {f"{name}.csv": frame for name, frame in frames.items() if not only or name in only}
    return [one.name for one in write_files(folder, tables, package=package, error=SurveyError)]


def _keep_work(place: Path, files: Sequence[Path], anew: pl.DataFrame) -> None:
    """Never write over what a coder filled in and did not hand over."""
    if not place.is_file() or place.resolve() in {path.resolve() for path in files}:
        return
    try:
        header, *rows = read_csv(place.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return
    kept = {tuple(map(str, row)) for row in anew.select(_PLACED).iter_rows()}
    at = [header.index(name) for name in _PLACED if name in header]
    for row in rows:
        cells = tuple(row[one].strip() for one in at if one < len(row))
        if len(cells) == len(_PLACED) and any(cells[-2:]) and cells not in kept:
            raise SurveyError(
                f"{place}: a coder has filled this in, and it would be written over; read it with "
                "--codes, or name another folder"
            )
