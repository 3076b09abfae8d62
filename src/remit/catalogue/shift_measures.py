"""Measures of the shift and the frameworks that name them: read, and held against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from remit.catalogue import declared
from remit.catalogue.declared import Declared
from remit.model.errors import AssessmentError, DeclarationError
from remit.model.shift_measures import ShiftFramework, ShiftMeasure, ShiftMeasureFile
from remit.words.nearest import nearest

_FOLDER = "shift/published"


@dataclass(frozen=True, slots=True)
class ShiftCatalogue:
    """All measures by identifier, the frameworks that name them, and who they are held against."""

    measures: Mapping[str, ShiftMeasure]
    frameworks: Mapping[str, ShiftFramework]
    population: tuple[str, ...]
    registered: str

    def chosen(self, framework: str | None) -> tuple[ShiftFramework, ...]:
        """One framework, or all.

        Raises
        ------
        AssessmentError
            If there is none of that name.
        """
        if framework is None:
            return tuple(self.frameworks.values())
        if framework not in self.frameworks:
            near = nearest(framework, self.frameworks)
            raise AssessmentError(
                f"there is no shift framework {framework!r}; there are "
                f"{', '.join(self.frameworks)}" + (f"; nearest: {near}" if near else "")
            )
        return (self.frameworks[framework],)


@cache
def load_shift_catalogue() -> ShiftCatalogue:
    """The measures and frameworks that come with Remit.

    Raises
    ------
    DeclarationError
        If a framework names a measure that is not declared.
    """
    files = declared.packaged(_FOLDER)
    (measures,) = (f.validate(ShiftMeasureFile) for f in files if _is(f, "shift-measures"))
    found = {one.id: one for one in measures.measures}
    frameworks = [checked_framework(f, found) for f in files if _is(f, "shift-framework")]
    return ShiftCatalogue(
        found, {one.id: one for one in frameworks}, measures.population, measures.registered
    )


def checked_framework(file: Declared, measures: Mapping[str, ShiftMeasure]) -> ShiftFramework:
    """A framework whose measures are all declared.

    Raises
    ------
    DeclarationError
        With one line for each that is not: file, line, key and the nearest.
    """
    found = file.validate(ShiftFramework)
    faults = [
        file.fault(
            ["measures", place],
            f"no measure {name!r} is declared; nearest: {_near(name, measures)}",
        )
        for place, name in enumerate(found.measures)
        if name not in measures
    ]
    if faults:
        raise DeclarationError("\n".join(faults))
    return found


def _near(name: str, measures: Mapping[str, ShiftMeasure]) -> str:
    return nearest(name, measures) or "none"


def _is(file: Declared, kind: str) -> bool:
    return bool(file.data.get("schema") == f"remit/{kind}/1")
