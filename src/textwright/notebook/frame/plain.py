"""marimo's elements as plain HTML: its own pages draw them with megabytes of script, ours stand still."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Any

from textwright.draw import escaped
from textwright.notebook.frame.svg import chart_svg
from textwright.notebook.frame.tables import table_html

Data = Mapping[str, Any]
# A table that is wider than a phone scrolls, and what scrolls must be reached by keyboard.
WIDE = '<div class="wide" tabindex="0" role="group" aria-label="Table">'


def plain(markup: str) -> str:
    """Return HTML with each of marimo's elements replaced by one that every browser knows, and scripts left out."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return "".join(reader.kept)


class _Reader(HTMLParser):
    """Copies what it reads, but for marimo's elements, which are drawn from their attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self._silent.append(tag)
        if self._silent:
            return
        if tag.startswith("marimo-"):
            self.kept.append(_drawn(tag, _data(attrs)))
        else:
            self.kept.append(f"{WIDE if tag == 'table' else ''}{self.get_starttag_text() or ''}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._silent:
            self.kept.append(_drawn(tag, _data(attrs)) if tag.startswith("marimo-") else self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
        elif not tag.startswith("marimo-"):
            self.kept.append(f"</{tag}>{'</div>' if tag == 'table' else ''}")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.kept.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def _data(attributes: list[tuple[str, str | None]]) -> Data:
    """Read what marimo gives its elements: JSON in attributes that begin with `data-`."""
    return {name.removeprefix("data-"): _value(value) for name, value in attributes if name.startswith("data-")}


def _value(written: str | None) -> Any:
    try:
        return json.loads(written or "null")
    except ValueError:
        return written


def _drawn(tag: str, data: Data) -> str:
    draw = ELEMENTS.get(tag.removeprefix("marimo-"))
    return draw(data) if draw else ""


def _label(data: Data) -> str:
    return plain(str(data.get("label") or ""))


def _slider(data: Data) -> str:
    steps = data.get("steps") or []
    value = data.get("initial-value")
    shown = steps[int(value)] if steps and isinstance(value, int | float) else value
    return f'<span class="control">{_label(data)} <output>{escaped(_said(shown))}</output></span>'


def _choice(data: Data) -> str:
    chosen = data.get("initial-value")
    said = ", ".join(map(str, chosen)) if isinstance(chosen, list) else _said(chosen)
    return f'<span class="control">{_label(data)} <output>{escaped(said)}</output></span>'


def _said(value: Any) -> str:
    return "" if value is None else ", ".join(map(_said, value)) if isinstance(value, list) else str(value)


def _button(data: Data) -> str:
    return f'<span class="control"><output>{_label(data)}</output></span>'


def _table(data: Data) -> str:
    """Draw a table from its data: a JSON list of rows, or an address that holds them."""
    held = data.get("data")
    rows = json.loads(held) if isinstance(held, str) and held.startswith("[") else rows_of(held)
    columns = list(rows[0]) if rows else []
    total = data.get("total-rows")
    cells = [[row.get(column) for column in columns] for row in rows]
    return table_html(columns, cells, total=total if isinstance(total, int) else None)


def _vega(data: Data) -> str:
    spec = dict(data["spec"])
    held = spec.get("data")
    if isinstance(held, dict) and str(held.get("url", "")).startswith("data:"):
        spec["data"] = {"values": rows_of(held["url"])}
    return chart_svg(spec)


def _mime(data: Data) -> str:
    held = data.get("data")
    if "vega" in str(data.get("mime")):
        return chart_svg(json.loads(held) if isinstance(held, str) else dict(held or {}))
    return f'<pre class="said">{escaped(str(held))}</pre>'


def _stat(data: Data) -> str:
    caption = f"<small>{escaped(str(data['caption']))}</small>" if data.get("caption") else ""
    return f'<span class="stat">{_label(data)}<b>{escaped(_said(data.get("value")))}</b>{caption}</span>'


def _callout(data: Data) -> str:
    kind = escaped(str(data.get("kind") or "neutral"))
    return f'<div class="callout" data-kind="{kind}">{plain(str(data.get("html") or ""))}</div>'


def _widget(_: Data) -> str:
    return '<p class="aside">Here stands a widget: open the lesson to use it.</p>'


def rows_of(address: Any) -> list[dict[str, Any]]:
    """Return the rows that a `data:` address holds as CSV, JSON or Arrow; none for anything else."""
    if not isinstance(address, str) or not address.startswith("data:"):
        return []
    kind, _, held = address.removeprefix("data:").partition(",")
    raw = base64.b64decode(held) if kind.endswith(";base64") else held.encode()
    if "arrow" in kind:
        from pyarrow import ipc

        rows: list[dict[str, Any]] = ipc.open_file(raw).read_all().to_pylist()
        return rows
    if "json" in kind:
        return list(json.loads(raw))
    return [dict(row) for row in csv.DictReader(io.StringIO(raw.decode()))]


ELEMENTS: dict[str, Callable[[Data], str]] = {
    "slider": _slider,
    "range-slider": _slider,
    "number": _choice,
    "text": _choice,
    "text-area": _choice,
    "dropdown": _choice,
    "multiselect": _choice,
    "radio": _choice,
    "checkbox": _choice,
    "switch": _choice,
    "button": _button,
    "table": _table,
    "data-explorer": _table,
    "vega": _vega,
    "mime-renderer": _mime,
    "stat": _stat,
    "callout-output": _callout,
    "anywidget": _widget,
    "file": _widget,
}
