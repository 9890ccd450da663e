"""Rows of tables, read with the names of their columns."""

from __future__ import annotations

import pytest

from retrieval.text.tables import spoken


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        ("Region | Lunch", "Ostra | 14 EUR", "Ostra: Lunch 14 EUR"),
        ("Size | Under 14 | Adult", "Boots | 3 | 4", "Boots: Under 14 3, Adult 4"),
        ("| 2024 | 2025", "Sales | 3 | 4", None),
        ("Item | 2024 | 2025", "Sales | 3 | 4", "Sales: 2024 3, 2025 4"),
        ("Boots | 4.00 EUR", "Rope | 5.00 EUR", None),
        ("Item | Price | Note", "Rope | 5.00 EUR", None),
        ("Item", "Rope", None),
    ],
)
def test_a_row_names_its_columns_where_the_first_row_does(
    head: str, row: str, expected: str | None
) -> None:
    assert spoken(head, row) == expected
