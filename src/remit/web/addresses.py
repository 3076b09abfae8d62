"""All addresses of the application; a test holds each against the declared access matrix."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as code_views
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from remit.web.api.served import make_api
from remit.web.desk import (
    account,
    actions,
    asked_twice,
    asks,
    audit,
    home,
    organisations,
    people,
    plan_acts,
    plan_asks,
    plan_files,
    plan_history,
    plan_review,
    plans,
    searching,
    tokens,
    workbooks,
)
from remit.web.desk.attachments import pages as attachments
from remit.web.desk.daily import bringing_in, calendar, several, undoing
from remit.web.desk.figures import routes as figures
from remit.web.desk.mails import pages as mails
from remit.web.desk.together import routes as together
from remit.web.desk.year import routes as year
from remit.web.keys import KEY
from remit.web.signing_in import ended_sessions
from remit.web.signing_in import views as signing_in

api = make_api()
urlpatterns = [
    path("", home.home, name="home"),
    path("health/", home.health, name="health"),
    path("search/", searching.search, name="search"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<str:code>/", organisations.organisation, name="organisation"),
    path("why/", organisations.why, name="why"),
    path("asks/", asks.asks, name="asks"),
    path("asks.csv", asks.asks_file, name="asks_file"),
    path("asks.xlsx", workbooks.asks_workbook, name="asks_workbook"),
    path("asks/bring-in/", bringing_in.asks_in, name="asks_in"),
    path("asks/closed/", asks.asks_closed, name="asks_closed"),
    path("asks/twice/", asked_twice.asks_twice, name="asks_twice"),
    path(f"asks/one/<{KEY}:ask_id>/", asks.ask, name="ask"),
    path(f"asks/one/<{KEY}:ask_id>/closed/", asks.ask_closed, name="ask_closed"),
    path(f"asks/one/<{KEY}:ask_id>/action/", actions.action_new, name="action_new"),
    path("actions/", actions.actions, name="actions"),
    path("actions.csv", actions.actions_file, name="actions_file"),
    path("actions.xlsx", workbooks.actions_workbook, name="actions_workbook"),
    path("actions/bring-in/", bringing_in.actions_in, name="actions_in"),
    path("actions/several/", several.actions_several, name="actions_several"),
    path("actions/done/", actions.actions_done, name="actions_done"),
    path(f"actions/one/<{KEY}:action_id>/", actions.action, name="action"),
    path(f"actions/one/<{KEY}:action_id>/change/", actions.action_change, name="action_change"),
    *together.urlpatterns,
    *year.urlpatterns,
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.plan_new, name="plan_new"),
    path("plans/one/<str:plan_id>/", plans.plan, name="plan"),
    path("plans/one/<str:plan_id>/act/", plan_acts.plan_acted, name="plan_acted"),
    path("plans/one/<str:plan_id>/items/", plan_acts.plan_items, name="plan_items"),
    path("plans/one/<str:plan_id>/review/", plan_review.plan_review, name="plan_review"),
    path("plans/one/<str:plan_id>/twice/", plan_asks.plan_asked_twice, name="plan_asked_twice"),
    path("plans/one/<str:plan_id>/letter/", plan_files.plan_letter, name="plan_letter"),
    path("plans/one/<str:plan_id>/sheets/", plan_files.plan_sheets, name="plan_sheets"),
    path("plans/one/<str:plan_id>/changes/", plan_history.plan_history, name="plan_history"),
    *figures.urlpatterns,
    *attachments.urlpatterns,
    path("changes/", audit.audit, name="audit"),
    path("changes.csv", audit.audit_file, name="audit_file"),
    path(f"changes/<str:kind>/<{KEY}:record_id>/", audit.history, name="history"),
    path(f"changes/<str:kind>/<{KEY}:record_id>/undo/", undoing.undo, name="undo"),
    path("account/", account.account, name="account"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<int:number>/end/", tokens.token_ended, name="token_ended"),
    path("account/calendar/", calendar.calendar, name="calendar"),
    path("calendar/<str:secret>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("account/mail/", mails.mail, name="mail"),
    path("mail/stop/<str:word>/", mails.mail_stopped, name="mail_stopped"),
    path("kept/", ended_sessions.kept, name="kept"),
    path("people/", people.people, name="people"),
    path("people/give/", people.membership_given, name="membership_given"),
    path("people/<int:number>/end/", people.membership_ended, name="membership_ended"),
    path("api/", api.urls),
    # Signing in. Of the library's addresses only those that are used: nobody signs up here.
    path("sign-in/", account_views.login, name="account_login"),
    path("sign-out/", account_views.logout, name="account_logout"),
    path("account/again/", account_views.reauthenticate, name="account_reauthenticate"),
    path("account/password/", signing_in.change_password, name="account_change_password"),
    path("sign-in/code/", mfa_views.authenticate, name="mfa_authenticate"),
    path("account/again/code/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/", signing_in.second_factor, name="mfa_activate_totp"),
    path("account/codes/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/codes/new/", code_views.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path("sign-in/organisation/", signing_in.oidc_login, name="oidc_login"),
    path("sign-in/organisation/back/", signing_in.oidc_callback, name="oidc_callback"),
]
if settings.REMIT_PICKER:
    urlpatterns.append(path("demo/", signing_in.picker, name="picker"))


def _fault(request: Any, status: int, why: str) -> HttpResponse:
    return render(request, "refused.html.jinja", {"why": why, "status": status}, status=status)


def handler404(request: Any, exception: object) -> HttpResponse:
    """Nothing here, or nothing that the person may see: the page does not say which."""
    del exception
    return _fault(request, 404, "There is nothing here, or nothing that you may see.")


def handler403(request: Any, exception: object) -> HttpResponse:
    """Not allowed."""
    return _fault(request, 403, str(exception))


def handler400(request: Any, exception: object) -> HttpResponse:
    """The request cannot be understood."""
    del request, exception
    return HttpResponse(
        "This request cannot be understood.\n", status=400, content_type="text/plain"
    )


def handler500(request: Any) -> HttpResponse:
    """A fault of Remit's own."""
    del request
    said = "A fault of Remit's own. It was noted; nothing was half-written.\n"
    return HttpResponse(said, status=500, content_type="text/plain")


def csrf_refused(request: Any, reason: str = "") -> HttpResponse:
    """The form was not sent from its page, or from one of a session that has ended."""
    if ended_sessions.is_of_the_token(reason) and (
        answer := ended_sessions.kept_on_the_way(request)
    ):
        return answer
    return _fault(request, 403, "This form is too old, or was not sent from its page. Go back, "
                  "load the page again and send it once more.")  # fmt: skip
