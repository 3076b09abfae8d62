"""All checks of an assessment, in one order."""

from __future__ import annotations

from collections.abc import Sequence

from remit.annual.bank import Bank
from remit.annual.checks.concerns import dropped
from remit.annual.checks.covering import uncovered
from remit.annual.checks.faults import KINDS, AnnualFault
from remit.annual.checks.figures import Differing, figures_in_order, thawed
from remit.annual.checks.phrases import above_evidence, differing_words
from remit.annual.checks.sentences import without_finding
from remit.annual.checks.sources import without_source
from remit.annual.folder import AnnualFolder

_CHECKS = (
    uncovered,
    figures_in_order,
    above_evidence,
    dropped,
    differing_words,
    without_source,
    without_finding,
)


def check_assessment(
    folder: AnnualFolder, differing: Sequence[Differing] = ()
) -> list[AnnualFault]:
    """All faults of an assessment, by ICB and then by kind.

    Parameters
    ----------
    folder
        The assessment as it was read.
    differing
        Frozen figures that are not those of a store, each with what the store holds.

    Examples
    --------
    ``check_assessment(read_assessment(Path("north-2024-25")))``
    """
    bank = Bank(folder)
    found = dict.fromkeys(thawed(bank, differing))
    found |= dict.fromkeys(fault for check in _CHECKS for fault in check(bank))
    codes, kinds = list(folder.icbs), list(KINDS)

    def order(fault: AnnualFault) -> tuple[int, int]:
        place = codes.index(fault.icb) if fault.icb in codes else len(codes)
        return place, kinds.index(fault.kind)

    return sorted(found, key=order)
