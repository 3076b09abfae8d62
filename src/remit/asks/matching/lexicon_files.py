"""The packaged declarations of how asks are read, by their schema."""

from __future__ import annotations

from remit.catalogue import declared
from remit.catalogue.declared import Declared


def lexicon_file(schema: str) -> Declared:
    """The one file with a given schema, such as ``remit/wording/1``."""
    return next(file for file in declared.packaged("lexicon") if _schema(file) == schema)


def _schema(file: Declared) -> str:
    return str(file.data.get("schema")) if isinstance(file.data, dict) else ""
