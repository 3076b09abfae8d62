"""The count of tries is no good if it cannot tell a fault."""

from __future__ import annotations

import time

import pytest

from remit.model.errors import AskError
from tests.hostile.tries import PROPERTY, Tries, table


class _Item:
    """Stands for a pytest item, of which the count uses the properties alone."""

    def __init__(self) -> None:
        self.user_properties: list[tuple[str, dict[str, object]]] = []


@pytest.fixture
def item() -> _Item:
    return _Item()


def _outcomes(item: _Item) -> list[object]:
    return [told["outcome"] for name, told in item.user_properties if name == PROPERTY]


def test_what_ends_as_itself_held(item: _Item) -> None:
    with Tries(item).attempt("count", "nothing") as refusal:  # type: ignore[arg-type]
        pass
    assert not refusal
    assert _outcomes(item) == ["held"]


def test_a_message_is_a_refusal(item: _Item) -> None:
    with Tries(item).attempt("count", "message") as refusal:  # type: ignore[arg-type]
        raise AskError("this is no list")
    assert [str(one) for one in refusal] == ["this is no list"]
    assert _outcomes(item) == ["refused"]


def test_another_error_is_a_crash(item: _Item) -> None:
    with pytest.raises(KeyError), Tries(item).attempt("count", "crash"):  # type: ignore[arg-type]
        raise KeyError("x")
    assert _outcomes(item) == ["crash"]


def test_what_takes_too_long_is_a_hang(item: _Item) -> None:
    slow = pytest.raises(pytest.fail.Exception)
    with slow, Tries(item).attempt("count", "hang", seconds=0.05):  # type: ignore[arg-type]
        time.sleep(5)
    assert _outcomes(item) == ["hang"]


def test_a_whole_command_is_measured(item: _Item) -> None:
    ran = Tries(item).command("count", "version", ["--version"])  # type: ignore[arg-type]
    assert ran.out.startswith("remit ")
    assert ran.megabytes > 5
    with pytest.raises(AssertionError, match="too large"):
        Tries(item).command("count", "size", ["--help"], megabytes=1)  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="hang"):
        Tries(item).command("count", "time", ["--help"], seconds=0.01)  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="crash"):
        Tries(item).command("count", "code", ["no-such"], codes={0})  # type: ignore[arg-type]
    assert _outcomes(item) == ["held", "too large", "hang", "crash"]


def test_the_table_counts_every_kind(item: _Item) -> None:
    tries = Tries(item)  # type: ignore[arg-type]
    tries.record("a", "one", "held", 1.5, 10)
    tries.record("b", "two", "lost", 0.5, 20)
    lines = table([told for _, told in item.user_properties])
    assert lines[-1].split()[:2] == ["all", "2"]
    assert lines[-1].split()[2:] == ["1", "0", "0", "0", "0", "1", "1.50", "20"]
