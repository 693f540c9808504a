"""The one place that understands how a model is named: a pack's, a folder, a Python object.

`job_titles` is a pack's best model and `job_titles.split` another of its models; anything with a
path separator is a folder with a `config.json`; `cascade:FILE.toml` asks several models one after the
other; `prompt:FILE.toml` asks a language model; `python:module:name` is what a module holds;
`http://HOST/v1/models/NAME` is a model that a server holds; `run:ID` is what an experiment made.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textwright import packs, trust
from textwright.errors import DataError, ModelError, SchemaError
from textwright.predictor import Predictor
from textwright.predictors.module import cause_of, import_beside, open_function, open_python
from textwright.runs.folder import MODEL
from textwright.schema import Schema
from textwright.trust import SERVED

if TYPE_CHECKING:
    from textwright.predictors.prompt_file import Surroundings

# What a folder's `config.json` says under "kind", and the class whose `open` reads such a folder.
KINDS: Mapping[str, str] = {
    "joint": "textwright.predictors.joint:JointPredictor",
    "language_model": "textwright.predictors.tuned:TunedPredictor",
    "linear": "textwright.predictors.linear:LinearPredictor",
    "network": "textwright.predictors.onnx:OnnxPredictor",
    "rules": "textwright.predictors.rules:RulesPredictor",
    "text_network": "textwright.predictors.text:TextPredictor",
    "transformer": "textwright.predictors.transformer:TransformerPredictor",
}
ELSE = (
    "a model folder (anything with a path separator), http://HOST/v1/models/NAME, "
    "cascade:FILE.toml, prompt:FILE.toml, run:ID or python:module:name"
)
WORKS = f"a pack's model (textwright models lists them), {ELSE}"


def open_model(reference: str | os.PathLike[str]) -> Predictor:
    """Open the model that a reference names; a `Path` is a model folder.

    Whoever calls this names the model himself: code may run for it, and its server be asked. What a file, a page or a
    request names is opened by `open_reference`. Raise `ModelError` that says what would have worked, or
    `MissingExtraError` when the model needs a package that is not installed.

    >>> open_model("job_titles.split").schema.name
    'job_titles'
    """
    if isinstance(reference, str) and reference.lower().startswith((trust.CODE, trust.RUN, *SERVED)):
        trust.name([reference])
    return open_reference(reference)


def open_reference(reference: str | os.PathLike[str]) -> Predictor:
    """Open the model that a reference names which comes from anywhere.

    Raise `ModelError` where that would run code, or ask a server, that the person did not name (`textwright.trust`).
    """
    if isinstance(reference, os.PathLike):
        return _open_folder(Path(reference).expanduser())
    if not isinstance(reference, str):
        raise ModelError(f"found {type(reference).__name__}, expected the name of a model: {WORKS}")
    return _open(reference, ())


def _open(reference: str, within: tuple[Path, ...]) -> Predictor:
    """Open a model, perhaps one of a cascade; `within` names the cascades and runs that are being opened."""
    if reference.startswith("cascade:"):
        return _open_cascade(reference, within)
    if reference.startswith("prompt:"):
        return _open_prompt(reference)
    if reference.startswith(trust.CODE):
        return open_python(reference)
    if reference.lower().startswith(SERVED):
        return _open_served(reference)
    if reference.startswith("run:"):
        return _open_run(reference, within)
    pack, _, model = reference.partition(".")
    if pack in packs.installed() and not _has_separator(reference):
        return _open_from_pack(pack, model)
    if _has_separator(reference) or (Path(reference) / "config.json").is_file():
        return _open_folder(Path(reference).expanduser())
    raise ModelError(_unknown(reference))


def model_names() -> list[str]:
    """Return every name that the installed packs answer to: each pack, then its models."""
    return [name for pack in packs.installed() for name in _names_of(pack)]


def _names_of(pack: str) -> list[str]:
    """Name a pack and its models; a pack that cannot be loaded hides no other."""
    try:
        return [pack, *(f"{pack}.{model}" for model in packs.open_pack(pack).models)]
    except ModelError:
        return [pack]


def _has_separator(reference: str) -> bool:
    return "/" in reference or os.sep in reference


def _unknown(reference: str) -> str:
    """Say that no model has this name, what comes near, and what there is."""
    names = model_names()
    near = get_close_matches(reference, names, n=1, cutoff=0.5)
    guess = f" Did you mean {near[0]}?" if near else ""
    folder = f" For a folder write ./{reference} instead." if reference and Path(reference).is_dir() else ""
    return f"no model is called {reference!r}.{guess}{folder} Known models: {', '.join(names)}, {ELSE}"


def _open_from_pack(name: str, model: str) -> Predictor:
    pack = packs.open_pack(name)
    wanted = model or pack.best
    if wanted not in pack.models:
        raise ModelError(_unknown(f"{name}.{model}"))
    return pack.models[wanted]()


def _open_folder(folder: Path) -> Predictor:
    kind = _config(folder).get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ModelError(f"{folder / 'config.json'}: the kind is {kind!r}. Known kinds: {', '.join(KINDS)}")
    module, name = KINDS[kind].split(":")
    opener = getattr(import_module(module), name).open
    opened: Predictor = opener(folder, open_part=_open_folder) if kind == "joint" else opener(folder)
    return opened


def _config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    if not folder.exists():
        raise ModelError(f"{folder}: no such folder. A model is {WORKS}")
    if not path.is_file():
        what = "holds no config.json, so it is no model folder" if folder.is_dir() else "is a file, not a model folder"
        raise ModelError(f"{folder}: {what}")
    try:
        data = trust.read_json(trust.inside(folder, path.name, where=str(folder)))
    except DataError as error:
        raise ModelError(f"{path}: cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise ModelError(f"{path}: found {type(data).__name__}, expected an object with a kind")
    return data


def _open_cascade(reference: str, within: tuple[Path, ...]) -> Predictor:
    from textwright.predictors.cascade import open_cascade

    path = Path(reference.removeprefix("cascade:")).expanduser()
    whole = path.resolve()
    if whole in within:
        names = " -> ".join(each.name for each in (*within, whole))
        raise ModelError(f"{reference}: a cascade that asks itself never ends ({names})")
    return open_cascade(path, lambda inner: _open(inner, (*within, whole)))


def _open_prompt(reference: str) -> Predictor:
    from textwright.predictors.prompt_file import open_prompt

    return open_prompt(Path(reference.removeprefix("prompt:")).expanduser(), surroundings(), say=_warn)


def _open_served(address: str) -> Predictor:
    from textwright.predictors.remote import open_remote, parted

    trust.check_address(parted(address)[0])
    return open_remote(address, say=_warn)


def _warn(message: str) -> None:
    """Tell what a server wants or does not take, on standard error."""
    print(f"textwright: {message}", file=sys.stderr)


def surroundings() -> Surroundings:
    """Say what prompts find around them: the schemas of packs and files, the templates of packs."""
    from textwright.packs.templates import template_folders
    from textwright.predictors.prompt_file import Surroundings

    return Surroundings(find_schema, tuple(template_folders()))


def find_schema(name: str) -> Schema:
    """Return the schema of a pack, or read that of a file. Raise `SchemaError` when it is neither."""
    if name in packs.installed():
        return packs.open_pack(name).schema
    if not Path(name).is_file():
        known = ", ".join(packs.installed())
        raise SchemaError(f"schema {name}: no such file, and no pack has this name. Packs: {known}")
    return Schema.read(name)


# --- what an experiment made ----------------------------------------------------------------


def _open_run(reference: str, within: tuple[Path, ...]) -> Predictor:
    """Open the model of a run, by its id or by its folder."""
    from textwright.runs.folder import read_record
    from textwright.runs.reference import reference_of

    run = read_record(_run_folder(reference))
    if run.failed is not None:
        raise ModelError(f"{reference}: the run has no model; it failed: {run.failed}")
    if run.folder in within:
        raise ModelError(f"{reference}: a run whose model is itself never ends")
    if trust.CODE not in run.model:
        return _open(reference_of(run), (*within, run.folder))
    how, _, rest = ("", "", run.model) if run.model.startswith(trust.CODE) else run.model.partition(":")
    trust.check_code(rest, run=reference)
    import_beside(run.folder.parent.parent)
    if how == "function":
        return _open_function_of_run(run.method, rest, run.folder / MODEL)
    return _open_saved(rest, run.folder / MODEL) if how == "fitted" else open_python(run.model)


def _run_folder(reference: str) -> Path:
    from textwright.runs.folder import RUN, find_run

    name = reference.removeprefix("run:")
    if not _has_separator(name):
        return find_run(name, Path.cwd())
    folder = Path(name).expanduser()
    if not (folder / RUN).is_file():
        raise ModelError(f"{reference}: the folder holds no {RUN}, so it is no run")
    return folder.resolve()


def _open_function_of_run(name: str, reference: str, folder: Path) -> Predictor:
    from textwright.predictors.function import FunctionPredictor

    return FunctionPredictor(name, Schema.read(folder / "schema.json"), open_function(reference))


def _open_saved(reference: str, folder: Path) -> Predictor:
    """Open what a model saved, by its class."""
    found = open_function(reference)
    try:
        opened: Predictor = found.open(folder)
    except Exception as error:
        raise ModelError(f"{reference}: opening {folder} failed: {cause_of(error)}") from error
    return opened
