"""What can be wrong with the input of a training, for every recipe: one line, exit status 2, nothing left behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.train.encoders import written
from tests.train.tiny import DEV, TRAIN
from textwright import parity
from textwright.cli import main
from textwright.dataset import Dataset
from textwright.references import open_model
from textwright.schema import Schema
from textwright.train.recipes import RECIPES
from textwright.types import Annotation, Category, Example, Span

from .conftest import Ran, Run

TASKS = Schema.from_data({"tasks": {"rank": {"labels": ["high", "low"]}}})
Examples = Sequence[Example]


def ranked(examples: Examples) -> list[Example]:
    """Annotate the rank of a job in place of its spans."""
    names = [("high" if each.text.startswith(("Senior", "Lead")) else "low") for each in examples]
    found = [Annotation(categories=(Category("rank", name),)) for name in names]
    return [replace(each, gold=gold) for each, gold in zip(examples, found, strict=True)]


@pytest.fixture(autouse=True, scope="module")
def without_node() -> Iterator[None]:
    """Ask Python alone again: starting Node for each model would take longer than to train it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parity, "find_node", lambda: None)
        yield


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written("bert", tmp_path_factory.mktemp("encoder"), [each.text for each in TRAIN])


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory, encoder: Path) -> Path:
    """Train a model that teaches spans and categories."""
    from textwright.bundle import export
    from textwright.train.recipes import Wishes, trainer_for

    folder = tmp_path_factory.mktemp("teacher") / "model"
    both = [
        replace(one, gold=Annotation(one.gold.spans, other.gold.categories))
        for one, other in zip(TRAIN[:40], ranked(TRAIN[:40]), strict=True)
    ]
    export(trainer_for("network", both, Wishes(epochs=1)).fit(both, both_of(DEV[:5])), folder)
    return folder


def both_of(examples: Examples) -> list[Example]:
    categories = ranked(examples)
    return [
        replace(one, gold=Annotation(one.gold.spans, other.gold.categories))
        for one, other in zip(examples, categories, strict=True)
    ]


class Trial:
    """A folder with a train and a dev set, in which one thing after another can be spoiled."""

    def __init__(self, folder: Path, run: Run, recipe: str, encoder: Path, teacher: Path) -> None:
        self.folder, self.run, self.recipe = folder, run, recipe
        self.options: list[object] = ["--epochs", 1]
        if recipe == "transformer":
            self.options += ["--encoder", encoder]
        if recipe == "distil":
            self.options += ["--teacher", f"{teacher}/", "--unlabelled", folder / "pool.txt"]
        (folder / "pool.txt").write_text("Senior Plumber - Ely\nBaker\n")
        self.give(TRAIN[:40], DEV[:5])

    def give(self, train: Examples, dev: Examples, schema: Schema | None = None) -> None:
        for name, examples in (("train", train), ("dev", dev)):
            Dataset(examples, schema=schema).write(self.folder / f"{name}.jsonl")

    def __call__(self, *more: object) -> Ran:
        data = ["--train", self.folder / "train.jsonl", "--dev", self.folder / "dev.jsonl"]
        return self.run("train", self.recipe, *data, "-o", self.folder / "model", *self.options, *more)

    def refuses(self, message: str, *more: object) -> None:
        """Check that one line says what is wrong, before anything is learned, and that nothing is left."""
        before = sorted(each.name for each in self.folder.iterdir())
        ran = self(*more)
        assert (ran.status, ran.out) == (2, "")
        assert message in ran.err.splitlines()[-1]
        assert not {"Traceback", "epoch"} & set(ran.err.split())
        assert sorted(each.name for each in self.folder.iterdir()) == before


@pytest.fixture(params=RECIPES)
def trial(request: pytest.FixtureRequest, tmp_path: Path, run: Run, encoder: Path, teacher: Path) -> Trial:
    return Trial(tmp_path, run, request.param, encoder, teacher)


BARE = [Example(str(number), f"Baker {number}") for number in range(5)]
PET = Example("p", "Cat", Annotation(spans=(Span(0, 3, "PET"),)))
CHIEF = Example("c", "Chief", Annotation(categories=(Category("rank", "chief"),)))
WORDLESS = [Example(str(number), " " * (number + 1), Annotation(spans=())) for number in range(3)]


