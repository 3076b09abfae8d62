"""A publication as data: its columns, its marks, where it is found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from functools import cached_property, lru_cache
from itertools import product
from typing import Literal

from pydantic import Field

from remit.model.declaration import Declaration
from remit.model.layout import (
    AreaSum,
    Between,
    ByFileName,
    Cut,
    Expression,
    FalseZeros,
    Holder,
    Only,
    PeriodPlace,
    PrintedRate,
    Totals,
    Unread,
)
from remit.model.links import Links
from remit.model.observation import Status
from remit.model.organisation import TrustKind

_IN_BRACES = re.compile(r"\{(.*?)\}")


class Column(Declaration):
    """One column of the publication's table."""

    name: str
    aliases: tuple[str, ...] = ()
    pattern: str | None = Field(
        default=None,
        description="A regular expression that other spellings of the name fit whole, "
        "written in lower case with single blanks and without dashes or underscores",
    )
    required: bool = True

    @cached_property
    def folded_names(self) -> tuple[str, ...]:
        """The names under which it can stand, without the differences that mean nothing."""
        return tuple(map(folded, (self.name, *self.aliases)))


class Measure(Declaration):
    """A column that holds figures: which metric they are of.

    The column need not be among the publication's ``columns``; ``aliases``, ``pattern`` and
    ``required`` are then those of the column. A ``range`` column (``1.72 to 2.73``) yields two
    observations, ``<metric>_low`` and ``<metric>_high``. In the identifier ``{Sector}`` stands for
    the word declared for the text in the column Sector.
    """

    column: str
    metric: str
    unit: str
    name: str = Field(default="", description="What is counted, in plain words")
    cut: str | None = Field(default=None, description="The group: age: 0-4; blank: everybody")
    aliases: tuple[str, ...] = ()
    pattern: str | None = None
    required: bool = True
    range: bool = False
    part_of: str = Field(
        default="",
        description="The column of the figure that it is part of: a row in which it is larger is "
        "refused",
    )
    between: Between | None = Field(
        default=None,
        description="It is the sum of these of the row's bands; the column is then but its name",
    )
    where: dict[str, Expression] = Field(
        default={},
        description="It is of those rows only in which the whole text of a column fits a regular "
        "expression",
    )
    apart: str = Field(
        default="", description="What tells its part of the publication from the rest of its row"
    )

    @property
    def told_by(self) -> tuple[str, ...]:
        """The names in braces: what the row or the file's name says of the metric."""
        return tuple(_IN_BRACES.findall(self.metric))


class FurtherMetrics(Declaration):
    """How metrics that Remit does not know are kept: under their own identifier, as printed."""

    pattern: str = Field(description="A regular expression that such an identifier fits whole")
    results: str = Field(
        description="A regular expression that the identifiers of results fit whole: domain "
        "scores, segments and flags, which are made of metrics and are none"
    )
    score_of: dict[str, str] = Field(
        default={},
        description="How the identifier of a score begins → how that of its metric does",
    )


