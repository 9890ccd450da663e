"""The generation that is kept, and how the next one comes to hold what it held."""

from __future__ import annotations

from retrieval.index.writer import CatalogWriter


def kept_generation(catalog: CatalogWriter) -> int | None:
    """The generation before the published one, if there is a way back to it."""
    row = catalog.connection.execute(
        "SELECT max(generation) FROM generations WHERE generation < ?",
        (catalog.published.generation,),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def kept_vectors(catalog: CatalogWriter) -> list[str]:
    """The vectors of the documents that only the kept generation holds."""
    rows = catalog.connection.execute(
        "SELECT DISTINCT p.vector FROM documents d JOIN passages p ON p.document = d.id"
        " WHERE d.to_generation = ? ORDER BY p.vector",
        (catalog.published.generation,),
    )
    return [row[0] for row in rows]


def restore(catalog: CatalogWriter, kept: int) -> None:
    """Give the next generation what the kept one holds, and its failures."""
    published = (catalog.published.generation,)
    newer = catalog.connection.execute(
        "SELECT id FROM documents WHERE to_generation IS NULL AND from_generation = ?", published
    ).fetchall()
    older = catalog.connection.execute(
        "SELECT id, title FROM documents WHERE to_generation = ?", published
    ).fetchall()
    for (document,) in newer:
        catalog.retire_version(document)
    for document, title in older:
        _revive(catalog, document, title)
    catalog.connection.execute(
        "INSERT INTO failures"
        " SELECT ?, source, error, collection, runs, sha256, size, mtime_ns, loader"
        " FROM failures WHERE generation = ?",
        (catalog.next, kept),
    )


def _revive(catalog: CatalogWriter, document: int, title: str) -> None:
    # Moved, not copied: the generation in which it lived before is forgotten in this step, and
    # with the ids of its passages all that is sorted by them comes out as it did then.
    catalog.connection.execute(
        "UPDATE documents SET from_generation = ?, to_generation = NULL WHERE id = ?",
        (catalog.next, document),
    )
    catalog.add_terms(document, title)
