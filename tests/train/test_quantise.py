from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from textwright.errors import ModelError
from textwright.train.quantise import Precision, precision_of, quantised, rows_in_int4

SMALLER: tuple[Precision, ...] = ("float16", "int8", "int4")
RANDOM = np.random.default_rng(0)
TABLE, PRODUCT, LAYER, FILTER = (
    RANDOM.normal(size=size).astype(np.float32) for size in ((300, 64), (64, 48), (24, 48), (16, 24, 3))
)
PLACES = np.array([[3, 299, 0, 7, 7]])
BIAS = RANDOM.normal(size=24).astype(np.float32)


def graph(nodes: list[Any], given: tuple[str, int, list[Any]], *, rank: int, **constants: np.ndarray) -> bytes:
    made = helper.make_graph(
        nodes,
        "test",
        [helper.make_tensor_value_info(*given)],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [f"d{i}" for i in range(rank)])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model: bytes = helper.make_model(
        made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8
    ).SerializeToString()
    return model


def everything(**changes: np.ndarray) -> bytes:
    """A table, a product, a layer and a convolution, one after the other."""
    nodes = [
        helper.make_node("Gather", ["table", "places"], ["found"], axis=0),
        helper.make_node("MatMul", ["found", "product"], ["wide"]),
        helper.make_node("Squeeze", ["wide", "first"], ["flat"]),
        helper.make_node("Gemm", ["flat", "layer", "bias"], ["rows"], transB=1),
        helper.make_node("Transpose", ["rows"], ["columns"], perm=[1, 0]),
        helper.make_node("Unsqueeze", ["columns", "first"], ["signal"]),
        helper.make_node("Conv", ["signal", "filter"], ["out"], pads=[1, 1]),
    ]
    constants = {"table": TABLE, "product": PRODUCT, "layer": LAYER, "bias": BIAS, "filter": FILTER}
    first = np.array([0], dtype=np.int64)
    return graph(nodes, ("places", TensorProto.INT64, [1, "n"]), rank=3, **{**constants, **changes}, first=first)


def answer(model: bytes, value: np.ndarray = PLACES) -> np.ndarray:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    found: np.ndarray = session.run(None, {session.get_inputs()[0].name: value})[0]
    return found


@pytest.mark.parametrize(("precision", "most"), [("float16", 0.002), ("int8", 0.02), ("int4", 0.2)])
def test_answers_stay_near_the_exact_ones(precision: Precision, most: float) -> None:
    exact, found = answer(everything()), answer(quantised(everything(), precision))
    assert found.dtype == np.float32
    assert np.abs(found - exact).mean() < most * np.abs(exact).mean()


def test_each_precision_is_smaller_than_the_one_before() -> None:
    exact = everything(table=np.tile(TABLE, (10, 1)))
    sizes = [len(exact), *(len(quantised(exact, precision)) for precision in SMALLER)]
    assert all(after < 0.75 * before for before, after in pairwise(sizes))


def test_a_product_is_scaled_for_each_output() -> None:
    steep = PRODUCT * np.logspace(0, 6, 48, dtype=np.float32)[None, :] / 1e3
    nodes = [helper.make_node("MatMul", ["in", "w"], ["out"])]
    exact = graph(nodes, ("in", TensorProto.FLOAT, [1, 64]), rank=2, w=steep.astype(np.float32))
    ones = np.ones((1, 64), dtype=np.float32)
    missed = np.abs(answer(quantised(exact, "int8"), ones) - answer(exact, ones))
    assert (missed < 0.01 * np.abs(steep).sum(axis=0)).all()


@pytest.mark.parametrize("precision", SMALLER)
def test_a_table_is_looked_up_before_it_is_unfolded(precision: Precision) -> None:
    model = onnx.load_from_string(quantised(everything(), precision))
    large = {each.name for each in model.graph.initializer if each.name.startswith("table")}
    assert large
    assert {node.op_type for node in model.graph.node if large & set(node.input)} == {"Gather"}


