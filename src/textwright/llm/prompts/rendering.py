"""Fill a template's blocks with Jinja2, in a sandbox, so that a mistake names its file and line.

The text that is asked about is a value like any other: nothing in it is ever read as a template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from textwright.errors import MissingExtraError, ModelError
from textwright.llm.prompts import front_matter
from textwright.llm.prompts.template import Template, mentioned

BLOCKS = ("system", "user")
Source = tuple[str, str]


def render(template: Template, block: str, values: Mapping[str, Any]) -> str:
    """Return what a block says with these values. Raise `ModelError` naming the file and the line of a mistake."""
    return _compiled(_sources(template))(block, values)


def uses(template: Template, name: str) -> bool:
    """Say whether a template, or one that it extends, speaks of a variable."""
    return any(name in _words(each.source) for each in template.lineage)


@lru_cache(maxsize=64)
def _words(source: str) -> frozenset[str]:
    return frozenset(mentioned(front_matter.parse(source, "").body))


def _sources(template: Template) -> tuple[Source, ...]:
    return tuple((str(each.path or Path(f"{each.name}.md")), each.source) for each in template.lineage)


@lru_cache(maxsize=64)
def _compiled(sources: tuple[Source, ...]) -> Callable[[str, Mapping[str, Any]], str]:
    """Compile a template and those that it extends: a child's block stands before its parent's."""
    jinja2 = _jinja2()
    environment = _environment()
    parts = [_part(environment, file, source) for file, source in sources]
    blocks: dict[str, list[Any]] = {}
    for part in parts:
        for name, block in part.blocks.items():
            blocks.setdefault(name, []).append(block)
    for name in BLOCKS:
        if name not in blocks:
            raise ModelError(
                f"{sources[0][0]}: there is no {{% block {name} %}}; a template has the blocks system and user"
            )

    def filled(name: str, values: Mapping[str, Any]) -> str:
        context = parts[0].new_context(dict(values))
        context.blocks = blocks
        try:
            return "".join(blocks[name][0](context)).strip("\n")
        except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise ModelError(f"{_place(error, sources[0][0])}: {_reason(error)}") from error

    return filled


def _jinja2() -> Any:
    try:
        import jinja2
        import jinja2.sandbox
    except ImportError as error:
        raise MissingExtraError("jinja2", "llm") from error
    return jinja2


def _environment() -> Any:
    jinja2 = _jinja2()
    return jinja2.sandbox.ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False
    )


def _part(environment: Any, file: str, source: str) -> Any:
    """Compile one file. The front matter becomes a comment, so that lines are counted as in the file."""
    front = front_matter.parse(source, file)
    jinja = "{#" + "\n" * front.lines + "#}" + front.body
    jinja2 = _jinja2()
    try:
        _check_form(environment.parse(jinja, file, file), file)
        code = environment.compile(jinja, file, file)
    except jinja2.TemplateSyntaxError as error:
        raise ModelError(f"{file}:{error.lineno}: {error.message}") from error
    return jinja2.Template.from_code(environment, code, environment.make_globals(None))


def _check_form(tree: Any, file: str) -> None:
    """Refuse what would be lost or come from elsewhere: words outside the blocks, other files."""
    jinja2 = _jinja2()
    nodes = jinja2.nodes
    for node in tree.body:
        blank = isinstance(node, nodes.Output) and all(_is_blank(each) for each in node.nodes)
        if not blank and not isinstance(node, nodes.Block | nodes.Extends):
            raise ModelError(
                f"{file}:{node.lineno}: only extends and blocks stand at the top; the rest goes into a block"
            )
    for kind in (nodes.Include, nodes.Import, nodes.FromImport):
        for node in tree.find_all(kind):
            raise ModelError(f"{file}:{node.lineno}: a template reads no other file than the one that it extends")


def _is_blank(node: Any) -> bool:
    return isinstance(node, _jinja2().nodes.TemplateData) and not node.data.strip()


def _place(error: BaseException, file: str) -> str:
    """Say in which file and line of a template an error arose."""
    places = [(frame.tb_frame.f_globals["__jinja_template__"], frame.tb_lineno) for frame in _frames(error)]
    if not places:
        return file
    part, line = places[-1]
    return f"{part.filename}:{part.get_corresponding_lineno(line)}"


def _frames(error: BaseException) -> Iterator[TracebackType]:
    trace = error.__traceback__
    while trace is not None:
        if "__jinja_template__" in trace.tb_frame.f_globals:
            yield trace
        trace = trace.tb_next


def _reason(error: BaseException) -> str:
    return str(getattr(error, "message", None) or error or type(error).__name__)
