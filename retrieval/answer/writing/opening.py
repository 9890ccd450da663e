"""Opening: what one configured chat model does: it writes answers, and rewrites follow-ups."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answer.models import supports_model
from retrieval.answer.verify import Weigher
from retrieval.answer.writing.asking import Asker
from retrieval.answer.writing.checks import Checker
from retrieval.answer.writing.model import open_chat_model
from retrieval.answer.writing.patience import Patience
from retrieval.answer.writing.rewriting import Rewriter
from retrieval.answer.writing.splitting import Splitter
from retrieval.answer.writing.writer import Writer

SUPPORTED_FROM = 0.5
"""Probability from which the second judge finds a sentence supported, beside the gates."""
REWRITING_SHARE = 0.2
"""Of the time for an answer, what a follow-up may take to be rewritten, or a message to be taken
apart."""


@dataclass(frozen=True, slots=True)
class ChatModel:
    """One chat model in its three parts; they share the limit of calls under way."""

    writer: Writer
    rewriter: Rewriter
    splitter: Splitter


def open_chat(
    model: str,
    *,
    timeout_s: float,
    max_tokens: int,
    judge: Weigher | None = None,
    supported_from: float = SUPPORTED_FROM,
) -> ChatModel:
    """All parts of `provider:model`; says which package or key is missing. Nothing is sent."""
    chat_model = open_chat_model(model, timeout_s=timeout_s, max_tokens=max_tokens)
    patience = Patience()
    checker = Checker(judge or supports_model(), supported_from)
    aside_s = timeout_s * REWRITING_SHARE
    return ChatModel(
        Writer(model, Asker(chat_model, timeout_s=timeout_s, patience=patience), checker),
        Rewriter(chat_model, name=model, timeout_s=aside_s, patience=patience),
        Splitter(chat_model, checker, timeout_s=aside_s, patience=patience),
    )
