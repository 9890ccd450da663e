"""The `onrecord` command: its options, its exit status, and its way of saying what went wrong.

Exit status: 0 an answer, a refusal, done; 2 wrong use or settings; 3 no usable index; 1 all else.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import commands, housekeeping
from bot.services import LocalServices, Services
from bot.visible import visible
from retrieval.errors import OnrecordError

_DESCRIPTION = """\
Answers questions from your own documents. Every answer is an exact quotation with its source;
where the documents hold no answer, there is none."""
_EXAMPLES = """\
examples:
  onrecord index                          read new and changed documents
  onrecord ask "How do I add documents?"  quote the answer, or say why there is none
  onrecord check "Onrecord uses the web"  supported, contradicted or not in the documents
"""
_INTERRUPTED = 130  # what a shell reports for Ctrl-C


def main(argv: Sequence[str] | None = None, services: Services | None = None) -> int:
    """Run one command and return its exit status."""
    _speak_utf8()
    arguments = build_parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments, services or LocalServices())
        sys.stdout.flush()
    except OnrecordError as error:
        return _fail(error.message, error.remedy, error.exit_code)
    except BrokenPipeError:
        # The reader has gone, as with `| head`. Nothing more can be written, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _fail(f"{error}.", "Check that the file or folder exists and may be used.", 1)
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status


def _fail(message: str, remedy: str, status: int) -> int:
    sys.stderr.write(f"onrecord: {visible(message)}\n{visible(remedy)}\n")
    return status


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the locale says; bytes that are not text become U+FFFD."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def build_parser() -> argparse.ArgumentParser:
    """The options of every command."""
    parser = argparse.ArgumentParser(
        prog="onrecord",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    group = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_index(group)
    _add_ask(group)
    _add_check(group)
    _add_passage(group)
    _add_rollback(group)
    _add_housekeeping(group)
    _add_serve(group)
    _add_chat(group)
    _add_manifest(group)
    _add_doctor(group)
    _add_feedback(group)
    _add_eval(group)
    return parser


_Group = argparse._SubParsersAction  # argparse offers no public name for it


def _add_index(group: _Group[argparse.ArgumentParser]) -> None:
    command = group.add_parser("index", help="read new and changed documents")
    command.add_argument(
        "--corpus", type=Path, metavar="DIR", help="folder with the documents, for this run"
    )
    other = command.add_mutually_exclusive_group()
    other.add_argument(
        "--dry-run", action="store_true", help="show what would change, write nothing"
    )
    other.add_argument(
        "--cancel", action="store_true", help="end the run in work, wherever it was started"
    )
    command.add_argument(
        "--allow-removals",
        type=int,
        default=0,
        metavar="N",
        help="remove up to N documents, however large a share they are",
    )
    command.add_argument(
        "--retry-failed", action="store_true", help="try again what could not be read before"
    )
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    command.set_defaults(run=commands.index)


def _add_ask(group: _Group[argparse.ArgumentParser]) -> None:
    command = group.add_parser("ask", help="answer a question with quotations, or say why not")
    command.add_argument("question", nargs="*", metavar="QUESTION", help="one question")
    command.add_argument("--explain", action="store_true", help="show what the decision rests on")
    _add_output(command, "question")
    command.set_defaults(run=commands.ask)


def _add_check(group: _Group[argparse.ArgumentParser]) -> None:
    command = group.add_parser("check", help="compare a claim with the documents")
    command.add_argument("claim", nargs="*", metavar="CLAIM", help="one claim")
    _add_output(command, "claim")
    command.set_defaults(run=commands.check)


def _add_output(command: argparse.ArgumentParser, what: str) -> None:
    group = command.add_mutually_exclusive_group()
    group.add_argument("--json", action="store_true", help="print one JSON object")
    group.add_argument(
        "--jsonl",
        action="store_true",
        help=f'read {{"id", "{what}"}} a line from standard input, write one JSON object a line',
    )


def _add_passage(group: _Group[argparse.ArgumentParser]) -> None:
    command = group.add_parser("passage", help="print exactly what a citation quotes")
    command.add_argument("source", metavar="SOURCE", help="path inside the corpus folder")
    command.add_argument("start", metavar="START", type=int, help="first character, from 0")
    command.add_argument("end", metavar="END", type=int, help="character after the last")
    command.set_defaults(run=commands.passage)


def _add_rollback(group: _Group[argparse.ArgumentParser]) -> None:
    command = group.add_parser(
        "rollback", help="go back to the documents of the last index but one"
    )
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    command.set_defaults(run=commands.rollback)


def _add_housekeeping(group: _Group[argparse.ArgumentParser]) -> None:
    status = group.add_parser("status", help="show what is published, since when, and its size")
    status.set_defaults(run=housekeeping.status)
    verify = group.add_parser("verify", help="look at everything that is published")
    verify.add_argument("--repair", action="store_true", help="mend what can be mended")
    verify.set_defaults(run=housekeeping.verify)
    compact = group.add_parser("compact", help="write the index anew without what was deleted")
    compact.set_defaults(run=housekeeping.compact)
    for command in (status, verify, compact):
        command.add_argument("--json", action="store_true", help="print it as JSON")


def _add_serve(group: _Group[argparse.ArgumentParser]) -> None:
    command = group.add_parser("serve", help="run the bot: in Slack with tokens, else locally")
    command.set_defaults(run=commands.serve)


def _add_chat(group: _Group[argparse.ArgumentParser]) -> None:
    command = group.add_parser("chat", help="talk with the bot here, in a local workspace")
    command.set_defaults(run=commands.chat)


def _add_manifest(group: _Group[argparse.ArgumentParser]) -> None:
    command = group.add_parser("manifest", help="print what the Slack app is made from")
    command.add_argument(
        "--http", metavar="URL", help="for HTTP mode: the public address of the bot"
    )
    command.add_argument("--json", action="store_true", help="print it as JSON")
    command.set_defaults(run=commands.manifest)


def _add_doctor(group: _Group[argparse.ArgumentParser]) -> None:
    command = group.add_parser("doctor", help="check the set-up and say what to do")
    command.add_argument("--json", action="store_true", help="print the findings as JSON")
    command.set_defaults(run=commands.doctor)


def _add_feedback(group: _Group[argparse.ArgumentParser]) -> None:
    command = group.add_parser("feedback", help="show what people said of answers in Slack")
    command.add_argument(
        "--export", type=Path, metavar="DIR", help="write it as a set for `onrecord eval`"
    )
    command.set_defaults(run=commands.feedback)


def _add_eval(group: _Group[argparse.ArgumentParser]) -> None:
    command = group.add_parser("eval", help="measure with a set of questions or pairs")
    command.add_argument("set", metavar="DIR", type=Path, help="folder of the set")
    command.add_argument("--among", metavar="DIR", type=Path, help="add the documents of this set")
    command.add_argument("--limit", metavar="N", type=int, help="measure with only N of it")
    command.add_argument("--seed", metavar="N", type=int, default=0, help="which N (default 0)")
    command.add_argument("--keep", metavar="DIR", type=Path, help="keep the indexes for next time")
    other = command.add_mutually_exclusive_group()
    other.add_argument(
        "--entailment", action="store_true", help="compare with plain entailment (attribution)"
    )
    other.add_argument(
        "--changed", action="store_true", help="check changed copies of its documents' sentences"
    )
    command.add_argument("--json", action="store_true", help="print the figures as JSON")
    command.set_defaults(run=commands.evaluate)


if __name__ == "__main__":
    sys.exit(main())
