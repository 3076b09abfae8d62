"""Whether an ask narrows what it wants to something that an entry leaves out or does not have.

"Pay gap" is the matter of an entry; "ethnicity pay gap" is not, where the entry is of the gender
pay gap. Three facts tell: what an entry declares to leave out (``excludes``) is named; a word of
the title is of other entries, or of what this one lacks, and not of this one; the title has a short
form that nobody has declared. Such an ask may be answered, and a person has to look.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from remit.asks.matching.cleaning import load_wording
from remit.asks.matching.frames import Frame
from remit.asks.matching.tokens import tokens
from remit.asks.matching.wants import cue_words, is_cue
from remit.catalogue import load_entries, load_glossary
from remit.catalogue.own import OwnFiles, own_files
from remit.model.entry import CatalogueEntry

_MONTHS = (*calendar.month_name[1:], *calendar.month_abbr[1:], "Sept")
_OF_FEW = 8
"""A word that stands in more entries than this sets none apart."""
_SHORT = re.compile(r"(?<![\w&])[A-Z]{3,}(?![\w&])")


def beside(frame: Frame, entry: CatalogueEntry) -> str:
    """What an ask narrows itself to that an entry leaves out or does not have; blank for nothing.

    Parameters
    ----------
    frame
        The ask.
    entry
        The entry.

    Examples
    --------
    >>> from remit.asks.matching.frames import make_frames
    >>> from remit.model.ask import Ask
    >>> (frame,) = make_frames([Ask("A1", "ICB", "ZA1", "Ethnicity pay gap", "")])
    >>> beside(frame, load_entries()["gender-pay-gap"])
    'it leaves out ethnicity pay gap'
    """
    said = frozenset(frame.content)
    for what, words in _left_out(entry.id, own_files()):
        if words <= said:
            return f"it leaves out {what}"
    if other := _stranger(frame, entry):
        return f"the title says {other!r}, of which this one has nothing"
    return ""


def _stranger(frame: Frame, entry: CatalogueEntry) -> str:
    """The first word of a title that is not of this entry, and not of how or when one asks."""
    own, lacks = _words_of(entry.id, own_files()), _lacks(entry.id, own_files())
    known, recipient = _known(own_files()), _stems([frame.ask.to_org_name or ""])
    for word in frame.title_content:
        is_other = word in lacks or 0 < known[word] <= _OF_FEW
        if is_other and not (word in own or word in recipient or word[0].isdigit()):
            return _as_written(word, frame.ask.title)
    title = frame.ask.title
    shorts = () if title.isupper() else _SHORT.findall(title)
    return next((one for one in shorts if _is_unknown(one, own, known, recipient)), "")


def _is_unknown(
    short: str, own: frozenset[str], known: Counter[str], recipient: frozenset[str]
) -> bool:
    word = load_wording().told(short)
    met = (
        not word
        or word in _form()
        or word in own
        or word in known
        or word in recipient
        or is_cue(short)
    )
    return not met and not load_glossary().spelled_out(short)


def _as_written(word: str, title: str) -> str:
    told = load_wording().told
    return next((one for one in tokens(title) if told(one) == word), word)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    """The telling stems of some texts, short forms spelled out beside them."""
    told, glossary = load_wording().content, load_glossary()
    every = (said for text in texts for said in (text, *glossary.spelled_out(text)))
    return frozenset(stem for said in every for stem in told(tokens(said)))


@cache
def _form() -> frozenset[str]:
    """Stems that tell how, when and in what detail something is asked."""
    return load_wording().form | _stems((*_MONTHS, *cue_words()))


@cache
def _left_out(entry: str, _: OwnFiles) -> tuple[tuple[str, frozenset[str]], ...]:
    """What an entry declares to leave out, each with its stems."""
    pairs = ((what, _stems([what])) for what in load_entries()[entry].excludes)
    return tuple((what, words) for what, words in pairs if words)


@cache
def _words_of(entry: str, _: OwnFiles) -> frozenset[str]:
    """The stems of what an entry is called, counts and is split by."""
    one = load_entries()[entry]
    of_measures = (said for m in one.measures for said in (m.says, *m.cuts))
    named = (one.id.replace("-", " "), one.name, *one.spoken, *one.cuts)
    return _stems([*named, *of_measures])


@cache
def _lacks(entry: str, own: OwnFiles) -> frozenset[str]:
    """The stems of what an entry has not, and not in another sense; detail apart."""
    one = load_entries()[entry]
    return _stems([*one.not_in_it, *one.excludes]) - _words_of(entry, own) - _form()


@cache
def _known(own: OwnFiles) -> Counter[str]:
    """In how many entries each stem stands that tells what is asked."""
    counts = Counter(word for entry in load_entries() for word in _words_of(entry, own))
    return Counter({word: count for word, count in counts.items() if word not in _form()})
