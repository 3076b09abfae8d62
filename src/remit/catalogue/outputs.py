"""What commands write, as declared: each column of each file, with what the files share."""

from __future__ import annotations

from functools import cache

from remit.catalogue import declared
from remit.model.errors import DeclarationError
from remit.model.output import Column, ColumnFile, OutputFile, OutputFolder


@cache
def load_output(name: str) -> OutputFolder:
    """What one command writes, by its identifier; every column has its meaning.

    Raises
    ------
    DeclarationError
        If a column has no meaning, neither in its file nor in ``columns.yaml``.

    Examples
    --------
    >>> load_output("charts").files["points"].columns["date"].type
    'date'
    """
    shared, folders = _declared()
    folder = folders[name]
    files = {key: _whole(f"{name}, {key}", file, shared) for key, file in folder.files.items()}
    return folder.model_copy(update={"files": files})


def known_outputs() -> tuple[str, ...]:
    """The identifiers of all folders that commands write."""
    return tuple(_declared()[1])


@cache
def _declared() -> tuple[dict[str, Column], dict[str, OutputFolder]]:
    shared: dict[str, Column] = {}
    folders: dict[str, OutputFolder] = {}
    for file in declared.packaged("outputs"):
        if file.data.get("schema") == "remit/columns/1":
            shared = file.validate(ColumnFile).columns
        else:
            folder = file.validate(OutputFolder)
            folders[folder.id] = folder
    return shared, folders


def _whole(place: str, file: OutputFile, shared: dict[str, Column]) -> OutputFile:
    columns = {name: column or shared.get(name) for name, column in file.columns.items()}
    lacking = [name for name, column in columns.items() if column is None]
    if lacking:
        raise DeclarationError(f"outputs, {place}: no meaning is declared for {', '.join(lacking)}")
    return file.model_copy(update={"columns": columns})
