"""Run scenes with one checkout, and keep all that they print and write."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from documents import Sandbox
from same_plan import Scene, Step

UNSEEN = {".programs", "__pycache__", ".pytest_cache", ".git"}
LATE = {".duckdb", ".sqlite"}  # kept once, at a scene's end: every step adds to them
PASSING = {".lock", ".wal"}


@dataclass(frozen=True)
class Run:
    """One checkout's run.

    Attributes
    ----------
    checkout : Path
        The source, with its ``.venv``.
    rooms : Path
        Where commands run: the same place for both checkouts, so that no path differs.
    results : Path
        Where all is kept.
    shared : Path, optional
        The published files, ``$SHARED`` for the commands.
    documents : Path
        The checkout whose documents are tried, ``$DOCUMENTS`` for the commands.
    """

    checkout: Path
    rooms: Path
    results: Path
    shared: Path | None
    documents: Path

    def all(self, found: list[Scene], jobs: int, *, keep: bool) -> list[str]:
        """Run the scenes, some at once; the names of those that were run.

        Parameters
        ----------
        found : list of Scene
            What is run, prerequisites first.
        jobs : int
            How many scenes at once.
        keep : bool
            Leave a scene out that was run already, with the same commands and source.
        """
        shutil.rmtree(self.rooms, ignore_errors=True)
        chosen = [scene for scene in found if not (keep and self._is_kept(scene))]
        chosen = with_prerequisites(chosen, found)
        pending: list[Future[None]] = []

        def start(scene: Scene) -> None:
            pending.append(pool.submit(play, scene))

        def play(scene: Scene) -> None:
            self._play(scene)
            for following in chosen:  # only now, so that nobody waits in a place of the pool
                if following.after == scene.name:
                    start(following)

        with ThreadPoolExecutor(jobs) as pool:
            for scene in chosen:
                if scene.after is None:
                    start(scene)
            try:
                while pending:
                    pending.pop(0).result()
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        shutil.rmtree(self.rooms, ignore_errors=True)
        return [scene.name for scene in chosen]

    def place(self, scene: Scene) -> Path:
        """Where a scene's results are kept."""
        return self.results / plain(scene.name)

    def _is_kept(self, scene: Scene) -> bool:
        told = self.place(scene) / "scene.json"
        return told.is_file() and json.loads(told.read_text("utf-8"))["digest"] == self._of(scene)

    def _of(self, scene: Scene) -> str:
        """What a scene's results depend on, in short."""
        head = subprocess.run(
            ["git", "rev-parse", "HEAD"],
            cwd=self.checkout,
            capture_output=True,
            text=True,
            check=False,
        )
        told = repr((head.stdout, str(self.checkout), str(self.shared), scene))
        return hashlib.sha256(told.encode()).hexdigest()

    def _play(self, scene: Scene) -> None:
        """One scene in its folder."""
        began = date.today()
        shutil.rmtree(self.place(scene), ignore_errors=True)
        sandbox = self._sandbox(scene)
        steps, start = list(scene.steps), _state(sandbox.folder)
        for number, step in enumerate(_helps(self.place(scene)) if scene.walk else steps):
            for name, body in step.files:
                _lay(sandbox.folder / name, body)
            since = start if number + 1 == len(steps) else None
            _keep(sandbox, step, self.place(scene) / f"{number:04}", since)
        version = (self.checkout / "pyproject.toml").read_text(encoding="utf-8")
        told = {
            "scene": scene.name,
            "digest": self._of(scene),
            "checkout": str(self.checkout),
            "rooms": str(self.rooms),
            "version": re.findall(r'^version = "(.+)"', version, re.MULTILINE)[0],
            "days": sorted({began.isoformat(), date.today().isoformat()}),
        }
        (self.place(scene) / "scene.json").write_text(json.dumps(told), encoding="utf-8")

    def _sandbox(self, scene: Scene) -> Sandbox:
        room = self.rooms / plain(scene.name)
        unseen = shutil.ignore_patterns(*UNSEEN)
        shutil.rmtree(room, ignore_errors=True)
        if scene.after:
            shutil.copytree(self.rooms / plain(scene.after), room, ignore=unseen)
        room.mkdir(parents=True, exist_ok=True)
        source = self.checkout / "src"
        if scene.own_source:
            source = Path(shutil.copytree(source, room / "src", ignore=unseen))
        python = self.checkout / ".venv" / "bin" / "python"
        return Sandbox(
            room,
            source,
            str(python),
            {"SHARED": str(self.shared or ""), "DOCUMENTS": str(self.documents)},
        )


def with_prerequisites(chosen: list[Scene], found: list[Scene]) -> list[Scene]:
    """The chosen scenes and all those that they follow, in the order of ``found``."""
    by_name = {scene.name: scene for scene in found}
    wanted = set()
    for scene in chosen:
        name: str | None = scene.name
        while name:
            wanted.add(name)
            name = by_name[name].after
    return [scene for scene in found if scene.name in wanted]


def plain(name: str) -> str:
    """A scene's name as a folder's."""
    return re.sub(r"\W+", "-", name)


def _lay(path: Path, body: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != body:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")


def _helps(results: Path) -> Iterator[Step]:
    """``--help`` of every command that the help of another names."""
    waiting = ["remit"]
    for number, command in enumerate(waiting):
        yield Step(f"{command} --help")
        said = (results / f"{number:04}" / "stdout").read_text(encoding="utf-8")
        _, _, listed = said.partition("\nCommands:\n")
        names = re.findall(r"^  ([a-z][\w-]*)", listed, re.MULTILINE)
        waiting += [f"{command} {name}" for name in names]


def _state(room: Path) -> dict[str, tuple[int, int, int]]:
    """Each file of a folder, with what changes when it is written."""
    found = {}
    for path in room.rglob("*"):
        name = path.relative_to(room)
        if path.is_file() and not UNSEEN & set(name.parts) and path.suffix not in PASSING:
            stat = path.stat()
            found[str(name)] = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    return found


def _keep(
    sandbox: Sandbox, step: Step, place: Path, start: dict[str, tuple[int, int, int]] | None
) -> None:
    """Run a step; keep its words, its exit code, and the files that it wrote or removed.

    Parameters
    ----------
    sandbox, step : Sandbox, Step
        Where, and what.
    place : Path
        The folder for what is kept.
    start : dict, optional
        At the last step of a scene, the files with which the scene began.
    """
    before, began = _state(sandbox.folder), time.monotonic()
    done = sandbox.run(step.command, step.typed, apart=True)
    took, after = time.monotonic() - began, _state(sandbox.folder)
    place.mkdir(parents=True)
    for name, said in (("stdout", done.stdout), ("stderr", done.stderr)):
        (place / name).write_text(said, encoding="utf-8", errors="surrogateescape")
    told = {
        "command": step.said,
        "exit": done.returncode,
        "gone": sorted(before.keys() - after.keys()),
        "seconds": round(took, 2),
    }
    (place / "step.json").write_text(json.dumps(told), encoding="utf-8")
    for name, state in after.items():
        late = Path(name).suffix in LATE
        if (start is not None and start.get(name) != state) if late else before.get(name) != state:
            target = place / "files" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(sandbox.folder / name, target)
