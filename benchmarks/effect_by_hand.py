"""The comparison of one service in SQL that was written by hand for DuckDB, of made-up records.

It knows more than the product may: there are no deaths, each column is filled, bed days are
compared, and each person is looked at once. The small tables (days, practices, providers, places of
days) are given to it. What it counts is the same to the last digit.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from remit.shift.effect.asked import Asked
from remit.shift.effect.codes import Codes
from remit.shift.effect.looks import plan_looks, quarters_of_entry
from remit.shift.effect.recording import quarters_seen

RECORDS = """
CREATE OR REPLACE TEMP VIEW records AS
SELECT r.patient, d.day, cluster_code, age_code, deprivation_fifth AS fifth, provider_code,
       bed_days AS use, service, service = '{service}' AS served, setting = 'hospital' AS hospital,
       pod = 'emergency' AS emergency
FROM read_parquet('{folder}/*/*.parquet', hive_partitioning = false) r
JOIN days d USING (date) LEFT JOIN clusters USING (cluster) LEFT JOIN ages USING (age_band)
LEFT JOIN providers USING (provider)
"""
PEOPLE = """
CREATE OR REPLACE TEMP TABLE people AS
SELECT patient, coalesce(min(day) FILTER (served), 99999) AS entry,
       max(((day * 65536 + cluster_code) * 16 + age_code) * 8 + fifth) FILTER (known) AS who,
       coalesce(sum(day) FILTER (known), 0) AS days, {seen}
FROM (SELECT *, NOT served AND day < {start} AS known FROM records)
GROUP BY patient
"""
LOOKS = """
CREATE OR REPLACE TEMP TABLE looks AS
WITH both_arms AS (
  SELECT p.*, q.look, entry AS index, 1 AS arm
  FROM people p JOIN quarters q ON entry >= q0 AND entry < next
  UNION ALL
  SELECT p.*, l.look, l.index, if(entry = 99999, 0, 2) AS arm
  FROM people p JOIN places l ON days % {places} = place JOIN quarters q ON l.look = q.look
  WHERE entry > index AND NOT (entry >= q0 AND entry < next)
), told AS (
  SELECT patient, b.look, index, arm, who // 128 % 65536 AS cluster_code, who // 8 % 16 AS age,
         who % 8 AS fifth,
         list_value({lists})[b.look + 1] AS seen_before, least(index + 365, {last}) AS due,
         who IS NOT NULL AND seen_before >= m4 AS known, q.* EXCLUDE (look)
  FROM both_arms b JOIN quarters q ON b.look = q.look
)
SELECT *, known AND due - index >= {least} AS able FROM told
"""
USES = """
CREATE OR REPLACE TEMP TABLE uses AS
SELECT patient, look,
  sum(use) FILTER (day >= m1 AND day < q0) AS u1, sum(use) FILTER (day >= m2 AND day < m1) AS u2,
  sum(use) FILTER (day >= m3 AND day < m2) AS u3, sum(use) FILTER (day >= m4 AND day < m3) AS u4,
  count(*) FILTER (used AND day >= m1 AND day < q0) AS c1,
  count(*) FILTER (used AND day >= m2 AND day < m1) AS c2,
  count(*) FILTER (used AND day >= m4 AND day < m2) AS c34,
  sum(use) FILTER (earlier) AS earlier, sum(use) FILTER (first_year) AS at_start,
  sum(use) FILTER (after) AS later,
  count(*) FILTER (emergency AND day < index AND day >= index - 90) AS emergencies,
  count(*) FILTER (emergency AND day < index AND day >= index - 30) AS fresh,
  count(*) FILTER (day = index) AS on_day,
  count(*) FILTER (after AND day <= index + 30) AS near,
  count(*) FILTER (after AND day > index + 30) AS far,
  count(*) FILTER (after AND day <= index + 182) AS first,
  count(*) FILTER (day > index + 182 AND day > {last} - 182) AS final,
  count(*) FILTER (day >= m8 AND day < m4) AS known,
  count(*) FILTER (day >= m8 AND day < m6) AS known_early,
  count(*) FILTER (used AND earlier) AS stays_earlier,
  count(*) FILTER (used AND after) AS stays_later,
  count(*) FILTER (used AND earlier AND NOT emergency) AS planned_earlier,
  count(*) FILTER (used AND after AND NOT emergency) AS planned_later,
  count(*) FILTER (used AND NOT emergency AND day < index AND day >= index - 30) AS operated,
  count(*) FILTER (before) AS times_before, sum(day - m8) FILTER (before) AS days_before,
  sum((day - m8) ** 2) FILTER (before) AS squares_before,
  count(*) FILTER (since) AS times_since, sum(day - index) FILTER (since) AS days_since,
  sum((day - index) ** 2) FILTER (since) AS squares_since,
  count(*) FILTER (used AND NOT emergency AND day >= q0 AND day < index) AS planned_gap,
  count(*) FILTER (usual AND earlier) AS usual_earlier,
  count(*) FILTER (usual AND after) AS usual_later,
  max(day * 65536 + provider_code) FILTER (day < q0) AS place
