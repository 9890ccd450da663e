from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.embeddings import Embeddings

from retrieval.errors import EmbeddingError, UsageError
from retrieval.index.embeddings import LangChainEmbedder, StaticEmbedder, open_embedder
from retrieval.text.static import WordPieces, load_static_model

# Without "[": the tokenizer takes "[UNK]" for its own mark, we take it for three words of a text.
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="[")
TEXTS = st.text(LETTERS | st.sampled_from(" \n\tİßﬁé"))


@settings(deadline=None, max_examples=300)
@given(st.lists(TEXTS, max_size=5))
def test_remembered_words_give_the_tokenizers_own_pieces(texts: list[str]) -> None:
    model = load_static_model()
    assert WordPieces(model).of(texts) == model.tokenize(texts)


WORDS = [token for token in load_static_model().tokens if "[" not in token]


@given(st.lists(st.sampled_from(WORDS), max_size=20))
def test_words_that_are_pieces_themselves_give_the_same_pieces(words: list[str]) -> None:
    model = load_static_model()
    texts = [" ".join(words), " ".join(words).title()]
    assert WordPieces(model).of(texts) == model.tokenize(texts)


def test_long_texts_are_cut_as_the_tokenizer_cuts_them() -> None:
    model = load_static_model()
    text = "Pseudopseudohypoparathyroidism, twice. " * 200
    assert WordPieces(model).of([text]) == model.tokenize([text])
    assert len(WordPieces(model).of([text])[0]) == 512


@pytest.mark.parametrize(
    ("one", "other"),
    [("Erdoğan", "Erdogan"), ("TÜRKİYE", "turkiye"), ("Ağrı", "agri"), ("Łódź", "lodz")],
)
def test_letters_with_and_without_marks_are_the_same(one: str, other: str) -> None:
    embedder = StaticEmbedder()
    assert np.array_equal(embedder.embed_query(one), embedder.embed_query(other))


@settings(deadline=None)
@given(TEXTS)
def test_every_text_has_a_unit_vector(text: str) -> None:
    vector = StaticEmbedder().embed_query(text)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_texts_without_any_known_word_are_not_all_the_same() -> None:
    embedder = StaticEmbedder()
    texts = ["สวัสดีชาวโลก", "ภาษาไทย", "తెలుగు భాష", "🙂", ""]
    rows = embedder.embed_documents(texts)
    assert np.abs(rows @ rows.T - np.eye(len(texts))).max() < 0.3
    assert np.array_equal(embedder.embed_query("ภาษาไทย"), rows[1])


def test_nearer_in_meaning_is_nearer() -> None:
    embedder = StaticEmbedder()
    question = embedder.embed_query("How much does the car cost?")
    near, far = embedder.embed_documents(["The price of the vehicle is high.", "Cats sleep a lot."])
    assert question @ near > question @ far + 0.1


def test_embedding_from_several_threads_at_once() -> None:
    embedder = StaticEmbedder()
    texts = [f"Report number {n} about bridge{n} and road{n}" for n in range(400)]
    expected = StaticEmbedder().embed_documents(texts)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(embedder.embed_documents, [[text] for text in texts]))
    assert np.array_equal(np.concatenate(found), expected)


def test_no_texts_give_no_rows() -> None:
    assert StaticEmbedder().embed_documents([]).shape == (0, 256)


def test_loading_the_static_model_imports_no_deep_learning() -> None:
    code = (
        "import sys; from retrieval.text.static import load_static_model; load_static_model();"
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'onnxruntime')))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


class Scripted(Embeddings):
    """Embeds as it is told, and remembers how large its batches were."""

    def __init__(self, answer: list[float] | Exception, *, drop: int = 0) -> None:
        self.answer = answer
        self.drop = drop
        self.batches: list[int] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.batches.append(len(texts))
        if isinstance(self.answer, Exception):
            raise self.answer
        return [self.answer] * (len(texts) - self.drop)

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def test_langchain_vectors_come_in_batches_and_at_unit_length() -> None:
    model = Scripted([3.0, 4.0])
    embedder = LangChainEmbedder("fake:model", model)
    rows = embedder.embed_documents(["text"] * 300)
    assert model.batches == [128, 128, 44]
    assert np.allclose(rows, [[0.6, 0.8]] * 300)
    assert embedder.dimension == 2


@pytest.mark.parametrize(
    "model",
    [
        Scripted(RuntimeError("quota used up")),
        Scripted([0.0, 0.0]),
        Scripted([float("nan"), 1.0]),
        Scripted([1.0, 0.0], drop=1),
    ],
)
def test_a_failing_model_says_which_one_and_what_to_do(model: Scripted) -> None:
    with pytest.raises(EmbeddingError, match=r"fake:model failed: .* Check its key"):
        LangChainEmbedder("fake:model", model).embed_documents(["one", "two"])


def test_a_missing_provider_package_is_named_with_its_pip_line() -> None:
    with pytest.raises(EmbeddingError, match="pip install"):
        open_embedder("ollama:nomic-embed-text")


def test_an_unknown_or_missing_provider_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="names no provider"):
        open_embedder("text-embedding-3-small")
    with pytest.raises(UsageError, match="nonsense"):
        open_embedder("nonsense:model")
