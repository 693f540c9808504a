"""A group of commands that are loaded one by one, so that `--help` loads none of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup


@dataclass(frozen=True, slots=True)
class Command:
    """A command's name, the `module:attribute` that holds it, and its line in the list of commands."""

    name: str
    place: str
    summary: str


class ReaderGoneError(Exception):
    """Nobody reads the standard output any more, as in `textwright predict ... | head`."""


class LazyGroup(TyperGroup):
    """A group whose commands are named in `lazy` and loaded when one is called."""

    lazy: ClassVar[tuple[Command, ...]] = ()

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the commands' names in the order of the list."""
        del ctx
        return [command.name for command in self.lazy]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Load a command; return None when there is none of this name."""
        del ctx
        for command in self.lazy:
            if command.name == cmd_name:
                return load(command)
        return None

    def invoke(self, ctx: Any) -> Any:
        """Run the command; let a reader that went away through to `main`, as Typer would not."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error
        except SystemExit as stop:  # rich leaves with 1 where nobody reads its console
            if isinstance(stop.__context__, BrokenPipeError):
                raise ReaderGoneError from stop
            raise

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command, with a near match for a name that is none."""
        self.commands = dict.fromkeys(self.list_commands(ctx), self)  # read for its names only
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands by their summaries, without loading them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(command.name, command.summary) for command in self.lazy])


def load(command: Command) -> Any:
    """Import a command and let Typer build it. What stands at its place is a function or a Typer app."""
    module, name = command.place.split(":")
    found = getattr(import_module(module), name)
    group = found if isinstance(found, typer.Typer) else _app_of(found)
    built: Any = typer.main.get_command(group)
    built.name = command.name
    for each in _with_subcommands(built):
        each.short_help = (each.help or "").partition("\n")[0]  # in full, for a list of commands cuts it otherwise
        each.help = unwrapped_example(each.help)
        _name_as_in_the_docs(each)
    return built


def _name_as_in_the_docs(command: Any) -> None:
    """Let usage say FILE and [FILE]: Typer writes {file} and [[FILE]]."""
    for argument in command.params:
        if argument.param_type_name == "argument":
            argument.metavar = argument.metavar or argument.name.upper()
            usage = usage_of(argument.metavar, required=argument.required, several=argument.nargs != 1)
            argument.get_usage_pieces = partial(_said, usage)


def _said(usage: str, ctx: Any) -> list[str]:
    del ctx
    return [usage]


def usage_of(name: str, *, required: bool, several: bool) -> str:
    """Return an argument as a line of usage shows it; a name that has brackets or dots says by itself what it takes.

    >>> usage_of("FILE", required=False, several=False), usage_of("MODEL", required=False, several=True)
    ('[FILE]', '[MODEL...]')
    >>> usage_of("A B [C...]", required=True, several=True)
    'A B [C...]'
    """
    if several and "..." not in name:
        name = f"{name}..."
    return name if required or "[" in name else f"[{name}]"


def _app_of(function: Callable[..., None]) -> typer.Typer:
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    app.command(help=inspect.getdoc(function))(function)
    return app


def _with_subcommands(command: Any) -> Iterable[Any]:
    return [command, *getattr(command, "commands", {}).values()]


def unwrapped_example(text: str | None) -> str | None:
    r"""Keep the lines of a help text's examples as they are; other paragraphs are filled.

    >>> unwrapped_example("Do it.\n\nExample:\n    textwright do")
    'Do it.\n\n\x08\nExample:\n    textwright do'
    """
    if text is None:
        return None
    paragraphs = text.split("\n\n")
    return "\n\n".join("\b\n" + each if each.startswith("Example") else each for each in paragraphs)
