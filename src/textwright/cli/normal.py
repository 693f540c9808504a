"""`textwright normal`: what is marked, brought to one form by a pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from textwright import packs
from textwright.cli.options import Column, Out
from textwright.cli.output import refuse_same, write_lines
from textwright.cli.source import STDIN
from textwright.cli.status import Status
from textwright.cli.telling import say
from textwright.cli.texts import texts_of
from textwright.errors import DataError
from textwright.predictor import Predictor, answers
from textwright.types import Annotation, Answer, Example
from textwright.wrangle.counted import counted

BATCH = 256
Texts = Annotated[Path, typer.Argument(metavar="[DATA|-]", help="Texts, annotated or not; - is standard input.")]


def normal(
    data: Texts = STDIN,
    out: Out = None,
    pack: Annotated[str, typer.Option(metavar="PACK", help="Whose normal form.")] = "job_titles",
    column: Column = "text",
) -> None:
    """Add the normal form of what is marked in each text, as a pack defines it: a line in, a line out.

    A text without spans is first annotated by the pack's best model. What comes out are JSON lines
    with "normal".

    Example:
        textwright normal titles.txt -o normal.jsonl
        textwright predict job_titles.rules titles.txt | textwright normal -
    """
    refuse_same(data, out)
    job = Job(_opened(pack))
    with texts_of(data, column, out=out) as texts:
        write_lines(out, _batches(iter(texts), job))
    say(f"{counted(job.done, 'text')}, {job.failed:,} without an answer")
    texts.end()
    if job.failed:
        raise typer.Exit(Status.PARTLY)


def _opened(name: str) -> packs.Pack:
    pack = packs.open_pack(name)
    if pack.normal is None:
        having = [each for each in packs.installed() if packs.open_pack(each).normal is not None]
        raise DataError(f"pack {name} defines no normal form. Packs that do: {', '.join(having) or 'none'}")
    return pack


@dataclass(slots=True)
class Job:
    """A pack at work, with its best model, opened when a text first needs it, and what it has done."""

    pack: packs.Pack
    model: Predictor | None = None
    done: int = 0
    failed: int = 0

    def annotated(self, examples: Sequence[Example]) -> list[Answer]:
        """Return what is marked in each text: what stands there, else what the model says."""
        bare = [example.text for example in examples if example.gold.spans is None]
        if bare and self.model is None:
            self.model = self.pack.models[self.pack.best]()
        found = answers(self.model, bare) if self.model is not None else iter(())
        return [next(found) if each.gold.spans is None else Answer(each.gold) for each in examples]

    def with_normal(self, example: Example, answer: Answer) -> Example:
        """Add the normal form to an example, or the reason why there is none."""
        self.done += 1
        if answer.annotation is None:
            self.failed += 1
            reason = answer.problem.reason if answer.problem else "no answer"
            return replace(example, gold=Annotation(), extra={**example.extra, "error": reason})
        assert self.pack.normal is not None, "checked when the pack was opened"
        gold = replace(example.gold, spans=answer.annotation.spans)
        form = list(self.pack.normal(example.text, gold))
        return replace(example, gold=gold, extra={**example.extra, "normal": form})


def _batches(examples: Iterator[Example], job: Job) -> Iterator[list[Example]]:
    while batch := list(islice(examples, BATCH)):
        yield [job.with_normal(*pair) for pair in zip(batch, job.annotated(batch), strict=True)]
