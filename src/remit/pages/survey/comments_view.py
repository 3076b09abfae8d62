"""The page of comments by theme as a view model: each theme with its share, groups and quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from remit.model.codebook import NO_THEME
from remit.pages.frame.file_pages import FilePage
from remit.surveys.cuts import ALL
from remit.surveys.findings import cut_name
from remit.surveys.sentences import theme_sentence
from remit.surveys.themes.quotes import Quote
from remit.surveys.themes.themed import ThemedSurvey
from remit.surveys.writing import CountedSurvey
from remit.words.sentences import count_words, listed

COMMENTS = FilePage("comments.html", "Comments")
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class QuoteShown:
    """A quote, and what is said of who said it."""

    text: str
    who: str


@dataclass(frozen=True, slots=True)
class ThemeShown:
    """A theme: how many named it, what it is, and what people said of it."""

    id: str
    name: str
    definition: str
    said: str
    quotes: tuple[QuoteShown, ...]


@dataclass(frozen=True, slots=True)
class ThemesByGroup:
    """The themes cut by one group: its values as headings, a row a theme."""

    name: str
    groups: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def heads(self) -> list[tuple[str]]:
        """The groups as the heads of columns."""
        return [(group,) for group in self.groups]


@dataclass(frozen=True, slots=True)
class CommentsPart:
    """One question for words."""

    wording: str
    claim: str
    themes: tuple[ThemeShown, ...]
    cuts: tuple[ThemesByGroup, ...]


@dataclass(frozen=True, slots=True)
class CommentsPage:
    """Comments by theme: each question, how it was coded, what was withheld."""

    parts: tuple[CommentsPart, ...]
    coded: str
    codebook: str
    withheld: tuple[str, ...]


def comments_page(
    found: ThemedSurvey, counted: CountedSurvey, withheld: pl.DataFrame
) -> CommentsPage:
    """The page of the last wave's comments.

    Parameters
    ----------
    found
        The comments by theme.
    counted
        The survey that they belong to.
    withheld
        What was withheld, and why.

    Examples
    --------
    >>> comments_page(found, counted, frames["withheld"]).coded  # doctest: +SKIP
    'A person coded all 20 comments.'
    """
    wave = found.read.waves[-1].wave.id
    rows = found.counts.filter(pl.col("wave") == wave)
    items = rows["item_id"].unique(maintain_order=True)
    return CommentsPage(
        parts=tuple(
            _part(found, counted, rows.filter(pl.col("item_id") == item)) for item in items
        ),
        coded=_coded(found),
        codebook=f"{found.codebook.title}, version {found.codebook.version}",
        withheld=tuple(_withheld(withheld)),
    )


def _coded(found: ThemedSurvey) -> str:
    many, coded = len(found.said.comments), found.coded
    if not coded:
        return (
            "Themes are suggested by the words of the codebook, and nobody has looked at them. "
            "They miss some and name others wrongly."
        )
    by = f"People ({listed(found.coding.coders)}) coded {coded} of {count_words(many, 'comment')}"
    return (
        f"{by}; the others have the themes that their words suggest." if coded < many else f"{by}."
    )


def _part(found: ThemedSurvey, counted: CountedSurvey, rows: pl.DataFrame) -> CommentsPart:
    whole = rows.filter(pl.col("group_by") == ALL).to_dicts()
    shown = [row for row in whole if not row["suppressed"] and row["n"]]
    named = sorted(
        (row for row in shown if row["theme"] != NO_THEME), key=lambda row: -int(row["n"])
    )
    most = listed([str(row["theme_name"]).lower() for row in named[:_MOST_NAMED]])
    claim = f"Named most often: {most}." if most else "No theme can be shown."
    of_theme = {one.id: one.definition for one in found.codebook.themes}
    return CommentsPart(
        wording=str(whole[0]["item"]),
        claim=claim,
        themes=tuple(
            ThemeShown(
                id=f"{row['item_id']}-{row['theme']}",
                name=str(row["theme_name"]),
                definition=of_theme.get(str(row["theme"]), "What is said fits no theme"),
                said=theme_sentence(row),
                quotes=tuple(_quotes(found, row)),
            )
            for row in whole
        ),
        cuts=tuple(_cuts(counted, rows)),
    )


def _quotes(found: ThemedSurvey, row: dict[str, object]) -> Iterator[QuoteShown]:
    for one in found.quotes:
        if not isinstance(one, Quote):
            continue
        of = one.comment
        codes = found.codes[of.key].themes or {NO_THEME}
        if (of.wave, of.item) == (row["wave"], row["item_id"]) and row["theme"] in codes:
            who = ", ".join(filter(None, (one.said_by.role, one.said_by.kind)))
            yield QuoteShown(of.text, who or "a respondent")


def _cuts(counted: CountedSurvey, rows: pl.DataFrame) -> Iterator[ThemesByGroup]:
    for cut in rows["group_by"].unique(maintain_order=True):
        part = rows.filter(pl.col("group_by") == cut)
        if cut == ALL or part["suppressed"].ne("").all():
            continue
        groups = tuple(part["group"].unique(maintain_order=True))
        yield ThemesByGroup(
            cut_name(counted, cut),
            groups,
            tuple(
                (name, tuple(_by_group(part.filter(pl.col("theme_name") == name), groups)))
                for name in part["theme_name"].unique(maintain_order=True)
            ),
        )


def _by_group(rows: pl.DataFrame, groups: Sequence[str]) -> Iterator[str]:
    by_group = {row["group"]: row for row in rows.to_dicts()}
    yield from (theme_sentence(by_group[group]) for group in groups)


def _withheld(frame: pl.DataFrame) -> Iterator[str]:
    for row in frame.to_dicts():
        many = count_words(int(row["comments"]), "comment")
        yield f"{row['what']}: {row['reason']} ({many})"
