"""The chat model's part of `onrecord doctor`: whether it answers, and in what form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.services import open_chat_model
from retrieval.errors import OnrecordError

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval.answer.writing.trace import Trace

_CHECK = "Check the provider's key, the model's name and the server's address"
_QUOTED = "; until then the documents are quoted."


def chat_model(settings: Settings) -> str:
    """Ask the model one tiny question; raises `OnrecordError` with what to do."""
    if settings.chat_model is None:
        return "none (ONRECORD_CHAT_MODEL): answers are quotations"
    chat = open_chat_model(settings)
    assert chat is not None, "a model is configured"
    from retrieval.answer.writing.opening import REWRITING_SHARE
    from retrieval.answer.writing.probe import probe

    fact = _fact(settings, probe(chat.writer))
    if settings.chat_timeout_s * (1 + REWRITING_SHARE) >= settings.answer_timeout_s:
        raise OnrecordError(
            f"{fact}, but ONRECORD_CHAT_TIMEOUT_S is not well below ONRECORD_ANSWER_TIMEOUT_S.",
            "Set it lower: in Slack, a slow model would end in an apology, not in quotations.",
        )
    return fact


def _fact(settings: Settings, trace: Trace) -> str:
    from retrieval.answer.writing.trace import Outcome

    model, seconds = settings.chat_model, trace.usage.seconds
    match trace.outcome:
        case Outcome.TIMED_OUT:
            raise OnrecordError(
                f"{model} did not answer within {settings.chat_timeout_s:g} seconds.",
                f"{_CHECK}, or raise ONRECORD_CHAT_TIMEOUT_S{_QUOTED}",
            )
        case Outcome.PROVIDER_FAILED:
            raise OnrecordError(f"{model} cannot be asked: {trace.problem}.", f"{_CHECK}{_QUOTED}")
        case Outcome.UNREADABLE:
            raise OnrecordError(
                f"{model} answers, but not in the form that was asked for.",
                f"Choose a model that can call tools or write JSON{_QUOTED}",
            )
        case Outcome.WRITTEN:
            held = "its test sentence holds"
        case _:
            held = "its test sentence did not hold, and the quotation stood in for it"
    tokens = trace.usage.input_tokens + trace.usage.output_tokens
    return f"{model} answers in {seconds:.1f} s with {tokens} tokens; {held}"
