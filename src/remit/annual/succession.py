"""Who has the work of an ICB that is no longer assessed: by the folder, else by the register."""

from __future__ import annotations

from remit.annual.folder import AnnualFolder
from remit.register import load_register


def heirs(folder: AnnualFolder, code: str) -> list[str]:
    """The ICBs of a folder that have the work of another; itself where it is assessed.

    Several where its area was divided. None where no ICB of the folder has any of it.
    """
    if code in folder.icbs:
        return [code]
    return [one for one in folder.icbs if code in predecessors(folder, one)]


def predecessors(folder: AnnualFolder, code: str) -> tuple[str, ...]:
    """The ICBs whose work passed to one, directly or through others."""
    told = folder.icbs[code].predecessors
    if told is not None:
        return told
    register = load_register()
    found: dict[str, None] = {}
    waiting = [code] if register.find(code) else []
    while waiting:
        for former in register.predecessors(waiting.pop()):
            if former.code not in found:
                found[former.code] = None
                waiting.append(former.code)
    return tuple(found)
