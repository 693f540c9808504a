"""The command line. A command is a function in a file of its own, loaded when it is called.

`main` is the one place that turns an error into a line on standard error and an exit status.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

import textwright
from textwright import trust
from textwright.cli.lazy import Command, LazyGroup, ReaderGoneError, unwrapped_example
from textwright.cli.status import Status
from textwright.cli.telling import say, tell
from textwright.errors import DataError, TextwrightError

COMMANDS: tuple[Command, ...] = (
    Command(
        "start",
        "textwright.cli.start:start",
        "Lead from texts to a model in your own page: bring texts, say what you look for, correct, judge, ship.",
    ),
    Command(
        "predict", "textwright.cli.predict:predict", "Annotate texts with a model: a line in, a line out, in order."
    ),
    Command(
        "batch",
        "textwright.cli.batch:batch",
        "Annotate a table of any size with a model, in parts, on this machine or on a Ray cluster.",
    ),
    Command(
        "evaluate",
        "textwright.cli.evaluate:evaluate",
        "Judge a model on annotated texts: exact match, span F1, categories, speed, every mistake.",
    ),
    Command(
        "compare",
        "textwright.cli.compare:compare",
        "Compare models on the same annotated texts, with intervals and exact tests; hold them against a gate.",
    ),
    Command(
        "check",
        "textwright.cli.check:check",
        "Say what is wrong with headlines, where, and what repairs make of them.",
    ),
    Command(
        "tokens",
        "textwright.cli.tokens:tokens",
        "Cut texts into tokens with offsets: words, simple words as in Keras, or a model's subwords.",
    ),
    Command(
        "features",
        "textwright.cli.features:features",
        "Write a table with a row for each token: shape, stop word, part of speech, stem, lemma and more.",
    ),
    Command(
        "profile",
        "textwright.cli.profile:profile",
        "Say what texts are like before you start: lengths, languages, oddities, copies, labels, and what to do next.",
    ),
    Command("tree", "textwright.cli.tree:tree", "Turn texts into syntax trees, a JSON line each, for unified's tools."),
    Command(
        "leaks",
        "textwright.cli.leaks:leaks",
        "List the texts of B that are in A as well, the same or near so: a JSON line for each.",
    ),
    Command(
        "dedupe",
        "textwright.cli.dedupe:dedupe",
        "Keep one of the texts that are the same, or near so: the first annotated one, else the first.",
    ),
    Command(
        "normal",
        "textwright.cli.normal:normal",
        "Add the normal form of what is marked in each text, as a pack defines it: a line in, a line out.",
    ),
    Command(
        "similar",
        "textwright.cli.similar:similar",
        "Find the texts of DATA that are nearest to TEXT: a JSON line for each, the nearest first.",
    ),
    Command(
        "clusters",
        "textwright.cli.clusters:clusters",
        "Part texts into clusters: a JSON line for each, the largest first, with typical words and examples.",
    ),
    Command(
        "prompt",
        "textwright.cli.prompt:prompt",
        "Ask a language model about each text; spans are found in the text, never invented.",
    ),
    Command(
        "wording",
        "textwright.cli.wording:wording",
        "Ask one model the same texts with the labels' names only, with their meanings, and with examples.",
    ),
    Command("tune", "textwright.cli.tune:app", "Tune a language model on annotated texts, here or at a server."),
    Command("train", "textwright.cli.train:train", "Train a model on annotated texts, in minutes."),
    Command(
        "export",
        "textwright.cli.export:export",
        "Write a model as a folder that Python and the browser open, in as few bits as it bears.",
    ),
    Command(
        "parity",
        "textwright.cli.parity:parity",
        "Ask models the texts of their parity.json, in Python and in Node, and count other answers than promised.",
    ),
    Command(
        "curve",
        "textwright.cli.curve:curve",
        "Train on growing shares, and say what twice the texts would bring and when more stop paying.",
    ),
    Command(
        "doubt",
        "textwright.cli.doubt:doubt",
        "List the annotations that models which never saw them find unlikely, and likely ones that are missing.",
    ),
    Command(
        "agreement",
        "textwright.cli.agreement:agreement",
        "Say how well annotators agree: exact match, span F1, gamma for nested spans, alpha and kappa.",
    ),
    Command(
        "annotate",
        "textwright.cli.annotate:annotate",
        "Annotate texts in a page, alone or with others; everything is kept in one file.",
    ),
    Command(
        "experiment",
        "textwright.cli.experiment:app",
        "Fit and judge every method of an experiment on the same held-out texts, each once.",
    ),
    Command(
        "advise",
        "textwright.cli.advise:advise",
        "Say which method to ship, whether to label more and which texts next, and which labels are unclear.",
    ),
    Command("convert", "textwright.cli.convert:convert", "Convert annotated texts from one format to another."),
    Command("rules", "textwright.cli.rules:app", "Begin, check and test a rule set, which is a folder of text files."),
    Command(
        "serve", "textwright.cli.serve:serve", "Serve models over HTTP, with pages at / that run them in the browser."
    ),
    Command(
        "pages",
        "textwright.cli.pages:pages",
        "Write the pages with models as a static site, for any host that sends files.",
    ),
    Command("accounts", "textwright.cli.accounts:app", "Say who may log in to the annotation page, and as what."),
    Command(
        "notebook",
        "textwright.cli.notebook:notebook",
        "List the lessons, or copy one into your folder and open it in marimo.",
    ),
    Command(
        "models", "textwright.cli.models:models", "List the models of the installed packs, the best of each pack first."
    ),
    Command(
        "packs",
        "textwright.cli.packs:packs",
        "List the installed packs with their labels and tasks, models and sample.",
    ),
    Command(
        "templates",
        "textwright.cli.templates:templates",
        "List the templates for language models, with their variables; with a name, print its file.",
    ),
    Command("doctor", "textwright.cli.doctor:doctor", "Say what is installed here, and how to add what is missing."),
    Command("demo", "textwright.cli.demo:demo", "Try a pack on the sample that ships with it, and write a report."),
)


class Group(LazyGroup):
    """The commands of textwright."""

    lazy = COMMANDS


app = typer.Typer(cls=Group, rich_markup_mode=None, add_completion=True, pretty_exceptions_enable=False)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"textwright {textwright.__version__}")
        raise typer.Exit


ABOUT = """Texts in, spans and categories out, by any method, all judged on the same held-out texts.

