"""Other processes that use a store while the test looks on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HOLD = """
import sys
from remit.store import Store
with Store.open(sys.argv[1], read_only=sys.argv[2] == "read"):
    print("open", flush=True)
    sys.stdin.readline()
"""

# The readings are there before "ready" is said: what comes after "go" is the store's work alone.
INGEST = """
import pickle, sys
from pathlib import Path
from remit.store import Store
readings = pickle.loads(Path(sys.argv[2]).read_bytes())
print("ready", flush=True)
sys.stdin.readline()
with Store.open(sys.argv[1], wait_seconds=300) as store:
    store.ingest(readings)
print("done", flush=True)
"""


class Other:
    """A process that runs a program and says a word when it is where the test wants it."""

    def __init__(self, program: str, *arguments: str | Path, under: Sequence[str] = ()) -> None:
        self.process = subprocess.Popen(
            [*under, sys.executable, "-c", program, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Other:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def wait_for(self, word: str) -> None:
        assert self.process.stdout is not None
        said = self.process.stdout.readline().strip()
        assert said == word, said or self.process.communicate()[1]

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """As ``kill -9`` does: the process gets no chance to tidy up."""
        self.process.kill()
        self.process.wait()

    def finish(self) -> str:
        """Wait for its end; what it wrote to its error stream."""
        _, errors = self.process.communicate(timeout=300)
        assert self.process.returncode == 0, errors
        return errors
