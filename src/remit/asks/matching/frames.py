"""An ask taken apart: whom it is about, of what, what is wanted, and for which period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.asks.matching.entry_reader import EntryMatch
from remit.asks.matching.facets import said_by
from remit.asks.matching.learnt_names import LearntNames
from remit.asks.matching.matters import MatterMatch
from remit.asks.matching.periods import Span
from remit.asks.matching.said import Leaning, Said, read_said, whole_month
from remit.asks.matching.subjects import learn_subjects
from remit.asks.matching.wants import Wants
from remit.model.ask import Ask


@dataclass(frozen=True, slots=True)
class Frame:
    """What an ask says, by its facets."""

    ask: Ask
    subject: str
    entries: tuple[EntryMatch, ...]
    """The entries of the catalogue that are nearest, best first."""
    matters: tuple[MatterMatch, ...]
    wants: Wants
    leaning: Leaning
    members: tuple[str, ...]
    """The members of declared sorts that it names."""
    content: tuple[str, ...]
    """Stems of the words that tell something, each once, sorted."""
    title_content: tuple[str, ...]
    names: frozenset[str]
    """Names of wards, sites and schemes: words with a capital within a sentence."""
    spans: tuple[Span, ...]
    """Periods, the most telling first; the logged one last."""


def make_frames(asks: Sequence[Ask], names: LearntNames | None = None) -> list[Frame]:
    """The frames of all asks of a file; names of organisations are learnt from the whole.

    An ask whose text is not kept is known by its facets.

    Parameters
    ----------
    asks
        The asks.
    names
        Spoken names that were learnt, laid over what was read.

    Examples
    --------
    >>> make_frames([])
    []
    """
    return joined(asks, subjects_of(asks), read(asks, names))


def subjects_of(asks: Sequence[Ask]) -> list[str]:
    """Whom each ask is about, by the names of all asks of a file."""
    reader = learn_subjects(asks)
    return [reader.subject(ask) for ask in asks]


def read(asks: Sequence[Ask], names: LearntNames | None = None) -> list[Said]:
    """What each ask says, with names that were learnt laid over it."""
    said = _read(asks)
    return said if names is None else [names.over(one) for one in said]


def _read(asks: Sequence[Ask]) -> list[Said]:
    """What each ask says: by its facets where it has any, else by its words."""
    kept = [said_by(ask) for ask in asks]
    read = iter(read_said([ask for ask, one in zip(asks, kept, strict=True) if one is None]))
    return [one if one is not None else next(read) for one in kept]


def joined(asks: Sequence[Ask], subjects: Sequence[str], said: Sequence[Said]) -> list[Frame]:
    """What asks say together with what their columns say and whom they are about."""
    triples = zip(asks, subjects, said, strict=True)
    return [_frame(ask, subject, one) for ask, subject, one in triples]


def _frame(ask: Ask, subject: str, said: Said) -> Frame:
    """What the words say together with what the columns say."""
    return Frame(
        ask,
        subject,
        said.entries,
        said.matters,
        said.wants,
        said.leaning,
        said.members,
        said.content,
        said.title_content,
        _names(said, ask),
        _spans(said, ask),
    )


def _names(said: Said, ask: Ask) -> frozenset[str]:
    """Capitalised words that are not of the recipient's name."""
    own = (ask.to_org_name or "").lower()
    return frozenset(name for name in said.names if name not in own)


def _spans(said: Said, ask: Ask) -> tuple[Span, ...]:
    if ask.period_from and ask.period_to and ask.period_from <= ask.period_to:
        logged = whole_month(Span(ask.period_from, ask.period_to, _LOGGED, "logged"))
        if all((logged.start, logged.end) != (span.start, span.end) for span in said.spans):
            return (*said.spans, logged)
    return said.spans


_LOGGED = 99
