"""`parity.json`: how answers are compared, and that each shipped model keeps its promises in Python and in Node."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import parity
from tests.train.tiny import DEV, TRAIN, learned, trainer
from textwright import parity as under_test
from textwright.bundle import export
from textwright.cli import main
from textwright.errors import ModelError
from textwright.parity import broken_in_node, broken_promises, differences, find_node, promised
from textwright.predictors.onnx import OnnxPredictor
from textwright.references import open_model
from textwright.train.fitting import Settings
from textwright.variants import LENGTH, MAKERS, beginning, varied

SHIPPED = parity.shipped()


def named(folder: Path) -> str:
    return f"{folder.parent.name}.{folder.name}"


def test_every_shipped_folder_promises_enough() -> None:
    assert sorted(path.parent for path in parity.PACKS.glob("*/*/config.json")) == SHIPPED
    assert {named(folder): len(promised(folder)) for folder in SHIPPED if len(promised(folder)) < 500} == {}
    assert max((folder / "parity.json").stat().st_size for folder in SHIPPED) < 600_000


@pytest.mark.parametrize("folder", SHIPPED, ids=named)
def test_python_keeps_the_promises(folder: Path) -> None:
    assert broken_promises(open_model(f"{folder}/"), folder) == [], "is it meant? tools/make_parity.py"


# The encoder takes Node longer than all others together: it is asked every fourth text, and all by `make verify`.
@pytest.mark.node
@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.verify)])
def test_node_keeps_the_promises(step: int, tmp_path: Path) -> None:
    node = find_node()
    assert node is not None
    asked = {
        named(folder): thinned(folder, tmp_path / named(folder), step) if named(folder) == "emotion.model" else folder
        for folder in SHIPPED
    }
    assert dict(zip(asked, broken_in_node([*asked.values()], node), strict=True)) == {name: [] for name in asked}


def thinned(folder: Path, target: Path, step: int) -> Path:
    """Write a folder again with every `step`-th of its promises."""
    shutil.copytree(folder, target)
    (target / "parity.json").write_text(json.dumps({"texts": promised(folder)[::step]}))
    state_again(target)
    return target


@pytest.mark.parametrize("graph", sorted(parity.PACKS.glob("*/*/onnx/*.onnx")), ids=lambda path: named(path.parents[1]))
def test_no_graph_multiplies_whole_numbers(graph: Path) -> None:
    """Kernels for them round otherwise on each kind of processor: weights are kept in few bits, and computed large."""
    import onnx

    found = {node.op_type for node in onnx.load(graph).graph.node}
    assert not [name for name in found if name.startswith("QLinear") or "Integer" in name or "Quantize" in name]


# --- how answers are compared ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "differs"),
    [
        ({"categories": [{"task": "t", "label": "a", "score": 0.5}]}, False),
        ({"categories": [{"task": "t", "label": "a", "score": 0.5009}]}, False),
        ({"categories": [{"task": "t", "label": "a", "score": 0.5011}]}, True),
        ({"categories": [{"task": "t", "label": "a", "score": 1}]}, True),
        ({"categories": [{"task": "t", "label": "a"}]}, True),
        ({"categories": [{"task": "t", "label": "b", "score": 0.5}]}, True),
        ({"categories": []}, True),
        ({}, True),
        ({"categories": [{"task": "t", "label": "a", "score": 0.5}], "spans": []}, True),
    ],
)
def test_what_differs(answer: dict[str, Any], differs: bool) -> None:
    promise = {"text": "x", "categories": [{"task": "t", "label": "a", "score": 0.5}]}
    assert bool(differences([promise], [answer])) is differs


def test_a_runtime_that_leaves_a_text_out_is_named() -> None:
    with pytest.raises(ModelError, match=r"^1 answers to 2 texts of parity.json, expected one each"):
        differences([{"text": "a", "spans": []}] * 2, [{"spans": []}])


def test_a_difference_names_the_text_and_both_answers() -> None:
    spans = [{"start": 0, "end": 1, "label": "A"}, {"start": 1, "end": 2, "label": "B"}]
    [found] = differences([{"text": "xy\ud800" + "z" * 99, "spans": spans}], [{"spans": spans[:1]}])
    assert str(found).startswith("'xy\\ud800zzz")
    assert str(found).endswith('\\u2026\': promised {"spans": [{"start": 1, "end": 2, "label": "B"}]}, found {}')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("models") / "tiny"
    export(learned(), made, samples=varied(each.text for each in DEV))
    return made


def test_another_model_breaks_the_promises(folder: Path) -> None:
    other: Any = trainer(settings=Settings(epochs=1, seed=1)).fit(TRAIN, DEV)
    assert broken_promises(OnnxPredictor.open(folder), folder) == []
    assert broken_promises(other, folder)


@pytest.mark.node
def test_node_is_found_out(folder: Path, tmp_path: Path) -> None:
    """A folder whose promises are those of another model is told, and so is a kind that Node cannot run."""
    wrong = tmp_path / "wrong"
    export(OnnxPredictor.open(folder), wrong, samples=["Senior Nurse - York"])
    content = (wrong / "parity.json").read_text().replace('"start": 0', '"start": 3')
    (wrong / "parity.json").write_text(content)
    state_again(wrong)
    strange = tmp_path / "strange"
    export(OnnxPredictor.open(folder), strange, samples=["York"])
    (strange / "config.json").write_text((strange / "config.json").read_text().replace('"network"', '"riddle"'))
    node = find_node()
    assert node is not None
    found = broken_in_node([wrong, strange], node)
    assert [each.text for each in found[0] if not isinstance(each, str)] == ["Senior Nurse - York"]
    assert "unknown kind 'riddle'" in str(found[1])


def state_again(folder: Path) -> None:
    """Let the configuration state what stands in the folder now."""
    from textwright.predictors.folder import facts_of

    config = json.loads((folder / "config.json").read_text())
    config["files"] = facts_of({name: (folder / name).read_bytes() for name in config["files"]})
    (folder / "config.json").write_text(json.dumps(config))


def test_a_node_that_fails_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Node failed: "):
        broken_in_node([folder], Path(sys.executable))
    with pytest.raises(ModelError, match="Node cannot be asked"):
        broken_in_node([folder], tmp_path / "nothing")


def test_an_old_node_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v12.0.0\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_node() != old
    monkeypatch.setattr(under_test, "_in_wheel", lambda: None)
    assert find_node() is None


def test_a_folder_without_promises_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"holds no parity\.json"):
        promised(tmp_path)


def test_promises_that_were_changed_are_refused(folder: Path, tmp_path: Path) -> None:
    export(OnnxPredictor.open(folder), tmp_path / "model", samples=["York"])
    (tmp_path / "model/parity.json").write_text('{"texts": []}')
    with pytest.raises(ModelError, match="is damaged or was replaced"):
        promised(tmp_path / "model")


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b"[" * 100_000])
def test_a_damaged_configuration_is_told_in_a_line(tmp_path: Path, content: bytes, capsys: Any) -> None:
    (tmp_path / "parity.json").write_bytes(b"{}")
    (tmp_path / "config.json").write_bytes(content)
    assert main(["parity", str(tmp_path), "--no-node"]) == 2
    assert capsys.readouterr().err.startswith(f"textwright: {tmp_path / 'config.json'} is damaged: ")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff", " is damaged: 'utf-8' codec"),
        (b"7", " is damaged: found int, expected an object"),
        (b"{}", ' is damaged: it has no list "texts"'),
        (b'{"texts": []}', " holds no texts, so that it proves nothing"),
        (b'{"texts": ["a"]}', ' is damaged: text 0: expected an object with a "text"'),
        (b'{"texts": [{"text": 5}]}', ' is damaged: text 0: expected an object with a "text"'),
        (b'{"texts": [{"text": "a"}]}', " is damaged: text 0: expected spans or categories, found neither"),
        (b'{"texts": [{"text": "a", "odd": 1}]}', " is damaged: text 0: expected spans or categories, found odd"),
        (b'{"texts": [{"text": "a", "spans": 1}]}', " is damaged: text 0: the key 'spans' is int, expected a list"),
        (b'{"texts": [{"text": "a", "categories": [1]}]}', " is damaged: text 0: a category is not an object"),
    ],
)
def test_damaged_promises_are_told_in_a_line(tmp_path: Path, content: bytes, fault: str, capsys: Any) -> None:
    (tmp_path / "parity.json").write_bytes(content)
    (tmp_path / "config.json").write_text('{"files": {"parity.json": ""}}')
    state_again(tmp_path)
    assert main(["parity", str(tmp_path), "--no-node"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"textwright: {tmp_path / 'parity.json'}{fault}")
    assert said.count("\n") == 1


# --- the texts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "samples", [[], [""], ["a"], ["x" * 9_999], ["Nurse, Leeds", "\ud800"], [f"text {n}" for n in range(2_000)]]
)
def test_there_are_enough_texts_whatever_the_samples(samples: list[str]) -> None:
    texts = varied(samples)
    assert texts == varied(samples)
    assert len(set(texts)) == len(texts) >= 520
    assert sum(map(len, texts)) < 200_000


def test_texts_are_spoiled_in_every_way() -> None:
    texts = varied(["Café Manager - Leeds"])
    for make in MAKERS:
        assert make("Café Manager - Leeds") in texts
    signs = set("".join(texts))
    assert {"\x00", "\u200b", "\ud83d", "\u0301", "Ｃ", "ß", "&", "🇬", "م", "高", "\u2028"} <= signs


def test_a_text_is_cut_between_words() -> None:
    assert beginning("word " * 100).endswith("word")
    assert len(beginning("x" * 500)) < LENGTH
