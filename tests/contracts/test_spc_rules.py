"""What every rule of special cause must bring: words, a docs entry, a drawn example, cases."""

from __future__ import annotations

from collections import Counter
from inspect import getdoc
from pathlib import Path
from sys import modules

import pytest

from remit.pages.drawing.spc_chart import draw_series
from remit.signals import load_rules, rule_set_names
from remit.signals.icons import VARIATION_WORDS
from remit.signals.rule import Rule
from remit.signals.rules import registry
from remit.signals.series_in_words import told_series
from tests.spec.spc_printing import COMMAND, judged
from tests.spec.spc_rules import cases_of

DOCS = Path(__file__).parents[2] / "docs"
EACH = pytest.mark.parametrize("kind", registry())


def named(rule: type[Rule]) -> list[str]:
    """The codes that a rule gives to points."""
    return [one.code for one in (rule.low, rule.high, rule.neither) if one is not None]


@EACH
def test_it_says_what_it_is_for_and_what_its_keys_are(kind: str) -> None:
    rule = registry()[kind]
    about = getdoc(modules[rule.__module__]) or ""
    for said in ("\nFor: ", "\nNot for: "):
        assert said in about, f"{kind}: the module's first words have no line “{said.strip()}”"
    assert rule.title, f"{kind} has no title"
    assert rule.family, f"{kind} has no family"
    assert rule.model_fields["kind"].default == kind
    for name, key in rule.model_fields.items():
        assert name == "kind" or key.description, f"{kind}: the key {name} has no description"


@EACH
def test_it_knows_both_sides_or_none_and_names_them(kind: str) -> None:
    rule = registry()[kind]
    assert (rule.low is None) == (rule.high is None)
    assert (rule.low is None) != (rule.neither is None)
    for one in (rule.low, rule.high, rule.neither):
        assert one is None or (one.words and one.code.replace("_", "").isalpha())


def test_no_two_rules_give_one_code() -> None:
    codes = Counter(code for rule in registry().values() for code in named(rule))
    assert max(codes.values()) == 1


@EACH
def test_it_has_cases_that_speak_and_one_that_does_not(kind: str) -> None:
    ours = cases_of(kind)
    assert any(len(case.values) in case.named for case in ours), (
        f"{kind}: no case in tests/spec/spc_rules.py names its latest point"
    )
    assert any(not case.named for case in ours), (
        f"{kind}: there is no case in tests/spec/spc_rules.py in which it is silent"
    )
    codes = {code for case in ours for code in case.named.values()}
    assert codes <= set(named(registry()[kind]))


@EACH
def test_its_first_case_is_drawn_and_told_in_words(kind: str) -> None:
    case = cases_of(kind)[0]
    charts = judged(case)
    chart = draw_series(charts.points, charts, case.title, better="higher")
    assert case.sentence, f"{kind}: the first case has no sentence; the chart says: {chart.finding}"
    assert case.sentence in chart.finding
    (row,) = charts.series.to_dicts()
    _, words = charts.rules.spoken[row["rule"]]
    assert words
    assert VARIATION_WORDS[row["variation"]]
    special = [dot for dot in chart.wide.dots if not dot.css.startswith("spc-common")]
    points = told_series(charts.points, charts, case.title, better="higher").charted.points
    assert sum(bool(point.rule) for point in points) == len(case.named)
    # A signal that has ended is drawn as a usual point.
    assert len(special) == sum(bool(point.rule) and not point.ended for point in points)


@EACH
def test_it_has_a_docs_entry_with_its_picture(kind: str) -> None:
    text = (DOCS / "rules-spc.md").read_text(encoding="utf-8")
    again = f"{kind} does not stand in docs/rules-spc.md; write it anew: {COMMAND}"
    assert f"(`{kind}`)\n" in text, again
    assert f"](rules-spc/{kind}.svg)" in text, again
    assert (DOCS / "rules-spc" / f"{kind}.svg").exists(), again


@pytest.mark.parametrize("name", rule_set_names())
def test_a_rule_set_names_each_of_its_rules_once(name: str) -> None:
    rules = load_rules(name)
    assert {type(rule) for rule in rules.rules} <= set(registry().values())
    codes = [code for rule in rules.rules for code in (n.code for n in rule.names.values())]
    assert len(codes) == len(set(codes)) == len(rules.spoken)
