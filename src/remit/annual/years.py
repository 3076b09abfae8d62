"""Years and ladders: those that come with Remit, and a user's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from remit.catalogue import declared
from remit.model.annual import AnnualYear, PhraseLadder
from remit.model.errors import AnnualError
from remit.words.nearest import did_you_mean

if TYPE_CHECKING:
    from pydantic import BaseModel

    ModelT = TypeVar("ModelT", bound=BaseModel)


@cache
def ready_years() -> Mapping[str, AnnualYear]:
    """The years that come with Remit, by identifier, each with what it leaves out filled in.

    Examples
    --------
    >>> ready_years()["2025-26"].guidance
    'none_found'
    """
    found = {one.id: one for one in _packaged("annual/years", AnnualYear)}
    return {name: _filled(one, found) for name, one in found.items()}


def _filled(year: AnnualYear, known: Mapping[str, AnnualYear]) -> AnnualYear:
    if not year.as_in:
        return year
    if year.as_in not in known:
        raise AnnualError(f"{year.id}: as_in: there is no year {year.as_in!r}; {_list(known)}")
    return year.filled_from(_filled(known[year.as_in], known))


@cache
def ready_ladders() -> Mapping[str, PhraseLadder]:
    """The ladders that come with Remit, by identifier."""
    return {one.id: one for one in _packaged("annual/ladders", PhraseLadder)}


def _packaged(folder: str, model: type[ModelT]) -> list[ModelT]:
    return [file.validate(model) for file in declared.packaged(folder)]


def load_year(name: str, beside: Path | None = None) -> AnnualYear:
    """A year by its identifier or as it is written (``2024/25``), or from a file of one's own.

    Parameters
    ----------
    name
        ``2024-25``, ``2024/25``, or a file that ends in ``.yaml``.
    beside
        The folder from which such a file is looked for.

    Raises
    ------
    AnnualError
        If there is neither such a year nor such a file.

    Examples
    --------
    >>> len(load_year("2024/25").headings)
    5
    """
    if _is_file(name):
        found = declared.read((beside or Path()) / name).validate(AnnualYear)
        return _filled(found, ready_years())
    known = ready_years()
    plain = name.strip().replace("/", "-")
    if plain in known:
        return known[plain]
    raise AnnualError(f"there is no year {name!r}; {_list(known)}{did_you_mean(plain, known)}")


def load_ladder(name: str, beside: Path | None = None) -> PhraseLadder:
    """A ladder of phrases by its identifier, or from a file of one's own.

    Raises
    ------
    AnnualError
        If there is neither.
    """
    if _is_file(name):
        return declared.read((beside or Path()) / name).validate(PhraseLadder)
    known = ready_ladders()
    if name in known:
        return known[name]
    raise AnnualError(f"there is no ladder {name!r}; there are {', '.join(known)}")


def _is_file(name: str) -> bool:
    return name.endswith((".yaml", ".yml"))


def _list(known: Mapping[str, AnnualYear]) -> str:
    return f"there are {', '.join(known)}; for a file of your own give its name, ending in .yaml"
