from __future__ import annotations

import numpy as np
import pytest

from retrieval.text import vectors
from retrieval.text.vectors import learn, similarities


def test_similarities_have_a_row_for_each_word_and_a_column_for_each_other() -> None:
    found = similarities(("troops", "rain"), ("soldiers", "rain", "treaty"))
    assert found.shape == (2, 3)
    assert found[1, 1] == pytest.approx(1.0, abs=1e-3)
    assert found[0, 0] > found[0, 1]


def test_both_directions_agree() -> None:
    there, back = similarities(("a", "b"), ("c",)), similarities(("c",), ("a", "b"))
    assert np.allclose(there, back.T, atol=1e-6)


def test_a_full_memory_is_replaced_and_not_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    held = learn(["kept"])
    monkeypatch.setattr(vectors, "_REMEMBERED", 1)
    assert "new" in learn(["new"])
    assert "kept" in held
