"""`python -m evals.injection`: attacks that got through, by mode; none should."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from evals.injection.attacks import attacks
from evals.injection.trials import Outcome, try_quoting, try_writing

MOST_SHOWN = 40


def main(arguments: Sequence[str] | None = None) -> int:
    """Attack both modes and show what came of it; the status says whether nothing got through."""
    parser = argparse.ArgumentParser(prog="python -m evals.injection", description=__doc__)
    parser.add_argument("--attacks", type=int, default=1_200)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    every = list(attacks(options.attacks, options.seed))
    found = {"quoting": try_quoting(every), "writing": try_writing(every)}
    if options.json:
        sys.stdout.write(json.dumps({mode: asdict(one) for mode, one in found.items()}) + "\n")
    else:
        _print(found)
    return 0 if all(one.is_clean for one in found.values()) else 1


def _print(found: dict[str, Outcome]) -> None:
    table = Table(
        "mode", "attacks", "answered right", "refused", "read by the model", "obeyed", "links",
        "mentions", title="Injection",
    )  # fmt: skip
    console = Console(width=110)
    for mode, one in found.items():
        counts = (one.attacks, one.answered, one.refused, one.reached)
        through = (len(one.obeyed), len(one.links), len(one.mentions))
        table.add_row(mode, *map(str, (*counts, *through)))
    console.print(table)
    for mode, one in found.items():
        for line in (*one.obeyed, *one.links, *one.mentions)[:MOST_SHOWN]:
            console.print(f"{mode}: {line}", markup=False, highlight=False)


if __name__ == "__main__":
    sys.exit(main())
