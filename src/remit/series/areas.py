"""The levels of series, and the layer that each organisation's figures are of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

import polars as pl

from remit.model.organisation import TRUST_KINDS, Organisation
from remit.register import Register
from remit.words.names import short_trust_name

Level = Literal["trust", "icb", "region", "england"]
LEVELS: tuple[Level, ...] = ("trust", "icb", "region", "england")

ENGLAND = "ENG"

OTHER_PROVIDER = "other_provider"
"""A provider that the register does not know: in England's sum, in no ICB's."""

BASIS = pl.col("layer").replace(OTHER_PROVIDER, "trust")
"""What is added up together: trusts and other providers, ICBs, regions."""

SUMMED = ("trust", OTHER_PROVIDER, "icb", "region", "england")
"""The layers that a sum can be made of; others see the same people another way: practices, local
authorities."""


def with_layers(figures: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Add the layer of each figure's organisation: trust, other_provider, icb, region, england …

    What the register does not know is what its publication calls it: a practice can be a
    provider of diagnostic tests in one and the measure of a population in another.
    """
    pairs = figures.select("org_code", "org_kind").unique()
    rows = [(code, kind, _layer(register.find(code), kind)) for code, kind in pairs.iter_rows()]
    names_of = {"org_code": pl.String, "org_kind": pl.String, "layer": pl.String}
    found = pl.DataFrame(rows, schema=names_of, orient="row")
    return figures.join(found, on=["org_code", "org_kind"], nulls_equal=True, maintain_order="left")


def _layer(organisation: Organisation | None, kind: str | None) -> str:
    if organisation is not None:
        return organisation.type.value
    # A trust that the register does not know is a provider all the same.
    return OTHER_PROVIDER if kind is None or kind in set(TRUST_KINDS) else kind


def closings(register: Register, codes: Iterable[str]) -> pl.DataFrame:
    """The last day of each organisation that the register knows; ``org_code, closed``."""
    known = (register.find(code) for code in codes)
    rows = [(o.code, o.closed or date.max) for o in known if o is not None]
    return pl.DataFrame(rows, schema={"org_code": pl.String, "closed": pl.Date}, orient="row")


def names(register: Register, codes: Iterable[str], on: date, *, fictional: bool) -> pl.DataFrame:
    """Names of series, ``area, org_name``; what the register does not know has its code."""
    england = "All of the fictional sample" if fictional else "England"
    rows = []
    for code in codes:
        organisation = register.find(code)
        name = organisation.name_on(on) if organisation else code
        rows.append((code, england if code == ENGLAND else name))
    return pl.DataFrame(rows, schema={"area": pl.String, "org_name": pl.String}, orient="row")


def member_names(register: Register, codes: Iterable[str], on: date) -> dict[str, str]:
    """Short names of organisations by code; of those that the register knows."""
    known = (register.find(code) for code in codes)
    return {o.code: short_trust_name(o.name_on(on)) for o in known if o is not None}
