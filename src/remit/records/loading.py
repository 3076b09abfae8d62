"""Django, set up with nothing but these models; a web application may have set it up before."""

from __future__ import annotations

import os
import threading
from typing import Any

APP = "remit.records"
LABEL = "records"
_LOCK = threading.Lock()


def loaded() -> None:
    """Set Django up, once; where a web application did so, its settings stay.

    Not by ``django.setup()``: that loads the request machinery, which no command needs.
    """
    with _LOCK:
        from django.apps import apps
        from django.conf import settings

        if not settings.configured:
            # In a notebook there is always an event loop, which Django would refuse to work
            # beside; commands and notebooks serve one person and block nobody else.
            os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
            settings.configure(
                INSTALLED_APPS=[APP],
                DATABASES={"default": {"ENGINE": "django.db.backends.dummy"}},
                DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
                USE_TZ=True,
                TIME_ZONE="UTC",
            )
        if not apps.ready:
            apps.populate(settings.INSTALLED_APPS)


def model(name: str) -> Any:
    """One of the models of this room, such as ``Ask``; ``together.Plan`` names its application."""
    from django.apps import apps

    return apps.get_model(name) if "." in name else apps.get_model(LABEL, name)


def all_models() -> list[Any]:
    """All models of this room, each after those that it refers to by a constraint."""
    from django.apps import apps

    return list(apps.get_app_config(LABEL).get_models())


def latest_migration() -> str:
    """The last of the migrations that this Remit knows."""
    return known_migrations()[-1]


def known_migrations() -> list[str]:
    """The names of all migrations, in order."""
    from importlib.resources import files

    names = (entry.name for entry in files(f"{APP}.migrations").iterdir())
    return sorted(name.removesuffix(".py") for name in names if name[:4].isdigit())
