"""The web application in which region, ICB and trust agree: people, permission, pages over records.

Django is loaded by :func:`started` and by nothing else; no other room imports this one.
"""

from remit.web.instance import Instance, InstanceError, make_instance, open_instance
from remit.web.starting import started

__all__ = ["Instance", "InstanceError", "make_instance", "open_instance", "started"]
