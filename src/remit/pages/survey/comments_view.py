"""The page of comments by theme: what is said of it is made once, for all media."""

from __future__ import annotations

from remit.pages.frame.file_pages import FilePage

COMMENTS = FilePage("comments.html", "Comments")
