"""Due days as a calendar that other programs fetch, by an address that only its owner knows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.desk.daily.waiting import WaitingLine, all_waiting
from remit.web.mine.feeds import account_of_feed, begin_feed, end_feed
from remit.web.mine.models import CalendarFeed
from remit.web.people.asking import person_of, today

_MOST = 500
_FETCHED_EACH = timedelta(hours=6)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: Any) -> HttpResponse:
    """Whether a calendar of the person can be fetched; begin, renew or end that."""
    address = ""
    if request.method == "POST" and request.POST.get("what") == "begin":
        secret = begin_feed(request.user, timezone.now())
        address = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
    elif request.method == "POST" and request.POST.get("what") == "end":
        end_feed(request.user)
    held = CalendarFeed.objects.filter(account=request.user).first()
    return render(request, "calendar.html.jinja", {"held": held, "address": address})


@require_safe
def calendar_feed(request: Any, secret: str) -> HttpResponse:
    """The due days of whoever has this address; they are what that person sees today.

    Raises
    ------
    Http404
        If nobody's calendar has this secret, it was ended, or its owner may no longer sign in.
    """
    account = account_of_feed(secret)
    if account is None:
        raise Http404
    person = person_of(account, today())
    answer = HttpResponse(
        calendar_of(person, request.build_absolute_uri("/")),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = 'attachment; filename="due-days.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def calendar_of(person: Person, site: str) -> bytes:
    """What waits for a person on its due days, as iCalendar (RFC 5545).

    Parameters
    ----------
    person
        Whose due days.
    site
        The address of the application, to which the entries lead.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Remit//Due days//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Due days (sample)" if settings.REMIT_IS_DEMO else "Due days")
    made.add("refresh-interval", _FETCHED_EACH)
    for subject in all_waiting(person, _MOST):
        for line in subject.lines:
            if line.due_on is not None:
                made.add_component(_entry(line, person, site.rstrip("/")))
    return bytes(made.to_ical())


def _entry(line: WaitingLine, person: Person, site: str) -> Any:
    from icalendar import Event

    assert line.due_on is not None
    whose = f"{name_of(line.organisation, person.on)} ({line.organisation})"
    late = "Late: " if line.due_on < person.on else ""
    entry = Event()
    entry.add("uid", f"{line.key}@{site.partition('//')[2]}")
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", line.due_on)
    if line.due_on < date.max:  # without an end it is one day long as well
        entry.add("dtend", line.due_on + timedelta(days=1))
    entry.add("summary", f"{late}{line.words}")
    entry.add("description", f"{whose}{f', {line.whose}' if line.whose else ''}")
    entry.add("url", f"{site}{line.address}")
    entry.add("transp", "TRANSPARENT")  # a due day keeps nobody busy
    return entry
