"""The environment as other libraries read it: keys of providers, and tracers that nobody asked for.

A provider's package reads its own variables (`OPENAI_API_KEY`, `OPENAI_BASE_URL`) from the
environment only; who keeps a key in `.env` beside the settings expects it to count.
"""

from __future__ import annotations

import os
from pathlib import Path

from dotenv import dotenv_values

_OURS = ("ONRECORD_", "SLACK_")
_TRACING = (
    "LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2",
    "LANGSMITH_OTEL_ENABLED", "OTEL_EXPORTER_OTLP_ENDPOINT",
)  # fmt: skip
"""Variables that make LangChain or OpenTelemetry send questions and documents elsewhere."""
_OFF = ("", "0", "false", "no", "off")


def lend_to_providers(env_file: Path) -> None:
    """Put what `.env` holds for others into the environment, where it is not set there."""
    for name, value in dotenv_values(env_file, encoding="utf-8").items():
        if value and not name.upper().startswith(_OURS):
            os.environ.setdefault(name, value)


def tracing_variables() -> list[str]:
    """The variables that ask for tracing."""
    return [name for name in _TRACING if os.environ.get(name, "").strip().lower() not in _OFF]


def tracing_note(*, wanted: bool) -> str:
    """What is said of them at the start; empty where nothing is traced and nothing asks for it."""
    there = tracing_variables()
    if wanted:
        if not there:
            return (
                "ONRECORD_TRACING is on, but nothing is traced: set LANGSMITH_TRACING=true as well"
            )
        return "Tracing is on: questions, passages and answers are sent where its variables say"
    if not there:
        return ""
    verb = "is" if len(there) == 1 else "are"
    return f"{' and '.join(there)} {verb} set, and not used: no question is traced, nothing is sent"
