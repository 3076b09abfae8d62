"""Serving a site's folder to this machine: what is asked is judged, and only files of it are given.

Public names: :func:`make_server` binds a port, :class:`SiteServer` answers until it is shut down.
"""

from remit.pages.serving.server import SiteServer, make_server

__all__ = ["SiteServer", "make_server"]
