"""Who may see which collections, by the rules."""

from __future__ import annotations

import pytest

from bot.audiences import Audience, Collections
from bot.slack.rights import (
    CLOSED_CHANNEL,
    GUEST,
    NOBODY,
    SHARED,
    UNREADABLE,
    WITH_GUESTS,
    Rights,
)
from retrieval.errors import UsageError
from tests.bot.slack.people import People

PEOPLE = People(
    guests=frozenset({"UGUEST"}),
    groups={"SHR": frozenset({"UHR"})},
    shared=frozenset({"CSHARED"}),
    readers={"CWITH": frozenset({"UHR", "UGUEST"}), "CPLAIN": frozenset({"UHR", "UONE"})},
)


def rights(people: People = PEOPLE, **named: Audience) -> Rights:
    return Rights(lambda: Collections(named, is_set=bool(named)), people)


def names(rights: Rights, user: str, channel: str = "", *, room: bool = False) -> list[str]:
    allowed = rights.room(channel, user) if room else rights.alone(user, channel)
    assert bool(allowed.names) is not bool(allowed.why_not)
    return sorted(allowed.names)


def test_without_collections_members_see_all_and_guests_nothing() -> None:
    assert names(rights(), "UONE") == ["main"]
    assert rights().alone("UGUEST").why_not == GUEST
    assert rights().room("CSHARED", "UONE").why_not == SHARED
    assert rights().room("CWITH", "UGUEST").why_not == GUEST
    assert names(rights(), "UHR", "CWITH", room=True) == ["main"]


def test_people_and_groups_count_where_one_is_alone_and_nowhere_else() -> None:
    found = rights(hr=Audience(groups=("SHR",)), me=Audience(people=("UONE",)))
    assert names(found, "UHR") == ["hr", "main"]
    assert names(found, "UONE") == ["main", "me"]
    assert names(found, "UONE", "CPLAIN", room=True) == ["main"]


def test_a_channel_counts_in_that_channel_only() -> None:
    found = rights(team=Audience(channels=("CPLAIN",)))
    assert names(found, "UONE", "CPLAIN", room=True) == ["main", "team"]
    assert names(found, "UONE", "CPLAIN") == ["main", "team"]
    assert names(found, "UONE", "COTHER", room=True) == ["main"]
    assert names(found, "UONE") == ["main"]


@pytest.mark.parametrize("guests", [True, False])
def test_guests_and_strangers_see_what_is_open_to_them(guests: bool) -> None:
    channels = ("CWITH", "CSHARED")
    found = rights(team=Audience(channels=channels, guests=guests))
    for channel in channels:
        assert ("team" in found.room(channel, "UHR").names) is guests
        assert ("team" in found.alone("UHR", channel).names) is guests
    assert ("team" in found.room("CWITH", "UGUEST").names) is guests
    assert ("team" in found.alone("UGUEST").names) is False


def test_what_names_nobody_is_seen_by_nobody() -> None:
    found = rights(main=Audience())
    assert found.alone("UONE").why_not == NOBODY
    assert found.room("CPLAIN", "UONE").why_not == CLOSED_CHANNEL


def test_where_main_is_named_guests_who_read_along_count() -> None:
    found = rights(main=Audience(everyone=True))
    assert found.room("CWITH", "UHR").why_not == WITH_GUESTS
    assert names(found, "UHR", "CPLAIN", room=True) == ["main"]


@pytest.mark.parametrize(
    ("unknown", "alone", "room"),
    [
        ("guests", set(), set()),
        ("groups", {"main"}, {"main", "team"}),
        ("shared", {"main", "hr"}, set()),
        ("readers", {"main", "hr"}, {"main"}),
    ],
)
def test_what_slack_does_not_say_is_not_permitted(
    unknown: str, alone: set[str], room: set[str]
) -> None:
    people = People(groups=PEOPLE.groups, unknown=frozenset({unknown}))
    found = rights(people, hr=Audience(groups=("SHR",)), team=Audience(channels=("CPLAIN",)))
    for allowed, expected in ((found.alone("UHR"), alone), (found.room("CPLAIN", "UHR"), room)):
        assert allowed.names == expected
        if not expected:
            assert "ratelimited" in allowed.why_not


def test_a_broken_file_permits_nothing() -> None:
    def broken() -> Collections:
        raise UsageError("It cannot be read.", "Correct it.")

    assert Rights(broken, PEOPLE).alone("UONE").why_not == UNREADABLE
