"""`textwright tune export`: a checked training file of annotated texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright.cli.asking import Domain, Meanings, OneTask, Variables
from textwright.cli.options import names_of
from textwright.cli.output import whole_file
from textwright.cli.telling import say
from textwright.cli.tune_making import Made, Wish, described_for, made_of
from textwright.errors import DataError
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.llm.tuning.checks import Checked, Share

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
    described = described_for(
        source, template, {"schema": schema, "labels": names_of(labels), "task": task, "domain": domain}, set_
    )
    wish = Wish(form.value, drop_leaks, drop_duplicates, context, base_model, epochs, seed)
    made = made_of(source, [Dataset.read(each) for each in test or []], described, wish, gguf)
    card = _write(out, made)
    _report(out, made)
    if json_file is not None:
        text = json.dumps(card, ensure_ascii=False, indent=2) + "\n"
        with whole_file(json_file) as part:
            part.write_text(text, encoding="utf-8")


def _check_places(out: Path, sources: Sequence[Path]) -> None:
    if out.resolve() in {each.resolve() for each in sources}:
        raise DataError(f"{out}: the training file would overwrite the annotated texts. Give it another name")


def _write(out: Path, made: Made) -> dict[str, Any]:
    """Write the training file, then its card, which knows what was written; return the card."""
    from textwright.llm.tuning.card import write_card
    from textwright.llm.tuning.lessons import write
    from textwright.llm.tuning.submit import digest

    with whole_file(out) as part:
        write(part, made.lessons, made.form, made.stop)
    card = {**made.card, "file_sha256": digest(out)}
    write_card(out, card)
    return card


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
