"""To whose series a figure belongs: mergers, lead ICBs and regions, on their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import polars as pl

from remit.model.organisation import Membership, Organisation
from remit.register import Register
from remit.series.areas import ENGLAND, LEVELS, OTHER_PROVIDER, SUMMED, Level


class Spell(NamedTuple):
    """From a day on figures belong to an area, or it is known only to which they may belong."""

    since: date
    area: str | None
    perhaps: tuple[str, ...] = ()


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
        The day whose ICBs and regions the series are shown for: figures of a closed ICB go to the
        one that has its work on that day.
    with_predecessors
        Figures of a trust that has merged are part of its successor's, from the beginning; else
        each stays as the publication names it.
    """

    register: Register
    level: Level
    on: date
    with_predecessors: bool = False

    def areas(self, points: pl.DataFrame) -> pl.DataFrame:
        """Add ``area``, the code of the series, and ``perhaps``, where only that is known.

        Both are null for what belongs to none; ``perhaps`` has several codes apart by spaces.
        ``named`` says that it is the publication that names the members of that period.

        Parameters
        ----------
        points
            With ``metric_id, cut, org_code, layer, period_start, period_end, member_of``.
        """
        return self._as_named(self._as_registered(points))

    def _as_registered(self, points: pl.DataFrame) -> pl.DataFrame:
        spans = self._spans(points.select("org_code", "layer").unique().sort("org_code").rows())
        if not spans.select("org_code", "layer").is_duplicated().any():
            # Whose figures belong to one area all along need not be looked up by the day.
            always = spans.filter(pl.col("since") == date.min).drop("since")
            if always.height == spans.height:
                of = ["org_code", "layer"]
                return points.join(always, on=of, how="left", maintain_order="left")
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

    def _as_named(self, points: pl.DataFrame) -> pl.DataFrame:
        """Where a publication names the ICB of each provider in a period, it is believed."""
        named = pl.lit(value=False)
        if self.level in {"icb", "region"}:
            provides = pl.col("layer").is_in(["trust", OTHER_PROVIDER])
            says = pl.col("member_of").is_not_null() & provides
            named = says.any().over("metric_id", "cut", "period_start") & provides
        told = points.with_columns(named.alias("named"))
        pairs = told.filter("named").select("org_code", "member_of").drop_nulls().unique()
        rows = [(*pair, *self._under(*pair)) for pair in pairs.iter_rows()]
        shape = dict.fromkeys(("org_code", "member_of", "named_area", "named_perhaps"), pl.String)
        known = pl.DataFrame(rows, schema=shape, orient="row")
        return (
            told.join(known, on=["org_code", "member_of"], how="left", maintain_order="left")
            .with_columns(
                pl.when("named").then(f"named_{name}").otherwise(name).alias(name)
                for name in ("area", "perhaps")
            )
            .drop("named_area", "named_perhaps")
        )

    def _under(self, code: str, icb: str) -> tuple[str | None, str | None]:
        """The area of a provider that a publication names under an ICB."""
        if self.level == "region":
            found = self.register.find(icb)
            return (found.regions[-1].code if found and found.regions else None), None
        area, perhaps = self._parent_now(code, icb)
        return area, " ".join(perhaps) or None

    def _spans(self, organisations: Iterable[tuple[str, str]]) -> pl.DataFrame:
        """From which day on an organisation's figures belong to which series."""
        rows = [
            (code, layer, spell.since, spell.area, " ".join(spell.perhaps) or None)
            for code, layer in organisations
            for spell in self._of(code, layer)
        ]
        shape = {
            "org_code": pl.String,
            "layer": pl.String,
            "since": pl.Date,
            "area": pl.String,
            "perhaps": pl.String,
        }
        return pl.DataFrame(rows, schema=shape, orient="row")

    def _of(self, code: str, layer: str) -> Iterator[Spell]:
        if layer not in SUMMED:
            return
        if self.level == "england":
            yield Spell(date.min, ENGLAND)
        elif self.level == layer or (self.level, layer) == ("trust", OTHER_PROVIDER):
            yield Spell(date.min, self.present(code), self._new_parts(code))
        elif layer in {"trust", "icb"} and LEVELS.index(layer) < LEVELS.index(self.level):
            yield from self._parents(code)

    def _parents(self, code: str) -> Iterator[Spell]:
        """The areas of an organisation by date; the first is carried back to the beginning.

        ICBs began in July 2022: carried back, a series can begin earlier. When an area that was
        divided has ended, a trust of which the register does not know more may be in any part.
        """
        memberships = sorted(self._memberships(code), key=lambda m: m.valid_from)
        for number, membership in enumerate(memberships):
            since = membership.valid_from if number else date.min
            yield Spell(since, *self._parent_now(code, membership.code))
        if memberships:
            yield from self._afterwards(code, memberships[-1])

    def _afterwards(self, code: str, last: Membership) -> Iterator[Spell]:
        """When the last membership has ended and the organisation has not."""
        organisation = self.register.find(code)
        if organisation is None or last.valid_to is None:
            return
        since = last.valid_to + timedelta(days=1)
        if since > (organisation.closed or date.max):
            return
        parts = [part for part in self._now(last.code, max(self.on, since)) if part != last.code]
        if len(parts) == 1:
            yield Spell(since, parts[0])
        else:
            yield Spell(since, None, tuple(parts))

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

    def _parent_now(self, code: str, parent: str) -> tuple[str | None, tuple[str, ...]]:
        """An area as it is on the day; of one that was divided, the part that has the trust.

        Where the register does not know which part has it, it may be in those that began then.
        """
        parts = self._now(parent)
        if len(parts) < 2:
            return (parts or [parent])[0], ()
        held = [
            membership.code
            for one in self._now(code)
            for membership in self._memberships(one)
            if membership.holds(self.on) and membership.code in parts
        ]
        return (held[0], ()) if held else (None, self._new_parts(parent))

    def _new_parts(self, code: str) -> tuple[str, ...]:
        """Those that began when an organisation was divided; none where it was not."""
        found = self.register.find(code)
        parts = self._now(code) if self.level != "trust" else []
        if found is None or found.succession is None or len(parts) < 2:
            return ()
        began = found.succession.on
        return tuple(part for part in parts if self.register.get(part).opened >= began)

    def present(self, code: str) -> str:
        """The one organisation that has a code's work; itself where that is unclear.

        For a trust it is itself, unless predecessors are asked for: then what followed it at any
        time that the register knows of.
        """
        if self.level == "trust" and not self.with_predecessors:
            return code
        found = self._now(code, date.max if self.level == "trust" else self.on)
        return found[0] if len(found) == 1 else code

    def _now(self, code: str, on: date | None = None) -> list[str]:
        if self.register.find(code) is None:
            return [code]
        return [organisation.code for organisation in self.register.current(code, on or self.on)]


def days_of(
    register: Register, codes: Iterable[str] | None, level: Level, on: date
) -> dict[date, list[str] | None]:
    """The days whose areas are shown, each with the codes that are asked for.

    An area that is closed on the day is shown as it was when it ended, one that begins later as it
    then is.
    """
    if codes is None or level == "trust":
        return {on: None if codes is None else list(codes)}
    found: dict[date, list[str] | None] = {}
    for code in codes:
        area = register.find(code.strip().upper())
        day = min(max(on, area.opened), area.closed or date.max) if area else on
        found[day] = [*(found.get(day) or []), code]
    return found