class Layout(Declaration):
    """What one form of a publication's files looks like.

    What another layout of a publication does not say is as in its first.
    """

    format: Literal["csv", "workbook"] = Field(
        default="csv", description="Either may come packed in a zip archive"
    )
    sheet: str = Field(
        default="", description="A regular expression that the names of the sheets to read fit"
    )
    title: str = Field(
        default="", description="A regular expression that a text above the header fits"
    )
    heads: bool = Field(
        default=False,
        description="Whether columns of one name are told apart by the head that stands above "
        "them, and are declared with it: Available: General & Acute",
    )
    columns: tuple[Column, ...] = ()
    known_columns: tuple[str, ...] = Field(
        default=(),
        description="Regular expressions that fit the names of further columns whole, written in "
        "lower case with single blanks: read by their place or knowingly not kept, so that "
        "nobody is told of them",
    )
    known_sheets: tuple[str, ...] = Field(
        default=(),
        description="Regular expressions that fit the names of sheets that are knowingly not kept",
    )
    words: dict[str, dict[str, str]] = Field(
        default={}, description="For a column: texts as written → the words that Remit uses"
    )
    marks: dict[str, Status] = Field(
        default={}, description="What stands in a cell instead of a figure"
    )
    measures: tuple[Measure, ...] = ()
    measures_optional: bool = Field(
        default=False, description="Whether any column of a measure that is not in columns may lack"
    )
    ahead: bool = Field(
        default=False,
        description="Whether its figures are for periods to come, such as allocations; those of "
        "others cannot be of a period that has not begun",
    )
    whole: bool = Field(
        default=False,
        description="Whether its counts are of whole things, so that a fraction is none of them",
    )
    bands: Expression = Field(
        default="",
        description="A regular expression that the names of columns of bands fit whole (written "
        "as in pattern), with the groups low and high; a band without high is open",
    )
    only: tuple[Only, ...] = ()
    summed_over: tuple[str, ...] = Field(
        default=(),
        description="Columns by which rows of one organisation are parted and which are not kept: "
        "the rows are added up",
    )
    organisation: Holder | None = None
    period: PeriodPlace | None = None
    cuts: tuple[Cut, ...] = ()
    by_file_name: ByFileName | None = None
    apart: tuple[str, ...] = Field(
        default=(),
        description="What tells files of one period apart, so that one does not replace the other: "
        "a column with words, what the file's name tells, area (ICBs apart from trusts), or "
        "organisation (each for itself)",
    )
    not_apart: tuple[str, ...] = Field(
        default=(),
        description="Words of the columns in apart that tell nothing apart: their figures are the "
        "publication's own part",
    )
    parts_apart: str = Field(
        default="",
        description="Under this name a later file replaces figures with a cut apart from those "
        "without",
    )
    published: tuple[str, ...] = Field(
        default=(),
        description="Labels beside which stands the day of publication, above the table or on the "
        "first sheet; the first with a day counts",
    )
    false_zeros: tuple[FalseZeros, ...] = ()
    printed_rates: tuple[PrintedRate, ...] = ()
    area_sums: tuple[AreaSum, ...] = ()
    totals: Totals = Totals()


class ReleaseLag(Declaration):
    """How long after the end of a period its figures are published."""

    after_days: int = Field(ge=0, description="Days from the last day of the period")
    calendar_years: bool = Field(
        default=False, description="Whether its years run from January; else from April"
    )
    source: str = Field(description="Where that stands, or how it is known")
    verified: bool = Field(
        default=False, description="Whether it was checked against the calendar of releases"
    )


