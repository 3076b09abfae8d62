"""What is kept of an ask whose text is not: its facets, which hold no sentence and no order.

:func:`facets_of` reads an ask once, at intake. From then on its facets stand in for the text
wherever one is read: in matching, in the hours by function, in the plan. With them go its words,
each once and sorted (:func:`kept_words`), by which organisations are known that an ask names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict, Field, model_validator

from remit.asks.matching.declared_cues import (
    count,
    functions_in,
    functions_mark,
    mark,
    returns_in,
    returns_mark,
)
from remit.asks.matching.entry_reader import EntryMatch
from remit.asks.matching.matters import MatterMatch
from remit.asks.matching.period_forms import FORM_PATTERNS
from remit.asks.matching.periods import Span
from remit.asks.matching.said import (
    IN_TEXT,
    IN_TITLE,
    TOLD,
    Leaning,
    Said,
    about,
    day_read_by,
    read_said,
)
from remit.asks.matching.subjects import words_of_names
from remit.asks.matching.tokens import TOKEN_PATTERNS, stem
from remit.asks.matching.wants import Wants
from remit.asks.senders.cues import runs_of, says
from remit.catalogue import declared
from remit.catalogue.own import OwnFiles, own_files
from remit.model.ask import Ask
from remit.model.errors import AskError
from remit.model.intake import FunctionWords

_LAYOUT = 2
"""Grows when what is kept changes."""

_READ_BY = ("catalogue", "glossary", "horizon", "lexicon", "sorts", "wants")
"""The folders of declarations by which a text is read."""
_FIRST_LAYOUT = ("terms", "title_terms")
"""What facets held that were made before the catalogue was; their words are read instead."""


class Facets(BaseModel):
    """The facets of one ask; only words that screening left, sorted, and declared names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    """By which catalogue, wording and ways of naming periods the text was read."""
    entries: tuple[tuple[str, float, float, float, float, int], ...] | None = None
    """The nearest entries of the catalogue, as ``EntryMatch``; None in the first layout."""
    matters: tuple[tuple[str, float], ...] = ()
    wants: tuple[int, bool, int, int, int, int] = (0, False, 0, 0, 0, 0)
    """As ``Wants``."""
    leaning: tuple[int, bool, int] = (0, False, 0)
    """As ``Leaning``."""
    members: tuple[str, ...] = ()
    """The members of declared sorts that are named."""
    content: tuple[str, ...] = ()
    title_content: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    spans: tuple[tuple[date, date, int, bool], ...] = ()
    """First day, last day, how telling (less: more), and whether a state is meant."""
    day: date | None = None
    """The day in the light of which the spans were read."""
    until: date | None = None
    """The last day of the logged period, which settled the years that were left out."""
    functions: dict[str, int] = Field(default_factory=dict)
    """Function → how many of its cues stand in the text."""
    functions_by: str = ""
    returns: tuple[str, ...] = ()
    """The cues of a national collection that stand in title and text."""
    returns_by: str = ""

    @model_validator(mode="before")
    @classmethod
    def _without_first_layout(cls, content: object) -> object:
        if not isinstance(content, dict):
            return content
        return {name: value for name, value in content.items() if name not in _FIRST_LAYOUT}


def facets_of(ask: Ask) -> str:
    """The facets of an ask with its whole, screened text, as JSON to be kept in its stead.

    >>> ask = Ask("A1", "ICB", "ZA1", "RTT long waits", "Send Okonkwo the waits by 5 May 2026")
    >>> kept = replace(ask, text=kept_words(ask.text), facets=facets_of(ask))
    """
    (said,) = read_said([ask])
    runs = runs_of(ask.words)
    made = {
        "version": reading_version(),
        "entries": said.entries,
        "matters": said.matters,
        "wants": said.wants,
        "leaning": said.leaning,
        "members": said.members,
        "content": said.content,
        "title_content": said.title_content,
        "names": sorted(said.names),
        "spans": [(str(one.start), str(one.end), one.rank, one.snapshot) for one in said.spans],
        "day": _iso(day_read_by(ask)),
        "until": _iso(ask.period_to),
        "functions": functions_in(ask.text),
        "functions_by": functions_mark(),
        "returns": returns_in(runs),
        "returns_by": returns_mark(),
    }
    return _as_json({name: value for name, value in made.items() if value or name == "entries"})


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# As ``Facets.model_dump_json(exclude_defaults=True)`` writes it, which takes longer.
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def kept_words(text: str) -> str:
    """The words of a text that may name an organisation, each once, in lower case and sorted.

    >>> kept_words("Please send Bath's waits, as Bath did")
    'bath did please send waits'
    """
    return " ".join(sorted(frozenset().union(*map(_kept_of, text.split()))))


