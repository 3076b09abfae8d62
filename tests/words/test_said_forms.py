"""Every closed list of what may be said: each form is said in some case, and told in the docs."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import remit
from remit.words.forms import SaidForm
from tests.words.said_cases import CASES

ROOT = Path(remit.__file__).parent
DOCS = ROOT.parent.parent / "docs" / "sentences.md"


def lists() -> dict[str, tuple[SaidForm[object], ...]]:
    """The lists of all modules that make one, by their full name."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        if "SaidForm" not in path.read_text(encoding="utf-8") or path.name == "forms.py":
            continue
        name = ".".join(("remit", *path.relative_to(ROOT).with_suffix("").parts))
        for key, value in vars(import_module(name)).items():
            if isinstance(value, tuple) and value and isinstance(value[0], SaidForm):
                found[f"{name}.{key}"] = value
    return found


LISTS = lists()


def test_every_list_has_its_cases() -> None:
    assert set(LISTS) == set(CASES)
    assert len(LISTS) >= 10


@pytest.mark.parametrize("name", sorted(LISTS))
def test_each_form_is_said_in_some_case(name: str) -> None:
    """None is dead, shadowed by one before it: of its facts it is the first that holds."""
    forms = LISTS[name]
    said = []
    for form, facts, words in CASES[name]:
        first = next(one for one in forms if one.holds(facts))
        assert first.name == form
        assert first.says(facts) == words
        said.append(form)
    assert list(dict.fromkeys(said)) == [one.name for one in forms]


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_docs_tell_each_form_with_when_it_is_said(name: str) -> None:
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", DOCS.read_text(encoding="utf-8"), re.M)
    told = {said.strip("“”"): when for said, when in rows}
    for words in (one for _, _, one in CASES[name] if one):
        assert len(told[words]) > 10, words
