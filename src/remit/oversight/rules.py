"""How plans are made, as declared: who asks, which function an ask is about, what is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from remit.asks import FunctionReader, load_burden
from remit.asks.matching.facets import says_return
from remit.asks.matching.frames import Frame
from remit.asks.matching.matters import load_matters
from remit.asks.senders.cues import says
from remit.catalogue.declared import Declared, packaged, read
from remit.model.ask import Ask
from remit.model.errors import DeclarationError
from remit.model.oversight import PlanFile, Saving
from remit.model.remit import Body
from remit.remits import RemitMap, load_map
from remit.words.nearest import nearest

_NEAR_BEST = 0.8
"""A matter that fits less well than this beside the best has no say in the function."""


@dataclass(frozen=True, slots=True)
class PlanRules:
    """The declared rules, ready for use."""

    content: PlanFile
    path: str
    remit_map: RemitMap
    functions: dict[str, str]
    """A matter → the function it belongs to."""

    def body_of(self, from_body: str) -> Body | None:
        """The body of the map that asks, by its name or the beginning of it."""
        said = from_body.lower().strip()
        for asker in self.content.askers:
            if any(_begins(said, begin.lower()) for begin in asker.begins):
                return self.remit_map.bodies[asker.body]
        return next(
            (
                body
                for body in self.remit_map.bodies.values()
                if said in {name.lower() for name in (body.name, body.short, *body.aliases)}
            ),
            None,
        )

    def collects(self, ask: Ask) -> bool:
        """Whether an ask is a national collection, by who asks and the declared cues."""
        declared, body = self.content.national_collections, self.body_of(ask.from_body)
        return (body is not None and body.id in declared.bodies) and (
            says(ask.channel or "", declared.channels)
            or says(ask.title, declared.titles)
            or says_return(ask, declared.words)
        )

    def function_of(self, frame: Frame) -> str | None:
        """The function that an ask is about: by its team, else its matter, else by its words.

        What the column of teams says goes before all words of the text.
        """
        if by_team := self.function_of_team(frame.ask):
            return by_team
        if frame.matters:
            near = frame.matters[0].score * _NEAR_BEST
            for match in frame.matters:
                if match.score >= near and match.id in self.functions:
                    return self.functions[match.id]
        return self._by_words(frame.ask)

    def function_of_team(self, ask: Ask) -> str | None:
        """The function that the log's column of teams names; None where it names none."""
        found = FunctionReader(load_burden()).of_team(ask)
        return found if found in self.remit_map.functions else None

    def _by_words(self, ask: Ask) -> str | None:
        found = FunctionReader(load_burden()).of(ask)
        return found if found in self.remit_map.functions else None

    def saving(self, fate: str) -> Saving | None:
        """What a fate saves, or None where it saves nothing."""
        return getattr(self.content.savings, fate, None)


def _begins(said: str, begin: str) -> bool:
    return said == begin or said.startswith(f"{begin} ")


def load_rules(own: Path | None = None) -> PlanRules:
    """The rules that come with Remit, or those of a user's own file.

    Raises
    ------
    DeclarationError
        With a line for each fault: file, line, key, what is wrong and what is allowed.
    """
    return _checked(read(own)) if own else _packaged()


@cache
def _packaged() -> PlanRules:
    return _checked(packaged("oversight")[0])


def _checked(file: Declared) -> PlanRules:
    content = file.validate(PlanFile)
    remit_map = load_map()
    faults = [*_body_faults(file, content, remit_map), *_matter_faults(file, content)]
    if faults:
        raise DeclarationError("\n".join(faults))
    functions = {
        matter: function for function, matters in content.matters.items() for matter in matters
    }
    return PlanRules(content, file.path, remit_map, functions)


def _body_faults(file: Declared, content: PlanFile, remit_map: RemitMap) -> Iterable[str]:
    askers, collecting = enumerate(content.askers), content.national_collections.bodies
    named: list[tuple[Sequence[str | int], str, str]] = [
        *((("askers", number, "body"), "body", asker.body) for number, asker in askers),
        *((("parties",), "body", body) for body in content.parties),
        *((("national_collections", "bodies"), "body", body) for body in collecting),
        *((("matters", function), "function", function) for function in content.matters),
    ]
    known = {"body": list(remit_map.bodies), "function": list(remit_map.functions)}
    for where, kind, name in named:
        if name not in known[kind]:
            near = nearest(name, known[kind])
            yield file.fault(where, f"there is no {kind} {name!r}; nearest: {near}")


def _matter_faults(file: Declared, content: PlanFile) -> Iterable[str]:
    known = load_matters().matters
    seen: dict[str, str] = {}
    for function, matters in content.matters.items():
        for matter in matters:
            where: Sequence[str | int] = ["matters", function]
            if matter not in known:
                near = nearest(matter, list(known))
                yield file.fault(where, f"there is no matter {matter!r}; nearest: {near}")
            elif matter in seen:
                yield file.fault(where, f"{matter} belongs to {seen[matter]} already")
            seen[matter] = function
