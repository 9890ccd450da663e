"""A look at the collections from Slack's side: whether people, groups and channels are there."""

from __future__ import annotations

from collections.abc import Iterator

from slack_sdk import WebClient

from bot.audiences import Collections
from bot.findings import Finding
from bot.slack.directory import SlackDirectory, UnknownError

_CORRECT = "Correct it in the collections file; until then it opens nothing."


def check_audiences(client: WebClient, team: str, collections: Collections) -> Iterator[Finding]:
    """Say of each collection what of its audience Slack does not know, or keeps it closed."""
    directory = SlackDirectory(client, team)
    for name, audience in collections.named.items():
        problems = [p for user in audience.people for p in _of_person(directory, user)]
        if audience.groups:
            problems += _missing_groups(directory, audience.groups)
        for channel in audience.channels:
            problems += _of_channel(directory, channel, guests=audience.guests)
        yield from (Finding(f"Collection {name}", problem, _CORRECT) for problem in problems)
        if not problems:
            yield Finding(f"Collection {name}", "Slack knows its audience")


def _of_person(directory: SlackDirectory, user: str) -> list[str]:
    try:
        directory.is_guest(user)
    except UnknownError as error:
        return [f"Slack does not tell of {user} ({error.code})"]
    return []


def _missing_groups(directory: SlackDirectory, groups: tuple[str, ...]) -> list[str]:
    try:
        known = directory.groups()
    except UnknownError as error:
        return [f"Slack does not tell of user groups ({error.code})"]
    return [f"there is no user group {group}" for group in groups if group not in known]


def _of_channel(directory: SlackDirectory, channel: str, *, guests: bool) -> list[str]:
    try:
        if guests:
            directory.is_shared(channel)
        elif directory.is_shared(channel):
            return [f"others than this workspace read in {channel}, so it is not shown there"]
        elif directory.has_guests(channel):
            return [f"guests read in {channel}, so it is not shown there"]
    except UnknownError as error:
        return [f"Slack does not tell who reads in {channel} ({error.code})"]
    return []
