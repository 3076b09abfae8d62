#!/usr/bin/env bash
# Makes a store and a register with the Remit that PYTHON runs: see README.md beside this file.
set -euo pipefail
cd "$(dirname "$0")"
remit() { "${PYTHON:?names the Python of the version to be kept}" -m remit "$@" || [ $? = 1 ]; }
work=$(mktemp -d)
store=$work/store.duckdb register=$work/asks.sqlite
"$PYTHON" -c 'import sys, pathlib, remit.sample as s; s.write_sample(pathlib.Path(sys.argv[1]))' "$work"

published() { # DAY FILES…: a list of files under the day on which they were published
  day=$1; shift
  remit ingest "${@/#/$work/sample-acute-}" --store "$store" --published-on "$day"
}
published 2025-09-09 trust-data-q1-2025-26.csv league-table-q1-2025-26.csv
published 2025-12-11 trust-data-q2-2025-26.csv league-table-q2-2025-26.csv
published 2026-03-12 trust-data-q2-2025-26_revised.csv league-table-q2-2025-26_revised.csv
published 2026-06-11 trust-data-q4-2025-26.csv league-table-q4-2025-26.csv

asks() { command=$1; shift; remit asks "$command" "$@" --register "$register"; }
asks import ../asks/old_registers/log.csv --yes
asks import ../asks/old_registers/box.mbox --to-org ZA1
asks add --title "Falls on wards, again" --from-body "NHSE region" --to-org ZA1 --hours 2 \
  --received 2025-06-09 --id H1 --keep-text --text "The same count of falls as in June."
asks decide A1 H1 --confirm --by "chief of staff" --note "one count" --on 2025-06-10
asks decide A1 A2 --split --on 2025-06-11
asks actions add A1 --what "Count falls once" --owner "chief nurse" --due 2025-07-01 --held 2025-06-10
asks actions add "QRM of 3 June" --what "One list of asks" --owner "chief of staff" --held 2025-06-03
asks actions done ACT-1 --on 2025-06-30
asks friction add "who signs off the plan" --between "NHSE region" --between ICB \
  --raised 2025-06-04 --ask A2
asks risk add "Ambulance handover" --what "Crews wait" --holder "ICB, chief nurse" \
  --share "ZA1 | 60% | beds blocked | lounge" --share "ZB1 | 40% | no other routes | call first" \
  --raised 2025-06-05 --review 2025-09-05

remit league --store "$store" --period "2025/26 Q2" --kind acute --format csv > league.csv
remit league --store "$store" --period "2025/26 Q2" --kind acute --format csv \
  --as-at 2026-01-01 > league-as-at-2026-01-01.csv
asks list --format csv > asks.csv
gzip -9nc "$store" > store.duckdb.gz
gzip -9nc "$register" > asks.sqlite.gz
rm -r "$work"
