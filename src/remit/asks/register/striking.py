"""All free text that a register keeps: handed out to be looked through, and words struck out."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Any

from remit.asks.register.register import AskRegister

NAME = "[name]"

_NO_FREE_TEXT = {
    "Register": {"secret", "stamp", "log"},
    "Numbering": {"prefix"},
    "Import": {"sha256", "kind", "organisation"},
    "Mapping": {"fingerprint"},
    "Ask": {"ask_id", "key", "thread", "status", "from_org_code"},
    "Change": {"field"},
    "Meeting": {"key", "starts_at", "series"},
    "Decision": {"kind", "relation", "publication", "coverage"},
    "Action": {"action_id", "organisation", "from_conversation"},
    "Friction": {"friction_id", "organisation", "escalated_to"},
    "FrictionBody": {"organisation"},
    "Risk": {"risk_id", "organisation"},
    "LearntName": {"entry", "state"},
    "LearntThreshold": {"name"},
}
"""Model → its columns of words that nobody writes freely; all others may hold a name."""

_OF_WORDS = {
    *(("Ask", "text"), ("Ask", "facets"), ("Change", "before"), ("Change", "after")),
    ("LearntName", "words"),
}
"""Where words may stand as matching keeps them: in small letters, without ends or accents."""

_JSON = {("Ask", "facets"), ("Mapping", "columns")}
_DROPPED = {"Mapping", "LearntName"}
"""What is worth nothing with a word struck out of it."""

_SHORTEST = 3


def kept_words(register: AskRegister) -> Iterator[tuple[str, str]]:
    """All free text that is kept, each with its place; facets hold no word that is not in it.

    >>> dict(kept_words(register))["Ask A1, title"]  # doctest: +SKIP
    'Falls on wards'
    """
    for name, fields in free_text().items():
        plainly = [field for field in fields if (name, field) != ("Ask", "facets")]
        rows = register.table(name).order_by("pk").values_list("pk", *plainly)
        for key, *texts in rows:
            for field, text in zip(plainly, texts, strict=True):
                if text:
                    yield f"{name} {key}, {field}", text


def strike(register: AskRegister, words: Collection[str]) -> int:
    """Replace words by ``[name]`` wherever free text is kept, and in the bytes of the file.

    Whole words are struck, in any case; one with an accent only where it has it. A mapping of
    columns in which one stands is dropped, and is guessed anew; so is a name that was learnt.

    Parameters
    ----------
    register
        The open register.
    words
        The words, or several together, such as ``Kim Bell``.

    Returns
    -------
    int
        How many places were struck.

    Examples
    --------
    >>> strike(register, ["Okonkwo"])  # doctest: +SKIP
    3
    """
    wanted = {word.strip() for word in words if word.strip()}
    if not wanted:
        return 0
    as_written, as_kept = _pattern(_forms(wanted)), _pattern(_forms(wanted) | kept_forms(wanted))
    count = 0
    with register.all_or_nothing():
        for name, fields in free_text().items():
            for field in fields:
                pattern = as_kept if (name, field) in _OF_WORDS else as_written
                count += _struck(register, name, field, pattern)
        if count:
            register.mark_for_wiping()
    return count


def free_text() -> dict[str, list[str]]:
    """Model → its columns of free text."""
    from remit.records.loading import all_models, loaded

    loaded()
    found: dict[str, list[str]] = {}
    for model in all_models():
        name = model.__name__
        found[name] = [
            field.name
            for field in model._meta.concrete_fields
            if field.get_internal_type() == "TextField"
            and field.name not in _NO_FREE_TEXT.get(name, set())
        ]
    return {name: fields for name, fields in found.items() if fields}


def _struck(register: AskRegister, name: str, field: str, pattern: re.Pattern[str]) -> int:
    total = 0
    kept = register.table(name).exclude(**{field: None}).values_list("pk", field)
    for key, text in list(kept):
        new, count = _replaced(text, pattern, as_json=(name, field) in _JSON)
        if not count:
            continue
        row = register.table(name).filter(pk=key)
        if name in _DROPPED:
            row.delete()
        else:
            row.update(**{field: new})
        total += count
    return total


def _replaced(text: str, pattern: re.Pattern[str], *, as_json: bool) -> tuple[str, int]:
    if not as_json:
        return _in_text(text, pattern)
    try:
        value, count = _in_value(json.loads(text), pattern)
    except (ValueError, RecursionError):
        return _in_text(text, pattern)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")), count


def _in_value(value: Any, pattern: re.Pattern[str]) -> tuple[Any, int]:
    """Strike in all texts of a value; also in the names of its parts."""
    if isinstance(value, str):
        return _in_text(value, pattern)
    if isinstance(value, list):
        parts = [_in_value(part, pattern) for part in value]
        return [part for part, _ in parts], sum(count for _, count in parts)
    if isinstance(value, dict):
        parts = [_in_value(part, pattern) for part in value.values()]
        count = sum(count for _, count in parts) + sum(_in_text(k, pattern)[1] for k in value)
        return dict(zip(value, [part for part, _ in parts], strict=True)), count
    return value, 0


def _in_text(text: str, pattern: re.Pattern[str]) -> tuple[str, int]:
    count = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal count
        if match[0].startswith("["):
            return match[0]
        count += 1
        return NAME

    return pattern.sub(replace, text), count


def _pattern(forms: Collection[str]) -> re.Pattern[str]:
    """What is in square brackets was struck before, and stays."""
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    one_of = "|".join(map(re.escape, longest_first))
    return re.compile(rf"\[\w+\]|(?<!\w)(?:{one_of})(?![\w\u0300-\u036f])", re.IGNORECASE)


def _forms(words: Collection[str]) -> set[str]:
    """A word as it may be written: an accent is one sign with its letter, or one of its own."""
    return {unicodedata.normalize(form, word) for word in words for form in ("NFC", "NFD")}


def kept_forms(words: Collection[str]) -> set[str]:
    """A word as matching keeps it: its stem, and what is left of it without other letters."""
    from remit.asks.matching.subjects import words_of_names
    from remit.asks.matching.tokens import stem

    parts = {part for word in words for part in words_of_names(word)}
    found = parts | {stem(part) for part in parts} | {stem(word.lower()) for word in words}
    return {form for form in found if len(form) >= _SHORTEST}
