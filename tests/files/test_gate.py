"""The gate: who writes is alone, all wait in order, and whoever is killed is in nobody's way."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from remit.files.gate import Gate, NothingToLock
from remit.files.locks import NoLocks
from remit.files.patience import InUse, Patience
from tests.store.processes import Other

HOLD_AND_COUNT = """
import random, sys, time
from pathlib import Path
from remit.files.gate import Gate
from remit.files.patience import Patience
path, chance = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
print("ready", flush=True)
while True:
    with Gate(path, chance.random() < 0.5, Patience(path, 60)):
        time.sleep(chance.uniform(0, 0.02))
"""

HOLD = """
import sys
from pathlib import Path
from remit.files.gate import Gate
from remit.files.patience import Patience
path = Path(sys.argv[1])
with Gate(path, sys.argv[2] == "write", Patience(path, 60)):
    print("open", flush=True)
    sys.stdin.readline()
"""

FORK = """
import os, sys, time
from pathlib import Path
from remit.files.gate import Gate
from remit.files.patience import Patience
path = Path(sys.argv[1])
with Gate(path, True, Patience(path, 60)):
    child = os.fork()
    if child == 0:
        time.sleep(20)
        os._exit(0)
    print(child, flush=True)
    sys.stdin.readline()
    os.kill(os.getpid(), 9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "any.duckdb"


def gate(path: Path, *, exclusive: bool = True, seconds: float = 0) -> Gate:
    return Gate(path, exclusive, Patience(path, seconds))


def queue(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock.queue")


def until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.005)


# Who is let in -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "is_let_in"),
    [(True, True, False), (True, False, False), (False, True, False), (False, False, True)],
)
def test_who_writes_is_alone_and_readers_are_together(
    path: Path, first: bool, second: bool, is_let_in: bool
) -> None:
    with gate(path, exclusive=first):
        if is_let_in:
            with gate(path, exclusive=second) as other:
                assert other.is_locked
        else:
            with pytest.raises(InUse, match="in use by this very process"):
                gate(path, exclusive=second).__enter__()
    with gate(path) as after:
        assert after.is_locked


def test_only_the_lock_is_left_when_all_is_done(path: Path) -> None:
    with gate(path):
        assert len(list(queue(path).iterdir())) == 1
    assert sorted(one.name for one in path.parent.iterdir()) == ["any.duckdb.lock"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_and_its_target_have_one_gate(path: Path, tmp_path: Path) -> None:
    path.touch()
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link"
    link.symlink_to(path)
    with gate(link), pytest.raises(InUse):
        gate(path).__enter__()


def test_a_gate_that_is_forgotten_is_given_back(path: Path) -> None:
    forgotten = gate(path)
    forgotten.__enter__()
    del forgotten
    with gate(path):
        pass


def test_ctrl_c_while_waiting_gives_up_the_place(path: Path) -> None:
    with gate(path):
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            gate(path, seconds=30).__enter__()
        assert len(list(queue(path).iterdir())) == 1


def test_a_lock_that_was_removed_meanwhile_keeps_nobody_in_or_out(path: Path) -> None:
    """Whoever waits for the removed one must come to the new one."""
    lock = path.with_name("any.duckdb.lock")
    with gate(path):
        lock.unlink()
        with pytest.raises(InUse):
            gate(path).__enter__()
    with gate(path), pytest.raises(InUse):
        gate(path).__enter__()


# In order ----------------------------------------------------------------------------------------


def noted(ticket: Path) -> bool:
    """Whether a ticket says who holds it; one that is cleared meanwhile does not."""
    try:
        return ticket.stat().st_size > 0
    except FileNotFoundError:
        return False


def test_all_wait_in_the_order_in_which_they_came(path: Path) -> None:
    order: list[int] = []
    threads = []
    with gate(path):
        for number in range(12):
            threads.append(threading.Thread(target=enter, args=(path, True, number, order)))
            threads[-1].start()
            # A ticket is a place once its owner has locked it and written who that is: before, who
            # looks takes it for a dead one's, and its owner joins anew behind the next.
            until(lambda: sum(noted(one) for one in queue(path).iterdir()) == len(threads) + 1)
    for thread in threads:
        thread.join()
    assert order == list(range(12))


def test_readers_do_not_pass_a_writer_who_came_first_and_go_together(path: Path) -> None:
    order: list[int] = []
    threads = []
    kinds = [False, False, True, False, False, True]
    with gate(path, exclusive=False):
        for number, writes in enumerate(kinds):
            threads.append(threading.Thread(target=enter, args=(path, writes, number, order)))
            threads[-1].start()
            until(lambda: len(list(queue(path).iterdir())) + len(order) >= len(threads) + 1)
        until(lambda: sorted(order) == [0, 1])
        time.sleep(0.1)
        assert sorted(order) == [0, 1], "a reader passed the writer who waits"
    for thread in threads:
        thread.join()
    assert [set(order[:2]), order[2], set(order[3:5]), order[5]] == [{0, 1}, 2, {3, 4}, 5]


def enter(path: Path, writes: bool, number: int, order: list[int]) -> None:
    with gate(path, exclusive=writes, seconds=60):
        order.append(number)


@pytest.mark.parametrize("crowd_writes", [True, False])
def test_nobody_is_starved(path: Path, crowd_writes: bool) -> None:
    """One who writes among many who read without a pause, and the other way round."""
    done = threading.Event()

    def come_again() -> None:
        while not done.is_set():
            with gate(path, exclusive=crowd_writes, seconds=60):
                time.sleep(0.02)

    crowd = [threading.Thread(target=come_again) for _ in range(4)]
    for one in crowd:
        one.start()
    waits = []
    try:
        for _ in range(5):
            started = time.monotonic()
            with gate(path, exclusive=not crowd_writes, seconds=30):
                waits.append(time.monotonic() - started)
    finally:
        done.set()
        for one in crowd:
            one.join()
    assert max(waits) < 5


def test_threads_are_kept_apart(path: Path) -> None:
    inside: list[int] = []
    most = []

    def work() -> None:
        for _ in range(25):
            with gate(path, seconds=60):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0)
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(most), max(most)) == (100, 1)


