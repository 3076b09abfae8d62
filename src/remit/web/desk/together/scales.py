"""The declared scales of ages and of risks."""

from __future__ import annotations

from functools import cache

from remit.catalogue.declared import packaged
from remit.model.conversation_scales import ConversationScales


@cache
def load_scales() -> ConversationScales:
    """The declared scales.

    >>> load_scales().risk.band(12), load_scales().ageing.band(31)
    ('high', '31 to 90 days')
    """
    (file,) = packaged("conversations")
    return file.validate(ConversationScales)
