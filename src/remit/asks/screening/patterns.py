"""Numbers, addresses, dates of birth, links: what is personal by its form or by its label."""

from __future__ import annotations

import re

from remit.asks.screening.dwellings import dwelling_spans, may_name_homes, postcode_spans
from remit.asks.screening.identifiers import birth_spans, number_spans
from remit.asks.screening.labelled import may_hold_secrets, secret_spans

NAME, ADDRESS, NUMBER, LINK, DATE = "[name]", "[address]", "[number]", "[link]", "[date]"
PLACEHOLDERS = (NAME, ADDRESS, NUMBER, LINK, DATE)

MAIL = re.compile(r"(?<![\w.+'-])[\w+][\w.+'’-]{0,80}@[\w-]{1,80}(?:\.[\w-]{1,80}){1,8}")
_BARE_AT = re.compile(r"(?<![\w.+'-])[\w][\w.+'-]{1,80}@(?=[\s,;.)]|$)")
_AT = r"(?:\(at\)|\[at\]|\{at\}|<at>| at )"
_DOT = r"(?:\.|\(dot\)|\[dot\]|\{dot\}| dot )"
_HIDDEN_MAIL = re.compile(
    rf"(?<![\w.+'-])[\w+][\w.+'-]{{0,80}}[ ]?{_AT}[ ]?[\w-]{{2,60}}"
    rf"(?:[ ]?{_DOT}[ ]?[\w-]{{2,30}}){{1,4}}",
    re.IGNORECASE,
)
_DOMAIN_END = re.compile(r"(?:net|uk|com|org|eu|ie|example)$", re.IGNORECASE)
_LINK = re.compile(
    r"\b(?:https?://|www\.|[\w-]{1,40}\.(?:zoom\.us|microsoft\.com|webex\.com|google\.com)/)\S+",
    re.IGNORECASE,
)
_SEP = r"(?:\s{0,3}(?:no|nr|number|num|id|ids|ref|code|#)\b\.?)?\s{0,3}(?:[:=#-]|is\b)?\s{0,3}"
_VALUE = r"[A-Z]{0,4}[-/ ]?\d[\dA-Z/-]{2,17}(?: \d[\dA-Z]{1,6}){0,4}"
_LABELLED_NUMBER = re.compile(
    r"\b(?:nhs (?=no|num)|mrn|crn|chi (?=no|num)|hospital (?=no|num|id|ref)|hosp\.? (?=no|num|id)|"
    r"patient (?=no|num|id|ref)|pt (?=no|id)|unit (?=num|no\b)|pas (?=no|num|id)|"
    r"district (?=no|num)|"
    r"local (?:patient )?(?=id|no|num)|x-?number|k-?number|"
    r"ni (?=no|num)|nino|national insurance(?: (?=no|num))?|passport|driving licence|"
    r"payroll (?=no|num|id|ref)|staff (?=no|num|id)|employee (?=no|num|id)|assignment (?=no|num)|"
    r"esr (?=no|num|id)|gmc (?=no|num|ref)|gmc|nmc (?=pin|no|num)|nmc|hcpc (?=no|num)|"
    r"gphc (?=no|num)|"
    r"pin|dbs (?=no|num)|complaint (?=ref|no)|case (?=ref|no\b|num)|"
    r"bleep|pager|ext|extn|extension)\b\.?"
    rf"(?:\s{{0,3}}(?:pin)\b)?{_SEP}(?P<value>{_VALUE})",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"(?<!\w)(?:x|ext\.?|extn\.?|extension|bleep|pager)[ ]?#?\d{3,6}\b", re.IGNORECASE
)
_MEETING = re.compile(
    r"\b(?:(?:meeting|conference|conf|webinar|call|access|host|participant|event|"
    r"phone conference|bridge|room|"
    r"teams|zoom|webex|guest|attendee)\s{1,3}(?:id|code|number|no\.?|pin|key)|(?<=call )id)\b"
    r"\s{0,3}(?:[:=#]|is\b)?\s{0,3}(?P<value>\d[\d -]{2,24}\d#?|\d{3,}#?)",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = (
    rf"(?:\d{{1,2}}\s?[/.\-–]\s?\d{{1,2}}\s?[/.\-–]\s?\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}[\s-]{{0,2}}(?:st|nd|rd|th)?\s{{0,2}}(?:of\s)?[\s-]{{0,2}}{_MONTH}[\s,-]{{0,3}}\d{{2,4}}"
    rf"|{_MONTH}\s{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{1,2}}\d{{4}}|\d{{6,8}})"
)
_BIRTH = re.compile(
    rf"\b(?:d\.?\s?o\.?\s?b\.?|date of birth|birth ?date|birthday|born(?: on)?|b\.)(?![\w])"
    rf"\s{{0,3}}(?:[:=\-–]|is\b|was\b)?\s{{0,3}}(?P<value>{_DAY})(?!\w)",
    re.IGNORECASE,
)
_NHS_NUMBER = re.compile(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])")
_INSURANCE = re.compile(
    r"(?<![A-Z0-9])[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D](?![A-Z0-9])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w/£.-])(?:\+\d{1,3}[\s.-]?(?:\(0\))?[\s.-]?\(?|\(?0)\d(?:[\s().-]{0,2}\d){7,11}(?!\w)"
)
_STREET_WORD = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|close|drive|crescent|terrace|gardens|grove|place|square|way|court|"
    r"mews|hill|row|walk|rise|parade|yard|green|view|bank|park|vale|croft|heights|quay|wharf|gate|villas|cottages|"
    r"house|lodge|flats|mansions|buildings|circus|end|fold|meadow|meadows|side|brow|mount)"
)
_STREET = re.compile(
    r"(?<![\w.,/-])(?:(?:flat|apartment|apt|unit|room)\s\d{1,4}[A-Za-z]?,?\s{1,2})?"
    r"\d{1,4}(?:\s?[A-Za-z](?![\w])|-\d{1,4})?,?\s{1,2}"
    r"(?!(?i:weeks?|days?|hours?|months?|years?|beds?|patients?|minutes?|people|staff|wards?)\b)"
    rf"(?:[A-Z][\w'’.-]{{1,30}}\s{{1,2}}){{1,4}}(?i:{_STREET_WORD})\b(?!\s(?:ward|unit|clinic|hospital|surgery|practice))"
)
_FLAT = re.compile(r"\b(?:flat|apartment|apt)\s\d{1,4}[A-Za-z]?\b,?", re.IGNORECASE)
_STEPS = (
    (_LINK, LINK),
    (MAIL, ADDRESS),
    (_BARE_AT, ADDRESS),
)
_LATER = (
    (_INSURANCE, NUMBER),
    (_NHS_NUMBER, NUMBER),
    (_PHONE, NUMBER),
    (_EXTENSION, NUMBER),
    (_STREET, ADDRESS),
    (_FLAT, ADDRESS),
)
_LABELS = ((_MEETING, NUMBER), (_LABELLED_NUMBER, NUMBER), (_BIRTH, DATE))


