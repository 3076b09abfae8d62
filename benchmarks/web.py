"""The web application under load: how long people wait, and at which rate they begin to wait.

``python benchmarks/web.py`` fills an instance with invented organisations, people and asks, serves
it on the machine itself, and lets 50 signed-in people look and write: each one request in five
seconds on average, nine looks to one change. Then more and more people, until of 100 answers five
take a second. ``--postgresql`` does the same on a PostgreSQL of its own, in a temporary folder.
``--keep FOLDER`` keeps what was filled, and serves it the next time; into PostgreSQL it then comes
by a copy.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np

ROOT = Path(__file__).parents[1]
HOST, SESSIONS = "remit.example", "sessions.json"
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/"}
SECONDS_BETWEEN, WRITES_IN = 5.0, 10
MIX = (("home", 3), ("asks", 4), ("late", 1), ("word", 2), ("search", 2), ("one", 5),
       ("actions", 3), ("organisations", 1), ("organisation", 2), ("history", 1))  # fmt: skip
WORDS = (
    "discharge",
    "winter",
    "theatre",
    "agency",
    "stroke",
    "falls",
    "dementia",
    "cancer",
    "beds",
)
KINDS = ("Return", "Plan", "Assurance", "Data request", "Trajectory", "Review")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


# Filling ------------------------------------------------------------------------------------------


def fill(folder: Path, organisations: int, people: int, asks: int) -> None:
    """Run in a process of its own: Django is set up once in one."""
    from remit.web import make_instance, started

    started(make_instance(folder))
    from django.db import transaction

    from remit.web.people.asking import today
    from remit.web.running.tables import lay_tables

    lay_tables()
    draw, on = random.Random(7), today()
    codes = [f"ZY{number:03}" for number in range(organisations)]
    begun = time.monotonic()
    with transaction.atomic():
        _agreements(codes, on)
        _people(codes, people, on, draw)
    for start in range(0, asks, 2000):
        with transaction.atomic():
            for number in range(start, min(start + 2000, asks)):
                _ask(number, draw.choice(codes), draw, on)
        print(f"  {min(start + 2000, asks):,} asks, {time.monotonic() - begun:.0f} s",
              end="\r", file=sys.stderr, flush=True)  # fmt: skip
    print(file=sys.stderr)
    from django.db import connection

    if connection.vendor == "postgresql":  # which it does by itself, some time later
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def sign_in(folder: Path, many: int) -> None:
    """Begin sessions of some of the people; their keys stand in a file of the folder."""
    from remit.web import open_instance, started

    started(open_instance(folder))
    from remit.web.people.models import Account

    accounts = list(Account.objects.order_by("pk"))
    keys = [_session(one) for one in random.Random(7).sample(accounts, min(many, len(accounts)))]
    (folder / SESSIONS).write_text(json.dumps(keys), encoding="utf-8")


def _agreements(codes: list[str], on: Any) -> None:
    """Invented organisations stand on no register, so agreements say who sees whom."""
    from remit.records.audit import SYSTEM, Event, create
    from remit.web.people.models import SharingAgreement

    began = on - timedelta(days=400)
    seers = {"ZX00": codes}
    seers |= {f"ZX1{n}": codes[n::7] for n in range(7)}
    seers |= {f"ZX2{n:02}": codes[n::42] for n in range(42)}
    for seer, seen in seers.items():
        for code in seen:
            create(Event(SYSTEM, seer, "add"), SharingAgreement, title="benchmark", seer=seer,
                   seen=code, sees=True, valid_from=began)  # fmt: skip


def _people(codes: list[str], people: int, on: Any, draw: random.Random) -> None:
    from remit.web.people.memberships import begin_membership
    from remit.web.people.models import Account

    for number in range(people):
        kind = number % 50
        home = ("ZX00" if kind == 0 else f"ZX1{number % 7}" if kind < 5
                else f"ZX2{number % 42:02}" if kind < 15 else draw.choice(codes))  # fmt: skip
        account = Account.objects.make(f"p{number}@remit.example", f"Person {number}")
        begin_membership(account, home, "contributor", on - timedelta(days=300))


def _ask(number: int, code: str, draw: random.Random, on: Any) -> None:
    from remit.records.audit import SYSTEM, Event, create
    from remit.records.loading import model

    received = on - timedelta(days=draw.randrange(720))
    is_open = draw.random() < 0.3
    create(Event(SYSTEM, code, "add"), model("Ask"), ask_id=f"ASK-{number}", key=f"k{number}",
           to_org_code=code, from_body="NHS England", received_on=received,
           due_on=received + timedelta(days=draw.randrange(5, 90)),
           title=f"{draw.choice(KINDS)} on {draw.choice(WORDS)} and {draw.choice(WORDS)}",
           status="open" if is_open else "closed")  # fmt: skip
    if number % 5 == 0:
        create(Event(SYSTEM, code, "add"), model("Action"), action_id=f"ACT-{number}",
               ask_id=f"ASK-{number}", what=f"Send the {draw.choice(WORDS)} plan",
               owner="chief operating officer", organisation=code,
               due_on=on + timedelta(days=draw.randrange(-30, 60)))  # fmt: skip


def _session(account: Any) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    made = SessionStore()
    made[SESSION_KEY] = str(account.pk)
    made[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    made[HASH_SESSION_KEY] = account.get_session_auth_hash()
    made.create()
    return str(made.session_key)


# People -------------------------------------------------------------------------------------------


@dataclass
class Seen:
    """What all people together saw."""

    seconds: list[tuple[str, float]] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)


class Visitor(threading.Thread):
    """Somebody who looks and now and then writes, until told to stop."""

    def __init__(self, port: int, key: str, seed: int, until: float, seen: Seen) -> None:
        super().__init__(daemon=True)
        self._port, self._cookie, self._until, self._seen = (
            port,
            {"__Host-remit-session": key},
            until,
            seen,
        )
        self._draw = random.Random(seed)
        self._asks: list[str] = []
        self._codes: list[str] = []

    def run(self) -> None:
        time.sleep(self._draw.random() * SECONDS_BETWEEN)
        self._note(self._get("/asks/", "asks"))
        self._note(self._get("/organisations/", "organisations"))
        names, weights = zip(*MIX, strict=True)
        while time.monotonic() < self._until:
            time.sleep(self._draw.expovariate(1 / SECONDS_BETWEEN))
            if self._draw.randrange(WRITES_IN) == 0:
                self._write()
            else:
                kind = self._draw.choices(names, weights)[0]
                self._note(self._get(self._address(kind), kind))

    def _address(self, kind: str) -> str:
        word = self._draw.choice(WORDS)
        one = self._draw.choice(self._asks or ["ASK-0"])
        code = self._draw.choice(self._codes or ["ZY000"])
        page = self._draw.randrange(1, 4)
        paths = {"home": "/", "asks": f"/asks/?page={page}", "word": f"/asks/?q={word}",
                "search": f"/search/?q={word}", "one": f"/asks/one/{one}/", "actions": "/actions/",
                "late": "/actions/?late=1", "organisations": "/organisations/",
                "organisation": f"/organisations/{code}/",
                "history": f"/changes/ask/{one}/"}  # fmt: skip
        return paths[kind]

    def _note(self, page: str) -> None:
        self._asks = list(set(re.findall(r"/asks/one/([\w-]+)/", page))) or self._asks
        self._codes = list(set(re.findall(r"/organisations/(\w+)/", page))) or self._codes

    def _write(self) -> None:
        path = f"/asks/one/{self._draw.choice(self._asks or ['ASK-0'])}/action/"
        found = TOKEN.search(self._get(path, "form"))
        if found is None:
            return
        given = {
            "csrfmiddlewaretoken": found[1],
            "what": "Send the plan",
            "owner": "medical director",
        }
        body = urlencode(given)
        self._ask("POST", path, "write", body, right=302)

    def _get(self, path: str, kind: str) -> str:
        return self._ask("GET", path, kind)

    def _ask(
        self, method: str, path: str, kind: str, body: str | None = None, right: int = 200
    ) -> str:
        headers = HEADERS | {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookie.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        try:
            line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
            line.request(method, path, body, headers)
            answer = line.getresponse()
            page = answer.read().decode()
            line.close()
        except OSError as error:
            self._seen.wrong[f"{kind}: {type(error).__name__}"] += 1
            return ""
        self._seen.seconds.append((kind, time.perf_counter() - begun))
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                one, _, rest = value.partition("=")
                self._cookie[one] = rest.partition(";")[0]
        if answer.status != right:
            self._seen.wrong[f"{kind}: {answer.status}"] += 1
        return page


def crowd(port: int, keys: list[str], people: int, seconds: float) -> Seen:
    """So many people at once, for so long."""
    seen, until = Seen(), time.monotonic() + seconds
    visitors = [Visitor(port, keys[n % len(keys)], n, until, seen) for n in range(people)]
    for one in visitors:
        one.start()
    for one in visitors:
        one.join(seconds + 90)
    return seen


# Serving ------------------------------------------------------------------------------------------


class Served:
    """``remit web serve`` in a process, with the most memory that it and its children took."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        words = [sys.executable, "-m", "remit", "web", "serve", str(folder)]
        words += ["--port", str(self.port)]
        self._process = subprocess.Popen(
            words, env=environ | {"REMIT_WEB_URL": f"https://{HOST}"}, start_new_session=True
        )
        self.most = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._watched, daemon=True)
        deadline = time.monotonic() + 120
        while True:
            try:
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                line.request("GET", "/health/", headers=HEADERS)
                if line.getresponse().status == 200:
                    break
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit("the server did not begin") from None
                time.sleep(0.1)
        self._watch.start()

    def _watched(self) -> None:
        while not self._over.wait(0.5):
            self.most = max(self.most, sum(map(_megabytes, _family(self._process.pid))))

    def end(self) -> None:
        self._over.set()
        self._watch.join()
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(60)


