"""Keep the large matrices of an ONNX graph in fewer bits; all is still computed in float32.

The graph gains plain nodes of opset 17 that unfold a matrix. A runtime does so once, when it loads
the graph, but for tables that `Gather` reads: of these only the rows that are looked up are
unfolded, so that they stay small in memory too. Every runtime computes the same floats.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from textwright.errors import MissingExtraError, ModelError

Precision = Literal["float32", "float16", "int8", "int4"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
Floats = NDArray[np.float32]

# Fewer numbers than this are not worth a scale and the nodes that unfold them.
LEAST = 1024
# Numbers of int4 that share a scale.
BLOCK = 32
# How much smaller than its largest number a block may be drawn, to fit the others better.
SHRINKS = np.linspace(0.7, 1.05, 8)
# Beyond it float16 has no numbers.
LARGEST = 6e4


def quantised(graph: bytes, precision: Precision, *, tables: Precision | None = None) -> bytes:
    """Keep the large matrices of a graph in that precision; one that has it already stays as it is.

    `int8` has a scale for each output (each row of a table), `int4` one for each 32 numbers. `tables`
    says how those are kept of which rows are looked up, if not like the others. Raise `ModelError`
    when the graph was made smaller before: what was rounded does not come back.
    """
    found = precision_of(graph)
    if found == precision:
        return graph
    if found != "float32":
        raise ModelError(
            f"the graph keeps its weights as {found}, from which {precision} cannot be made; "
            "begin with exact weights: textwright train ... --precision float32"
        )
    onnx = _onnx()
    model = onnx.load_from_string(graph)
    _rewrite(onnx, model.graph, precision, tables or precision)
    onnx.checker.check_model(model)
    small: bytes = model.SerializeToString()
    return small


def precision_of(graph: bytes) -> Precision:
    """Say in which precision a graph keeps its large matrices.

    Raise `ModelError` when it is no graph.
    """
    onnx = _onnx()
    kinds = onnx.TensorProto
    names: Mapping[int, Precision] = {kinds.UINT8: "int4", kinds.INT8: "int8", kinds.FLOAT16: "float16"}
    large = {each.data_type for each in _loaded(graph).graph.initializer if _is_large(each.dims)}
    return next((name for kind, name in names.items() if kind in large), "float32")


def _loaded(graph: bytes) -> Any:
    try:
        return _onnx().load_from_string(graph)
    except Exception as error:
        raise ModelError(f"this is no ONNX graph: {error}") from error


def _onnx() -> Any:
    try:
        import onnx
    except ImportError as error:
        raise MissingExtraError("onnx", "train") from error
    return onnx


def _is_large(dims: Sequence[int]) -> bool:
    return len(dims) > 1 and int(np.prod(dims)) >= LEAST


# --- rows of numbers in fewer bits ----------------------------------------------------------


def rows_in_int8(value: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Round each row of an array to 255 steps; give the steps and the size of a step for each row.

    >>> rows_in_int8(np.array([[127.0, -1.0]], dtype=np.float32))[0].tolist()
    [[127, -1]]
    """
    inner = tuple(range(1, value.ndim))
    scale = np.maximum(np.abs(value).max(axis=inner, keepdims=True) / 127, 1e-12).astype(np.float32)
    return np.rint(value / scale).astype(np.int8), scale


