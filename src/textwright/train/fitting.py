"""Learn a network's weights: batches, a rate that rises and falls, averaged weights, early stopping."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Generic, Self, TypeVar

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from textwright.decode import Nesting
from textwright.errors import DataError
from textwright.train.checkpoint import Checkpoint
from textwright.train.prepare import Case, rows_tensor, targets_tensor
from textwright.train.structure import set_loss

C = TypeVar("C")
Worded = TypeVar("Worded", bound=Case)
Loss = Callable[[nn.Module, Sequence[C]], Tensor]
# The share of the steps in which the rate rises.
RISING = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far learning is: `loss` on the train set, `score` on the dev set, seconds that are left at most.

    Where nothing is chosen the score is NaN, and each epoch counts as the best one so far.
    """

    epoch: int
    epochs: int
    loss: float
    score: float
    best: bool
    seconds_left: float


def keep_quiet(progress: Progress) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn. `forget` is the share of features hidden at a time; `average` smooths the weights.

    With `patience` 0 no epoch is chosen: all are learned, and the last weights kept.
    """

    epochs: int = 25
    patience: int = 10
    batch: int = 32
    rate: float = 2e-3
    decay: float = 0.01
    forget: float = 0.2
    average: float = 0.998
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Course(Generic[C]):
    """All that is needed to learn: a network, its cases, and how they are taught.

    `draw` gives the cases of an epoch, `batches` parts them into batches of at most so many, `loss`
    is the mean loss of a batch, `judge` a score on held-out texts, higher being better; None keeps the
    last weights. Parameters whose names begin with `pretrained` learn at the share `gently` of the rate.
    """

    network: nn.Module
    draw: Callable[[int], Sequence[C]]
    batches: Callable[[Sequence[C], int, random.Random], Iterable[Sequence[C]]]
    loss: Loss[C]
    judge: Callable[[nn.Module], float] | None
    settings: Settings
    report: Callable[[Progress], None]
    pretrained: str | None = None
    gently: float = 1.0
    checkpoint: Checkpoint | None = None


def learn(course: Course[C]) -> None:
    """Fit the network to its cases and leave in it the weights that `judge` liked best.

    Stop when `patience` epochs in a row were not better. Raise `DataError` when the loss is no number.
    """
    with one_thread():
        _learn(course)


@contextmanager
def one_thread() -> Iterator[None]:
    """Compute with one thread: the steps are too small to share, and so they are repeatable."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _learn(course: Course[C]) -> None:
    learning = _Learning.begin(course)
    checkpoint = course.checkpoint and course.checkpoint.tied(course.settings, learning.kept, torch.__version__)
    if checkpoint and (state := checkpoint.read()):
        learning.go_on(state)
        checkpoint.tell(f"going on after epoch {learning.epoch} of {course.settings.epochs}, from {checkpoint.path}")
    while not learning.ends():
        learning.next_epoch()
        if checkpoint:
            checkpoint.write(learning.state())
    course.network.load_state_dict(learning.kept)
    course.network.eval()


