"""One Spark for all tests that need it; they fail, and are not left out, where Java is missing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def local_spark() -> Iterator[str]:
    """The address of Spark in this process, with two threads."""
    if shutil.which("java") is None:
        pytest.fail("these tests need Java 17, e.g. the Debian package openjdk-17-jre-headless")
    from remit.engine.on_spark import stop_spark

    yield "local[2]"
    stop_spark()
