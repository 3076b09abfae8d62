"""The given asks, matched by their facets alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.asks.without_texts import nothing_differs

FILES = ("asks/asks.csv", "asks_v2/given/asks.csv", "asks_v2/former_heldout/asks.csv")


@pytest.mark.parametrize("name", FILES)
def test_nothing_that_is_found_out_differs_without_the_texts(shared_data: Path, name: str) -> None:
    nothing_differs(shared_data / name)
