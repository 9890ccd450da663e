"""`python -m evals.lying FOLDER ...`: lies posted and true paraphrases passed, by kind."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evals.caught import Share
from evals.lying.lies import flattened, lies
from evals.lying.material import Group, every_group, groups
from evals.lying.paraphrases import by_rule, hand_written
from evals.lying.posting import Tally, post_lies, post_paraphrases
from evals.sets import QuestionSet, read_set
from retrieval.answer.models import supports_model
from retrieval.answer.writing.checks import Checker
from retrieval.answer.writing.opening import SUPPORTED_FROM

MOST_SHOWN = 40


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and show both tables; the status says whether no lie was posted."""
    parser = argparse.ArgumentParser(prog="python -m evals.lying", description=__doc__)
    parser.add_argument(
        "folder", nargs="*", type=Path, help="question sets; default: all there are"
    )
    parser.add_argument("--groups", type=int, default=60, help="groups of sentences a set")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--held", action="store_true", help="with the held-out clauses")
    parser.add_argument("--show", action="store_true", help="lies posted, paraphrases refused")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    sets = [read_set(folder) for folder in options.folder or _known()]
    drawn = list(_groups(sets, options.groups, options.seed))
    checker = Checker(supports_model(), SUPPORTED_FROM)
    spoken = [lie for one in sets for lie in flattened(one.questions, one.name)]
    told = post_lies(checker, [*lies(drawn, options.seed, held=options.held), *spoken])
    true = post_paraphrases(checker, [*hand_written(), *by_rule(drawn, options.seed)])
    if options.json:
        found = {"lies": _plain(told), "paraphrases": _plain(true)}
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        _print(told, true, show=options.show)
    return 0 if not any(tally.posted for tally in told.values()) else 1


def _known() -> list[Path]:
    """The question sets of this machine, and the one in this repository."""
    own = [Path(__file__).parents[1] / "attribution"]
    named = os.environ.get("ONRECORD_EVALDATA")
    found = sorted(Path(named).glob("*/documents.jsonl")) if named else []
    return [*own, *(path.parent for path in found)]


def _groups(sets: Sequence[QuestionSet], limit: int, seed: int) -> Iterator[Group]:
    """Groups of each set; of a set with a document or two every sentence."""
    strangers = ("The recipe takes three eggs, a little butter and a cup of sugar.",)
    for found in sets:
        if len(found.documents) < 3:
            yield from every_group(found.name, found.documents, strangers)
        else:
            yield from groups(found.name, found.documents, limit, seed)


def _plain(tallies: dict[str, Tally]) -> dict[str, list[int]]:
    return {kind: [tally.posted, tally.total] for kind, tally in sorted(tallies.items())}


def _print(told: dict[str, Tally], true: dict[str, Tally], *, show: bool) -> None:
    console = Console(width=110)
    console.print(_table("Lies", "posted", told), _table("True paraphrases", "passed", true))
    if show:
        for kind, tally in (*told.items(), *true.items()):
            for line in tally.shown[:MOST_SHOWN]:
                console.print(f"{kind}: {line}", markup=False, highlight=False)


def _table(title: str, verb: str, tallies: dict[str, Tally]) -> Table:
    table = Table("kind", "sentences", verb, "share (95%)", "stopped by", title=title)
    every = Tally()
    for kind, tally in sorted(tallies.items()):
        _row(table, kind, tally)
        every.total, every.posted = every.total + tally.total, every.posted + tally.posted
    _row(table, "all", every)
    return table


def _row(table: Table, kind: str, tally: Tally) -> None:
    share = Share(tally.posted, tally.total)
    low, high = share.bounds
    gates = ", ".join(f"{name} {n}" for name, n in tally.gates.most_common(4))
    spread = f"{share.value:.3f} ({low:.3f}-{high:.3f})"
    table.add_row(kind, str(tally.total), str(tally.posted), spread, gates)


if __name__ == "__main__":
    sys.exit(main())
