"""What is said of comments by theme: the sentences that pages, spreadsheet and document share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from remit.model.codebook import NO_THEME
from remit.surveys.cuts import ALL
from remit.surveys.findings import cut_name
from remit.surveys.sentences import theme_sentence
from remit.surveys.themes.coding import SUGGESTION
from remit.surveys.themes.quotes import Quote
from remit.surveys.themes.themed import ThemedSurvey, withheld_rows
from remit.surveys.writing import CountedSurvey
from remit.words.sentences import count_words, listed

_MOST_NAMED, _MOST_TOLD = 3, 20


@dataclass(frozen=True, slots=True)
class SaidQuote:
    """A quote, and what is said of who said it."""

    text: str
    who: str


@dataclass(frozen=True, slots=True)
class SaidTheme:
    """A theme: how many named it, what it is, and what people said of it."""

    id: str
    name: str
    definition: str
    said: str
    quotes: tuple[SaidQuote, ...]


@dataclass(frozen=True, slots=True)
class ThemesByGroup:
    """The themes cut by one group: the values that are shown, a row a theme, and what is not."""

    name: str
    groups: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    unshown: str

    @property
    def heads(self) -> list[tuple[str]]:
        """The groups as the heads of columns."""
        return [(group,) for group in self.groups]


@dataclass(frozen=True, slots=True)
class SaidQuestion:
    """One question for words."""

    wording: str
    base: str
    claim: str
    themes: tuple[SaidTheme, ...]
    cuts: tuple[ThemesByGroup, ...]


@dataclass(frozen=True, slots=True)
class SaidComments:
    """Comments by theme: each question, who coded it, what was withheld and what not counted."""

    parts: tuple[SaidQuestion, ...]
    coded: str
    codebook: str
    withheld: tuple[str, ...]
    uncounted: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Each question with how many answered it in words, and the base."""
        return tuple(f"“{one.wording}” {one.base}" for one in self.parts)


def said_comments(found: ThemedSurvey, counted: CountedSurvey) -> SaidComments:
    """What is said of the comments of the last wave.

    Parameters
    ----------
    found
        The comments by theme.
    counted
        The survey that they belong to.

    Examples
    --------
    >>> said_comments(found, counted).coded  # doctest: +SKIP
    'ann coded all 20 comments of 2026.'
    """
    wave = found.read.waves[-1].wave.id
    rows = found.counts.filter(pl.col("wave") == wave)
    items = rows["item_id"].unique(maintain_order=True)
    return SaidComments(
        parts=tuple(
            _question(found, counted, rows.filter(pl.col("item_id") == item)) for item in items
        ),
        coded=_coded(found, wave),
        codebook=f"{found.codebook.title}, version {found.codebook.version}",
        withheld=tuple(_withheld(found)),
        uncounted=tuple(_uncounted(found)),
    )


def _coded(found: ThemedSurvey, wave: str) -> str:
    """Who coded how many of the comments of a wave: what was refused is in no number."""
    mine = [one.key for one in found.said.comments if one.wave == wave]
    given = [found.coding.by_comment.get(key, []) for key in mine]
    each = Counter(one.coder for some in given for one in some)
    many = count_words(len(mine), "comment")
    if not each:
        return (
            "Themes are suggested by the words of the codebook, and nobody has looked at them. "
            "They miss some and name others wrongly."
        )
    by = listed([f"{coder} coded {each[coder]:,}" for coder in found.coding.coders if each[coder]])
    coded = sum(found.codes[key].source != SUGGESTION for key in mine)
    rest = (
        f" The other {len(mine) - coded:,} have the themes that their words suggest."
        if coded < len(mine)
        else ""
    )
    return f"Of the {many} of {wave} {by}.{rest}"


