"""Commands that read the store give it back before they judge, draw or print."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from remit.cli.run import run
from remit.sample import write_monthly, write_sample
from remit.store import Store
from tests.store.published import sickness, trust_data

REMIT = "from remit.cli import main; main()"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the fictional sample, and a file of asks."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder / "files")
    write_monthly(folder / "monthly")
    found = [str(folder / name) for name in ("files", "monthly")]
    assert run(["ingest", *found, "--store", str(folder / "remit.duckdb")]) == 1
    (folder / "asks.csv").write_text(
        "ask_id,received_on,from_body,to_org_code,title\n1,2025-07-01,NHS England,ZA1,A&E waits\n"
    )
    return folder


@pytest.mark.parametrize(
    ("arguments", "works"),
    [
        (
            ["report", "ZB1", "--period", "Mar 2026", "--formats", "xlsx"],
            "remit.report:build_report",
        ),
        (["spc", "--metric", "ae.four-hours", "--org", "ZA1"], "remit.series:series"),
        (["assess", "--period", "2025/26 Q4"], "remit.assessment.run:assess"),
        (["asks", "match", "ASKS"], "remit.asks.matching:answers"),
    ],
)
def test_the_store_is_free_while_a_command_works_on_what_it_held(
    sample: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    works: str,
) -> None:
    """Whoever writes is let in at once while figures are being judged."""
    module, _, name = works.partition(":")
    work: Callable[..., Any] = getattr(import_module(module), name)
    seen: list[bool] = []

    def watched(*given: Any, **more: Any) -> Any:
        Store.open(sample / "remit.duckdb", wait_seconds=0).close()
        seen.append(True)
        return work(*given, **more)

    monkeypatch.setattr(f"{module}.{name}", watched)
    store = ["--store", str(sample / "remit.duckdb")]
    out = ["--out", str(tmp_path / "out")] if arguments[0] != "spc" else []
    given = [str(sample / "asks.csv") if one == "ASKS" else one for one in arguments]
    assert run([*given, *store, *out]) in {0, 1}
    assert seen


def test_who_reads_a_long_list_page_by_page_keeps_nobody_waiting(tmp_path: Path) -> None:
    """As with ``remit sources --rejections | less``: the pipe is full, and nobody reads on."""
    lines = [
        f"Q1 2025/26,London,x,x,R1A,A trust,Any,Any,OF0082,A,Q,%,bad {n},,,," for n in range(4000)
    ]
    file = trust_data(tmp_path / "a.csv", sickness("5.1"), further_lines=lines)
    path = tmp_path / "remit.duckdb"
    assert run(["ingest", str(file), "--store", str(path)]) == 1
    call = [sys.executable, "-c", REMIT, "sources", "--rejections", "--store", str(path)]
    with subprocess.Popen(call, stdout=subprocess.PIPE) as reading:
        assert reading.stdout is not None
        assert reading.stdout.read(1)
        try:
            Store.open(path, wait_seconds=0).close()
            assert reading.poll() is None
        finally:
            reading.kill()
