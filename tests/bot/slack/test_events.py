from __future__ import annotations

import pytest

from bot.slack.events import (
    Asked,
    BotIdentity,
    Deleted,
    Edited,
    Heard,
    Ignored,
    Kind,
    Overheard,
    Stopped,
    read_event,
)
from bot.slack.mrkdwn import plain_text
from tests.bot.slack.examples import BOT, changed_body, deleted_body, event_body, tombstone_body

TS = "1700000000.000100"
ROOT = "1600000000.000100"


def read(**event: object) -> Heard:
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
        {"type": "agent_session_stopped", "thread_ts": None},
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


def test_an_edit_is_the_question_as_it_reads_now() -> None:
    heard = read_event(changed_body("<@UBOT> when?", "<@UBOT> where?", at=TS[:-3] + "900"), BOT)

    assert isinstance(heard, Edited)
    assert (heard.asked.ts, heard.asked.text, heard.asked.kind) == (TS, "where?", Kind.MENTION)
    assert (heard.edited_ts, heard.adds_mention) == (TS[:-3] + "900", False)


def test_an_edit_can_turn_talk_into_a_question() -> None:
    heard = read_event(changed_body("when?", "<@UBOT> when?"), BOT)

    assert isinstance(heard, Edited)
    assert heard.adds_mention


def test_an_edit_that_takes_the_mention_out_changes_a_question_but_asks_none() -> None:
    heard = read_event(changed_body("<@UBOT> when?", "where?"), BOT)

    assert isinstance(heard, Edited)
    assert not heard.is_addressed


def test_an_edited_mention_comes_as_a_mention_too() -> None:
    edited = {"user": "U1", "ts": "1700000003.000000"}
    heard = read(type="app_mention", text="<@UBOT> where?", edited=edited)

    assert isinstance(heard, Edited)
    assert (heard.asked.text, heard.edited_ts) == ("where?", "1700000003.000000")


def test_edits_in_direct_messages_and_threads_keep_their_kind() -> None:
    direct = read_event(changed_body("when?", "where?", channel="D1", channel_type="im"), BOT)
    follow_up = read_event(changed_body("when?", "where?", thread_ts=ROOT), BOT)

    assert isinstance(direct, Edited)
    assert isinstance(follow_up, Edited)
    assert (direct.asked.kind, follow_up.asked.kind) == (Kind.DIRECT, Kind.FOLLOW_UP)
    assert follow_up.asked.thread == ROOT


@pytest.mark.parametrize(
    "body",
    [
        changed_body("<@UBOT> when?", "<@UBOT> when?"),  # a link that was unfurled
        changed_body("talk", "other talk"),
        changed_body("<@UBOT> when?", "<@UBOT> where?", bot_id="B2"),
        changed_body("<@UBOT> when?", "<@UBOT> where?", user="UBOT"),
        event_body(subtype="message_changed"),
        event_body(subtype="message_changed", message="no message"),
        event_body(subtype="message_deleted", deleted_ts=None),
    ],
)
def test_changes_that_ask_nothing_are_ignored(body: dict[str, object]) -> None:
    assert isinstance(read_event(body, BOT), Ignored)


def test_mentioning_others_by_an_edit_calls_them_into_the_thread() -> None:
    at = "1700000005.000100"
    heard = read_event(changed_body("when?", "<@U2> when?", thread_ts=ROOT, at=at), BOT)

    assert heard == Overheard("T1", "C1", at, ROOT)


def test_a_deletion_names_the_message_and_what_it_was() -> None:
    heard = read_event(deleted_body("<@UBOT> when?"), BOT)

    assert isinstance(heard, Deleted)
    assert (heard.channel, heard.ts) == ("C1", TS)
    assert heard.asked is not None
    assert heard.asked.text == "when?"


def test_a_deleted_message_with_replies_leaves_a_stone() -> None:
    heard = read_event(tombstone_body("<@UBOT> when?"), BOT)

    assert isinstance(heard, Deleted)
    assert heard.ts == TS
    assert heard.asked is not None
    assert (heard.asked.user, heard.asked.text) == ("U1", "when?")


def test_a_deletion_without_what_was_before_still_names_the_message() -> None:
    heard = read(subtype="message_deleted", deleted_ts=TS, ts="1700000009.000100")

    assert heard == Deleted("Ev1", "T1", "C1", TS, None)


def test_the_stop_button_names_its_thread_and_its_moment() -> None:
    heard = read(type="agent_session_stopped", thread_ts=ROOT, event_ts="1700000009.000100")

    assert heard == Stopped("T1", "C1", ROOT, "1700000009.000100")


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (("C1", TS, ""), "archives/C1/p1700000000000100"),
        (("C1", TS, TS), "archives/C1/p1700000000000100"),
        (("C1", TS, ROOT), f"archives/C1/p1700000000000100?thread_ts={ROOT}&cid=C1"),
        (("C1", "command/12.3", "command/12.3"), None),
        (("", TS, TS), None),
    ],
)
def test_a_message_has_an_address(place: tuple[str, str, str], address: str | None) -> None:
    bot = BotIdentity("T1", "UBOT", "B1", "onrecord", "https://team.example/")

    assert bot.permalink(*place) == (address and f"https://team.example/{address}")
    assert BOT.permalink(*place) is None


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
