"""Tune a small language model with LoRA: a few added weights a layer learn, its own stay as they are.

Hu et al. (2021), LoRA: low-rank adaptation of large language models. Only the answer's tokens count
in the loss. After each epoch the dev set says how many of its answers the model would now give word for
word; the best epoch is kept.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from textwright.errors import DataError, MissingExtraError
from textwright.train.checkpoint import Checkpoint, keep_still
from textwright.train.fitting import Progress, keep_quiet, share_of_rate
from textwright.train.lora_base import quiet
from textwright.train.lora_data import Lesson, batches

# Every linear layer of a block of the llama family.
LAYERS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
NOT_LEARNED = -100


@dataclass(frozen=True, slots=True)
class LoraSettings:
    """How to tune. The rate is that of the added weights, whose `rank` says how many there are.

    Blocks learn from the top, `share` of them: what a text says is understood in the lower ones, which were
    taught by far more text, and to leave them alone saves going back through them.
    """

    epochs: int = 4
    rank: int = 16
    rate: float = 1e-3
    decay: float = 0.0
    batch: int = 4
    share: float = 2 / 3
    seed: int = 0
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Tuning:
    """A network and its lessons, and where the state of learning and its progress go."""

    network: Any
    train: Sequence[Lesson]
    dev: Sequence[Lesson]
    settings: LoraSettings = field(default_factory=LoraSettings)
    checkpoint: Checkpoint | None = None
    report: Callable[[Progress], None] = keep_quiet
    tell: Callable[[str], None] = keep_still


@dataclass(frozen=True, slots=True)
class Tuned:
    """A network that has the added weights in its own, the epochs of learning, and the longest answer in tokens."""

    network: Any
    epochs: tuple[Progress, ...]
    longest: int

    @property
    def best(self) -> Progress:
        """Return the epoch whose weights these are."""
        return next(each for each in reversed(self.epochs) if each.best)


def tune(tuning: Tuning) -> Tuned:
    """Tune the network and leave in it the weights of the epoch that did best on dev.

    Raise `DataError` when the loss is no number.
    """
    with _threads(tuning.settings.threads):
        learning = _begin(tuning)
        checkpoint = _tied(tuning, learning)
        if checkpoint and (state := checkpoint.read()):
            learning.go_on(state)
            tuning.tell(f"going on after epoch {learning.epoch} of {tuning.settings.epochs}, from {checkpoint.path}")
        while learning.epoch < tuning.settings.epochs:
            learning.next_epoch()
            if checkpoint:
                checkpoint.write(learning.state())
        return learning.finished()


@contextmanager
def _threads(count: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def with_lora(network: Any, settings: LoraSettings) -> Any:
    """Add the weights that are learned to every linear layer of the upper blocks."""
    try:
        from peft import LoraConfig, get_peft_model
    except ImportError as error:
        raise MissingExtraError("peft", "tune") from error
    torch.manual_seed(settings.seed)
    blocks = network.config.num_hidden_layers
    upper = list(range(blocks - max(1, round(blocks * settings.share)), blocks))
    added = LoraConfig(
        r=settings.rank, lora_alpha=2 * settings.rank, target_modules=list(LAYERS), layers_to_transform=upper
    )
    with quiet():
        return get_peft_model(network, added)


def _begin(tuning: Tuning) -> _Learning:
    network = with_lora(tuning.network, tuning.settings)
    added = {name: value for name, value in network.named_parameters() if value.requires_grad}
    optimiser = torch.optim.AdamW(
        added.values(), lr=tuning.settings.rate, weight_decay=tuning.settings.decay, fused=True
    )
    return _Learning(tuning, network, added, optimiser, _copy(added), [])


def _tied(tuning: Tuning, learning: _Learning) -> Checkpoint | None:
    """Tie the file to all that decides the outcome, so that another training never goes on from it."""
    if tuning.checkpoint is None:
        return None
    shown = [[(each.asked, each.answered) for each in part] for part in (tuning.train, tuning.dev)]
    return tuning.checkpoint.tied(tuning.settings, shown, learning.kept, torch.__version__)


@dataclass(slots=True)
class _Learning:
    """All that changes while a network is tuned, and so all that a checkpoint holds."""

    tuning: Tuning
    network: Any
    added: dict[str, nn.Parameter]
    optimiser: torch.optim.Optimizer
    kept: dict[str, Tensor]
    reported: list[Progress]
    seconds: float = 0.0

    @property
    def epoch(self) -> int:
        return len(self.reported)

    def next_epoch(self) -> None:
        began, epoch, epochs = time.monotonic(), self.epoch + 1, self.tuning.settings.epochs
        loss = self._learn(epoch)
        score = dev_score(self.network, self.tuning.dev, self.tuning.settings.batch)
        best = not self.reported or score > max(each.score for each in self.reported)
        if best:
            self.kept = _copy(self.added)
        self.seconds += time.monotonic() - began
        left = self.seconds / epoch * (epochs - epoch)
        self._report(Progress(epoch, epochs, loss, score, best, left))

    def _report(self, progress: Progress) -> None:
        self.reported.append(progress)
        self.tuning.report(progress)

    def _learn(self, epoch: int) -> float:
        """Go through the lessons once and return the mean loss of a text."""
        settings = self.tuning.settings
        drawn = batches(self.tuning.train, settings.batch, random.Random(f"{settings.seed} {epoch}"))
        self.network.train()
        total, began = 0.0, time.monotonic()
        for place, batch in enumerate(drawn):
            share = share_of_rate((epoch - 1 + place / len(drawn)) / settings.epochs)
            for group in self.optimiser.param_groups:
                group["lr"] = settings.rate * share
            total += self._step(batch) * len(batch)
            self._tell_step(epoch, place + 1, len(drawn), began)
        return total / len(self.tuning.train)

    def _step(self, batch: Sequence[Lesson]) -> float:
        """Improve the added weights on one batch and return its loss."""
        scores, answers = answer_scores(self.network, batch)
        loss = nn.functional.cross_entropy(scores, answers)
        if not math.isfinite(loss.item()):
            raise DataError(f"the loss became {loss.item()}; try a lower rate than {self.tuning.settings.rate}")
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
        nn.utils.clip_grad_norm_(self.added.values(), 1.0)
        self.optimiser.step()
        return loss.item()

    def _tell_step(self, epoch: int, done: int, steps: int, began: float) -> None:
        """Say now and then how far an epoch is: it takes minutes."""
        if done % 20 == 0 or done == steps:
            left = (time.monotonic() - began) / done * (steps - done)
            self.tuning.tell(f"epoch {epoch}: {done} of {steps} batches, {left / 60:.1f} min left of it")

    def state(self) -> dict[str, Any]:
        """Give all that changes as plain values and tensors."""
        return {
            "added": _copy(self.added),
            "optimiser": self.optimiser.state_dict(),
            "kept": self.kept,
            "reported": [asdict(each) for each in self.reported],
            "seconds": self.seconds,
        }

    def go_on(self, state: dict[str, Any]) -> None:
        """Take up a state, and report again what was reported then."""
        self._put(state["added"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.kept, self.seconds = state["kept"], state["seconds"]
        for each in state["reported"]:
            self._report(Progress(**each))

    def _put(self, values: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for name, parameter in self.added.items():
                parameter.copy_(values[name])

    def finished(self) -> Tuned:
        """Add the best weights to the network's own."""
        self._put(self.kept)
        merged = self.network.merge_and_unload()
        longest = max(len(each.answered) for each in self.tuning.train)
        return Tuned(merged.eval(), tuple(self.reported), longest)


