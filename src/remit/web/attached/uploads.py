"""Uploads stop at the size that is allowed, whatever a request says of its length."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Writes to a temporary file, and no more than may be kept."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 (the library's name)
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Refuse a request at once that says itself that it is far too large."""
        del input_data, META, boundary, encoding
        most = settings.REMIT_ATTACHMENT_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if content_length > 2 * most:
            raise RequestDataTooBig("the files are far too large")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self._count = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Count what comes, and stop where it is too much."""
        self._count += len(raw_data)
        if self._count > settings.REMIT_ATTACHMENT_BYTES:
            self.request.upload_is_too_large = True
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)
