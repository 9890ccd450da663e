"""`python -m evals DIR`: measure without the command line of the bot."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evals.command import run_eval
from retrieval.errors import OnrecordError


def main() -> int:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m evals")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--among", type=Path)
    parser.add_argument("--data-dir", type=Path)
    try:
        run_eval(**vars(parser.parse_args()))
    except OnrecordError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
