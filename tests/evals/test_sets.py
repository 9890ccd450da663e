"""Question sets are read in both formats, and a broken one is named."""

import json

import pytest

from evals.corpus import write_corpus
from evals.sets import Kind, read_set
from retrieval.errors import UsageError
from retrieval.ingest.load import load_file
from retrieval.model import Label, Turn

QUESTIONS = [
    {
        "id": "q1",
        "question": "When did it begin?",
        "kind": "answerable",
        "answers": ["1973"],
        "label": None,
        "evidence": ["wiki-1#0"],
        "meta": {"history": [{"speaker": "user", "text": "Hello"}]},
    },
    {"id": "q2", "question": "Why?", "kind": "unanswerable", "evidence": []},
    {"id": "q3", "question": "So.", "kind": "claim", "label": "contradicted", "evidence": ["d2"]},
    {
        "id": "q4",
        "question": "Partly so.",
        "kind": "claim",
        "label": None,
        "meta": {"original_label": "partially_supported"},
    },
]
DOCUMENTS = [
    {"id": "wiki-1#0", "title": 'The "oil": a crisis', "text": "It began in 1973."},
    {"id": "d2", "title": "", "text": "It ended.\n\nLater."},
]


def write_lines(path, lines):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def counted(tmp_path):
    folder = tmp_path / "oil"
    folder.mkdir()
    write_lines(folder / "documents.jsonl", DOCUMENTS)
    write_lines(folder / "questions.jsonl", QUESTIONS)
    return folder


@pytest.fixture
def graded(tmp_path):
    folder = tmp_path / "seed"
    folder.mkdir()
    (folder / "news.txt").write_bytes("Été:\r\nThe pact holds.".encode())
    (folder / "README.md").write_text("About this set")
    line = {
        "id": "s1",
        "kind": "false_premise",
        "question": "Why not?",
        "expect": [["yes", "no"]],
        "evidence": ["pact"],
    }
    write_lines(folder / "questions.jsonl", [line])
    return folder


def test_questions_know_their_evidence_by_file_name(counted):
    found = read_set(counted)
    first = found.questions[0]
    assert (found.name, found.graded) == ("oil", False)
    assert first.kind is Kind.ANSWERABLE
    assert first.answers == ("1973",)
    assert first.history == (Turn("user", "Hello"),)
    assert first.evidence == {found.documents[0].file_name}


def test_claims_know_whether_they_are_supported(counted):
    *_, contradicted, partly = read_set(counted).questions
    assert (contradicted.label, contradicted.supported) == (Label.CONTRADICTED, False)
    assert (partly.label, partly.supported) == (None, False)


def test_a_yes_or_no_is_not_looked_for_in_quotations(counted):
    line = {**QUESTIONS[0], "answers": ["no"], "meta": {"yes_no": True}}
    write_lines(counted / "questions.jsonl", [line])
    assert read_set(counted).questions[0].answers == ()


def test_documents_become_files_that_load_with_title_and_text(counted, tmp_path):
    found = read_set(counted)
    folder = write_corpus(found.documents, tmp_path / "home") / "corpus"
    first, second = (load_file(folder / d.file_name, d.file_name) for d in found.documents)
    assert first.title == 'The "oil": a crisis'
    assert [first.text[b.start : b.end] for b in first.blocks] == ["It began in 1973."]
    assert second.text == "It ended.\n\nLater."


def test_a_corpus_is_written_once_and_known_by_its_content(counted, tmp_path):
    documents = read_set(counted).documents
    first = write_corpus(documents, tmp_path / "home")
    marked = first / "corpus" / documents[0].file_name
    marked.write_text("touched")
    assert write_corpus(reversed(documents), tmp_path / "home") == first
    assert marked.read_text() == "touched"
    assert write_corpus(documents[:1], tmp_path / "home") != first


def test_a_corpus_half_written_is_written_again(counted, tmp_path):
    documents = read_set(counted).documents
    folder = write_corpus(documents, tmp_path / "home")
    (folder / "complete").unlink()
    (folder / "corpus" / documents[0].file_name).unlink()
    assert (write_corpus(documents, tmp_path / "home") / "corpus" / documents[0].file_name).exists()


def test_graded_sets_keep_documents_byte_for_byte(graded):
    found = read_set(graded)
    assert found.graded
    assert [d.file_name for d in found.documents] == ["news.txt"]
    assert found.documents[0].content == "Été:\r\nThe pact holds."
    question = found.questions[0]
    assert question.kind is Kind.FALSE_PREMISE
    assert (question.expect, question.quoted) == ((("yes", "no"),), ("pact",))
    assert question.evidence == frozenset()


def test_distractors_are_added_to_the_documents_only(graded, counted):
    pooled = read_set(graded).among(read_set(counted))
    assert len(pooled.documents) == 3
    assert [q.id for q in pooled.questions] == ["s1"]
    assert (pooled.name, pooled.graded) == ("seed among oil", True)


def test_a_sample_keeps_the_order_and_repeats(counted):
    found = read_set(counted)
    drawn = found.sample(2, seed=1)
    assert drawn == found.sample(2, seed=1)
    ids = [q.id for q in drawn.questions]
    assert len(ids) == 2
    assert ids == sorted(ids)
    assert found.sample(99, seed=1) is found
    assert {q.id for seed in range(20) for q in found.sample(1, seed).questions} == {
        q.id for q in found.questions
    }


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ('{"id": "q1"', "line 1"),
        ('{"id": "q1", "kind": "riddle", "question": "?"}', "kind"),
        ("", "no documents or no questions"),
    ],
)
def test_a_broken_set_is_named(counted, broken, said):
    (counted / "questions.jsonl").write_text(broken)
    with pytest.raises(UsageError, match=said):
        read_set(counted)


def test_missing_parts_are_named(tmp_path, counted):
    with pytest.raises(UsageError, match="not a folder"):
        read_set(tmp_path / "nowhere")
    (counted / "questions.jsonl").unlink()
    with pytest.raises(UsageError, match=r"questions\.jsonl does not exist"):
        read_set(counted)
    with pytest.raises(UsageError, match="sample of 0"):
        read_set_with_questions(counted).sample(0, seed=0)


def read_set_with_questions(folder):
    write_lines(folder / "questions.jsonl", QUESTIONS)
    return read_set(folder)
