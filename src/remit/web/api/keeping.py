"""How records that have a page with a form are entered and changed: by that form, and its acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.api.asking import Again, as_form, fit, once, seen, who
from remit.web.api.refusals import Clashed
from remit.web.api.together_shapes import SeenIn

Told = Callable[[Any], dict[str, Any]]
Stands = tuple[Mapping[str, Any], str]
"""What a form has in it now, and the mark of that state."""


def enter(
    request: Any,
    key: str,
    given: Any,
    kind: Any,
    *,
    form: Callable[..., Any],
    keep: Callable[[Person, dict[str, Any]], Any],
) -> Any:
    """Enter a new record for an organisation of one's own; the record.

    Parameters
    ----------
    request
        Who asks.
    key
        By which it is entered once; blank for none.
    given
        What was sent.
    kind
        The model.
    form
        The form of its page.
    keep
        What keeps it.
    """
    permissions.check_enter(who(request))
    sent = fit(form(as_form(given.model_dump()), person=who(request)))
    return once(
        request, key, lambda: keep(who(request), sent),
        lambda kept: seen(request, kind, kept[kind._meta.label]),
    )  # fmt: skip


def change(
    request: Any,
    given: SeenIn,
    find: Callable[[], Any],
    stands: Callable[[Any], Stands],
    *,
    form: Callable[[dict[str, Any]], Any],
    keep: Callable[[Person, Any, dict[str, Any]], Any],
    told: Told,
    key: str = "",
    again: Again | None = None,
) -> dict[str, Any]:
    """Change a record by the form of its page, unless somebody else did since it was seen.

    Parameters
    ----------
    request
        Who asks.
    given
        What was sent; what was not stays.
    find
        Finds the record, held until all is kept, for whoever may change it as it stands.
    stands
        What stands in its form, and its mark.
    form
        The form of the page.
    keep
        What keeps it.
    told
        How the record is told.
    key
        By which it is done once; blank for none.
    again
        What is answered where it was done before, if the record is not found any more by then.

    Raises
    ------
    Clashed
        If somebody changed it since it was seen.
    """

    def done() -> dict[str, Any]:
        found = find()
        initial, mark = stands(found)
        sent = given.model_dump(exclude_unset=True, exclude={"seen"})
        if given.seen != mark:
            raise Clashed(told(found))
        keep(who(request), found, fit(form(as_form({**initial, **sent}))))
        found.refresh_from_db()
        return told(found)

    answered: dict[str, Any] = once(request, key, done, again or (lambda _: told(find())))
    return answered
