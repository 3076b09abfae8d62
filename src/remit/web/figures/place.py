"""Where an instance keeps what is published: a folder for each version, and which of them counts.

A version is never written to once it is there. Which one counts stands in a small file, replaced
in one step: a file that is open cannot be replaced on every system, so a store comes under a new
name each time.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from remit.files.whole import write_whole
from remit.model.errors import StoreError
from remit.store import Store
from remit.web.instance import InstanceError

FIGURES, POINTER, ABOUT = "figures", "published.json", "about.json"
STORE_FILE, SITE, REPORTS = "remit.duckdb", "site", "reports"
_TRIES, _PAUSE = 40, 0.05
_GATE_SECONDS = 5.0
Answer = TypeVar("Answer")


class NothingPublished(InstanceError):
    """No store was published for the instance yet."""


@dataclass(frozen=True, slots=True)
class VersionPublished:
    """A version that was published: a store, and the pages that were made of it.

    Attributes
    ----------
    name
        By which it is told from every other.
    made_at
        When, in UTC.
    store_name, sha256
        The file that was copied, and what it held.
    figures, files
        How many figures of how many files it has, all vintages counted.
    known_until
        The last day on which a file became known to it.
    has_site
        Whether pages of its league tables were made.
    reports
        The codes of the organisations whose report was made.
    """

    name: str
    made_at: str
    store_name: str
    sha256: str
    figures: int
    files: int
    known_until: str
    has_site: bool = False
    reports: tuple[str, ...] = ()

    @property
    def known_on(self) -> date:
        """The last day on which a file became known to it, as a day."""
        return date.fromisoformat(self.known_until)

    def written_to(self, folder: Path) -> None:
        """Note it in the folder of the version."""
        write_whole(folder / ABOUT, json.dumps(asdict(self), indent=1) + "\n")


def versions(instance: Path) -> Path:
    """The folder of all versions."""
    return instance / FIGURES


def pointed(instance: Path) -> tuple[str, str]:
    """The names of the version that counts and of the one before; blank where there is none.

    Raises
    ------
    InstanceError
        If the file that says so cannot be read.
    """
    path = versions(instance) / POINTER
    try:
        said = json.loads(_patiently(lambda: path.read_text(encoding="utf-8")))
        return str(said["now"]), str(said["before"])
    except FileNotFoundError:
        return "", ""
    except (OSError, ValueError, KeyError, TypeError):
        raise InstanceError(
            f"{path}: it does not say what is published; publish again with: remit web publish"
        ) from None


def point_to(instance: Path, now: str, before: str) -> None:
    """Say which version counts from now on, in one step."""
    text = json.dumps({"now": now, "before": before}) + "\n"
    _patiently(lambda: write_whole(versions(instance) / POINTER, text))


def _patiently(act: Callable[[], Answer]) -> Answer:
    """Do what Windows refuses for the moment in which another process has the small file open."""
    for _ in range(_TRIES):
        try:
            return act()
        except PermissionError:
            time.sleep(_PAUSE)
    return act()


def published(instance: Path) -> VersionPublished:
    """The version that counts.

    Raises
    ------
    NothingPublished
        If there is none yet.
    InstanceError
        If it cannot be read.

    Examples
    --------
    ``published(Path("demo/web")).known_until``
    """
    return _of_now(instance, _about)


def _of_now(instance: Path, ask: Callable[[Path], Answer]) -> Answer:
    """Ask something of the version that counts, and of the next one if it went meanwhile."""
    name, _ = pointed(instance)
    while True:
        if not name:
            raise NothingPublished(
                "no figures are published here yet; publish a store with: "
                f"remit web publish STORE {instance}"
            )
        try:
            return ask(versions(instance) / name)
        except (OSError, StoreError):
            now, _ = pointed(instance)
            if now == name:
                raise InstanceError(
                    f"{versions(instance) / name}: what was published cannot be read; publish it "
                    "again with: remit web publish"
                ) from None
            name = now


@lru_cache(maxsize=8)
def _about_text(path: Path, text: str) -> VersionPublished:
    try:
        said = json.loads(text)
        return VersionPublished(**{**said, "reports": tuple(said["reports"])})
    except (ValueError, KeyError, TypeError):
        raise StoreError(f"{path}: it does not say what was published") from None


def _about(folder: Path) -> VersionPublished:
    path = folder / ABOUT
    return _about_text(path, path.read_text(encoding="utf-8"))


@contextmanager
def opened_store(instance: Path) -> Iterator[tuple[VersionPublished, Store]]:
    """The store that counts, open to be read; whoever publishes or ingests is not waited for.

    While it is open its version stays, also when others are published.

    Raises
    ------
    NothingPublished
        If there is none yet.

    Examples
    --------
    ``with opened_store(Path("demo/web")) as (version, store): store.releases()``
    """

    def opened(folder: Path) -> tuple[VersionPublished, Store]:
        store = Store.open(folder / STORE_FILE, read_only=True, wait_seconds=_GATE_SECONDS)
        try:
            return _about(folder), store
        except BaseException:
            store.close()
            raise

    version, store = _of_now(instance, opened)
    with store:
        yield version, store
