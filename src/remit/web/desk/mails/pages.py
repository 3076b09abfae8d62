"""Whether and how often somebody has mail, and its end by one click of whoever has the mail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from remit.web.desk.mails.said import account_of_stop_word
from remit.web.people.mail_choices import HOW_OFTEN, choose, chosen, last_mails


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: Any) -> HttpResponse:
    """How often the person has mail of what waits; never, until they choose otherwise."""
    status = 200
    if request.method == "POST":
        given = request.POST.get("how_often", "")
        if given in HOW_OFTEN:
            choose(request.user, given, timezone.now())
            messages.success(request, f"You have mail: {HOW_OFTEN[given].lower()}.")
            return redirect("mail")
        status = 400
    view = {
        "now": chosen(request.user), "choices": HOW_OFTEN, "is_wrong": status != 200,
        "sent": last_mails(request.user), "account": request.user,
    }  # fmt: skip
    return render(request, "mail.html.jinja", view, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stopped(request: Any, word: str) -> HttpResponse:
    """End somebody's mail by the address that stands in it (RFC 8058); to look changes nothing.

    A program of mail sends the form without having been here, so it carries no token of ours: the
    signed word in the address is its proof, and it does nothing but end that mail.

    Raises
    ------
    Http404
        If the address is none that stood in a mail.
    """
    account = account_of_stop_word(word)
    if account is None:
        raise Http404
    if request.method == "POST":
        choose(account, "never", timezone.now())
    return render(request, "mail_stopped.html.jinja", {"is_ended": chosen(account) == "never"})
