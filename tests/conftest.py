"""What all tests share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.groups import ByGroups, check_groups
from tests.hostile.tries import PROPERTY, table

ROOT = Path(__file__).resolve().parent.parent
CONFORMANCE = ROOT / "tests" / "conformance"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in tests/conformance bears the mark by which it is left out or chosen."""
    for item in items:
        if CONFORMANCE in item.path.parents:
            item.add_marker(pytest.mark.conformance)
    check_groups(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroups | None:
    """Whoever runs tests on several processes keeps their groups together."""
    return ByGroups(config, log) if config.getvalue("dist") in {"load", "loadgroup"} else None


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published files, which are not part of the repository.

    It is named by REMIT_SHARED_DATA, or lies beside the repository. Without it the tests that
    need it are skipped; where CI names a folder that is not there they fail.
    """
    named = os.environ.get("REMIT_SHARED_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if folder.is_dir():
        return folder
    reason = f"the published files are not at {folder}; set REMIT_SHARED_DATA to their folder"
    if named and os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def local_spark() -> Iterator[str]:
    """The address of Spark in this process, with two threads; one for all tests that need it.

    Such tests bear the mark ``xdist_group("spark")``, so that one process has them all.
    """
    needs_java()
    from remit.engine.on_spark import stop_spark

    os.environ.setdefault("SPARK_CONF_DIR", str(ROOT / "tests" / "engine" / "settings"))
    yield "local[2]"
    stop_spark()


def needs_java() -> None:
    """A test that needs Spark fails where Java is missing; it is not left out."""
    if shutil.which("java") is None:
        pytest.fail("Spark needs Java 17; install e.g. the Debian package openjdk-17-jre-headless")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How the attacks of this run ended, kind by kind (see tests/hostile/tries.py)."""
    reports = [
        report
        for found in terminalreporter.stats.values()
        for report in found
        if getattr(report, "when", "") == "call"
    ]
    tries = [
        told for report in reports for name, told in report.user_properties if name == PROPERTY
    ]
    if tries:
        terminalreporter.section("attacks: tries and outcomes")
        for line in table(tries):
            terminalreporter.write_line(line)
