"""`textwright tune export`: a checked training file of annotated texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import textwright
from textwright.cli.asking import Domain, Meanings, OneTask, Variables
from textwright.cli.options import names_of
from textwright.cli.output import whole_file
from textwright.cli.prompt import pairs
from textwright.cli.telling import say
from textwright.errors import DataError
from textwright.references import surroundings
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.dataset import Dataset
    from textwright.llm.prompts.prompt import Prompt
    from textwright.llm.tuning.checks import Checked, Share
    from textwright.llm.tuning.estimate import Count, Estimate
    from textwright.llm.tuning.lessons import Lesson

CONTEXT = 8192


class Form(StrEnum):
    """The shapes of a training file."""

    chat = "chat"
    completion = "completion"


def export(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Annotated texts to learn from.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="The training file to write.")],
    template: Annotated[
        str, typer.Option(metavar="TEMPLATE", help="What the model is asked: a template's name or file.")
    ],
    schema: Meanings = None,
    labels: Annotated[
        list[str] | None, typer.Option(metavar="A,B", help="The labels to ask for; else those that occur.")
    ] = None,
    task: OneTask = None,
    domain: Domain = None,
    set_: Variables = None,
    form: Annotated[Form, typer.Option(help="Messages for a chat model, or prompt and completion.")] = Form.chat,
    test: Annotated[
        list[Path] | None, typer.Option(metavar="DATA", help="Texts to judge on, which must not be learned from.")
    ] = None,
    drop_leaks: Annotated[bool, typer.Option("--drop-leaks", help="Leave texts of the test sets out.")] = False,
    drop_duplicates: Annotated[
        bool, typer.Option("--drop-duplicates", help="Keep one of equal examples, none that contradict each other.")
    ] = False,
    context: Annotated[int, typer.Option(min=1, metavar="N", help="Tokens an example may have.")] = CONTEXT,
    base_model: Annotated[str | None, typer.Option(metavar="NAME", help="The model to tune, for cost and end.")] = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="How often to go through; else the server chooses.")] = None,
    seed: Annotated[int | None, typer.Option(help="Shuffle the examples; else they keep their order.")] = None,
    gguf: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Count tokens exactly, with this model's tokenizer.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the report as JSON.")] = None,
) -> None:
    """Make a training file of annotated texts, checked before it costs anything.

    Each line asks exactly as the tuned model will be asked. Texts that stand twice, or in a --test set, are
    refused; what was left out, tokens and cost are told. FILE.card.json beside the file keeps how it was made.

    Example:
        textwright tune export train.jsonl -o tune.jsonl --template ner --schema job_titles --test dev.jsonl
        textwright tune export train.jsonl -o tune.jsonl --template ner --labels SKILL,TOOL --base-model gpt-4.1-mini
    """
    from textwright.dataset import Dataset

    _check_places(out, [data, *(test or [])])
    source = Dataset.read(data)
    described = _described(
        source, template, {"schema": schema, "labels": names_of(labels), "task": task, "domain": domain}, set_
    )
    wish = Wish(form.value, drop_leaks, drop_duplicates, context, base_model, epochs, seed)
    made = _made(source, [Dataset.read(each) for each in test or []], described, wish, gguf)
    _write(out, made)
    _report(out, made)
    if json_file is not None:
        text = json.dumps(made.card, ensure_ascii=False, indent=2) + "\n"
        with whole_file(json_file) as part:
            part.write_text(text, encoding="utf-8")


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


def _check_places(out: Path, sources: Sequence[Path]) -> None:
    if out.resolve() in {each.resolve() for each in sources}:
        raise DataError(f"{out}: the training file would overwrite the annotated texts. Give it another name")


# --- the prompt -----------------------------------------------------------------------------


def _described(source: Dataset, template: str, options: Mapping[str, Any], set_: list[str] | None) -> dict[str, Any]:
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


# --- making it ------------------------------------------------------------------------------


def _made(source: Dataset, tests: Sequence[Dataset], described: dict[str, Any], wish: Wish, gguf: Path | None) -> Made:
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


def _write(out: Path, made: Made) -> None:
    """Write the training file, then its card."""
    from textwright.llm.tuning.card import write_card
    from textwright.llm.tuning.lessons import write
    from textwright.llm.tuning.submit import digest

    with whole_file(out) as part:
        write(part, made.lessons, made.form, made.stop)
    made.card["file_sha256"] = digest(out)
    write_card(out, made.card)


# --- what is said of it ---------------------------------------------------------------------


def _report(out: Path, made: Made) -> None:
    from textwright.llm.tuning.checks import warnings

    say(f"{out}: {counted(len(made.lessons), 'example')} as {made.form}")
    for line in _lost(made.checked):
        say(line)
    for line in _shares(made.shares):
        say(line)
    for warning in warnings(made.shares):
        say(f"warning: {warning}")
    for line in made.estimate.lines(made.base_model):
        say(line)
    if made.base_model is not None and (end := end_of(made.base_model)):
        say(end)


def _lost(checked: Checked) -> Iterator[str]:
    """Say what was left out, what was not asked for, and what looks wrong."""
    for reason, ids in checked.left_out.items():
        yield f"left out, {reason}: {len(ids):,} ({shortened(ids)})"
    if checked.not_asked:
        yield "not asked for: " + ", ".join(f"{label} ({count:,})" for label, count in checked.not_asked.items())
    if checked.broken:
        shown = "; ".join(f"{where}: {problem.reason}" for where, problem in checked.broken[:3])
        yield f"warning: {len(checked.broken):,} times the schema's rules are broken, and that is learned: {shown}"
    if checked.near:
        yield f"{checked.near:,} test texts have a near-same one here; textwright leaks lists them"


def shortened(names: Sequence[str], most: int = 5) -> str:
    """Join the first names; say how many more there are.

    >>> shortened(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _shares(shares: Sequence[Share]) -> Iterator[str]:
    width = max((len(each.label) for each in shares), default=0)
    for each in shares:
        yield f"  {each.label:{width}}  {each.examples:>7,}  {each.share:6.1%} of the examples"


def end_of(model: str) -> str | None:
    """Say when a model is shut down, if that is known."""
    from textwright.llm.money.prices import shutdown_of

    end = shutdown_of(model)
    if end is None:
        return None
    if end <= date.today():
        return f"warning: {model} was shut down on {end}; what was tuned on it went with it"
    return f"warning: {model} is shut down on {end}, and what is tuned on it goes with it"