@dataclass(slots=True)
class _Learning(Generic[C]):
    """All that changes while a course is learned, and so all that a checkpoint holds."""

    course: Course[C]
    optimiser: torch.optim.Optimizer
    smooth: AveragedModel
    random_: random.Random
    kept: dict[str, Tensor]
    reported: list[Progress]
    seconds: float = 0.0

    @classmethod
    def begin(cls, course: Course[C]) -> Self:
        settings, network = course.settings, course.network
        optimiser = torch.optim.AdamW(_groups(course), lr=settings.rate, weight_decay=settings.decay, fused=True)
        smooth = AveragedModel(network, multi_avg_fn=_averaging(settings.average))
        return cls(course, optimiser, smooth, random.Random(settings.seed), _copy(network), [])

    @property
    def epoch(self) -> int:
        return len(self.reported)

    @property
    def best(self) -> Progress | None:
        return next((each for each in reversed(self.reported) if each.best), None)

    def ends(self) -> bool:
        """Say whether all epochs are done, or too many since the best one."""
        settings = self.course.settings
        waited = self.epoch - self.best.epoch if self.best else 0
        return self.epoch >= settings.epochs or bool(settings.patience and waited >= settings.patience)

    def next_epoch(self) -> None:
        began, epoch, epochs = time.monotonic(), self.epoch + 1, self.course.settings.epochs
        loss = _epoch(self.course, self.optimiser, self.smooth, epoch, self.random_)
        smooth = self.smooth.module.eval()
        judge = self.course.judge if self.course.settings.patience else None
        score = math.nan if judge is None else judge(smooth)
        best = self.best is None or not score <= self.best.score
        if best:
            self.kept = _copy(smooth)
        self.seconds += time.monotonic() - began
        left = self.seconds / epoch * (epochs - epoch)
        self._report(Progress(epoch, epochs, loss, score, best, left))

    def _report(self, progress: Progress) -> None:
        self.reported.append(progress)
        self.course.report(progress)

    def state(self) -> dict[str, Any]:
        """Give all that changes as plain values and tensors."""
        return {
            "network": self.course.network.state_dict(),
            "smooth": self.smooth.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "random": self.random_.getstate(),
            "torch_random": torch.get_rng_state(),
            "kept": self.kept,
            "reported": [asdict(each) for each in self.reported],
            "seconds": self.seconds,
        }

    def go_on(self, state: Mapping[str, Any]) -> None:
        """Take up a state, and report again what was reported then."""
        self.course.network.load_state_dict(state["network"])
        self.smooth.load_state_dict(state["smooth"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.random_.setstate(state["random"])
        torch.set_rng_state(state["torch_random"])
        self.kept, self.seconds = state["kept"], state["seconds"]
        for each in state["reported"]:
            self._report(Progress(**each))


def _groups(course: Course[C]) -> list[dict[str, Any]]:
    """Part the parameters that were learned before from the others."""
    named = list(course.network.named_parameters())
    gentle = [value for name, value in named if course.pretrained and name.startswith(course.pretrained)]
    others = [value for name, value in named if not (course.pretrained and name.startswith(course.pretrained))]
    return [{"params": others, "share": 1.0}, {"params": gentle, "share": course.gently}]


def _averaging(average: float) -> Callable[[Sequence[Tensor], Sequence[Tensor], Tensor | int], None]:
    """Say how weights are averaged: the first steps count little, so that few texts do not end at the beginning."""

    def update(smooth: Sequence[Tensor], learned: Sequence[Tensor], steps: Tensor | int) -> None:
        with torch.no_grad():
            torch._foreach_lerp_(list(smooth), list(learned), 1 - share_kept(average, int(steps)))

    return update


def share_kept(average: float, steps: int) -> float:
    """Give the share of the average that a step leaves: a short course averages over its last steps alone.

    >>> [round(share_kept(0.998, steps), 2) for steps in (0, 10, 90, 10_000)]
    [0.1, 0.55, 0.91, 1.0]
    """
    return min(average, (1 + steps) / (10 + steps))


def _epoch(
    course: Course[C], optimiser: torch.optim.Optimizer, smooth: AveragedModel, epoch: int, random_: random.Random
) -> float:
    """Go through the cases once and return the mean loss of a text."""
    course.network.train()
    drawn = list(course.batches(course.draw(epoch), course.settings.batch, random_))
    if not drawn:
        raise DataError("no text of the train set has a word; the network learns from words")
    total = 0.0
    for place, batch in enumerate(drawn):
        done = (epoch - 1 + place / len(drawn)) / course.settings.epochs
        for group in optimiser.param_groups:
            group["lr"] = course.settings.rate * group["share"] * share_of_rate(done)
        total += _step(course, batch, optimiser) * len(batch)
        smooth.update_parameters(course.network)
    return total / sum(map(len, drawn))


def share_of_rate(done: float) -> float:
    """Give the share of the full rate after a share of the steps: up in a line, down along a cosine.

    >>> [round(share_of_rate(done), 2) for done in (0.0, 0.05, 0.1, 0.55, 1.0)]
    [0.01, 0.5, 1.0, 0.5, 0.0]
    """
    if done < RISING:
        return max(0.01, done / RISING)
    return 0.5 + 0.5 * math.cos(math.pi * (done - RISING) / (1 - RISING))


def _step(course: Course[C], cases: Sequence[C], optimiser: torch.optim.Optimizer) -> float:
    """Improve the weights on one batch and return its loss."""
    loss = course.loss(course.network, cases)
    if not math.isfinite(loss.item()):
        raise DataError(f"the loss became {loss.item()}; try a lower rate than {course.settings.rate}")
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
    nn.utils.clip_grad_norm_(course.network.parameters(), 1.0)
    optimiser.step()
    return loss.item()


def _copy(network: nn.Module) -> dict[str, Tensor]:
    return {name: value.detach().clone() for name, value in network.state_dict().items()}


def forgetful(cases: Sequence[Case], forget: float) -> Tensor:
    """Stack feature numbers, [texts, words, width], with a share of the features hidden."""
    rows = rows_tensor(cases)
    return rows * (torch.rand(rows.shape) >= forget)


def span_loss(
    nesting: Nesting, inputs: Callable[[Sequence[Worded]], tuple[Tensor, ...]], weights: Sequence[float] | None = None
) -> Loss[Worded]:
    """Give the loss of sets of spans; `inputs` is what the network takes for a batch, `weights` those of labels."""
    heavy = None if weights is None else torch.tensor(weights)

    def loss(network: nn.Module, cases: Sequence[Worded]) -> Tensor:
        return set_loss(network(*inputs(cases)), targets_tensor(cases, len(nesting)), nesting, heavy).mean()

    return loss


def shuffled(cases: Sequence[C], size: int, random_: random.Random) -> Iterator[Sequence[C]]:
    """Part cases in any order into batches, for networks that do not mind how long a text is.

    >>> sorted(len(batch) for batch in shuffled(range(5), 2, random.Random(0)))
    [1, 2, 2]
    """
    order = list(cases)
    random_.shuffle(order)
    for begin in range(0, len(order), size):
        yield order[begin : begin + size]
