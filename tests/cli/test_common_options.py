"""The options that all commands have, and those that all commands that assess have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from remit.cli.app import build_app
from remit.cli.asked import Asked
from remit.cli.exit_codes import DONE, WRONG_INPUT
from remit.cli.output import Speech
from remit.cli.run import run
from remit.sample import write_sample

ASSESSING = ("assess", "explain", "league", "movement", "sensitivity", "what-if", "route", "system")
LESS = {
    "movement": {"period", "cut_points", "judgements", "capability", "system_weight"},
    "sensitivity": {"judgements", "capability", "system_weight"},
    "what-if": {"files", "mode", "judgements", "capability"},
    "route": {"mode", "judgements", "capability", "system_weight"},
    "system": {"judgements", "capability"},
}
"""What a command has no use for; ``what-if`` takes its files among its changes."""


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if hasattr(command, "list_commands"):
        if path and command.invoke_without_command:
            yield path, command
        for name in command.list_commands(None):
            yield from _commands(command.get_command(None, name), (*path, name))
    else:
        yield path, command


ALL = dict(_commands(get_command(build_app())))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return str(folder)


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_the_common_options(path: tuple[str, ...]) -> None:
    taken = {one.name for one in ALL[path].params}
    assert {one.name for one in fields(Speech)} <= taken


def test_common_options_are_quiet_and_no_colour_at_least() -> None:
    options = {option for one in ALL["org",].params for option in one.opts}
    assert {"--quiet", "--no-colour"} <= options


@pytest.mark.parametrize("name", ASSESSING)
def test_every_command_that_assesses_takes_the_shared_options(name: str) -> None:
    taken = {one.name for one in ALL[name,].params}
    assert {one.name for one in fields(Asked)} - LESS.get(name, set()) <= taken


def test_a_common_option_that_is_a_switch_has_no_opposite(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["org", "--help"])
    assert "--no-quiet" not in capsys.readouterr().out


def test_quiet_says_nothing(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["league", sample, "--period", "2025/26 Q4", "--quiet"]) == DONE
    assert capsys.readouterr() == ("", "")


def test_quiet_gives_data_all_the_same(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["league", sample, "--period", "2025/26 Q4", "--format", "csv"]
    run(asked)
    loud = capsys.readouterr().out
    run([*asked, "--quiet"])
    assert capsys.readouterr().out == loud
    assert loud.startswith("org_code,")


def test_quiet_still_says_what_goes_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["org", "ZZ-9", "--quiet"]) == WRONG_INPUT
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("remit: ")


def test_quiet_does_not_outlast_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    run(["org", "RYJ", "--quiet"])
    assert capsys.readouterr().out == ""
    run(["org", "RYJ"])
    assert capsys.readouterr().out.startswith("RYJ ")


def test_without_colour_no_sign_steers_the_terminal(
    sample: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    asked = ["movement", "ZA1", sample, "--from", "2025/26 Q3", "--to", "2025/26 Q4"]
    run(asked)
    coloured = capsys.readouterr().out
    run([*asked, "--no-colour"])
    assert "\x1b[3" not in capsys.readouterr().out.replace("\x1b[3m", "")
    assert "\x1b[" in coloured


def test_a_wrong_format_is_told_the_same_way_everywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["org", "RYJ"], ["sources", "--known"], ["metrics"], ["who", "--to", "RYJ"]):
        assert run([*command, "--format", "xml"]) == WRONG_INPUT
        assert "--format takes one of text, " in capsys.readouterr().err, command
