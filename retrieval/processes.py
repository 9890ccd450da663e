"""Starting a module of ours as another process, wherever the checkout and the caller stand."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
BACKGROUND_NICENESS = 10
"""Of a run that works while questions are answered: it takes what time they leave."""


def module_command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module; a file in the current folder cannot take a name from it."""
    return [sys.executable, "-P", "-m", module, *arguments]


def module_environment() -> dict[str, str]:
    """This process's environment, in which our modules are found."""
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
