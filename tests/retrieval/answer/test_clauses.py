from __future__ import annotations

import pytest

from retrieval.answer.clauses import clauses
from retrieval.answer.message_claims import claims_of


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            "The pier was built by Norden, and 14 boats sank; nobody was killed.",
            ["The pier was built by Norden.", "14 boats sank.", "Nobody was killed."],
        ),
        (
            "Interns get no leave, but employees get 28 days.",
            ["Interns get no leave.", "Employees get 28 days."],
        ),
        (
            "Receipts must be kept for six years and claims are paid within 30 days.",
            ["Receipts must be kept for six years.", "Claims are paid within 30 days."],
        ),
        (
            "The fee is not 20 euros and the fine is 40 euros.",
            ["The fee is not 20 euros.", "The fine is 40 euros."],
        ),
    ],
)
def test_what_is_stated_by_itself_is_a_claim_by_itself(sentence: str, parts: list[str]) -> None:
    assert clauses(sentence) == parts
    assert [claim.text for claim in claims_of(sentence)] == parts


@pytest.mark.parametrize(
    "sentence",
    [
        "The union said the strike was legal, but the company says it had been called too late.",
        "The minister denied the report and the opposition was angry.",
        "If the boiler fails, the heating is off and the plumber is called.",
        "In 2024, leave is 28 days and parents get ten more.",
        "Annual leave is 28 days in 2024 and parental leave is 16 weeks.",
        "The ferry takes 95 minutes and costs 18 euros.",
        "The search team uses Elasticsearch and Postgres.",
        "Staff may work from home on Monday and Friday and interns may not.",
        "Cardel can cause headache, dizziness and a dry cough.",
        "The pier, built in 1931, is long and it is made of stone.",
        "Hotels are limited to 140 euros, taxis to 40.",
        "The book is called “Rivers rise and towns are lost”.",
    ],
)
def test_what_belongs_together_stays_together(sentence: str) -> None:
    assert clauses(sentence) == [sentence]