@pytest.mark.parametrize(
    ("train", "dev", "message"),
    [
        ([], DEV[:5], "the train set is empty; to learn takes texts with spans or categories"),
        (BARE, DEV[:5], "none of the 5 texts of the train set is annotated"),
        (WORDLESS, DEV[:5], "no span is marked in the 3 texts; the network needs some to learn from"),
        (TRAIN[:40], [], "the dev set has no example with spans"),
        (TRAIN[:40], BARE, "the dev set has no example with spans"),
        (TRAIN[:40], [PET], "the dev set has the label 'PET' that is not to be learned. Known labels: CORE, TITLE"),
        (TRAIN[:40], TRAIN[:5], "5 of 5 texts to judge on are in the training data"),
        (ranked(TRAIN[:40]), [], "the dev set has no example with categories"),
        (ranked(TRAIN[:40]), DEV[:5], "the dev set has no example with categories"),
        (ranked(TRAIN[:40]), [CHIEF], "the dev set has the label 'chief' of task 'rank' that is not to be learned"),
        (
            [each for each in ranked(TRAIN) if each.gold.categories == (Category("rank", "low"),)],
            [each for each in ranked(DEV) if each.gold.categories == (Category("rank", "low"),)],
            "the train set has the label 'low' alone of task 'rank'; to tell labels apart takes two or more",
        ),
    ],
)
def test_data_that_cannot_be_learned_are_refused(trial: Trial, train: Examples, dev: Examples, message: str) -> None:
    trial.give(train, dev)
    trial.refuses(message)


def test_a_missing_file_is_named(trial: Trial) -> None:
    (trial.folder / "dev.jsonl").unlink()
    trial.refuses("dev.jsonl: no such file")


def test_a_broken_line_is_named(trial: Trial) -> None:
    with (trial.folder / "train.jsonl").open("a") as file:
        file.write('{"text": ')
    trial.refuses("train.jsonl:41:")


def test_a_folder_that_holds_something_else_is_left_alone(trial: Trial) -> None:
    (trial.folder / "model").mkdir()
    (trial.folder / "model" / "thesis.doc").write_text("years of work")
    trial.refuses("model holds something that is no model; name a new or an empty folder")
    assert (trial.folder / "model" / "thesis.doc").read_text() == "years of work"


def test_a_file_where_the_state_of_learning_goes_is_left_alone(trial: Trial) -> None:
    (trial.folder / "model.part").write_text("mine")
    trial.refuses("model.part is a file, but the state of learning goes there")


# --- what is odd, and learned -----------------------------------------------------------------


@pytest.fixture(scope="module", params=RECIPES)
def learned(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, encoder: Path, teacher: Path
) -> Path:
    """Learn both layers, with one label of spans and a text that is longer than any window; give the folder."""
    folder = tmp_path_factory.mktemp("learned")
    trial = Trial(folder, printing, request.param, encoder, teacher)
    long = Example("long", "Nurse in Leeds. " * 300, Annotation(spans=(Span(4800 - 7, 4800 - 2, "TOWN"),)))
    trial.give(both_of(only("TOWN", [*TRAIN[:40], long])), both_of(only("TOWN", DEV[:5])))
    assert trial().status == 0
    return folder


def printing(*arguments: object) -> Ran:
    """Run a command for a fixture, which has no part in what a test catches."""
    return Ran(main([str(each) for each in arguments]), "", "")


def only(label: str, examples: Examples) -> list[Example]:
    """Keep the spans of one label."""
    kept = [tuple(span for span in each.gold.spans or () if span.label == label) for each in examples]
    return [replace(each, gold=Annotation(spans=spans)) for each, spans in zip(examples, kept, strict=True)]


def test_a_text_longer_than_any_window_is_learned_and_answered(learned: Path, run: Run) -> None:
    ran = run("predict", f"{learned}/model/", learned / "train.jsonl")
    assert (ran.status, len(ran.out.splitlines())) == (0, 41)


def test_one_label_of_spans_is_enough(learned: Path) -> None:
    assert open_model(f"{learned}/model/").schema.spans == ("TOWN",)


def test_both_layers_are_learned_into_one_folder(learned: Path) -> None:
    [answered] = open_model(f"{learned}/model/").predict([DEV[0].text])
    assert (answered.spans is None, answered.categories is None) == (False, False)
    assert sorted(each.name for each in learned.iterdir()) == ["dev.jsonl", "model", "pool.txt", "train.jsonl"]


