"""A monthly publication of fictional trusts in the layout of the A&E files."""

from __future__ import annotations

from remit.catalogue import load_publications
from remit.model.publication import Publication

PUBLICATION = "ae-monthly"


def ae(landing_page: str) -> Publication:
    """The publication as declared, with its page elsewhere."""
    found = next(one for one in load_publications() if one.id == PUBLICATION)
    return found.model_copy(update={"landing_page": landing_page})


def ae_file(month: str, late: int = 10, rows: int = 3) -> bytes:
    """A month's file, such as ``JUNE-2025``; every count that is not ``late`` is 100."""
    measures = [m.column for m in ae("").measures if m.required]
    lines = [",".join(["Period", "Org Code", "Org name", *measures])]
    for number in range(1, rows + 1):
        counts = [str(late if "over 4hrs Type 1" in name else 100) for name in measures]
        lines.append(",".join([f"MSitAE-{month}", f"ZA{number}", "A fictional trust", *counts]))
    return ("\n".join(lines) + "\n").encode()
