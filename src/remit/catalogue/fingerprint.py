"""Two digests of a framework: one of what scores, one of the wording.

A change of the first can change a result; a change of the second cannot. Each key of the
models is one or the other: wording keys carry the mark ``WORDING``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from pydantic import BaseModel

from remit.model.declaration import WhenSet, Wording
from remit.model.framework import Framework
from remit.model.metric import Metric


@dataclass(frozen=True, slots=True)
class Hashes:
    """SHA-256 digests, in hexadecimal."""

    scoring: str
    wording: str

    def to_dict(self) -> dict[str, str]:
        """The digests by name."""
        return {"scoring": self.scoring, "wording": self.wording}


def fingerprint(framework: Framework, metrics: Mapping[str, Metric]) -> Hashes:
    """Both digests of a framework together with the metrics that it scores."""
    scoring, words = split(framework, metrics)
    return Hashes(_digest(scoring), _digest(words))


def split(
    framework: Framework, metrics: Mapping[str, Metric]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What scores and what words, each as ``path → value`` with readable paths."""
    scoring, words = split_paths(framework, metrics)
    return _joined(scoring), _joined(words)


Path = tuple[str, ...]


def split_paths(
    framework: Framework, metrics: Mapping[str, Metric]
) -> tuple[dict[Path, Any], dict[Path, Any]]:
    """As :func:`split`, with each path in its parts."""
    scoring: dict[Path, Any] = {}
    words: dict[Path, Any] = {}
    _walk(framework, ("framework",), scoring, words)
    for metric_id in sorted(metrics):
        _walk(metrics[metric_id], ("catalogue", metric_id), scoring, words)
    return scoring, words


def _joined(content: Mapping[Path, Any]) -> dict[str, Any]:
    return {".".join(path): value for path, value in content.items()}


def _walk(thing: Any, path: Path, scoring: dict[Path, Any], words: dict[Path, Any]) -> None:
    if isinstance(thing, BaseModel):
        for name, field in type(thing).model_fields.items():
            value = getattr(thing, name)
            if value == field.default and any(isinstance(m, WhenSet) for m in field.metadata):
                continue
            if any(isinstance(mark, Wording) for mark in field.metadata):
                _walk(value, (*path, name), words, words)
            else:
                _walk(value, (*path, name), scoring, words)
    elif isinstance(thing, dict):
        for key in sorted(thing, key=str):
            _walk(thing[key], (*path, str(key)), scoring, words)
    elif isinstance(thing, (tuple, list)):
        for key, item in _named(thing):
            _walk(item, (*path, key), scoring, words)
    elif isinstance(thing, Enum):
        scoring[path] = thing.value
    elif isinstance(thing, date):
        scoring[path] = thing.isoformat()
    else:
        scoring[path] = thing


def _named(items: tuple[Any, ...] | list[Any]) -> list[tuple[str, Any]]:
    """Items by identifier where they have one, so that order alone is no difference."""
    return [(str(getattr(item, "id", index)), item) for index, item in enumerate(items)]


def _digest(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
