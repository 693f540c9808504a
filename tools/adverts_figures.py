"""How right models of adverts are on advertisers that they never saw, as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from adverts_data import Advert, Parts, masked

from textwright.evaluate.statistics import wilson
from textwright.predictor import Predictor

# From texts to labels.
Judge = Callable[[Sequence[str]], Sequence[str]]


def judged(model: Predictor) -> Judge:
    """Take a model's label of each text."""

    def label(texts: Sequence[str]) -> list[str]:
        return [(each.categories or ())[0].label for each in model.predict(texts)]

    return label


def judged_on(parts: Parts) -> dict[str, list[Advert]]:
    """Name what is judged on: advertisers, or whole sources, that nobody learned from."""
    test, new = parts.test, parts.new_sources
    full, cut = [each for each in test if not each.snippet], [each for each in test if each.snippet]
    agencies = [each for each in [*test, *new] if not each.snippet and each.label == "agency"]
    return {
        "new advertisers, all": test,
        "full texts": full,
        "snippets": cut,
        "new sources": new,
        "full texts of agencies": agencies,
    }


def table(judges: Mapping[str, Judge], parts: Parts) -> str:
    """Write a Markdown table: the share of right answers with Wilson's interval, as they are and masked."""
    sets = judged_on(parts)
    head = ["| texts | n |", *(f" {name} |" for name in judges)]
    lines = ["".join(head), "| --- | ---: |" + " ---: |" * len(judges)]
    for name, adverts in sets.items():
        for kind, texts in (("", [each.text for each in adverts]), (", masked", hidden(adverts))):
            shares = "".join(f" {share(judge(texts), adverts)} |" for judge in judges.values())
            lines.append(f"| {name}{kind} | {len(adverts)} |{shares}")
    return "\n".join(lines)


def hidden(adverts: Sequence[Advert]) -> list[str]:
    """Take names and what gives an agency away out of the texts."""
    return [masked(each.text, each.company) for each in adverts]


def share(labels: Sequence[str], adverts: Sequence[Advert]) -> str:
    """Write the share of right labels with its interval."""
    right = sum(label == advert.label for label, advert in zip(labels, adverts, strict=True))
    low, high = wilson(right, len(adverts))
    return f"{right / len(adverts):.3f} [{low:.3f}, {high:.3f}]"


def by_label(judge: Judge, adverts: Sequence[Advert]) -> Iterator[str]:
    """Say how many of each label are right."""
    for label in ("agency", "direct"):
        own = [each for each in adverts if each.label == label]
        yield f"{label} {share(judge([each.text for each in own]), own)}"
