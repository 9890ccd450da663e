"""The documentation is part of the corpus that Onrecord answers from: it has to be true."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from bot.cli import build_parser
from bot.manifest import wanted_scopes
from bot.settings import Settings, variable_names
from bot.slack.app import Limits
from bot.slack.http import PATH
from bot.slack.records import KEEP_ANSWERS_S, KEEP_NOTES_S
from bot.slack.show.answers import help_message
from retrieval.answer.message_claims import MOST_CLAIMS
from retrieval.errors import NoIndexError, OnrecordError, UsageError
from retrieval.ingest.load import SUPPORTED_SUFFIXES, load_file
from retrieval.ingest.split import split
from retrieval.model import Label, Reason

ROOT = Path(__file__).parents[1]
CORPUS = sorted((ROOT / "corpus").glob("*.md"))
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *CORPUS,
    *sorted((ROOT / "docs").rglob("*.md")),
]
HANDBOOK = "\n".join(path.read_text() for path in CORPUS if "briefing" not in path.name)
README = (ROOT / "README.md").read_text()


def default_of(field: str) -> str:
    default = Settings.model_fields[field].default
    if default in (None, ()):
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    return f"{default:g}" if isinstance(default, float) else str(default)


def explanation_of(field: str) -> str:
    return " ".join((Settings.model_fields[field].description or "").split())


def commands() -> dict[str, argparse.ArgumentParser]:
    for action in build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("the parser has no commands")


def code_in(text: str) -> list[str]:
    """What stands in backticks, and the lines of code blocks."""
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
    return [line for block in blocks for line in block.splitlines() if line] + inline


def test_env_example_documents_exactly_the_settings() -> None:
    text = (ROOT / ".env.example").read_text()
    documented = re.findall(r"^# (.+)\n#(\w+)=(.*)$", text, re.MULTILINE)
    assert documented == [
        (explanation_of(field).replace("`", ""), name, default_of(field))
        for field, name in variable_names().items()
    ]


def test_readme_lists_exactly_the_settings() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (?:`(.*?)`|—) \| (.+) \|$", README, re.MULTILINE)
    assert rows == [
        (name, default_of(field), explanation_of(field)) for field, name in variable_names().items()
    ]


@pytest.mark.parametrize(("field", "name"), variable_names().items())
def test_handbook_states_each_setting_with_its_default(field: str, name: str) -> None:
    (sentence,) = re.findall(rf"^- (The setting `{name}` .+)$", HANDBOOK, re.MULTILINE)
    default = default_of(field)
    expected = f"the default is `{default}`." if default else "by default it is empty"
    assert expected in sentence


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_that_is_named_exists(page: Path) -> None:
    names = re.findall(r"\b(?:ONRECORD|SLACK)_[A-Z_]*[A-Z]\b", page.read_text())
    assert set(names) <= set(variable_names().values())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_named_exists(page: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for code in code_in(page.read_text()):
        program, *words = code.split()
        if program == "make" and words:
            assert words[0] in targets, code
        if program == "onrecord" and words:
            assert words[0] in commands(), code
            named = set(re.findall(r"--[a-z-]+", code))
            assert named <= set(commands()[words[0]]._option_string_actions), code


def test_readme_shows_what_the_first_start_prints() -> None:
    passages = sum(len(split(load_file(path, path.name))) for path in CORPUS)
    count = f"{len(CORPUS)} documents, {passages} passages ({len(CORPUS)} added"
    assert f"Generation 1 is published: {count}" in README
    source = (ROOT / "bot" / "serve.py").read_text()
    for line in (
        "No Slack tokens are set: this is a local workspace.",
        "in a browser. Ctrl-C stops.",
    ):
        assert line in README
        assert line in source


def test_readme_lists_every_command_with_all_its_options() -> None:
    rows = {code.split()[1]: code for code in re.findall(r"^\| `(onrecord .+?)` \|", README, re.M)}
    assert rows.keys() == commands().keys()
    for name, command in commands().items():
        for option in command._option_string_actions:
            if option not in ("-h", "--help"):
                assert option in rows[name] or f"`{name} {option}`" in README, (name, option)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_exists(page: Path) -> None:
    text = page.read_text()
    named = [code for code in code_in(text) if re.fullmatch(r"[a-z_]+/[\w./-]*", code)]
    linked = re.findall(r"\]\((?!http)([^)]+)\)", text)
    for path in {*named, *linked} - {"evals/", "answer/", "ingest/", "index/", "scenarios/"}:
        assert (ROOT / path).exists(), path


def test_handbook_lists_every_reason_and_verdict() -> None:
    reasons = re.findall(r"^- The reason `(\w+)` means", HANDBOOK, re.MULTILINE)
    assert sorted(reasons) == sorted(reason.value for reason in Reason)
    assert "one of seven reasons" in HANDBOOK
    assert len(Reason) == 7
    assert all(f"`{label.value}`" in HANDBOOK for label in Label)


def test_handbook_names_every_exit_status() -> None:
    codes = {0, *(error.exit_code for error in (OnrecordError, UsageError, NoIndexError))}
    assert {int(code) for code in re.findall(r"^- Exit status (\d)", HANDBOOK, re.M)} == codes
    assert re.search(r"Exit status 2 .* wrong use", HANDBOOK)
    assert UsageError.exit_code == 2
    assert re.search(r"Exit status 3 .* no usable index", HANDBOOK)
    assert NoIndexError.exit_code == 3


def test_readme_says_what_each_scope_is_for() -> None:
    rows = re.findall(r"^\| ((?:`[a-z_]+:[a-z]+`(?:, )?)+|`commands`) \| .+ \|$", README, re.M)
    assert sorted(re.findall(r"`(.+?)`", " ".join(rows))) == sorted(wanted_scopes())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_word_of_the_slack_command_that_is_named_exists(page: Path) -> None:
    known = re.findall(r"/onrecord (\w+)", help_message("onrecord", is_admin=True).text)
    named = re.findall(r"`/onrecord (\w+)", page.read_text())
    assert set(named) <= set(known)


def test_how_long_things_are_kept_is_stated() -> None:
    for days, what in (
        (Limits().keep_questions_s, "messages put to the bot"),
        (KEEP_ANSWERS_S, "answers with their questions"),
        (KEEP_NOTES_S, "feedback, reported gaps"),
    ):
        assert re.search(rf"^\| {what}.* \| {days / 86400:.0f} days\b", README, re.MULTILINE)
    assert f"its question for {KEEP_ANSWERS_S / 86400:.0f} days" in HANDBOOK
    assert f"acts of admins for {KEEP_NOTES_S / 86400:.0f} days" in HANDBOOK
    assert Limits().keep_questions_s == 7 * 86400
    assert "put to it for seven days" in HANDBOOK


def test_limits_in_words_are_those_of_the_code() -> None:
    assert MOST_CLAIMS == 10
    assert "at most ten claims" in HANDBOOK
    assert Limits().queue == 100
    assert "more than a hundred questions are waiting" in HANDBOOK
    assert f"the path `{PATH}`" in HANDBOOK
    assert f"`{PATH}`" in README


def test_every_format_is_named() -> None:
    assert all(f"`{suffix}`" in README for suffix in SUPPORTED_SUFFIXES)
    assert all(f"`{s}`" in HANDBOOK for s in set(SUPPORTED_SUFFIXES) - {".htm", ".markdown"})


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_every_document_has_title_date_and_origin(path: Path) -> None:
    document = load_file(path, path.name)
    assert document.origin
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", document.date or "")
    assert f"# {document.title}" in document.text


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_every_sentence_can_stand_alone(path: Path) -> None:
    """An answer is whole sentences: none may lean on the one before it."""
    leaning = re.compile(r"(?:It|They|He|She|This|That|These|Those|There|Then|Also|But|And)\b")
    for passage in split(load_file(path, path.name)):
        for sentence in passage.sentences:
            assert not leaning.match(sentence.text), sentence.text
            assert sentence.text.endswith((".", '."', '".')), sentence.text


@pytest.mark.parametrize(
    ("fact", "frame"),
    [
        ("co-chaired by generals", "according to the sources"),
        ("assign commanders", "sources said"),
        ("civilian personnel", "sources said"),
        ("exchange experiences and information", "sources said"),
        ("shared false", "Turkish sources called"),
        ("did not have such a clause", "Center for Combating Disinformation said"),
        ("would end the presence", "denied claims"),
        ("danger to the Kurdistan region", "Fuad Hussein said"),
        ("list of banned parties", "Fuad Hussein added"),
        ("violate its sovereignty", "Iraq has said"),
        ("since 1984", "The news report says"),
        ("before the winter", "Yaşar Güler said"),
        ("38 terrorists", "Zeki Aktürk told"),
        ("1,763", "Zeki Aktürk added"),
        ("may already be underway", "according to the news report"),
    ],
)
def test_the_briefing_keeps_who_said_it(fact: str, frame: str) -> None:
    path = ROOT / "corpus" / "briefing-ankara-baghdad-security-pact.md"
    sentences = [s.text for p in split(load_file(path, path.name)) for s in p.sentences]
    said = [text for text in sentences if fact in text]
    assert said
    assert all(frame.lower() in text.lower() for text in said), said
