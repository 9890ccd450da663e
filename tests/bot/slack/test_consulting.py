"""Earlier answers of a thread that may not be shown any more are not built upon."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Self

import pytest

from bot.audiences import Audience, Collections
from bot.slack.backlog import ONRECORD
from bot.slack.consulting import Consulting, Exchange
from bot.slack.events import Kind
from bot.slack.records import Records
from bot.slack.records.answers import KeptAnswer
from bot.slack.rights import Rights
from retrieval.labels import Permitted
from retrieval.model import Answer, Reason, Refusal, Turn
from tests.bot.slack.examples import ScriptedAnswerer, answer, asked
from tests.bot.slack.people import People

BEFORE, NOW = "1700000001.000100", "1700000002.000100"


class Filtering(ScriptedAnswerer):
    """Clears what rests on permitted collections."""

    permitted: Permitted = None

    def within(self, permitted: Permitted) -> Self:
        self.permitted = permitted
        return self

    def cleared(self, result: Answer | Refusal) -> Answer | Refusal | None:
        is_open = all(c.collection in (self.permitted or ()) for c in result.citations)
        return result if is_open else None


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with closing(Records.open(tmp_path / "bot.sqlite3")) as records:
        yield records


@pytest.mark.parametrize("is_open", [True, False])
def test_what_may_not_be_shown_any_more_is_not_heard(records: Records, is_open: bool) -> None:
    before = asked(BEFORE, channel="D1", kind=Kind.DIRECT)
    result = replace(
        answer(), citations=tuple(replace(c, collection="hr") for c in answer().citations)
    )
    kept = KeptAnswer(before.answer_id, "T1", "D1", BEFORE, "U1", before.text, result, 1.0)
    records.answers.keep(kept)
    collections = Collections({"hr": Audience(everyone=is_open)}, is_set=True)
    documents = Filtering()
    consulting = Consulting(documents, records.answers, Rights(lambda: collections, People()))
    turns = (Turn("user", before.text), Turn(ONRECORD, result.text))

    consulting.ask(
        asked(NOW, channel="D1", kind=Kind.DIRECT, thread=BEFORE), [Exchange(BEFORE, turns)]
    )

    assert documents.questions[-1].history == (turns if is_open else ())


def test_who_may_see_nothing_is_told_why_and_nothing_is_asked(records: Records) -> None:
    documents = Filtering()
    people = People(guests=frozenset({"U1"}))
    consulting = Consulting(documents, records.answers, Rights(Collections, people))

    result = consulting.ask(asked(), ()).result

    assert isinstance(result, Refusal)
    assert result.reason is Reason.NOT_PERMITTED
    assert "Guests" in result.message
    assert isinstance(consulting.check(asked()), str)
    assert documents.questions == documents.checked == []
