"""What the store is asked for, beside figures: files, rejections, printed totals, notes."""

SOURCES = """
    WITH held AS (
        SELECT source_id, list(scope ORDER BY scope) AS scopes FROM source_scope GROUP BY ALL
    ), counting AS (
        SELECT source_id, list(scope ORDER BY scope) AS current_scopes
        FROM scope_as_at($as_at) GROUP BY ALL
    ), printing AS (
        SELECT source_id, list({'metric_id': metric_id, 'name': name, 'unit': unit,
            'domain': domain, 'sub_domain': sub_domain, 'part': part, 'of': "of", 'known': known}
            ORDER BY rowid) AS printed
        FROM printed_metric GROUP BY ALL
    )
    SELECT source.* EXCLUDE ingest_number,
        coalesce(scopes, []) AS scopes, coalesce(current_scopes, []) AS current_scopes,
        coalesce(printed, []) AS printed
    FROM source LEFT JOIN held USING (source_id) LEFT JOIN counting USING (source_id)
        LEFT JOIN printing USING (source_id)
    WHERE known_from <= $as_at
    ORDER BY known_from, ingest_number
"""

CUTS = """
    SELECT DISTINCT metric_id, cut FROM observation_as_at($as_at)
    WHERE metric_id IN (SELECT unnest($metrics)) AND cut IS NOT NULL
"""

REJECTIONS = """
    SELECT file, line, "column", value, reason
    FROM rejection JOIN source USING (source_id)
    WHERE $source_id IS NULL OR source_id = $source_id
    ORDER BY ingest_number, line
"""

TOTAL_CHECKS = """
    SELECT file, line, "column", name, printed, summed
    FROM total_check JOIN source USING (source_id)
    WHERE $source_id IS NULL OR source_id = $source_id
    ORDER BY ingest_number, line, "column"
"""

NOTES = """
    SELECT note FROM reading_note JOIN source USING (source_id)
    WHERE $source_id IS NULL OR source_id = $source_id
    ORDER BY ingest_number, number
"""

READ_THROUGH = """
    SELECT source_id, count(*) AS figures, max(hash(observation)) AS read,
        source_id IN (SELECT source_id FROM source) AS is_known
    FROM observation GROUP BY source_id
"""
