"""Chat models with a script, and quotations to write about."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from pydantic import Field

from retrieval.answer.models import Support
from retrieval.answer.writing.frozen import Quotation
from retrieval.model import Citation

PORT = "The port of Vessa reopened on 12 March 2025 and has 40 berths."
DENIAL = "The authority denied that the eastern pier will be demolished."
FERRY = "The ferry to Ostra may also call at Lind next year."


def quotations(*texts: str) -> tuple[Quotation, ...]:
    return tuple(
        Quotation(
            n,
            (Citation(f"{n}.txt", "A", None, None, 0, len(text), text, 1),),
            "",
            leads=n == 1,
        )
        for n, text in enumerate(texts, 1)
    )


def said(*sentences: tuple[str, Sequence[int]]) -> dict[str, Any]:
    return {"sentences": [{"text": text, "quotations": list(n)} for text, n in sentences]}


def called(arguments: Any) -> AIMessage:
    call = {"name": "WrittenAnswer", "args": arguments, "id": "1", "type": "tool_call"}
    usage: Any = {"input_tokens": 100, "output_tokens": 10, "total_tokens": 110}
    return AIMessage("", tool_calls=[call], usage_metadata=usage)


def as_json(*sentences: tuple[str, Sequence[int]]) -> AIMessage:
    return AIMessage(json.dumps(said(*sentences)))


Reply = AIMessage | Exception | Callable[[], AIMessage]


class PlainModel(BaseChatModel):
    """Gives its replies in order and remembers what it was sent; knows no tools."""

    replies: list[Any] = Field(default_factory=list)
    heard: list[list[BaseMessage]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        self.heard.append(messages)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        message = reply if isinstance(reply, AIMessage) else reply()
        return ChatResult(generations=[ChatGeneration(message=message)])


class ToolModel(PlainModel):
    """The same with tools."""

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, AIMessage]:
        return self.bind()


class Judge:
    """Finds everything supported with one probability."""

    def __init__(self, supports: float = 1.0) -> None:
        self.supports = supports

    def weigh(self, readings: Sequence[Any]) -> list[Support]:
        return [Support(self.supports, 0.0, 1 - self.supports) for _ in readings]


class BrokenJudge:
    def weigh(self, readings: Sequence[Any]) -> list[Support]:
        raise RuntimeError("no session")
