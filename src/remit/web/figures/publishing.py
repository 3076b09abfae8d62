"""Publishing a store: copied under a new name, checked, its pages made, then pointed to."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from remit.files.gate import Gate
from remit.files.outputs import fresh_folder
from remit.files.patience import STORE, Called, InUse, Patience
from remit.model.errors import StoreError
from remit.store import Store
from remit.web.figures.making import make_report, make_site
from remit.web.figures.place import (
    POINTER,
    REPORTS,
    SITE,
    STORE_FILE,
    VersionPublished,
    point_to,
    pointed,
    versions,
)
from remit.web.instance import InstanceError

_GONE = ".gone-"
_PUBLISHING = Called(name="list of what is published", busy="Somebody publishes; try again")


def publish(
    instance: Path,
    store: Path,
    *,
    with_site: bool = True,
    reports: Sequence[str] = (),
    wait_seconds: float = 30,
) -> VersionPublished:
    """Publish a store for an instance, whole or not at all; whoever reads goes on meanwhile.

    Parameters
    ----------
    instance
        Its folder.
    store
        The store, which is only read.
    with_site
        Whether to make the pages of league tables, organisations and metrics.
    reports
        The codes of organisations of which to make the report.
    wait_seconds
        How long to wait for an ingest into the store, or for another who publishes.

    Raises
    ------
    StoreError
        If the store is damaged, holds nothing, or is of a Remit that is too old or too new.
    InstanceError
        If it cannot be written.

    Examples
    --------
    ``publish(Path("demo/web"), Path("demo/remit.duckdb")).figures``
    """
    place = versions(instance)
    try:
        place.mkdir(exist_ok=True)
        with Gate(place / POINTER, True, Patience(place / POINTER, wait_seconds, _PUBLISHING)):
            now, _ = pointed(instance)
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{token_hex(3)}"
            with fresh_folder(place / name) as fresh:
                made = _made(fresh, name, store, wait_seconds)
                made = _with_pages(made, fresh, with_site=with_site, reports=reports)
                made.written_to(fresh)
            point_to(instance, name, now)
            clear(instance)
    except OSError as error:
        why = error.strerror or error
        raise InstanceError(f"{place}: it cannot be published: {why}") from None
    return made


def _made(fresh: Path, name: str, store: Path, wait_seconds: float) -> VersionPublished:
    digest = _copied(store, fresh / STORE_FILE, wait_seconds)
    with _checked(fresh / STORE_FILE, store) as (copy, figures):
        sources = copy.sources(all_vintages=True)
        return VersionPublished(
            name,
            f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            store.name,
            digest,
            figures,
            len(sources),
            max(source.known_from for source in sources).isoformat(),
        )


def _copied(store: Path, copy: Path, wait_seconds: float) -> str:
    """Copy a store while nobody writes to it, with the log that a killed ingest left; its digest.

    The bytes are copied and no connection is opened: to read a file that is open in this process
    would drop DuckDB's lock on it when it is closed.
    """
    if not store.is_file():
        raise StoreError(f"{store}: {STORE.missing.format(name=store)}")
    store = store.resolve()
    with Gate(store, False, Patience(store, wait_seconds)):
        shutil.copyfile(store, copy)
        log = store.with_name(f"{store.name}.wal")
        if log.exists():
            shutil.copyfile(log, copy.with_name(f"{copy.name}.wal"))
    with copy.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _checked(copy: Path, store: Path) -> Iterator[tuple[Store, int]]:
    """A copy that opens, is of a layout that is read, and whose every figure can be read."""
    try:
        with Store.open(copy, read_only=True) as opened:
            figures, astray = opened.read_through()
            if astray:
                raise StoreError(f"{copy}: it has figures of files that it does not know: {astray}")
            if not figures:
                raise StoreError(f"{copy}: it holds no figures; fill it with: remit ingest")
            yield opened, figures
    except StoreError as error:
        # Of the user's own file, not of the copy that goes away.
        said = str(error).replace(str(copy.resolve()), str(store)).replace(str(copy), str(store))
        said = said.replace(f"--store {copy.name}", f"--store {store}")
        raise StoreError(
            f"{said.rstrip('.')}. It is not published, and what was published stays. A store that "
            "is damaged is made anew of its files, by: remit ingest"
        ) from None


def _with_pages(
    made: VersionPublished, fresh: Path, *, with_site: bool, reports: Sequence[str]
) -> VersionPublished:
    codes = tuple(dict.fromkeys(code.strip().upper() for code in reports))
    with Store.open(fresh / STORE_FILE, read_only=True) as opened:
        has_site = with_site and make_site(opened, fresh / SITE)
        for code in codes:
            make_report(opened, code, fresh / REPORTS / code)
    return replace(made, has_site=has_site, reports=codes)


def clear(instance: Path) -> None:
    """Take away the versions that neither count nor were the last to, but for those being read."""
    place, kept = versions(instance), set(pointed(instance))
    for version in place.iterdir():
        if not version.is_dir() or version.name in kept or version.name.startswith("."):
            continue
        if _is_read(version / STORE_FILE):
            continue
        try:
            version.rename(place / f"{_GONE}{version.name}")
        except OSError:  # Windows: somebody has a file in it open; the next who publishes clears it
            continue
    for gone in place.glob(f"{_GONE}*"):
        shutil.rmtree(gone, ignore_errors=True)


def _is_read(store: Path) -> bool:
    try:
        with Gate(store, True, Patience(store, 0)):
            return False
    except InUse:
        return True
    except StoreError:  # nothing can be locked there: it is left alone
        return True
