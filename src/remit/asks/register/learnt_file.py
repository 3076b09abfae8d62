"""Accepted names as a file of catalogue entries, which can be passed on."""

from __future__ import annotations

import yaml

from remit.asks.register.learning import accepted_names
from remit.asks.register.register import AskRegister
from remit.model.errors import AskError

_HEAD = """\
# Entries of the catalogue with spoken names that were accepted in a register of asks.
# Each takes the place of the entry of the same id.
"""


def catalogue_file(register: AskRegister) -> str:
    """The entries that have accepted names, whole, as a declaration of the catalogue.

    Raises
    ------
    AskError
        If no name was accepted, or the catalogue has none of the entries any more.
    """
    from remit.asks.matching.learnt_names import named_entries

    entries = named_entries(accepted_names(register))
    if not entries:
        raise AskError("no name was accepted for an entry of the catalogue; nothing was written")
    content = {
        "schema": "remit/catalogue/1",
        "field": "Names accepted in a register of asks",
        "entries": [
            one.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            for one in entries.values()
        ],
    }
    return _HEAD + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
