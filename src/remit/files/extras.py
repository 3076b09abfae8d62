"""What the core does not install, and the one sentence that says how to get it."""

from __future__ import annotations

from importlib.util import find_spec

from remit.model.errors import ExtraMissing

EXTRAS = {
    "packs": ("gptables", "pandas", "docx", "pptx"),
    "attachments": ("pypdf", "docx"),
    "frames": ("pyarrow",),
    "spark": ("pyspark", "pyarrow"),
    "lake": ("deltalake", "pyiceberg", "pyarrow"),
    "web": ("allauth", "argon2", "csp", "django_tasks", "django_tasks_db", "whitenoise"),
}
"""The modules of each extra of ``pyproject.toml`` that Remit cannot do its part without."""


def installed(extra: str) -> bool:
    """Whether all modules of an extra are there."""
    return all(find_spec(module) for module in EXTRAS[extra])


def need(extra: str, what: str) -> None:
    """Go on if an extra is installed.

    Parameters
    ----------
    extra
        Its name, such as ``packs``.
    what
        What needs it, as the beginning of a sentence, in the plural.

    Raises
    ------
    ExtraMissing
        If it is not; the message says which extra to install.

    Examples
    --------
    >>> need("packs", "Spreadsheets")
    """
    if not installed(extra):
        raise ExtraMissing(missing(extra, what))


def missing(extra: str, what: str) -> str:
    """The sentence of :func:`need`."""
    return f'{what} need the extra {extra!r}; install it with: pip install "remit[{extra}]"'
