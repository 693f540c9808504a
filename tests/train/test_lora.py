from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.train.lora_world import EMPTY, EXAMPLES, prompt, tiny_model
from textwright.errors import DataError
from textwright.train.checkpoint import Checkpoint
from textwright.train.fitting import Progress
from textwright.train.lora import LoraSettings, Tuned, Tuning, answer_scores, dev_score, tune
from textwright.train.lora_base import Loaded, load, open_base
from textwright.train.lora_data import Lesson, lessons

SETTINGS = LoraSettings(epochs=2, rank=4, rate=1e-2, batch=6, share=1.0, threads=1)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("base"))


def quiet(message: str) -> None:
    del message


def cut(loaded: Loaded, examples: Sequence[object] = EXAMPLES) -> list[Lesson]:
    return lessons(examples, prompt(), loaded, longest=200, tell=quiet)  # type: ignore[arg-type]


def tuned(model: Path, settings: LoraSettings = SETTINGS, **more: object) -> Tuned:
    loaded = load(open_base(model))
    made = cut(loaded)
    return tune(Tuning(loaded.network, made[4:], made[:4], settings, **more))  # type: ignore[arg-type]


def weights(network: torch.nn.Module) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in network.state_dict().items()}


def same(a: Tuned, b: Tuned) -> bool:
    one, other = weights(a.network), weights(b.network)
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def test_the_loss_falls_and_the_best_epoch_is_named(model: Path) -> None:
    found = tuned(model, replace(SETTINGS, epochs=4))
    assert found.epochs[-1].loss < 0.8 * found.epochs[0].loss
    assert found.best.score == max(each.score for each in found.epochs)


def test_the_same_seed_gives_the_same_weights_and_another_others(model: Path) -> None:
    first = tuned(model)
    assert same(first, tuned(model))
    assert not same(first, tuned(model, replace(SETTINGS, seed=1)))


def test_only_the_upper_blocks_learn(model: Path) -> None:
    before = weights(load(open_base(model)).network)
    after = weights(tuned(model, replace(SETTINGS, share=1 / 3)).network)
    changed = {name.split(".")[2] for name in before if not torch.equal(before[name], after[name])}
    assert changed == {"2"}


def stopping_after(epoch: int) -> Callable[[Progress], None]:
    def report(progress: Progress) -> None:
        if progress.epoch > epoch:
            raise KeyboardInterrupt

    return report


def test_a_stopped_run_goes_on_to_the_same_weights(model: Path, tmp_path: Path) -> None:
    settings = replace(SETTINGS, epochs=3)
    told: list[str] = []
    checkpoint = Checkpoint(tmp_path / "lora.pt", told.append)
    with pytest.raises(KeyboardInterrupt):
        tuned(model, settings, checkpoint=checkpoint, report=stopping_after(1))
    again = tuned(model, settings, checkpoint=checkpoint, tell=told.append)
    assert any("going on after epoch 1 of 3" in line for line in told)
    assert same(again, tuned(model, settings))


def test_a_state_of_other_settings_is_left_alone_and_said_so(model: Path, tmp_path: Path) -> None:
    told: list[str] = []
    checkpoint = Checkpoint(tmp_path / "lora.pt", told.append)
    tuned(model, replace(SETTINGS, epochs=1), checkpoint=checkpoint)
    tuned(model, replace(SETTINGS, epochs=1, rank=2), checkpoint=checkpoint)
    assert [line for line in told if "training starts anew" in line]


def test_only_the_tokens_of_the_answer_are_scored(model: Path) -> None:
    loaded = load(open_base(model))
    batch = cut(loaded)[:3]
    with torch.inference_mode():
        scores, answers = answer_scores(loaded.network, batch)
    assert answers.tolist() == [token for each in batch for token in each.answered]
    assert scores.shape == (len(answers), loaded.network.config.vocab_size)


def test_what_fills_up_a_batch_changes_no_score(model: Path) -> None:
    loaded = load(open_base(model))
    short, long = sorted(cut(loaded), key=len)[0], sorted(cut(loaded), key=len)[-1]
    assert len(short) < len(long)
    with torch.inference_mode():
        together, _ = answer_scores(loaded.network, [short, long])
        alone, _ = answer_scores(loaded.network, [short])
    assert torch.allclose(together[: len(alone)], alone, atol=1e-5)


def greedy(network: torch.nn.Module, case: Lesson) -> tuple[int, ...]:
    tokens = list(case.asked)
    for _ in case.answered:
        with torch.inference_mode():
            scores = network(input_ids=torch.tensor([tokens])).logits[0, -1]
        tokens.append(int(scores.argmax()))
    return tuple(tokens[len(case.asked) :])


def test_the_dev_score_is_what_greedy_decoding_gives(model: Path) -> None:
    loaded = load(open_base(model))
    made = cut(loaded, [*EMPTY[:9], *EXAMPLES[9:]])
    found = tune(Tuning(loaded.network, made[:9], made[7:11], replace(SETTINGS, epochs=12)))
    decoded = [greedy(found.network, case) == case.answered for case in made[7:11]]
    assert 0 < sum(decoded) < len(decoded)
    score = dev_score(found.network, made[7:11], 2)
    assert sum(decoded) / 4 - 0.001 <= score <= sum(decoded) / 4


def test_a_loss_that_is_no_number_is_named(model: Path) -> None:
    with pytest.raises(DataError, match=r"the loss became (nan|inf); try a lower rate than"):
        tuned(model, replace(SETTINGS, rate=1e30))
