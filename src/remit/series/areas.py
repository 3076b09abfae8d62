"""To whose series a figure belongs: mergers, lead ICBs and regions, on their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from remit.model.organisation import TRUST_KINDS, Membership, Organisation
from remit.register import Register
from remit.words.names import short_trust_name

Level = Literal["trust", "icb", "region", "england"]
LEVELS: tuple[Level, ...] = ("trust", "icb", "region", "england")

ENGLAND = "ENG"

OTHER_PROVIDER = "other_provider"
"""A provider that the register does not know: in England's sum, in no ICB's."""

BASIS = pl.col("layer").replace(OTHER_PROVIDER, "trust")
"""What is added up together: trusts and other providers, ICBs, regions."""

_SUMMED = ("trust", OTHER_PROVIDER, "icb", "region", "england")
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


@dataclass(frozen=True, slots=True)
class Belonging:
    """Who belongs to whom, for one level of series.

    Parameters
    ----------
    register
        Who exists and who belonged to whom.
    level
        What the series are of.
    on
        The day whose organisations the series are shown for: a closed organisation's figures go
        to the one that has its work on that day.
    as_published
        Leave every organisation as the publication names it.
    """

    register: Register
    level: Level
    on: date
    as_published: bool = False

    def areas(self, points: pl.DataFrame) -> pl.DataFrame:
        """Add ``area``, the code of the series; null for what belongs to none.

        Parameters
        ----------
        points
            With ``org_code, layer, period_end``.
        """
        spans = self._spans(points.select("org_code", "layer").unique().sort("org_code").rows())
        order = pl.int_range(pl.len()).alias("order")
        return (
            points.with_columns(order)
            .sort("period_end")
            .join_asof(
                spans.sort("since"),
                left_on="period_end",
                right_on="since",
                by=["org_code", "layer"],
                strategy="backward",
                check_sortedness=False,
            )
            .sort("order")
            .drop("order", "since")
        )

    def _spans(self, organisations: Iterable[tuple[str, str]]) -> pl.DataFrame:
        """From which day on an organisation's figures belong to which series."""
        rows = [
            (code, layer, since, area)
            for code, layer in organisations
            for since, area in self._of(code, layer)
        ]
        shape = {
            "org_code": pl.String,
            "layer": pl.String,
            "since": pl.Date,
            "area": pl.String,
        }
        return pl.DataFrame(rows, schema=shape, orient="row")

    def _of(self, code: str, layer: str) -> Iterator[tuple[date, str | None]]:
        if layer not in _SUMMED:
            return
        if self.level == "england":
            yield date.min, ENGLAND
        elif self.level == layer or (self.level, layer) == ("trust", OTHER_PROVIDER):
            yield date.min, self.present(code)
        elif layer in {"trust", "icb"} and LEVELS.index(layer) < LEVELS.index(self.level):
            yield from self._parents(code)

    def _parents(self, code: str) -> Iterator[tuple[date, str | None]]:
        """The areas of an organisation by date; the first is carried back to the beginning.

        ICBs began in July 2022: carried back, a series can begin earlier.
        """
        memberships = self._memberships(code)
        for number, membership in enumerate(sorted(memberships, key=lambda m: m.valid_from)):
            since = membership.valid_from if number else date.min
            yield since, self._parent_now(code, membership.code)

    def _memberships(self, code: str) -> tuple[Membership, ...]:
        """Its own, or where the register has none those that all its successors have.

        Which part of its figures went to which of several successors cannot be told: where these
        belong to several areas, it belongs to none.
        """
        organisation = self.register.find(code)
        if organisation is None:
            return ()
        own = self._own(organisation)
        if own:
            return own
        later = [self._memberships(successor.code) for successor in self.register.successors(code)]
        areas = {tuple(membership.code for membership in found) for found in later}
        return later[0] if len(areas) == 1 else ()

    def _own(self, organisation: Organisation) -> tuple[Membership, ...]:
        return organisation.lead_icbs if self.level == "icb" else organisation.regions

    def by_successor(self, codes: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
        """Those of some organisations without an area of their own, each with its successors."""
        found = [(code, self.register.find(code)) for code in sorted(set(codes))]
        return [
            (code, organisation.succession.successors)
            for code, organisation in found
            if organisation and organisation.succession and not self._own(organisation)
        ]

    def _parent_now(self, code: str, parent: str) -> str:
        """An area as it is on the day; of one that was divided, the part that has the trust."""
        if self.as_published:
            return parent
        parts = self._now(parent)
        if len(parts) == 1:
            return parts[0]
        held = [
            membership.code
            for one in self._now(code)
            for membership in self._memberships(one)
            if membership.holds(self.on) and membership.code in parts
        ]
        return held[0] if held else parent

    def present(self, code: str) -> str:
        """The one organisation that has a code's work on the day; itself where that is unclear."""
        if self.as_published:
            return code
        found = self._now(code)
        return found[0] if len(found) == 1 else code

    def _now(self, code: str) -> list[str]:
        if self.register.find(code) is None:
            return [code]
        return [organisation.code for organisation in self.register.current(code, self.on)]


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