def _base(found: ThemedSurvey, wave: str, item: str) -> str:
    """How many wrote something, and how many of these said anything: the base of themes."""
    said = sum((one.wave, one.item) == (wave, item) for one in found.said.comments)
    nothing = found.said.unsaid.get((wave, item), 0)
    if not nothing:
        return f"{count_words(said, 'comment')}: the base."
    return (
        f"{count_words(said + nothing, 'answer')} in words, of which {nothing:,} "
        f"{'says' if nothing == 1 else 'say'} that there is nothing to say; the base is the other "
        f"{count_words(said, 'comment')}."
    )


def _question(found: ThemedSurvey, counted: CountedSurvey, rows: pl.DataFrame) -> SaidQuestion:
    whole = rows.filter(pl.col("group_by") == ALL).to_dicts()
    shown = [row for row in whole if not row["suppressed"] and row["n"]]
    named = sorted(
        (row for row in shown if row["theme"] != NO_THEME), key=lambda row: -int(row["n"])
    )
    most = listed([str(row["theme_name"]).lower() for row in named[:_MOST_NAMED]])
    claim = f"Named most often: {most}." if most else "No theme can be shown."
    of_theme = {one.id: one.definition for one in found.codebook.themes}
    return SaidQuestion(
        wording=str(whole[0]["item"]),
        base=_base(found, str(whole[0]["wave"]), str(whole[0]["item_id"])),
        claim=claim,
        themes=tuple(
            SaidTheme(
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


def _quotes(found: ThemedSurvey, row: Mapping[str, object]) -> Iterator[SaidQuote]:
    for one in found.quotes:
        if not isinstance(one, Quote):
            continue
        of = one.comment
        codes = found.codes[of.key].themes or {NO_THEME}
        if (of.wave, of.item) == (row["wave"], row["item_id"]) and row["theme"] in codes:
            who = ", ".join(filter(None, (one.said_by.role, one.said_by.kind)))
            yield SaidQuote(of.text, who or "a respondent")


def _cuts(counted: CountedSurvey, rows: pl.DataFrame) -> Iterator[ThemesByGroup]:
    for cut in rows["group_by"].unique(maintain_order=True):
        part = rows.filter(pl.col("group_by") == cut)
        if cut == ALL:
            continue
        hidden = part.filter(pl.col("base").is_null().all().over("group"))
        groups = tuple(
            part.filter(pl.col("base").is_not_null())["group"].unique(maintain_order=True)
        )
        yield ThemesByGroup(
            cut_name(counted, cut),
            groups,
            tuple(
                (name, tuple(_by_group(part.filter(pl.col("theme_name") == name), groups)))
                for name in part["theme_name"].unique(maintain_order=True)
            )
            if groups
            else (),
            _unshown(hidden),
        )


def _by_group(rows: pl.DataFrame, groups: Sequence[str]) -> Iterator[str]:
    by_group = {row["group"]: row for row in rows.to_dicts()}
    yield from (theme_sentence(by_group[group]) for group in groups)


def _unshown(hidden: pl.DataFrame) -> str:
    """The groups of which nothing is shown, with why."""
    why: dict[str, list[str]] = {}
    for group, reason in (
        hidden.select("group", "suppressed").unique(maintain_order=True).iter_rows()
    ):
        why.setdefault(reason, []).append(group)
    return " ".join(f"Not shown: {listed(groups)} ({reason})." for reason, groups in why.items())


def _withheld(found: ThemedSurvey) -> Iterator[str]:
    for row in withheld_rows(found):
        many = count_words(int(str(row["comments"])), "comment")
        yield f"{row['what']}: {row['reason']} ({many})"


def _uncounted(found: ThemedSurvey) -> Iterator[str]:
    """The codes that are not counted, by line and reason; the cell itself is its owner's."""
    refused = found.coding.rejections
    for one in refused[:_MOST_TOLD]:
        yield f"{one.file}, line {one.line}: {one.reason}"
    if len(refused) > _MOST_TOLD:
        yield f"and {len(refused) - _MOST_TOLD:,} more, which stand in rejections.csv"
