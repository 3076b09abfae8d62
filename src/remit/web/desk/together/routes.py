"""The addresses of what came of conversations."""

from __future__ import annotations

from django.urls import path

from remit.web.desk.together import (
    agenda,
    agreements,
    capability,
    commitments,
    conversation_entry,
    conversations,
    frictions,
    risks,
    settling,
    ties,
)

_CONVERSATION = "conversations/one/<str:conversation_id>/"
_FRICTION = "friction/one/<str:friction_id>/"
_RISK = "risks/one/<str:risk_id>/"
_COMMITMENT = "commitments/one/<str:commitment_id>/"
_AGREEMENT = "agreements/one/<str:agreement_id>/"
_BOARD = "capability/<str:code>/<str:framework>/"

urlpatterns = [
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/new/", conversation_entry.conversation_new, name="conversation_new"),
    path(_CONVERSATION, conversations.conversation, name="conversation"),
    path(f"{_CONVERSATION}change/", conversations.conversation_change, name="conversation_change"),
    path(f"{_CONVERSATION}action/", conversations.conversation_action, name="conversation_action"),
    path(f"{_CONVERSATION}agenda/", agenda.agenda_new, name="agenda_new"),
    path(f"{_CONVERSATION}agenda/<int:item>/", agenda.agenda_change, name="agenda_change"),
    path(f"{_CONVERSATION}agenda/<int:item>/gone/", agenda.agenda_removed, name="agenda_removed"),
    path("friction/", frictions.frictions, name="frictions"),
    path("friction/new/", frictions.friction_new, name="friction_new"),
    path(_FRICTION, frictions.friction, name="friction"),
    path(f"{_FRICTION}change/", frictions.friction_change, name="friction_change"),
    path(f"{_FRICTION}settled/", frictions.friction_settled, name="friction_settled"),
    path(f"{_FRICTION}answered/", settling.friction_answered, name="friction_answered"),
    path(f"{_FRICTION}escalated/", frictions.friction_escalated, name="friction_escalated"),
    path("risks/", risks.risks, name="risks"),
    path("risks/new/", risks.risk_new, name="risk_new"),
    path(_RISK, risks.risk, name="risk"),
    path(f"{_RISK}change/", risks.risk_change, name="risk_change"),
    path(f"{_RISK}share/<int:share>/", risks.risk_share, name="risk_share"),
    path(f"{_RISK}closed/", risks.risk_closed, name="risk_closed"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments/new/", commitments.commitment_new, name="commitment_new"),
    path(
        "commitments/none/<str:kind>/",
        commitments.commitments_unserved,
        name="commitments_unserved",
    ),
    path(_COMMITMENT, commitments.commitment, name="commitment"),
    path(f"{_COMMITMENT}change/", commitments.commitment_change, name="commitment_change"),
    path(f"{_COMMITMENT}tie/", commitments.tie_new, name="tie_new"),
    path(f"{_COMMITMENT}tie/<int:tie>/gone/", ties.tie_removed, name="tie_removed"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.agreement_new, name="agreement_new"),
    path(_AGREEMENT, agreements.agreement, name="agreement"),
    path(f"{_AGREEMENT}change/", agreements.agreement_change, name="agreement_change"),
    path(f"{_AGREEMENT}signed/", agreements.agreement_signed, name="agreement_signed"),
    path("capability/", capability.capability, name="capability"),
    path(_BOARD, capability.board, name="board"),
    path(f"{_BOARD}<str:question>/", capability.board_answer, name="board_answer"),
]
