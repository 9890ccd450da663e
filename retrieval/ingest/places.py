"""Which collections a corpus file is in, by the folders in which it lies.

The innermost folder that is named decides. Behind a symbolic link, the place that it leads to
counts as well: a link from an open folder opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from retrieval.errors import UsageError
from retrieval.labels import MAIN

Folders = Mapping[str, Path | None]
"""The folder of each collection: inside the corpus folder if relative; None for one without."""

NO_FOLDERS: Folders = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of all collections on this disk."""

    roots: tuple[tuple[str, Path], ...]
    """Folders to list, with what the sources in them begin with; the corpus folder first."""
    _real: Mapping[Path, str]
    """The collection of each folder, by where the folder really is."""
    _listed: Mapping[Path, str]
    """The same, by the path under which it comes up while the roots are listed."""

    @classmethod
    def of(cls, corpus_dir: Path, folders: Folders) -> Places:
        """Find them; raises `UsageError` if one is missing or its documents' names would clash."""
        real: dict[Path, str] = {}
        listed: dict[Path, str] = {}
        for name, folder in sorted(folders.items()):
            if folder is None:
                continue
            path = corpus_dir / folder
            where = _existing(name, path)
            if real.setdefault(where, name) != name:
                raise UsageError(
                    f"The collections {real[where]} and {name} have the same folder.",
                    "Give each a folder of its own in the collections file.",
                )
            listed |= {path: name, where: name}
            if where.is_relative_to(corpus_dir.resolve()):
                listed[corpus_dir / where.relative_to(corpus_dir.resolve())] = name
        return cls((("", corpus_dir), *_outside(corpus_dir, listed, real)), real, listed)

    def first(self, root: Path) -> frozenset[str]:
        """The collections of what lies directly in a listed folder."""
        return frozenset({self._real.get(root.resolve(), MAIN)})

    def inside(self, path: Path, above: frozenset[str]) -> frozenset[str]:
        """The collections of a file or folder that lies in a folder of the collections `above`."""
        if not self._listed:
            return above
        if path in self._listed:
            return frozenset({self._listed[path]})
        if self._real and path.is_symlink():
            real = path.resolve()
            there = (self._real[p] for p in (real, *real.parents) if p in self._real)
            return above.union(islice(there, 1))
        return above


def _existing(name: str, path: Path) -> Path:
    real = path.resolve()
    if not real.is_dir():
        raise UsageError(
            f"The folder of the collection {name}, {path}, does not exist.",
            "Correct it in the collections file, or mount it; nothing was changed.",
        )
    return real


def _outside(
    corpus_dir: Path, listed: Mapping[Path, str], real: Mapping[Path, str]
) -> Iterator[tuple[str, Path]]:
    """Folders elsewhere that no other one holds."""
    corpus = corpus_dir.resolve()
    for folder, name in real.items():
        is_reached = any(parent == corpus or parent in real for parent in folder.parents)
        # A folder of the corpus may itself be a link to elsewhere: it is listed where it is linked.
        is_linked = any(p.is_relative_to(corpus_dir) for p, n in listed.items() if n == name)
        if is_reached or is_linked or folder == corpus:
            continue
        if (corpus_dir / name).exists():
            raise UsageError(
                f"Documents of the collection {name} would be called as those in "
                f"{corpus_dir / name}.",
                "Rename that folder, or the collection.",
            )
        yield name, folder
