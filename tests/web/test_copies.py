"""Instances made, copied, restored, worked on and served by commands, each in its own process."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.web.demonstrations import demonstration
from tests.web.instance import ON_POSTGRES, new_database

STAND = """
import json, sys
from pathlib import Path
from remit.web import open_instance, started
started(open_instance(Path(sys.argv[1])))
from django.apps import apps
from remit.records.audit import verify
found = {}
for kind in apps.get_models(include_auto_created=True):
    if kind._meta.app_label not in {"sessions", "django_tasks_db", "auth", "contenttypes"}:
        found[kind._meta.label] = sorted(map(str, kind.objects.order_by().values_list()))
print(json.dumps([found, verify().holds, verify().entries], sort_keys=True))
"""
SIGN_IN = """
import sys
from pathlib import Path
from remit.web import open_instance, started
started(open_instance(Path(sys.argv[1])))
from django.contrib.sessions.backends.db import SessionStore
made = SessionStore()
made["_auth_user_id"] = "1"
made.create()
print(made.session_key)
"""
SESSIONS = """
import sys
from pathlib import Path
from remit.web import open_instance, started
started(open_instance(Path(sys.argv[1])))
from django.contrib.sessions.models import Session
print(*Session.objects.values_list("pk", flat=True))
"""
ATTACH = """
import sys
from pathlib import Path
from remit.web import open_instance, started
started(open_instance(Path(sys.argv[1])))
from django.utils import timezone
from remit.records.audit import SYSTEM, Event, create
from remit.web.attached.held_files import put_bytes
from remit.web.attached.models import Attachment
place, size, digest = put_bytes(iter([b"a plan\\n" * 1000]))
create(Event(SYSTEM, "ZA1", "add"), Attachment, ask_id="A27", name="plan.txt", kind="txt",
       size=size, sha256=digest, place=place, state="unscanned", put_at=timezone.now(),
       put_by=SYSTEM)
