"""Why a question was answered or refused, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from bot.visible import visible

if TYPE_CHECKING:
    from rich.console import Console

    from retrieval.answer.explanation import Considered, Explanation
    from retrieval.answer.writing.trace import Trace

SHOWN = 6
"""Sentences that are shown with their scores."""


def print_explanation(console: Console, why: Explanation) -> None:
    """Print the decision, the sentences it was made on, and the features of the best one."""
    for line in _decision(why):
        console.print(line)
    if why.rewritten:
        fate = f"not taken: {why.rewritten.problem}" if why.rewritten.problem else "taken"
        usage = why.rewritten.usage
        tokens = f"tokens {usage.input_tokens} in and {usage.output_tokens} out"
        line = f"Follow-up as the chat model put it ({fate}; {tokens}): {why.rewritten.text}"
        console.print(visible(line), soft_wrap=True)
    if why.written:
        for line in writing_lines(why.written):
            console.print(visible(line), soft_wrap=True)
    if not why.considered:
        return
    table = Table("answers", "reading", "span", "where", "sentence", box=None, padding=(0, 2, 0, 0))
    for considered in why.considered[:SHOWN]:
        table.add_row(*_row(considered))
    console.print(table)
    features = sorted(why.considered[0].features.items(), key=lambda item: -abs(item[1]))
    shown = ", ".join(f"{name} {value:.2f}" for name, value in features if name not in _IN_TABLE)
    console.print(f"Features of the first: {shown}", soft_wrap=True)


_IN_TABLE = frozenset({"logit", "margin"})


def writing_lines(trace: Trace) -> list[str]:
    """What a chat model wrote, what became of each sentence and why, and what it cost."""
    usage = trace.usage
    lines = [
        f"Written by {trace.model}: {trace.outcome}"
        + (f" ({trace.problem})" if trace.problem else "")
        + f"; calls {usage.calls}, tokens {usage.input_tokens} in and {usage.output_tokens} out, "
        f"{usage.seconds:.1f} s."
    ]
    for one in trace.sentences:
        why = f" by the gate {one.gate} ({one.reason})" if one.gate else ""
        lines.append(f"  {one.fate}{why}: {' '.join(one.text.split())}")
    if trace.prompts:
        hashes = ", ".join(f"{name} {digest[:12]}" for name, digest in trace.prompts)
        lines.append(f"  Prompts: {hashes}.")
    return lines


def _decision(why: Explanation) -> list[str]:
    lines = [f"Asked for: {why.expected}. Searched for: {', '.join(why.terms) or 'nothing'}."]
    if why.score is not None and why.threshold is not None:
        sign = "at least" if why.score >= why.threshold else "below"
        lines.append(
            f"Probability that the documents answer: {why.score:.2f}, {sign} {why.threshold:.2f}."
        )
    lines.append(f"Refused by: {why.gate}." if why.gate else "No gate refused.")
    return lines


def _row(considered: Considered) -> tuple[str, ...]:
    text = " ".join(visible(considered.text).split())
    return (
        f"{considered.probability:.2f}",
        f"{considered.logit:+.1f}",
        f"{considered.margin:+.1f} {visible(considered.span or '')[:30]}",
        visible(considered.source),
        text if len(text) <= 90 else f"{text[:89]}…",
    )
