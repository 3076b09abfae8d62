"""The sets of texts with persons and without, and how what is kept of them is counted."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
FILLS = 3
_SPAN = re.compile("⟦([^⟧]*)⟧")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_NO_NAMES_TEXT = (
    "mr mrs ms miss dr prof professor sir dame lady lord cllr sister nurse matron mp and flat of "
    "road street avenue close lane gardens terrace yard bank view x van der du de da la al ap ní "
    "ó mac o bint bin nhs net at dot uk org example gov"
)
_NO_NAMES = frozenset(re.split(" ", _NO_NAMES_TEXT))


@dataclass(frozen=True)
class Item:
    """A text with its labels: ``fields`` holds the words without the marks."""

    kind: str
    name: str
    fields: dict[str, str]
    spans: tuple[str, ...]
    outside: str
    """The words of those fields that are no person's."""


def items(which: str) -> list[Item]:
    """The items of ``dev``, ``held_out`` or ``last``."""
    people = _people(which)
    templates = _text(f"{which}_templates.txt").split("\n===\n")
    found = []
    for index, template in enumerate(templates):
        for fill in range(FILLS):
            first = people[(index * FILLS + fill) % len(people)]
            second = people[(index * FILLS + fill * 5 + 7) % len(people)]
            found.append(_item(f"{which}-{index}-{fill}", _filled(template, first, second)))
    return found


def harmless(which: str) -> list[str]:
    """Sentences in which nobody is named."""
    return [line for line in _text(f"{which}_harmless.txt").splitlines() if line.strip()]


def kept_spans(item: Item, kept: str) -> list[str]:
    """The personal spans of which something still stands in what was kept."""
    words, allowed = _words(kept), _words(item.outside)
    return [span for span in item.spans if _stands(span, kept, words, allowed, item.outside)]


def wilson(found: int, of: int) -> tuple[float, float]:
    """The 95% interval of a share."""
    z = 1.959963984540054
    share = found / of
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, centre - half), centre + half


def said(what: str, found: int, of: int) -> str:
    """A count in words, as the tests print it."""
    low, high = wilson(found, of)
    return f"{what}: {found} of {of} ({found / of:.2%}; 95% interval {low:.2%} to {high:.2%})"


def _stands(span: str, kept: str, words: Counter[str], allowed: Counter[str], outside: str) -> bool:
    for word in _WORD.findall(span.casefold().partition("@")[0]):
        if len(word) >= 2 and word not in _NO_NAMES and words[word] > allowed[word]:
            return True
    runs = [run for run in re.findall(r"\d+", span) if len(run) >= 3]
    if any(kept.count(run) > outside.count(run) for run in runs):
        return True
    bare = re.sub(r"[\W_]", "", span.casefold())
    return any(map(str.isdigit, bare)) and bare in re.sub(r"[\W_]", "", kept.casefold())


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _item(name: str, text: str) -> Item:
    kind, _, rest = text.strip("\n").partition("\n")
    if kind == "mail":
        head, _, body = rest.partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines()) | {"body": body}
    else:
        fields = dict(_pair(line) for line in rest.splitlines())
    marked = "\n".join(fields.values())
    return Item(
        kind=kind,
        name=name,
        fields={key: value.replace("⟦", "").replace("⟧", "") for key, value in fields.items()},
        spans=tuple(span for span in _SPAN.findall(marked) if len(span) >= 2),
        outside=_SPAN.sub(" ", "\n".join(v for k, v in fields.items() if k not in _HEADERS)),
    )


_HEADERS = {"From", "To", "Cc", "Reply-To", "organizer"}


def _pair(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    return key, value.strip()


def _filled(template: str, first: tuple[str, str], second: tuple[str, str]) -> str:
    text = template
    for letter, word in zip("FLGM", (*first, *second), strict=True):
        for form, value in _forms(word).items():
            text = text.replace(f"{{{letter}{form}}}", value)
    return text


def _forms(word: str) -> dict[str, str]:
    bare = unicodedata.normalize("NFKD", word.replace("ı", "i").replace("ł", "l"))
    plain = "".join(c for c in bare if not unicodedata.combining(c)).lower()
    return {
        "": word,
        "_low": word.lower(),
        "_up": word.upper(),
        "_ini": word[0],
        "_plain": re.sub(r"[^a-z-]", "", plain),
    }


@cache
def _people(which: str) -> list[tuple[str, str]]:
    rows = [line.split(" | ") for line in _text(f"{which}_names.txt").splitlines()]
    return [(row[0], row[1]) for row in rows]


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8").strip("\n")


def of_kind(found: list[Item], kind: str) -> Iterator[Item]:
    """The items of one kind."""
    return (item for item in found if item.kind == kind)
