"""What judging found, as it is kept in `judged.json`: each method's score, its mistakes, what more texts would bring.

The file is enough by itself: while a project is judged anew, what was found before can still be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from textwright.project.files import Project, write_json
from textwright.trust import parsed_json

FILE, VERSION = "judged.json", 1
WHOLE = "whole_text"
# What people look for and how they say it, where it is named beside the methods that people write.
WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Score:
    """The share of texts that are right, and between which shares it lies 95 of 100 times.

    `occurs` counts the texts in which there is anything to find; None: no single label is meant.
    """

    right: float
    low: float
    high: float
    occurs: int | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """The share of the marks to find that a method finds, and the share of its own marks that are right."""

    found: float
    right: float


@dataclass(frozen=True, slots=True)
class Behind:
    """How far a method is behind the best, as a share of texts, and whether that is more than chance.

    `needed` is how many texts for the test would tell the two apart; None: no number would.
    """

    difference: float
    told_apart: bool
    needed: int | None


@dataclass(frozen=True, slots=True)
class Method:
    """A method as it was judged. `name` is that of the experiment, `run` the folder of its run.

    `reference` opens its model, `scores` has each label and task. `shippable` says whether the model can be taken along
    as a folder. `behind` is None for the best one, `marks` where no parts of texts are marked.
    """

    name: str
    title: str
    run: str
    reference: str
    right: float
    low: float
    high: float
    texts: int
    size_bytes: int | None
    ms: float | None
    shippable: bool
    scores: Mapping[str, Score] = field(default_factory=dict)
    behind: Behind | None = None
    marks: Marks | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What `more` texts that somebody corrects would bring to a method; `taught` of them would be learned from.

    Shares are of right texts, or with `marks` how far its marks and the right ones agree (F1).

    `now` is what the same training reaches today. `seconds` is how long the work would take; None: nobody knows.
    """

    method: str
    more: int
    taught: int
    now: float
    expected: float
    low: float
    high: float
    seconds: float | None = None
    marks: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """All that judging found, the best method first.

    `key` is that of the texts, labels and rules (see `asking.key_of`). `finished` says that all methods were judged,
    and not only the quick ones so far.

    `measure` says what must be right: the whole text, or a task. `learned` counts the texts that methods learned
    from. `failed` says why other methods have no score, `partial` names those that answer only a part of what is
    looked for, `silent` the labels and tasks that are not scored, as nobody has marked them yet. `labels` and
    `questions` (the tasks) are scored, `absent` those of them that no text of the test has. `repeats` counts texts of
    the test that nearly repeat one that was learned, `unseen` has what models learned before that nobody here can
    look into. `seen` counts the texts of the test that were shown as mistakes before people changed what they write:
    their "rules", their "prompt", the `WORDING` of the labels.
    `mistakes` are the texts that some method got wrong. `doubt` says why there is no forecast; empty while nobody
    has looked yet. `seconds` is how long judging took.
    """

    key: str
    measure: str
    texts: int
    learned: int
    methods: tuple[Method, ...]
    failed: Mapping[str, str] = field(default_factory=dict)
    partial: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    repeats: int = 0
    unseen: Mapping[str, str] = field(default_factory=dict)
    mistakes: tuple[Mapping[str, Any], ...] = ()
    forecast: Forecast | None = None
    doubt: str = ""
    seconds: float = 0.0
    finished: bool = True
    labels: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    seen: Mapping[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Say whether nothing is left to do: a forecast was made as well, or nobody can make one."""
        return self.finished and (self.forecast is not None or self.doubt != "")

    @property
    def best(self) -> Method | None:
        """Return the best method; None: every one failed."""
        return self.methods[0] if self.methods else None

    @property
    def best_shippable(self) -> Method | None:
        """Return the best of the methods whose model can be taken along."""
        return next((each for each in self.methods if each.shippable), None)

    def method(self, name: str) -> Method | None:
        """Return a method by its name."""
        return next((each for each in self.methods if each.name == name), None)


def judged(project: Project) -> Judged | None:
    """Read what the last judging of a project found; None before the first, or when nobody can read it any more."""
    return read_judged(project.folder)


def read_judged(folder: Path) -> Judged | None:
    """Read what was found in a project's folder."""
    try:
        return _judged_of(parsed_json((folder / FILE).read_bytes()), folder)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write_judged(folder: Path, found: Judged) -> None:
    """Keep what judging found. References into the folder are written relative to it, so that it can be moved."""
    data = asdict(found)
    for method in data["methods"]:
        method["reference"] = _moved(method["reference"], f"{folder.absolute()}/", "./")
    write_json(folder / FILE, {"version": VERSION, **data})


def _judged_of(data: dict[str, Any], folder: Path) -> Judged:
    if data.pop("version") != VERSION:
        raise ValueError("another version")
    forecast = data.pop("forecast")
    methods = tuple(_method_of(each, folder) for each in data.pop("methods"))
    lists = ("partial", "silent", "labels", "questions", "absent", "mistakes")
    rest = {**data, **{name: tuple(data.get(name, ())) for name in lists}}
    return Judged(**rest, methods=methods, forecast=None if forecast is None else Forecast(**forecast))


def _method_of(data: dict[str, Any], folder: Path) -> Method:
    scores = {name: Score(**each) for name, each in data["scores"].items()}
    behind = None if data["behind"] is None else Behind(**data["behind"])
    marks = None if data["marks"] is None else Marks(**data["marks"])
    reference = _moved(data["reference"], "./", f"{folder.absolute()}/")
    return Method(**{**data, "scores": scores, "behind": behind, "marks": marks, "reference": reference})


def _moved(reference: str, old: str, new: str) -> str:
    """Put another folder in the place of the one that a reference begins with, behind its kind.

    >>> _moved("prompt:/a/b/prompt.toml", "/a/b/", "./")
    'prompt:./prompt.toml'
    """
    for kind in ("prompt:", "cascade:", "run:", ""):
        if reference.startswith(f"{kind}{old}"):
            return f"{kind}{new}{reference[len(kind + old) :]}"
    return reference
