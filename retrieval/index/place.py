"""Where the vectors are kept: in a folder beside the catalog, or by a Chroma server.

A small file beside the catalog says which edition of them is in use. Compacting writes a new
edition and then replaces that file, in one step.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from retrieval.errors import IndexDamagedError


@dataclass(frozen=True, slots=True)
class Edition:
    """Which vectors are in use."""

    owner: str
    """Tells the collections of one data folder from those of others on the same server."""
    number: int

    @property
    def prefix(self) -> str:
        """How the names of all collections of this data folder begin."""
        return f"passages-{self.owner}-"

    def collection(self, vectors: str) -> str:
        """The name of the collection that holds the vectors of one embedder."""
        return f"{self.prefix}{vectors}-{self.number}"

    @property
    def following(self) -> Edition:
        """The one that takes its place."""
        return Edition(self.owner, self.number + 1)


@dataclass(frozen=True, slots=True)
class Place:
    """The place of the vectors of one data folder."""

    data_dir: Path
    url: str | None = None
    """The address of the Chroma server that keeps them, if one does."""

    def __str__(self) -> str:
        """The folder or the server, as a message names it: without a password."""
        if self.url is None:
            return str(self.folder)
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    @property
    def folder(self) -> Path:
        """Holds a folder for each edition, where Chroma runs in this process."""
        return self.data_dir / "chroma"

    def files(self, edition: Edition) -> Path:
        """Chroma's files of one edition: it is deleted whole when another has taken its place."""
        return self.folder / str(edition.number)

    @property
    def lock_file(self) -> Path:
        """Held by whoever writes the vectors."""
        return self.data_dir / "chroma.lock"

    @property
    def is_there(self) -> bool:
        """Whether there may be vectors; of a server only it can say."""
        edition = self.edition()
        if edition is None or self.url is not None:
            return edition is not None
        return (self.files(edition) / "chroma.sqlite3").is_file()

    def edition(self) -> Edition | None:
        """The edition that is in use; None before the first run."""
        try:
            stored = json.loads(self._edition_file.read_text(encoding="utf-8"))
            return Edition(str(stored["owner"]), int(stored["number"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise IndexDamagedError(
                f"{self._edition_file} cannot be read ({type(error).__name__}).",
                f"Delete {self._edition_file}, then run `onrecord index`.",
            ) from error

    def edition_to_write(self) -> Edition:
        """The edition that is in use; the first one begins here."""
        found = self.edition()
        if found is None:
            found = Edition(uuid4().hex[:12], 1)
            self.use(found)
        return found

    def use(self, edition: Edition) -> None:
        """Have readers turn to this edition, in one step."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        new = self._edition_file.with_suffix(".new")
        text = json.dumps({"owner": edition.owner, "number": edition.number})
        new.write_text(text, encoding="utf-8")
        new.replace(self._edition_file)

    def note_compared(self, collection: str, generation: int) -> None:
        """Note for the next run: this collection holds this generation's vectors and no others."""
        with suppress(OSError):
            self._compared_file.write_text(f"{collection} {generation}", encoding="utf-8")

    def take_compared(self, collection: str) -> int | None:
        """The generation that was noted, unless somebody has opened the vectors to write since.

        The note is gone from now on: nobody knows what a run that dies has written.
        """
        try:
            noted, generation = self._compared_file.read_text(encoding="utf-8").split()
            found = int(generation) if noted == collection else None
        except (OSError, ValueError):
            found = None
        self._compared_file.unlink(missing_ok=True)
        return found

    def begin_anew(self) -> None:
        """Leave the vectors that are there and cannot be used; the next ones are made again."""
        edition = self.edition_to_write()
        self.use(edition.following)
        self.discard(edition)

    def discard(self, edition: Edition) -> None:
        """Delete the files of an edition that is not in use, as far as that is possible."""
        if self.url is None:
            shutil.rmtree(self.files(edition), ignore_errors=True)

    @property
    def _compared_file(self) -> Path:
        return self.data_dir / "vectors.compared"

    @property
    def _edition_file(self) -> Path:
        return self.data_dir / "vectors.json"
