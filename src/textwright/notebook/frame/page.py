"""A lesson as one HTML file with words, code and outputs. It has no script, asks for nothing, and opens anywhere."""

from __future__ import annotations

from pathlib import Path

from textwright.draw import escaped, style
from textwright.errors import MissingExtraError
from textwright.notebook.frame.run import Cell, Run
from textwright.notebook.frame.show import show

LIGHT, DARK = "default", "github-dark"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"


def lesson_page(run: Run, *, name: str = "") -> str:
    """Return a run as a page that stands alone. With the lesson's `name` it says how to open it."""
    cells = zip(run.cells, run.outputs, strict=True)
    sections = "\n".join(section for cell, output in cells if (section := _section(cell, show(output))))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(run.title)}</title>\n<style>\n{_styles()}</style>\n</head>\n"
        f'<body class="lesson">\n<main>\n{_origin(name)}{sections}\n</main>\n</body>\n</html>\n'
    )


def _origin(name: str) -> str:
    if not name:
        return ""
    command = f"<code>textwright notebook {escaped(name)}</code>"
    return (
        f'<p class="from">A lesson as it ran from its first cell to its last. {command} opens it to be changed.</p>\n'
    )


def _section(cell: Cell, shown: str) -> str:
    """Put a cell's code above what it showed; a hidden cell without output leaves nothing."""
    code = "" if cell.hidden or not cell.code else highlighted(cell.code)
    output = f'<div class="shown">{shown}</div>' if shown else ""
    return f"<section>{code}{output}</section>" if code or output else ""


def highlighted(code: str) -> str:
    """Return Python code as coloured HTML."""
    try:
        from pygments import highlight
        from pygments.formatters import HtmlFormatter
        from pygments.lexers import PythonLexer
    except ModuleNotFoundError as error:
        raise MissingExtraError("pygments", "notebook") from error
    marked = highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")
    return f'<div class="code" tabindex="0" role="group" aria-label="Code"><pre>{marked}</pre></div>'


def _styles() -> str:
    own = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    dark = f"@media (prefers-color-scheme: dark) {{\n{_colours(DARK)}\n}}\n"
    return f"{style()}{own}{_colours(LIGHT)}\n{dark}"


def _colours(name: str) -> str:
    """Return the colours of code, those of words alone: the ground is the page's."""
    from pygments.formatters import HtmlFormatter

    rules = HtmlFormatter(style=name).get_style_defs([".code", ".codehilite"]).splitlines()
    return "\n".join(rule for rule in rules if rule.startswith(".code ") and "background" not in rule)
