from __future__ import annotations

import pytest

from retrieval.answer.writing.model import ChatModelError, open_chat_model
from retrieval.errors import UsageError


def test_a_provider_whose_package_is_missing_names_the_extra() -> None:
    pytest.importorskip("langchain")
    with pytest.raises(ChatModelError, match=r"onrecord\[anthropic\]"):
        open_chat_model("anthropic:claude-haiku-4-5", timeout_s=5, max_tokens=100)


@pytest.mark.parametrize("name", ["gpt-4.1-mini", "openai:", ":gpt"])
def test_a_model_without_a_provider_is_wrong_use(name: str) -> None:
    with pytest.raises(UsageError, match="provider:model"):
        open_chat_model(name, timeout_s=5, max_tokens=100)


def test_an_unknown_provider_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="ONRECORD_CHAT_MODEL"):
        open_chat_model("nowhere:model", timeout_s=5, max_tokens=100)
