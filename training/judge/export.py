"""Write the trained judges as int8 ONNX files, and the word vectors that both share.

    python -m training.judge.export --checkpoint MODEL.onnx --work WORK_FOLDER --out FOLDER

Word vectors are not trained, so both judges use one int8 table, exactly as the checkpoint stores
it; the ONNX files begin behind it. Weights keep seven bits: on processors without VNNI products
of eight saturate, and the figures would depend on the machine.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.judge import checkpoint
from training.judge.model import Judge

VERDICTS = {"answers": 1, "supports": 3}


def main() -> None:
    """Export what has been trained."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    weights = checkpoint.read(options.checkpoint)
    shutil.copy(options.checkpoint.with_name("tokenizer.json"), options.out / "tokenizer.json")
    table, scale, zero = checkpoint.words(options.checkpoint)
    np.savez(options.out / "words.npz", table=table, scale=scale, zero=zero)
    for name, verdicts in VERDICTS.items():
        judge = Judge(weights, verdicts, span=name == "answers")
        state = torch.load(options.work / f"{name}.pt", weights_only=False)
        judge.load_state_dict(state["judge"])
        export(judge.eval(), options.out / f"{name}.onnx")


def export(judge: Judge, file: Path) -> None:
    """Write one judge; its inputs are word vectors, types and mask."""
    names = ["pair", "start", "end"] if judge.span is not None else ["pair"]
    inputs = (
        torch.zeros(2, 16, checkpoint.WIDTH),
        torch.zeros(2, 16).long(),
        torch.ones(2, 16).long(),
    )
    dynamic = {n: {0: "pairs", 1: "tokens"} for n in ("vectors", "types", "mask")}
    with tempfile.TemporaryDirectory() as folder:
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        judge.bert.set_attn_implementation("eager")
        torch.onnx.export(
            judge, inputs, str(whole), dynamo=False, opset_version=17,
            input_names=["vectors", "types", "mask"], output_names=names, dynamic_axes=dynamic,
        )  # fmt: skip
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready), str(file), weight_type=QuantType.QInt8, per_channel=True,
            reduce_range=True, op_types_to_quantize=["MatMul", "Gemm"],
            extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
    model = onnx.load(str(file))
    model.ClearField("producer_name")
    model.doc_string = ""
    onnx.save(model, str(file))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
