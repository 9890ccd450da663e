from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.slack.questions_at_hand import AtHand


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.sqlite3"


@pytest.fixture
def at_hand(path: Path) -> Iterator[AtHand]:
    at_hand = AtHand(path)
    yield at_hand
    at_hand.close()
