"""Results and services for the tests of the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Self

from bot.settings import Settings
from retrieval.answer.explanation import Explanation
from retrieval.answer.opened import Compared, Opened, Standing
from retrieval.errors import NoIndexError
from retrieval.index.rows import SourceInfo
from retrieval.index.run import Start
from retrieval.index.status import CorpusStatus
from retrieval.ingest.pipeline import FailedFile, IndexReport, Progress
from retrieval.ingest.rollback import RollbackReport
from retrieval.labels import Permitted
from retrieval.model import (
    Answer,
    AnswerSentence,
    Citation,
    Label,
    Question,
    Reason,
    Refusal,
    Searched,
    SentenceRole,
    Verdict,
)

QUOTE = "The bridge opened in 1932."
SEARCHED = Searched(documents=6, passages=112, indexed_at="2026-11-23T20:40:05+00:00")


def citation(quote: str = QUOTE, **changes: object) -> Citation:
    values: dict[str, object] = {
        "source": "city/bridges.md",
        "title": "Bridges",
        "heading": "Bridges › History",
        "page": 3,
        "start": 40,
        "end": 40 + len(quote),
        "quote": quote,
        "generation": 7,
        "date": "2025-01-31",
    }
    return Citation(**{**values, **changes})  # type: ignore[arg-type]  # each key is a field


def answer(question: str = "When?", quote: str = QUOTE, **changes: object) -> Answer:
    return Answer(
        question=question,
        sentences=(AnswerSentence(quote, SentenceRole.QUOTE, (1,)),),
        citations=(citation(quote, **changes),),
        generation=7,
        searched=SEARCHED,
    )


def refusal(question: str = "Who?", quote: str = QUOTE) -> Refusal:
    return Refusal(
        question=question,
        reason=Reason.NOT_ANSWERED,
        message="The documents do not say who.",
        generation=7,
        searched=SEARCHED,
        nearest=(citation(quote),),
    )


def verdict(claim: str = "It opened in 1950.") -> Verdict:
    return Verdict(claim, Label.CONTRADICTED, "The documents say otherwise.", 7, (citation(),))


def report(*failed: FailedFile) -> IndexReport:
    return IndexReport(
        generation=7,
        sources=6,
        passages=112,
        added=2,
        changed=1,
        removed=0,
        unchanged=3,
        failed=failed,
        elapsed_s=0.81234,
    )


def opened(standing: Standing = Standing.UNCHANGED) -> Opened:
    return Opened(
        citation=citation(),
        standing=standing,
        before="The city has six bridges.",
        opening="It took four years to build. ",
        quote=QUOTE,
        ending=" It carries trams.",
        after="The tunnel is older.",
        indexed_at="2026-11-20T08:00:00+00:00",
    )


def status() -> CorpusStatus:
    return CorpusStatus(
        generation=7,
        published_at=SEARCHED.indexed_at,
        documents=6,
        passages=112,
        sources=(SourceInfo("city/bridges.md", "Bridges", "2025-01-31", None, 12),),
        failed=(FailedFile("a.pdf", "It is encrypted. Save it without password."),),
        previous=6,
    )


class ScriptedAnswerer:
    """Answers what begins with "When", refuses the rest, contradicts every claim."""

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def within(self, permitted: Permitted) -> Self:
        return self

    def cleared(self, result: Answer | Refusal) -> Answer | Refusal | None:
        return result

    def ask(self, question: Question) -> Answer | Refusal:
        self.asked.append(question)
        if question.text.startswith("When"):
            return answer(question.text)
        return refusal(question.text)

    def ask_explained(self, question: Question) -> tuple[Answer | Refusal, Explanation]:
        return self.ask(question), Explanation(0.8, 0.5, None, "date", ("opened",))

    def check(self, claim: str) -> Verdict:
        return verdict(claim)

    def check_each(self, text: str) -> tuple[Verdict, ...]:
        return tuple(verdict(line) for line in text.splitlines())

    def open(self, citation: Citation) -> Opened:
        return replace(opened(), citation=citation, quote=citation.quote)

    def generation(self) -> int:
        return 7

    def compare(self, citations: Sequence[Citation], since: int) -> Compared:
        return Compared(7, (None,) * len(citations))

    def status(self) -> CorpusStatus:
        return status()

    def suggestions(self) -> tuple[str, ...]:
        return ("When did the bridge open?",)


@dataclass
class FakeServices:
    """Services without an index; `opened` counts how often the models were loaded."""

    result: IndexReport | None = None
    published: bool = True
    opened: int = 0
    indexed: list[tuple[Settings, bool]] = field(default_factory=list)
    allowed: tuple[int, bool] = (0, False)
    """How many documents the last run may remove, and whether it tries failed files again."""
    scripted: ScriptedAnswerer = field(default_factory=ScriptedAnswerer)

    @contextmanager
    def answerer(self, settings: Settings) -> Iterator[ScriptedAnswerer]:
        if not self.published:
            raise NoIndexError("There is no index yet.", "Run `onrecord index`.")
        self.opened += 1
        yield self.scripted

    def index(
        self,
        settings: Settings,
        *,
        dry_run: bool,
        progress: Callable[[Progress], None] | None,
        start: Start | None = None,
        allow_removals: int = 0,
        retry_failed: bool = False,
    ) -> IndexReport:
        self.allowed = (allow_removals, retry_failed)
        self.indexed.append((settings, dry_run))
        return self.result or report()

    def rollback(self, settings: Settings, by: str) -> RollbackReport:
        if not self.published:
            raise NoIndexError("There is no index yet.", "Run `onrecord index`.")
        return RollbackReport(generation=8, restored=6, documents=5, passages=99)

    def quote(self, settings: Settings, source: str, start: int, end: int) -> str:
        if source == "city/bridges.md" and 0 <= start < end <= 100:
            return "öne\n\x1b[31mtwo"
        raise LookupError(source)

    def sources(self, settings: Settings) -> list[str]:
        return ["city/bridges.md", "city/tunnels.md"]
