"""A server of an instance that is killed while people write, and what they were told was kept."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

HOST = "127.0.0.1"
KEPT, DEBUG_COOKIE = 302, "remit-csrf"
DAY_ONE = date(2030, 1, 1)


class Server:
    """``remit web serve`` on a free port; begun as it is typed, or from a warm process.

    The warm process makes the demonstration first.
    """

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = free.getsockname()[1]
        self.folder, self.environ = folder, environ
        self.master = 0
        self._typed: subprocess.Popen[str] | None = None
        words = ["-m", "tests.web.warm_server", str(folder), str(self.port)]
        self._warm = self._popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def begin(self, *, is_typed: bool = False) -> None:
        """Begin, and wait until it answers."""
        if is_typed:
            words = ["-m", "remit", "web", "serve", str(self.folder), "--debug", "--port"]
            self._typed = self._popen([*words, str(self.port)], start_new_session=True)
            self.master = self._typed.pid
        else:
            self._typed, self.master = None, self._forked()
        self.answers()

    def _forked(self) -> int:
        assert self._warm.stdin
        assert self._warm.stdout
        self._warm.stdin.write("\n")
        self._warm.stdin.flush()
        for line in self._warm.stdout:  # what servers say stands there as well
            if line.strip().isdecimal():
                return int(line)
        raise AssertionError("the warm process ended")

    def _popen(self, words: list[str], **more: Any) -> subprocess.Popen[str]:
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | more
        return subprocess.Popen([sys.executable, *words], env=self.environ, text=True, **streams)

    def answers(self) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + 600
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if asked(self.port, "GET", "/health/")[0] == 200:
                    return
            assert self._typed is None or self._typed.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.02)

    def workers(self) -> list[int]:
        """The processes that answer."""
        told = Path(f"/proc/{self.master}/task/{self.master}/children").read_text()
        return [int(one) for one in told.split()]

    def kill(self, whom: str) -> None:
        """Kill everything at once, the process that began the others, or one that answers."""
        if whom == "all":
            os.killpg(self.master, signal.SIGKILL)
        else:
            one = self.master if whom == "master" else random.choice(self.workers())
            os.kill(one, signal.SIGKILL)

    def gone(self) -> None:
        """Wait until nobody listens any more: those whose master is gone end by themselves."""
        if self._typed is not None:
            self._typed.wait(60)
        deadline = time.monotonic() + 60
        with contextlib.suppress(ConnectionRefusedError):
            while time.monotonic() < deadline:
                with closing(socket.create_connection((HOST, self.port))):
                    time.sleep(0.02)
            raise AssertionError("what was killed listens still")

    def end(self) -> None:
        """End what runs, by its number."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.master, signal.SIGKILL)
        for one in filter(None, (self._typed, self._warm)):
            one.kill()
            one.communicate()


def asked(
    port: int, method: str, path: str, form: dict[str, Any] | None = None, cookies: str = ""
) -> tuple[int, http.client.HTTPMessage, str]:
    """An answer; of one that was broken off after its head, the head."""
    headers = {"Cookie": cookies}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    with closing(http.client.HTTPConnection(HOST, port, timeout=60)) as line:
        line.request(method, path, urlencode(form, doseq=True) if form else None, headers)
        found = line.getresponse()
        text = b""
        with contextlib.suppress(OSError, http.client.HTTPException):
            text = found.read()
        return found.status, found.headers, text.decode()


@dataclass
class Writer:
    """Somebody who is signed in and writes without a pause, each time something new."""

    port: int
    who: str
    said: dict[str, int] = field(default_factory=dict)
    """What was sent → the answer; 0 where none came."""
    _cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self) -> None:
        self.ask("GET", "/demo/")
        assert self.ask("POST", "/demo/", {"who": f"{self.who}@remit.example"})[0] == KEPT

    def ask(self, method: str, path: str, form: dict[str, Any] | None = None) -> tuple[int, str]:
        """Ask for a page, or send a form, as a browser does."""
        if form is not None:
            form = {"csrfmiddlewaretoken": self._cookies[DEBUG_COOKIE], **form}
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        status, headers, text = asked(self.port, method, path, form, cookies)
        for one in headers.get_all("Set-Cookie") or []:
            name, _, value = one.partition(";")[0].partition("=")
            self._cookies[name] = value
        return status, text

    def send(self, what: str, path: str, form: dict[str, Any]) -> None:
        """Send a form and note what was answered."""
        self.said[what] = 0
        self.said[what] = self.ask("POST", path, form)[0]

    def write(self, number: int) -> None:
        raise NotImplementedError

    @property
    def answered(self) -> list[str]:
        """What was sent and answered as kept, in this order."""
        return [what for what, status in self.said.items() if status == KEPT]

    @property
    def unanswered(self) -> set[str]:
        return {what for what, status in self.said.items() if status == 0}

    def wrong(self, stands: Any) -> list[str]:
        """What does not stand in the records as it was told, in words."""
        told = [
            f"{what}: {status}" for what, status in self.said.items() if status not in {0, KEPT}
        ]
        return [*told, *self.astray(stands)]

    def astray(self, stands: Any) -> list[str]:
        raise NotImplementedError

    def _each_once(self, found: list[str]) -> list[str]:
        """Of what stands: what is missing, what was never sent, what stands twice."""
        there = set(found)
        lost = [f"lost: {one}" for one in self.answered if one not in there]
        twice = ["something stands twice"] if len(there) < len(found) else []
        more = there - set(self.answered) - self.unanswered
        return [*lost, *twice, *(f"from nowhere: {one}" for one in more)]