class Publication(Layout):
    """An official publication that Remit reads."""

    schema_: Literal["remit/publication/1"] = Field(alias="schema")
    id: str
    name: str
    publisher: str
    landing_page: str
    licence: str
    release: ReleaseLag | None = Field(
        default=None,
        description="When it is published; what is published later than today is not late",
    )
    third_party: str = Field(
        default="",
        description="Whose copy of the publication its files are, where they are not the "
        "publisher's own; an official file outranks them for the same part of it",
    )
    reader: str = Field(
        default="plain",
        description="The module of remit.publications.readers that reads it; one with a row an "
        "organisation and period and columns of counts needs none of its own",
    )
    metrics: str = Field(
        default="", description="The metric catalogue file that its identifiers stand in"
    )
    family: str = Field(
        default="",
        description="Publications of one family replace each other's parts, as vintages do",
    )
    columns: tuple[Column, ...]
    marks: dict[str, Status] = Field(description="What stands in a cell instead of a figure")
    layouts: tuple[Layout, ...] = Field(
        default=(), description="Further layouts: a workbook beside a CSV file, an older era"
    )
    trust_types: dict[str, TrustKind] = Field(
        default={}, description="Trust types as written → kinds"
    )
    release_from: tuple[str, ...] = Field(
        default=(),
        description="Metrics whose reporting date is the quarter of a file without that column",
    )
    units: dict[str, str] = Field(default={}, description="Units as written → units as kept")
    further_metrics: FurtherMetrics | None = None
    descriptions: dict[str, str] = Field(
        default={},
        description="A metric's or a result's identifier → its name as this publication prints it",
    )
    unread: tuple[Unread, ...] = ()
    links: Links | None = Field(
        default=None, description="How its files are found on the landing page"
    )
    no_links: str = Field(default="", description="Why its files cannot be found there")
    makes: tuple[str, ...] = Field(
        default=(),
        description="The counts that its own reader makes beside those of measures; in braces "
        "stand a column with words, or the words themselves: {fte|headcount}",
    )

    @cached_property
    def counts(self) -> frozenset[str]:
        """The identifiers of all that its files give, in whichever layout."""
        return frozenset(
            name
            for layout in self.each_layout
            for written in (*(measure.metric for measure in layout.measures), *self.makes)
            for name in _spelt_out(written, layout)
        )

    @cached_property
    def each_layout(self) -> tuple[Publication, ...]:
        """The publication once for each layout of its files; the first is its own."""
        own = {name: getattr(self, name) for name in Publication.model_fields}
        further = (
            {name: getattr(layout, name) for name in layout.model_fields_set}
            for layout in self.layouts
        )
        return (self, *(Publication.model_construct(**{**own, **said}) for said in further))

    def column_names(self, header: tuple[str, ...]) -> dict[str, int]:
        """Where each declared column stands in a header; absent ones are left out.

        So is one that may lack and stands there twice: which is meant cannot be told.
        """
        places = _places_in(header)
        often = Counter(map(folded, header))
        found: dict[str, int] = {}
        for column in self.all_columns:
            place = _place(column, places)
            if place is not None and (column.required or often[folded(header[place])] == 1):
                found[column.name] = place
        return found

    @property
    def kept_as(self) -> str:
        """The name under which the store keeps it: its family's, or its own."""
        return self.family or self.id

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """The declared columns, then those that only a measure names."""
        named = {column.name for column in self.columns}
        further = {
            m.column: Column(
                name=m.column,
                aliases=m.aliases,
                pattern=m.pattern,
                required=m.required and not self.measures_optional,
            )
            for m in self.measures
            if m.column not in named and m.between is None
        }
        return (*self.columns, *further.values())

    def may_stand_in(self, names: Set[str]) -> bool:
        """Whether a row with these folded names could be a header, at a quick look.

        Columns that have a pattern are not looked for, nor those that a head is written before.
        """
        return all(not alternatives.isdisjoint(names) for alternatives in self._surely_named)

    @cached_property
    def _surely_named(self) -> tuple[frozenset[str], ...]:
        """For each such column that is needed the names under which it can stand."""
        columns = self.columns if self.heads else self.all_columns
        return tuple(
            frozenset(column.folded_names)
            for column in columns
            if column.required and not column.pattern
        )

    def missing_columns(self, header: tuple[str, ...]) -> tuple[str, ...]:
        """The required columns that a header lacks."""
        found = self.column_names(header)
        return tuple(c.name for c in self.all_columns if c.required and c.name not in found)


@lru_cache(maxsize=4096)
def _places_in(header: tuple[str, ...]) -> dict[str, int]:
    """The folded names of a row, and where each stands first."""
    return {folded(name): index for index, name in reversed(list(enumerate(header)))}


def _place(column: Column, places: Mapping[str, int]) -> int | None:
    for name in column.folded_names:
        if name in places:
            return places[name]
    if column.pattern:
        return _fitting(column.pattern, tuple(places.items()))
    return None


@lru_cache(maxsize=4096)
def _fitting(pattern: str, places: tuple[tuple[str, int], ...]) -> int | None:
    """The place of the first folded name that a pattern fits."""
    fits = re.compile(pattern, re.IGNORECASE).fullmatch
    return next((place for name, place in places if fits(name.replace("_", " "))), None)


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A column name without the differences that mean nothing: case, blanks, underscores."""
    return "_".join(name.replace("\ufeff", "").replace("-", " ").replace("_", " ").lower().split())


def _spelt_out(written: str, layout: Publication) -> Iterator[str]:
    """An identifier once for each word that can stand in its braces."""
    parts = _IN_BRACES.split(written)
    choices = [_choices(part, layout) if at % 2 else [part] for at, part in enumerate(parts)]
    return map("".join, product(*choices))


def _choices(name: str, layout: Publication) -> list[str]:
    told = layout.by_file_name
    if told is not None and told.name == name:
        return [word.lower() for word in told.words]
    return list(layout.words[name].values()) if name in layout.words else name.split("|")
