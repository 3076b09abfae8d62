"""What is kept of an ask whose text is not: its facets, which hold no sentence and no order.

:func:`facets_of` reads an ask once, at intake. From then on its facets stand in for the text
wherever one is read: in matching, in the hours by function, in the plan. With them go its words,
each once and sorted (:func:`kept_words`), by which organisations are known that an ask names.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from remit.asks.matching.lexicon import load_lexicon
from remit.asks.matching.periods import FORM_PATTERNS, Span
from remit.asks.matching.said import TOLD, Said, day_read_by, read_said
from remit.asks.matching.subjects import words_of_names
from remit.asks.matching.tokens import TOKEN_PATTERNS, stem
from remit.asks.senders.cues import CueHeads, cue_pattern, runs_of, says
from remit.catalogue import declared
from remit.model.ask import Ask
from remit.model.errors import AskError
from remit.model.intake import BurdenFile, FunctionWords
from remit.model.oversight import PlanFile

_LAYOUT = 1
"""Grows when what is kept changes."""

_READ_BY = frozenset({"remit/lexicon/1", "remit/wording/1"})


class Facets(BaseModel):
    """The facets of one ask; only words that screening left, sorted, and declared names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    """By which lexicon, wording and ways of naming periods the text was read."""
    terms: tuple[str, ...] = ()
    title_terms: tuple[str, ...] = ()
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


def facets_of(ask: Ask) -> str:
    """The facets of an ask with its whole, screened text, as JSON to be kept in its stead.

    >>> kept = replace(ask, text=kept_words(ask.text), facets=facets_of(ask))
    """
    (said,) = read_said([ask])
    runs = runs_of(ask.words)
    terms = load_lexicon().terms
    made = {
        "version": reading_version(),
        "terms": sorted(terms[at].id for at in said.terms),
        "title_terms": sorted(terms[at].id for at in said.title_terms),
        "content": said.content,
        "title_content": said.title_content,
        "names": sorted(said.names),
        "spans": [(str(one.start), str(one.end), one.rank, one.snapshot) for one in said.spans],
        "day": _iso(day_read_by(ask)),
        "until": _iso(ask.period_to),
        "functions": _functions_in(ask.text, runs),
        "functions_by": _functions_mark(),
        "returns": _returns_in(runs),
        "returns_by": _returns_mark(),
    }
    return _as_json({name: value for name, value in made.items() if value})


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

    Terms that the lexicon no longer has are left out; :func:`notes` tells of it.

    Raises
    ------
    AskError
        If what was kept as facets are none.
    """
    kept = kept_facets(ask)
    if kept is None or (kept.version != reading_version() and has_whole_text(ask)):
        return None
    index = load_lexicon().index
    return Said(
        frozenset(index[name] for name in kept.terms if name in index),
        frozenset(index[name] for name in kept.title_terms if name in index),
        kept.content,
        kept.title_content,
        frozenset(kept.names),
        tuple(Span(start, end, rank, TOLD, state) for start, end, rank, state in kept.spans),
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
    except ValidationError:
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

    Facets that were made by an earlier lexicon know nothing of its new terms, and periods were
    read by the days that an ask had when it came in. Cues of ``functions`` that are not Remit's
    own are looked up as single words only.
    """
    index = load_lexicon().index
    older = moved = foreign = 0
    by = _mark(functions) if functions else ""
    gone: set[str] = set()
    for ask in asks:
        kept = kept_facets(ask)
        if kept is None or has_whole_text(ask):
            continue
        older += kept.version != reading_version()
        gone.update(name for name in kept.terms if name not in index)
        moved += (kept.day, kept.until) != (day_read_by(ask), ask.period_to)
        foreign += bool(by) and kept.functions_by != by
    return tuple(_told(older, sorted(gone), moved, foreign))


def _told(older: int, gone: Sequence[str], moved: int, foreign: int) -> Iterable[str]:
    if older:
        lost = f"; terms that no longer exist were left out: {', '.join(gone)}" if gone else ""
        yield (
            f"{older} asks without their text were read by an earlier lexicon{lost}. Import their "
            "files again to have them read anew."
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

    >>> without(facets_of(ask), ["Okonkwo"])
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
            ("terms", after.terms),
            ("content", after.content),
            ("names", after.names),
            ("returns", after.returns),
        )
    }
    old = set(before.spans)
    spans = (*after.spans, *(span for span in kept.spans if span not in {*old, *after.spans}))
    changed = {**rest, "title_terms": after.terms, "title_content": after.content, "spans": spans}
    return kept.model_copy(update=changed).model_dump_json(exclude_defaults=True)


# Cues of other rooms -----------------------------------------------------------------------------