@pytest.mark.parametrize("precision", SMALLER)
@pytest.mark.parametrize("places", [np.array(5), np.array([5, 6]), np.array([[[1, 2], [3, 4]]])])
def test_places_of_any_shape_are_looked_up(precision: Precision, places: np.ndarray) -> None:
    nodes = [helper.make_node("Gather", ["w", "in"], ["out"])]
    exact = graph(nodes, ("in", TensorProto.INT64, list(places.shape)), rank=places.ndim + 1, w=TABLE)
    assert answer(quantised(exact, precision), places) == pytest.approx(answer(exact, places), abs=0.5)
    assert answer(quantised(exact, precision), places).shape == (*places.shape, 64)


@pytest.mark.parametrize("precision", SMALLER)
def test_a_table_that_is_multiplied_with_too_serves_both(precision: Precision) -> None:
    nodes = [
        helper.make_node("Gather", ["w", "in"], ["found"]),
        helper.make_node("Transpose", ["w"], ["turned"], perm=[1, 0]),
        helper.make_node("MatMul", ["found", "turned"], ["out"]),
    ]
    exact = graph(nodes, ("in", TensorProto.INT64, [3]), rank=2, w=TABLE)
    places = np.array([1, 2, 3])
    close = np.abs(answer(quantised(exact, precision), places) - answer(exact, places)).mean()
    assert close < 0.2 * np.abs(answer(exact, places)).mean()


@pytest.mark.parametrize("precision", ["float32", *SMALLER])
def test_a_graph_that_has_the_precision_stays_as_it_is(precision: Precision) -> None:
    once = quantised(everything(), precision)
    assert precision_of(once) == precision
    assert quantised(once, precision) == once


@pytest.mark.parametrize("precision", ["float32", "float16", "int4"])
def test_what_was_rounded_does_not_come_back(precision: Precision) -> None:
    with pytest.raises(ModelError, match=rf"as int8, from which {precision} cannot be made.*--precision float32"):
        quantised(quantised(everything(), "int8"), precision)


def test_what_is_no_graph_is_refused() -> None:
    with pytest.raises(ModelError, match="no ONNX graph"):
        quantised(b"nothing of the kind", "int8")


@pytest.mark.parametrize("odd", [np.nan, np.inf, 1e6])
def test_numbers_that_cannot_be_scaled_stay(odd: float) -> None:
    strange = TABLE.copy()
    strange[0, 0] = odd
    model = onnx.load_from_string(quantised(everything(table=strange), "int4"))
    assert "table" in {each.name for each in model.graph.initializer}


def test_int4_keeps_what_fits_its_steps() -> None:
    rows = np.tile(np.arange(-8, 8, dtype=np.float32) / 4, (2, 2))
    packed, scale = rows_in_int4(rows)
    lower, upper = (packed & 15).astype(int) - 8, (packed >> 4).astype(int) - 8
    assert np.array_equal(np.concatenate([lower, upper], axis=1) * scale[:, 0].astype(np.float32), rows)


def test_int4_of_nothing_is_nothing() -> None:
    packed, scale = rows_in_int4(np.zeros((1, 40), dtype=np.float32))
    assert set(packed.ravel().tolist()) == {8 + (8 << 4)}
    assert not scale.any()


@pytest.mark.parametrize(("tables", "kinds"), [("int4", {2, 3}), ("float16", {3, 10}), ("float32", {1, 3})])
def test_tables_have_a_precision_of_their_own(tables: Precision, kinds: set[int]) -> None:
    small = quantised(everything(), "int8", tables=tables)
    large = {each.data_type for each in onnx.load_from_string(small).graph.initializer if np.prod(each.dims) > 1024}
    assert large == kinds
    assert np.abs(answer(small) - answer(everything())).max() < 0.2 * np.abs(answer(everything())).max()