@lru_cache(maxsize=50_000)
def _kept_of(piece: str) -> frozenset[str]:
    """The same for what stands between two blanks."""
    return frozenset(word for word in words_of_names(piece) if len(word) > _SHORT)


_SHORT = 2
"""No organisation goes by a name so short (see ``subjects``)."""


def least(ask: Ask) -> Ask:
    """An ask as the register keeps it by default: facets and sorted words in place of the text.

    One that has facets already is given back as it is.
    """
    if ask.facets is not None:
        return ask
    return replace(ask, text=kept_words(ask.text), facets=facets_of(ask))


# Reading them back -------------------------------------------------------------------------------


def said_by(ask: Ask) -> Said | None:
    """What an ask says by its facets; None where its words are to be read.

    Entries that another catalogue had are not those of today: they are read off the kept stems.

    Raises
    ------
    AskError
        If what was kept as facets are none.
    """
    kept = kept_facets(ask)
    if kept is None or (kept.version != reading_version() and has_whole_text(ask)):
        return None
    entries, matters = _kept_about(kept)
    return Said(
        entries,
        matters,
        Wants(*kept.wants),
        Leaning(*kept.leaning),
        kept.members,
        kept.content,
        kept.title_content,
        frozenset(kept.names),
        tuple(Span(start, end, rank, TOLD, state) for start, end, rank, state in kept.spans),
    )


def _kept_about(kept: Facets) -> tuple[tuple[EntryMatch, ...], tuple[MatterMatch, ...]]:
    if kept.entries is not None and kept.version == reading_version():
        return (
            tuple(EntryMatch(*one) for one in kept.entries),
            tuple(MatterMatch(*one) for one in kept.matters),
        )
    return about(
        {**dict.fromkeys(kept.content, IN_TEXT), **dict.fromkeys(kept.title_content, IN_TITLE)}
    )


def kept_facets(ask: Ask) -> Facets | None:
    """The facets of an ask, or None where it has its text.

    Raises
    ------
    AskError
        If what was kept as facets are none.
    """
    if ask.facets is None:
        return None
    try:
        return _parsed(ask.facets)
    except ValueError:
        raise AskError(
            f"the ask {ask.ask_id!r} has facets that cannot be read; import its file again, or "
            "forget the ask"
        ) from None


@lru_cache(maxsize=4096)
def _parsed(facets: str) -> Facets:
    return Facets.model_validate_json(facets)


def has_whole_text(ask: Ask) -> bool:
    """Whether the text is there as it was written, and not only its words."""
    return ask.facets is None or ask.text != kept_words(ask.text)


def notes(asks: Iterable[Ask], functions: tuple[FunctionWords, ...] = ()) -> tuple[str, ...]:
    """What is to be told where facets stand in for texts and are no longer what they were.

    Facets that were made by an earlier catalogue know nothing of its new entries, and periods were
    read by the days that an ask had when it came in. Cues of ``functions`` that are not Remit's
    own are looked up as single words only.
    """
    older = moved = foreign = 0
    by = mark(functions) if functions else ""
    for ask in asks:
        kept = kept_facets(ask)
        if kept is None or has_whole_text(ask):
            continue
        older += kept.version != reading_version()
        moved += (kept.day, kept.until) != (day_read_by(ask), ask.period_to)
        foreign += bool(by) and kept.functions_by != by
    return tuple(_told(older, moved, foreign))


def _told(older: int, moved: int, foreign: int) -> Iterable[str]:
    if older:
        yield (
            f"{older} asks without their text were read by an earlier catalogue or glossary. "
            "Import their files again to have them read anew."
        )
    if moved:
        yield (
            f"{moved} asks without their text have had a day changed since they came in; the "
            "periods in their words are as read then."
        )
    if foreign:
        yield (
            f"{foreign} asks without their text came in before these words of functions: cues of "
            "more than one word were looked for in their titles only."
        )


