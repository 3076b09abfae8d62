"""The API as it is served: one, with its description at ``/api/openapi.json``."""

from __future__ import annotations

from importlib.metadata import version

from ninja import NinjaAPI
from ninja.security import HttpBearer

from remit.web.api.operations import router
from remit.web.api.refusals import lay_refusals


class _ByToken(HttpBearer):
    """For the description alone: the gate has seen to the token before any operation begins."""

    def authenticate(self, request: object, token: str) -> bool:
        del request, token
        return True


def make_api() -> NinjaAPI:
    """The API with all its operations.

    Examples
    --------
    ``path("api/", make_api().urls)``
    """
    api = NinjaAPI(
        title="Remit",
        version=version("remit"),
        description="Asks, actions and their changes, as far as the token's person may see them.",
        docs_url=None,
        urls_namespace="api",
        auth=_ByToken(),
    )
    api.add_router("", router)
    lay_refusals(api)
    return api