def rows_in_int4(rows: Floats) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Round each row to 16 steps, two to a byte, with a scale for each 32 numbers: [rows, blocks, 1].

    The scale is the one among a few that leaves the smallest error. The lower halves of the bytes
    hold the first half of a row, the upper ones the second; rows are filled up with 0.
    """
    padded = np.pad(rows, ((0, 0), (0, -rows.shape[1] % BLOCK)))
    blocks = padded.reshape(len(rows), -1, BLOCK)
    furthest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2, keepdims=True), axis=2) / -8
    scale, error = np.zeros_like(furthest, dtype=np.float16), np.full_like(furthest, np.inf)
    for shrink in SHRINKS:
        tried = (furthest * shrink).astype(np.float16)
        missed = np.square(_steps(blocks, tried) * tried.astype(np.float32) - blocks).sum(axis=2, keepdims=True)
        scale, error = np.where(missed < error, tried, scale), np.minimum(missed, error)
    steps = (_steps(blocks, scale) + 8).astype(np.uint8).reshape(padded.shape)
    lower, upper = np.split(steps, 2, axis=1)
    packed: NDArray[np.uint8] = np.bitwise_or(lower, np.left_shift(upper, 4))
    return packed, scale


def _steps(blocks: Floats, scale: NDArray[np.float16]) -> Floats:
    """Give the nearest step from -8 to 7; a block without a scale is all 0."""
    full = scale.astype(np.float32)
    steps = np.divide(blocks, full, out=np.zeros_like(blocks), where=full != 0)
    return np.clip(np.rint(steps), -8, 7)


# --- a graph rewritten ----------------------------------------------------------------------


class Rewriting:
    """What comes to stand in a graph: constants by name, and nodes, those that unfold a matrix first."""

    def __init__(self, onnx: Any, constants: Iterable[Any]) -> None:
        self.onnx = onnx
        self.constants = {each.name: each for each in constants}
        self.unfolding: list[Any] = []
        self.nodes: list[Any] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Keep an array, once for each name."""
        if name not in self.constants:
            self.constants[name] = self.onnx.numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def ints(self, *values: int) -> str:
        """Keep a list of integers."""
        return self.constant("ints_" + "_".join(map(str, values)), np.array(values, dtype=np.int64))

    def number(self, value: float) -> str:
        """Keep a number."""
        return self.constant(f"number_{value}", np.array(value, dtype=np.float32))


