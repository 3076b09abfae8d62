"""What the heading of a column tells of it, before anything below it is looked at."""

from __future__ import annotations

import re

YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
RESPONDENT = re.compile(
    r"^(respondent|response|resp|submission|participant|case|record|user|unique)?[ _-]*"
    r"(id|number|no|ref(erence)?)$|^(respondent|participant)$"
)
UNIT = re.compile(
    r"^(trust|org|organisation|organization|provider|ods|icb|unit|site|practice)?[ _-]*"
    r"(code|ods|id)$|^ods code$|^trust$"
    r"|^(what is )?(your )?(trust|organi[sz]ation|provider|icb)('?s)? (ods )?code$"
)
WEIGHT = re.compile(r"^(survey|sampling|final|rim)?[ _-]*(weight|weighting|wt)$")
WAVE = re.compile(r"^(survey[ _-]*)?(year|wave)$")
KIND = re.compile(r"type|kind|sector")
ROLE = re.compile(r"role|job|position|title")
OWN = re.compile(
    r"^(start|end|completion|submit|submission|recorded|last)?[ _-]*"
    r"(time|date|date ?time|modified)$"
    r"|^(date|time) (started|submitted|completed|created|modified)$|^last action$|^submitted$"
    r"|^(ip|e-?mail|recipient|respondent).*(address|name|mail)?$"
    r"|^(first|last|full|your)? ?name$"
    r"|^(collector|distribution|channel|language|user language|progress|finished|status|seed)"
    r"|^(duration|response type|last page|external (data )?reference|start language|location)"
    r"|^(latitude|longitude|phone|telephone|custom data)"
)
"""By these a tool tells of the sending, and of the sender, and not what was answered."""
CUT = re.compile(
    r"(type|kind|sector) of (trust|organisation|provider|board|body)|best describes (you|your)"
    r"|(your|job|current) (role|position|title|region)|which region|what region|which trust"
    r"|your (trust|organi[sz]ation|employer|provider|board|body)('?s)? (type|kind|sector)"
    r"|what is your role|which (type|kind|sector)"
)
WORDS = re.compile(
    r"comment|anything else|any other|what would you|what one thing|tell us|in your own words"
    r"|please (explain|describe|tell|say|give)|why do you say|why is that|suggestion"
    r"|what (else )?could|free text"
)
NUMBERS = re.compile(r"how (many|much|long|often)|number of|hours|days|per cent|%")
