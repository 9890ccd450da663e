"""Reply: what a chat model has to send back, and the strict reading of it.

A reply is a list of sentences with quotation numbers, by tool call where the model can, else as one
JSON object. Whatever else comes is a failure with a reason, never a crash.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError

MOST_SENTENCES = 8
"""Sentences of a reply that are looked at; four are asked for."""
_LONGEST_JSON = 20_000
_FENCED = re.compile(r"\s*```(?:json)?\s*\n(?P<json>.*?)\n?\s*```\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence as the chat model wrote it, with the numbers that it gave."""

    text: str
    numbers: tuple[int, ...]


class UnreadableReplyError(ValueError):
    """A reply that is not in the form asked for; the message says what is wrong with it."""


class WrittenSentence(BaseModel):
    """One sentence of the answer."""

    model_config = ConfigDict(extra="forbid")

    text: StrictStr = Field(description="One short sentence in plain text.")
    quotations: list[StrictInt] = Field(
        description="The numbers of the quotations that the sentence rests on."
    )


class WrittenAnswer(BaseModel):
    """The sentences of the answer, in order; none if the quotations do not answer."""

    model_config = ConfigDict(extra="forbid")

    sentences: list[WrittenSentence]


def drafts(answer: WrittenAnswer) -> tuple[Drafted, ...]:
    """The sentences of a reply as values, the first few of them."""
    return tuple(
        Drafted(sentence.text, tuple(sentence.quotations))
        for sentence in answer.sentences[:MOST_SENTENCES]
    )


def parse(text: str) -> WrittenAnswer:
    """Read a reply in JSON, alone or in one code fence; raises `UnreadableReplyError`."""
    if not text.strip():
        raise UnreadableReplyError("It was empty.")
    if len(text) > _LONGEST_JSON:
        raise UnreadableReplyError(f"It had over {_LONGEST_JSON:,} characters.")
    fenced = _FENCED.fullmatch(text)
    try:
        return WrittenAnswer.model_validate(json.loads(fenced["json"] if fenced else text))
    except (json.JSONDecodeError, RecursionError):
        raise UnreadableReplyError("It was not one JSON object.") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise UnreadableReplyError(f"At {place}: {first['msg']}.") from None
