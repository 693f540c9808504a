"""`textwright rules`: begin, check and test a rule set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright.cli.status import Status
from textwright.cli.telling import say
from textwright.errors import DataError, ModelError
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.predictors.rules import RulesPredictor
    from textwright.predictors.rules.examples import Trial
    from textwright.predictors.rules.tally import RuleTally

app = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True)
Folder = Annotated[Path, typer.Argument(help="The folder of the rule set.")]


@app.callback()
def rules() -> None:
    """Begin, check and test a rule set, which is a folder of text files.

    Example:
        textwright rules new recipes
        textwright rules check recipes
        textwright rules test recipes
    """


@app.command("new")
def begin(folder: Annotated[Path, typer.Argument(help="The folder to make.")]) -> None:
    """Write a small rule set to begin from.

    It works, reads lines of recipes, and its comments say how to change it for other texts.

    Example:
        textwright rules new recipes
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise ModelError(f"{folder}: exists already. Give a folder that does not, or an empty one")
    folder.mkdir(parents=True, exist_ok=True)
    for source in files("textwright.predictors.rules").joinpath("example").iterdir():
        (folder / source.name).write_bytes(source.read_bytes())
    say(f"{folder}: written. Read {folder / 'rules.toml'}, then: textwright rules test {folder}")


@app.command("check")
def check(folder: Folder) -> None:
    """Say what is wrong with a rule set.

    Everything is read and compiled. Errors keep the rules from running, and the exit status is 2; warnings tell
    what is surely not meant: lists that nothing uses, entries that stand twice, rules that are never reached.

    Example:
        textwright rules check recipes
    """
    from textwright.predictors.rules.check import check_folder

    findings = check_folder(folder)
    _print_lines(f"error: {error}" for error in findings.errors)
    _print_lines(f"warning: {warning}" for warning in findings.warnings)
    found = f"{counted(len(findings.errors), 'error')}, {counted(len(findings.warnings), 'warning')}"
    say(f"{folder}: {found}")
    if findings.errors:
        raise typer.Exit(Status.USAGE)


@app.command("test")
def run_examples(
    folder: Folder,
    data: Annotated[Path | None, typer.Argument(metavar="[DATA]", help="Annotated texts to score as well.")] = None,
) -> None:
    """Run the examples of a rule set.

    They stand in rules.toml; the exit status is 3 when one fails. With DATA the rules are also scored on
    annotated texts, and the spans of each rule are counted.

    Example:
        textwright rules test recipes
        textwright rules test recipes marked.jsonl
    """
    from textwright.predictors.rules import RulesPredictor
    from textwright.predictors.rules.examples import try_examples

    predictor = RulesPredictor.open(folder)
    trials = try_examples(predictor.rules, predictor.program)
    failed = [trial for trial in trials if not trial.passed]
    for trial in failed:
        _print_lines(failure(trial))
    print(f"{len(trials) - len(failed)} of {len(trials)} examples pass")
    if data is not None:
        _print_lines(scores(predictor, data))
    if failed:
        raise typer.Exit(Status.GATE_MISSED)


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def failure(trial: Trial) -> list[str]:
    """Show an example that failed: what was expected, what was found, and the difference."""
    from textwright.predictors.rules.examples import differences, write_marked

    expected, found = (write_marked(trial.text, spans) for spans in (trial.expected, trial.found))
    return [f"{trial.place}:", f"  expected  {expected}", f"  found     {found}"] + [
        f"    {line}" for line in differences(trial)
    ]


def scores(predictor: RulesPredictor, data: Path) -> list[str]:
    """Score a rule set on annotated texts: by label, then by rule. Raise `DataError` for texts of other labels."""
    from textwright.dataset import Dataset, occurring_schema
    from textwright.evaluate import evaluate
    from textwright.predictors.rules.tally import tally

    dataset = Dataset.read(data)
    refuse_other_labels(data, occurring_schema(dataset).spans, predictor.schema.spans)
    figures = evaluate(predictor, dataset).to_data()
    return ["", *label_table(figures), "", *rule_table(tally(predictor.program, dataset))]


def refuse_other_labels(data: Path, annotated: Sequence[str], marked: Sequence[str]) -> None:
    """Raise `DataError` when texts are annotated with labels of which the rules mark none."""
    if annotated and not set(annotated) & set(marked):
        raise DataError(
            f"{data}: annotated with {', '.join(annotated)}, of which the rules mark none. "
            f"They mark: {', '.join(marked) or 'nothing'}"
        )


def label_table(figures: Mapping[str, Any]) -> list[str]:
    """Lay out how often each label's spans are all right in a text, and how right they are one by one."""
    labels = {label: (figures["exact"][label], figures["spans"][label]) for label in figures["dataset"]["labels"]}
    width = max(len("label"), *map(len, labels)) if labels else len("label")
    head = f"{'label':{width}}  {'texts right':>11}  {'precision':>10}  {'recall':>10}  {'F1':>10}"
    return [head] + [
        f"{label:{width}}  {_percent(exact['accuracy']):>11}  {_percent(spans['precision'])}"
        f"  {_percent(spans['recall'])}  {_percent(spans['f1'])}"
        for label, (exact, spans) in labels.items()
    ]


def rule_table(rows: Iterable[RuleTally]) -> list[str]:
    """Lay out what each rule made.

    >>> from textwright.predictors.rules.tally import RuleTally
    >>> rule_table([RuleTally("line", "food", 4, 3), RuleTally("line", "how", 0, 0)])[1:]
    ['food      4      3      75.0 %', 'how       0      0           -']
    """
    listed = list(rows)
    width = max(len("rule"), *(len(row.rule) for row in listed)) if listed else len("rule")
    head = f"{'rule':{width}}  {'spans':>5}  {'right':>5}  {'precision':>10}"
    return [head] + [f"{row.rule:{width}}  {row.made:>5}  {row.right:>5}  {_percent(row.precision)}" for row in listed]


def _percent(share: float | None) -> str:
    return f"{'-' if share is None else f'{100 * share:.1f} %':>10}"
