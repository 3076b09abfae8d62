"""The addresses of what came of conversations."""

from __future__ import annotations

from django.urls import path

from remit.web.desk.together import agenda, conversations

_CONVERSATION = "conversations/one/<str:conversation_id>/"

urlpatterns = [
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/new/", conversations.conversation_new, name="conversation_new"),
    path(_CONVERSATION, conversations.conversation, name="conversation"),
    path(f"{_CONVERSATION}change/", conversations.conversation_change, name="conversation_change"),
    path(f"{_CONVERSATION}action/", conversations.conversation_action, name="conversation_action"),
    path(f"{_CONVERSATION}agenda/", agenda.agenda_new, name="agenda_new"),
    path(f"{_CONVERSATION}agenda/<int:item>/", agenda.agenda_change, name="agenda_change"),
    path(f"{_CONVERSATION}agenda/<int:item>/gone/", agenda.agenda_removed, name="agenda_removed"),
]
