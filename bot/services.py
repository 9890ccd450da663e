"""What the commands need from `retrieval`, imported only when it is used.

`onrecord --help` and a wrong option answer at once; `ask` never waits for Slack or for model
providers to be imported. Tests pass their own `Services`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol, Self

from retrieval.labels import Permitted
from retrieval.model import Answer, Citation, Question, Refusal, Verdict

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval.answer.explanation import Explanation
    from retrieval.answer.opened import Compared, Opened
    from retrieval.answer.writing.opening import ChatModel
    from retrieval.index.reader import Index
    from retrieval.index.run import Start
    from retrieval.index.status import CorpusStatus
    from retrieval.index.unpublished import Unpublished
    from retrieval.ingest.pipeline import Check, IndexReport, Progress
    from retrieval.ingest.rollback import RollbackReport


class Answerer(Protocol):
    """Answers questions and checks claims; safe to call from several threads."""

    def within(self, permitted: Permitted) -> Self:
        """The same for whoever may see these collections only; None: all that there are."""
        ...

    def cleared(self, result: Answer | Refusal) -> Answer | Refusal | None:
        """What may be shown here of a result that was made for others; None if none of it may.

        Raises `OnrecordError` if the index cannot be read.
        """
        ...

    def ask(self, question: Question) -> Answer | Refusal:
        """Answer a question, or refuse."""
        ...

    def ask_explained(self, question: Question) -> tuple[Answer | Refusal, Explanation]:
        """As `ask`, with the reasons."""
        ...

    def check(self, claim: str) -> Verdict:
        """Say what the documents say of a claim."""
        ...

    def check_each(self, text: str) -> tuple[Verdict, ...]:
        """Check what a message claims, one verdict a claim, at most ten; none if it claims nothing.

        What goes wrong on the way is said by the verdicts themselves.
        """
        ...

    def open(self, citation: Citation) -> Opened:
        """Find a quotation in the documents as they are now, with what stands around it.

        Raises `OnrecordError` if the index cannot be read.
        """
        ...

    def generation(self) -> int:
        """Number of the published generation; raises as `open` does."""
        ...

    def compare(self, citations: Sequence[Citation], since: int) -> Compared:
        """Say what has become of citations that were looked at in generation `since`."""
        ...

    def status(self) -> CorpusStatus:
        """What is published; raises `OnrecordError` if the index cannot be read."""
        ...

    def suggestions(self) -> tuple[str, ...]:
        """At most three questions that the documents answer; none if none was found in time."""
        ...


class Services(Protocol):
    """The ways into `retrieval` that a command can take."""

    def answerer(self, settings: Settings) -> AbstractContextManager[Answerer]:
        """Open the published index for questions and claims."""
        ...

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
        """Bring the index up to date with the corpus folder; `start` is told to who looks on."""
        ...

    def rollback(self, settings: Settings, by: str) -> RollbackReport:
        """Publish the documents of the generation before once more."""
        ...

    def quote(self, settings: Settings, source: str, start: int, end: int) -> str:
        """Re-read a quotation; `LookupError` where there is none."""
        ...

    def sources(self, settings: Settings) -> list[str]:
        """The sources of the published index."""
        ...


class LocalServices:
    """The index and the answerer in this process."""

    @contextmanager
    def answerer(self, settings: Settings) -> Iterator[Answerer]:
        """Open the published index for questions and claims."""
        with open_index(settings) as index:
            from retrieval.answer.chain import Answerer as ChainAnswerer
            from retrieval.answer.judge import Strictness

            chat = open_chat_model(settings)
            yield ChainAnswerer(
                index,
                Strictness(settings.strictness),
                writer=chat.writer if chat else None,
                rewriter=chat.rewriter if chat else None,
                splitter=chat.splitter if chat else None,
                traced=settings.tracing,
            )

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
        """Bring the index up to date with the corpus folder."""
        from bot.audiences import read_collections
        from retrieval.index.bought import open_to_embed
        from retrieval.ingest.pipeline import RunOptions, index_corpus

        return index_corpus(
            settings.corpus_dir,
            settings.data_dir,
            embedder=open_to_embed(settings.embedding_model, settings.data_dir),
            chroma_url=settings.chroma_url,
            dry_run=dry_run,
            progress=progress,
            options=RunOptions(
                read_timeout_s=settings.read_timeout_s,
                most_removed=settings.most_removed,
                allow_removals=allow_removals,
                retry_failed=retry_failed,
            ),
            collections=read_collections(settings.collections).folders,
            start=start,
            check=None if dry_run else canary_check(settings),
        )

    def rollback(self, settings: Settings, by: str) -> RollbackReport:
        """Publish the documents of the generation before once more."""
        from retrieval.index.bought import open_to_embed
        from retrieval.ingest.rollback import roll_back

        embedder = open_to_embed(settings.embedding_model, settings.data_dir)
        return roll_back(
            settings.data_dir, embedder=embedder, chroma_url=settings.chroma_url, by=by
        )

    def quote(self, settings: Settings, source: str, start: int, end: int) -> str:
        """Re-read a quotation; `LookupError` where there is none."""
        with open_index(settings) as index:
            return index.snapshot().quote(source, start, end)

    def sources(self, settings: Settings) -> list[str]:
        """The sources of the published index."""
        with open_index(settings) as index:
            return [info.source for info in index.snapshot().sources()]


def open_chat_model(settings: Settings) -> ChatModel | None:
    """What the configured chat model does; None where answers are quotations.

    Raises `OnrecordError` where the model's package or key is missing. Nothing is sent yet.
    """
    if settings.chat_model is None:
        return None
    from retrieval.answer.writing.opening import open_chat

    return open_chat(
        settings.chat_model,
        timeout_s=settings.chat_timeout_s,
        max_tokens=settings.chat_max_tokens,
    )


def canary_check(settings: Settings) -> Check | None:
    """What is asked of a generation before it is published, where the corpus has canaries."""
    from retrieval.answer.canaries import read_canaries
    from retrieval.ingest.pipeline import Check

    canaries = read_canaries(settings.corpus_dir)
    if canaries is None:
        return None

    def ask(unpublished: Unpublished) -> None:
        from retrieval.answer.chain import Answerer as ChainAnswerer
        from retrieval.answer.judge import Strictness

        canaries.check(ChainAnswerer(unpublished, Strictness(settings.strictness)))

    return Check(ask, f"{canaries.identity} {settings.strictness}")


@contextmanager
def open_index(settings: Settings) -> Iterator[Index]:
    """Open the published index and close it again."""
    from retrieval.index.embeddings import open_embedder
    from retrieval.index.reader import Index

    embedder = open_embedder(settings.embedding_model)
    index = Index.open(settings.data_dir, embedder, settings.chroma_url)
    try:
        yield index
    finally:
        index.close()
