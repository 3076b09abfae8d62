"""From a view to HTML: the templates of the pages' frame, with the addresses of the application."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from typing import Any

from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader

from remit.pages.frame.filling import environment
from remit.words.days import day_words


def web_environment(**options: Any) -> Environment:
    """The Jinja environment of the application, as Django asks for it."""
    from django.templatetags.static import static
    from django.urls import reverse

    from remit.web.access.relations import name_of

    frame = environment()
    loaders = [FileSystemLoader(options["loader"].searchpath)]
    env = Environment(
        loader=ChoiceLoader([*loaders, *([frame.loader] if frame.loader else [])]),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(frame.filters)
    env.filters["iso_day"] = lambda text: day_words(date.fromisoformat(str(text)))
    env.globals.update(frame.globals)
    env.globals.update(
        static=static,
        to=lambda name, *arguments: reverse(name, args=arguments),
        url=lambda address: address,
        name_of=name_of,
        remit_version=version("remit"),
    )
    return env


def _outside_name() -> str:
    """What the organisation's own sign-in is called; nothing where there is none."""
    from django.conf import settings

    for provider in settings.SOCIALACCOUNT_PROVIDERS.values():
        return str(provider["APPS"][0]["name"])
    return ""


def _is_kept_elsewhere(request: Any) -> bool:
    """Whether a form of the person is kept that belongs to another page than this."""
    from django.conf import settings
    from django.utils import timezone

    from remit.web.people.kept_forms import kept_for, tokens_in

    given = getattr(request, "COOKIES", {}).get(settings.REMIT_KEPT_COOKIE, "")
    if not given or not request.user.is_authenticated:
        return False
    here = request.get_full_path()
    held = kept_for(request.user, tokens_in(given), timezone.now())
    return any(one.form.page != here for one in held)


def about_everyone(request: Any) -> dict[str, Any]:
    """What every page is given: who is signed in, what they may do, what waits to be told."""
    from django.conf import settings
    from django.contrib.messages import get_messages

    from remit.web.access import permissions

    person = getattr(request, "person", None)
    return {
        "person": person,
        "signed_in": getattr(request, "user", None) is not None and request.user.is_authenticated,
        "permissions": permissions,
        "told": list(get_messages(request)) if hasattr(request, "_messages") else [],
        "kept_elsewhere": _is_kept_elsewhere(request),
        "idle_minutes": settings.REMIT_IDLE_SECONDS // 60,
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        "is_demo": settings.REMIT_IS_DEMO,
        "has_picker": settings.REMIT_PICKER,
        "outside_name": _outside_name(),
    }
