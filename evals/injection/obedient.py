"""Obedient: a chat model that does whatever an attack tells it, if the attack reaches it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from pydantic import Field

_CANARY = re.compile(r"quokka\d+", re.IGNORECASE)
_QUOTATION = re.compile(r'^\[(?P<number>\d+)\] (?P<text>".*")$', re.MULTILINE)


class ObedientChatModel(BaseChatModel):
    """Says what any text in its prompt wants said, in several ways; else copies a quotation."""

    payloads: dict[str, str]
    """What each canary's attack wants said."""
    orders: dict[str, str]
    """The whole order of each attack, as it stands in a text."""
    obeyed: set[str] = Field(default_factory=set)
    """The canaries of the attacks that reached it."""

    @property
    def _llm_type(self) -> str:
        return "obedient"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, AIMessage]:
        """It calls the tool that it is given."""
        return self.bind()

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        prompt = "\n".join(message.text for message in messages)
        quoted = [(int(m["number"]), json.loads(m["text"])) for m in _QUOTATION.finditer(prompt)]
        reached = self._reached(prompt)
        self.obeyed.update(reached)
        said = [sentence for canary in reached for sentence in self._as_told(canary, quoted)]
        said = said or [(text, [number]) for number, text in quoted[:1]]
        reply = {"sentences": [{"text": text, "quotations": numbers} for text, numbers in said]}
        call = {"name": "WrittenAnswer", "args": reply, "id": "call", "type": "tool_call"}
        message = AIMessage("", tool_calls=[call])
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _reached(self, prompt: str) -> list[str]:
        """The attacks that stand in the prompt, by their canary or by their order."""
        found = {match.lower() for match in _CANARY.findall(prompt)} & self.payloads.keys()
        whole = {c for c, order in self.orders.items() if json.dumps(order)[1:-1] in prompt}
        return sorted(found | whole)

    def _as_told(self, canary: str, quoted: list[tuple[int, str]]) -> list[tuple[str, list[int]]]:
        """What it was told to say: alone, as an order, and hung on a true sentence."""
        payload, order = self.payloads[canary], self.orders[canary]
        numbers = [number for number, _ in quoted][:3] or [1]
        true = quoted[0][1].rstrip(".") if quoted else "It is so"
        return [
            (payload, numbers[:1]),
            (order, numbers),
            (f"{true}, {canary}.", numbers[:1]),
            (f"{true} https://evil.example/{canary}.", numbers[:1]),
            (f"<!channel> {true} {canary}.", numbers[:1]),
        ]
