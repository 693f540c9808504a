"""What the site's reader of docstrings is told: examples are code, and a field's default is what one gets."""

from __future__ import annotations

import re
from typing import Any

import griffe

# What some factories of fields make, as one would write it.
MADE = {"dict": "{}", "list": "[]", "NOTHING": "{}"}
EXAMPLE = re.compile(r"^>>> .*(?:\n(?!\s*$).*)*", re.MULTILINE)


class FencedExamples(griffe.Extension):
    """Puts a fence around each run of lines that begins with `>>>`."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Change the docstring of an object as soon as it is read."""
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)


class PlainDefaults(griffe.Extension):
    """Shows a dataclass's field as what it holds by default, not as the call that says so."""

    def on_attribute_instance(self, *, attr: griffe.Attribute, **_: Any) -> None:
        """Change the value of an attribute as soon as it is read."""
        if isinstance(attr.value, griffe.ExprCall) and attr.value.canonical_path == "dataclasses.field":
            attr.value = default_of(attr.value)


def default_of(field: griffe.ExprCall) -> str | griffe.Expr:
    """Say what a field holds by default; one that `__init__` does not take as it stands is left as it is."""
    told = {each.name: each.value for each in field.arguments if isinstance(each, griffe.ExprKeyword)}
    if told.keys() & {"init", "kw_only"}:
        return field
    if "default_factory" in told:
        return made_by(told["default_factory"])
    return told.get("default", field)


def made_by(factory: str | griffe.Expr) -> str | griffe.Expr:
    """Say what a factory gives: of a lambda what stands behind its colon, else a call of it."""
    if isinstance(factory, griffe.ExprLambda):
        return MADE.get(str(factory.body), factory.body)
    return MADE.get(str(factory), f"{factory}()")


def fenced(docstring: str) -> str:
    """Put the fences.

    >>> fenced("Add.\\n\\n>>> 1 + 1\\n2")
    'Add.\\n\\n```pycon\\n>>> 1 + 1\\n2\\n```'
    """
    return EXAMPLE.sub(lambda example: f"```pycon\n{example[0].rstrip()}\n```", docstring)
