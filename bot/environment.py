"""The environment as other libraries read it: keys of providers, and tracers that nobody asked for.

A provider's package reads its own variables (`OPENAI_API_KEY`, `OPENAI_BASE_URL`) from the
environment only; who keeps a key in `.env` beside the settings expects it to count.
"""

from __future__ import annotations

import os
from pathlib import Path

from dotenv import dotenv_values

_OURS = ("ONRECORD_", "SLACK_")


def lend_to_providers(env_file: Path) -> None:
    """Put what `.env` holds for others into the environment, where it is not set there."""
    for name, value in dotenv_values(env_file, encoding="utf-8").items():
        if value and not name.upper().startswith(_OURS):
            os.environ.setdefault(name, value)
