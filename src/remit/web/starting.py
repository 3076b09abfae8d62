"""Django, set up for the web application, once in a process."""

from __future__ import annotations

import os
from collections.abc import Mapping

from remit.files.extras import need
from remit.web.instance import Instance, InstanceError
from remit.web.settings import settings_of


def started(
    instance: Instance, environ: Mapping[str, str] | None = None, *, debug: bool = False
) -> None:
    """Set Django up for an instance; a process serves one.

    Parameters
    ----------
    instance
        The folder with its key.
    environ
        The settings from outside; the process's own without it.
    debug
        Whether faults are shown, and a demonstration may be signed in to by picking a person.

    Raises
    ------
    ExtraMissing
        If the extra ``web`` is not installed.
    InstanceError
        If a setting is wrong, or this process serves something else already.

    Examples
    --------
    ``started(open_instance(Path("demo/web")))``
    """
    need("web", "The pages of remit web")
    import django
    from django.apps import apps
    from django.conf import settings

    wanted = settings_of(instance, os.environ if environ is None else environ, debug=debug)
    if not settings.configured:
        settings.configure(**wanted)
    elif getattr(settings, "REMIT_FOLDER", None) != wanted["REMIT_FOLDER"]:
        raise InstanceError("this process works on other records already; begin another")
    if not apps.ready:
        django.setup()
