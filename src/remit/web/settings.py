"""Settings, made in code from the environment; a wrong one is told by its name and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from remit.web.attachment_settings import attachment_settings
from remit.web.instance import Instance, InstanceError
from remit.web.mail_settings import mail_settings
from remit.web.sign_in_settings import provider_origin, sign_in_settings

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_HOUR = 3600
MOST_BYTES = 5 * 1024 * 1024
"""The largest form that is taken, its files included."""
APPS = (
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "remit.records",
    "remit.records.together",
    "remit.records.talk",
    "remit.records.year",
    "remit.records.audit",
    "remit.web.people",
    "remit.web.mine",
    "remit.web.attached",
    "remit.web.signing_in",
)
MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "remit.web.bodies.BodyGate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "remit.web.gate.SignInGate",
    "remit.web.names_told.NamesTold",
)
_SQLITE_START = (
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
    "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY"
)


def settings_of(
    instance: Instance, environ: Mapping[str, str], *, debug: bool = False
) -> dict[str, Any]:
    """All settings of Django for an instance.

    Parameters
    ----------
    instance
        The folder with its key.
    environ
        ``DATABASE_URL``, ``OIDC_*`` and ``REMIT_WEB_*``, all of which may be missing.
    debug
        Plain HTTP and, in a demonstration, the picker; for this machine alone.

    Raises
    ------
    InstanceError
        If a setting is wrong; the message names it and says what is allowed.

    Examples
    --------
    >>> made = Instance(Path("web"), "x" * 60)
    >>> settings_of(made, {})["ALLOWED_HOSTS"]
    ['127.0.0.1', 'localhost', '[::1]']
    >>> settings_of(made, {"REMIT_WEB_URL": "https://remit.example"})["ALLOWED_HOSTS"]
    ['remit.example']
    """
    address = _address(environ)
    if debug and address:
        raise InstanceError("REMIT_WEB_URL: it cannot be set together with --debug; leave one out")
    here = Path(__file__).parent
    return {
        "REMIT_FOLDER": str(instance.folder),
        "REMIT_IS_DEMO": instance.is_demo,
        "REMIT_PICKER": debug and instance.is_demo,
        "SECRET_KEY": instance.secret,
        "DEBUG": False,  # its pages of faults would show the settings and every address
        "ALLOWED_HOSTS": [urlsplit(address).hostname or ""] if address else list(LOOPBACK),
        "CSRF_TRUSTED_ORIGINS": [address] if address else [],
        "INSTALLED_APPS": list(APPS),
        "MIDDLEWARE": list(MIDDLEWARE),
        "ROOT_URLCONF": "remit.web.addresses",
        "WSGI_APPLICATION": None,
        "DATABASES": {"default": database(instance, environ)},
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "remit_web_cache",
                # Attempts at signing in and codes that were used are counted in it: where it holds
                # too few, those of a stranger push out those of the account that they try.
                "OPTIONS": {"MAX_ENTRIES": 100_000},
            }
        },
        # In a cookie they would outlive the account that they are for, in a browser that two share.
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "TASKS": {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        "TIME_ZONE": "Europe/London",
        "LANGUAGE_CODE": "en-gb",
        "TEMPLATES": _templates(here),
        "STATIC_URL": "/static/",
        "STATICFILES_DIRS": [here / "static", here.parent / "pages" / "static"],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "LOGGING": _logging(debug=debug),
        "SILENCED_SYSTEM_CHECKS": ["security.W021"],  # preloading a domain is its owner's to decide
        **_guards(environ, address, debug=debug),
        "REMIT_ADDRESS": address or "http://127.0.0.1:8765",
        **sign_in_settings(environ, instance.folder),
        **mail_settings(environ, address),
        **attachment_settings(environ),
    }


def _guards(environ: Mapping[str, str], address: str, *, debug: bool) -> dict[str, Any]:
    """Cookies, transport and what a page may load."""
    from csp.constants import NONE, SELF

    return {
        "SESSION_COOKIE_NAME": "remit-session" if debug else "__Host-remit-session",
        "CSRF_COOKIE_NAME": "remit-csrf" if debug else "__Host-remit-csrf",
        "SESSION_COOKIE_SECURE": not debug,
        "CSRF_COOKIE_SECURE": not debug,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": _HOUR * _count(environ, "REMIT_WEB_SESSION_HOURS", 10, (1, 24)),
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "REMIT_IDLE_SECONDS": 60 * _count(environ, "REMIT_WEB_IDLE_MINUTES", 60, (5, 480)),
        "REMIT_KEPT_COOKIE": "remit-kept" if debug else "__Host-remit-kept",
        "SECURE_SSL_REDIRECT": not debug,
        "SECURE_HSTS_SECONDS": 0 if debug else 365 * 24 * _HOUR,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": not debug,
        "SECURE_HSTS_PRELOAD": False,
        "CSRF_FAILURE_VIEW": "remit.web.addresses.csrf_refused",
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if address else None,
        "ALLAUTH_TRUSTED_PROXY_COUNT": _count(environ, "REMIT_WEB_PROXIES"),
        "X_FRAME_OPTIONS": "DENY",
        "REMIT_MOST_SENT": MOST_BYTES,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": MOST_BYTES,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 1500,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 5,
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": [NONE],
                "style-src": [SELF],
                "script-src": [SELF],
                "img-src": [SELF, "data:"],
                "font-src": [SELF],
                "connect-src": [SELF],
                "form-action": [SELF, *provider_origin(environ)],
                "frame-ancestors": [NONE],
                "base-uri": [NONE],
            }
        },
    }


def _templates(here: Path) -> list[dict[str, Any]]:
    return [
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "DIRS": [here / "templates"],
            "OPTIONS": {
                "environment": "remit.web.rendering.web_environment",
                "context_processors": ["remit.web.rendering.about_everyone"],
            },
        }
    ]


def _logging(*, debug: bool) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"console": {"class": "logging.StreamHandler"}},
        "root": {"handlers": ["console"], "level": "INFO" if debug else "WARNING"},
    }


# From outside -------------------------------------------------------------------------------------


def database(instance: Instance, environ: Mapping[str, str]) -> dict[str, Any]:
    """The database: the embedded one, or the one of ``DATABASE_URL``.

    Raises
    ------
    InstanceError
        If the address is none of PostgreSQL.

    Examples
    --------
    >>> held = Instance(Path("web"), "x" * 60)
    >>> one = database(held, {"DATABASE_URL": "postgresql://ann:p%40ss@db.example:5433/remit"})
    >>> one["HOST"], one["PORT"], one["NAME"], one["USER"], one["PASSWORD"]
    ('db.example', '5433', 'remit', 'ann', 'p@ss')
    """
    given = environ.get("DATABASE_URL", "").strip()
    if not given:
        return embedded_database(instance.database)
    wrong = InstanceError(
        "DATABASE_URL: give postgresql://USER:PASSWORD@HOST:PORT/NAME, or leave it out for the "
        "embedded database"
    )
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:  # it is not repeated: there may be a password in it
        raise wrong from None
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise wrong
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def embedded_database(file: Path) -> dict[str, Any]:
    """The settings of an embedded database in a file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": _SQLITE_START,
        },
    }


def _address(environ: Mapping[str, str]) -> str:
    """The address by which people reach it, such as ``https://oversight.example``; or nothing."""
    given = environ.get("REMIT_WEB_URL", "").strip().rstrip("/")
    if not given:
        return ""
    try:
        parts = urlsplit(given)
        is_right = parts.scheme == "https" and parts.hostname and parts.port != 0
    except ValueError:
        is_right = False
    if not is_right or parts.path or parts.query:
        raise InstanceError(
            f"REMIT_WEB_URL: {given!r} is no address of the kind https://oversight.example; "
            "give one without a path"
        )
    return given


def _count(
    environ: Mapping[str, str], name: str, usual: int = 0, range_of: tuple[int, int] = (0, 10)
) -> int:
    """A whole number of the settings.

    Raises
    ------
    InstanceError
        If it is none, or too small or too large.
    """
    given = environ.get(name, str(usual)).strip()
    least, most = range_of
    if not (given.isascii() and given.isdigit() and least <= int(given) <= most):
        raise InstanceError(
            f"{name}: {given!r} is no whole number from {least} to {most}; give one, or leave it "
            f"out for {usual}"
        )
    return int(given)
