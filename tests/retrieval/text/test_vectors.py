from __future__ import annotations

import pytest

from retrieval.text import vectors
from retrieval.text.vectors import WordTable


def test_a_word_is_nearest_to_itself() -> None:
    table = WordTable(["rain"], ["soldiers", "rain"])
    assert table.nearest("rain", ["soldiers", "rain"]) == pytest.approx(1.0, abs=1e-3)


def test_the_nearest_of_some_words_is_the_one_closest_in_meaning() -> None:
    table = WordTable(["troops"], ["soldiers", "rain", "treaty"])
    assert table.nearest("troops", ["soldiers"]) > table.nearest("troops", ["rain", "treaty"])
    assert table.nearest("troops", ["rain", "soldiers"]) == table.nearest("troops", ["soldiers"])


def test_nothing_is_near_where_there_is_nothing() -> None:
    assert WordTable(["a"], []).nearest("a", []) == -1.0
    assert WordTable(["a"], ["b"]).nearest("a", []) == -1.0


def test_a_full_memory_is_replaced_and_not_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    WordTable(["kept"], [])
    held = vectors._known
    monkeypatch.setattr(vectors, "_REMEMBERED", 1)
    WordTable(["new"], [])
    assert "kept" in held
    assert "kept" not in vectors._known
