"""Codebooks: those of a user, and those that come with Remit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from remit.catalogue import declared
from remit.model.codebook import Codebook
from remit.model.errors import SurveyError
from remit.words.nearest import did_you_mean

READY = "oversight"
"""The codebook that is taken where none is named."""


@cache
def ready_codebooks() -> Mapping[str, Codebook]:
    """The codebooks that come with Remit, by identifier."""
    found = [file.validate(Codebook) for file in declared.packaged("codebooks")]
    return {one.id: one for one in found}


def load_codebook(name: str) -> Codebook:
    """A codebook by its file, or one that comes with Remit by its identifier.

    Raises
    ------
    DeclarationError
        If the file is faulty: each fault with line, key and remedy.
    SurveyError
        If there is neither such a file nor such a codebook.

    Examples
    --------
    >>> load_codebook("oversight").themes[0].name
    'Burden'
    """
    path = Path(name)
    if path.suffix.lower() in {".yaml", ".yml"} or path.exists():
        return declared.read(path).validate(Codebook)
    ready = ready_codebooks()
    if name in ready:
        return ready[name]
    raise SurveyError(
        f"{name}: there is no such file (.yaml), and no ready codebook of this name; "
        f"there is {', '.join(ready)}{did_you_mean(name, ready)}"
    )
