from __future__ import annotations

import pytest

from bot.slack.events import Asked, Ignored, Kind, Overheard, read_event
from bot.slack.mrkdwn import plain_text
from tests.bot.slack.examples import BOT, event_body


def read(**event: object) -> Asked | Overheard | Ignored:
    return read_event(event_body(**event), BOT)


def test_a_mention_is_a_question_without_the_mention() -> None:
    heard = read(type="app_mention", text="<@UBOT> when did it open?", channel_type=None)

    assert heard == Asked(
        event_id="Ev1",
        team="T1",
        channel="C1",
        ts="1700000000.000100",
        thread="1700000000.000100",
        user="U1",
        kind=Kind.MENTION,
        text="when did it open?",
    )


def test_both_events_of_one_mention_name_the_same_answer() -> None:
    mention = read_event(event_body("Ev1", type="app_mention", text="<@UBOT> hi"), BOT)
    message = read_event(event_body("Ev2", type="message", text="<@UBOT> hi"), BOT)

    assert isinstance(mention, Asked)
    assert isinstance(message, Asked)
    assert mention.answer_id == message.answer_id
    assert message.kind is Kind.MENTION


def test_a_mention_in_a_thread_is_answered_in_that_thread() -> None:
    heard = read(type="app_mention", text="<@UBOT> and now?", thread_ts="1600000000.000100")

    assert isinstance(heard, Asked)
    assert heard.thread == "1600000000.000100"


def test_every_direct_message_is_a_question() -> None:
    heard = read(channel="D1", channel_type="im", text="when?")

    assert isinstance(heard, Asked)
    assert heard.kind is Kind.DIRECT


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_typed_messages_of_other_kinds_are_read(subtype: str) -> None:
    assert isinstance(read(channel_type="im", subtype=subtype), Asked)


def test_a_mere_mention_asks_nothing_and_is_still_heard() -> None:
    heard = read(type="app_mention", text=" <@UBOT>  ")

    assert isinstance(heard, Asked)
    assert heard.text == ""


def test_a_thread_message_may_be_a_follow_up() -> None:
    heard = read(text="and the other one?", thread_ts="1600000000.000100")

    assert isinstance(heard, Asked)
    assert heard.kind is Kind.FOLLOW_UP


@pytest.mark.parametrize("text", ["<@U2> you know that", "<!here> look", "<!subteam^S1|@ops> ?"])
def test_a_thread_message_to_others_is_only_overheard(text: str) -> None:
    heard = read(text=text, thread_ts="1600000000.000100")

    assert heard == Overheard("T1", "C1", "1700000000.000100", "1600000000.000100")


@pytest.mark.parametrize(
    "event",
    [
        {"text": "talk among people"},
        {"channel_type": "im", "bot_id": "B2"},
        {"channel_type": "im", "bot_profile": {"id": "B2"}},
        {"channel_type": "im", "user": "UBOT"},
        {"channel_type": "im", "user": "USLACKBOT"},
        {"channel_type": "im", "user": None},
        {"channel_type": "im", "subtype": "message_changed"},
        {"channel_type": "im", "subtype": "message_deleted"},
        {"channel_type": "im", "subtype": "channel_join"},
        {"channel_type": "im", "subtype": "bot_message"},
        {"channel_type": "im", "channel": None},
        {"type": "app_home_opened"},
        {"type": "app_mention", "bot_id": "B2", "text": "<@UBOT> hi"},
    ],
)
def test_what_is_not_a_person_asking_is_ignored(event: dict[str, object]) -> None:
    assert isinstance(read(**event), Ignored)


def test_a_delivery_without_an_event_is_ignored() -> None:
    assert isinstance(read_event({"type": "app_rate_limited"}, BOT), Ignored)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("<@UBOT> R&amp;D &lt;b&gt; &amp;lt;", "R&D <b> &lt;"),
        ("<@UBOT|onrecord>: when?", "when?"),
        ("see <https://a.example/x?y=1|the page> now", "see the page now"),
        ("see <https://a.example/x?y=1>", "see https://a.example/x?y=1"),
        ("in <#C1|general> or <#C2>", "in #general or a channel"),
        ("what did <@U2|ann> or <@U3> say", "what did ann or someone say"),
        ("<!date^1392734382^{date}|yesterday> <!here>", "yesterday"),
        ("mail <mailto:a@b.example|a@b.example>", "mail a@b.example"),
        ("two\n  lines \n", "two\nlines"),
        ("&lt;@UBOT&gt; is text", "<@UBOT> is text"),
    ],
)
def test_slack_markup_is_read_as_it_was_typed(typed: str, read_as: str) -> None:
    assert plain_text(typed, "UBOT") == read_as
