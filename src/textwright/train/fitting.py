"""Learn a network's weights: batches, a rate that rises and falls, averaged weights, early stopping."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from textwright.decode import Nesting
from textwright.errors import DataError
from textwright.train.prepare import Case, batches, rows_tensor, targets_tensor
from textwright.train.structure import set_loss

# The share of the steps in which the rate rises.
RISING = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far learning is: `loss` on the train set, `score` on the dev set, seconds that are left at most."""

    epoch: int
    epochs: int
    loss: float
    score: float
    best: bool
    seconds_left: float


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn. `forget` is the share of features hidden at a time; `average` smooths the weights."""

    epochs: int = 25
    patience: int = 10
    batch: int = 64
    rate: float = 3e-3
    decay: float = 0.01
    forget: float = 0.2
    average: float = 0.998
    seed: int = 0


Draw = Callable[[int], Sequence[Case]]
Judge = Callable[[nn.Module], float]
Report = Callable[[Progress], None]


def learn(network: nn.Module, draw: Draw, judge: Judge, nesting: Nesting, settings: Settings, report: Report) -> None:
    """Fit a network to the cases that `draw` gives for each epoch, and leave in it the weights `judge` liked best.

    Stop when `patience` epochs in a row were not better. Raise `DataError` when the loss is no number.
    """
    with one_thread():
        _learn(network, draw, judge, nesting, settings, report)


@contextmanager
def one_thread() -> Iterator[None]:
    """Compute with one thread: the steps are too small to share, and so they are repeatable."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _learn(network: nn.Module, draw: Draw, judge: Judge, nesting: Nesting, settings: Settings, report: Report) -> None:
    optimiser = torch.optim.AdamW(network.parameters(), lr=settings.rate, weight_decay=settings.decay, fused=True)
    averaging = get_ema_multi_avg_fn(settings.average)  # type: ignore[no-untyped-call]  # torch gives it no types
    smooth = AveragedModel(network, multi_avg_fn=averaging)
    random_, began, best, best_epoch, kept = random.Random(settings.seed), time.monotonic(), -1.0, 0, _copy(network)
    for epoch in range(1, settings.epochs + 1):
        loss = _epoch(network, draw(epoch), nesting, settings, optimiser, smooth, epoch, random_)
        score = judge(smooth.module.eval())
        if score > best:
            best, best_epoch, kept = score, epoch, _copy(smooth.module)
        left = (time.monotonic() - began) / epoch * (settings.epochs - epoch)
        report(Progress(epoch, settings.epochs, loss, score, best_epoch == epoch, left))
        if epoch - best_epoch >= settings.patience:
            break
    network.load_state_dict(kept)
    network.eval()


def _epoch(
    network: nn.Module,
    cases: Sequence[Case],
    nesting: Nesting,
    settings: Settings,
    optimiser: torch.optim.Optimizer,
    smooth: AveragedModel,
    epoch: int,
    random_: random.Random,
) -> float:
    """Go through the cases once and return the mean loss of a text."""
    network.train()
    drawn = list(batches(cases, settings.batch, random_))
    total = 0.0
    for place, batch in enumerate(drawn):
        done = (epoch - 1 + place / len(drawn)) / settings.epochs
        for group in optimiser.param_groups:
            group["lr"] = settings.rate * share_of_rate(done)
        total += _step(network, batch, nesting, settings, optimiser) * len(batch)
        smooth.update_parameters(network)
    return total / len(cases)


def share_of_rate(done: float) -> float:
    """Give the share of the full rate after a share of the steps: up in a line, down along a cosine.

    >>> [round(share_of_rate(done), 2) for done in (0.0, 0.05, 0.1, 0.55, 1.0)]
    [0.01, 0.5, 1.0, 0.5, 0.0]
    """
    if done < RISING:
        return max(0.01, done / RISING)
    return 0.5 + 0.5 * math.cos(math.pi * (done - RISING) / (1 - RISING))


def _step(
    network: nn.Module, cases: Sequence[Case], nesting: Nesting, settings: Settings, optimiser: torch.optim.Optimizer
) -> float:
    """Improve the weights on one batch and return its loss."""
    rows = rows_tensor(cases)
    seen = rows * (torch.rand(rows.shape) >= settings.forget)
    loss = set_loss(network(seen), targets_tensor(cases, len(nesting)), nesting).mean()
    if not math.isfinite(loss.item()):
        raise DataError(f"the loss became {loss.item()}; try a lower rate than {settings.rate}")
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return loss.item()


def _copy(network: nn.Module) -> dict[str, Tensor]:
    return {name: value.detach().clone() for name, value in network.state_dict().items()}
