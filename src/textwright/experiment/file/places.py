"""What the file names, made whole: paths are relative to the file and may begin with `~`."""

from __future__ import annotations

from pathlib import Path

from textwright import packs
from textwright.errors import DataError, ModelError
from textwright.experiment.file.checks import guess
from textwright.predictors.cascade import beside


def whole_path(name: str, folder: Path, where: str) -> Path:
    """Make a path whole. Raise `DataError` when it cannot be one."""
    try:
        return (folder / Path(name).expanduser()).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise DataError(f"{where}: {name!r} is no path: {error}") from error


def whole_reference(name: str, folder: Path, where: str) -> str:
    """Make a model's reference whole. Raise `DataError` when nothing can have this name."""
    if ":" in name or "/" in name:
        return _beside(name, folder, where)
    if (folder / name / "config.json").is_file():
        return str(whole_path(name, folder, where))
    pack, _, model = name.partition(".")
    if pack in packs.installed():
        _refuse_unknown_model(pack, model, where)
        return name
    known = [*packs.installed(), *_models_of_all()]
    raise DataError(
        f"{where}: no method and no model is called {name!r}.{guess(name, known)} A model is one of "
        f"{', '.join(known)}, ./folder/, prompt:FILE.toml, cascade:FILE.toml, python:module:name, http://... or run:ID"
    )


def _beside(name: str, folder: Path, where: str) -> str:
    kind, _, rest = name.partition(":")
    try:
        return f"run:{whole_path(rest, folder, where)}" if kind == "run" and "/" in rest else beside(name, folder)
    except RuntimeError as error:
        raise DataError(f"{where}: {name!r} is no path: {error}") from error


def is_reference(name: str, folder: Path) -> bool:
    """Say whether a name can be a model's: a pack's, a folder's, or one that says where it is."""
    pack = name.partition(".")[0]
    return ":" in name or "/" in name or pack in packs.installed() or (folder / name / "config.json").is_file()


def beside_or_name(name: str, folder: Path, where: str) -> str:
    """Make a path whole where such a file stands beside the experiment; another name stays."""
    found = whole_path(name, folder, where)
    return str(found) if found.is_file() else name


def _refuse_unknown_model(pack: str, model: str, where: str) -> None:
    known = _models_of(pack)
    if model and known and f"{pack}.{model}" not in known:
        raise DataError(
            f"{where}: the pack {pack} has no model {model!r}.{guess(f'{pack}.{model}', known)} "
            f"Its models: {', '.join(known)}"
        )


def _models_of(pack: str) -> list[str]:
    """Name the models of a pack; one that cannot be loaded says so when its model is opened."""
    try:
        return [f"{pack}.{model}" for model in packs.open_pack(pack).models]
    except ModelError:
        return []


def _models_of_all() -> list[str]:
    return [name for pack in packs.installed() for name in _models_of(pack)]