FROM (
  SELECT r.day, r.use, r.emergency, r.provider_code, l.*, use > 0 AS used,
         day > index AND day <= due AS after, day >= m8 AND day < m4 AS earlier,
         day >= {two_years} AND day < {one_year} AS first_year,
         used AND day > index AS since, used AND coalesce(r.provider_code, 0) = k.home AS usual,
         used AND ((day >= m8 AND day < m4) OR (day >= q0 AND day < index)) AS before
  FROM records r JOIN (SELECT * FROM looks WHERE able) l USING (patient)
  JOIN clusters k ON coalesce(l.cluster_code, 0) = k.cluster_code WHERE r.hospital
)
GROUP BY patient, look
"""
CELLS = """
WITH banded AS (
  SELECT l.*, u.* EXCLUDE (patient, look, known), coalesce(u.known, 0) AS known_year,
         coalesce(u.place % 65536, k.home, 0) AS area, coalesce(c1, 0) AS n1,
         coalesce(c2, 0) AS n2, coalesce(c34, 0) AS n34, coalesce(u.emergencies, 0) > 0 AS ill,
         seen_before >= m1 AS seen_m1
  FROM looks l LEFT JOIN uses u USING (patient, look)
  LEFT JOIN clusters k ON coalesce(l.cluster_code, 0) = k.cluster_code
)
SELECT if(able, look, -1) AS look, if(able, area, -1) AS area, if(able, age, -1) AS age,
  if(able, least(n1, 3), -1) AS last_quarter, if(able, least(n2, 2), -1) AS quarter_before,
  if(able, CASE WHEN n34 >= 3 THEN 2 WHEN n34 >= 1 THEN 1 ELSE 0 END, -1) AS rest_of_year,
  if(able, ill::INT, -1) AS emergencies, if(able, seen_m1::INT, -1) AS seen,
  if(able, (n1 + n2 + n34 >= 1)::INT + (n1 + n2 + n34 >= 2)::INT + (n1 + n2 + n34 >= 4)::INT, -1)
    AS whole_year,
  if(able, coalesce(fifth, 0), -1) AS fifth,
  coalesce(cluster_code, 0) AS cluster_code, arm, count(*) AS people, sum(due - index) AS days,
  sum(later) AS later, sum(coalesce(u1, 0) + coalesce(u2, 0) + coalesce(u3, 0) + coalesce(u4, 0))
    AS year,
  sum(earlier) AS earlier, sum(at_start) AS at_start,
  count(*) AS alive, count(*) FILTER (first > 0) AS first, count(*) FILTER (final > 0) AS final,
  sum(on_day) AS on_day, sum(near) AS near, sum(far) AS far,
  sum(u3) AS u3, sum(u4) AS u4, count(*) FILTER (known_early > 0) AS known_early,
  count(*) FILTER (known_year > 0) AS known, sum(times_before) AS times_before,
  sum(days_before) AS days_before, sum(squares_before) AS squares_before,
  sum(times_since) AS times_since, sum(days_since) AS days_since,
  sum(squares_since) AS squares_since,
  sum(n1 + n2 + n34) FILTER (known_year > 0) AS stays_year_known,
  sum(stays_earlier) AS stays_earlier, sum(stays_later) AS stays_later,
  sum(planned_earlier) AS planned_earlier, sum(planned_later) AS planned_later,
  sum(stays_earlier - planned_earlier) AS urgent_earlier,
  sum(stays_later - planned_later) AS urgent_later, 0 AS stays_dying, 0 AS days_dying,
  count(*) FILTER (operated > 0) AS operated, sum(planned_gap) AS planned_gap,
  sum(usual_earlier) AS usual_earlier,
  sum(usual_later) AS usual_later, 0 AS beside_earlier, 0 AS beside_later,
  sum(n1 + n2 + n34) AS stays_year, sum(index - q0) AS gap,
  count(*) FILTER (NOT known) AS unknown,
  count(*) FILTER (known AND due - index < {least}) AS short, 0 AS dead,
  count(*) FILTER (able AND fresh > 0) AS follows