def without_numbers(text: str) -> str:
    """A text without links, addresses, numbers of people and of calls, and dates of birth."""
    for pattern, word in _STEPS:
        text = pattern.sub(word, text)
    text = _HIDDEN_MAIL.sub(_hidden, text)
    if any(map(str.isdigit, text)):
        text = _without_labelled(text)
    elif may_hold_secrets(text):
        text = _replaced(text, secret_spans(text), NUMBER)
    if may_name_homes(text):
        text = _replaced(text, dwelling_spans(text), ADDRESS)
    return text


def _without_labelled(text: str) -> str:
    """A text without what digits tell of people."""
    for pattern, word in _LABELS:
        text = pattern.sub(_Valued(word), text)
    for pattern, word in _LATER:
        text = pattern.sub(word, text)
    text = _replaced(text, secret_spans(text), NUMBER)
    text = _replaced(text, postcode_spans(text), ADDRESS)
    text = _replaced(text, number_spans(text), NUMBER)
    return _replaced(text, birth_spans(text), DATE)


def _replaced(text: str, spans: list[tuple[int, int]], word: str) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop in sorted(spans):
        if start >= end and "[" not in text[start:stop]:
            pieces += [text[end:start], word]
            end = stop
    return "".join([*pieces, text[end:]])


class _Valued:
    """Replaces the value behind a label, and leaves the label."""

    def __init__(self, word: str) -> None:
        self._word = word

    def __call__(self, match: re.Match[str]) -> str:
        groups = match.groupdict()
        name = next((name for name, value in groups.items() if value), None)
        if name is None or match.group(name).startswith("["):
            return match.group()
        start, end = match.span(name)
        whole, begin = match.group(), match.start()
        return whole[: start - begin] + self._word + whole[end - begin :]


def _hidden(match: re.Match[str]) -> str:
    """``jo (at) nhs.net`` is an address; ``look at waits.now`` is none."""
    return ADDRESS if _DOMAIN_END.search(match.group()) else match.group()
