"""Write a span network as an ONNX graph that onnxruntime and onnxruntime-web run, small or exact.

Matrices are kept as int8 with a scale for each row or output (a quarter of their size), or as
float32; `quantise` knows more ways. The runtime unfolds them when it loads the graph, the feature
table when it looks a row up, in fewer steps than `quantise` needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textwright.errors import MissingExtraError
from textwright.train.network import Convolution, SpanHead, SpanNetwork
from textwright.train.quantise import Precision as Precision
from textwright.train.quantise import quantised, rows_in_int8

OPSET, IR = 17, 8


class GraphWriter:
    """Collect the nodes and constants of a graph; each method returns the name of its result."""

    def __init__(self, precision: Precision) -> None:
        try:
            import onnx
        except ImportError as error:
            raise MissingExtraError("onnx", "train") from error
        self.onnx = onnx
        self.precision = precision
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: NDArray[Any]) -> str:
        """Keep an array as it is."""
        name = f"c{len(self.constants)}"
        self.constants.append(self.onnx.numpy_helper.from_array(value, name))
        return name

    def ints(self, *values: int) -> str:
        """Keep a list of integers."""
        return self.constant(np.array(values, dtype=np.int64))

    def floats(self, value: Any) -> str:
        """Keep a small array, a bias or a norm, as float32."""
        return self.constant(np.asarray(value.detach(), dtype=np.float32))

    def matrix(self, value: Any) -> str:
        """Keep a matrix, [outputs, ...], in the precision of the graph."""
        full = np.asarray(value.detach(), dtype=np.float32)
        if self.precision == "float32":
            return self.constant(full)
        small, scale = rows_in_int8(full)
        return self.op(
            "Mul", self.op("Cast", self.constant(small), to=self.onnx.TensorProto.FLOAT), self.constant(scale)
        )

    def turned(self, weight: Any) -> str:
        """Keep a matrix [outputs, inputs] so that it stands to the right in a product."""
        return self.op("Transpose", self.matrix(weight), perm=[1, 0])

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node with one result."""
        name = f"n{len(self.nodes)}"
        self.nodes.append(self.onnx.helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def named(self, name: str, value: str) -> None:
        """Give a value a name, under which it is a result."""
        self.nodes.append(self.onnx.helper.make_node("Identity", [value], [name]))

    def split(self, value: str, parts: int, axis: int) -> list[str]:
        """Add a node that cuts a value into equal parts."""
        names = [f"n{len(self.nodes)}_{part}" for part in range(parts)]
        self.nodes.append(self.onnx.helper.make_node("Split", [value], names, axis=axis))
        return names

    def linear(self, value: str, layer: Any) -> str:
        """Add a linear layer over the last axis."""
        return self.op("Add", self.op("MatMul", value, self.turned(layer.weight)), self.floats(layer.bias))

    def norm(self, value: str, layer: Any) -> str:
        """Add a layer normalisation over the last axis."""
        weights = self.floats(layer.weight), self.floats(layer.bias)
        return self.op("LayerNormalization", value, *weights, axis=-1, epsilon=layer.eps)


def graph_of(network: SpanNetwork, *, precision: Precision = "int8") -> bytes:
    """Write a network as a graph.

    It maps `rows`, int32 [texts, words, width], to `scores`, float32 [texts, labels, words, words].
    """
    if precision in {"float16", "int4"}:
        return quantised(graph_of(network, precision="float32"), precision)
    writer = GraphWriter(precision)
    words = writer.linear(writer.norm(looked_up(writer, network.features), network.norm), network.enter)
    for layer in network.layers:
        assert isinstance(layer, Convolution)
        words = convolution(writer, words, layer)
    scores = _head(writer, writer.norm(words, network.leave), network.head)
    writer.named("scores", scores)
    return finished(writer, {"scores": ["texts", network.shape.labels, "words", "words"]})


def finished(writer: GraphWriter, results: Mapping[str, Sequence[str | int]]) -> bytes:
    """Close a graph that takes `rows`, int32 [texts, words, width], and gives float32 results of these shapes."""
    helper, kinds = writer.onnx.helper, writer.onnx.TensorProto
    given = helper.make_tensor_value_info("rows", kinds.INT32, ["texts", "words", "width"])
    made = [helper.make_tensor_value_info(name, kinds.FLOAT, shape) for name, shape in results.items()]
    graph = helper.make_graph(writer.nodes, "textwright", [given], made, writer.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    writer.onnx.checker.check_model(model, full_check=True)
    content: bytes = model.SerializeToString()
    return content


def looked_up(writer: GraphWriter, features: Any) -> str:
    """Look up each feature's row and add up those of a word."""
    table = np.asarray(features.weight.detach(), dtype=np.float32)
    if writer.precision == "float32":
        found = writer.op("Gather", writer.constant(table), "rows", axis=0)
        return writer.op("ReduceSum", found, writer.ints(2), keepdims=0)
    small, scale = rows_in_int8(table)
    steps = writer.op("Gather", writer.constant(small), "rows", axis=0)
    values = writer.op("Cast", steps, to=writer.onnx.TensorProto.FLOAT)
    scales = writer.op("Gather", writer.constant(scale[:, 0]), "rows", axis=0)
    summed = writer.op("MatMul", writer.op("Unsqueeze", scales, writer.ints(2)), values)
    return writer.op("Squeeze", summed, writer.ints(2))


def convolution(writer: GraphWriter, words: str, layer: Convolution) -> str:
    """Write a convolution as one product of matrices, which runtimes compute faster for short texts."""
    seen = neighbours(writer, writer.norm(words, layer.norm), layer.conv.kernel_size[0])
    weight = layer.conv.weight.permute(0, 2, 1).flatten(1)
    product = writer.op("MatMul", seen, writer.turned(weight))
    value, gate = writer.split(writer.op("Add", product, writer.floats(layer.conv.bias)), 2, axis=2)
    return writer.op("Add", words, writer.op("Mul", value, writer.op("Sigmoid", gate)))


def neighbours(writer: GraphWriter, words: str, size: int) -> str:
    """Put beside each word those around it, `size` in all, and nothing beyond the ends of the text."""
    around = writer.op("Pad", words, writer.ints(0, size // 2, 0, 0, size // 2, 0))
    count = writer.op("Slice", writer.op("Shape", words), writer.ints(1), writer.ints(2), writer.ints(0))
    return writer.op("Concat", *(_shifted(writer, around, count, shift) for shift in range(size)), axis=2)


def _shifted(writer: GraphWriter, around: str, count: str, shift: int) -> str:
    """Take as many words as the text has, from the one at `shift` on."""
    start = writer.ints(shift)
    return writer.op("Slice", around, start, writer.op("Add", start, count), writer.ints(1))


def _head(writer: GraphWriter, words: str, head: SpanHead) -> str:
    edges = edge_scores(writer, writer.linear(words, head.edges))
    fit = writer.op("MatMul", _compared(writer, words, head, "firsts"), _compared(writer, words, head, "lasts"))
    scaled = writer.op("Mul", fit, writer.constant(np.array(head.pair**-0.5, dtype=np.float32)))
    return writer.op("Add", writer.op("Add", edges, scaled), length_biases(writer, words, head))


def edge_scores(writer: GraphWriter, edges: str) -> str:
    """Add up how well each word begins, ends and continues a span: [texts, words, 3 * labels] to all spans."""
    start, end, inside = writer.split(writer.op("Transpose", edges, perm=[0, 2, 1]), 3, axis=1)
    until = writer.op("CumSum", inside, writer.constant(np.array(2, dtype=np.int64)))
    before = writer.op("Sub", until, inside)
    first = writer.op("Unsqueeze", writer.op("Sub", start, before), writer.ints(3))
    last = writer.op("Unsqueeze", writer.op("Add", end, until), writer.ints(2))
    return writer.op("Add", first, last)


def _compared(writer: GraphWriter, words: str, head: SpanHead, side: str) -> str:
    """Give [texts, labels, words, pair] for the first words, [texts, labels, pair, words] for the last."""
    value = writer.linear(words, getattr(head, side))
    parted = writer.op("Reshape", value, writer.ints(0, 0, head.labels, head.pair))
    return writer.op("Transpose", parted, perm=[0, 2, 1, 3] if side == "firsts" else [0, 2, 3, 1])


def length_biases(writer: GraphWriter, words: str, head: Any) -> str:
    """Look up the bias of each span's length: [labels, words, words]; `head` has `length_bias` and `lengths`."""
    count = writer.op("Gather", writer.op("Shape", words), writer.constant(np.array(1, dtype=np.int64)), axis=0)
    zero, one = (writer.constant(np.array(value, dtype=np.int64)) for value in (0, 1))
    place = writer.op("Range", zero, count, one)
    columns = writer.op("Unsqueeze", place, writer.ints(0))
    rows = writer.op("Unsqueeze", place, writer.ints(1))
    lengths = writer.op("Max", writer.op("Sub", columns, rows), zero)
    capped = writer.op("Min", lengths, writer.constant(np.array(head.lengths - 1, dtype=np.int64)))
    found = writer.op("Gather", writer.floats(head.length_bias), capped, axis=0)
    return writer.op("Transpose", found, perm=[2, 0, 1])
