"""What a cell gave, as HTML that stands still: charts as SVG, tables as tables, widgets as what they begin with."""

from __future__ import annotations

import sys
from base64 import b64encode
from collections.abc import Sequence
from itertools import islice
from pprint import pformat
from typing import Any

from textwright.draw import draw_html, escaped
from textwright.errors import MissingExtraError
from textwright.notebook.frame.plain import plain
from textwright.notebook.frame.svg import chart_svg
from textwright.notebook.frame.tables import MOST_ROWS, table_html
from textwright.types import Annotation, Span

TEXTS_OF_A_WIDGET = 3


def show(value: Any) -> str:
    """Return a cell's output as HTML without scripts and addresses; nothing for `None`."""
    if value is None:
        return ""
    if _is(value, "marimo", "ui.anywidget"):
        return _widget(value.widget)
    if _is(value, "textwright.notebook.widget", "Annotator"):
        return _widget(value)
    if _is(value, "marimo", "Html"):
        return plain(value.text)
    if _is(value, "altair", "TopLevelMixin"):
        return chart_svg(value.to_dict())
    return _frame(value) or _rich(value) or _words(value)


def _is(value: object, package: str, name: str) -> bool:
    """Say whether a value is of a class of a package that is loaded, without loading it."""
    found: Any = sys.modules.get(package)
    for part in name.split("."):
        found = getattr(found, part, None)
    return isinstance(found, type) and isinstance(value, found)


def _frame(value: object) -> str | None:
    """Return a data frame's first rows; `None` for what is no frame."""
    try:
        import narwhals
    except ModuleNotFoundError as error:
        raise MissingExtraError("narwhals", "notebook") from error
    frame = narwhals.from_native(value, pass_through=True, eager_only=True)
    if not isinstance(frame, narwhals.DataFrame):
        return None
    return table_html(frame.columns, list(islice(frame.iter_rows(), MOST_ROWS)), total=len(frame))


def _rich(value: object) -> str | None:
    """Ask a value how it shows itself, as Jupyter would."""
    for name in ("_repr_html_", "_repr_svg_"):
        method = getattr(value, name, None)
        shown = method() if callable(method) and not isinstance(value, type) else None
        if shown:
            return plain(str(shown))
    markdown = getattr(value, "_repr_markdown_", None)
    if callable(markdown) and not isinstance(value, type):
        return _markdown(str(markdown()))
    picture = getattr(value, "_repr_png_", None)
    data = picture() if callable(picture) and not isinstance(value, type) else None
    return f'<img alt="" src="data:image/png;base64,{b64encode(data).decode()}">' if data else None


def _markdown(written: str) -> str:
    import marimo

    return plain(marimo.md(written).text)


def _words(value: object) -> str:
    """Write a string as it is, sentences as a list, and anything else as Python writes it."""
    if isinstance(value, list) and value and all(isinstance(each, str) and " " in each for each in value):
        return f'<ul class="said">{"".join(f"<li>{escaped(each)}</li>" for each in value)}</ul>'
    said = value if isinstance(value, str) else pformat(value, width=88, compact=True, sort_dicts=False)
    return f'<pre class="said">{escaped(said)}</pre>'


def _widget(widget: Any) -> str:
    """Draw the first texts of an annotator with what it proposes; another widget only says that it is one."""
    if not _is(widget, "textwright.notebook.widget", "Annotator"):
        return '<p class="aside">Here stands a widget: open the lesson to use it.</p>'
    tasks: Sequence[dict[str, Any]] = widget.window["tasks"]
    drawn = "".join(f"<li>{_task(task, widget)}</li>" for task in tasks[:TEXTS_OF_A_WIDGET])
    total = widget.settings["total"]
    return (
        f'<div class="widget"><p class="aside">Here one annotates {total} texts, one after another, by keyboard or '
        f"mouse. The first ones, with what is proposed; open the lesson to try it.</p><ol>{drawn}</ol></div>"
    )


def _task(task: dict[str, Any], widget: Any) -> str:
    proposed = task["initial"]["proposed"]
    spans = (*proposed["spans"], *task["initial"]["spans"])
    annotation = Annotation(tuple(Span(each["start"], each["end"], each["label"]) for each in spans))
    return draw_html(task["text"], annotation, widget.dataset.schema, styled=False)