# Killed ------------------------------------------------------------------------------------------


def kill_at_random(path: Path, rounds: int) -> Iterator[float]:
    """Kill those who hold and wait, again and again; how long it then takes to be let in."""
    chance = random.Random(20261126)
    for number in range(rounds):
        with ExitStack() as stack:
            others = [
                stack.enter_context(Other(HOLD_AND_COUNT, path, str(number * 10 + one)))
                for one in range(3)
            ]
            for other in others:
                other.wait_for("ready")
            for other in others:
                time.sleep(chance.uniform(0, 0.05))
                other.kill()
        started = time.monotonic()
        with gate(path, seconds=10):
            yield time.monotonic() - started


def test_whoever_is_killed_is_in_nobodys_way(path: Path) -> None:
    assert max(kill_at_random(path, 4)) < 1
    assert sorted(one.name for one in path.parent.iterdir()) == ["any.duckdb.lock"]


@pytest.mark.evidence
def test_whoever_is_killed_is_in_nobodys_way_a_hundred_times(path: Path) -> None:
    assert max(kill_at_random(path, 100)) < 1


def test_one_who_is_killed_while_waiting_keeps_nobody_behind_it(path: Path) -> None:
    with gate(path), Other(HOLD, path, "write") as waiting:
        until(lambda: len(list(queue(path).iterdir())) == 2)
        waiting.kill()
        behind = threading.Thread(target=enter, args=(path, True, 1, order := []))
        behind.start()
        until(lambda: len(list(queue(path).iterdir())) == 2)
    behind.join(timeout=5)
    assert order == [1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process is forked there")
def test_a_forked_child_does_not_go_on_holding_the_gate_of_its_killed_parent(path: Path) -> None:
    with Other(FORK, path) as parent:
        assert parent.process.stdout is not None
        child = int(parent.process.stdout.readline())
        try:
            parent.go()
            parent.process.wait()
            with gate(path, seconds=5):
                os.kill(child, 0)
        finally:
            os.kill(child, signal.SIGKILL)


# What is told ------------------------------------------------------------------------------------


def test_who_waits_long_is_told_who_holds_it_and_not_who_is_dead(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Other(HOLD, path, "read") as dead, Other(HOLD, path, "read") as living:
        for other in (dead, living):
            other.wait_for("open")
        dead.kill()
        threading.Timer(2.5, living.go).start()
        with gate(path, seconds=30):
            (said,) = capsys.readouterr().err.splitlines()
    assert f"in use by process {living.process.pid} (python, since " in said
    assert str(dead.process.pid) not in said


def test_what_is_written_in_a_ticket_is_not_believed(path: Path) -> None:
    """Foreign text, a process that never was, a ticket that nobody holds."""
    queue(path).mkdir()
    for name, text in [
        ("0000000001.w.1.abcdef", '{"command": "\\u001b[31m", "since": "x", "is_waiting": false}'),
        ("0000000002.w.999999999.abcdef", "not json"),
        ("0000000003.w.x.abcdef", ""),
        ("readme.txt", "no ticket"),
    ]:
        (queue(path) / name).write_text(text)
    with gate(path) as entered:
        assert entered.is_locked
        (queue(path) / "0000000000.w.1.abcdef").write_text("{}")
    assert {one.name for one in queue(path).iterdir()} >= {"readme.txt"}
    assert not (queue(path) / "0000000002.w.999999999.abcdef").exists()


# Where nothing can be locked ---------------------------------------------------------------------


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that keeps no locks, as some network shares."""

    def refuse(*_: object, **__: object) -> bool:
        raise NoLocks("No locks available")

    monkeypatch.setattr("remit.files.gate.try_lock", refuse)
    monkeypatch.setattr("remit.files.queue.try_lock", refuse)
    monkeypatch.setattr("remit.files.gate._said", set())


@pytest.mark.usefixtures("no_locks")
def test_who_reads_where_nothing_can_be_locked_is_told_and_who_writes_is_refused(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with gate(path, exclusive=False) as entered:
        assert not entered.is_locked
    assert "is read without a lock, since nothing can be locked in" in capsys.readouterr().err
    with pytest.raises(NothingToLock, match=r"\(No locks available\), and without a lock two"):
        gate(path).__enter__()


AS_NOBODY = """
import os, sys
from pathlib import Path
from remit.files.gate import Gate
from remit.files.patience import Patience
from remit.model.errors import StoreError
path, write = Path(sys.argv[1]), sys.argv[2] == "write"
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    with Gate(path, write, Patience(path, 0.2)) as gate:
        print("locked" if gate.is_locked else "unlocked", flush=True)
except StoreError as error:
    print(type(error).__name__, flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="rights are another matter there")
@pytest.mark.parametrize(
    ("has_lock", "is_held", "wants", "outcome", "said"),
    [
        (True, False, "read", "locked", "no place in the queue is to be had in"),
        (True, True, "read", "InUse", "no place in the queue is to be had in"),
        (False, False, "read", "unlocked", "is read without a lock, since nothing can be locked"),
        (False, False, "write", "NothingToLock", ""),
    ],
)
def test_a_folder_that_cannot_be_written(
    open_to_all: Path, has_lock: bool, is_held: bool, wants: str, outcome: str, said: str
) -> None:
    path = open_to_all / "any.duckdb"
    with ExitStack() as stack:
        if has_lock:
            with gate(path):
                pass
        if is_held:
            stack.enter_context(gate(path))
        open_to_all.chmod(0o555)
        try:
            with Other(AS_NOBODY, path, wants) as nobody:
                nobody.wait_for(outcome)
                assert said in nobody.finish()
        finally:
            open_to_all.chmod(0o755)


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that another user can reach; pytest's own are for one alone."""
    with TemporaryDirectory(prefix="remit-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="does not exist; make it first"):
        gate(tmp_path / "no" / "any.duckdb").__enter__()


# What lies where the lock's file is to be -------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize("points_to", ["nothing", "a file", "itself", "a folder"])
def test_a_link_in_the_place_of_the_lock_is_told_and_not_followed(
    path: Path, tmp_path: Path, points_to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else the lock of one store could be another's, and a file be made and opened to others."""
    lock, elsewhere = path.with_name(f"{path.name}.lock"), tmp_path / "elsewhere" / "theirs"
    elsewhere.parent.mkdir()
    if points_to == "a file":
        elsewhere.touch(mode=0o600)
    elif points_to == "a folder":
        elsewhere.mkdir()
    lock.symlink_to(lock if points_to == "itself" else elsewhere)
    found = sorted(elsewhere.parent.iterdir())
    with pytest.raises(NothingToLock) as refused:
        gate(path).__enter__()
    said = f"{lock.name} is a link to another place, and Remit makes its lock's file itself"
    assert said in str(refused.value)
    assert "does not exist" not in str(refused.value)
    assert f"delete {lock.name}" in str(refused.value)
    with gate(path, exclusive=False) as entered:
        assert not entered.is_locked
    assert said in capsys.readouterr().err
    assert sorted(elsewhere.parent.iterdir()) == found
    if points_to == "a file":
        assert elsewhere.stat().st_mode & 0o777 == 0o600
    lock.unlink()
    with gate(path) as entered:
        assert entered.is_locked


@pytest.mark.parametrize("what", ["folder", "pipe"])
def test_what_is_no_file_in_the_place_of_the_lock_is_told(path: Path, what: str) -> None:
    lock = path.with_name(f"{path.name}.lock")
    if what == "folder":
        lock.mkdir()
    elif hasattr(os, "mkfifo"):
        os.mkfifo(lock)
    else:
        pytest.skip("there are no pipes with names there")
    with pytest.raises(NothingToLock, match=f"{lock.name} is no file"):
        gate(path).__enter__()


TICKET = "0000000001.w.999999.abcdef"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize("points_to", ["nothing", "a file", "itself", "a folder"])
def test_a_link_in_the_place_of_the_queue_is_told_and_not_followed(
    path: Path, tmp_path: Path, points_to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that points to nothing had everybody try for ever."""
    queue, theirs = path.with_name(f"{path.name}.lock.queue"), tmp_path / "theirs"
    if points_to == "a file":
        theirs.touch()
    elif points_to == "a folder":
        theirs.mkdir()
        (theirs / TICKET).touch()
    queue.symlink_to(queue if points_to == "itself" else theirs)
    with gate(path) as entered:
        assert entered.is_locked
    assert f"{queue.name} is no folder" in capsys.readouterr().err
    if points_to == "a folder":
        assert [one.name for one in theirs.iterdir()] == [TICKET]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names there")
def test_a_pipe_among_the_tickets_keeps_nobody(path: Path) -> None:
    queue = path.with_name(f"{path.name}.lock.queue")
    queue.mkdir()
    os.mkfifo(queue / TICKET)
    with gate(path) as entered:
        assert entered.is_locked
