"""Ask the registries whether a locked package has a known fault: ``python tools/audit.py``.

Python's are asked about by pip-audit (PyPI's advisories), those of the pages by ``npm audit``. A
package that nobody could be asked about is a failure of the audit, never a pass. Exit codes: 0
nothing is known; 1 something is; 3 it could not be found out. ``make audit`` shows that code as
``Error 3`` and ends with its own, 2.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets import node_and_npm

ROOT = Path(__file__).resolve().parent.parent
PIP_AUDIT = "pip-audit==2.10.1"
"""Run in an environment of its own: its packages are no part of what it looks at."""

CLEAN, KNOWN, UNKNOWN = 0, 1, 3

_MARKS = re.compile(r"^npm (?:warn|error|ERR!|WARN)\s*", re.IGNORECASE)
_NO_REASON = re.compile(
    r"No known vulnerabilities|Found \d+ known|at .+:\d+|at (?:async )?\S+ \(|\^|Node\.js v"
    r"|A complete log|.*[/\\]_logs[/\\]|Traceback|File \"|[{}\[\]]",
    re.IGNORECASE,
)
"""A verdict on what nobody was asked about, traces of calls, and where a log lies."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What an audit has found: known faults, and whom it could not ask about."""

    known: tuple[str, ...]
    unasked: tuple[str, ...]
    asked: int


def main(arguments: Sequence[str]) -> int:
    """Audit both lock files, and say what was found; ``uv``'s path is the only argument."""
    if arguments[0] == "npm":
        return node_and_npm()[1](["audit", "--json"])
    audits = {
        "uv.lock": (judge_python, _pip_audit(arguments[0])),
        "package-lock.json": (judge_npm, _npm_audit()),
    }
    codes = [_told(name, judge, ran) for name, (judge, ran) in audits.items()]
    code = UNKNOWN if UNKNOWN in codes else max(codes)
    if code != CLEAN:
        print(
            f"Exit code {code} ({CLEAN}: no fault is known; {KNOWN}: one is; {UNKNOWN}: it could "
            f"not be found out). make shows it as Error {code} and ends with its own, 2.",
            flush=True,
        )
    return code


def judge_python(report: Any) -> Judged:
    """What pip-audit's report says; it ends well even where it could not ask."""
    known: list[str] = []
    unasked: list[str] = []
    found = _each(report, "dependencies")
    for one in found:
        if "vulns" not in one:
            unasked.append(str(one.get("name")))
        known += [
            f"{one.get('name')} {one.get('version')}: {fault.get('id')}"
            f" (mended in {', '.join(fault.get('fix_versions') or []) or 'no version yet'})"
            for fault in one.get("vulns") or ()
        ]
    return Judged(tuple(known), tuple(unasked), len(found))


def judge_npm(report: Any) -> Judged:
    """What npm's report says; without one, nobody was asked."""
    if not isinstance(report, Mapping) or not isinstance(report.get("vulnerabilities"), Mapping):
        return Judged((), ("all packages",), 0)
    known = [f"{name}: {one['severity']}" for name, one in report["vulnerabilities"].items()]
    return Judged(tuple(known), (), int(report["metadata"]["dependencies"]["total"]))


def _each(report: Any, key: str) -> list[Mapping[str, Any]]:
    found = report.get(key) if isinstance(report, Mapping) else None
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _told(name: str, judge: Any, ran: subprocess.CompletedProcess[str]) -> int:
    try:
        judged: Judged = judge(json.loads(ran.stdout))
    except (ValueError, KeyError, TypeError):
        judged = Judged((), (), 0)
    for line in told(name, judged, ran.stderr.strip().splitlines()):
        print(line, flush=True)
    return UNKNOWN if judged.unasked or not judged.asked else KNOWN if judged.known else CLEAN


def told(name: str, judged: Judged, said: Sequence[str] = ()) -> Iterable[str]:
    """What an audit found, in words."""
    if judged.unasked or not judged.asked:
        which = ", ".join(judged.unasked[:5]) + (" …" if len(judged.unasked) > 5 else "")
        yield (
            f"{name}: NOT audited: nobody could be asked about {len(judged.unasked) or 'its'} "
            f"packages{f' ({which})' if which else ''}. The registry answers no questions about "
            "advisories from here; run this where it is within reach."
        )
        yield from _reasons(said)
    for fault in judged.known:
        yield f"{name}: {fault}"
    if judged.asked and not judged.unasked and not judged.known:
        yield f"{name}: {judged.asked} packages, no known fault"


def _reasons(said: Sequence[str]) -> Iterable[str]:
    """Why nobody could be asked, as a tool says it; no verdict of its own, no trace of calls."""
    lines = [_MARKS.sub("", line).strip() for line in said]
    told = [line for line in lines if line and not _NO_REASON.match(line)]
    yield from (f"  {line}" for line in told[-1:])


def _pip_audit(uv: str) -> subprocess.CompletedProcess[str]:
    """The locked versions with their hashes, all groups, looked up without being installed."""
    with tempfile.TemporaryDirectory() as folder:
        locked = Path(folder) / "locked.txt"
        export = ("export", "--locked", "--all-groups", "--no-emit-project", "--quiet")
        _run(uv, *export, "--format", "requirements-txt", "--output-file", str(locked))
        # --disable-pip: the list is complete and hashed, so nothing is resolved or installed.
        options = ("--require-hashes", "--disable-pip", "--progress-spinner", "off")
        return _run(
            *(uv, "tool", "run", "--quiet", PIP_AUDIT),
            *("--requirement", str(locked), *options, "--format", "json"),
        )


def _npm_audit() -> subprocess.CompletedProcess[str]:
    return _run(sys.executable, __file__, "npm")


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