Example:
    textwright predict job_titles titles.txt -o titles.jsonl
"""


@app.callback(help=unwrapped_example(ABOUT))
def textwright_command(
    version: Annotated[
        bool, typer.Option("-V", "--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
    code: Annotated[
        list[str] | None,
        typer.Option("--code", metavar="python:MODULE:NAME", help="Let this code run where a file names it."),
    ] = None,
    base_url: Annotated[
        list[str] | None,
        typer.Option("--base-url", metavar="URL", help="Let texts be sent to this server, now and later."),
    ] = None,
) -> None:
    """Take the options that stand before a command: what it may run, and where it may send texts (docs/security.md)."""
    del version
    if code:
        trust.name(map(code_named, code))
    if base_url:
        from textwright.cli.asking import confirmed

        for address in base_url:
            confirmed(address)


def code_named(reference: str) -> str:
    """Check what `--code` names.

    >>> code_named("python:mine:titles")
    'python:mine:titles'
    """
    if not re.fullmatch(r"python:[\w.]+:[\w.]+", reference):
        raise DataError(f"--code {reference}: expected python:module:name, as the file says it")
    return reference


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status. Print one line for a user's mistake, never a traceback."""
    try:
        status = run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except (BrokenPipeError, ReaderGoneError):
        _forget_output()
        return Status.READER_GONE
    except TextwrightError as error:
        return _complain(_with_causes(error))
    except OSError as error:
        return _complain(_environment(error))
    return status


def run(arguments: Sequence[str]) -> int:
    """Let Typer run the command, or show the help when none is named; turn bad usage into a line."""
    command: Any = typer.main.get_command(app)
    try:
        status = command.main(args=arguments or ["--help"], prog_name="textwright", standalone_mode=False)
    except typer.Abort:
        return Status.INTERRUPTED
    except SystemExit as stop:
        status = stop.code
    except Exception as error:
        if not _is_usage_error(error):
            raise
        return _complain_of_usage(error)
    return status if isinstance(status, int) else Status.DONE


def _is_usage_error(error: Exception) -> bool:
    """Recognise Typer's errors of usage by their shape: where the class lives depends on its version."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def _complain_of_usage(error: Any) -> int:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "textwright"
    message = error.format_message().replace("Value error, ", "")  # which Typer puts before its own words
    if type(error).__name__ == "NoArgsIsHelpError":
        say(message)
        return Status.USAGE
    stop = "" if message.endswith((".", "?")) else "."
    say(f"{path}: {_one_line(message)}{stop} Try: {path} --help")
    return Status.USAGE


def _complain(message: str) -> int:
    tell(_one_line(message))
    return Status.USAGE


def _with_causes(error: BaseException) -> str:
    """Join an error with the causes that its own message does not tell."""
    message = str(error)
    cause = error.__cause__
    while cause is not None:
        if not _is_told(cause, message):
            message = f"{message}: {cause}"
        cause = cause.__cause__
    return message


def _is_told(cause: BaseException, message: str) -> bool:
    """Say whether a message tells a cause already: in its words, by the system's word for it, or as what to install."""
    words = (cause.strerror if isinstance(cause, OSError) else None) or str(cause)
    return not words or words in message or (isinstance(cause, ImportError) and "pip install" in message)


def _environment(error: OSError) -> str:
    """Name the file and what the system says of it."""
    if error.strerror is None:
        return str(error)
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


def _one_line(message: str) -> str:
    return " ".join(message.split("\n")).strip()


def _forget_output() -> None:
    """Keep the interpreter from complaining at its end that nobody reads any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
