"""`textwright check`: what is wrong with headlines, where, and what repairs make of them."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright import formats, packs
from textwright.cli.answering import annotate
from textwright.cli.options import Column, File, Out, RawCells, Reject, names_of
from textwright.cli.output import bytes_out, refuse_same, write_lines, write_table
from textwright.cli.progress import is_beside, progress
from textwright.cli.rejects import Rejects, rejects_to
from textwright.cli.source import STDIN, TABLES, check_places, opened
from textwright.cli.status import Status
from textwright.cli.telling import say, tell
from textwright.errors import DataError
from textwright.formats.base import Format, Identify, Options
from textwright.formats.records import encode
from textwright.predictor import Predictor
from textwright.schema import Schema
from textwright.types import Annotation, Example
from textwright.wrangle.checks import LONGEST, Finding, carried, check_named, generic_checks, repaired
from textwright.wrangle.checks import check as find
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.wrangle.checks import Check

NONE = "none"


def check(
    file: File = STDIN,
    out: Out = None,
    pack: Annotated[
        str, typer.Option(metavar="PACK", help="Whose rules are added to the generic ones; none adds none.")
    ] = "job_titles",
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="Which model is asked, else the pack's best; none asks none.")
    ] = None,
    rules: Annotated[list[str] | None, typer.Option(metavar="A,B", help="Look for these rules only.")] = None,
    longest: Annotated[int, typer.Option(min=1, help="The length beyond which a text is too long.")] = LONGEST,
    column: Column = "text",
    reject: Reject = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Write the texts as safe repairs make them, in the kind that came in.")
    ] = False,
    fail: Annotated[bool, typer.Option("--fail", help="Exit with 3 when anything is found.")] = False,
    raw_cells: RawCells = False,
) -> None:
    """Say what is wrong with headlines, where, and what repairs make of them.

    FILE holds plain lines, JSON lines with a "text", or a table (CSV, Parquet). Out come JSON lines with
    the findings of each text, its repairs and the repaired text; on a terminal, a drawing of what was found.

    Example:
        textwright check titles.txt -o findings.jsonl
        textwright check jobs.csv --column headline --repair -o mended.csv
        textwright check titles.txt --rules shouting,masked_pay --fail
    """
    check_places(file, out, reject)
    refuse_same(file, out, reject)
    job = Job(file, out, checks_for(pack, names_of(rules), longest), column, repair, raw_cells)
    asked = model_for(job, pack, model)
    tally, started = Tally(), time.perf_counter()
    with rejects_to(reject) as rejects:
        run(job, asked, rejects, tally)
    say(tally.summary(time.perf_counter() - started, rejects, in_place="left out" if repair else ""))
    if fail and tally.rules:
        raise typer.Exit(Status.GATE_MISSED)
    rejects.end()


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be checked for what, and where the result goes."""

    file: Path
    out: Path | None
    checks: Sequence[Check]
    column: str
    repair: bool
    raw_cells: bool


def checks_for(pack: str, names: Sequence[str] | None, longest: int) -> list[Check]:
    """Return the checks of a pack and the generic ones, or those of them that are named."""
    own = None if pack == NONE else packs.open_pack(pack).checks
    checks = [*(own() if own else ()), *generic_checks(longest=longest)]
    return checks if names is None else check_named(checks, names)


def model_for(job: Job, pack: str, model: str | None) -> Predictor:
    """Open the model whose answers the checks look at; one that says nothing where none is asked or needed."""
    if model == NONE or job.repair or not any(each.asks for each in job.checks):
        return Silent()
    from textwright.references import open_model

    return open_model(model or pack)


