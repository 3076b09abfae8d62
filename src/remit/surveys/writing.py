"""The tables of a survey as a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import polars as pl

from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.outputs import write_files
from remit.model.errors import SurveyError
from remit.surveys.between import adjusted
from remit.surveys.changes import changes
from remit.surveys.other_changes import multi_changes, numeric_changes
from remit.surveys.reading.answers import SurveyRead
from remit.surveys.responses import AskedFile, responses
from remit.surveys.results import RESULTS, figures_of_bodies
from remit.surveys.suppressing import suppressed_tables
from remit.surveys.tables import SurveyTables, tabulate


@dataclass(frozen=True, slots=True)
class CountedSurvey:
    """A survey with all its tables, small bases taken out."""

    read: SurveyRead
    frames: dict[str, pl.DataFrame]
    min_base: int


def counted(
    read: SurveyRead,
    by: Sequence[Sequence[str]] = (),
    min_base: int = 0,
    asked: AskedFile | None = None,
) -> CountedSurvey:
    """All tables of a survey.

    Parameters
    ----------
    read
        The answers.
    by
        The cuts beside the whole.
    min_base
        The least base that is shown.
    asked
        Who was asked, where a file tells it.

    Examples
    --------
    >>> counted(read, [["trust_type"]], 10).frames["items"].height  # doctest: +SKIP
    72
    """
    tables = tabulate(read, _with_bodies(read, by))
    routed = {one.id: one.routing.item for one in read.questionnaire.items if one.routing}
    frames = suppressed_tables(tables, min_base, routed)
    frames["groups"] = adjusted(_where_shown(tables.groups, frames["weighted"]))
    frames["overall"] = _where_all_shown(tables.overall, frames["weighted"])
    frames["changes"] = _shown_changes(read, tables, frames["items"])
    frames["multi_changes"] = multi_changes(read, frames["multi"])
    frames["numeric_changes"] = numeric_changes(read, frames["numeric"])
    if read.questionnaire.about is not None:
        figures = figures_of_bodies(read, frames["items"], frames["changes"])
        frames |= {RESULTS: figures} if figures.height else {}
    if asked is not None:
        frames["responses"] = responses(read, asked, min_base)
    frames["rejections"] = pl.DataFrame(
        [asdict(one) for one in read.rejections],
        schema={
            "file": pl.String,
            "line": pl.Int64,
            "column": pl.String,
            "value": pl.String,
            "reason": pl.String,
        },
    )
    return CountedSurvey(read, frames, min_base)


def _with_bodies(read: SurveyRead, by: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The cuts, with that of the bodies asked about: what is hidden must allow for both."""
    about = read.questionnaire.about
    known = about is not None and any(about.group in one.cuts for one in read.waves)
    if about is None or not known or [about.group] in map(list, by):
        return list(by)
    return [*by, [about.group]]


def publishable(found: CountedSurvey) -> CountedSurvey:
    """The tables without what stands in the cells that are not counted: that is for the owner.

    An answer that fits no scale is somebody's own words, and a double respondent's cell is their
    number; file, line, column and reason stay.
    """
    return replace(
        found, frames={**found.frames, "rejections": found.frames["rejections"].drop("value")}
    )


def _shown_changes(read: SurveyRead, tables: SurveyTables, items: pl.DataFrame) -> pl.DataFrame:
    """The changes without those of which one side is not shown."""
    keys = ["item_id", "group_by", "group"]
    waves = [one.wave.id for one in read.waves[-2:]]
    out = items.filter((pl.col("suppressed") != "") & pl.col("wave").is_in(waves))
    why = out.group_by(keys).agg(pl.col("suppressed").first())
    frame = changes(read, tables, set(out.select(keys).iter_rows()))
    marked = frame.join(why, on=keys, how="left", maintain_order="left").with_columns(
        pl.col("suppressed").fill_null("")
    )
    shown = pl.col("suppressed") == ""
    figures = ("pct_now", "pct_before", "change", "base_now", "base_before", "significant")
    return marked.with_columns(pl.when(shown).then(pl.col(name)).alias(name) for name in figures)


_SAID = {"wave", "item", "group_by", "group", "item_id", "suppressed"}
_SOME_OUT = "groups of it are not shown, and would be told by it"


def _where_shown(frame: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """The comparisons of groups without those that are not shown."""
    keys = ["wave", "item_id", "group_by", "group"]
    why = items.select(*keys, "suppressed")
    return _without(frame.join(why, on=keys, how="left", maintain_order="left"))


def _where_all_shown(frame: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """The tests of all groups, where no group with anybody in it is hidden.

    A figure made of hidden counts, with all its digits, tells them to whoever tries all numbers.
    """
    keys = ["wave", "item_id", "group_by"]
    why = items.group_by(keys).agg(
        pl.when((pl.col("suppressed") != "").any()).then(pl.lit(_SOME_OUT)).alias("suppressed")
    )
    return _without(frame.join(why, on=keys, how="left", maintain_order="left"))


def _without(frame: pl.DataFrame) -> pl.DataFrame:
    marked = frame.with_columns(pl.col("suppressed").fill_null(""))
    shown = pl.col("suppressed") == ""
    return marked.with_columns(
        pl.when(shown).then(pl.col(name)).alias(name) for name in frame.columns if name not in _SAID
    )


def write_survey(found: CountedSurvey, folder: Path, form: str = "csv") -> list[str]:
    """Write all tables into a folder and return their names.

    Parameters
    ----------
    found
        The tables.
    folder
        Where they go; it is made if need be.
    form
        ``csv``, ``parquet`` or ``json``.

    Raises
    ------
    SurveyError
        If the folder or a file in it cannot be written.

    Examples
    --------
    >>> write_survey(counted(read), Path("tables"))[0]  # doctest: +SKIP
    'items.csv'
    """
    files = {f"{name}.{form}": frame for name, frame in found.frames.items()}
    names = dict.fromkeys(file for voices in found.read.waves for file, _ in voices.places)
    package = Package(
        load_output("survey"),
        [PackageSource(name) for name in names],
        fictional=found.read.fictional,
    )
    return [one.name for one in write_files(folder, files, package=package, error=SurveyError)]


__all__ = ["CountedSurvey", "SurveyTables", "counted", "publishable", "write_survey"]
