"""Delta and Iceberg tables as lists of files; rows that are marked as deleted are never counted."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from remit.engine import open_records
from remit.model.errors import ActivityError

ONE = pl.DataFrame({"patient": [1, 2, 3], "setting": ["hospital", "community", None]})
OTHER = pl.DataFrame({"patient": [4], "setting": ["hospital"]})


def patients(folder: Path) -> list[int]:
    with open_records([folder]) as records:
        return records.collect(records.frame.select(nw.col("patient")))["patient"].to_list()


@pytest.fixture
def delta(tmp_path: Path) -> Path:
    from deltalake import write_deltalake

    folder = tmp_path / "delta table"
    write_deltalake(str(folder), ONE)
    write_deltalake(str(folder), OTHER, mode="append")
    return folder


def test_a_delta_table_is_read_as_it_is_now(delta: Path) -> None:
    from deltalake import DeltaTable

    assert patients(delta) == [1, 2, 3, 4]
    DeltaTable(str(delta)).delete("patient = 2")  # written anew; the former file still lies there
    assert patients(delta) == [1, 3, 4]
    assert len(list(delta.glob("*.parquet"))) == 3


def test_a_delta_table_with_deletion_vectors_is_refused(delta: Path) -> None:
    from deltalake import DeltaTable

    file = delta / Path(DeltaTable(str(delta)).file_uris()[0]).name
    features = {"readerFeatures": ["deletionVectors"], "writerFeatures": ["deletionVectors"]}
    protocol = {"minReaderVersion": 3, "minWriterVersion": 7, **features}
    log = delta / "_delta_log" / "00000000000000000002.json"
    log.write_text(json.dumps({"protocol": protocol}), encoding="utf-8")
    assert patients(delta) == [1, 2, 3, 4]  # they are allowed, and there are none
    vector = {
        "storageType": "u", "pathOrInlineDv": "ab^-aqEH.-t@S}K{vb[*k^", "offset": 1,
        "sizeInBytes": 36, "cardinality": 1,
    }  # fmt: skip
    added = {
        "path": file.name, "partitionValues": {}, "size": file.stat().st_size,
        "modificationTime": 1, "dataChange": True, "deletionVector": vector,
    }  # fmt: skip
    actions = [
        {"remove": {"path": file.name, "deletionTimestamp": 1, "dataChange": True}},
        {"add": added},
    ]
    log.with_name("00000000000000000003.json").write_text(
        "\n".join(map(json.dumps, actions)), encoding="utf-8"
    )
    with pytest.raises(ActivityError, match=r"delta table: rows .*deletion vectors.*REORG TABLE"):
        patients(delta)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Any]:
    from pyiceberg.catalog.memory import InMemoryCatalog

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = InMemoryCatalog("x", warehouse=f"file://{tmp_path}")
        made.create_namespace("n")
        yield made
        made.close()


def place(table: Any) -> Path:
    return Path(str(table.location()).removeprefix("file://"))


def test_an_iceberg_table_is_read_as_it_is_now(catalogue: Any) -> None:
    table = catalogue.create_table("n.records", schema=ONE.to_arrow().schema)
    table.append(ONE.to_arrow())
    table.append(OTHER.to_arrow())
    assert patients(place(table)) == [1, 2, 3, 4]
    table.overwrite(OTHER.to_arrow())
    assert patients(place(table)) == [4]


def test_an_iceberg_table_with_a_renamed_column_is_refused(catalogue: Any) -> None:
    table = catalogue.create_table("n.records", schema=ONE.to_arrow().schema)
    table.append(ONE.to_arrow())
    with table.update_schema() as change:
        change.rename_column("setting", "place")
    said = r"a column of this Iceberg table was renamed \(place and setting\)"
    with pytest.raises(ActivityError, match=said):
        patients(place(table))


def test_an_iceberg_table_with_delete_files_is_refused(
    catalogue: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No library here writes delete files; what the table's plan says of them is set by hand."""
    from pyiceberg.table import DataScan

    table = catalogue.create_table("n.records", schema=ONE.to_arrow().schema)
    table.append(ONE.to_arrow())
    plan = list(table.scan().plan_files())
    plan[0].delete_files.add(plan[0].file)
    monkeypatch.setattr(DataScan, "plan_files", lambda _: plan)
    with pytest.raises(ActivityError, match=r"marked as deleted in delete files"):
        patients(place(table))
