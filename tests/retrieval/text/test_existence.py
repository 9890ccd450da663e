"""Existence and permission."""

from __future__ import annotations

import pytest

from retrieval.text.existence import existence, permission


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [
        ("There is a dark mode.", "Dark mode is planned for 7.4."),
        ("The app has a dark mode.", "A dark mode for the app is planned for 7.4."),
        ("A dark mode exists.", "Users have requested a dark mode."),
        ("There was a strike.", "A strike was averted at the last minute."),
        ("There was a strike.", "The union called off the strike."),
        ("There is a canteen.", "The canteen was closed in 2020."),
        ("The office has a canteen.", "The office no longer has a canteen."),
        ("There will be a summer party.", "The summer party was cancelled."),
        ("A new office was opened.", "The opening of a new office was postponed."),
    ],
)
def test_what_is_planned_averted_or_gone_is_not_there(claim: str, quotation: str) -> None:
    assert existence(claim, quotation)


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [
        ("There is a dark mode.", "Dark mode is switched on under Settings."),
        ("There was a canteen.", "The canteen was closed in 2020."),
        ("There is a plan for a dark mode.", "Dark mode is planned for 7.4."),
        ("There is no dark mode.", "Dark mode is planned for 7.4."),
        ("There is a canteen.", "There is a canteen, which needs repair."),
        ("Dark mode was planned.", "Dark mode was planned for 7.4."),
        ("The office was opened.", "The office opened in May, the party was cancelled."),
    ],
)
def test_what_is_there_stays_there(claim: str, quotation: str) -> None:
    assert existence(claim, quotation) is None


@pytest.mark.parametrize(
    ("claim", "quotation", "clashes"),
    [
        ("You can smoke in the stairwell.", "Smoking is forbidden in the stairwell.", True),
        ("Dogs are allowed.", "Dogs are banned from the building.", True),
        ("Dogs are banned.", "Dogs are allowed on Fridays.", True),
        ("You cannot smoke there.", "Smoking is forbidden there.", False),
        ("Dogs are allowed.", "Dogs are allowed, cats are banned.", False),
        ("Dogs are banned.", "Dogs are not allowed.", False),
    ],
)
def test_what_is_forbidden_may_not_be_done(claim: str, quotation: str, clashes: bool) -> None:
    assert bool(permission(claim, quotation)) is clashes
