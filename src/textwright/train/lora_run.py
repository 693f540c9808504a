"""From a recipe to a tuned network: load the base, cut the texts, learn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textwright.train.checkpoint import Checkpoint
from textwright.train.fitting import Progress
from textwright.train.lora import Tuned, Tuning, tune
from textwright.train.lora_base import Loaded, load, refuse_too_large
from textwright.train.lora_data import lessons
from textwright.train.lora_folder import Recipe

# Longer ones, question and answer together, are left out: they would need several times the memory.
LONGEST = 512


def tuned_by(
    recipe: Recipe, *, state: Path | None, report: Callable[[Progress], None], tell: Callable[[str], None]
) -> Tuned:
    """Tune the base as the recipe says; `state` is the file that a stopped run goes on from."""
    refuse_too_large(recipe.base)
    loaded = load(recipe.base)
    return tune(tuning_of(recipe, loaded, state=state, report=report, tell=tell))


def tuning_of(
    recipe: Recipe,
    loaded: Loaded,
    *,
    state: Path | None,
    report: Callable[[Progress], None],
    tell: Callable[[str], None],
) -> Tuning:
    """Cut the texts into lessons and put all together that is needed to learn."""
    train = lessons(recipe.train, recipe.prompt, loaded, longest=LONGEST, tell=tell)
    dev = lessons(recipe.dev, recipe.prompt, loaded, longest=LONGEST, tell=tell, what="dev")
    tokens = sum(map(len, train))
    tell(f"{len(train)} texts to learn from, {tokens:,} tokens; {len(dev)} to choose the epoch by")
    checkpoint = Checkpoint(state, tell) if state is not None else None
    return Tuning(loaded.network, train, dev, recipe.settings, checkpoint, report, tell)
