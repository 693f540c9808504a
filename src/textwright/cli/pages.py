"""`textwright pages`: the pages with models as a static site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from textwright.cli.options import complete_model
from textwright.cli.serve import DEFAULT_MODELS
from textwright.cli.telling import say
from textwright.errors import MissingExtraError


def pages(
    folder: Annotated[Path, typer.Argument(help="Where the site goes; a site that stands there is replaced.")],
    models: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[MODEL...]",
            help=f"Models on the site; without one, {', '.join(DEFAULT_MODELS)}.",
            show_default=False,
            autocompletion=complete_model,
        ),
    ] = None,
) -> None:
    """Write the pages with models as a static site, for any host that sends files.

    Example:
        textwright pages site/
        textwright pages site/ job_titles ./my-model
        python -m http.server --directory site/
    """
    try:
        from textwright.server import site
        from textwright.server.encodings import packers
        from textwright.server.hosted import open_hosted
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "fastapi", "serve") from error
    site.refuse_other_content(folder)
    hosted = open_hosted(models or DEFAULT_MODELS)
    files = site.write_site(folder, hosted)
    say(summary(folder, files, len(hosted)))
    if "br" not in packers():
        say("Packed by gzip alone. For a fifth less, with Brotli too: pip install brotli")


def summary(folder: Path, files: dict[str, bytes], models: int) -> str:
    """Say what was written, and how to look at it.

    >>> summary(Path("site"), {"index.html": b"x" * 1_200_000, "index.html.gz": b"x"}, 2)
    'site: 1 page and 2 models, 1.2 MB as they are. Try it: python -m http.server --directory site'
    """
    plain = {name: content for name, content in files.items() if not _is_packed(name, files)}
    several = sum(name.endswith("index.html") for name in plain)
    told = [f"{several} page{'s' * (several != 1)}", f"{models} model{'s' * (models != 1)}"]
    size = sum(map(len, plain.values())) / 1e6
    return (
        f"{folder}: {' and '.join(told)}, {size:.1f} MB as they are. Try it: python -m http.server --directory {folder}"
    )


def _is_packed(name: str, files: dict[str, bytes]) -> bool:
    return name.endswith((".gz", ".br")) and name[:-3] in files
