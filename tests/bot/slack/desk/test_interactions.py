from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.desk.interactions import (
    read_command,
    read_press,
    read_shortcut,
    read_submission,
)

PRESS = {
    "type": "block_actions",
    "user": {"id": "U1", "username": "member"},
    "container": {
        "type": "message",
        "message_ts": "1.2",
        "channel_id": "C1",
        "thread_ts": "1.0",
        "is_ephemeral": True,
    },
    "trigger_id": "t1",
    "response_url": "http://127.0.0.1/response/1",
    "actions": [{"type": "button", "action_id": "show_passages", "value": "a1"}],
}


def test_a_command_is_its_word_and_the_rest() -> None:
    command = read_command(
        {
            "team_id": "T1",
            "user_id": "U1",
            "channel_id": "C1",
            "text": "  ask  When do we open? ",
            "trigger_id": "t1",
            "response_url": "http://127.0.0.1/response/1",
        }
    )
    assert (command.word, command.rest) == ("ask", "When do we open?")
    assert command.text == "ask When do we open?"
    assert (command.team, command.user, command.channel) == ("T1", "U1", "C1")


def test_a_press_says_where_the_button_stood() -> None:
    press = read_press(PRESS)
    assert (press.user, press.action_id, press.value) == ("U1", "show_passages", "a1")
    assert (press.channel, press.message_ts, press.thread) == ("C1", "1.2", "1.0")
    assert press.is_ephemeral


def test_a_press_in_a_view_has_no_place() -> None:
    press = read_press({**PRESS, "container": {"type": "view", "view_id": "V1"}})
    assert (press.channel, press.message_ts, press.is_ephemeral) == ("", "", False)


def test_a_submission_holds_what_was_typed_and_chosen() -> None:
    submission = read_submission(
        {
            "user": {"id": "U1"},
            "view": {
                "private_metadata": "a1",
                "state": {
                    "values": {
                        "kind": {"kind": {"selected_option": {"value": "wrong"}}},
                        "comment": {"comment": {"type": "plain_text_input", "value": "too old"}},
                        "right_passage": {"right_passage": {"value": None}},
                        "remove": {"remove": {"selected_options": [{"value": "remove"}]}},
                        "none": {"none": {"selected_options": []}},
                    }
                },
            },
        }
    )
    assert submission.metadata == "a1"
    assert submission.values == {
        "kind": "wrong",
        "comment": "too old",
        "right_passage": "",
        "remove": "remove",
        "none": "",
    }


def test_a_shortcut_carries_the_message() -> None:
    shortcut = read_shortcut(
        {
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "channel": {"id": "C1"},
            "message_ts": "1.0",
            "message": {"text": "We open at nine.", "ts": "1.0"},
            "trigger_id": "t1",
        }
    )
    assert (shortcut.text, shortcut.message_ts) == ("We open at nine.", "1.0")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
NAMES = st.sampled_from(
    ["user", "view", "state", "values", "actions", "container", "message", "team", "channel"]
)


@given(st.dictionaries(NAMES, JSON))
def test_no_payload_is_too_strange_to_be_read(body: dict[str, object]) -> None:
    read_command(body)
    read_press(body)
    read_shortcut(body)
    read_submission(body)
