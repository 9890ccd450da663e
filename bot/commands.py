"""The commands: each reads its settings, does one thing, shows the result, returns its status."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from bot import jsonl
from bot.contract import (
    JsonObject,
    answer_json,
    dump,
    malformed_claim,
    malformed_question,
    report_json,
    rollback_json,
    verdict_json,
)
from bot.services import Services
from bot.visible import visible
from retrieval.errors import UsageError
from retrieval.model import Question

if TYPE_CHECKING:
    from rich.console import Console

    from bot.settings import Settings

OK, FAILED, WRONG_USE = 0, 1, 2
Result = TypeVar("Result")


def index(arguments: Namespace, services: Services) -> int:
    """Bring the index up to date; a document that cannot be read makes the status 1."""
    settings = _settings()
    if arguments.corpus is not None:
        settings = settings.model_copy(update={"corpus_dir": arguments.corpus.expanduser()})
    from bot.indexing import cancel_run, index_here

    if arguments.cancel:
        return OK if cancel_run(settings, _console()) else FAILED
    report = index_here(
        settings,
        services,
        dry_run=arguments.dry_run,
        allow_removals=arguments.allow_removals,
        retry_failed=arguments.retry_failed,
    )
    if arguments.json:
        _write(report_json(report))
    else:
        from bot.run_reports import print_report

        print_report(_console(), report, dry_run=arguments.dry_run)
    return FAILED if report.failed else OK


def ask(arguments: Namespace, services: Services) -> int:
    """Answer one question, or with `--jsonl` each line of the input."""
    text = _one_text(arguments.question, arguments.jsonl, "ask", "question")
    with services.answerer(_settings()) as answerer:

        def answer(question: Question) -> JsonObject:
            (result, why), elapsed_ms = _timed(lambda: answerer.ask_explained(question))
            value = answer_json(result, elapsed_ms)
            return {**value, "explanation": asdict(why)} if arguments.explain else value

        if arguments.jsonl:
            return _each_line(
                ("question",),
                lambda line: answer(Question(line.text, line.history)),
                lambda problem: answer_json(malformed_question(problem), 0.0),
            )
        if arguments.json:
            _write(answer(Question(text)))
            return OK
        result, why = answerer.ask_explained(Question(text))
    from bot.terminal import print_answer

    print_answer(_console(), result)
    if arguments.explain:
        from bot.explain import print_explanation

        print_explanation(_console(), why)
    return OK


def check(arguments: Namespace, services: Services) -> int:
    """Check one claim, or with `--jsonl` each line of the input."""
    text = _one_text(arguments.claim, arguments.jsonl, "check", "claim")
    # No verdict rests on a chat model, so none has to be there.
    settings = _settings().model_copy(update={"chat_model": None})
    with services.answerer(settings) as answerer:
        if arguments.jsonl:
            return _each_line(
                ("claim", "question"),  # question sets keep their claims under "question"
                lambda line: verdict_json(*_timed(lambda: answerer.check(line.text))),
                lambda problem: verdict_json(malformed_claim(problem), 0.0),
            )
        verdict, elapsed_ms = _timed(lambda: answerer.check(text))
    if arguments.json:
        _write(verdict_json(verdict, elapsed_ms))
    else:
        from bot.terminal import print_verdict

        print_verdict(_console(), verdict)
    return OK


def passage(arguments: Namespace, services: Services) -> int:
    """Print the quotation, byte for byte where output is piped."""
    settings, source = _settings(), arguments.source
    try:
        quote = services.quote(settings, source, arguments.start, arguments.end)
    except LookupError:
        raise _no_passage(services.sources(settings), source) from None
    sys.stdout.write(f"{visible(quote)}\n" if sys.stdout.isatty() else quote)
    return OK


def rollback(arguments: Namespace, services: Services) -> int:
    """Publish the documents of the generation before once more."""
    from bot.run_text import on_command_line

    report = services.rollback(_settings(), on_command_line())
    if arguments.json:
        _write(rollback_json(report))
    else:
        from bot.run_reports import print_rollback

        print_rollback(_console(), report)
    return OK


def serve(arguments: Namespace, services: Services) -> int:
    """Run the bot until it is stopped."""
    settings = _settings()
    from bot.serve import serve as run_bot

    run_bot(settings, services, _console())
    return OK


def chat(arguments: Namespace, services: Services) -> int:
    """Talk with the bot on the terminal, in a local workspace."""
    settings = _settings()
    from bot.serve import chat as talk

    talk(settings, services, _console(), sys.stdin)
    return OK


def manifest(arguments: Namespace, services: Services) -> int:
    """Print the Slack app's manifest, as it stands or for HTTP mode."""
    from bot.manifest import as_yaml, manifest_text, over_http, read_manifest

    made = None if arguments.http is None else over_http(arguments.http)
    if arguments.json:
        _write(made or read_manifest())
    else:
        sys.stdout.write(as_yaml(made) if made else manifest_text())
    return OK


