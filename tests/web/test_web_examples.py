"""The examples of the web application run, where Django is set up for it."""

from __future__ import annotations

import doctest
import importlib

import pytest

from tests.test_examples import FINDER, FLAGS, modules

pytestmark = pytest.mark.usefixtures("no_database")


@pytest.mark.parametrize("name", list(modules(of_web=True)))
def test_examples_of_the_web_print_what_they_say(name: str) -> None:
    told: list[str] = []
    for example in FINDER.find(importlib.import_module(name), name):
        doctest.DocTestRunner(verbose=False, optionflags=FLAGS).run(example, out=told.append)
    assert told == [], "".join(told)


def test_what_is_to_open_no_database_is_held_to_it() -> None:
    from remit.web.people.models import Account

    with pytest.raises(AssertionError, match="opens default"):
        Account.objects.count()
