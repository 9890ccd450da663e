"""Made-up organisations: documents, people, channels, audiences, and who may see what there.

Who may see what is decided here reader by reader, by the promise, not by the code's rules: what is
shown to several must be open to each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.audiences import Audience, Collections
from retrieval.labels import MAIN, label, names_in
from tests.bot.slack.people import People

NAMED = ("hr", "board", "legal", "press", "tagged")
USERS = tuple(f"U1{n}" for n in range(6))
GROUPS = ("S31", "S32")
CHANNELS = ("C21", "C22", "C23", "C24")
OWNERS = "C24"
OUTSIDER = "UOUTSIDE"
"""Somebody of another organisation, in a channel that is shared with it."""
_SILENT = ("guests", "groups", "shared", "readers")
_SYLLABLES = "ba do fe gi ku lo mi na po ru sa te vu wo ze xi".split()
_SUBJECTS = ("gate", "bonus", "contract", "garden", "network", "canteen")


@dataclass(frozen=True, slots=True)
class Secret:
    """A document and the words that stand in no other one."""

    source: str
    label: str
    words: tuple[str, ...]
    rumour: str
    """A word of it, of this document alone too, that people have heard and ask about."""
    subject: str


@dataclass(slots=True)
class World:
    """One organisation at one moment."""

    people: People
    collections: Collections
    readers: dict[str, frozenset[str]] = field(default_factory=dict)
    """Who reads in each channel, those from outside included."""

    def may_see(self, reader: str, name: str, place: str, *, asks: bool) -> bool:
        """Whether one reader may see a collection, shown in a channel or to them alone."""
        audience = self.collections.audiences.get(name)
        if audience is None:
            return False
        if name == MAIN and name not in self.collections.named and place and not asks:
            return reader != OUTSIDER  # without a word on it, guests may read along
        if (reader == OUTSIDER or reader in self.people.guests) and not audience.guests:
            return False
        groups = self.people.groups_of_anyway(reader)
        is_reader = audience.everyone or reader in audience.people or groups & {*audience.groups}
        return bool(is_reader) or place in audience.channels

    def is_open(self, secret: Secret, readers: frozenset[str], place: str, asker: str) -> bool:
        """Whether a document may be shown to all of them."""
        return all(
            self.may_see(reader, name, place, asks=reader == asker)
            for reader in readers
            for name in names_in(secret.label)
        )


def write_corpus(folder: Path) -> tuple[list[Secret], Mapping[str, Path | None]]:
    """Write the documents; returns them and the folders of the collections."""
    elsewhere = folder.parent / "elsewhere"
    folders = {"hr": Path("hr"), "board": Path("hr/board"), "legal": elsewhere, "press": Path("p")}
    places = [(folder, "", MAIN), (folder / "hr", "hr/", "hr")]
    places += [(folder / "hr/board", "hr/board/", "board"), (elsewhere, "legal/", "legal")]
    places += [(folder / "p", "p/", "press")]
    words, secrets = _words(), []
    for real, prefix, name in places:
        real.mkdir(parents=True, exist_ok=True)
        for named in (None, None, "tagged"):
            title, heading, file, first, second, rumour = (next(words) for _ in range(6))
            subject = _SUBJECTS[len(secrets) % len(_SUBJECTS)]
            front = f"collection: {named}\n" if named else ""
            (real / f"{file}.md").write_text(
                f"---\ntitle: {title} guide\n{front}---\n\n## {heading} rules\n\n"
                f"The {subject} opens at nine for {first}. The gate and the {subject} are "
                f"paid by {second} in March. {rumour} is known.\n"
            )
            where = label([name, named] if named else [name])
            both = (title, heading, file, first, second)
            secrets.append(Secret(f"{prefix}{file}.md", where, both, rumour, subject))
    return secrets, folders | {"tagged": None}


def worlds(random: Random) -> Iterator[World]:
    """One organisation at several moments: audiences, groups and channels change."""
    people = People()
    while True:
        guests = frozenset(random.sample(USERS[1:], random.randint(0, 2)))
        groups = {group: _some(random, USERS) for group in GROUPS}
        shared = frozenset(c for c in CHANNELS if random.random() < 0.15)
        readers = {c: _some(random, USERS) | {random.choice(USERS)} for c in CHANNELS}
        silent = frozenset([random.choice(_SILENT)]) if random.random() < 0.15 else frozenset()
        people = People(guests, groups, shared, readers, silent)
        outside = {c: r | ({OUTSIDER} if c in shared else set()) for c, r in readers.items()}
        yield World(people, _collections(random), outside)


def _collections(random: Random) -> Collections:
    if random.random() < 0.1:
        return Collections()
    names = [name for name in (*NAMED, MAIN) if random.random() < (0.4 if name == MAIN else 0.9)]
    return Collections({name: _audience(random) for name in names}, is_set=True)


def _audience(random: Random) -> Audience:
    return Audience(
        channels=tuple(sorted(_some(random, CHANNELS, 0.3))),
        groups=tuple(sorted(_some(random, GROUPS, 0.3))),
        people=tuple(sorted(_some(random, USERS, 0.3))),
        everyone=random.random() < 0.3,
        guests=random.random() < 0.3,
    )


def _some(random: Random, of: tuple[str, ...], share: float = 0.5) -> frozenset[str]:
    return frozenset(one for one in of if random.random() < share)


def _words() -> Iterator[str]:
    """Words that stand in no dictionary, each once."""
    random, seen = Random(7), set()
    while True:
        word = "".join(random.sample(_SYLLABLES, 4)).capitalize()
        if word not in seen:
            seen.add(word)
            yield word
