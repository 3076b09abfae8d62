"""The record of a file that was read."""

from __future__ import annotations

import polars as pl

from remit.model.observation import Source
from remit.model.publication import Publication
from remit.publications.reading import ReadingContext
from remit.publications.table import RawTable

_INVENTED = "None: the figures are invented"


def source_of(
    table: RawTable,
    publication: Publication,
    context: ReadingContext,
    observations: pl.DataFrame,
    rejected: int,
) -> Source:
    """Describe the file; its scopes are those of the accepted observations.

    A file on fictional organisations has the layout of a publication, but neither its licence
    nor its address.
    """
    codes = observations["org_code"].unique().to_list()
    fictional = any(context.register.get(code).fictional for code in codes)
    return Source(
        source_id=table.file.sha256[:16],
        publication=publication.id,
        publication_name=publication.name,
        file_name=table.file.name,
        sha256=table.file.sha256,
        published_on=context.published_on,
        licence=_INVENTED if fictional else publication.licence,
        url="" if fictional else publication.landing_page,
        rows_read=table.rows_read,
        rows_accepted=table.rows_read - rejected,
        rows_rejected=rejected,
        scopes=tuple(sorted(observations["scope"].unique().drop_nulls().to_list())),
    )
