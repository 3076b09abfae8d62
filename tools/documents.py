"""What the documents tell a reader to type, and a folder in which it can be run as he would.

A console block's line that begins with ``$ `` is a command, and the lines below are what it
prints; a fenced block under a line with a file's name and a colon is that file. Commands stand in
plain blocks and in running text too, without what they print.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

BLOCK = re.compile(
    r"^(?:`(?P<file>[\w./-]+)`:\n\n)?```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
_IN_TEXT = re.compile(r"`(remit(?: [^`]*)?)`")


def blocks(text: str) -> Iterator[re.Match[str]]:
    """Each fenced block of a document: its ``file``, its ``kind`` and its ``body``."""
    return BLOCK.finditer(text)


def commands(body: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with what it is to print."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, "\n".join(line.rstrip() for line in expected.splitlines())


def mentioned(text: str) -> list[str]:
    """The ``remit`` commands of plain blocks and of running text, each once, in their order.

    What stands beside a command, and what may be left out (in brackets), is not part of it.

    Examples
    --------
    >>> mentioned("`remit org RYJ`, or\\n\\n```\\nremit who [--all]   what it does\\n```")
    ['remit who', 'remit org RYJ']
    """
    plain = [found["body"] for found in blocks(text) if found["kind"] in {"", "sh", "text"}]
    lines = re.sub(r"\s*\\\n\s*", " ", "\n".join(plain)).splitlines()
    typed = [part for line in lines for part in _beside(re.sub(r"\[[^\]]*\]", "", line))]
    prose = [" ".join(found.split()) for found in _IN_TEXT.findall(BLOCK.sub("", text))]
    return list(dict.fromkeys(part for part in [*typed, *prose] if re.match(r"remit( |$)", part)))


def _beside(line: str) -> list[str]:
    """The commands that stand in one line, apart from what is said beside them."""
    parts = re.split(r"\s{2,}(?=remit )", line.strip())
    return [re.split(r"\s{3,}|\s+#\s", part)[0].strip() for part in parts]


class Sandbox:
    """A folder in which ``remit`` and ``python`` are those under test, whatever is installed.

    Parameters
    ----------
    folder : Path
        Where commands run; it must be there.
    source : Path
        The folder from which the package is imported.
    python : str
        The interpreter.
    extra : dict of str to str, optional
        More variables for the commands.
    """

    def __init__(
        self, folder: Path, source: Path, python: str, extra: dict[str, str] | None = None
    ) -> None:
        self.folder = folder
        programs = folder / ".programs"
        programs.mkdir(exist_ok=True)
        self._program(programs / "python", f'exec "{python}" "$@"')
        start = "from remit.cli import main; main()"
        self._program(programs / "remit", f'exec "{python}" -c "{start}" "$@"')
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "REMIT"))}
        self.environment = {
            **kept,
            "PATH": f"{programs}{os.pathsep}{kept['PATH']}",
            "PYTHONPATH": str(source),
            "COLUMNS": "100",
            "NO_COLOR": "1",
            **(extra or {}),
        }

    @staticmethod
    def _program(path: Path, line: str) -> None:
        path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(
        self, command: str, text: str = "", *, apart: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run one command line, with ``text`` as what is typed into it.

        Parameters
        ----------
        command : str
            A line for bash.
        text : str
            What the command reads.
        apart : bool
            Keep what goes to the error stream apart; else both are in ``stdout``, as on a screen.
        """
        return subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if apart else subprocess.STDOUT,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=600,
            check=False,
        )
