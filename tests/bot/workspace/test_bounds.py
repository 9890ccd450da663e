"""A workspace that runs for days keeps to bounds."""

from __future__ import annotations

import pytest

from bot.workspace.errors import SlackError
from bot.workspace.faults import Faults
from bot.workspace.furnished import furnished_state
from bot.workspace.recorder import Call, Recorder
from bot.workspace.state import MAX_EPHEMERALS, Ephemeral
from bot.workspace.vouchers import RESPONSE_LIFE_S, ResponseTarget, Vouchers

MEMBER = "U0MEMBER"


def test_a_long_session_forgets_its_oldest_calls_and_goes_on_counting() -> None:
    recorder = Recorder(max_calls=3)
    for number in range(5):
        recorder.add(Call("auth.test", {"number": number}, 200, {"ok": True}))
    assert [call.arguments["number"] for call in recorder.calls()] == [2, 3, 4]
    assert [call.arguments["number"] for call in recorder.last(2)] == [3, 4]
    assert recorder.count("auth.test") == 5


def test_only_the_last_ephemeral_messages_are_kept() -> None:
    state = furnished_state()
    for number in range(MAX_EPHEMERALS + 1):
        state.add_ephemeral(Ephemeral("C0GENERAL", MEMBER, f"{number}.0", "x"))
    assert [state.ephemerals[0].ts, len(state.ephemerals)] == ["1.0", MAX_EPHEMERALS]


def test_rights_that_ended_long_ago_are_forgotten() -> None:
    now = [0.0]
    vouchers = Vouchers(now=lambda: now[0])
    old_trigger = vouchers.new_trigger(MEMBER)
    old_address = vouchers.new_response_id(ResponseTarget(MEMBER, "C0GENERAL"))
    now[0] += RESPONSE_LIFE_S * 4
    triggers = [vouchers.new_trigger(MEMBER) for _ in range(1_000)]
    assert vouchers.use_trigger(triggers[-1]).user == MEMBER
    with pytest.raises(SlackError, match="invalid_trigger_id"):
        vouchers.use_trigger(old_trigger)
    with pytest.raises(SlackError, match="expired_url"):
        vouchers.use_response(old_address)


def test_an_outage_ends_by_itself() -> None:
    now = [0.0]
    faults = Faults(clock=lambda: now[0])
    faults.cut_off(10)
    assert faults.take_api_fault("auth.test").is_unreachable
    assert faults.take_ticket_refusal()
    now[0] += 11
    assert not faults.is_cut_off
    assert not faults.take_api_fault("auth.test").is_unreachable
    assert not faults.take_ticket_refusal()
