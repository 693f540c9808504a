"""The frame of pages that stand alone: one HTML file without any address in it, and its parts.

Everything is drawn here and escaped; the scripts only hide, show and order. A policy in the page forbids
any other script, so that a text could not run one even if it got past the escaping.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from textwright.draw import escaped, style
from textwright.evaluate.tables import Table

MOST_DRAWN = 2000


@cache
def beside(name: str) -> str:
    """Return the style sheet or script of this name that stands beside this module."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def sheet() -> str:
    """Return the style sheet of a report, with that of drawn texts."""
    return beside("page.css") + style()


def framed(title: str, body: str, *, script: str | None = None, styles: str = "") -> str:
    """Frame a page; only its own script may run, which hides and shows unless it is another."""
    script = beside("page.js") if script is None else script
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{sheet()}{styles}</style>\n</head>\n"
        f'<body class="tw-page">\n<main class="tw-report">\n<h1>{escaped(title)}</h1>\n{body}\n</main>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def paragraphs(lines: Sequence[str]) -> str:
    """Write each sentence as a paragraph."""
    return "".join(f"<p>{escaped(line)}</p>" for line in lines)


def scrolling(title: str, inside: str) -> str:
    """Put what may be wider than the page into a box that scrolls, by keyboard too, under its title."""
    name = escaped(title)
    return f'<h2>{name}</h2><div class="tw-scroll" role="region" aria-label="{name}" tabindex="0">{inside}</div>'


def drawn_table(table: Table) -> str:
    """Draw a table under its title."""
    head = "".join(f'<th scope="col">{escaped(cell)}</th>' for cell in table.head)
    rows = "".join(
        f'<tr><th scope="row">{escaped(row[0])}</th>{"".join(f"<td>{escaped(cell)}</td>" for cell in row[1:])}</tr>'
        for row in table.rows
    )
    return scrolling(table.title, f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")


# --- the list of texts ----------------------------------------------------------------------


def listed(heading: str, filters: str, items: str, total: int, *, most: int = MOST_DRAWN) -> str:
    """Frame drawn texts under their heading and filters; say when more than `most` are left out."""
    beyond = total - most
    cut = f"<p>The first {most:,} are drawn here; {beyond:,} more are in the JSON.</p>" if beyond > 0 else ""
    return (
        f'<section id="texts"><h2>{escaped(heading)}</h2>{cut}'
        f'<form class="tw-filters" role="search">{filters}<output aria-live="polite"></output></form>{items}</section>'
    )


def search_box() -> str:
    """Draw the field that searches texts and ids."""
    return '<label>Search <input type="search" name="text" autocomplete="off" placeholder="in texts and ids"></label>'


def choice(name: str, title: str, options: Sequence[tuple[str, str]], *, every: str | None = "any") -> str:
    """Draw a choice of values, each with the word that is shown for it; `every` is the word for no choice."""
    first = f'<option value="">{every}</option>' if every else ""
    rest = "".join(f'<option value="{escaped(value)}">{escaped(shown)}</option>' for value, shown in options)
    return f'<label>{escaped(title)} <select name="{name}">{first}{rest}</select></label>'


def as_data(value: Sequence[str]) -> str:
    """Write a list for a data attribute, as JSON."""
    return escaped(json.dumps(list(value), ensure_ascii=False))


def answer_row(name: str, drawing: str, mark: str = "") -> str:
    """Draw an annotated text beside the name of whose it is."""
    return f'<div class="tw-row"><div class="tw-who">{escaped(name)}{mark}</div>{drawing}</div>'


def searchable(name: str, text: str) -> str:
    """Return what a search looks through."""
    return f"{name} {text}".casefold()


def letter(right: bool | None) -> str:
    """Write a verdict as the script reads it."""
    return {True: "r", False: "w", None: "-"}[right]
