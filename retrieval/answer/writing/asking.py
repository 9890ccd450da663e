"""Asking: the question and the frozen quotations to a chat model, and its sentences back.

The quotations are data between lines with a marker that is new for each request, so that no text
can close its own frame. One call, and at most one more where the first reply could not be read.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from prompts.loading import Prompt, load_prompt
from retrieval.answer.writing.frozen import Quotation
from retrieval.answer.writing.patience import Patience
from retrieval.answer.writing.reply import (
    Drafted,
    UnreadableReplyError,
    WrittenAnswer,
    drafts,
    parse,
)
from retrieval.answer.writing.trace import Outcome, Usage
from retrieval.answer.writing.ways import Way, called, first_way

LONGEST_PROBLEM = 300
"""Characters of what was wrong with a reply that are sent back to its model."""


_NEXT = {Way.STRUCTURED: Way.TOOL, Way.TOOL: Way.PROMPT}
_REFUSED = ("tool", "function", "response_format", "json_schema", "structured output")
"""Words with which providers and servers refuse a way of asking."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking: sentences, or the outcome that there are none."""

    sentences: tuple[Drafted, ...]
    outcome: Outcome
    usage: Usage
    prompts: tuple[tuple[str, str], ...]
    problem: str | None = None


@dataclass(slots=True)
class _Ledger:
    """What the calls of one request have taken so far, and which prompts they sent."""

    started: float = field(default_factory=time.monotonic)
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    prompts: dict[str, str] = field(default_factory=dict)

    def filled(self, prompt: Prompt, **values: str) -> str:
        self.prompts[prompt.name] = prompt.sha256
        return prompt.filled(values)

    def count(self, message: BaseMessage | None) -> None:
        usage = message.usage_metadata if isinstance(message, AIMessage) else None
        if usage:
            self.input_tokens += usage["input_tokens"]
            self.output_tokens += usage["output_tokens"]

    def usage(self) -> Usage:
        seconds = time.monotonic() - self.started
        return Usage(self.calls, self.input_tokens, self.output_tokens, seconds)


class Asker:
    """Asks one chat model; safe to use from several threads."""

    def __init__(
        self,
        model: BaseChatModel,
        *,
        timeout_s: float,
        patience: Patience | None = None,
        marker: Callable[[], str] | None = None,
    ) -> None:
        self._model = model
        self._timeout_s = timeout_s
        self._patience = patience or Patience()
        self._marker = marker or new_marker
        self._way = first_way(model)

    def ask(self, question: str, quotations: Sequence[Quotation]) -> Asked:
        """The sentences that the model writes from the quotations; never raises."""
        ledger = _Ledger()
        deadline = ledger.started + self._timeout_s
        try:
            rules, request = self._words(ledger, question, quotations)
            answer = self._answer(ledger, rules, request, deadline)
        except TimeoutError:
            return _failed(ledger, Outcome.TIMED_OUT, "TimeoutError")
        except UnreadableReplyError as error:
            return _failed(ledger, Outcome.UNREADABLE, str(error))
        except Exception as error:  # each provider raises its own kinds
            return _failed(ledger, Outcome.PROVIDER_FAILED, type(error).__name__)
        outcome = Outcome.WRITTEN if answer.sentences else Outcome.DECLINED
        return Asked(drafts(answer), outcome, ledger.usage(), tuple(ledger.prompts.items()))

    def _words(
        self, ledger: _Ledger, question: str, quotations: Sequence[Quotation]
    ) -> tuple[str, str]:
        """What the model is told, and what it is asked."""
        marker = self._unused_marker(question, quotations)
        rules = ledger.filled(load_prompt("writing_rules"), marker=marker)
        request = ledger.filled(
            load_prompt("writing_request"),
            marker=marker,
            question=json.dumps(question, ensure_ascii=False),
            quotations="\n".join(map(_line, quotations)),
        )
        return rules, request

    def _unused_marker(self, question: str, quotations: Sequence[Quotation]) -> str:
        """A marker that stands in none of the texts it encloses."""
        texts = f"{question} {' '.join(one.text for one in quotations)}"
        while True:
            marker = self._marker()
            if marker not in texts:
                return marker

    def _answer(self, ledger: _Ledger, rules: str, request: str, deadline: float) -> WrittenAnswer:
        """The reply, or that of the one further try; raises what the provider raises."""
        while True:
            way = self._way
            try:
                return self._call(ledger, rules, request, deadline, way)
            except UnreadableReplyError as error:
                problem = str(error)
                break
            except Exception as error:
                if way is Way.PROMPT or not _refuses(error):
                    raise
                self._way = _NEXT[way]
        # A model that answered in plain text was not told of the form: now it is.
        repair = ledger.filled(load_prompt("writing_repair"), problem=problem[:LONGEST_PROBLEM])
        answer = self._call(ledger, rules, f"{request}\n\n{repair}", deadline, Way.PROMPT)
        self._way = Way.PROMPT
        return answer

    def _call(
        self, ledger: _Ledger, rules: str, request: str, deadline: float, way: Way
    ) -> WrittenAnswer:
        ledger.calls += 1
        if way is Way.PROMPT:
            rules = f"{rules}\n\n{ledger.filled(load_prompt('writing_as_json'))}"
        # One message of each kind: the templates of many local models take no more.
        messages: list[BaseMessage] = [SystemMessage(rules), HumanMessage(request)]
        message, answer = self._patience.within(
            deadline - time.monotonic(), lambda: called(self._model, way, messages)
        )
        ledger.count(message)
        return answer if answer is not None else parse(message.text)


def _line(quotation: Quotation) -> str:
    """A quotation as data: one line, its text as a JSON string."""
    return f"[{quotation.number}] {json.dumps(quotation.text, ensure_ascii=False)}"


def new_marker() -> str:
    """A marker for the lines around data, new for each request."""
    return f"data-{secrets.token_hex(8)}"


def _failed(ledger: _Ledger, outcome: Outcome, problem: str) -> Asked:
    return Asked((), outcome, ledger.usage(), tuple(ledger.prompts.items()), problem)


def _refuses(error: Exception) -> bool:
    """Whether a provider refuses the request because the model knows no such output."""
    said = str(error).casefold()
    return isinstance(error, NotImplementedError) or any(word in said for word in _REFUSED)
