"""Results as people read them: set in columns on a terminal, plain lines where output is piped."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.visible import visible
from retrieval.model import (
    Answer,
    AnswerSentence,
    Citation,
    Label,
    Refusal,
    Searched,
    SentenceRole,
    Verdict,
)

MAX_WIDTH = 100  # longer lines are hard to read
EXCERPT_CHARS = 160

_VERDICT_STYLES = {
    Label.SUPPORTED: "bold green",
    Label.CONTRADICTED: "bold red",
    Label.NOT_IN_CORPUS: "bold yellow",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph with what stands in the margin beside it."""

    text: Text
    margin: str = ""


def print_answer(console: Console, result: Answer | Refusal) -> None:
    """Print quotations with their sources, or a refusal with its reason and nearest passages."""
    if result.looked_for:
        print_rows(console, [Row(Text(f"I looked for: {visible(result.looked_for)}", "dim"))])
    if isinstance(result, Refusal):
        headline = Text.assemble(
            ("No answer on the record", "bold yellow"), (f"  {result.reason.value}", "dim")
        )
        print_rows(console, [Row(headline), Row(Text(visible(result.message)))])
    _print_quotations(console, result.sentences, result.citations)
    if isinstance(result, Refusal):
        _print_nearest(console, result.nearest)
        if result.searched:
            print_rows(console, [Row(_searched(result.searched))])


def print_verdict(console: Console, verdict: Verdict) -> None:
    """Print what the documents say of a claim, with the quotations that decide it."""
    print_rows(console, [Row(Text(visible(verdict.message), _VERDICT_STYLES[verdict.label]))])
    if verdict.citations:
        quotes = (
            Row(Text(f"“{visible(citation.quote)}”"), f"[{number}]")
            for number, citation in enumerate(verdict.citations, 1)
        )
        print_rows(console, quotes)
        print_rows(console, [_heading("Sources"), *_sources(verdict.citations)])
    _print_nearest(console, verdict.nearest)


def _print_quotations(
    console: Console, sentences: tuple[AnswerSentence, ...], citations: tuple[Citation, ...]
) -> None:
    if sentences:
        print_rows(console, map(_sentence, sentences))
        print_rows(console, [_heading("Sources"), *_sources(citations)])


def _sentence(sentence: AnswerSentence) -> Row:
    text = visible(sentence.text)
    if sentence.kind is SentenceRole.FRAME:
        return Row(Text(text, "italic"))
    margin = "".join(f"[{n}]" for n in sentence.citations)
    return Row(Text(f"“{text}”" if sentence.kind is SentenceRole.QUOTE else text), margin)


def _sources(citations: Iterable[Citation]) -> Iterator[Row]:
    for number, citation in enumerate(citations, 1):
        yield Row(Text.assemble(_place(citation), "\n", _command(citation)), f"[{number}]")


def _print_nearest(console: Console, nearest: tuple[Citation, ...]) -> None:
    if not nearest:
        return
    rows = [
        Row(Text.assemble(_place(citation), "\n", (_excerpt(citation.quote), "italic")), "-")
        for citation in nearest
    ]
    print_rows(console, [_heading("Nearest passages (not an answer)"), *rows])


def _place(citation: Citation) -> Text:
    """Title, heading, page and date of a citation."""
    place = Text(visible(citation.title), "bold")
    heading = visible(citation.heading or "").removeprefix(visible(citation.title))
    if heading.strip(" ›"):
        place.append(f" › {heading.strip(' ›')}", "not bold")
    if citation.page is not None:
        place.append(f", page {citation.page}", "not bold")
    if citation.date:
        place.append(f" ({visible(citation.date)})", "not bold")
    return place


def _command(citation: Citation) -> Text:
    """The command that opens the citation at its place."""
    source = shlex.quote(visible(citation.source))
    return Text(f"onrecord passage {source} {citation.start} {citation.end}", "dim cyan")


def _excerpt(quote: str) -> str:
    text = " ".join(visible(quote).split())
    return text if len(text) <= EXCERPT_CHARS else f"{text[: EXCERPT_CHARS - 1].rstrip()}…"


def _searched(searched: Searched) -> Text:
    when = searched.indexed_at[:16].replace("T", " ")
    return Text(
        f"Searched {counted(searched.documents, 'document')} "
        f"({counted(searched.passages, 'passage')}), "
        f"indexed {when} UTC.",
        "dim",
    )


def _heading(text: str) -> Row:
    return Row(Text(text, "bold dim"))


def print_rows(console: Console, rows: Iterable[Row]) -> None:
    """Print rows as one block, with an empty line after it."""
    if not console.is_terminal:
        for row in rows:
            indented = row.text.plain.replace("\n", "\n    ")
            console.out(f"{row.margin} {indented}" if row.margin else row.text.plain)
        console.out("")
        return
    for row in rows:
        grid = Table.grid(padding=(0, 1, 0, 0))
        if row.margin:
            grid.add_column(style="cyan", no_wrap=True, min_width=3)
            grid.add_column(overflow="fold")
            grid.add_row(Text(row.margin), row.text)
        else:
            grid.add_column(overflow="fold")
            grid.add_row(row.text)
        console.print(grid, width=min(console.width, MAX_WIDTH))
    console.print()


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 passage", "2 passages"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
