"""The addresses of the year's findings and letters, and of practices."""

from __future__ import annotations

from django.urls import path

from remit.web.desk.year import acts, findings, letters, practices, work

_FINDING = "findings/one/<str:finding_id>/"
_LETTER = "letters/one/<str:letter_id>/"
_PRACTICE = "practices/one/<str:practice_id>/"

assert work  # by being loaded its subject joins the work list
urlpatterns = [
    path("findings/", findings.findings, name="findings"),
    path(_FINDING, findings.finding, name="finding"),
    path(f"{_FINDING}right/", acts.finding_right, name="finding_right"),
    path(f"{_FINDING}reply/", acts.finding_reply, name="finding_reply"),
    path(f"{_FINDING}reply/<int:reply>/", acts.reply_answer, name="reply_answer"),
    path(f"{_FINDING}action/", acts.finding_action, name="finding_action"),
    path(f"{_FINDING}action/<int:tie>/gone/", acts.finding_untied, name="finding_untied"),
    path(_LETTER, letters.year_letter, name="year_letter"),
    path(f"{_LETTER}document/", letters.year_letter_file, name="year_letter_file"),
    path(f"{_LETTER}signed/", letters.year_letter_signed, name="year_letter_signed"),
    path("practices/", practices.practices, name="practices"),
    path(_PRACTICE, practices.practice, name="practice"),
    path(f"{_PRACTICE}copy/", practices.practice_copied, name="practice_copied"),
]
