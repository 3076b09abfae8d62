"""Which commands two checkouts are asked for: those of the documents and those declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from documents import blocks, commands, mentioned


@dataclass(frozen=True)
class Step:
    """A command, or (``typed``) what a program reads; ``files`` are laid out before it."""

    command: str
    typed: str = ""
    files: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> str:
        """The command with what it reads."""
        return f"{self.command} <<< {self.typed}" if self.typed else self.command


@dataclass
class Scene:
    """Commands that follow each other in one folder, which may begin as another scene's ended."""

    name: str
    steps: list[Step]
    after: str | None = None
    own_source: bool = False
    walk: bool = False
    left_out: list[str] = field(default_factory=list)


def scenes(old: Path, own: Path, declared: dict[str, Any], shared: bool) -> list[Scene]:
    """Everything that a checkout is asked to do, prerequisites first.

    Parameters
    ----------
    old : Path
        The checkout whose documents name the commands.
    own : Path
        The one that runs them; program code in its guide is its own.
    declared : dict
        The content of ``same_results.yaml``.
    shared : bool
        Whether the published files are at hand.
    """
    found = [Scene("help", [], walk=True)]
    found += [_scene(entry) for entry in declared["scenes"] if shared or not entry.get("shared")]
    rules, known = declared["documents"], set[str]()
    for path in sorted({path for form in rules["files"] for path in old.glob(form)}):
        name = path.relative_to(old).as_posix()
        text = path.read_text(encoding="utf-8")
        found.append(_console(name, text, own / name, rules))
        found.append(_mentioned(name, text, rules, known))
    return [scene for scene in found if scene.steps or scene.walk]


def _scene(entry: dict[str, Any]) -> Scene:
    steps = [Step(command) for item in entry["commands"] for command in expanded(item)]
    return Scene(entry["name"], steps, entry.get("after"))


def expanded(item: str | dict[str, Any]) -> Iterator[str]:
    """A declared command, or one for each combination of its values.

    Examples
    --------
    >>> list(expanded({"run": "remit org {code}", "each": {"code": ["ZA1", "ZA2"]}}))
    ['remit org ZA1', 'remit org ZA2']
    """
    if isinstance(item, str):
        yield item.strip()
        return
    for values in product(*item["each"].values()):
        command = item["run"].strip()
        for name, value in zip(item["each"], values, strict=True):
            command = command.replace(f"{{{name}}}", str(value))
        yield command


def _console(name: str, text: str, own: Path, rules: dict[str, Any]) -> Scene:
    """A document's examples in their order, with the files that it shows."""
    mine = {}
    if own.is_file():
        mine = {b["file"]: b["body"] for b in blocks(own.read_text(encoding="utf-8")) if b["file"]}
    steps: list[Step] = []
    files: list[tuple[str, str]] = []
    for block in blocks(text):
        if block["file"]:
            body = mine.get(block["file"], "") if block["file"].endswith(".py") else ""
            files.append((block["file"], body or block["body"]))
        elif block["kind"] == "python" and name in rules["python_in"]:
            steps.append(Step("python -", block["body"], tuple(files)))
        elif block["kind"] == "console":
            said = [command for command, _ in commands(block["body"])]
            ready = [command.replace("make demo", "remit demo --out demo") for command in said]
            steps += [Step(command, "", tuple(files)) for command in ready]
    demo = None if any("remit demo" in step.command for step in steps) else rules["after"]
    return Scene(name, steps, demo, own_source=name in rules["own_source"])


def _mentioned(name: str, text: str, rules: dict[str, Any], known: set[str]) -> Scene:
    """What a document is the first to mention, on the sample, in the sample's names."""
    scene = Scene(f"{name}, mentioned", [], rules["mentioned_after"])
    for written in mentioned(text):
        command = written
        for word, instead in rules["words"].items():
            command = re.sub(rf"(?<![\w./-]){re.escape(word)}(?![\w.-])", instead, command)
        why = [left["why"] for left in rules["left_out"] if re.search(left["if"], command)]
        if why:
            scene.left_out.append(f"{command} ({why[0]})")
        elif command not in known:
            scene.steps.append(Step(command))
            known.add(command)
    return scene
