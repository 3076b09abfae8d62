"""What the title of a decided ask may be called besides: its telling words that an entry lacks.

No more is kept than a few words in small letters: no sentence, no number, no organisation, and
nothing that screening took out or would take out.
"""

from __future__ import annotations

import calendar
import re

from remit.catalogue import load_entries
from remit.model.ask import Ask
from remit.model.entry import CatalogueEntry

MOST_WORDS = 4
_LONGEST = 30
_STRUCK = re.compile(r"\[\w+\]|<[^<>]*>|\S*[@:/=\\]\S*")
_WORD = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*")
_PERIODS = {
    name.lower()
    for names in (calendar.month_name, calendar.month_abbr, calendar.day_name, calendar.day_abbr)
    for name in names
    if name
} | {"sept", "quarter", "quarterly", "annual", "ytd"}


def proposed_name(ask: Ask, entry: str) -> str | None:
    """Words of an ask's title by which people may call an entry; None where there are none.

    Parameters
    ----------
    ask
        The ask with its screened title.
    entry
        The identifier of the entry that a person says it is about.

    Examples
    --------
    >>> proposed_name(Ask("A1", "ICB", "ZA1", "Corridor care in April", ""), "ae")
    'corridor care'
    """
    known = load_entries().get(entry)
    if known is None:
        return None
    words = _telling(ask, known)[:MOST_WORDS]
    found = " ".join(words)
    return found if found and _is_clean(found) else None


def _telling(ask: Ask, entry: CatalogueEntry) -> list[str]:
    """The title's telling words, each once, in their order."""
    from remit.asks.matching.cleaning import load_wording
    from remit.asks.matching.tokens import tokens

    tell = load_wording()
    names = (ask.to_org_name, ask.from_body, ask.from_team, ask.to_org_code)
    known = {root for said in _said_by(entry) for root in tell.content(tokens(said))}
    known |= {root for said in names if said for root in tell.content(tokens(said))}
    found: dict[str, str] = {}
    for word in _WORD.findall(_STRUCK.sub(" ", ask.title)):
        roots = tell.content(tokens(word))
        told = word.lower()
        if roots and not known & {*roots} and _may_name(told):
            found.setdefault(roots[0], told)
    return list(found.values())


def _may_name(word: str) -> bool:
    """Not a period, and not what is wanted of a matter: numbers, reasons, that it is late."""
    from remit.asks.matching.wants import read_wants

    wants = read_wants(word, "")
    is_wanted = wants.numbers or wants.narrative or wants.chases
    return len(word) <= _LONGEST and word not in _PERIODS and not is_wanted


def _said_by(entry: CatalogueEntry) -> tuple[str, ...]:
    measures = tuple(measure.says for measure in entry.measures)
    cuts = tuple(cut for measure in entry.measures for cut in measure.cuts)
    return (entry.name, *entry.spoken, *measures, *cuts, *entry.cuts, *entry.not_in_it)


def _is_clean(words: str) -> bool:
    """Whether screening would leave all of it, in small letters and with capitals."""
    from remit.asks.register.typed import without_names

    return without_names(words) == words
