"""Tests that bear one mark ``xdist_group`` run one after another in one process.

The distribution ``loadgroup`` tells groups by names of tests that it changes, which pytest 9.2 does
not let it: it distributes such tests as if the mark were not there (pytest-xdist, issue 1386), and
each process makes anew what the group was to share. Here the group is read from the file.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
_MARK = re.compile(r'^(?:pytestmark = |    )pytest\.mark\.xdist_group\("([^"]+)"\)', re.MULTILINE)


class ByGroups(LoadScopeScheduling):
    """Gives the tests of one group to one process, and each other test to whoever is free."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid.partition("::")[0]) or nodeid


@cache
def group_of(file: str) -> str:
    """The group of all tests of a file, by its path from the root; blank where it has none."""
    path = ROOT / file
    if path.suffix != ".py" or not path.is_file():
        return ""
    found = _MARK.search(path.read_text(encoding="utf-8"))
    return found[1] if found else ""


def check_groups(items: list[pytest.Item]) -> None:
    """Refuse a mark that stands where it is not read: at a test, and not at its whole file."""
    for item in items:
        marks = [mark.args[0] for mark in item.iter_markers("xdist_group")]
        read = group_of(item.nodeid.partition("::")[0])
        if marks != [read] * bool(read):
            raise pytest.UsageError(f"{item.nodeid}: give the group {marks} to the whole file")
