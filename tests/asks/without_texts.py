"""What is found out about the asks of a file does not depend on their texts being kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from remit.asks import FunctionReader, load_burden
from remit.asks.matching import kept_words, least, match, read_asks
from remit.model.ask import Ask
from remit.oversight import load_rules, make_plan, match_asks
from remit.oversight.words import summary
from remit.remits import outside_subject


def nothing_differs(path: Path) -> None:
    """Pairs, clusters, answers, horizons, functions and plans of a file, with texts and without."""
    whole = list(read_asks(path).asks)
    kept = [least(ask) for ask in whole]
    assert all(ask.text == kept_words(ask.text) and ask.facets for ask in kept)
    assert match(kept) == match(whole)
    functions, rules = FunctionReader(load_burden()), load_rules()
    assert [*map(functions.of, kept)] == [*map(functions.of, whole)]
    assert [*map(rules.collects, kept)] == [*map(rules.collects, whole)]
    assert any(functions.of(ask) != functions.of(replace(ask, text="")) for ask in whole)
    for code in sorted({ask.to_org_code for ask in whole})[:2]:
        assert _plan(kept, code) == _plan(whole, code)


def _plan(asks: list[Ask], code: str) -> tuple[str, list[object]]:
    made = make_plan(
        asks, match_asks(asks), outside_subject(code, code), date(2026, 1, 1), load_rules()
    )
    fated = [(one.ask.ask_id, one.fated, one.saved) for part in made.functions for one in part.asks]
    return summary(made), [*fated]
