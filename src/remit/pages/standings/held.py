"""What a build of the site held, as a later one compares it: the data beside its pages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remit.pages.frame.feed import SiteNews, changes_of
from remit.pages.frame.links import PageKind, slug

Figure = tuple[float | None, str]
"""A value with its unit."""


@dataclass(frozen=True, slots=True)
class HeldOrganisation:
    """An organisation with its segment and its figures by metric."""

    code: str
    name: str
    kind: str
    page: str
    segment: int | None
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class HeldPeriod:
    """A period as a build had it; ``day`` is that of its newest publication, else its last."""

    label: str
    ends: str
    day: str
    framework: str
    framework_name: str
    scoring: str
    mode: str
    metrics: Mapping[str, tuple[str, str]]
    organisations: Mapping[str, HeldOrganisation]

    @property
    def kinds(self) -> Mapping[str, int]:
        """The kinds of organisation, and how many it has of each."""
        return Counter(one.kind for one in self.organisations.values())

    def with_figures(self, kinds: Container[str]) -> frozenset[str]:
        """The metrics of which somebody of some kinds has a figure."""
        return frozenset(
            metric
            for one in self.organisations.values()
            if one.kind in kinds
            for metric, (value, _) in one.figures.items()
            if value is not None
        )


@dataclass(frozen=True, slots=True)
class HeldBuild:
    """A whole build: its periods by label, and what it told of builds before."""

    feed_id: str
    periods: Mapping[str, HeldPeriod]
    changes: tuple[SiteNews, ...]


def held_period(data: Mapping[str, Any]) -> HeldPeriod:
    """A period by its data.

    Raises
    ------
    KeyError, TypeError, AttributeError
        If they are not as ``standings.schema.json`` has them.
    """
    folder = slug(data["period"])
    days = [one["published_on"] for one in data["sources"] if one["published_on"]]
    return HeldPeriod(
        label=data["period"],
        ends=data["period_end"],
        day=max(days, default=data["period_end"]),
        framework=data["framework"]["id"],
        framework_name=data["framework"]["name"],
        scoring=data["framework"]["hashes"]["scoring"],
        mode=data["mode"],
        metrics={
            one["id"]: (str(one["name"]), f"{folder}/{one['page']}") for one in data["metrics"]
        },
        organisations={one["code"]: _organisation(one, folder) for one in data["organisations"]},
    )


def _organisation(data: Mapping[str, Any], folder: str) -> HeldOrganisation:
    return HeldOrganisation(
        code=data["code"],
        name=data["name"],
        kind=data["kind"],
        page=f"{folder}/{data['page']}",
        segment=data["segment"],
        figures={one["metric"]: (one["value"], one["unit"] or "") for one in data["metrics"]},
    )


def held_build(folder: Path) -> HeldBuild | None:
    """What the build in a folder held; None where it told nothing that can be compared."""
    try:
        site = _json(folder / PageKind.SITE_DATA.value.path)
        paths = [PageKind.STANDINGS_DATA.value.path.format(period=slug(one["period"]))
                 for one in site["periods"]]  # fmt: skip
        periods = [held_period(_json(folder / path)) for path in paths]
        changes = changes_of(site["changes"])
        by_label = {one.label: one for one in periods}
        told = bool(by_label and changes)
        return HeldBuild(str(site["feed"]), by_label, changes) if told else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
