"""Serving an instance: gunicorn, or waitress on Windows."""

from __future__ import annotations

import os
from typing import Any

from remit.web.instance import InstanceError

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
_THREADS = 8


def application() -> Any:
    """The application, once Django is set up."""
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def check_place(host: str, *, debug: bool) -> None:
    """Debug mode is for this machine alone.

    Raises
    ------
    InstanceError
        If it is asked for together with a host that others reach.

    Examples
    --------
    >>> check_place("127.0.0.1", debug=True)
    """
    if debug and host not in LOOPBACK_NAMES:
        raise InstanceError(
            f"--debug shows faults and lets anybody in; it cannot be used with --host {host}. "
            "Leave one of the two out"
        )


def serve(host: str, port: int) -> None:
    """Serve until stopped; with the embedded database by one process, else by several.

    Parameters
    ----------
    host, port
        Where to listen.

    Examples
    --------
    >>> serve("127.0.0.1", 8765)  # doctest: +SKIP
    """
    if os.name == "nt":
        from waitress import serve as wait

        wait(application(), host=host, port=port, threads=_THREADS, ident=None)
    else:
        _gunicorn(host, port)


def _gunicorn(host: str, port: int) -> None:
    from django.conf import settings
    from gunicorn.app.base import BaseApplication

    is_embedded = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = {
        "bind": place,
        "workers": 1 if is_embedded else (os.cpu_count() or 1) + 1,
        "worker_class": "gthread",
        "threads": _THREADS,
        "timeout": 60,
        "limit_request_line": 4094,
        "limit_request_fields": 60,
        "forwarded_allow_ips": "127.0.0.1,::1",
        "preload_app": False,
        "loglevel": "warning",
    }

    class _Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application()

    _Server().run()
