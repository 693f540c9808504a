"""Write a network for whole texts as an ONNX graph that onnxruntime and onnxruntime-web run."""

from __future__ import annotations

import numpy as np

from textwright.train.graph import GraphWriter, Precision, convolution, finished, looked_up
from textwright.train.network import Convolution
from textwright.train.quantise import quantised
from textwright.train.text_module import TextNetwork


def text_graph_of(network: TextNetwork, *, precision: Precision = "int8") -> bytes:
    """Write a network as a graph.

    It maps `rows`, int32 [texts, words, width], to `added`, float32 [texts, words, topics], what each
    word adds, and to `bias`, [topics], what is there from the start.
    """
    if precision in {"float16", "int4"}:
        return quantised(text_graph_of(network, precision="float32"), precision)
    writer, shape = GraphWriter(precision), network.shape
    features = looked_up(writer, network.features)
    words = writer.linear(writer.norm(features, network.norm), network.enter)
    for layer in network.layers:
        assert isinstance(layer, Convolution)
        words = convolution(writer, words, layer)
    words = writer.norm(words, network.leave)
    parts = [_wide(writer, network, features), _looks(writer, network, words), _peaks(writer, network, words)]
    added = writer.op("Add", writer.op("Add", parts[0], parts[1]), parts[2])
    writer.named("added", added)
    writer.named("bias", writer.floats(network.bias))
    return finished(writer, {"added": ["texts", "words", shape.topics], "bias": [shape.topics]})


def _wide(writer: GraphWriter, network: TextNetwork, features: str) -> str:
    """Give each word's share in the sum of all features, which is scaled to one length."""
    summed = writer.op("ReduceSum", features, writer.ints(1), keepdims=1)
    square = writer.op("ReduceMean", writer.op("Mul", summed, summed), axes=[2], keepdims=1)
    least = writer.constant(np.array(network.least, dtype=np.float32))
    scale = writer.op("Sqrt", writer.op("Add", square, least))
    return writer.op("Div", writer.op("MatMul", features, writer.turned(network.wide.weight)), scale)


def _looks(writer: GraphWriter, network: TextNetwork, words: str) -> str:
    """Give each word what it says, as far as the heads look at it."""
    shape = network.shape
    looks = writer.op("Softmax", writer.linear(words, network.look), axis=1)
    said = writer.op(
        "Reshape",
        writer.op("MatMul", words, writer.turned(network.say.weight)),
        writer.ints(0, 0, shape.heads, shape.topics),
    )
    weighed = writer.op("Mul", writer.op("Unsqueeze", looks, writer.ints(3)), said)
    return writer.op("ReduceSum", weighed, writer.ints(2), keepdims=0)


def _peaks(writer: GraphWriter, network: TextNetwork, words: str) -> str:
    """Give each channel's highest value to the words that have it."""
    highest = writer.op("ReduceMax", words, axes=[1], keepdims=1)
    there = writer.op("Cast", writer.op("Equal", words, highest), to=writer.onnx.TensorProto.FLOAT)
    shared = writer.op("Div", there, writer.op("ReduceSum", there, writer.ints(1), keepdims=1))
    return writer.op("MatMul", writer.op("Mul", shared, highest), writer.turned(network.peak.weight))
