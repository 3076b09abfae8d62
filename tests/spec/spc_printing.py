"""The cases of the rules of special cause as a page: ``docs/rules-spc.md``, and its pictures.

``python -m tests.spec.spc_printing`` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from inspect import getdoc
from pathlib import Path
from sys import modules

import polars as pl

from remit.pages.drawing.spc_chart import draw_series, standalone
from remit.signals import load_rules, rule_set_names, spc
from remit.signals.charts import Charts
from remit.signals.rule import Rule
from remit.signals.rules import registry
from remit.signals.series_in_words import told_series
from remit.words.figures import trimmed_words
from remit.words.sentences import listed
from tests.spec.spc_rules import Case, cases_of

PAGE = Path(__file__).parents[2] / "docs" / "rules-spc.md"
PICTURES = PAGE.parent / "rules-spc"
COMMAND = "python -m tests.spec.spc_printing"

_HEAD = f"""# Rules of control charts, case by case

This page is printed by the tests from the cases that they run (`tests/spec/spc_rules.py`) and from
the rules themselves (`src/remit/signals/rules`, a file each), so that it says what Remit does. To
write it anew: `{COMMAND}`. What a rule set is, and how limits are made, stands
in [control charts](spc.md).

In every table what stands left of the arrow is given, and what stands right of it follows. Figures
are those of one month after the other; a higher figure is better. Limits lie 2.66 mean moving
ranges from the mean, near limits at two thirds of that, and no range is screened.
"""
_COLUMNS = ("| Month | Figures |  | Named |", "| --- | --- | --- | --- |")


def judged(case: Case) -> Charts:
    """What the rule alone says of the figures of a case."""
    rule = registry()[case.kind].model_validate({"kind": case.kind, **case.keys})
    alone = load_rules("mdc-excel").model_copy(update={"rules": (rule,)})
    days = [date(2024 + at // 12, at % 12 + 1, 1) for at in range(len(case.values))]
    frame = pl.DataFrame({"date": days, "value": list(case.values)})
    return spc(frame, better="higher", series=None, rules=alone)


def pictures() -> dict[str, str]:
    """The first case of each rule, drawn: the name of the file and what is in it."""
    return {f"{kind}.svg": _drawn(cases_of(kind)[0]) for kind in registry()}


def _drawn(case: Case) -> str:
    charts = judged(case)
    return standalone(draw_series(charts.points, charts, case.title, better="higher"))


def page() -> str:
    """The page: a section for each rule."""
    sections = (_section(kind, rule) for kind, rule in registry().items())
    return "\n".join([_HEAD, *sections, _fit()])


_DRIFT = tuple(float(50 + number) for number in range(41))
"""One more every month: the mean is 70, every range is 1, limits are 67.34 and 72.66."""


def _fit() -> str:
    """The law under which no rule is spoken of: what limits must hold to judge."""
    days = [date(2022 + at // 12, at % 12 + 1, 1) for at in range(len(_DRIFT))]
    charts = spc(pl.DataFrame({"date": days, "value": _DRIFT}), better="higher", series=None)
    said = told_series(charts.points, charts, "", better="higher").sentence
    numbers = (f"`{name}`: {load_rules(name).outlook.most_outside:g}" for name in rule_set_names())
    return f"""## When limits describe nothing (`most_outside`)

Where more than so many per cent of the points that made them lie outside their limits, no rule is
spoken of, whatever it names: {"; ".join(numbers)}. Points stay flagged as in the reference.

### One more every month

50, 51, … 90 in 41 months are a mean of 70; every range is 1, so limits are 67.34 and 72.66. Only 68
to 72 lie within. The sentence: “{said}”
"""


def _section(kind: str, rule: type[Rule]) -> str:
    about = (getdoc(modules[rule.__module__]) or "").replace("\nNot for:", "\n\nNot for:")
    lines = [
        f"## {rule.title} (`{kind}`)\n\n{about}\n",
        f"Family: {rule.family}. A point is called {listed(list(_names(rule)))}.\n",
        *_keys(kind, rule),
        f"![{_alternative(kind)}](rules-spc/{kind}.svg)\n",
    ]
    return "\n".join([*lines, *map(_case, cases_of(kind))])


def _names(rule: type[Rule]) -> Iterator[str]:
    for named in (rule.low, rule.high, rule.neither):
        if named is not None:
            yield f"`{named.code}` (“{named.words}”)"


def _keys(kind: str, rule: type[Rule]) -> Iterator[str]:
    """The keys that a rule set gives, and what the rule sets that come with Remit give."""
    for name, key in rule.model_fields.items():
        if name != "kind":
            yield f"- `{name}`: {key.description}"
    using = [
        f"`{name}`: {one.declared}"
        for name in rule_set_names()
        for one in load_rules(name).rules
        if one.kind == kind
    ]
    yield f"- in {'; in '.join(using)}\n" if using else "- in no rule set that comes with Remit\n"


def _alternative(kind: str) -> str:
    case = cases_of(kind)[0]
    return f"{case.title}. {case.sentence}"


def _case(case: Case) -> str:
    mean, lower, upper = (trimmed_words(number) for number in case.limits)
    keys = ", ".join(f"`{name}: {value}`" for name, value in case.keys.items())
    sentence = f" The sentence: “{case.sentence}”" if case.sentence else ""
    head = f"### {case.title}\n\n{case.says}{sentence}\n\n"
    given = f"Mean {mean}, limits {lower} to {upper}{f'; {keys}' if keys else ''}.\n\n"
    rows = [
        f"| {first}{'' if first == last else f' to {last}'} | {figures} | → | {code} |"
        for first, last, figures, code in _runs(case)
    ]
    return head + given + "\n".join([*_COLUMNS, *rows, ""])


def _runs(case: Case) -> Iterator[tuple[int, int, str, str]]:
    """Points in a row that are called the same."""
    start = 1
    count = len(case.values)
    for at in range(1, count + 1):
        code = case.named.get(start, "")
        if at == count or case.named.get(at + 1, "") != code:
            figures = ", ".join(trimmed_words(v) for v in case.values[start - 1 : at])
            yield start, at, figures, f"`{code}`" if code else "–"
            start = at + 1


def write() -> None:
    """Write the page and its pictures."""
    PAGE.write_text(page(), encoding="utf-8")
    PICTURES.mkdir(exist_ok=True)
    for name, text in pictures().items():
        (PICTURES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