FROM banded GROUP BY ALL
"""
BEGUN = """
WITH firsts AS (
  SELECT patient, service, min(day) AS day FROM records
  WHERE NOT hospital AND NOT served AND day < {until} GROUP BY ALL HAVING min(day) >= {since}
)
SELECT f.service, l.arm, count(*) AS within,
       count(*) FILTER (day >= index - {before} AND day <= index + {after}) AS looks
FROM firsts f JOIN looks l USING (patient)
WHERE able AND day >= index - 365 AND (day <= due OR day <= index + {after}) GROUP BY ALL
"""
RECORDED = """
SELECT provider_code, window_number AS window, count(*) AS records
FROM records r JOIN windows w ON r.day = w.day
WHERE hospital AND patient NOT IN (SELECT patient FROM people WHERE entry < 99999)
GROUP BY ALL
"""


def by_hand(
    connection: duckdb.DuckDBPyConnection, folder: Path, codes: Codes, asked: Asked
) -> None:
    """Give a connection the small tables, and the records as a view."""
    looks, numbers = plan_looks(codes, asked), quarters_seen(codes, asked)
    windows = [
        {"day": day, "window_number": place}
        for place, number in enumerate(numbers)
        for day in range(asked.quarter(number), asked.quarter(number + 1))
    ]
    tables = {
        "days": codes.calendar, "clusters": codes.clusters, "providers": codes.providers,
        "ages": codes.ages, "quarters": quarters_of_entry(codes, asked), "places": looks.places,
        "windows": pl.DataFrame(windows),
    }  # fmt: skip
    for name, table in tables.items():
        connection.register("given", table)
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given")
    connection.execute(RECORDS.format(folder=folder, service=asked.service))


def counted_by_hand(
    connection: duckdb.DuckDBPyConnection, codes: Codes, asked: Asked
) -> dict[str, pl.DataFrame]:
    """The cells, hospital records by provider and quarter, and other services that begin."""
    rules, numbers = asked.rules, quarters_of_entry(codes, asked)
    seen = [
        f"coalesce(max(day) FILTER (NOT served AND day < {row['q0']}), -1) AS seen_{row['look']}"
        for row in numbers.iter_rows(named=True)
    ]
    said = {
        "start": asked.quarter(0), "seen": ", ".join(seen), "places": rules.places_of_days,
        "lists": ", ".join(f"seen_{look}" for look in numbers["look"]), "last": codes.last,
        "least": rules.least_follow_up_days, "since": asked.quarter(0) - rules.follow_up_days,
        "until": asked.quarter(asked.entry_quarters) + rules.follow_up_days,
        "before": rules.begun_days_before, "after": rules.begun_days_after,
        "two_years": asked.quarter(-8), "one_year": asked.quarter(-4),
    }  # fmt: skip
    for query in (PEOPLE, LOOKS, USES):
        connection.execute(query.format(**said))
    whole = pl.exclude("service").cast(pl.Int64).fill_null(0)
    answers = {"cells": CELLS, "recorded": RECORDED, "begun": BEGUN}
    found = {
        name: connection.sql(query.format(**said)).pl().with_columns(whole)
        for name, query in answers.items()
    }
    for name in ("people", "looks", "uses"):
        connection.execute(f"DROP TABLE {name}")
    return found
