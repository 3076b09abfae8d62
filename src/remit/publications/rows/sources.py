"""The record of a file that was read."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from remit.model.observation import Source
from remit.model.publication import Publication
from remit.publications.files.table import RawTable
from remit.publications.rows.reading import ReadingContext

_INVENTED = "None: the figures are invented"


def source_of(
    tables: Sequence[RawTable],
    publication: Publication,
    context: ReadingContext,
    observations: pl.DataFrame,
    rejected: int,
) -> Source:
    """Describe the file that the tables stand in; its scopes are those of the observations.

    A file on fictional organisations has the layout of a publication, but neither its licence
    nor its address.
    """
    codes = observations["org_code"].unique().to_list()
    known = [found for code in codes if (found := context.register.find(code))]
    fictional = any(organisation.fictional for organisation in known)
    file = tables[0].file
    rows_read = sum(table.rows_read for table in tables)
    return Source(
        source_id=file.sha256[:16],
        publication=publication.kept_as,
        publication_name=publication.name,
        file_name=file.name,
        sha256=file.sha256,
        published_on=context.published_on,
        licence=_INVENTED if fictional else publication.licence,
        url="" if fictional else publication.landing_page,
        rows_read=rows_read,
        rows_accepted=rows_read - rejected,
        rows_rejected=rejected,
        scopes=tuple(sorted(observations["scope"].unique().drop_nulls().to_list())),
        third_party=publication.third_party,
    )