# --- options, teachers and packages -----------------------------------------------------------


@pytest.mark.parametrize(
    ("recipe", "options", "message"),
    [
        ("network", ["--encoder", "x"], "network takes no --encoder; transformer does"),
        ("linear", ["--precision", "int8"], "linear takes no --precision; textwright export makes a model smaller"),
        ("network", ["--unlabelled", "x"], "network takes neither --unlabelled nor --teacher; distil does"),
        ("transformer", ["--encoder", "nowhere"], "nowhere is no encoder's folder"),
        ("distil", ["--teacher", "./nowhere"], "nowhere: no such folder"),
    ],
)
def test_options_that_do_not_fit_are_named(
    tmp_path: Path, run: Run, encoder: Path, teacher: Path, recipe: str, options: list[str], message: str
) -> None:
    Trial(tmp_path, run, recipe, encoder, teacher).refuses(message, *options)


def test_a_pool_with_a_text_to_be_judged_on_is_refused(tmp_path: Path, run: Run, encoder: Path, teacher: Path) -> None:
    trial = Trial(tmp_path, run, "distil", encoder, teacher)
    for examples in (TRAIN[:40], ranked(TRAIN[:40])):
        held_out = DEV[:5] if examples[0].gold.spans else ranked(DEV[:5])
        trial.give(examples, held_out)
        (tmp_path / "pool.txt").write_text(f"Baker\n{held_out[2].text}\n")
        trial.refuses("unlabelled text 2,")


def test_a_teacher_that_gives_another_layer_is_refused(tmp_path: Path, run: Run, encoder: Path, teacher: Path) -> None:
    trial = Trial(tmp_path, run, "distil", encoder, teacher / "spans")
    trial.give(ranked(TRAIN[:40]), ranked(DEV[:5]))
    trial.refuses("no teacher gives categories, which the train set annotates")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("spans/onnx/model.onnx", b"", b"", "is damaged or was replaced"),
        ("config.json", b'"version": 1', b'"version": 99', "version 99, this textwright reads version 1"),
        ("config.json", b"{", b"[", "config.json"),
    ],
)
def test_a_teacher_that_is_damaged_or_of_another_version_is_named(
    tmp_path: Path, run: Run, encoder: Path, teacher: Path, file: str, old: bytes, new: bytes, message: str
) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(teacher, copy)
    content = (copy / file).read_bytes()
    (copy / file).write_bytes(content.replace(old, new, 1) if old else content[:-1])
    Trial(tmp_path, run, "distil", encoder, copy).refuses(message)


@pytest.mark.parametrize(
    ("recipe", "module"),
    [("network", "onnx"), ("linear", "sklearn.linear_model"), ("transformer", "transformers")],
)
def test_a_missing_package_is_named_with_the_line_that_brings_it(
    tmp_path: Path,
    run: Run,
    encoder: Path,
    teacher: Path,
    recipe: str,
    module: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trial = Trial(tmp_path, run, recipe, encoder, teacher)
    trial.give(ranked(TRAIN[:40]), ranked(DEV[:5]))
    monkeypatch.setitem(sys.modules, module, None)
    trial.refuses("is not installed. Install it with: pip install 'textwright[train]'")


WITHOUT = """
import sys
sys.modules[sys.argv[1]] = None
from textwright.cli import main
sys.exit(main(sys.argv[2:]))
"""


def test_without_torch_the_line_that_brings_it_is_named(tmp_path: Path, run: Run, encoder: Path, teacher: Path) -> None:
    """In a process of its own: what needs torch imports it as soon as it is loaded itself."""
    trial = Trial(tmp_path, run, "network", encoder, teacher)
    data = ["--train", trial.folder / "train.jsonl", "--dev", trial.folder / "dev.jsonl", "-o", tmp_path / "model"]
    command = ["train", "network", *map(str, [*data, *trial.options])]
    done = subprocess.run([sys.executable, "-c", WITHOUT, "torch", *command], capture_output=True, text=True)
    assert done.returncode == 2, done.stderr
    assert "is not installed. Install it with: pip install 'textwright[train]'" in done.stderr.splitlines()[-1]
