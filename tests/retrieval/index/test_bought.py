"""What a provider was paid for is not bought again."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import EmbeddingError
from retrieval.index.bought import FILE, RememberingEmbedder
from retrieval.ingest.pipeline import index_corpus
from tests.retrieval.ingest.home import ALLOWED, CountingEmbedder, Home


@pytest.fixture
def provider() -> CountingEmbedder:
    return CountingEmbedder()


def test_a_text_is_bought_once_also_by_another_process(
    tmp_path: Path, provider: CountingEmbedder
) -> None:
    texts = ["one bridge", "two bridges", "one bridge"]
    first = RememberingEmbedder(provider, tmp_path).embed_documents(texts)
    assert provider.texts == 2
    again = RememberingEmbedder(provider, tmp_path).embed_documents([*texts, "three"])
    assert provider.texts == 3
    np.testing.assert_array_equal(first, again[:3])
    np.testing.assert_array_equal(first, CountingEmbedder().embed_documents(texts))
    assert RememberingEmbedder(provider, tmp_path).embed_documents([]).shape[0] == 0


def test_another_model_has_its_own_vectors(tmp_path: Path, provider: CountingEmbedder) -> None:
    RememberingEmbedder(provider, tmp_path).embed_documents(["one bridge"])
    other = CountingEmbedder()
    other.name = "other:model"
    RememberingEmbedder(other, tmp_path).embed_documents(["one bridge"])
    assert other.texts == 1


def test_what_was_bought_before_a_failure_is_kept(
    tmp_path: Path, provider: CountingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.index.bought._AT_ONCE", 2)
    embedder = RememberingEmbedder(provider, tmp_path)
    embed = provider.embed_documents

    def fail_at_last(texts: list[str]) -> object:
        provider.fails = "5" in texts
        return embed(texts)

    monkeypatch.setattr(provider, "embed_documents", fail_at_last)
    with pytest.raises(EmbeddingError):
        embedder.embed_documents(["1", "2", "3", "4", "5"])
    embedder.embed_documents(["1", "2", "3", "4"])
    assert provider.texts == 4


def test_the_oldest_are_forgotten_when_there_are_too_many(
    tmp_path: Path, provider: CountingEmbedder
) -> None:
    embedder = RememberingEmbedder(provider, tmp_path, most_bytes=3 * 4 * provider.dimension)
    for text in ("1", "2", "3", "4"):
        embedder.embed_documents([text])
    embedder.embed_documents(["2", "3", "4"])
    assert provider.texts == 4
    embedder.embed_documents(["1"])
    assert provider.texts == 5


def test_a_document_that_comes_back_and_an_index_built_anew_cost_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)

    def run() -> int:
        before = home.embedder.texts
        embedder = RememberingEmbedder(home.embedder, home.data)
        index_corpus(home.corpus, home.data, embedder=embedder, options=ALLOWED)
        return home.embedder.texts - before

    home.data.mkdir()
    for name in "abc":
        home.write(f"{name}.txt", f"The document {name} counts ships.")
    assert run() == 3
    (home.corpus / "a.txt").unlink()
    assert run() == 0
    home.write("b.txt", "The document b counts boats.")
    assert run() == 1
    assert len(home.vectors()) == 3  # a is forgotten by now
    home.write("a.txt", "The document a counts ships.")
    assert run() == 0
    home.roll_back()
    for path in home.data.iterdir():
        if path.name != FILE:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert run() == 0
    assert home.served().keys() == {"a.txt", "b.txt", "c.txt"}
