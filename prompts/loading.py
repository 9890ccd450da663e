"""Loading: a prompt by its name, with the hash by which a trace names the words that were sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_PURPOSE = "# Purpose: "
_PLACE = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """The words for a chat model as they stand in a file, with places to fill: `{{name}}`."""

    name: str
    purpose: str
    text: str
    sha256: str
    """Of the whole file."""

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with a value in each place.

        Raises `KeyError` where the values are not exactly those that the prompt has places for. A
        value is put in as it is: what looks like a place in it stays what it is.
        """
        places = set(_PLACE.findall(self.text))
        if places != values.keys():
            raise KeyError(f"the prompt {self.name} has the places {sorted(places)}")
        return _PLACE.sub(lambda match: values[match[1]], self.text)


@cache
def load_prompt(name: str) -> Prompt:
    """Read `prompts/NAME.txt`: a first line that says its purpose, then the words to send."""
    content = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    first, _, text = content.partition("\n")
    if not first.startswith(_PURPOSE) or not text.strip():
        raise ValueError(f"the prompt {name} begins with no line {_PURPOSE!r}, or says nothing")
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
    return Prompt(name, first.removeprefix(_PURPOSE), text.strip(), digest)
