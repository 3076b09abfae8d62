"""The templates: where they lie, what they may use, and how they are filled.

Templates are compiled once and kept where Python keeps its compiled modules, under the same
conditions: not where it was told to write none, and not where it may not write.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from jinja2.bccache import Bucket, BytecodeCache

from remit.model.plain_text import for_xml, misleads, on_one_line
from remit.pages.frame.links import slug
from remit.words.days import day_words, short_day
from remit.words.figures import SCORE_ONLY, number_words, signed_words, trimmed_words
from remit.words.sentences import count_words

_ROOMS = (
    "frame", "drawing", "standings", "report", "remits", "oversight", "shift", "survey", "annual",
    "practice",
)  # fmt: skip
_TEMPLATES = (*(f"remit.pages.{room}" for room in _ROOMS), "nhsuk_frontend_jinja")
"""Where templates lie: beside the room whose pages they make."""


def filled(template: str, **given: Any) -> str:
    """A template filled with what it is given; no text in it holds a sign that misleads.

    Parameters
    ----------
    template
        Its name, with its ending.
    given
        What it is given, by name; nothing of it may be spent by being read once.
    """
    text = environment().get_template(template).render(**given)
    if not misleads(text):
        return text
    # Hardly ever: each text is looked at for itself only where one of them needs it.
    return environment(careful=True).get_template(template).render(**given)


def web_address(address: object) -> str:
    """An address that a link may lead to: one of the web; blank for any other.

    >>> web_address("https://www.england.nhs.uk/"), web_address("javascript:alert(1)")
    ('https://www.england.nhs.uk/', '')
    """
    text = on_one_line(address).strip() if isinstance(address, str) else ""
    return text if text.lower().startswith(("https://", "http://")) else ""


def _printable(value: object) -> object:
    """What a page or a picture may hold: its text has no control characters."""
    if not isinstance(value, str):
        return value
    text = for_xml(value)
    return value if text == value else type(value)(text)


@cache
def environment(*, careful: bool = False) -> Environment:
    """The Jinja environment: Remit's templates and the macros of NHS.UK frontend.

    Those macros need undefined names to chain without an error. The careful one makes every text
    printable before it is put in.
    """
    env = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in _TEMPLATES]),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_printable if careful else None,
        bytecode_cache=None if careful else _BesideModules(),
    )
    env.globals["score_only"] = SCORE_ONLY
    env.filters["shown"] = number_words
    env.filters["signed"] = signed_words
    env.filters["trimmed"] = trimmed_words
    env.filters["day"] = day_words
    env.filters["short_day"] = short_day
    env.filters["counted"] = count_words
    env.filters["slug"] = slug
    env.filters["web"] = web_address
    return env


class _BesideModules(BytecodeCache):
    """Compiled templates where Python keeps the compiled module of a file beside them."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The path of the compiled template; its name alone where it is no file."""
        return cache_from_source(f"{filename}.py") if filename else name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled; Jinja holds it against the template's text."""
        with contextlib.suppress(OSError), Path(bucket.key).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, whole or not at all."""
        place = Path(bucket.key)
        if sys.dont_write_bytecode or not place.is_absolute():
            return
        with contextlib.suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
                bucket.write_bytecode(file)
            Path(file.name).replace(place)
