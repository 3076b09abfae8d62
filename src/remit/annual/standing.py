"""The standing words of a letter, filled for one ICB with what the records hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from remit.annual.answers import replies_in_words
from remit.annual.carrying import open_concerns
from remit.annual.folder import AnnualFolder
from remit.annual.letters import alike
from remit.annual.views import body_and_day, missing_views, recorded_views
from remit.model.fictional import sample_sentence
from remit.words.days import day_words
from remit.words.sentences import count_words, listed

_BRACE = re.compile(r"\{(\w+)\}")
_NEVER = r"(?!)"


def fillings(folder: AnnualFolder, code: str) -> dict[str, str]:
    """What stands in the braces of a template, for one ICB; blank where nothing is recorded."""
    year, icb = folder.year, folder.icbs[code]
    replies = [one.record.outcome for one in folder.replies if one.record.icb == code]
    concerns = sum(one.icb == code for one in open_concerns(folder))
    received = listed([body_and_day(one) for one in recorded_views(folder, code)])
    return {
        "icb": icb.name,
        "year": year.name,
        "issuer": year.issuer,
        "law": year.law[0].section,
        "bodies": received,
        "views_received": received,
        "views_missing": listed([one.body for one in missing_views(folder, code)], "or"),
        "shown_on": day_words(icb.shown_on) if icb.shown_on else "",
        "replies": replies_in_words(replies) if replies else "",
        "not_shown_to": "" if icb.shown_on or replies else icb.name,
        "open_concerns": count_words(concerns, "open concern") if concerns else "",
    }


def title_of(folder: AnnualFolder, code: str) -> str:
    """The title of a letter."""
    return f"Annual assessment {folder.year.name}: {folder.icbs[code].name}"


def filled(text: str, words: Mapping[str, str]) -> str:
    """A text with the words for its braces."""
    return _BRACE.sub(lambda found: words.get(found[1], found[0]), text)


def filled_sentences(texts: Iterable[str], words: Mapping[str, str]) -> Iterator[str]:
    """The sentences whose braces the records fill; the others say what nobody recorded."""
    for text in texts:
        if all(words.get(name, " ") for name in _BRACE.findall(text)):
            yield filled(text, words)


def _template_sentences(folder: AnnualFolder) -> tuple[str, ...]:
    template = folder.year.template
    return (
        template.salutation,
        *template.opening,
        template.under_no_finding,
        *template.closing,
        template.signature,
    )


def standing_sentences(folder: AnnualFolder, code: str) -> Iterator[str]:
    """All sentences of a letter that rest on no finding."""
    yield title_of(folder, code)
    yield sample_sentence()
    yield from filled_sentences(_template_sentences(folder), fillings(folder, code))


def unrecorded_sentences(folder: AnnualFolder) -> re.Pattern[str]:
    """Standing sentences with whatever in their braces, in the form in which they are compared.

    One that is none of :func:`standing_sentences` says what the records do not hold.
    """
    told = [
        _BRACE.sub(".+", re.escape(alike(text)).replace(r"\{", "{").replace(r"\}", "}"))
        for text in _template_sentences(folder)
        if _BRACE.search(text) and _BRACE.sub("", text).strip(" .")
    ]
    return re.compile("|".join(told) or _NEVER)
