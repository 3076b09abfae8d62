"""How a command ends when something goes wrong: its exit code, and what it says."""

from __future__ import annotations

import pytest

from remit.cli import run as running
from remit.cli.exit_codes import OWN_FAULT, WRONG_INPUT
from remit.cli.run import run


def ends_by(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let the next command meet an error that no input brings about."""

    def app(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(running, "build_app", lambda: app)


def test_ctrl_c_says_that_nothing_is_half_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ends_by(monkeypatch, KeyboardInterrupt())
    assert run(["org", "RYJ"]) == WRONG_INPUT
    assert capsys.readouterr() == ("", "remit: stopped; nothing was half-written\n")


def test_a_fault_of_its_own_is_told_apart_from_wrong_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("REMIT_TRACEBACK", raising=False)
    ends_by(monkeypatch, ZeroDivisionError("by nothing"))
    assert run(["org", "RYJ"]) == OWN_FAULT
    said = capsys.readouterr().err
    assert said.startswith("remit: a fault of Remit's own: ZeroDivisionError: by nothing\n")
    assert "Traceback" not in said
    monkeypatch.setenv("REMIT_TRACEBACK", "1")
    assert run(["org", "RYJ"]) == OWN_FAULT
    assert capsys.readouterr().err.startswith("Traceback")


def test_an_argument_that_is_no_text_is_told_and_not_called_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    halved = b"caf\xe9.csv".decode("utf-8", "surrogateescape")
    ends_by(monkeypatch, UnicodeEncodeError("utf-8", halved, 3, 4, "surrogates not allowed"))
    assert run(["ingest", halved]) == WRONG_INPUT
    said = capsys.readouterr().err
    assert "this is no text in UTF-8; write it, or name it, anew" in said
    assert "caf" in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["leage"], "remit: No such command 'leage'"),
        (["explain"], "remit: Missing argument"),
        (["org", "RYJ", "--colour"], "remit: No such option: --colour"),
        (["site", "serve", "there", "--port", "70000"], "remit: Invalid value for '--port'"),
    ],
)
def test_what_is_typed_wrong_is_named_and_help_offered(
    capsys: pytest.CaptureFixture[str], typed: list[str], said: str
) -> None:
    assert run(typed) == WRONG_INPUT
    told = capsys.readouterr().err
    assert told.startswith(said)
    assert told.endswith(". See remit --help.\n")


def test_a_command_that_is_nearly_right_is_offered(capsys: pytest.CaptureFixture[str]) -> None:
    run(["leage"])
    assert "league" in capsys.readouterr().err