def _family(pid: int) -> list[int]:
    done = subprocess.run(["pgrep", "-g", str(pid)], capture_output=True, text=True, check=False)
    return [int(one) for one in done.stdout.split()]


def _megabytes(pid: int) -> float:
    """Memory of one process; what it shares with others is divided among them."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0]) / 1024


# Saying -------------------------------------------------------------------------------------------


def told(seen: Seen) -> tuple[int, float, float, float]:
    """How many answers, and the seconds within which 50, 95 and 99 of 100 came."""
    seconds = [one for _, one in seen.seconds]
    middle, late, latest = np.percentile(seconds, [50, 95, 99])
    return len(seconds), float(middle), float(late), float(latest)


def by_kind(seen: Seen) -> None:
    for kind in sorted({kind for kind, _ in seen.seconds}):
        some = [one for name, one in seen.seconds if name == kind]
        middle, late = np.percentile(some, [50, 95])
        print(f"    {kind:14} {len(some):5}  {middle * 1000:6.0f} ms {late * 1000:6.0f} ms")


def step(served: Served, keys: list[str], people: int, seconds: float) -> float:
    seen = crowd(served.port, keys, people, seconds)
    count, middle, late, latest = told(seen)
    rate = count / seconds
    cells = [f"{one * 1000:.0f} ms" for one in (middle, late, latest)]
    cells = [str(people), f"{rate:.0f}", f"{count:,}", *cells, f"{served.most:.0f} MB"]
    print(f"| {' | '.join(cells)} | {dict(seen.wrong) or 'none'} |")
    if people == 50:
        by_kind(seen)
    sys.stdout.flush()
    return late


def run(given: argparse.Namespace, folder: Path, environ: dict[str, str]) -> None:
    if not folder.exists():
        _again(environ, "--fill", folder, *_sizes(given))
    _again(environ, "--sign-in", folder, *_sizes(given))
    keys = json.loads((folder / SESSIONS).read_text(encoding="utf-8"))
    served = Served(folder, environ)
    try:
        crowd(served.port, keys, 10, 10)  # what is read once is read
        print("| people | answers a second | answers | half | 95% | 99% within | memory | wrong |")
        print("|---|---|---|---|---|---|---|---|")
        people, late = 50, 0.0
        while late < 1 and people <= given.most:
            late = step(served, keys, people, given.seconds)
            people *= 2
    finally:
        served.end()


def _again(environ: dict[str, str], *words: object) -> None:
    """This file in a process of its own: Django is set up once in one."""
    subprocess.run([sys.executable, __file__, *map(str, words)], env=environ, check=True)


def _copied(kept: Path, new: Path, environ: dict[str, str]) -> None:
    """An embedded instance into PostgreSQL."""
    remit, copy = [sys.executable, "-m", "remit", "web"], new.with_name("copy")
    subprocess.run([*remit, "backup", str(kept), str(copy)], check=True)
    subprocess.run([*remit, "restore", str(copy), str(new)], env=environ, check=True)


def _sizes(given: argparse.Namespace) -> list[str]:
    names = ("organisations", "people", "asks", "signed_in")
    return [word for n in names for word in (f"--{n.replace('_', '-')}", str(getattr(given, n)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=250)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--asks", type=int, default=100_000)
    parser.add_argument("--signed-in", type=int, default=400, help="Sessions that are begun.")
    parser.add_argument("--seconds", type=float, default=60, help="For each number of people.")
    parser.add_argument("--most", type=int, default=1600, help="No more people than this.")
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--keep", type=Path, help="A folder for what is filled.")
    parser.add_argument("--fill", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--sign-in", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.fill:
        fill(given.fill, given.organisations, given.people, given.asks)
        return
    if given.sign_in:
        sign_in(given.sign_in, given.signed_in)
        return
    environ, ending = dict(os.environ), ExitStack()
    with ending:
        fresh = ending.enter_context(tempfile.TemporaryDirectory(prefix="remit-web-"))
        folder = Path(fresh) / "web"
        if given.keep and not given.postgresql:
            folder = given.keep / "web"
        if given.postgresql:
            environ["DATABASE_URL"] = _postgresql(ending.callback)
            if given.keep:
                _copied(given.keep / "web", folder, environ)
        print("PostgreSQL" if given.postgresql else "SQLite")
        run(given, folder, environ)


def _postgresql(at_the_end: Callable[..., Any]) -> str:
    sys.path.insert(0, str(ROOT))
    from tests.records.audit.servers import Postgres

    server = Postgres()
    at_the_end(server.stop)
    server.begin()
    server.create("load")
    return server.address("load")


if __name__ == "__main__":
    main()
