"""An entry on what no record keeps by the door, such as a token: that it ended, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from remit.model.errors import RecordsError
from remit.records.audit.chain import Written, append, as_text, at_once
from remit.records.audit.declared import is_audited
from remit.records.audit.event import Event


def note(
    event: Event,
    instance: Any,
    /,
    organisations: Iterable[str],
    *,
    using: str = "default",
    **values: tuple[Any, Any],
) -> int:
    """Enter what was done to a row of a model that is not audited as a whole.

    Parameters
    ----------
    event
        Who did it, and why.
    instance
        The row.
    organisations
        The codes of those who may see the entry.
    using
        The name of the database's connection.
    values
        Field → what stood there before, and what stands there now.

    Returns
    -------
    int
        The number of the entry.

    Raises
    ------
    RecordsError
        If the model is audited: its rows are written through the door, which makes the entry.

    Examples
    --------
    >>> note(event, token, ["ZA1"], ended_at=(None, event.when))  # doctest: +SKIP
    31
    """
    if is_audited(type(instance)):
        raise RecordsError(f"{instance._meta.label} is audited: write it through the audit's door")
    texts = {name: (as_text(old), as_text(new)) for name, (old, new) in values.items()}
    written = Written(instance._meta.label, str(instance.pk), texts, frozenset(organisations))
    with at_once(using):
        return append(using, event, written)
