"""Making a training file of annotated texts: what it asks, what it teaches, what that costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import textwright
from textwright.cli.prompt import pairs
from textwright.errors import DataError
from textwright.references import surroundings

if TYPE_CHECKING:
    from textwright.dataset import Dataset
    from textwright.llm.prompts.prompt import Prompt
    from textwright.llm.tuning.checks import Checked, Share
    from textwright.llm.tuning.estimate import Count, Estimate
    from textwright.llm.tuning.lessons import Lesson


@dataclass(frozen=True, slots=True)
class Wish:
    """How the file is to be made."""

    form: Any
    drop_leaks: bool
    drop_duplicates: bool
    context: int
    base_model: str | None
    epochs: int | None
    seed: int | None


@dataclass(frozen=True, slots=True)
class Made:
    """A training file before it is written, with what is to be said of it."""

    lessons: Sequence[Lesson]
    stop: str
    form: Any
    checked: Checked
    shares: Sequence[Share]
    estimate: Estimate
    base_model: str | None
    card: dict[str, Any]


def described_for(source: Dataset, template: str, options: Mapping[str, Any], set_: list[str] | None) -> dict[str, Any]:
    """Describe the prompt as a prompt file does; files are named so that they are found from anywhere."""
    given = {key: value for key, value in options.items() if value}
    found = {"template": _absolute(template), **given}
    if "schema" in found:
        found["schema"] = _absolute(found["schema"])
    elif "labels" not in found:
        found |= _occurring(source, template)
    values = pairs("--set", set_)
    return {**found, "set": values} if values else found


def _absolute(reference: str) -> str:
    path = Path(reference)
    return str(path.resolve()) if path.is_file() else reference


def _occurring(source: Dataset, template: str) -> dict[str, Any]:
    """Ask for the labels that occur, if they make one question."""
    from textwright.llm.prompts.template import open_template

    kind = open_template(template, folders=surroundings().templates).task
    if kind == "spans":
        return {"labels": list(source.schema.spans)}
    if kind == "categories" and len(source.schema.tasks) == 1:
        only = source.schema.tasks[0]
        return {"labels": [label.name for label in only.labels], "task": only.name}
    if kind == "categories":
        names = ", ".join(each.name for each in source.schema.tasks) or "none"
        raise DataError(f"{source.name}: answers several tasks or none ({names}). Name a --schema")
    return {}


def made_of(
    source: Dataset, tests: Sequence[Dataset], described: dict[str, Any], wish: Wish, gguf: Path | None
) -> Made:
    """Check the texts, and make of them what is to be written. Raise `DataError` for texts that cannot teach."""
    from textwright.llm.tuning.card import card_of
    from textwright.llm.tuning.checks import HeldOut, balance, check
    from textwright.llm.tuning.estimate import estimate
    from textwright.llm.tuning.lessons import lessons, stop_of
    from textwright.predictors.prompt_file import prompt_of

    prompt: Prompt = prompt_of(described, surroundings(), where=str(described["template"]))
    checked = check(
        source,
        prompt.schema,
        prompt.task,
        tests=[HeldOut(each.name, each) for each in tests],
        drop_duplicates=wish.drop_duplicates,
        drop_leaks=wish.drop_leaks,
    )
    with _counting(gguf) as count:
        taught, checked = _fitting(lessons(prompt, checked.examples), checked, count, wish.context)
        price = _training_price(wish.base_model)
        guess = estimate(taught, count, exact=gguf is not None, epochs=wish.epochs, price=price)
    shares = balance(checked.examples, prompt.schema, prompt.task)
    stop = stop_of(prompt)
    card = card_of(
        prompt=prompt,
        described=described,
        data=source,
        checked=checked,
        shares=shares,
        estimate=guess,
        form=wish.form,
        stop=stop if wish.form == "completion" else None,
        base_model=wish.base_model,
        tests=tests,
        made_by=textwright.__version__,
        sha256="",
    )
    return Made(_shuffled(taught, wish.seed), stop, wish.form, checked, shares, guess, wish.base_model, card)


@contextmanager
def _counting(gguf: Path | None) -> Iterator[Count]:
    """Give what counts tokens: an estimate, or a model's own tokenizer."""
    if gguf is None:
        from textwright.llm.money.tokens import estimated_tokens

        yield estimated_tokens
        return
    from textwright.llm.local.embedded import Embedded

    model = Embedded(gguf)
    try:
        yield model.count_tokens
    finally:
        model.close()


def _fitting(taught: list[Lesson], checked: Checked, count: Count, context: int) -> tuple[list[Lesson], Checked]:
    """Leave out what is longer than the context: it would be cut, and teach half an answer."""
    from textwright.llm.tuning.checks import require_enough
    from textwright.llm.tuning.estimate import within

    fits, long = within(taught, count, context)
    if not long:
        return taught, checked
    gone = set(long)
    left_out = {**checked.left_out, f"longer than {context:,} tokens": tuple(long)}
    require_enough(len(fits), left_out)
    kept = tuple(each for each in checked.examples if each.id not in gone)
    return fits, replace(checked, examples=kept, left_out=left_out)


def _training_price(base_model: str | None) -> float | None:
    from textwright.llm.money.prices import price_of

    price = None if base_model is None else price_of(base_model)
    return None if price is None else price.training


def _shuffled(taught: list[Lesson], seed: int | None) -> list[Lesson]:
    import random

    if seed is None:
        return taught
    mixed = list(taught)
    random.Random(seed).shuffle(mixed)
    return mixed
