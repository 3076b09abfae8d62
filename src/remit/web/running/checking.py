"""Whether an instance may be opened to people: settings, tables, and records that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator

from remit.records.audit import is_wipe_due
from remit.web.running.tables import newer_tables, tables_missing, tables_unknown


def faults() -> list[str]:
    """What is wrong with an instance, each as a sentence; nothing where all is well."""
    return list(_faults())


def notes() -> list[str]:
    """What is no fault and is to be known all the same."""
    from remit.web.attached.scanning import scanner

    if scanner():
        return []
    return ["Attachments are not looked through for viruses: REMIT_WEB_SCANNER is not set."]


def _faults() -> Iterator[str]:
    from django.core import checks
    from django.db import DatabaseError

    from remit.web.attached.held_files import astray

    for one in checks.run_checks(include_deployment_checks=True):
        if one.level >= checks.WARNING and not one.is_silenced():
            yield f"{one.id}: {one.msg}"
    try:
        missing, newer = tables_missing(), tables_unknown()
    except DatabaseError as error:
        yield f"The database cannot be reached: {error}"
        return
    if newer:
        yield newer_tables(newer)
        return
    if missing:
        yield f"The tables are older than this Remit ({', '.join(missing[:3])} …): remit web init"
        return
    yield from _unseen()
    yield from astray()
    if is_wipe_due():
        yield "The database's files still hold what was erased: remit web audit wipe DIR"


def _unseen() -> Iterator[str]:
    """Records whose organisation the register does not know: nobody would ever see them."""
    from remit.records.loading import model
    from remit.register.load import load_register
    from remit.web.access.relations import NATIONAL
    from remit.words.sentences import count_words

    known = {*load_register().codes, NATIONAL}
    asks = model("Ask").objects.order_by()
    if nameless := asks.filter(to_org_code=None).count():
        yield f"{count_words(nameless, 'ask')} without an organisation: nobody sees them"
    named = asks.exclude(to_org_code=None)
    codes = named.values_list("to_org_code", flat=True).distinct()
    lost = sorted(str(code) for code in codes if code not in known)
    if lost:
        count = named.exclude(to_org_code__in=known).count()
        yield (
            f"{count_words(count, 'ask')} of organisations that the register does not know "
            f"({', '.join(lost[:5])}): nobody sees them"
        )