"""
BREAK = """
import sys
from pathlib import Path
from remit.web import open_instance, started
started(open_instance(Path(sys.argv[1])))
from remit.web.people.models import Account
Account.objects.make("late@remit.example", "Late Comer")
"""


def typed(environ: dict[str, str], *words: object, status: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "remit", "web", *map(str, words)],
        capture_output=True, text=True, check=False, env=environ_of(environ),
    )  # fmt: skip
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def told(environ: dict[str, str], script: str, folder: Path) -> str:
    words = [sys.executable, "-c", script, str(folder)]
    return subprocess.run(
        words, capture_output=True, text=True, check=True, env=environ_of(environ)
    ).stdout


def environ_of(more: dict[str, str]) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REMIT_WEB_URL"}}
    kept.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    return {**kept, **more}


def test_a_restored_copy_is_equal_record_by_record(tmp_path: Path) -> None:
    """The audit, which verifies, and the key are in it; what came after the copy is not."""
    first, second = new_database("first"), new_database("second")
    web, copy, new = tmp_path / "web", tmp_path / "copy", tmp_path / "new"
    said = typed(first, "init", web, "--demo")
    assert "demonstration with nine invented people" in said or "9 invented people" in said
    key = told(first, SIGN_IN, web).strip()
    told(first, ATTACH, web)
    before = told(first, STAND, web)
    assert '"audit.AuditEntry"' in before
    assert "true" in before[-12:]
    assert "It holds the key" in typed(first, "backup", web, copy)
    assert (copy / "secret.key").stat().st_mode & 0o77 == 0
    assert {one.name for one in copy.iterdir()} == {
        "secret.key", "demonstration", "remit.dump" if ON_POSTGRES else "remit.sqlite",
        "attached",
    }  # fmt: skip
    # Nobody is signed in by a copy, and the running instance keeps its sessions.
    assert not any(key.encode() in one.read_bytes() for one in copy.iterdir() if one.is_file())
    assert told(first, SESSIONS, web).split() == [key]
    told(first, BREAK, web)
    assert told(first, STAND, web) != before
    assert "remit web check" in typed(second, "restore", copy, new)
    assert told(second, STAND, new) == before
    assert told(second, SESSIONS, new).split() == []
    assert (new / "secret.key").read_bytes() == (web / "secret.key").read_bytes()
    (held,) = (web / "attached").glob("??/*")
    again = new / held.relative_to(web)
    assert again.read_bytes() == held.read_bytes() == b"a plan\n" * 1000
    assert again.stat().st_mode & 0o77 == 0
    typed(second, "worker", new, "--once")
    assert again.exists()

    # What is erased goes from the files of the database as well, by a command.
    words = b"System plan for urgent care this winter"
    files = [one for one in new.iterdir() if one.is_file()]
    assert ON_POSTGRES or any(words in one.read_bytes() for one in files)
    typed(second, "audit", "erase", new, "ask", "L01", "title", "--why", "a name")
    assert "still hold what was erased" in typed(second, "check", new, status=1)
    assert "hold nothing of what was erased" in typed(second, "audit", "wipe", new)
    assert "Nothing was erased since" in typed(second, "audit", "wipe", new)
    assert not any(words in one.read_bytes() for one in new.iterdir() if one.is_file())

    # What stands there already is never written over, and what is no copy is not taken for one.
    assert "is there already" in typed(first, "backup", web, copy, status=2)
    assert "is there already" in typed(second, "restore", copy, new, status=2)
    third = new_database("third")
    (tmp_path / "empty").mkdir()
    said = typed(third, "restore", tmp_path / "empty", tmp_path / "none", status=2)
    assert "this is no copy of an instance" in said


@pytest.mark.skipif(not ON_POSTGRES, reason="it is PostgreSQL into which an instance grows")
def test_an_embedded_instance_grows_into_postgresql_record_by_record(tmp_path: Path) -> None:
    web, copy, new, back = (tmp_path / one for one in ("web", "copy", "new", "back"))
    demonstration(web)
    typed({}, "backup", web, copy)
    grown = new_database("grown")
    typed(grown, "restore", copy, new)
    mine, theirs = json.loads(told({}, STAND, web)), json.loads(told(grown, STAND, new))
    assert mine[0].keys() == theirs[0].keys()
    for kind, rows in mine[0].items():
        assert theirs[0][kind] == rows, kind
    assert theirs[1:] == mine[1:]
    assert mine[1] is True
    assert mine[2] > 40
    told(grown, BREAK, new)  # numbers go on after those that came over
    said = typed(grown, "restore", copy, tmp_path / "again", status=2)
    assert "holds records already" in said
    typed(grown, "backup", new, back)
    said = typed({}, "restore", back, tmp_path / "embedded", status=2)
    assert "a copy of an instance on PostgreSQL" in said


@pytest.mark.skipif(os.name == "nt", reason="signals end the server")
def test_a_demonstration_is_served_and_picked_from_on_this_machine(tmp_path: Path) -> None:
    environ = new_database("served")
    web = tmp_path / "web"
    if ON_POSTGRES:
        typed(environ, "init", web, "--demo")
    else:
        demonstration(web)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [
        sys.executable,
        "-m",
        "remit",
        "web",
        "serve",
        str(web),
        "--debug",
        "--port",
        str(port),
    ]
    served = subprocess.Popen(
        words, env=environ_of(environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert _answer(served, port, "GET", "/health/")[::2] == (200, "ok\n")
        status, headers, page = _answer(served, port, "GET", "/demo/")
        assert status == 200
        assert "Amara Bell" in page
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        form = urlencode({"csrfmiddlewaretoken": token[1], "who": "amara.bell@remit.example"})
        given = {"Cookie": headers["Set-Cookie"].split(";")[0], "Origin": f"http://127.0.0.1:{port}",
                 "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
        status, headers, _ = _answer(served, port, "POST", "/demo/", form, given)
        assert (status, headers["Location"]) == (302, "/")
        cookies = "; ".join(one.split(";")[0] for one in headers.get_all("Set-Cookie") or [])
        assert "Amara Bell" in _answer(served, port, "GET", "/", headers={"Cookie": cookies})[2]
        for bad in ({"Host": "evil.example"}, {"X-Forwarded-For": "127.0.0.1"}):
            assert _answer(served, port, "GET", "/demo/", headers=bad)[0] in {400, 404}
        form = form.replace("amara.bell", "nobody")
        assert _answer(served, port, "POST", "/demo/", form, given)[0] == 404
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait(60)


def _answer(
    served: subprocess.Popen[bytes], port: int, method: str, path: str, body: str = "",
    headers: dict[str, str] | None = None,
) -> tuple[int, http.client.HTTPMessage, str]:  # fmt: skip
    """An answer, once the server has begun."""
    deadline = time.monotonic() + 120
    while True:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
                line.request(method, path, body or None, headers or {})
                found = line.getresponse()
                return found.status, found.headers, found.read().decode()
        except ConnectionRefusedError:
            assert served.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server did not begin"
            time.sleep(0.1)


@pytest.mark.skipif(not ON_POSTGRES, reason="these programs are PostgreSQL's")
def test_without_the_programs_of_postgresql_it_says_what_to_install(tmp_path: Path) -> None:
    environ = new_database("bare")
    typed(environ, "init", tmp_path / "web")
    said = typed({**environ, "PATH": str(tmp_path)}, "backup", tmp_path / "web", tmp_path / "copy",
                 status=2)  # fmt: skip
    assert "pg_dump: it is not installed; install PostgreSQL's client" in said
    assert not (tmp_path / "copy").exists()
    shutil.rmtree(tmp_path / "web")
