"""Gaps, feedback and acts as short lines for an admin. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.slack.records.answers import KeptAnswer
from bot.slack.records.audit import Act
from bot.slack.records.feedback import Kind, Said
from bot.slack.records.gaps import Gap, Wish
from bot.slack.show.corpus import Digest
from bot.slack.show.home_admin import Done
from retrieval.answer.writing.trace import Fate, Trace

_SHOWN = 20
_LONGEST_QUESTION = 160
_WISHES = {Wish.REPORTED: "reported", Wish.ASKED: "asked the owners"}
_KINDS = {
    Kind.UNSAID: "not helpful",
    Kind.WRONG: "wrong",
    Kind.INCOMPLETE: "incomplete",
    Kind.SHOULD_HAVE_ANSWERED: "should have answered",
    Kind.SHOULD_HAVE_REFUSED: "should have refused",
}


def gap_digest(gaps: Sequence[Gap]) -> Digest:
    """What people missed in the documents."""
    lines = [
        f"{_day(gap.at)}, {_WISHES[gap.wish]}: {_short(gap.question)}" for gap in gaps[:_SHOWN]
    ]
    return Digest(len(gaps), tuple(lines))


def feedback_digest(said: Sequence[Said]) -> Digest:
    """What people said of answers."""
    return Digest(len(said), tuple(_said(one) for one in said[:_SHOWN]))


def writing_digest(written: Sequence[KeptAnswer]) -> Digest:
    """What a chat model wrote and why some of it was not posted."""
    traced = [(kept, kept.writing) for kept in written if kept.writing]
    lines = [f"{_day(kept.at)}, {_short(kept.question)}: {_written(t)}" for kept, t in traced]
    return Digest(len(lines), tuple(lines[:_SHOWN]))


def audit_digest(acts: Sequence[Act]) -> tuple[Done, ...]:
    """Who did what, and what came of it."""
    return tuple(Done(_day(act.at), act.user, act.act, act.outcome) for act in acts)


def _said(one: Said) -> str:
    verdict = "helpful" if one.is_good else _KINDS[one.kind]
    line = f"{_day(one.at)}, {verdict}: {_short(one.question)}"
    if one.right_passage:
        line += f" Right passage: {_short(one.right_passage)}"
    return f"{line} Comment: {_short(one.comment)}" if one.comment else line


def _written(trace: Trace) -> str:
    usage, fates = trace.usage, [one.fate for one in trace.sentences]
    counts = [f"{fates.count(fate)} {fate}" for fate in Fate if fate in fates]
    line = f"{', '.join(counts) or trace.outcome.replace('_', ' ')}"
    line += f"; {usage.input_tokens + usage.output_tokens:,} tokens, {usage.seconds:.1f} s."
    first = next(iter(trace.dropped), None)
    if first is not None:
        line += f" Not as written ({first.gate}: {first.reason}): {_short(first.text)}"
    return line


def _short(text: str) -> str:
    words = " ".join(text.split())
    shown = words if len(words) <= _LONGEST_QUESTION else f"{words[: _LONGEST_QUESTION - 1]}…"
    return f"“{shown}”"


def _day(at: float) -> str:
    moment = datetime.fromtimestamp(at, UTC)
    return f"{moment.day} {moment:%b %Y}"
