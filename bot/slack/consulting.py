"""The documents consulted for whoever would see the reply, and for nobody else.

A channel is answered from what everybody there may see. Where that does not answer, and the asker
may see more, they alone are told what the rest says; the channel sees an ordinary refusal, which
does not tell whether there is more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

from bot.slack.events import Asked, Kind, answer_id
from bot.slack.records.answers import Answers
from bot.slack.rights import Allowed, Rights
from retrieval.labels import Permitted
from retrieval.model import Answer, Question, Reason, Refusal, Turn, Verdict

if TYPE_CHECKING:
    from retrieval.answer.explanation import Explanation
    from retrieval.answer.writing.trace import Trace

_SAYS_NOTHING = frozenset(
    {Reason.NOTHING_FOUND, Reason.NOT_ANSWERED, Reason.CONTRADICTED, Reason.NOT_PERMITTED}
)
"""Refusals after which the asker's own documents are asked."""


class Answerer(Protocol):
    """What answers questions and checks messages; called from several threads."""

    def within(self, permitted: Permitted) -> Self:
        """The same for whoever may see these collections only."""
        ...

    def ask_explained(self, question: Question) -> tuple[Answer | Refusal, Explanation]:
        """Answer from the documents, or refuse; with the reasons."""
        ...

    def check_each(self, text: str) -> tuple[Verdict, ...]:
        """Say what the documents say of each claim of a message."""
        ...

    def cleared(self, result: Answer | Refusal) -> Answer | Refusal | None:
        """What may be shown here of a result that was made for others."""
        ...


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of the same thread and its answer; `ts` is that of the question."""

    ts: str
    turns: tuple[Turn, Turn]


@dataclass(frozen=True, slots=True)
class Consulted:
    """What the documents say."""

    result: Answer | Refusal
    writing: Trace | None = None
    doubt: str = ""
    """What else there may be, and could not be looked at."""
    aside: Answer | None = None
    """What only the asker may see."""


class Consulting:
    """Asks the documents within the rights of those who would see the reply."""

    def __init__(self, answerer: Answerer, answers: Answers, rights: Rights) -> None:
        self._answerer = answerer
        self._answers = answers
        self._rights = rights

    def ask(self, asked: Asked, before: Sequence[Exchange]) -> Consulted:
        """Answer a question, after what was said before it in the same thread."""
        allowed = self._allowed(asked)
        consulted = self._ask(asked, before, allowed)
        result = consulted.result
        if isinstance(result, Answer) or result.reason not in _SAYS_NOTHING:
            return consulted
        aside = None
        if not _is_private(asked):
            alone = self._rights.alone(asked.user, asked.channel)
            if alone.names - allowed.names:
                found = self._ask(asked, before, alone).result
                aside = found if isinstance(found, Answer) else None
        return Consulted(result, consulted.writing, allowed.doubt, aside)

    def check(self, asked: Asked) -> tuple[Verdict, ...] | str:
        """Check a message for whoever wants it checked; or why nothing is open to them."""
        allowed = self._rights.alone(asked.user, asked.channel)
        if not allowed.names:
            return allowed.why_not
        return self._answerer.within(allowed.names).check_each(asked.text)

    def _allowed(self, asked: Asked) -> Allowed:
        if _is_private(asked):
            return self._rights.alone(asked.user, asked.channel)
        return self._rights.room(asked.channel, asked.user)

    def _ask(self, asked: Asked, before: Sequence[Exchange], allowed: Allowed) -> Consulted:
        if not allowed.names:
            reason = Reason.NOT_PERMITTED
            return Consulted(Refusal(asked.text, reason, allowed.why_not, generation=0))
        answerer = self._answerer.within(allowed.names)
        open_ = (e for e in before if self._may_be_heard(answerer, asked, e))
        history = tuple(turn for exchange in open_ for turn in exchange.turns)
        result, why = answerer.ask_explained(Question(asked.text, history))
        return Consulted(result, why.record)

    def _may_be_heard(self, answerer: Answerer, asked: Asked, before: Exchange) -> bool:
        """Whether an earlier answer may still be shown here: rights may have been taken away."""
        kept = self._answers.find(answer_id(asked.team, asked.channel, before.ts))
        return kept is not None and answerer.cleared(kept.result) is not None


def _is_private(asked: Asked) -> bool:
    """Whether only the asker sees the reply."""
    return asked.kind is Kind.DIRECT or bool(asked.reply_to)
