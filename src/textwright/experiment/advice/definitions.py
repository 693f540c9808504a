"""Which definitions are unclear: where annotators disagree, and where methods agree, but not with gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.evaluate.agreement import agreement
from textwright.evaluate.figure import Figure
from textwright.experiment.advice.votes import Said, Vote, label_measures, votes_of
from textwright.experiment.advice.wording import listed, names_say
from textwright.experiment.table.rows import Entry
from textwright.wrangle.counted import counted

EXAMPLES = 3
# So many texts must show it before a label is named.
FEWEST_TEXTS = 3
# Agreement (F1, or alpha of categories) from which on a definition is taken to be clear: Krippendorff's customary bar.
CLEAR = 0.8
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Agreed:
    """How well annotators agree on a label: F1 of spans, alpha of categories; on how many texts that have it."""

    label: str
    figure: Figure
    texts: int

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"label": self.label, **self.figure.to_data(), "texts": self.texts}


@dataclass(frozen=True, slots=True)
class Disputed:
    """A label on which methods are against gold in some texts (`doubtful`), and divided in others (`hard`)."""

    label: str
    doubtful: tuple[Vote, ...]
    hard: tuple[Vote, ...]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "label": self.label,
            "against_gold": len(self.doubtful),
            "divided": len(self.hard),
            "against_gold_examples": [_example(each) for each in self.doubtful[:EXAMPLES]],
            "divided_examples": [_example(each) for each in self.hard[:EXAMPLES]],
        }


@dataclass(frozen=True, slots=True)
class Definitions:
    """What annotators and methods show of the labels.

    `confused` counts how often a method took the first label for the second.
    """

    agreed: tuple[Agreed, ...] = ()
    disputed: tuple[Disputed, ...] = ()
    confused: Mapping[tuple[str, str], int] = field(default_factory=dict)
    voters: tuple[str, ...] = ()

    def in_words(self) -> list[str]:
        """Name the labels whose definition needs work, with examples."""
        said = [*self._annotators(), *self._methods(), *self._confusions()]
        return said or ["Nothing speaks against the labels' definitions."]

    def _annotators(self) -> Iterator[str]:
        unclear = [each for each in self.agreed if (each.figure.value or 0) < CLEAR and each.texts >= FEWEST_TEXTS]
        if not self.agreed:
            yield "No text was annotated by two people, so that the labels are judged by the methods alone."
        elif unclear:
            names = listed([f"{each.label} ({_figure(each.figure)}, {each.texts} texts)" for each in unclear])
            mean = "this label means" if len(unclear) == 1 else "these labels mean"
            yield f"Annotators disagree on {names}; 1 is full agreement. Say more exactly what {mean}."
        else:
            yield f"Annotators agree on every label, {CLEAR} or more where 1 is full agreement."

    def _methods(self) -> Iterator[str]:
        if len(self.voters) < 2:
            yield "Fewer than two independent methods were judged, so that they say nothing about the labels."
            return
        for each in self.disputed:
            if len(each.doubtful) >= FEWEST_TEXTS:
                yield (
                    f"{each.label}: in {len(each.doubtful)} texts most methods agree with each other, but not with "
                    "the annotation. Look there for mistakes, or for a rule that the guideline lacks:"
                )
                yield from (f"{_annotated(vote)}; {_majority(vote)}" for vote in each.doubtful[:EXAMPLES])
            if len(each.hard) >= FEWEST_TEXTS:
                yield (
                    f"{each.label}: in {len(each.hard)} texts no answer has a majority. These are hard, "
                    "and more examples of their kind would teach most:"
                )
                yield from (f"{_annotated(vote)}; {_sides(vote)}" for vote in each.hard[:EXAMPLES])

    def _confusions(self) -> Iterator[str]:
        found = [f"{a} for {b} ({times})" for (a, b), times in self.confused.items() if times >= FEWEST_TEXTS]
        if found:
            yield f"Labels that are taken for each other, annotated label first: {', '.join(found[:EXAMPLES])}."

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "annotators": [each.to_data() for each in self.agreed],
            "methods": list(self.voters),
            "labels": [each.to_data() for each in self.disputed],
            "confused": [{"annotated": a, "found": b, "times": times} for (a, b), times in self.confused.items()],
        }


def _figure(figure: Figure) -> str:
    ends = "" if figure.low is None or figure.high is None else f", {figure.low:.2f} to {figure.high:.2f}"
    return f"{figure.value or 0:.2f}{ends}"


def _example(vote: Vote) -> dict[str, Any]:
    said = {method: sorted(map(_plain, each)) for method, each in vote.said.items()}
    return {"id": vote.id, "text": vote.text, "annotated": sorted(map(_plain, vote.gold)), "said": said}


def _plain(thing: Any) -> Any:
    return list(thing) if isinstance(thing, tuple) else thing


def _annotated(vote: Vote) -> str:
    """Show a text with what is annotated."""
    text = vote.text if len(vote.text) <= LONGEST else f"{vote.text[: LONGEST - 1]}…"
    return f"- “{text}” is annotated {_words(vote.gold, vote.text)}"


def _majority(vote: Vote) -> str:
    """Say how many methods said what most of them said."""
    most = vote.against_gold or frozenset()
    times = sum(said == most for said in vote.said.values())
    return f"{times} of {counted(len(vote.said), 'method')} say {_words(most, vote.text)}"


def _sides(vote: Vote) -> str:
    """Say which methods said what."""
    sides: dict[Said, list[str]] = {}
    for method, said in vote.said.items():
        sides.setdefault(said, []).append(method)
    told = (f"{names_say(names)} {_words(said, vote.text)}" for said, names in sides.items())
    return ", ".join(told)


def _words(said: Said, text: str) -> str:
    each = [f"“{text[one[0] : one[1]]}”" if isinstance(one, tuple) else str(one) for one in sorted(said, key=str)]
    return " and ".join(each) or "nothing"


# --- what is found --------------------------------------------------------------------------


def definitions_of(entries: Sequence[Entry], annotated: Iterable[Dataset]) -> Definitions:
    """Look at what several annotators said of the same texts, and at what methods say of the test texts."""
    measures = label_measures(entries[0].judgements[0].report) if entries else []
    votes = votes_of(entries, measures)
    return Definitions(
        tuple(_agreed(annotated)),
        tuple(_disputed(votes)),
        _confused(entries),
        tuple(entry.method for entry in entries if not entry.runs[0].needs),
    )


def _agreed(annotated: Iterable[Dataset]) -> list[Agreed]:
    """Ask how well annotators agree, label by label, the least agreed on first; empty where nobody shares a text."""
    several = [each for data in annotated for each in data if each.annotator]
    try:
        found = agreement(list({(each.id, each.annotator): each for each in several}.values()))
    except DataError:
        return []
    spans = found.spans.labels.items() if found.spans else ()
    made = [Agreed(label, each.f1, each.support) for label, each in spans]
    for task in found.tasks.values():
        made += [Agreed(label, each.alpha, each.support) for label, each in task.labels.items()]
    return sorted((each for each in made if each.figure.value is not None), key=lambda each: each.figure.value or 0)


def _disputed(votes: Sequence[Vote]) -> list[Disputed]:
    """Sort votes by label, those with the most texts against gold first."""
    made = []
    for label in dict.fromkeys(vote.name for vote in votes):
        own = [vote for vote in votes if vote.name == label]
        doubtful = tuple(vote for vote in own if vote.against_gold is not None)
        made.append(Disputed(label, doubtful, tuple(vote for vote in own if vote.divided)))
    return sorted(made, key=lambda each: (-len(each.doubtful), -len(each.hard)))


def _confused(entries: Sequence[Entry]) -> dict[tuple[str, str], int]:
    """Count which label was taken for which, by the method with the fewest mistakes: others are just worse."""
    if not entries:
        return {}
    best = min(entries, key=lambda entry: len(entry.judgements[0].report["mistakes"]))
    counts: Counter[tuple[str, str]] = Counter()
    for mistake in best.judgements[0].report["mistakes"]:
        counts.update(_swaps(mistake))
    return dict(counts.most_common())


def _swaps(mistake: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for fault in mistake["faults"]:
        if fault["kind"] == "label":
            yield fault["gold"]["label"], fault["predicted"]["label"]
    gold, said = (_single(mistake[side]) for side in ("gold", "predicted"))
    yield from ((gold[task], said[task]) for task in gold if task in said and gold[task] != said[task])


def _single(annotation: Mapping[str, Any] | None) -> dict[str, str]:
    """Give the label of each task that has just one."""
    labels: dict[str, list[str]] = {}
    for each in (annotation or {}).get("categories") or ():
        labels.setdefault(each["task"], []).append(each["label"])
    return {task: found[0] for task, found in labels.items() if len(found) == 1}
