"""The demo begins anew, but never at the cost of somebody's figures."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from remit.api import read_each
from remit.cli.exit_codes import WRONG_INPUT
from remit.cli.run import run
from remit.sample import SampleFiles
from remit.store import Store


def keep(path: Path, file: Path) -> None:
    with Store.open(path) as store:
        store.ingest(read_each([file]))


def test_a_store_with_other_files_is_left_alone(
    tmp_path: Path, sample: SampleFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "acute.csv"
    shutil.copy(sample.paths[0], other)
    keep(tmp_path / "remit.duckdb", other)
    before = (tmp_path / "remit.duckdb").read_bytes()
    assert run(["demo", "--out", str(tmp_path)]) == WRONG_INPUT
    assert "holds other files than the sample" in capsys.readouterr().err
    assert (tmp_path / "remit.duckdb").read_bytes() == before
    assert not (tmp_path / "files").exists()


def test_an_earlier_demo_is_replaced(
    tmp_path: Path,
    sample: SampleFiles,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    keep(tmp_path / "remit.duckdb", sample.paths[0])
    monkeypatch.setattr("remit.sample.write_sample", lambda _: sample)
    monkeypatch.setattr("remit.sample.write_monthly", lambda _: ())
    repeated: list[list[str]] = []
    monkeypatch.setattr("remit.cli.demo._repeat", repeated.append)
    built: list[Path] = []

    def build_site(assessments: list[object], out: Path, *, monthly: object) -> object:
        assert len(assessments) == 4
        built.append(out)
        return type("Report", (), {"pages": 1})

    monkeypatch.setattr("remit.pages.standings.site.build_site", build_site)
    assert run(["demo", "--out", str(tmp_path)]) == 0
    with Store.open(tmp_path / "remit.duckdb", read_only=True) as store:
        assert len(store.sources(all_vintages=True)) == len(sample.paths)
    assert built == [tmp_path / "site"]
    expected = ["report", "asks", "asks", "oversight", "who", *["survey"] * 2, *["shift"] * 3]
    expected += [*["practices"] * 2, *["annual"] * 3]
    assert [command[0] for command in repeated] == expected
    assert (tmp_path / "web" / "demonstration").is_file()
    web = shlex.quote(str(tmp_path / "web"))
    assert f"remit web serve {web} --debug" in " ".join(capsys.readouterr().out.split())


def test_a_command_that_fails_ends_the_demo(
    tmp_path: Path, sample: SampleFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("remit.sample.write_sample", lambda _: sample)
    monkeypatch.setattr("remit.sample.write_monthly", lambda _: ())
    monkeypatch.setattr(
        "remit.pages.standings.site.build_site",
        lambda *_, **__: type("Report", (), {"pages": 1}),
    )
    # Without monthly files there is nothing to report on.
    assert run(["demo", "--out", str(tmp_path)]) == WRONG_INPUT
    assert not (tmp_path / "report").exists()