def function_counts(ask: Ask, functions: tuple[FunctionWords, ...]) -> list[int]:
    """How many cues of each function stand in the text of an ask.

    Without the text only single words can be looked up where the cues are not Remit's own.
    """
    kept = kept_facets(ask)
    if kept is None or has_whole_text(ask):
        return [count for _, count in _counted(functions, ask.text)]
    if kept.functions_by == _mark(functions):
        return [kept.functions.get(function.id, 0) for function in functions]
    singles = (tuple(filter(_is_single, function.words)) for function in functions)
    return [_count(cues, ask.text) for cues in singles]


def says_return(ask: Ask, cues: tuple[str, ...]) -> bool:
    """Whether title or text have one of the cues of a national collection."""
    kept = kept_facets(ask)
    if kept is None or has_whole_text(ask):
        return says(ask.words, cues)
    if kept.returns_by == _mark(cues):
        return bool(kept.returns)
    return says(ask.title, cues) or says(ask.text, tuple(filter(_is_single, cues)))


def _is_single(cue: str) -> bool:
    """Whether a cue is one word: sorted words stand beside each other by chance."""
    return cue.replace("'", "").replace("’", "").rstrip("*").isalnum()


def _counted(functions: tuple[FunctionWords, ...], text: str) -> list[tuple[str, int]]:
    return [(function.id, _count(function.words, text)) for function in functions]


def _count(cues: tuple[str, ...], text: str) -> int:
    return len({word.lower() for word in cue_pattern(cues).findall(text)}) if cues else 0


def _functions_in(text: str, runs: Sequence[str]) -> dict[str, int]:
    """How many cues of each function stand in a text, of which the runs of letters are known.

    A cue is looked for only where a word stands with which it may begin.
    """
    if not text.isascii():
        return _named({one.id: _count(one.words, text) for one in _functions()})
    lowered = text.lower()
    starts = [
        (start, at)
        for run in set(runs)
        for at in _functions_begun_by(run)
        for start in _starts(run, lowered)
    ]
    patterns = _function_patterns()
    ends = [0] * len(patterns)
    found: dict[int, set[str]] = {}
    for start, at in sorted(starts):
        if start >= ends[at] and (cue := patterns[at][1].match(lowered, start)):
            ends[at] = cue.end()
            found.setdefault(at, set()).add(cue.group())
    return {patterns[at][0]: len(found[at]) for at in sorted(found)}


def _starts(run: str, text: str) -> Iterable[int]:
    start = text.find(run)
    while start >= 0:
        yield start
        start = text.find(run, start + 1)


def _named(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


@lru_cache(maxsize=50_000)
def _functions_begun_by(run: str) -> tuple[int, ...]:
    """The places in ``_function_patterns`` of the functions of which a cue may begin so."""
    return tuple(at for at, (_, _, heads) in enumerate(_function_patterns()) if heads.begin(run))


def _returns_in(runs: Sequence[str]) -> tuple[str, ...]:
    """The cues of a national collection in a text, as :func:`says` finds each of them."""
    if _return_heads().isdisjoint(runs):
        return ()
    found = f" {' '.join(runs)} "
    return tuple(sorted(cue for cue in _return_cues() if f" {cue.lower()} " in found))


@cache
def _return_heads() -> frozenset[str]:
    return frozenset(cue.lower().split(" ")[0] for cue in _return_cues())


@cache
def _function_patterns() -> tuple[tuple[str, re.Pattern[str], CueHeads], ...]:
    return tuple(
        (one.id, cue_pattern(one.words), CueHeads(one.words)) for one in _functions() if one.words
    )


@cache
def _functions_mark() -> str:
    return _mark(_functions())


@cache
def _returns_mark() -> str:
    return _mark(_return_cues())


@cache
def _functions() -> tuple[FunctionWords, ...]:
    (file,) = declared.packaged("burden")
    return file.validate(BurdenFile).functions


@cache
def _return_cues() -> tuple[str, ...]:
    return declared.packaged("oversight")[0].validate(PlanFile).national_collections.words


# Versions ----------------------------------------------------------------------------------------


@cache
def reading_version() -> str:
    """By what texts are read now: it changes with the lexicon, the wording, ways of periods."""
    files = sorted(
        (file.path, file.sha256)
        for file in declared.packaged("lexicon")
        if isinstance(file.data, dict) and file.data.get("schema") in _READ_BY
    )
    return _mark((_LAYOUT, [sha for _, sha in files], FORM_PATTERNS, TOKEN_PATTERNS))


@lru_cache(maxsize=64)
def _mark_of(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _mark(of: object) -> str:
    return _mark_of(repr(of))