@dataclass(frozen=True, slots=True)
class Steps:
    """Nodes that work towards the value `result`; what lies between is named after it."""

    made: Rewriting
    nodes: list[Any]
    result: str

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node; return the name of what it gives."""
        name = f"{self.result}/{len(self.nodes)}"
        self.nodes.append(self.made.onnx.helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def floats(self, value: str) -> str:
        """Turn numbers of any kind into float32."""
        return self.op("Cast", value, to=self.made.onnx.TensorProto.FLOAT)

    def finish(self, value: str) -> None:
        """Let a value be the result."""
        self.nodes.append(self.made.onnx.helper.make_node("Identity", [value], [self.result]))


@dataclass(frozen=True, slots=True)
class Matrix:
    """A large constant as rows, [rows, inner], that make one output each, or are one row of a table.

    `turned` says that its last two axes changed places for that.
    """

    name: str
    rows: Floats
    dims: tuple[int, ...]
    turned: bool
    precision: Precision


Users = Sequence[tuple[Any, int]]


def _rewrite(onnx: Any, graph: Any, precision: Precision, tables: Precision) -> None:
    """Put smaller constants in place of the large ones, and what unfolds them."""
    users = _users(graph.node)
    matrices = {
        name: _matrix(name, value, users[name], tables if _is_table(users[name]) else precision)
        for name, value in _large_floats(onnx, graph).items()
    }
    matrices = {name: matrix for name, matrix in matrices.items() if matrix.precision != "float32"}
    made = Rewriting(onnx, [each for each in graph.initializer if each.name not in matrices])
    for node in graph.node:
        if node.op_type == "Gather" and node.input[0] in matrices and _looks_up(node, matrices[node.input[0]]):
            _look_up(made, node, matrices[node.input[0]])
        else:
            made.nodes.append(node)
    for matrix in matrices.values():
        if not all(place == 0 and _looks_up(node, matrix) for node, place in users[matrix.name]):
            _unfold(made, matrix)
    _replace(graph.initializer, made.constants.values())
    _replace(graph.node, [*made.unfolding, *made.nodes])
    _replace(graph.input, [each for each in graph.input if each.name not in matrices])


def _large_floats(onnx: Any, graph: Any) -> dict[str, Floats]:
    """Give the large matrices that can be scaled: numbers that are none, or huge ones, stay as they are."""
    large = (each for each in graph.initializer if each.data_type == onnx.TensorProto.FLOAT and _is_large(each.dims))
    values = {each.name: onnx.numpy_helper.to_array(each) for each in large}
    return {name: value for name, value in values.items() if np.abs(value).max() < LARGEST}


def _users(nodes: Iterable[Any]) -> Mapping[str, Users]:
    """Give the nodes that take each value, and the place at which they do."""
    found: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    for node in nodes:
        for place, name in enumerate(node.input):
            found[name].append((node, place))
    return found


def _replace(field: Any, values: Iterable[Any]) -> None:
    kept = list(values)
    del field[:]
    field.extend(kept)


def _is_table(users: Users) -> bool:
    """Say whether all that happens to a matrix is that rows are looked up."""
    return all(place == 0 and node.op_type == "Gather" and _attribute(node, "axis") == 0 for node, place in users)


def _matrix(name: str, value: Floats, users: Users, precision: Precision) -> Matrix:
    if any(node.op_type == "Conv" and place == 1 for node, place in users):
        return Matrix(name, value.reshape(len(value), -1), value.shape, turned=False, precision=precision)
    if users and all(_outputs_last(node, place) for node, place in users):
        turned = value.swapaxes(-1, -2)
        return Matrix(name, turned.reshape(-1, turned.shape[-1]), value.shape, turned=True, precision=precision)
    return Matrix(name, value.reshape(-1, value.shape[-1]), value.shape, turned=False, precision=precision)


def _outputs_last(node: Any, place: int) -> bool:
    """Say whether a node takes the matrix as [inputs, outputs]."""
    return place == 1 and (node.op_type == "MatMul" or (node.op_type == "Gemm" and not _attribute(node, "transB")))


def _looks_up(node: Any, matrix: Matrix) -> bool:
    return node.op_type == "Gather" and _attribute(node, "axis") == 0 and len(matrix.dims) == 2


def _attribute(node: Any, name: str) -> int:
    return next((int(each.i) for each in node.attribute if each.name == name), 0)


def _look_up(made: Rewriting, node: Any, matrix: Matrix) -> None:
    """Fetch rows as they are stored and unfold only these."""
    add, places = Steps(made, made.nodes, node.output[0]), node.input[1]
    if matrix.precision != "int4":
        fetched = [add.op("Gather", part, places, axis=0) for part in _stored(made, matrix)]
        add.finish(_unfolded(add, fetched, matrix))
        return
    one_after_another = add.op("Reshape", places, made.ints(-1))
    fetched = [add.op("Gather", part, one_after_another, axis=0) for part in _stored(made, matrix)]
    dims = add.op("Concat", add.op("Shape", places), made.ints(matrix.dims[1]), axis=0)
    add.finish(add.op("Reshape", _unfolded(add, fetched, matrix), dims))


def _unfold(made: Rewriting, matrix: Matrix) -> None:
    """Give a whole matrix again, under its old name."""
    add = Steps(made, made.unfolding, matrix.name)
    rows = _unfolded(add, _stored(made, matrix), matrix)
    if matrix.turned:
        *outer, inputs, outputs = matrix.dims
        shaped = add.op("Reshape", rows, made.ints(*outer, outputs, inputs))
        around = list(range(len(outer)))
        add.finish(add.op("Transpose", shaped, perm=[*around, len(outer) + 1, len(outer)]))
        return
    add.finish(add.op("Reshape", rows, made.ints(*matrix.dims)))


def _stored(made: Rewriting, matrix: Matrix) -> list[str]:
    """Keep the rows in the wanted precision: the numbers, then what they are to be multiplied with."""
    if matrix.precision == "float16":
        return [made.constant(f"{matrix.name}/half", matrix.rows.astype(np.float16))]
    steps, scale = rows_in_int8(matrix.rows) if matrix.precision == "int8" else rows_in_int4(matrix.rows)
    return [made.constant(f"{matrix.name}/steps", steps), made.constant(f"{matrix.name}/scale", scale)]


def _unfolded(add: Steps, parts: Sequence[str], matrix: Matrix) -> str:
    """Give rows in float32 of rows as they are stored."""
    numbers = add.floats(parts[0])
    if matrix.precision == "float16":
        return numbers
    if matrix.precision == "int8":
        return add.op("Mul", numbers, parts[1])
    return _unpacked(add, numbers, parts[1], matrix.rows.shape[1])


def _unpacked(add: Steps, pairs: str, scale: str, inner: int) -> str:
    """Part bytes into their halves and scale each block; floats do so exactly, and in every runtime."""
    made = add.made
    upper = add.op("Floor", add.op("Mul", pairs, made.number(1 / 16)))
    lower = add.op("Sub", pairs, add.op("Mul", upper, made.number(16)))
    steps = add.op("Sub", add.op("Concat", lower, upper, axis=1), made.number(8))
    blocks = add.op("Reshape", steps, made.ints(0, -1, BLOCK))
    rows = add.op("Reshape", add.op("Mul", blocks, add.floats(scale)), made.ints(0, inner + -inner % BLOCK))
    if inner % BLOCK == 0:
        return rows
    return add.op("Slice", rows, made.ints(0), made.ints(inner), made.ints(1))
