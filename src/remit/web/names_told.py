"""Who typed a person's name is told on the next page that it was taken out, and why.

It is done here for every form at once: the place that takes names out of what is typed notes it
while a request is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from remit.asks.register.typed import noting_names

_MOST, _AROUND, _LONGEST = 3, 30, 90


class NamesTold:
    """Adds the sentence to what the next page tells; where nothing was kept, nothing is said.

    Programs that come by a token read what was kept in the answer itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Answer a request, and note what was taken out of what it brought."""
        if request.method != "POST":
            return self.get_response(request)
        with noting_names() as changed:
            response = self.get_response(request)
        found = request.resolver_match
        if changed and response.status_code == 302 and found and found.namespace != "api":
            messages.warning(request, names_told(changed))
        return response


def names_told(changed: Sequence[str]) -> str:
    """What is told of texts out of which names were taken.

    Parameters
    ----------
    changed
        The texts as they stand now.

    Examples
    --------
    >>> names_told(["[name] agreed"])
    'Records name roles, not people, so what you typed was changed: “[name] agreed”.'
    """
    texts = list(dict.fromkeys(changed))
    told = ", ".join(f"“{_shortly(one)}”" for one in texts[:_MOST])
    more = f" and {len(texts) - _MOST} more" if len(texts) > _MOST else ""
    return f"Records name roles, not people, so what you typed was changed: {told}{more}."


def _shortly(text: str) -> str:
    """A text, or what stands around what was taken out of a long one."""
    if len(text) <= _LONGEST:
        return text
    begin = max(text.find("[") - _AROUND, 0)
    end = begin + _LONGEST
    return f"{'…' if begin else ''}{text[begin:end].strip()}{'…' if end < len(text) else ''}"
