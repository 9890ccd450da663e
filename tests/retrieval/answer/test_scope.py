"""Claims about one of several things of a kind, of which the documents describe another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval.model import Label
from tests.retrieval.answer.conftest import Library

DOCUMENTS = {
    "heron.md": """\
# Heron 100 data sheet

A portable projector for meeting rooms. It weighs 1.2 kg. The lamp gives 400 lumens.

It does not have an Ethernet socket.
""",
    "leave.md": """\
# Leave policy 2023

## Parental leave

Parental leave lasts 12 weeks at full pay. Requests are due by 31 March.
""",
    "ghent.md": """\
# Ghent office guide

The office has 30 desks on one floor. Dogs are not allowed in the office.
""",
    "teams.md": """\
# Search team and mobile team

## Mobile team

The team uses SQLite on the device. It does not use Postgres. The team is led by Ken Abara.
""",
    "wards.md": """\
# Visiting

## Ward 3

Two visitors are allowed at a time.

## Ward 5

Only one visitor is allowed at a time.
""",
    "grades.md": """\
# Salary grades

## Grade 6

The starting salary is 52,000 euros. Overtime is not paid.
""",
    "lease.md": """\
# Lease for flat 3B

The rent is 980 euros a month. Subletting is not permitted. The exam room is room 14.
""",
    "season.md": """\
# Season 2 production notes

Filming took 14 weeks. The lead actress did not return.
""",
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = Library(tmp_path_factory.mktemp("scope"), DOCUMENTS)
    yield made
    made.index.close()


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("The Heron 100 weighs 1.2 kg.", Label.SUPPORTED),
        ("The Heron 100 weighs 1.5 kg.", Label.CONTRADICTED),
        ("The lamp of the Heron 100 gives 400 lumens.", Label.SUPPORTED),
        ("In 2023, parental leave lasted 12 weeks at full pay.", Label.SUPPORTED),
        ("Parental leave lasts 16 weeks.", Label.CONTRADICTED),
        ("In 2023, requests are due by 30 April.", Label.CONTRADICTED),
        ("The Ghent office has 45 desks.", Label.CONTRADICTED),
        ("The mobile team uses Postgres.", Label.CONTRADICTED),
        ("The mobile team is led by Ken Abara.", Label.SUPPORTED),
        ("In ward 3, two visitors are allowed at a time.", Label.SUPPORTED),
        ("The starting salary in grade 6 is 52,000 euros.", Label.SUPPORTED),
        ("Overtime is paid in grade 6.", Label.CONTRADICTED),
        ("The rent of flat 3B is 980 euros a month.", Label.SUPPORTED),
        ("Subletting is permitted in flat 3B.", Label.CONTRADICTED),
        ("Filming of the second season took 14 weeks.", Label.SUPPORTED),
    ],
)
def test_what_stands_under_the_thing_is_said_of_it(
    documents: Library, claim: str, label: Label
) -> None:
    assert documents.answerer.check(claim).label is label


@pytest.mark.parametrize(
    "claim",
    [
        "The Heron 200 weighs 1.5 kg.",
        "The Heron 200 weighs 1.2 kg.",
        "The lamp of the Heron 200 gives 700 lumens.",
        "The Heron 200 has an Ethernet socket.",
        "Parental leave lasts 16 weeks in 2024.",
        "Parental leave lasts 12 weeks in 2024.",
        "In 2024, requests are due by 30 April.",
        "The Lyon office has 45 desks.",
        "Dogs are allowed in the Lyon office.",
        "The search team uses Postgres.",
        "The search team is led by Ken Abara.",
        "In ward 4, two visitors are allowed at a time.",
        "In ward 4, three visitors are allowed at a time.",
        "The starting salary in grade 5 is 45,000 euros.",
        "Overtime is paid in grade 7.",
        "The rent of flat 3A is 890 euros a month.",
        "The rent of flat 3A is 980 euros a month.",
        "Subletting is permitted in flat 2C.",
        "Filming of season 3 took 16 weeks.",
        "The lead actress returned in the third season.",
    ],
)
def test_what_is_said_of_another_thing_says_nothing(documents: Library, claim: str) -> None:
    assert documents.answerer.check(claim).label is Label.NOT_IN_CORPUS


def test_a_code_that_is_in_dispute_is_contradicted(documents: Library) -> None:
    assert documents.answerer.check("The exam room is room 15.").label is Label.CONTRADICTED
