"""Templates are filled quickly and alike: what they put in, and where they are kept compiled."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from remit.model.plain_text import misleads, shown
from remit.pages.frame.filling import environment

TEMPLATE = (
    "{% macro inside(words) %}<i>{{ words }}</i>{{ caller() }}{% endmacro %}"
    "{% call inside(one) %}<b title='{{ one }}'>{{ two }}</b>{% endcall %}{{ none }}{{ 1.5 }}"
)
SIGNS = st.text(alphabet=st.one_of(st.sampled_from("<>&'\"\x1b\u202e é"), st.characters()))


@pytest.fixture
def anew() -> Iterator[None]:
    environment.cache_clear()
    yield
    environment.cache_clear()


@settings(deadline=None)
@given(SIGNS, SIGNS)
def test_what_is_put_in_is_escaped_once_and_markup_not_again(one: str, two: str) -> None:
    found = environment().from_string(TEMPLATE).render(one=one, two=Markup("<u>{}</u>").format(two))
    word, inner = (str(Markup.escape(words)) for words in (one, two))
    assert found == f"<i>{word}</i><b title='{word}'><u>{inner}</u></b>None1.5"


@settings(deadline=None)
@given(SIGNS)
def test_a_sign_that_misleads_is_found_anywhere_in_a_page(text: str) -> None:
    page = f"<p>£5 – {text}</p>\n"
    assert misleads(page) == (shown(page) != page)


@pytest.mark.usefixtures("anew")
@pytest.mark.parametrize("allowed", [True, False])
def test_compiled_templates_are_kept_as_modules_are(
    allowed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", not allowed)
    environment().get_template("parts.html.jinja")
    kept = [path.name.partition(".cpython")[0] for path in tmp_path.rglob("*.jinja.*.pyc")]
    assert kept == (["parts.html.jinja"] if allowed else [])
    assert all(path.suffix == ".pyc" for path in tmp_path.rglob("*") if path.is_file())
