from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import prompts
from prompts.loading import load_prompt

FILES = sorted(Path(prompts.__file__).parent.glob("*.txt"))


def test_there_are_prompts() -> None:
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_prompt_says_its_purpose_and_is_known_by_its_hash(file: Path) -> None:
    prompt = load_prompt(file.stem)
    assert prompt.purpose
    assert "Purpose" not in prompt.text
    assert prompt.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_places_are_filled() -> None:
    filled = load_prompt("writing_repair").filled({"problem": "It was empty."})
    assert "could not be read: It was empty." in filled


def test_a_value_that_looks_like_a_place_is_no_place() -> None:
    filled = load_prompt("writing_repair").filled({"problem": "{{problem}}"})
    assert "{{problem}}" in filled


@pytest.mark.parametrize("values", [{}, {"problem": "x", "other": "y"}])
def test_values_that_do_not_fit_the_places_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        load_prompt("writing_repair").filled(values)


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        load_prompt("nothing")
