"""Model: a LangChain chat model by `provider:model`, its package imported only when it is used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from retrieval.errors import OnrecordError, UsageError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_EXTRAS = frozenset({"openai", "anthropic", "ollama"})
"""Providers for which an extra of Onrecord installs what is needed."""
_REMEDY = "Correct ONRECORD_CHAT_MODEL, or unset it to answer with quotations alone."


class ChatModelError(OnrecordError):
    """The configured chat model cannot be opened."""


def open_chat_model(model: str, *, timeout_s: float, max_tokens: int) -> BaseChatModel:
    """Open `provider:model`; says which package or key is missing.

    Nothing is sent. A provider's own retries are off: what fails is answered with quotations.
    """
    from langchain.chat_models import init_chat_model

    provider, _, name = model.partition(":")
    if not provider or not name:
        raise UsageError(
            f"The chat model {model!r} names no provider.",
            "Write ONRECORD_CHAT_MODEL=provider:model, for instance openai:gpt-4.1-mini.",
        )
    limits = _limits(provider, timeout_s, max_tokens)
    try:
        opened: BaseChatModel = init_chat_model(
            name, model_provider=provider, temperature=0, **limits
        )
    except ImportError as error:
        raise ChatModelError(
            f"The chat model {model} needs a package that is not installed.",
            _package(provider, error),
        ) from error
    except Exception as error:  # each provider raises its own kinds, mostly for a missing key
        if type(error) is ValueError:  # LangChain's own, for a provider that it does not know
            raise UsageError(
                f"The chat model {model!r} cannot be used: {error}.", _REMEDY
            ) from error
        raise ChatModelError(
            f"The chat model {model} cannot be opened: {type(error).__name__}.",
            f"Set the provider's key (for instance OPENAI_API_KEY). {_REMEDY}",
        ) from error
    return opened


def _limits(provider: str, timeout_s: float, max_tokens: int) -> dict[str, Any]:
    """The limits as the provider's class names them; a name it does not know it would ignore."""
    if provider == "ollama":
        return {"num_predict": max_tokens, "client_kwargs": {"timeout": timeout_s}}
    return {"timeout": timeout_s, "max_retries": 0, "max_tokens": max_tokens}


def _package(provider: str, error: ImportError) -> str:
    if provider in _EXTRAS:
        install = f"{sys.executable} -m pip install 'onrecord[{provider}]'"
        return f"Run `{install}`, or unset ONRECORD_CHAT_MODEL."
    return f"{error} Or unset ONRECORD_CHAT_MODEL to answer with quotations alone."
