"""Files that Remit writes and reads back: CSV that no program runs, written whole or not at all."""

from remit.files.delimited import (
    csv_text,
    frame_csv,
    marked,
    read_csv,
    records_csv,
    unmarked,
    unmarked_rows,
    write_csv,
    write_frame,
)
from remit.files.jsons import escaped, json_text
from remit.files.whole import write_whole

__all__ = [
    "csv_text",
    "escaped",
    "frame_csv",
    "json_text",
    "marked",
    "read_csv",
    "records_csv",
    "unmarked",
    "unmarked_rows",
    "write_csv",
    "write_frame",
    "write_whole",
]
