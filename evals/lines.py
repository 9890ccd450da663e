"""Lines of JSON, each checked against a model; a line that does not fit is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from retrieval.errors import UsageError

FORMATS = (
    "A set is documents.jsonl (or .txt documents) and questions.jsonl, or it is pairs.jsonl alone."
)

_Line = TypeVar("_Line", bound=BaseModel)


def read_lines(path: Path, model: type[_Line]) -> Iterator[_Line]:
    """Read the lines of a file one by one."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                yield _parse(text, model, f"{path}, line {number}")
    except FileNotFoundError:
        raise UsageError(f"{path} does not exist.", FORMATS) from None


def _parse(text: str, model: type[_Line], place: str) -> _Line:
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the line"
        raise UsageError(
            f"{place}: {where}: {first['msg']}.", "Correct the line and run again."
        ) from None
