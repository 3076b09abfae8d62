"""``remit web serve`` from a process that has loaded everything and opened nothing, so at once.

It makes the demonstration that is served, so that Remit need be loaded only once.

    python -m tests.web.warm_server FOLDER PORT

Each line that it reads begins a server, a group of processes of its own; it prints its number.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from remit.cli.run import run
from remit.web import make_instance, started


def warm(folder: Path) -> None:
    """Make a demonstration, and load what a server loads with its first requests."""
    started(make_instance(folder, demo=True), debug=True)
    from django.db import connections
    from django.test import Client
    from django.urls import get_resolver

    from remit.register.load import load_register
    from remit.web.running.demo import fill_demo
    from remit.web.running.tables import lay_tables

    lay_tables()
    fill_demo()
    assert get_resolver().url_patterns
    load_register()
    assert Client(SERVER_NAME="127.0.0.1").get("/demo/").status_code == 200
    connections.close_all()


def main(folder: str, port: str) -> None:
    warm(Path(folder))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that were killed
    for _ in sys.stdin:
        process = os.fork()
        if not process:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            os._exit(run(["web", "serve", folder, "--debug", "--port", port]))
        print(process, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
