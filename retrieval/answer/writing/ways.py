"""Ways: how a chat model is made to reply in a form, by what its provider offers for that.

Not every server that calls itself compatible takes a schema; many take one tool that must be
called; for the rest the form stands in the prompt.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from langchain_core.exceptions import OutputParserException
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from pydantic import ValidationError

from retrieval.answer.writing.reply import UnreadableReplyError, WrittenAnswer

_WRONG_FORM = "It was not in the form that was asked for."


class Way(StrEnum):
    """How a reply is asked for."""

    STRUCTURED = "structured"
    """As the provider's package does it by default."""
    TOOL = "tool"
    """By one tool that the model has to call."""
    PROMPT = "prompt"
    """By words alone."""


def first_way(model: BaseChatModel) -> Way:
    """The best way to ask a model, as far as it says so itself."""
    profile = model.profile or {}
    knows_no_tools = profile.get("tool_calling") is False and not profile.get("structured_output")
    if knows_no_tools or type(model).bind_tools is BaseChatModel.bind_tools:
        return Way.PROMPT
    return Way.STRUCTURED


def called(
    model: BaseChatModel, way: Way, messages: Sequence[BaseMessage]
) -> tuple[BaseMessage, WrittenAnswer | None]:
    """Call the model: its message, and the answer if it came in the form; raises what it raises.

    `UnreadableReplyError` where something came in the form that is no answer.
    """
    match way:
        case Way.STRUCTURED:
            return _structured(model, messages)
        case Way.TOOL:
            return _by_tool(model, messages)
        case Way.PROMPT:
            return model.invoke(messages), None


def _structured(
    model: BaseChatModel, messages: Sequence[BaseMessage]
) -> tuple[BaseMessage, WrittenAnswer | None]:
    """A model that answers in plain text leaves `parsed` empty; some packages raise instead."""
    runnable = model.with_structured_output(WrittenAnswer, include_raw=True)
    try:
        found: Any = runnable.invoke(list(messages))
    except (ValidationError, OutputParserException):
        raise UnreadableReplyError(_WRONG_FORM) from None
    parsed = found["parsed"]
    return found["raw"], parsed if isinstance(parsed, WrittenAnswer) else None


def _by_tool(
    model: BaseChatModel, messages: Sequence[BaseMessage]
) -> tuple[BaseMessage, WrittenAnswer | None]:
    bound = model.bind_tools([WrittenAnswer], tool_choice=WrittenAnswer.__name__)
    message: AIMessage = bound.invoke(list(messages))
    if not message.tool_calls:
        return message, None
    try:
        return message, WrittenAnswer.model_validate(message.tool_calls[0]["args"])
    except ValidationError:
        raise UnreadableReplyError(_WRONG_FORM) from None
