"""Every command explains itself, and docs/command-line.md says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from textwright.cli import COMMANDS
from textwright.cli.lazy import load
from textwright.cli.options import MODEL_HELP
from textwright.references import ELSE

from .conftest import Run

PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `textwright ([a-z ]+)`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def leaves() -> Iterator[tuple[str, Any]]:
    """Yield each command that does something, by its full name: `rules check` and not `rules`."""
    for command in COMMANDS:
        loaded = load(command)
        inner = getattr(loaded, "commands", None)
        if inner:
            yield from ((f"{command.name} {name}", each) for name, each in inner.items())
        else:
            yield command.name, loaded


LEAVES = dict(leaves())


def options_of(command: Any) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name.startswith("--")} - {"--help"}


@pytest.mark.parametrize("name", LEAVES)
def test_help_has_an_example_of_the_command(run: Run, name: str) -> None:
    ran = run(*name.split(), "--help")
    _, found, example = ran.out.partition("\n  Example:\n")
    assert found
    assert f"    textwright {name}" in example


@pytest.mark.parametrize("name", sorted(LEAVES.keys() - {"packs", "doctor"}))
def test_usage_names_the_arguments_as_the_page_does(run: Run, name: str) -> None:
    usage = " ".join(run(*name.split(), "--help").out.split("\n\n")[0].split())
    arguments = usage.removeprefix(f"Usage: textwright {name} [OPTIONS]")
    assert f"textwright {name}{arguments}" in SECTIONS[name]


@pytest.mark.parametrize("name", LEAVES)
def test_every_argument_and_option_says_what_it_is(name: str) -> None:
    assert [parameter.name for parameter in LEAVES[name].params if not getattr(parameter, "help", "")] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_line_in_the_list_is_the_first_of_the_help(command: Any) -> None:
    assert (load(command).help or "").split("\n")[0] == command.summary


@pytest.mark.parametrize("name", ["experiment", "accounts", "tune", "rules"])
def test_lists_of_commands_hold_whole_sentences(run: Run, name: str) -> None:
    _, _, listed = run(name, "--help").out.partition("Commands:\n")
    assert listed
    assert "..." not in listed


def test_page_has_a_section_for_each_command_and_no_other() -> None:
    assert sorted(SECTIONS) == sorted(LEAVES)


@pytest.mark.parametrize("name", LEAVES)
def test_page_names_the_options_of_a_command_and_no_other(name: str) -> None:
    assert set(re.findall(r"`(?:-\w, )?(--[a-z0-9-]+)", SECTIONS.get(name, ""))) == options_of(LEAVES[name])


def test_help_and_page_name_every_way_to_name_a_model() -> None:
    ways = re.findall(r"[a-z]+:[\w/.:]+", ELSE)
    assert len(ways) == 5
    paragraph = re.search(r"^\*\*MODEL\*\*(.*?)\n\n", PAGE, re.MULTILINE | re.DOTALL)
    assert paragraph
    assert [way for way in ways if way not in MODEL_HELP or way not in paragraph[1]] == []


@pytest.mark.parametrize("name", ["predict", "evaluate", "compare", "export", "batch", "serve", "pages"])
def test_the_shell_completes_names_of_models(name: str) -> None:
    [models] = [
        each for each in LEAVES[name].params if each.param_type_name == "argument" and "MODEL" in (each.metavar or "")
    ]
    offered = models.shell_complete(LEAVES[name].make_context(name, [], resilient_parsing=True), "job_titles.s")
    assert [each.value for each in offered] == ["job_titles.split"]
