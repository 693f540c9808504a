"""`textwright tune`: tune a language model on annotated texts, at a server or on this machine."""

from __future__ import annotations

import typer

from textwright.cli.tune_export import export
from textwright.cli.tune_jobs import cancel, list_jobs, status, submit
from textwright.cli.tune_local import local

app = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True)


@app.callback()
def tune() -> None:
    """Tune a language model on annotated texts, here or at a server.

    Example:
        textwright tune export train.jsonl -o tune.jsonl --template ner --schema job_titles --test dev.jsonl
        textwright tune submit tune.jsonl --base-model NAME --base-url https://llm.example.org/v1 --wait
        textwright tune status --write tuned.toml
        textwright evaluate prompt:tuned.toml dev.jsonl
    """


app.command("export")(export)
app.command("submit")(submit)
app.command("status")(status)
app.command("list")(list_jobs)
app.command("cancel")(cancel)
app.command("local")(local)
