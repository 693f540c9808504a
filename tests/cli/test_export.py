from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.train.tiny import DEV, SCHEMA, TRAIN, trainer
from textwright import parity
from textwright.bundle import Card, export
from textwright.dataset import Dataset
from textwright.parity import broken_promises
from textwright.predictors.folder import facts_of
from textwright.predictors.onnx import OnnxPredictor
from textwright.predictors.rules import RulesPredictor
from textwright.references import open_model
from textwright.train.fitting import Settings
from textwright.variants import varied

from .conftest import Run

PARTLY = Settings(epochs=2, batch=16, rate=1e-2, average=0.5)


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with exact weights and a card."""
    folder = tmp_path_factory.mktemp("models") / "exact"
    model = trainer(precision="float32", name="exact", settings=PARTLY).fit(TRAIN, DEV)
    export(model, folder, card=Card(summary="Finds jobs.", figures="F1 1.0", limits=["Few jobs."]))
    return folder


@pytest.fixture(autouse=True)
def without_node(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask Node only in the tests that are about it."""
    if request.node.get_closest_marker("node") is None:
        monkeypatch.setattr(parity, "find_node", lambda: None)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_folder_is_written_smaller_with_its_card_and_promises(run: Run, exact: Path) -> None:
    Path("texts.txt").write_text("Senior Nurse - York\n")
    ran = run("export", exact, "small", "--precision", "int8", "--name", "little", "--samples", "texts.txt")
    assert (ran.status, ran.out) == (0, "")
    small = OnnxPredictor.open("small")
    assert small.name == "little"
    assert small.size_bytes < 0.7 * OnnxPredictor.open(exact).size_bytes
    assert broken_promises(small, "small") == []
    assert json.loads(Path("small/parity.json").read_text())["texts"][0]["text"] == "Senior Nurse - York"
    card = Path("small/README.md").read_text()
    assert "Finds jobs." in card
    assert "before its weights were put into int8" in card


@pytest.mark.node
def test_a_folder_that_node_would_answer_otherwise_is_not_written(
    run: Run, exact: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parity, "_in_node", lambda folders, node: [[{"spans": []} for _ in varied(())]])
    ran = run("export", exact, "small")
    assert ran.status == 2
    assert re.search(
        r"was not written: Node answers \d+ of 520 texts otherwise, such as '.*': promised .*, found ", ran.err
    )
    assert not Path("small").exists()
    assert run("export", exact, "small", "--no-node").status == 0


def test_where_there_is_no_node_python_alone_is_asked(run: Run, exact: Path) -> None:
    ran = run("export", exact, "small")
    assert (ran.status, "no Node here" in ran.err) == (0, True)
    assert run("export", exact, "small", "--node").status == 2
    assert "neither on the PATH nor as a package" in run("parity", "small", "--node").err
    table = run("parity", "small")
    assert (table.status, table.out.split()[-4:]) == (0, [f"{Path.cwd().name}/small", "520", "0", "–"])


@pytest.mark.node
def test_a_folder_that_breaks_its_promises_is_counted(run: Run, exact: Path) -> None:
    assert run("export", exact, "wrong", "--no-node").status == 0
    state = json.loads(Path("wrong/config.json").read_text())
    written = Path("wrong/parity.json").read_text()
    promises = re.sub(r'"start": 0, "end": (?=[2-9]|\d\d)', '"start": 1, "end": ', written, count=1).encode()
    Path("wrong/parity.json").write_bytes(promises)
    Path("wrong/config.json").write_text(
        json.dumps({**state, "files": state["files"] | facts_of({"parity.json": promises})})
    )
    ran = run("parity", "./wrong")
    assert (ran.status, ran.out.split()[-4:]) == (3, [f"{Path.cwd().name}/wrong", "520", "1", "1"])
    assert re.search(r"wrong: Python answers 1 of 520 texts otherwise, such as ", ran.out)


def test_what_is_no_folder_is_told_what_would_be(run: Run) -> None:
    ran = run("parity", "job_titles.rules")
    assert (ran.status, "expected a model folder, or a pack" in ran.err) == (2, True)


def test_a_folder_is_written_as_it_is(run: Run, exact: Path) -> None:
    assert run("export", exact, "same").status == 0
    assert Path("same/onnx/model.onnx").read_bytes() == (exact / "onnx/model.onnx").read_bytes()
    assert Path("same/README.md").read_text() == (exact / "README.md").read_text()


def test_the_model_of_a_pack_is_written(run: Run) -> None:
    Path("texts.txt").write_text("Senior Nurse - York\n")
    assert run("export", "job_titles", "titles", "--samples", "texts.txt").status == 0
    title = "Senior UX Researcher, Edinburgh"
    assert OnnxPredictor.open("titles").predict([title]) == open_model("job_titles").predict([title])


def test_rules_are_written_with_what_they_read(run: Run) -> None:
    assert run("rules", "new", "foods").status == 0
    assert run("export", "./foods", "copy", "--name", "menu").status == 0
    copied = RulesPredictor.open("copy")
    assert copied.name == "menu"
    assert broken_promises(copied, "copy") == []
    assert copied.predict(["fish"]) == RulesPredictor.open("foods").predict(["fish"])
    assert run("export", "./copy", "again").status == 0
    assert Path("again/rules.toml").read_bytes() == Path("foods/rules.toml").read_bytes()


def test_rules_whose_schema_lies_elsewhere_bring_it(run: Run) -> None:
    assert run("export", "job_titles.rules", "titles").status == 0
    assert RulesPredictor.open("titles").schema.name == "job_titles"


def test_prices_are_shown_written_and_drawn(run: Run, exact: Path) -> None:
    Dataset(DEV, schema=SCHEMA).write("dev.jsonl")
    Path("pool.txt").write_text("Senior Nurse - York\nChef\n")
    asked = ("--price", "dev.jsonl", "--unlabelled", "pool.txt", "--json", "price.json", "--html", "price.html")
    ran = run("export", exact, "small", "--precision", "int8", *asked)
    assert ran.status == 0
    assert all(name in ran.out for name in ("float32", "float16", "int8", "int4", "TOWN", "Changed answers"))
    assert len(json.loads(Path("price.json").read_text())["prices"]) == 4
    assert "<svg" in Path("price.html").read_text()
    assert Path("small/config.json").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["job_titles.split", "out"],
            "a SplitPredictor cannot be written to a folder.* What textwright train made can",
        ),
        (["job_titles", "out", "--precision", "float16"], "as int8, from which float16 cannot be made"),
        (["job_titles", "out", "--json", "x.json"], "need --price DATA"),
        (["job_titles.rules", "out", "--precision", "int8"], "has no weights"),
        (["python:made:model", "out"], "the kind is None. Known kinds: "),
        (["job_titles", "full"], "holds something that is no model"),
    ],
)
def test_what_cannot_be_written_is_said(run: Run, arguments: list[str], message: str) -> None:
    Path("full").mkdir()
    Path("full/notes.txt").touch()
    Path("made.py").write_text(
        "class Made:\n    name, config, files, size_bytes, schema = '', {}, {}, 0, None\n"
        "    open = predict = staticmethod(list)\nmodel = Made()\n"
    )
    ran = run("export", *arguments)
    assert ran.status == 2

    assert re.search(message, ran.err)
    assert not Path("out").exists()
