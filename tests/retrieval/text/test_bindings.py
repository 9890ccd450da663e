"""Words that have changed places: who does it to whom, and with which verb."""

from __future__ import annotations

import pytest

from retrieval.text.bindings import binding
from retrieval.text.predications import predications

LENT = "The society lent its shredder to the school garden."
PAID = "Small repairs of up to 80 euros are paid by the tenant."
BOUGHT = "Fishermen bought the ice plant from the city in 2024."
KEPT = "The finance team refunds deposits, and the traveller keeps any vouchers from the airline."
MADE = "Nolaxin can make other medicines for blood pressure stronger."
OPENS = "The app now opens large mailboxes twice as fast."
FAULTS = "The test team found three faults in the unit and reported them to the supplier."
LISTED = "The bot keeps feedback, reported gaps and the acts of admins for 365 days."
SUSPENDED = "The harbour authority has suspended two inspectors."


@pytest.mark.parametrize(
    ("claim", "quotation", "is_bound_otherwise"),
    [
        ("The school garden lent its shredder to the society.", LENT, True),
        ("The school garden borrowed the society's shredder.", LENT, False),
        ("The landlord pays for small repairs of up to 80 euros.", PAID, True),
        ("The tenant pays for small repairs up to 80 euros.", PAID, False),
        ("The city bought the ice plant from fishermen in 2024.", BOUGHT, True),
        ("In 2024, the city sold the ice plant to fishermen.", BOUGHT, False),
        ("The ice plant was purchased from the city by fishermen.", BOUGHT, False),
        ("The airline keeps any vouchers.", KEPT, True),
        ("Deposits are refunded by the finance team.", KEPT, False),
        ("Nolaxin increases blood pressure.", MADE, True),
        ("Nolaxin can make medicines for blood pressure stronger.", MADE, False),
        ("The app is twice as large.", OPENS, True),
        ("Large mailboxes are opened twice as fast.", OPENS, False),
        ("Two inspectors suspended the harbour authority.", SUSPENDED, True),
        ("Two inspectors were suspended by the harbour authority.", SUSPENDED, False),
        ("Visitors pay 38 euros a month.", "Members pay 38 euros a month.", True),
        ("The supplier found three faults.", FAULTS, True),
        ("The test team found three faults.", FAULTS, False),
        ("Two engineers were hired.", "Two engineers left the team, and one was hired.", True),
        ("Feedback is kept for 365 days.", LISTED, False),
        ("Feedback keeps the bot for 365 days.", LISTED, True),
        (
            "The study was a randomised trial.",
            "A randomised trial would be the next step.",
            True,
        ),
        (
            "Bookmakers expect that Ostrow will win.",
            "Bookmakers expect Ostrow to win.",
            False,
        ),
        (
            "The games were closed by the president.",
            "The games were opened and closed by the president.",
            False,
        ),
    ],
)
def test_words_keep_their_places(claim: str, quotation: str, is_bound_otherwise: bool) -> None:
    assert (binding(claim, quotation) is not None) is is_bound_otherwise


def test_a_passive_is_told_from_its_doer() -> None:
    (one,) = predications(PAID)

    assert (one.doers, one.undergoers[-1]) == (("tenant",), "repair")


def test_joined_verbs_share_subject_and_object() -> None:
    wrote, directed = predications("Ana Lind wrote and directed the film in 1931.")

    assert wrote.doers == directed.doers == ("ana", "lind")
    assert wrote.undergoers == directed.undergoers == ("film",)
    assert wrote.placed == directed.placed == {"1931": frozenset({"in"})}


def test_a_month_is_no_modal_verb() -> None:
    assert [one.hedge for one in predications("On 14 May the service was down.")] == [""]


def test_two_names_are_one_subject() -> None:
    met, held = predications("Envoys met in Ankara, and Ankara and Baghdad held the fourth round.")

    assert met.placed == {"ankara": frozenset({"in"})}
    assert held.doers == ("ankara", "baghdad")
