"""What is trained, and what is made of it, in one small experiment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.experiment.running.world import experiment_in, ran
from textwright import trust
from textwright.experiment.running.run import Choice
from textwright.predictors.cascade import CascadePredictor
from textwright.references import open_model
from textwright.runs import Run, reference_of

METHODS = """
[[method]]
name = "network"
recipe = "network"
epochs = 1
[[method]]
name = "refitted"
recipe = "network"
epochs = 1
refit = true
[[method]]
name = "smaller"
quantise = "network"
precision = "int4"
[[method]]
name = "both"
cascade = ["network", "function"]
below = "dev"
[[method]]
name = "function"
function = "python:words_of_{key}:one"
[[method]]
name = "few shot"
prompt = {template = "ner", model = "m", base_url = "http://127.0.0.1:9/v1", examples = {count = 2}}
[[method]]
name = "rounded twice"
quantise = "smaller"
precision = "int8"
[[method]]
name = "nothing to round"
quantise = "function"
precision = "int8"
"""
TEXT = "Senior Nurse - York"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    folder = tmp_path_factory.mktemp("trained")
    with pytest.MonkeyPatch.context() as patched:
        trust.confirm("http://127.0.0.1:9/v1")
        patched.setattr("textwright.experiment.running.run._judge", lambda *_: None)
        # What takes long and is tested elsewhere: the promises of 520 texts, the picture of the training, temperatures.
        patched.setattr("textwright.variants.varied", lambda _: [TEXT])
        patched.setattr("textwright.train.history.History.picture", lambda _: None)
        patched.setattr("textwright.train.calibrate.calibrated", lambda model, _: model)
        return {run.method: run for run in ran(experiment_in(folder, METHODS), Choice(own_process=False))[0]}


def test_a_network_is_kept_whole_with_its_exact_weights(runs: dict[str, Run]) -> None:
    run = runs["network"]
    assert (run.model, run.failed) == ("model/", None)
    assert run.size_bytes == open_model(f"{run.folder}/model/").size_bytes  # type: ignore[attr-defined]
    config = json.loads((run.folder / "model" / "config.json").read_text())
    assert config["precision"] == "int8"
    assert "The method 'network' of the experiment 'Small', seed 0." in (run.folder / "model/README.md").read_text()
    assert not (run.folder / "learning").exists()
    exact, small = (sum(f.stat().st_size for f in (run.folder / part).rglob("*.onnx")) for part in ("exact", "model"))
    assert exact > 3 * small


def test_a_refitted_network_learns_from_dev_too_and_its_card_has_the_figures_of_the_one_before(
    runs: dict[str, Run],
) -> None:
    run, before = runs["refitted"], runs["network"]
    for part in ("model", "exact"):
        trained = json.loads((run.folder / part / "config.json").read_text())["trained"]
        assert trained["refit"]["examples"] == before.data["dev"]["examples"]
    card, plain = ((each.folder / "model/README.md").read_text() for each in (run, before))
    assert "Learned once more from train and dev together; the figures are of the model before" in card
    assert card.partition("## Figures")[2].partition("## ")[0] == plain.partition("## Figures")[2].partition("## ")[0]
    assert open_model(f"{run.folder}/model/").files != open_model(f"{before.folder}/model/").files  # type: ignore[attr-defined]
    assert not (run.folder / "learning").exists()


def test_weights_are_rounded_from_the_exact_ones(runs: dict[str, Run]) -> None:
    assert (runs["smaller"].size_bytes or 0) < (runs["network"].size_bytes or 0)
    assert runs["smaller"].needs == {"network": runs["network"].id}


def test_what_cannot_be_rounded_says_why(runs: dict[str, Run]) -> None:
    assert "keeps its weights as int4, from which int8 cannot be made" in str(runs["rounded twice"].failed)
    assert "the model of 'function' has no weights" in str(runs["nothing to round"].failed)


def test_a_cascade_goes_by_what_dev_chose(runs: dict[str, Run], monkeypatch: pytest.MonkeyPatch) -> None:
    run = runs["both"]
    assert run.failed is None
    assert f"run:../../{runs['network'].id}" in (run.folder / "model" / "cascade.toml").read_text()
    monkeypatch.chdir("/")
    model = open_model(reference_of(run))
    assert isinstance(model, CascadePredictor)
    assert [step.pass_on for step in model.steps] == ["unsure", None]
    assert model.answer([TEXT])[0].annotation is not None


def test_a_prompt_shows_examples_of_the_train_set(runs: dict[str, Run]) -> None:
    run = runs["few shot"]
    assert (run.model, run.failed) == ("prompt:model/prompt.toml", None)
    shown = (run.folder / "model" / "examples.jsonl").read_text().split("\n")[:-1]
    assert len(shown) == run.data["train"]["examples"]
    assert open_model(reference_of(run)).schema.spans == ("TITLE", "CORE", "TOWN")


def test_runs_open_under_their_folder_wherever_it_is_moved(runs: dict[str, Run], tmp_path: Path) -> None:
    import shutil

    moved = shutil.copytree(runs["network"].folder, tmp_path / "there")
    assert open_model(f"run:{moved}").predict([TEXT]) == open_model(reference_of(runs["network"])).predict([TEXT])