# Changing them -----------------------------------------------------------------------------------


def without(facets: str, struck: Iterable[str]) -> str:
    """Facets without some words, for what a person struck out.

    >>> ask = Ask("A1", "ICB", "ZA1", "RTT long waits", "Send Okonkwo the waits by 5 May 2026")
    >>> "okonkwo" in without(facets_of(ask), ["Okonkwo"])
    False
    """
    kept = _parsed(facets)
    words = {word.lower() for word in struck}
    stems = {stem(word) for word in words}
    content, title = (
        tuple(root for root in roots if root not in stems)
        for roots in (kept.content, kept.title_content)
    )
    names = tuple(name for name in kept.names if name not in words and stem(name) not in stems)
    changed = {"content": content, "title_content": title, "names": names}
    return kept.model_copy(update=changed).model_dump_json(exclude_defaults=True)


def retitled(ask: Ask, title: str) -> str | None:
    """The facets of an ask that is given another title; None where it has its whole text.

    What the old title said is taken back, save a name or a word that other words may have too;
    what the new one says is added.
    """
    kept = kept_facets(ask)
    if kept is None:
        return None
    before, after = (
        _parsed(facets_of(replace(ask, title=said, text="", facets=None)))
        for said in (ask.title, title)
    )
    rest = {
        name: tuple(sorted((set(getattr(kept, name)) - set(getattr(before, name))) | set(new)))
        for name, new in (
            ("content", after.content),
            ("members", after.members),
            ("names", after.names),
            ("returns", after.returns),
        )
    }
    old = set(before.spans)
    spans = (*after.spans, *(span for span in kept.spans if span not in {*old, *after.spans}))
    changed = {
        **rest,
        "title_content": after.content,
        "spans": spans,
        **_retitled_about(rest, after),
    }
    return kept.model_copy(update=changed).model_dump_json(exclude_defaults=True)


def _retitled_about(words: Mapping[str, tuple[str, ...]], after: Facets) -> dict[str, object]:
    """Entries and matters as far as the stems alone tell them: the order of the text is gone."""
    entries, matters = about(
        {
            **dict.fromkeys(words["content"], IN_TEXT),
            **dict.fromkeys(after.title_content, IN_TITLE),
        }
    )
    return {
        "entries": entries,
        "matters": matters,
    }


# Cues of other rooms -----------------------------------------------------------------------------


def function_counts(ask: Ask, functions: tuple[FunctionWords, ...]) -> list[int]:
    """How many cues of each function stand in the text of an ask.

    Without the text only single words can be looked up where the cues are not Remit's own.
    """
    kept = kept_facets(ask)
    if kept is None or has_whole_text(ask):
        return [count for _, count in _counted(functions, ask.text)]
    if kept.functions_by == mark(functions):
        return [kept.functions.get(function.id, 0) for function in functions]
    singles = (tuple(filter(_is_single, function.words)) for function in functions)
    return [count(cues, ask.text) for cues in singles]


def says_return(ask: Ask, cues: tuple[str, ...]) -> bool:
    """Whether title or text have one of the cues of a national collection."""
    kept = kept_facets(ask)
    if kept is None or has_whole_text(ask):
        return says(ask.words, cues)
    if kept.returns_by == mark(cues):
        return bool(kept.returns)
    return says(ask.title, cues) or says(ask.text, tuple(filter(_is_single, cues)))


def _is_single(cue: str) -> bool:
    """Whether a cue is one word: sorted words stand beside each other by chance."""
    return cue.replace("'", "").replace("’", "").rstrip("*").isalnum()


def _counted(functions: tuple[FunctionWords, ...], text: str) -> list[tuple[str, int]]:
    return [(function.id, count(function.words, text)) for function in functions]


# Versions ----------------------------------------------------------------------------------------


def reading_version() -> str:
    """By what texts are read now: it changes with what is declared, and ways of periods."""
    return _version(own_files())


@cache
def _version(own: OwnFiles) -> str:
    files = sorted(
        (file.path, file.sha256) for folder in _READ_BY for file in declared.packaged(folder)
    )
    brought = [text for _, text in (*own.catalogue, *own.glossary)]
    return mark((_LAYOUT, [sha for _, sha in files], brought, FORM_PATTERNS, TOKEN_PATTERNS))
