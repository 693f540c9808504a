"""Categories in formats that know labels of the whole text but no tasks.

A category of the default task is its bare label, any other is written `task=label`. The default
task is the schema's when it has exactly one, else `category`.
"""

from __future__ import annotations

import re

from textwright.formats.base import Options
from textwright.types import Category

DEFAULT_TASK = "category"

_TASK_AND_LABEL = re.compile(r"([^\W\d][\w.-]*)=(.+)", re.DOTALL)


def default_task(options: Options) -> str:
    """Return the task that bare labels answer."""
    tasks = options.schema.tasks if options.schema else ()
    return tasks[0].name if len(tasks) == 1 else DEFAULT_TASK


def category_name(category: Category, options: Options) -> str:
    """Return a category as one string.

    >>> category_name(Category("emotion", "joy"), Options())
    'emotion=joy'
    >>> category_name(Category("category", "joy"), Options()), category_name(Category("category", "a=b"), Options())
    ('joy', 'category=a=b')
    """
    task = default_task(options)
    if category.task == task and category_of(category.label, options).task == task:
        return category.label
    return f"{category.task}={category.label}"


def category_of(name: str, options: Options, score: float | None = None) -> Category:
    """Return the category that `category_name` wrote, or the label of the default task.

    >>> category_of("joy", Options()).task
    'category'
    """
    found = _TASK_AND_LABEL.fullmatch(name)
    return Category(found[1], found[2], score) if found else Category(default_task(options), name, score)


def can_name(category: Category, options: Options) -> bool:
    """Say whether `category_of` understands what `category_name` writes."""
    return bool(category.label) and category_of(category_name(category, options), options) == category
