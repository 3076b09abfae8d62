"""Rule sets by name, or from a user's own file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from remit.catalogue import declared
from remit.model.errors import UnknownCode
from remit.model.spc_rules import SpcRules


@cache
def rule_set_names() -> tuple[str, ...]:
    """The rule sets that come with Remit."""
    return tuple(sorted(str(file.data["id"]) for file in declared.packaged("spc")))


@cache
def load_rules(name: str) -> SpcRules:
    """A rule set by its identifier, or from the path of a user's own file.

    Raises
    ------
    UnknownCode
        If there is neither a rule set nor a file of that name.
    DeclarationError
        If the file is faulty; the message names file, line and key.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        return declared.read(Path(name)).validate(SpcRules)
    for file in declared.packaged("spc"):
        if isinstance(file.data, dict) and file.data.get("id") == name:
            return file.validate(SpcRules)
    raise UnknownCode(
        f"There is no rule set {name!r}. Known: {', '.join(rule_set_names())}. For a file of your "
        "own give its path, ending in .yaml."
    )
