"""Rewriting: a chat model's version of a follow-up, taken only if it adds and loses nothing.

What it says is not believed either: names and numbers must stand in the conversation, those of the
last message must be kept. Whatever goes wrong, the rule's version stands.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from prompts.loading import load_prompt
from retrieval.answer.conversation.follow_up import Standalone
from retrieval.answer.question import analyse
from retrieval.answer.writing import form
from retrieval.answer.writing.asking import new_marker
from retrieval.answer.writing.patience import Patience
from retrieval.answer.writing.trace import Rewriting, Usage
from retrieval.model import Question, Turn
from retrieval.text.names import names
from retrieval.text.terms import fold, is_stopword, spellings, words

MOST_TURNS = 8
"""Earlier messages that are sent."""
MOST_CHARS = 1_000
"""Characters of a message that are sent."""
LONGEST = 400
"""Characters of a rewritten question."""
_DENIED = re.compile(r"\b(?:not|no|never|without|\w+n['’]t)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")

logger = logging.getLogger(__name__)


class Rewriter:
    """Rewrites follow-ups with one chat model; safe to use from several threads."""

    def __init__(
        self,
        model: BaseChatModel,
        *,
        name: str,
        timeout_s: float,
        patience: Patience | None = None,
        marker: Callable[[], str] = new_marker,
    ) -> None:
        self._model = model
        self._name = name
        self._timeout_s = timeout_s
        self._patience = patience or Patience()
        self._marker = marker

    def rewrite(self, question: Question) -> tuple[Standalone | None, Rewriting]:
        """The question as the model puts it; None where that cannot be taken. Never raises."""
        started = time.monotonic()
        rules, request = load_prompt("standalone"), load_prompt("standalone_request")
        marker = self._marker()
        messages: list[BaseMessage] = [
            SystemMessage(rules.filled({"marker": marker})),
            HumanMessage(
                request.filled(
                    {
                        "marker": marker,
                        "history": "\n".join(map(_line, question.history[-MOST_TURNS:])),
                        "question": json.dumps(question.text[:MOST_CHARS], ensure_ascii=False),
                    }
                )
            ),
        ]
        text, problem, message = "", None, None
        try:
            message = self._patience.within(self._timeout_s, lambda: self._model.invoke(messages))
            text = _one_line(message.text)
            problem = unfit(text, question)
        except Exception as error:  # each provider raises its own kinds
            problem = type(error).__name__
        if problem is not None:
            logger.info("not_rewritten problem=%s", problem.split(" ")[0])
        prompts = tuple((prompt.name, prompt.sha256) for prompt in (rules, request))
        usage = usage_of(message, time.monotonic() - started)
        whole = Standalone(text) if problem is None else None
        return whole, Rewriting(self._name, text, problem, prompts, usage)


def unfit(text: str, question: Question) -> str | None:
    """Why a rewriting cannot be taken: what it brings in, or what it leaves out."""
    if not text or len(text) > LONGEST or form.links(text) or form.mentions(text):
        return "form"
    said = " ".join([question.text, *(turn.text for turn in question.history)])
    known = frozenset(map(fold, _words(said)))
    for name in names(text):
        if not known.issuperset(map(fold, _words(name.text))):
            return f"name {name.text!r} is new"
    for number in _DIGITS.findall(text):
        if number not in _DIGITS.findall(said):
            return f"number {number!r} is new"
    new = [word for term, word in spellings(text).items() if term not in spellings(said)]
    if len(new) > 2:
        return f"words {', '.join(new)} are new"
    return _lost(text, question.text)


def _lost(text: str, asked: str) -> str | None:
    """What the message said itself and its rewriting does not."""
    kept = frozenset(map(fold, _words(text)))
    for name in names(asked):
        if not kept.issuperset(fold(w) for w in _words(name.text) if not is_stopword(w)):
            return f"name {name.text!r} is lost"
    for number in _DIGITS.findall(asked):
        if number not in _DIGITS.findall(text):
            return f"number {number!r} is lost"
    if bool(_DENIED.search(asked)) != bool(_DENIED.search(text)):
        return "a denial is lost or new"
    own, said = analyse(asked), spellings(text)
    told = [w for t, w in zip(own.terms, own.words, strict=True) if t not in own.light]
    lost = [w for w in told if not said.keys() & spellings(w).keys()]
    if lost:
        return f"words {', '.join(lost)} are lost"
    # Then the rule may still find what the message leans on.
    return "it is the message itself" if said.keys() == spellings(asked).keys() else None


def _line(turn: Turn) -> str:
    text = f"{turn.speaker}: {turn.text}"
    return json.dumps(text[:MOST_CHARS], ensure_ascii=False)


def _one_line(text: str) -> str:
    """A reply without the quotation marks that some models put around it."""
    line = " ".join(text.split())
    return line[1:-1].strip() if len(line) > 1 and line[0] == line[-1] == '"' else line


def _words(text: str) -> Sequence[str]:
    return [text[a:b] for a, b in words(text)]


def usage_of(message: BaseMessage | None, seconds: float) -> Usage:
    """What one call took, as far as its reply says."""
    counts = message.usage_metadata if isinstance(message, AIMessage) else None
    if not counts:
        return Usage(1, 0, 0, seconds)
    return Usage(1, counts["input_tokens"], counts["output_tokens"], seconds)
