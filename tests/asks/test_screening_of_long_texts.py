"""A text as long as a form takes is screened in a moment, whatever it is made of."""

from __future__ import annotations

import time

import pytest

from remit.asks.register.typed import without_names

_LONGEST = 20_000
_TEXTS = {
    "capitals": "A",
    "words in capitals": "AB, ",
    "names": "Priya Sharma ",
    "initials": "J. Smith, ",
    "addresses": "a@",
    "digits": "1 ",
    "greetings": "Dear Anna\n",
    "hyphens": "Aa-",
    "accents": "e\u0301\u2028\u00a0",
}


@pytest.mark.parametrize("unit", _TEXTS.values(), ids=_TEXTS)
def test_a_long_text_is_screened_in_linear_time(unit: str) -> None:
    """Eight times as long takes at most thirty times as long: sixty-four would be quadratic."""
    short, long = (unit * _LONGEST)[: _LONGEST // 8], (unit * _LONGEST)[:_LONGEST]
    without_names(short)

    def seconds(text: str) -> float:
        begun = time.process_time()
        without_names(text)
        return time.process_time() - begun

    few = min(seconds(short) for _ in range(3))
    assert seconds(long) < 30 * few + 0.1
