"""What a text only mentions is not stated by it."""

from __future__ import annotations

import pytest

from retrieval.text.factuality import factuality
from retrieval.text.modality import modality

MENTIONED = [
    ("Parcels were sent twice.", "It is not known whether any parcels were sent twice."),
    ("The free tour was dropped.", "The question whether to drop the free tour was postponed."),
    ("The lock opened in 2024.", "The lock, begun in 2019, was to have opened in 2024."),
    ("The bridge opened in May.", "The bridge was supposed to open in May."),
    ("The bridge opened in May.", "The bridge was due to open in May."),
    ("The bridge opened in May.", "The bridge would have opened in May without the strike."),
    ("The two firms merged.", "The two firms almost merged in 2020."),
    ("The plant closed.", "The plant narrowly avoided closing."),
    ("The plant closed.", "The union prevented the plant from closing."),
    ("The plant closed.", "The union stopped the owner from closing the plant."),
    ("The council approved the plan.", "The council will decide whether to approve the plan."),
    ("The council approved the plan.", "If the council approved the plan, work would begin."),
    ("Work will begin in May.", "If the council approves the plan, work will begin in May."),
    ("Work will begin in May.", "Work will begin in May unless the council objects."),
    ("Work will begin in May.", "Work will begin in May, provided that the council agrees."),
    ("The chair resigned.", "Rumours that the chair resigned are false."),
    ("The chair resigned.", "There is no evidence that the chair resigned."),
    ("The chair resigned.", "It would be wrong to say that the chair resigned."),
    ("The chair resigned.", "Did the chair resign?"),
    ("The chair resigned.", "The chair threatened to resign."),
    ("The chair resigned.", "The chair was asked to resign."),
    ("The chair resigned.", "Members demanded that the chair resign."),
    ("The chair resigned.", "Members want the chair to resign."),
    ("The chair resigned.", "The chair has yet to resign."),
    ("The chair resigned.", "The chair is about to resign."),
    ("The chair resigned.", "Had the chair resigned, the club would have split."),
    ("The chair resigned.", "The chair ruled out resigning."),
    ("The chair resigned.", "The chair is to resign."),
    ("Refunds are paid.", "Refunds used to be paid."),
    ("The door is locked.", "Make sure that the door is locked."),
    ("The door is locked.", "Check whether the door is locked."),
]
STATED = [
    ("A school will be built at Lind.", "A school for nurses is to be built at Lind."),
    ("The lock was begun in 2019.", "The lock, begun in 2019, was to have opened in 2024."),
    ("The lock was to have opened in 2024.", "The lock was to have opened in 2024."),
    ("The lock was planned to open in 2024.", "The lock was to have opened in 2024."),
    ("It is not known whether it rained.", "It is not known whether it rained in Lind."),
    ("The audit ended in May.", "The audit ended in May, whether the board liked it or not."),
    ("If the chair agrees, work begins.", "Work begins if the chair agrees."),
    ("Late claims are rejected.", "If claims are late, they are rejected."),
    ("The aim is to help farmers.", "The main aim of the fund is to help farmers."),
    ("The village lies north of Lind.", "The village is to the north of Lind."),
    ("The delay was due to floods.", "The delay was due to floods in the east."),
    ("Refunds were paid.", "Refunds used to be paid."),
    ("Somebody asked the chair to resign.", "The chair was asked to resign."),
    ("Almost 300 people came.", "Almost 300 people came to the pier."),
    ("The chair, who was asked to speak, left.", "The chair, who was asked to speak, left."),
    ("The chair left.", "The chair, who was asked to speak, left."),
    ("The board replaced the pump.", "The board replaced the pump instead of repairing it."),
]


@pytest.mark.parametrize(("claim", "quotation"), MENTIONED)
def test_what_is_only_mentioned_is_not_stated(claim: str, quotation: str) -> None:
    assert factuality(claim, quotation) or modality(claim, quotation)


@pytest.mark.parametrize(("claim", "quotation"), STATED)
def test_what_is_stated_is_left_alone(claim: str, quotation: str) -> None:
    assert factuality(claim, quotation) is None
    assert modality(claim, quotation) is None
