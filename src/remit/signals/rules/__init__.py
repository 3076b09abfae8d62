"""The rules of special cause, a file each. A file put here is a rule that rule sets can name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from remit.signals.rule import Rule


@cache
def registry() -> Mapping[str, type[Rule]]:
    """All rules by their kind, which is the name of the file."""
    return {name: _rule_in(name) for name in sorted(m.name for m in iter_modules(__path__))}


def _rule_in(name: str) -> type[Rule]:
    found = vars(import_module(f"{__name__}.{name}")).values()
    (rule,) = (
        one for one in found if isinstance(one, type) and issubclass(one, Rule) and one is not Rule
    )
    return rule
