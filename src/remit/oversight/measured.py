"""How often "sure" was right on unseen asks, as the tool that measures it declared."""

from __future__ import annotations

from functools import cache

from remit.catalogue.declared import packaged
from remit.model.measured import SureFile


@cache
def load_sure() -> SureFile:
    """The figure that stands beside "sure", with the day, the sets and the interval.

    Raises
    ------
    DeclarationError
        If the file is faulty.
    """
    (file,) = packaged("measured")
    return file.validate(SureFile)
