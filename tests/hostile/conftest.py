"""What the attacks share."""

from __future__ import annotations

import pytest

from tests.hostile.tries import Tries


@pytest.fixture
def tries(request: pytest.FixtureRequest) -> Tries:
    """Counts each attack of this test in the table that the run prints."""
    return Tries(request.node)