class Enters(Writer):
    """Enters actions that come from an ask."""

    def write(self, number: int) -> None:
        form = {"what": f"Killed {number}", "owner": "medical director"}
        self.send(form["what"], "/asks/one/Q01/action/", form)

    def astray(self, stands: Any) -> list[str]:
        rows = stands("Action").filter(what__startswith="Killed ", ask_id="Q01")
        return self._each_once(list(rows.values_list("what", flat=True)))


class Comments(Writer):
    """Says what is wrong in a plan."""

    def write(self, number: int) -> None:
        form = {"act": "correct", "part": "trust", "seen": "0", "correct-trust-item": "",
                "correct-trust-text": f"Remark {number}"}  # fmt: skip
        self.send(form["correct-trust-text"], "/plans/one/PLAN-1/act/", form)

    def astray(self, stands: Any) -> list[str]:
        rows = stands("PlanView").filter(text__startswith="Remark ")
        return self._each_once(list(rows.values_list("text", flat=True)))


class ChangesSeveral(Writer):
    """Gives several actions another day: all of them, or none."""

    ids: tuple[str, ...] = ()

    def begin(self, count: int) -> None:
        """Enter the actions that will be changed."""
        for number in range(count):
            form = {"what": f"Several {number}", "owner": "chief nurse"}
            assert self.ask("POST", "/asks/one/L01/action/", form)[0] == KEPT
        _, page = self.ask("GET", "/asks/one/L01/")
        self.ids = tuple(sorted(set(re.findall(r"/actions/one/(ACT-\d+)/", page))))
        assert len(self.ids) == count

    def write(self, number: int) -> None:
        day = (DAY_ONE + timedelta(days=number)).isoformat()
        form = {"id": self.ids, "owner": "", "due_on": day}
        _, page = self.ask("POST", "/actions/several/", {**form, "step": "look"})
        seen = dict(re.findall(r'name="(seen-ACT-\d+)" value="(\d+)"', page))
        if len(seen) == len(self.ids):
            self.send(day, "/actions/several/", {**form, "step": "do", **seen})

    def astray(self, stands: Any) -> list[str]:
        days = set(stands("Action").filter(pk__in=self.ids).values_list("due_on", flat=True))
        told = {str(one) for one in days}
        if len(told) > 1:
            return [f"half of them changed: {sorted(told)}"]
        after = self.answered[-1:] or ["None"]
        late = [one for one in self.unanswered if one > after[0] or after == ["None"]]
        return [] if told <= {*after, *late} else [f"{told} in place of {after}"]


class Crowd:
    """Writers at once; each goes on until it is told to stop, or nobody answers."""

    def __init__(self, *writers: Writer) -> None:
        self.writers = writers
        self._numbers = dict.fromkeys(range(len(writers)), 0)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """While this lasts all write; it begins when each has written once."""
        stop = threading.Event()
        begun = [threading.Event() for _ in self.writers]
        threads = [
            threading.Thread(target=self._write, args=(place, begun[place], stop), daemon=True)
            for place in range(len(self.writers))
        ]
        for one in threads:
            one.start()
        try:
            assert all(one.wait(60) for one in begun), "somebody could not write"
            yield
        finally:
            stop.set()
            for one in threads:
                one.join(90)

    def _write(self, place: int, begun: threading.Event, stop: threading.Event) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            while not stop.is_set():
                self._numbers[place] += 1
                self.writers[place].write(self._numbers[place])
                begun.set()

    def unanswered(self) -> int:
        """How many writes were cut."""
        return sum(len(one.unanswered) for one in self.writers)
