"""The keys of an experiment file, table by table. `experiment.schema.json` says the same to editors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from textwright.experiment.file.checks import (
    Key,
    Shape,
    choice,
    is_number,
    is_plain,
    is_text,
    is_whole,
    several,
    share,
    table,
    text,
    whole,
    yes,
)
from textwright.experiment.file.experiment import Kind
from textwright.runs.record import RUNTIMES

MOST = 2**32 - 1
PRECISIONS = ("float32", "float16", "int8", "int4")
RECIPES = ("linear", "network", "transformer", "distil")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
MEASURE = re.compile(r"whole_text|(exact|category):\S(.*\S)?")
PYTHON = re.compile(r"python:[\w.]+:\w+")


def _is_seed(value: Any) -> bool:
    return is_whole(value, 0, MOST)


def _is_filter(value: Any) -> bool:
    """Say whether each key of a table has a value, or several, to compare with `meta`."""
    if not isinstance(value, Mapping):
        return False
    values = [each for held in value.values() for each in (held if isinstance(held, list) else [held])]
    return all(is_plain(each) and not isinstance(each, dict | list) for each in values)


def _is_runtimes(value: Any) -> bool:
    return isinstance(value, str) and value in RUNTIMES


def _is_shares(value: Any) -> bool:
    good = isinstance(value, list) and len(value) >= 2 and all(is_number(each) and 0 < each <= 1 for each in value)
    return good and value == sorted(set(value))


def _is_below(value: Any) -> bool:
    return value == "dev" if isinstance(value, str) else is_number(value) and 0 < value < 1


def _is_patience(value: Any) -> bool:
    return is_number(value) and 0 < value <= 10_080


def matching(pattern: re.Pattern[str], says: str) -> Key:
    """Hold a text of this form."""
    return Key(says, lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None)


SEEDS = several("a list of different whole numbers, such as [0, 1, 2]", _is_seed)
NAMES = several("a list of different names")
DATA_NAME = text("the name of a data set")

EXPERIMENT = Shape(
    "an experiment",
    {
        "name": text("a text"),
        "schema": text("the name of a pack, or of a schema's file"),
        "labels": NAMES,
        "measure": matching(MEASURE, 'whole_text, or a text such as "exact:JOBTITLE" or "category:emotion"'),
        "seeds": SEEDS,
        "runtimes": several(f"a list of {', '.join(RUNTIMES)}", _is_runtimes),
        "slice_by": several("a list of different names of meta keys, or length", least=0),
        "tests": several("a list of different names of data sets"),
        "leaks": choice("refuse", "drop", "tell"),
        "runs": text("the name of a folder"),
        "patience": Key("a number of minutes, above 0 and at most 10080", _is_patience),
        "data": Key("a table of data sets", lambda value: isinstance(value, Mapping)),
        "method": Key("[[method]], a list of tables", lambda value: isinstance(value, list)),
        "curve": Key("[[curve]], a list of tables", lambda value: isinstance(value, list)),
        "change": Key("[[change]], a list of tables", lambda value: isinstance(value, list)),
    },
    required=("data", "method"),
)

DATA = Shape(
    "a data set",
    {
        "file": text("the name of a file"),
        "rest_of": DATA_NAME,
        "format": text("the name of a format"),
        "column": text("the name of a column"),
        "where": Key("a table of meta keys, each with a value or a list of them", _is_filter),
        "without": Key("a table of meta keys, each with a value or a list of them", _is_filter),
        "share": share(),
        "by": text("the name of a meta key"),
        "near": share(all_too=True),
        "sample": whole(1, 1_000_000_000),
        "seed": whole(0, MOST),
    },
)

CURVE = Shape(
    "a curve",
    {
        "method": text("the name of a method"),
        "shares": Key("two growing numbers or more, above 0 and at most 1", _is_shares),
        "seeds": whole(1, 100),
    },
    required=("method",),
)

CHANGE = Shape(
    "a change",
    {"label": text("the name of a label"), "before": DATA_NAME, "after": DATA_NAME},
    required=("label", "before", "after"),
)

TUNE = Shape(
    "tune",
    {
        "epochs": whole(1, 1000),
        "rank": whole(1, 256),
        "rate": Key("a number from 0.000001 to 0.1", lambda value: is_number(value) and 1e-6 <= value <= 0.1),
        "limit": whole(1, 1_000_000_000),
        "precision": choice("q8_0", "f16"),
        "template": text("the name of a template, or of its file"),
        "gguf": text("the name of a file"),
        "threads": whole(1, 64),
    },
)

LEARNS: Mapping[str, Key] = {"train": DATA_NAME, "dev": DATA_NAME, "seeds": SEEDS}
MODULE = matching(PYTHON, "python:module:name")


def _method(what: str, keys: Mapping[str, Key], *required: str) -> Shape:
    return Shape(what, {"name": text("a text"), **keys}, ("name", *required))


METHODS: Mapping[Kind, Shape] = {
    "model": _method("a model", {"model": text('a model, such as "job_titles" or "./folder/"')}),
    "recipe": _method(
        "a recipe",
        {
            "recipe": choice(*RECIPES),
            **LEARNS,
            "epochs": whole(1, 10_000),
            "precision": choice(*PRECISIONS),
            "encoder": text("the name of a folder"),
            "quick": yes(),
            "refit": yes(),
            "teachers": NAMES,
            "unlabelled": DATA_NAME,
        },
    ),
    "quantise": _method(
        "quantise",
        {"quantise": text("the name of a method"), "precision": choice(*PRECISIONS), "seeds": SEEDS},
        "precision",
    ),
    "prompt": _method("a prompt", {"prompt": table("a table with the keys of a prompt file"), "train": DATA_NAME}),
    "tune": _method("tune", {"tune": table("a table of settings; {} takes the usual ones"), **LEARNS}),
    "cascade": _method(
        "a cascade",
        {
            "cascade": several("two names of methods or more", is_text, least=2),
            "below": Key('a number above 0 and below 1, or "dev"', _is_below),
            "pass_on": choice("empty"),
            "dev": DATA_NAME,
            "seeds": SEEDS,
        },
    ),
    "fit": _method("fit", {"fit": MODULE, "options": table("a table of plain values"), **LEARNS}),
    "function": _method("a function", {"function": MODULE}),
}
assert tuple(METHODS) == get_args(Kind)
