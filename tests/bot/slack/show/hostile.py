"""Values as documents, people and mistakes could make them."""

from __future__ import annotations

from hypothesis import strategies as st

from retrieval.answer.opened import Opened, Standing
from retrieval.index.rows import SourceInfo
from retrieval.index.status import CorpusStatus, FailedFile
from retrieval.model import (
    Answer,
    AnswerSentence,
    Citation,
    Label,
    Reason,
    Refusal,
    Searched,
    SentenceRole,
    Verdict,
)
from tests.bot.slack.test_safe_text import HOSTILE

LONG = [
    "a" * 100_000,
    "& " * 50_000,
    "```\n" * 500,
    "x\n" * 9_000,
    "word " * 300,
    "]" * 999,
    "é" * 2_600,
    "<!channel> " * 900,
    "\U0001f9e8" * 4_000,
    "\u200b" * 20_000,
]
EMPTY = ["", " ", "\n\n", "\u200b", "\ud800", "\x00", "\u202e"]

written = st.text(max_size=80) | st.sampled_from([*HOSTILE, *EMPTY])
texts = written | st.sampled_from(LONG)
quotes = texts.filter(bool)
optional = st.none() | written
times = st.sampled_from(["2026-11-24T15:30:59+00:00", "2026-11-24T15:30:59", "yesterday", ""])
searched = st.none() | st.builds(Searched, st.integers(0, 10**9), st.integers(0, 10**9), times)


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    quote = draw(quotes)
    start = draw(st.integers(0, 10**9))
    return Citation(
        source=draw(written),
        title=draw(texts),
        heading=draw(optional),
        page=draw(st.none() | st.integers(-1, 10**12)),
        start=start,
        end=start + len(quote),
        quote=quote,
        generation=1,
        date=draw(optional),
    )


@st.composite
def found(draw: st.DrawFn) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """Sentences, and the citations that they rest on; now and then thousands of them."""
    cited = draw(st.lists(citations(), min_size=1, max_size=6))
    sentences = [
        AnswerSentence(citation.quote, SentenceRole.QUOTE, (number,))
        for number, citation in enumerate(cited, 1)
    ]
    for role in (SentenceRole.FRAME, SentenceRole.WRITTEN):
        if draw(st.booleans()):
            sentences.append(AnswerSentence(draw(quotes), role, tuple(range(1, len(cited) + 1))))
    many = draw(st.sampled_from([1, 1, 1, 1, 200]))
    return tuple(sentences) * many, tuple(cited) * many


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    sentences, cited = draw(found())
    return Answer(draw(texts), sentences, cited, 1, Searched(6, 100, draw(times)))


@st.composite
def refusals(draw: st.DrawFn) -> Refusal:
    sentences, cited = draw(found()) if draw(st.booleans()) else ((), ())
    return Refusal(
        question=draw(texts),
        reason=draw(st.sampled_from(Reason)),
        message=draw(texts),
        generation=1,
        searched=draw(searched),
        nearest=tuple(draw(st.lists(citations(), max_size=3))),
        sentences=sentences,
        citations=cited,
    )


@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    cited = tuple(draw(st.lists(citations(), max_size=3)))
    label = draw(st.sampled_from(Label)) if cited else Label.NOT_IN_CORPUS
    return Verdict(draw(texts), label, draw(texts), 1, cited)


@st.composite
def opened(draw: st.DrawFn) -> Opened:
    citation = draw(citations())
    standing = draw(st.sampled_from(Standing))
    is_there = standing in (Standing.UNCHANGED, Standing.MOVED)
    around = [draw(texts) if is_there else "" for _ in range(4)]
    return Opened(
        citation,
        standing,
        before=around[0],
        opening=around[1],
        quote=citation.quote,
        ending=around[2],
        after=around[3],
        indexed_at=None if standing is Standing.GONE else draw(times),
    )


@st.composite
def statuses(draw: st.DrawFn) -> CorpusStatus:
    sources = draw(
        st.lists(
            st.builds(SourceInfo, written, texts, optional, optional, st.integers(0, 10**6)),
            max_size=5,
        )
    )
    failed = draw(st.lists(st.builds(FailedFile, texts, texts), max_size=4))
    many = draw(st.sampled_from([1, 1, 1, 900]))
    return CorpusStatus(
        generation=draw(st.integers(0, 10**9)),
        published_at=draw(times),
        documents=len(sources) * many,
        passages=draw(st.integers(0, 10**9)),
        sources=tuple(sources) * many,
        failed=tuple(failed) * many,
        previous=draw(st.none() | st.integers(0, 10**9)),
    )
