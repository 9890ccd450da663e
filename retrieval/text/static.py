"""The packaged static model: a tokenizer and one vector a token, with numpy only and offline."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from model2vec import StaticModel

WEIGHTS = Path(__file__).parents[1] / "weights" / "static"


@cache
def load_static_model() -> StaticModel:
    """Load the packaged token vectors (0.1 s, 8 MB), once a process.

    From several threads use `tokenize`, never `encode`: that one sets the tokenizer's limit anew
    for each call, which fails while another thread is tokenizing.
    """
    if not (WEIGHTS / "model.safetensors").is_file():
        # Given a folder that is not there, the library would try a download.
        raise FileNotFoundError(f"The packaged weights are missing: {WEIGHTS}")
    return StaticModel.from_pretrained(WEIGHTS)
