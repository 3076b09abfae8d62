"""How a file compares with the vintages before and after it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import duckdb

from remit.model.observation import Source
from remit.store.layout import NAMED_DAY, REVISED, VINTAGES
from remit.store.report import ScopeReport

# The files that cover a scope, each with its neighbours in the order in which they count.
_NEIGHBOURS = f"""
    WITH vintage AS (
        SELECT source_id, scope, file_name,
            lag(source_id) OVER neighbours AS before_id,
            lag(file_name) OVER neighbours AS before_name,
            lead(file_name) OVER neighbours AS after_name,
            third_party = '' AND lag(third_party) OVER neighbours <> '' AS outranks,
            third_party <> '' AND lead(third_party) OVER neighbours = '' AS outranked,
            NOT {REVISED} AND lead({REVISED}) OVER neighbours AS revised,
            coalesce(published_on, {NAMED_DAY}) IS NULL
                AND lag(coalesce(published_on, {NAMED_DAY}) IS NULL) OVER neighbours
                AND {REVISED} = lag({REVISED}) OVER neighbours
                AND third_party = lag(third_party) OVER neighbours AS undated
        FROM source_scope JOIN source USING (source_id)
        WHERE publication = $publication
        WINDOW neighbours AS (PARTITION BY scope ORDER BY {VINTAGES})
    )
    SELECT scope, before_id, before_name, after_name, outranks, outranked, revised, undated
    FROM vintage WHERE source_id = $source_id ORDER BY scope
"""  # noqa: S608

_CHANGES = """
    WITH earlier AS (FROM observation WHERE source_id = $before AND scope = $scope),
    later AS (FROM observation WHERE source_id = $source AND scope = $scope)
    SELECT
        count(*) FILTER (WHERE earlier.source_id IS NOT NULL AND later.source_id IS NOT NULL
            AND (earlier.value IS DISTINCT FROM later.value OR earlier.status <> later.status)),
        count(*) FILTER (WHERE earlier.source_id IS NULL),
        count(*) FILTER (WHERE later.source_id IS NULL)
    FROM earlier FULL JOIN later
        ON earlier.org_code = later.org_code
        AND earlier.metric_id = later.metric_id
        AND earlier.unit = later.unit
        AND earlier.period_label = later.period_label
        AND earlier.cut IS NOT DISTINCT FROM later.cut
"""


def scope_reports(connection: duckdb.DuckDBPyConnection, source: Source) -> tuple[ScopeReport, ...]:
    """What a file that was just taken in did to each of its scopes."""
    wanted = {"publication": source.publication, "source_id": source.source_id}
    rows = connection.execute(_NEIGHBOURS, wanted).fetchall()
    return tuple(_scope_report(connection, source, row) for row in rows)


def _scope_report(
    connection: duckdb.DuckDBPyConnection, source: Source, row: tuple[Any, ...]
) -> ScopeReport:
    scope, before_id, before_name, after_name, outranks, outranked, revised, undated = row
    report = ScopeReport(
        scope,
        after=after_name,
        outranks=bool(outranks),
        outranked=bool(outranked),
        revised=bool(revised),
        undated=bool(undated),
    )
    if before_id is None:
        return report
    wanted = {"before": before_id, "source": source.source_id, "scope": scope}
    changed, added, gone = connection.execute(_CHANGES, wanted).fetchall()[0]
    return replace(report, before=before_name, changed=changed, added=added, gone=gone)
