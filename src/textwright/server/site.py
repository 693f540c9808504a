"""A static site of the pages, the runtime and models, for any host that can send files.

Its layout is the server's, and all addresses in it are relative, so that it works at any path:

    index.html, emotion/index.html, ...   the pages
    assets/, runtime/, sw.js              what they need
    models/index.json, models/NAME/...    the models, as folders that `open_model` opens, too
    FILE.br, FILE.gz                      beside what becomes smaller, for hosts that send such files
    _headers, README.txt                  the headers, for the hosts that read them from there and for the others
    site.json                             the names of all files, so that a site is replaced and nothing else
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from textwright.errors import ModelError, TextwrightError
from textwright.server.encodings import LARGE, WELL, packed, packers
from textwright.server.envelope import HEADERS, OWN_POLICIES, POLICY
from textwright.server.hosted import Hosted
from textwright.server.served_files import FOR_EVER, page_files
from textwright.server.site_notes import README

LIST, NAMES = "models/index.json", "site.json"
POLICY_NAME = "Content-Security-Policy"
# These need servers of their own.
NOT_STATIC = ("annotate/", "start/")
PACKED = (".gz", ".br", ".png", ".jpg", ".woff2")
# A packed file must save this much of one to be worth a name, and files below a packet's size save nothing.
WORTH, SMALL = 0.95, 1_400
ENDINGS = {"br": ".br", "gzip": ".gz"}
# Brotli's best takes a second for a megabyte, a few per cent fewer bytes than by the tenth of that.
BEST = {"br": 11, "gzip": 9}


def site_files(models: Sequence[Hosted]) -> dict[str, bytes]:
    """Return every file of a site by its path. Raise `ModelError` when no page can run one of the models."""
    pages = {_beside_gzip(name): content for name, content in _pages().items()}
    held = {f"models/{model.name}/{name}": content for model in models for name, content in _files_of(model).items()}
    plain = {**pages, **held, LIST: _listed(models)}
    notes = {"_headers": headers_file().encode(), "README.txt": README.encode(), ".nojekyll": b""}
    whole = {**plain, **_beside(plain), **notes}
    names = json.dumps({"files": sorted([*whole, NAMES])}, indent=0) + "\n"
    return {**whole, NAMES: names.encode()}


def _pages() -> dict[str, bytes]:
    return {name: file.content for name, file in page_files().items() if not name.startswith(NOT_STATIC)}


def _beside_gzip(name: str) -> str:
    """Put the WebAssembly by Brotli beside the one by gzip, which pages ask for: they take it unpacked as well."""
    return f"{name.removesuffix('.br')}.gz.br" if name.endswith(".wasm.br") else name


def _files_of(model: Hosted) -> dict[str, bytes]:
    if model.files is None:
        kind = type(model.predictor).__name__
        raise ModelError(
            f"{model.name}: no page can run a {kind}, and a static site has no server that could. "
            "Pages run rule sets and what textwright train made"
        )
    return {name: file.content for name, file in model.files.items()}


def _listed(models: Iterable[Hosted]) -> bytes:
    """List the models as a server's `/v1/models` does; without `server`, pages ask no server for answers."""
    listed = [
        {"name": model.name, "folder": f"models/{quote(model.name)}/", "schema": model.predictor.schema.to_data()}
        for model in models
    ]
    return json.dumps({"models": listed}, ensure_ascii=False).encode()


def _beside(plain: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pack what becomes smaller."""
    worthy = {name: content for name, content in plain.items() if _is_worth_packing(name, content)}
    return {
        name + ENDINGS[coding]: packed(content, coding, BEST if len(content) < LARGE else WELL)
        for name, content in worthy.items()
        for coding in packers()
    }


def _is_worth_packing(name: str, content: bytes) -> bool:
    """Say whether a file becomes smaller, by a quick try."""
    if name.endswith(PACKED) or len(content) < SMALL:
        return False
    return len(gzip.compress(content, 1)) < WORTH * len(content)


def headers_file() -> str:
    """Write the file from which Netlify and Cloudflare Pages take headers.

    Where two of its rules say one header, hosts join the two: each stands once for a path.
    """
    rules = {"/*": {name: value for name, value in HEADERS.items() if name != POLICY_NAME}}
    rules |= {path: {POLICY_NAME: POLICY} for path in _policed()}
    rules["/assets/*"] = {POLICY_NAME: POLICY, "Cache-Control": FOR_EVER}
    rules |= {f"/{name}": {POLICY_NAME: policy} for name, policy in OWN_POLICIES.items()}
    return "\n".join(_rule(path, headers) for path, headers in rules.items())


def _policed() -> list[str]:
    """List what obeys the pages' policy: the pages, each by its folder and by its file, and scripts of workers."""
    folders = sorted(name.removesuffix("index.html") for name in _pages() if name.endswith("index.html"))
    return [f"/{folder}{file}" for folder in folders for file in ("", "index.html")] + ["/runtime/*", "/sw.js"]


def _rule(path: str, headers: Mapping[str, str]) -> str:
    return "".join([f"{path}\n", *(f"  {name}: {value}\n" for name, value in headers.items())])


def write_site(folder: Path, models: Sequence[Hosted]) -> dict[str, bytes]:
    """Write a site into a new or empty folder, or in the place of one; return its files.

    It appears whole or not at all. Raise `TextwrightError` when the folder holds anything else.
    """
    target = folder.expanduser().resolve()
    refuse_other_content(target)
    files = site_files(models)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as made:
        new = Path(made) / "site"
        for name, content in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if target.exists():
            target.rename(Path(made) / "old")
        new.rename(target)
    return files


def refuse_other_content(folder: Path) -> None:
    """Raise `TextwrightError` when a site cannot be put there; ask before models are opened."""
    if folder.exists() and not folder.is_dir():
        raise TextwrightError(f"{folder} is a file; name a folder")
    there = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    other = [name for name in there if name not in _names_in(folder)]
    if other:
        raise TextwrightError(f"{folder} holds {other[0]}, which is of no site of ours; name a new or an empty folder")


def _names_in(folder: Path) -> frozenset[str]:
    """Return the files of the site in a folder; none when there is no such site."""
    try:
        return frozenset(json.loads((folder / NAMES).read_bytes())["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