def feedback(arguments: Namespace, services: Services) -> int:
    """Show what people said of answers in Slack, or write it as an evaluation set."""
    from bot.feedback import export_feedback, show_feedback

    if arguments.export is None:
        show_feedback(_settings(), _console())
    else:
        export_feedback(_settings(), arguments.export.expanduser(), _console())
    return OK


def doctor(arguments: Namespace, services: Services) -> int:
    """Check the set-up; the status is 1 when something has to be done."""
    from bot.doctor import diagnose
    from bot.findings import all_in_order, findings_json, print_findings

    found = diagnose(_settings())
    if arguments.json:
        findings = list(found)
        _write(findings_json(findings))
    else:
        findings = print_findings(_console(), found)
    return OK if all_in_order(findings) else FAILED


def evaluate(arguments: Namespace, services: Services) -> int:
    """Measure with a question set, given as a folder or by its name in the evaluation data."""
    settings = _settings()
    from evals.command import run_eval
    from retrieval.answer.judge import Strictness

    run_eval(
        _question_set(arguments.set, settings),
        json=arguments.json,
        limit=arguments.limit,
        seed=arguments.seed,
        among=arguments.among and _question_set(arguments.among, settings),
        data_dir=arguments.keep,
        embedding_model=settings.embedding_model,
        strictness=Strictness(settings.strictness),
        entailment=arguments.entailment,
        changed=arguments.changed,
    )
    return OK


def _question_set(directory: Path, settings: Settings) -> Path:
    """A folder, or the name of one in the folder of question sets."""
    if settings.evaldata is not None and not directory.exists():
        return settings.evaldata / directory
    return directory


def _settings() -> Settings:
    from bot.settings import load_settings

    return load_settings()


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def _one_text(words: list[str], from_input: bool, command: str, what: str) -> str:
    """The question or claim of the command line, unless `--jsonl` reads them from the input."""
    if bool(words) == from_input:
        raise UsageError(
            f"`onrecord {command}` needs a {what}, or --jsonl, and not both.",
            f'Write: onrecord {command} "your {what}"',
        )
    return jsonl.whole(" ".join(words))


def _each_line(
    names: tuple[str, ...],
    good: Callable[[jsonl.InputLine], JsonObject],
    bad: Callable[[str], JsonObject],
) -> int:
    """Write one object for each line of input, at once; bad lines make the status 2 at the end."""
    status = OK
    for line in jsonl.read_lines(sys.stdin, names):
        if isinstance(line, jsonl.BadLine):
            sys.stderr.write(f"onrecord: {line.problem}\n")
            status = WRONG_USE
            value = bad(line.problem)
        else:
            value = good(line)
        _write(value if line.id is jsonl.MISSING else {"id": line.id, **value})
    return status


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    started = perf_counter()
    result = work()
    return result, (perf_counter() - started) * 1000


def _write(value: JsonObject) -> None:
    sys.stdout.write(f"{dump(value)}\n")
    sys.stdout.flush()


def _no_passage(sources: list[str], source: str) -> UsageError:
    if source in sources:
        return UsageError(
            f"{source} has no such passage.",
            "START and END must be two offsets inside its text, as a citation gives them.",
        )
    close = get_close_matches(source, sources, n=1)
    return UsageError(
        f"No indexed document is called {source}.",
        f"Did you mean {close[0]}?"
        if close
        else "Name it as a citation does, by its path inside the corpus folder.",
    )
