"""What the attacks share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.tries import Tries

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every attack has a limit of time."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.timed)


@pytest.fixture
def tries(request: pytest.FixtureRequest) -> Tries:
    """Counts each attack of this test in the table that the run prints."""
    return Tries(request.node)
