"""Open a graph of ONNX that anybody may have made, in onnxruntime: nothing outside the file is read.

A graph may name other files, in which its numbers are said to lie, or a device's own program: both are refused before
onnxruntime sees them. So are operators that repeat themselves, which no graph of ours has, and shapes that are written
down and that no memory holds. The format is protocol buffers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # it ships no types

from textwright.errors import ModelError

VARINT, EIGHT, BYTES, FOUR = 0, 1, 2, 5
MOST_DEEP = 20
# Of numbers that a graph makes at once from a shape that stands in it; the largest model of ours has a tenth of that.
MOST_NUMBERS = 1 << 30
REFUSED = {"EPContext", "Loop", "RandomNormal", "RandomUniform", "Scan", "SequenceMap"}
# What takes a shape as numbers; a shape has no more dimensions than this.
SHAPED, MOST_DIMENSIONS = {"ConstantOfShape", "Expand", "Tile"}, 8
INT64 = 7
# Numbers of fields, by the message that they stand in.
GRAPH_OF_MODEL, FUNCTION_OF_MODEL = 7, 25
NODE, TENSORS_OF_GRAPH, SPARSE_OF_GRAPH = 1, (5,), (15,)
NODE_OF_FUNCTION = 7
INPUT, OP_TYPE, ATTRIBUTE, OUTPUT = 1, 4, 5, 2
TENSORS_OF_ATTRIBUTE, GRAPHS_OF_ATTRIBUTE, SPARSE_OF_ATTRIBUTE = (5, 10), (6, 11), (22, 23)
DIMENSION, DATA_TYPE, INT64_DATA, NAME, RAW_DATA, EXTERNAL, LOCATION = 1, 2, 7, 8, 9, 13, 14
TENSORS_OF_SPARSE = (1, 2)

Field = tuple[int, int | memoryview]


class Session:
    """A graph in onnxruntime. What it cannot do with an input is a `ModelError`."""

    def __init__(self, session: Any) -> None:
        """Take a session of onnxruntime."""
        self.session = session

    def run(self, names: Sequence[str] | None, inputs: Mapping[str, Any]) -> list[Any]:
        """Compute outputs, all of them unless named. Raise `ModelError` where the graph fails."""
        try:
            found: list[Any] = self.session.run(names, dict(inputs))
            return found
        except Exception as error:
            raise ModelError(f"the graph cannot be run: {_first_line(error)}") from error


def open_session(graph: bytes, *, threads: int = 1) -> Session:
    """Open a graph in onnxruntime. Raise `ModelError` when it cannot be read, or would read or do more than it may."""
    check_graph(graph)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # What a long text needs is given back after it, instead of being kept for the next.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    try:
        return Session(onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"]))
    except Exception as error:
        raise ModelError(f"onnxruntime cannot read the graph: {_first_line(error)}") from error


def expected(found: Any, shape: tuple[int, ...]) -> Any:
    """Return what a graph computed. Raise `ModelError` unless it is an array of numbers of this shape."""
    if not isinstance(found, np.ndarray) or found.shape != shape or found.dtype.kind not in "fiu":
        told = f"{found.dtype} {found.shape}" if isinstance(found, np.ndarray) else type(found).__name__
        raise ModelError(f"the graph gives {told}, expected numbers {shape}: it is none for this config.json")
    return found


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0] or type(error).__name__


def check_graph(graph: bytes) -> None:
    """Raise `ModelError` at a graph that is damaged, or asks for more than the numbers that stand in it."""
    try:
        for number, value in _fields(memoryview(graph)):
            if number == GRAPH_OF_MODEL:
                _check_graph(_message(value), 0)
            elif number == FUNCTION_OF_MODEL:
                _check_nodes(_message(value), NODE_OF_FUNCTION, {}, 0)
    except (IndexError, ValueError) as error:
        raise ModelError(f"the graph is damaged: {error}") from error


def _check_graph(graph: memoryview, depth: int) -> None:
    if depth > MOST_DEEP:
        raise ValueError(f"more than {MOST_DEEP} graphs inside each other")
    shapes: dict[bytes, list[int]] = {}
    for number, value in _fields(graph):
        if number in TENSORS_OF_GRAPH:
            name, numbers = _checked_tensor(_message(value))
            shapes[name] = numbers
        elif number in SPARSE_OF_GRAPH:
            _check_sparse(_message(value))
    _check_nodes(graph, NODE, shapes, depth)


def _check_nodes(graph: memoryview, field: int, shapes: dict[bytes, list[int]], depth: int) -> None:
    for number, value in _fields(graph):
        if number == field:
            _check_node(_message(value), shapes, depth)


def _check_node(node: memoryview, shapes: dict[bytes, list[int]], depth: int) -> None:
    inputs, outputs, kind = list[bytes](), list[bytes](), ""
    for number, value in _fields(node):
        if number == INPUT:
            inputs.append(bytes(_message(value)))
        elif number == OUTPUT:
            outputs.append(bytes(_message(value)))
        elif number == OP_TYPE:
            kind = bytes(_message(value)).decode("utf-8", "replace")
        elif number == ATTRIBUTE:
            found = _check_attribute(_message(value), depth)
            shapes.update(dict.fromkeys(outputs, found) if found else {})
    if kind in REFUSED:
        raise ModelError(f"the graph has the operator {kind}, which no graph of textwright has: it is not opened")
    if kind in SHAPED and any(_is_too_much(shapes.get(each, [])) for each in inputs):
        raise ModelError(f"the graph asks for more than {MOST_NUMBERS:,} numbers at once, by {kind}: it is not opened")


def _is_too_much(shape: Sequence[int]) -> bool:
    return prod(max(1, each) for each in shape) > MOST_NUMBERS


def _check_attribute(attribute: memoryview, depth: int) -> list[int]:
    """Check what an attribute holds; return the numbers of a tensor that may be a shape."""
    numbers = list[int]()
    for number, value in _fields(attribute):
        if number in GRAPHS_OF_ATTRIBUTE:
            _check_graph(_message(value), depth + 1)
        elif number in TENSORS_OF_ATTRIBUTE:
            _, numbers = _checked_tensor(_message(value))
        elif number in SPARSE_OF_ATTRIBUTE:
            _check_sparse(_message(value))
    return numbers


def _check_sparse(sparse: memoryview) -> None:
    for number, value in _fields(sparse):
        if number in TENSORS_OF_SPARSE:
            _checked_tensor(_message(value))


def _checked_tensor(tensor: memoryview) -> tuple[bytes, list[int]]:
    """Return a tensor's name, and its numbers where they may be a shape. They must stand in the file."""
    name, numbers, raw, kind = b"", list[int](), memoryview(b""), 0
    for number, value in _fields(tensor):
        if number == EXTERNAL or (number == LOCATION and value):
            raise ModelError("the graph has numbers in another file, which is not read: a graph of ours is one file")
        if number == NAME:
            name = bytes(_message(value))
        elif number == DATA_TYPE and isinstance(value, int):
            kind = value
        elif number == RAW_DATA:
            raw = _message(value)
        elif number == INT64_DATA:
            numbers += [value] if isinstance(value, int) else list(_varints(value))[: MOST_DIMENSIONS + 1]
    if kind == INT64 and raw:
        numbers = [int.from_bytes(raw[i : i + 8], "little", signed=True) for i in range(0, min(len(raw), 72), 8)]
    return name, numbers if kind == INT64 and len(numbers) <= MOST_DIMENSIONS else []


# --- protocol buffers -----------------------------------------------------------------------------------------------


def _message(value: int | memoryview) -> memoryview:
    if isinstance(value, int):
        raise ValueError("found a number where a part was expected")
    return value


def _fields(message: memoryview) -> Iterator[Field]:
    """Yield the fields of a message. Raise `ValueError` or `IndexError` where it is none."""
    place, end = 0, len(message)
    while place < end:
        key, place = _varint(message, place)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, place = _varint(message, place)
            yield number, value
            continue
        if kind == BYTES:
            size, place = _varint(message, place)
        elif kind in (EIGHT, FOUR):
            size = 8 if kind == EIGHT else 4
        else:
            raise ValueError(f"a field of the unknown kind {kind}")
        if size > end - place:
            raise ValueError("it ends within a part")
        yield number, message[place : place + size]
        place += size


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    value = shift = 0
    while shift < 70:
        byte = message[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7
    raise ValueError("a number without an end")


def _varints(message: memoryview) -> Iterator[int]:
    place = 0
    while place < len(message):
        value, place = _varint(message, place)
        yield value
