"""Rule sets by name, or from a user's own file."""

from __future__ import annotations

from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, create_model

from remit.catalogue import declared
from remit.model.errors import UnknownCode
from remit.model.spc_rules import SpcRules
from remit.signals.points import Spoken
from remit.signals.rule import Rule
from remit.signals.rules import registry


class RuleSet(SpcRules):
    """A rule set whose rules can be applied."""

    rules: tuple[Rule, ...]

    @property
    def spoken(self) -> Spoken:
        """What each code says that a point can be named by, such as ``shift_above_mean``."""
        every = ((side, named) for rule in self.rules for side, named in rule.names.items())
        return {named.code: (side, named.words) for side, named in every}

    def rule_of(self, code: str) -> Rule:
        """The rule that names points by a code."""
        return next(r for r in self.rules if code in {n.code for n in r.names.values()})


@cache
def rule_set_model() -> type[RuleSet]:
    """The shape of a rule set, whose rules are those that have a file."""
    known: Any = Annotated[reduce(or_, registry().values()), Field(discriminator="kind")]
    whole = SpcRules.model_fields["rules"]
    return create_model("RuleSet", __base__=RuleSet, rules=(tuple[known, ...], whole))


@cache
def rule_set_names() -> tuple[str, ...]:
    """The rule sets that come with Remit."""
    return tuple(sorted(str(file.data["id"]) for file in declared.packaged("spc")))


@cache
def load_rules(name: str) -> RuleSet:
    """A rule set by its identifier, or from the path of a user's own file.

    Raises
    ------
    UnknownCode
        If there is neither a rule set nor a file of that name.
    DeclarationError
        If the file is faulty; the message names file, line and key.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        return declared.read(Path(name)).validate(rule_set_model())
    for file in declared.packaged("spc"):
        if isinstance(file.data, dict) and file.data.get("id") == name:
            return file.validate(rule_set_model())
    raise UnknownCode(
        f"There is no rule set {name!r}. Known: {', '.join(rule_set_names())}. For a file of your "
        "own give its path, ending in .yaml."
    )
