"""Write tuned weights as a GGUF file again: the head of the file they came from, with their numbers."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from textwright.errors import ModelError
from textwright.train.lora_base import field_of, gguf_reader

GgufPrecision = Literal["q8_0", "f16"]
# What the writer says itself, and what is no longer true of other weights.
OWN = ("GGUF.", "general.architecture", "general.file_type", "general.name", "general.quantization_version")
Floats = NDArray[np.float32]


def write_gguf(network: Any, source: Path, target: Path, *, name: str, precision: GgufPrecision = "q8_0") -> None:
    """Write a network of the llama family. `source` is the GGUF file that it was read from.

    Raise `ModelError` when the disk is full, or when the network is not that of the file. What was begun then
    stays behind: write into a folder that is thrown away.
    """
    reader = gguf_reader(source)
    weights = by_gguf_name(network, reader)
    needed = sum(value.size for value in weights.values()) * (1.07 if precision == "q8_0" else 2)
    _refuse_small_disk(target, int(needed))
    try:
        _write(reader, weights, target, name, precision)
    except OSError as error:
        raise ModelError(f"{target}: the weights cannot be written: {error.strerror or error}") from error


def _refuse_small_disk(target: Path, needed: int) -> None:
    free = shutil.disk_usage(target.parent).free
    if free < needed:
        raise ModelError(f"{target}: the weights need {needed / 1e6:.0f} MB, the disk has {free / 1e6:.0f} MB left")


def _write(reader: Any, weights: Mapping[str, Floats], target: Path, name: str, precision: GgufPrecision) -> None:
    import gguf

    kind = gguf.LlamaFileType.MOSTLY_Q8_0 if precision == "q8_0" else gguf.LlamaFileType.MOSTLY_F16
    writer = gguf.GGUFWriter(str(target), str(field_of(reader, "general.architecture", "llama")))
    writer.add_name(name)
    writer.add_file_type(kind)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    for field in reader.fields.values():
        if not field.name.startswith(OWN):
            inner = field.types[-1] if field.types[0] == gguf.GGUFValueType.ARRAY else None
            writer.add_key_value(field.name, field.contents(), field.types[0], sub_type=inner)
    for tensor in reader.tensors:
        values = weights[tensor.name]
        of = precision_of(values, precision)
        writer.add_tensor(tensor.name, gguf.quants.quantize(values, of), raw_dtype=of)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def precision_of(values: Floats, precision: GgufPrecision) -> Any:
    """Choose the type of a tensor: vectors stay exact, and rows that blocks of 32 do not fill are halved."""
    import gguf

    types = gguf.GGMLQuantizationType
    if values.ndim == 1:
        return types.F32
    return types.Q8_0 if precision == "q8_0" and values.shape[-1] % 32 == 0 else types.F16


def by_gguf_name(network: Any, reader: Any) -> dict[str, Floats]:
    """Return a network's weights under the names of the file, queries and keys turned as llama.cpp wants them."""
    import gguf

    config = network.config
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, config.num_hidden_layers)
    heads = {"attn_q.weight": config.num_attention_heads, "attn_k.weight": config.num_key_value_heads}
    found = {}
    for name, value in network.state_dict().items():
        known = names.get_name(name, try_suffixes=(".weight", ".bias"))
        if known is not None:
            array = value.detach().float().numpy()
            turns = next((count for ending, count in heads.items() if known.endswith(ending)), None)
            found[known] = array if turns is None else turned(array, turns)
    return _fitting(found, reader)


def turned(weight: Floats, heads: int) -> Floats:
    """Order the rows of a head as pairs that turn together, as llama.cpp's own conversion does.

    >>> turned(np.arange(4, dtype=np.float32).reshape(4, 1), 1).ravel().tolist()
    [0.0, 2.0, 1.0, 3.0]
    """
    halves = weight.reshape(heads, 2, weight.shape[0] // heads // 2, *weight.shape[1:])
    return np.ascontiguousarray(halves.swapaxes(1, 2).reshape(weight.shape))


def _fitting(found: dict[str, Floats], reader: Any) -> dict[str, Floats]:
    """Raise `ModelError` unless there is a weight of the right size for each one of the file."""
    for tensor in reader.tensors:
        if tensor.name == "rope_freqs.weight" and tensor.name not in found:
            found[tensor.name] = np.array(tensor.data, dtype=np.float32)
        shape = tuple(int(size) for size in reversed(tensor.shape))
        if tensor.name not in found or found[tensor.name].shape != shape:
            there = found[tensor.name].shape if tensor.name in found else "nothing"
            raise ModelError(f"the tuned network has {there} for {tensor.name}, the file it came from {shape}")
    return found