@dataclass(frozen=True, slots=True)
class Silent:
    """A predictor that says nothing, so that what a file says of its texts is looked at."""

    schema: Schema = Schema(open=True)  # noqa: RUF009  # a schema is frozen

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Leave each text as it was annotated."""
        return [Annotation()] * len(texts)


class Tally:
    """Counts texts and findings as they go by."""

    def __init__(self) -> None:
        """Begin at none."""
        self.rules: Counter[str] = Counter()
        self.texts = 0
        self.wrong = 0

    def add(self, findings: Sequence[Finding]) -> None:
        """Count a text."""
        self.texts += 1
        self.wrong += bool(findings)
        self.rules.update(finding.rule for finding in findings)

    def summary(self, seconds: float, rejects: Rejects, *, in_place: str = "") -> str:
        """Say how many texts were checked, how fast, and what was found.

        >>> Tally().summary(0.5, Rejects())
        '0 texts in 0.5 s, 0 a second; nothing found'
        """
        speed = f"{counted(self.texts, 'text')} in {seconds:.1f} s, {self.texts / max(seconds, 1e-9):,.0f} a second"
        rules = ", ".join(f"{name} {count:,}" for name, count in self.rules.most_common())
        found = f"something in {self.wrong:,}: {rules}" if rules else "nothing found"
        return f"{speed}; {found}{rejects.words('could not be read', in_place=in_place)}"


# --- from file to file -----------------------------------------------------------------------------


def run(job: Job, model: Predictor, rejects: Rejects, tally: Tally) -> None:
    """Check a file."""
    with opened(job.file) as source, progress(job.file, wanted=is_beside(job.out)) as advance:
        options = Options(column=job.column, raw_cells=job.raw_cells, on_warning=tell, on_progress=advance, lossy=True)
        options = source.as_it_came(options, job.out)
        examples = chain.from_iterable(annotate(model, source.batches(options), rejects))
        if job.repair:
            write_repaired(job, source.format, options, mended(job, examples, tally))
        elif job.out is None and sys.stdout.isatty():
            show(job, examples, tally)
        else:
            write_findings(job, examples, tally)


def write_findings(job: Job, examples: Iterator[Example], tally: Tally) -> None:
    """Write a JSON line for each text, as soon as it is checked."""
    with bytes_out(job.out) as file:
        for example in examples:
            file.write((encode(line_of(job, example, tally)) + "\n").encode("utf-8", "surrogatepass"))
            if job.out is None:
                file.flush()


def line_of(job: Job, example: Example, tally: Tally) -> dict[str, object]:
    """Return what is written of a text: its findings and what repairs make of it, or why it could not be read."""
    line: dict[str, object] = {"id": example.id, "text": example.text}
    if "error" in example.extra:
        return line | {key: example.extra[key] for key in ("error", "line") if key in example.extra}
    findings = find(example.text, job.checks, example.gold)
    tally.add(findings)
    return line | {
        "findings": [finding_data(each) for each in findings],
        "repaired": repaired(example.text, job.checks).text,
    }


def finding_data(finding: Finding) -> dict[str, object]:
    """Write a finding as JSON has it, in code points."""
    repairs = [{"start": each.start, "end": each.end, "text": each.text, "safe": each.safe} for each in finding.repairs]
    return {
        "start": finding.start,
        "end": finding.end,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "repairs": repairs,
    }


# --- repaired texts --------------------------------------------------------------------------------


def mended(job: Job, examples: Iterator[Example], tally: Tally) -> Iterator[Example]:
    """Yield each example with its text repaired and its spans carried over; an id made from the text is made anew.

    What could not be read is left out: half read, it would stand there as if it were a text.
    """
    identify_old, identify_new = Identify(), Identify()
    for example in examples:
        if "error" in example.extra:
            continue
        tally.add(find(example.text, job.checks, example.gold))
        made = repaired(example.text, job.checks)
        gold = example.gold
        if gold.spans is not None:
            gold = replace(gold, spans=carried(gold.spans, made))
        is_made = identify_old(example.text) == example.id
        name = identify_new(made.text) if is_made else example.id
        yield replace(example, id=name, text=made.text, gold=gold)


def write_repaired(job: Job, source: Format, options: Options, examples: Iterator[Example]) -> None:
    """Write texts in the kind that came in, or the one that the ending of OUT names."""
    target = repaired_format(source, job.out)
    if target.name == "lines":
        with bytes_out(job.out) as file:
            for example in examples:
                file.write((" ".join(example.text.splitlines()) + "\n").encode("utf-8", "surrogatepass"))
    elif target.name == "jsonl":
        write_lines(job.out, ([example] for example in examples))
    else:
        write_table(job.out, target, ([example] for example in examples), options)


def repaired_format(source: Format, out: Path | None) -> Format:
    """Choose lines, JSON lines or a table. Raise `DataError` for an ending that names something else."""
    known = {"lines", "jsonl", *TABLES}
    ending = out.suffix.lower() if out is not None else ""
    named = [each for each in formats.FORMATS.values() if ending in each.endings]
    if not ending or (not named and out is not None and out.exists() and not out.is_file()):
        return source if source.name in known else formats.FORMATS["jsonl"]
    fitting = [each for each in named if each.name in known]
    if not fitting:
        raise DataError(f"{out}: check writes .txt, .jsonl, .csv and .parquet. Write .jsonl, then: textwright convert")
    return source if source in fitting else fitting[0]


# --- for people ------------------------------------------------------------------------------------


def show(job: Job, examples: Iterator[Example], tally: Tally) -> None:
    """Draw each text in which something was found."""
    from rich.console import Console

    from textwright.cli.check_shown import drawing

    console = Console(highlight=False, emoji=False)
    for example in examples:
        if "error" in example.extra:
            continue
        findings = find(example.text, job.checks, example.gold)
        tally.add(findings)
        if findings:
            console.print(drawing(example.text, findings, repaired(example.text, job.checks).text, console.width))
