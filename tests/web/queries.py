"""How many times a page asks the database."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.world import SafeClient


def queries_of(client: SafeClient, address: str) -> int:
    """The number of queries of an address, when it is asked for the second time."""
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
