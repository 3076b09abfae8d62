"""Who has the work of an ICB that is no longer assessed: by the folder, else by the register."""

from __future__ import annotations

from collections.abc import Sequence

from remit.annual.folder import AnnualFolder
from remit.model.annual_records import AssessedIcb
from remit.register import load_register


def heirs(folder: AnnualFolder, code: str) -> list[str]:
    """The ICBs of a folder that have the work of another; itself where it is assessed."""
    return heirs_among(folder.head.icbs, code)


def heirs_among(icbs: Sequence[AssessedIcb], code: str) -> list[str]:
    """Which of some ICBs have the work of another; itself where it is one of them.

    Several where its area was divided. None where none of them has any of it.

    >>> heirs_among([AssessedIcb(code="S0E4D", name="A"), AssessedIcb(code="QRL", name="B")], "QNQ")
    ['S0E4D', 'QRL']
    """
    if code in [one.code for one in icbs]:
        return [code]
    return [one.code for one in icbs if code in predecessors(one)]


def predecessors(icb: AssessedIcb) -> tuple[str, ...]:
    """The ICBs whose work passed to one, directly or through others."""
    if icb.predecessors is not None:
        return icb.predecessors
    register = load_register()
    found: dict[str, None] = {}
    waiting = [icb.code] if register.find(icb.code) else []
    while waiting:
        for former in register.predecessors(waiting.pop()):
            if former.code not in found:
                found[former.code] = None
                waiting.append(former.code)
    return tuple(found)