def answer_scores(network: Any, batch: Sequence[Lesson]) -> tuple[Tensor, Tensor]:
    """Return the scores of each answer's tokens, and the tokens; the rest is not even scored.

    The vocabulary is the widest layer by far, so that asking it for the answers alone saves much.
    """
    tokens, answers = _padded(batch)
    inner = network.get_base_model() if hasattr(network, "get_base_model") else network
    hidden = inner.model(input_ids=tokens, use_cache=False).last_hidden_state[:, :-1]
    wanted = answers[:, 1:] != NOT_LEARNED
    return inner.lm_head(hidden[wanted]), answers[:, 1:][wanted]


def _padded(batch: Sequence[Lesson]) -> tuple[Tensor, Tensor]:
    """Put lessons side by side. What fills up stands at the end, where nothing before can see it."""
    longest = max(map(len, batch))
    tokens = torch.zeros((len(batch), longest), dtype=torch.long)
    answers = torch.full((len(batch), longest), NOT_LEARNED)
    for row, each in enumerate(batch):
        tokens[row, : len(each)] = torch.tensor(each.asked + each.answered)
        answers[row, len(each.asked) : len(each)] = torch.tensor(each.answered)
    return tokens, answers


def dev_score(network: Any, dev: Sequence[Lesson], size: int) -> float:
    """Return the share of answers that the model would give word for word, a little less where it is unsure.

    Greedy decoding gives exactly the gold answer when each gold token is the likeliest after those before
    it, so that one pass tells without decoding. A thousandth of the loss parts epochs that are equal.
    """
    network.eval()
    right, loss, count = 0, 0.0, 0
    ordered = sorted(dev, key=len)
    with torch.inference_mode():
        for begin in range(0, len(ordered), size):
            batch = ordered[begin : begin + size]
            scores, answers = answer_scores(network, batch)
            loss += nn.functional.cross_entropy(scores, answers, reduction="sum").item()
            count += len(answers)
            hits = torch.split(scores.argmax(dim=1) == answers, [len(each.answered) for each in batch])
            right += sum(bool(hit.all()) for hit in hits)
    return right / len(dev) - min(1.0, loss / count) / 1000


def _copy(values: dict[str, Any]) -> dict[str, Tensor]:
    return {name: value.detach().clone() for name, value in values.items()}
