"""The collections file: which parts of the corpus have names of their own, and who may see each.

    [hr]
    folder = "hr"                # inside the corpus folder, or anywhere on this machine
    groups = ["S012AB3CD"]       # user groups of Slack
    people = ["U012AB3CD"]
    channels = ["C012AB3CD"]     # whoever reads there may see it

    [handbook]
    folder = "/srv/handbook"
    everyone = true              # every full member of the workspace
    guests = true                # and its guests, and who reads along from other organisations

A collection that names nobody is seen by nobody. What lies in no named folder is called main.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from bot.settings import ChannelId, UserId
from retrieval.errors import UsageError
from retrieval.labels import MAIN, NAME

_LONG_MAIN = "it is what lies in no other collection's folder, so it has none of its own"


def _group_id(value: str) -> str:
    if not re.fullmatch(r"S[A-Z0-9]{2,}", value):
        raise ValueError(
            f"{value!r} is not the id of a user group, which begins with S, for instance "
            "S012AB3CD; in the group's menu ⋮, Copy group ID"
        )
    return value


def _folder(path: Path) -> Path:
    path = path.expanduser()
    if ".." in path.parts:
        raise ValueError("a folder inside the corpus folder, or its whole path, without ..")
    return path


class Audience(BaseModel):
    """Who may see a collection, and where its documents lie."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    folder: Annotated[Path, AfterValidator(_folder)] | None = None
    channels: tuple[ChannelId, ...] = ()
    groups: tuple[Annotated[str, AfterValidator(_group_id)], ...] = ()
    people: tuple[UserId, ...] = ()
    everyone: bool = False
    guests: bool = False

    @property
    def is_nobody(self) -> bool:
        """Whether nobody at all may see it."""
        return not (self.everyone or self.channels or self.groups or self.people)


@dataclass(frozen=True, slots=True)
class Collections:
    """All collections by name, the main one included."""

    named: Mapping[str, Audience] = field(default_factory=dict)
    """As the file names them."""
    is_set: bool = False
    """Whether there is a file."""

    @property
    def folders(self) -> dict[str, Path | None] | None:
        """The folder of each; None without a file."""
        if not self.is_set:
            return None
        return {name: one.folder for name, one in self.named.items() if name != MAIN}

    @property
    def audiences(self) -> dict[str, Audience]:
        """Who may see each; the main one is for every member unless the file says otherwise."""
        return {MAIN: Audience(everyone=True), **self.named}

    @property
    def unseen(self) -> list[str]:
        """Those that nobody may see."""
        return [name for name, audience in self.named.items() if audience.is_nobody]

    @property
    def heeds_readers_of_main(self) -> bool:
        """Whether guests who only read along count for the main collection.

        They do where the file speaks of it. Without, all is as if there were no collections: a
        member who asks in a channel is answered there.
        """
        return MAIN in self.named


def read_collections(path: Path | None) -> Collections:
    """Read the file; raises `UsageError` with what to write. None: there is no file."""
    if path is None:
        return Collections()
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"The collections file {path} cannot be read: {error}.",
            "Correct it, or the path in ONRECORD_COLLECTIONS; until then nobody sees anything.",
        ) from None
    return Collections({name: _audience(path, name, e) for name, e in entries.items()}, is_set=True)


def _audience(path: Path, name: str, entries: Any) -> Audience:
    if not isinstance(entries, dict):
        raise _wrong(path, f"{name} stands outside of a collection", "Write [name] above it.")
    if not NAME.fullmatch(name):
        raise _wrong(
            path,
            f"a collection cannot be called {name!r}",
            "Use small letters, digits, - and _, at most 40.",
        )
    if name == MAIN and "folder" in entries:
        raise _wrong(path, f"[main] has a folder, but {_LONG_MAIN}", "Remove the line.")
    try:
        return Audience.model_validate(entries)
    except ValidationError as error:
        raise _explained(path, name, error) from None


def _explained(path: Path, name: str, error: ValidationError) -> UsageError:
    problem = error.errors(include_input=False, include_url=False)[0]
    key = str(problem["loc"][0])
    if problem["type"] == "extra_forbidden":
        close = get_close_matches(key, Audience.model_fields, n=1)
        known = ", ".join(Audience.model_fields)
        return _wrong(
            path,
            f"[{name}] has the unknown key {key}",
            f"Did you mean {close[0]}?" if close else f"There are {known}.",
        )
    said = problem["msg"].removeprefix("Value error, ")
    return _wrong(path, f"{key} of [{name}]: {said}", "Correct it.")


def _wrong(path: Path, what: str, remedy: str) -> UsageError:
    return UsageError(f"In the collections file {path}, {what}.", remedy)
