"""Liar: a scripted chat model that takes the right quotations and writes what its script says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable

_QUESTION = re.compile(r"^data-\w+ question\n(?P<question>.*)\ndata-\w+ end of question$", re.M)

Said = tuple[str, tuple[int, ...]]
"""A sentence and the numbers of quotations that it names."""


class LyingChatModel(BaseChatModel):
    """Answers each question with the sentences of its script, by tool call where it is asked so."""

    script: Mapping[str, Sequence[Said]]
    tool: str = ""

    @property
    def _llm_type(self) -> str:
        return "lying"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, AIMessage]:
        """A liar that calls the one tool it is given."""
        return LyingChatModel(script=self.script, tool=tools[0].__name__)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        found = _QUESTION.search(messages[-1].text)
        question = json.loads(found["question"]) if found else ""
        said = [
            {"text": text, "quotations": list(numbers)}
            for text, numbers in self.script.get(question, ())
        ]
        return ChatResult(generations=[ChatGeneration(message=self._message(said))])

    def _message(self, said: list[dict[str, Any]]) -> AIMessage:
        reply = {"sentences": said}
        usage: Any = {"input_tokens": 400, "output_tokens": 40, "total_tokens": 440}
        if not self.tool:
            return AIMessage(json.dumps(reply), usage_metadata=usage)
        call = {"name": self.tool, "args": reply, "id": "call", "type": "tool_call"}
        return AIMessage("", tool_calls=[call], usage_metadata=usage)
