"""The tool that draws sentences to be judged: what it takes for one, and that a seed decides."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tools"))

from draw_sentences import Drawn, draw  # noqa: E402
from drawn_blocks import Block, page_blocks  # noqa: E402

PAGE = """<html><head><title>Not this title of the page</title></head><body>
<nav><p>Not these words of a menu.</p></nav>
<main><h1>Larkshire</h1>
<article id="a1"><p>Waits 4.1%. St. Anne has the most of them.</p>
<svg><title>Waits: 4.1% in Mar 2026, as usual.</title><circle><title>Feb 2026: 4.0%, as usual by
far</title></circle></svg></article>
<table><tr><td>4.1% too few points for limits</td><td>No figure of it is held.</td></tr></table>
</main></body></html>"""


def test_a_sentence_is_what_is_read_in_one_breath() -> None:
    found = [one for block in page_blocks(PAGE, "x.html", "home") for one in block.sentences]
    assert found == [
        "St. Anne has the most of them.",
        "Waits: 4.1% in Mar 2026, as usual.",
        "No figure of it is held.",
    ]


def test_a_block_knows_where_it_stands_and_what_is_around_it() -> None:
    block = next(b for b in page_blocks(PAGE, "x.html", "home") if "Waits 4.1%." in b.text)
    assert block.place == "x.html#a1"
    assert "St. Anne" in block.around


def every() -> list[Drawn]:
    """Ten sentences of two kinds of page, a trace, and help that stands on five pages."""
    own = [(f"Trust {n} has {n} of the {n}0 waits.", f"p{n}.html") for n in range(10)]
    help_ = [("Left is better in every strip here.", f"p{n}.html") for n in range(5)]
    said = [*own, *help_, ("published score: file 1, line 20, column Value", "p1.html")]
    return [
        Drawn(words, Block(words, place, "home", ""), f"kind {place[1] > '4'}", list)
        for words, place in said
    ]


def test_the_seed_decides_and_neither_help_nor_traces_are_drawn() -> None:
    one, same, other = (draw(every(), 6, Random(seed)) for seed in (1, 1, 2))
    assert [d.sentence for d in one] == [d.sentence for d in same]
    assert [d.sentence for d in one] != [d.sentence for d in other]
    assert {d.kind for d in one[:2]} == {"kind True", "kind False"}
    whole = draw(every(), 60, Random(1))
    assert len(whole) == 10
    assert all(d.sentence.startswith("Trust") for d in whole)
