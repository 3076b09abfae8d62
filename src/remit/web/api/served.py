"""The API as it is served: one, with its description at ``/api/openapi.json``."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from ninja import NinjaAPI
from ninja.security import HttpBearer

from remit.web.api import (
    agreed_operations,
    figure_operations,
    held_operations,
    operations,
    plan_operations,
    talk_operations,
)
from remit.web.api.refusals import PROBLEM, lay_refusals


class _ByToken(HttpBearer):
    """For the description alone: the gate has seen to the token before any operation begins."""

    def authenticate(self, request: object, token: str) -> bool:
        del request, token
        return True


class _Described(NinjaAPI):
    """An API whose description says that refusals are problem details."""

    def get_openapi_schema(self, **how: Any) -> Any:
        """The description, each refusal with the type that it is sent as."""
        schema = super().get_openapi_schema(**how)
        for found in schema["paths"].values():
            for operation in found.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "content" in answer:
                        answer["content"] = {PROBLEM: answer["content"].pop("application/json")}
        return schema


def make_api() -> NinjaAPI:
    """The API with all its operations.

    Examples
    --------
    ``path("api/", make_api().urls)``
    """
    api = _Described(
        title="Remit",
        version=version("remit"),
        description="What the pages show and do, as far as the token's person may see and do it.",
        docs_url=None,
        urls_namespace="api",
        auth=_ByToken(),
    )
    for one in (
        operations, talk_operations, held_operations, agreed_operations, plan_operations,
        figure_operations,
    ):  # fmt: skip
        api.add_router("", one.router)
    lay_refusals(api)
    return api
