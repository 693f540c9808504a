"""How many spans come back when gold is said as a language model says it, and said badly.

    python bench/grounding.py [--texts N] [--examples]

It reads the gold spans of ../shared/data/titles/{train,dev}.jsonl (or $TEXTWRIGHT_SHARED/data/titles). Each text's gold
is turned into mentions, spoiled in one way and grounded again, by `textwright.ground` and by what wrappers do, the
first `text.find` of each mention.

Every mention but a merged, paraphrased or doubled one has a target: the gold span that it was made of (of a truncated
one, its beginning). `found`: the share of targets that have a span of that label. `text`: the share of texts whose
spans are the targets and nothing else. `elsewhere`: spans that are no target, of all spans, though a mention of that
label says what stands there: letter for letter, or (so many are `near`) but for case, white space, quotes, dashes,
what Unicode calls compatible, and punctuation around the mention. `wrong`: spans that are no target, no gold, and that
no mention of that label says even so: an offset that somebody invented. `twice`: the same span given twice. `not in
text`: mentions without a span.

Rows: as `convert` writes answers (a number where a mention is not the next one); without any number, each mention
once in the order of the text; then, without numbers, one kind of fault in every text that allows it.
"""

from __future__ import annotations

import argparse
import html
import os
import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from textwright.dataset import Dataset
from textwright.formats.mentions import answer_of
from textwright.ground import Mention, ground
from textwright.packs.job_titles import SCHEMA
from textwright.types import Example, Span

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared"))
OTHER_WORDS = ("expert", "principal", "worldwide", "chief", "regional", "associate")
COLUMNS = ("texts", "mentions", "found", "text", "elsewhere", "near", "wrong", "twice", "not in text")

ONE_KIND = {ord(mark): kind for kind, marks in {"-": "–—‑", "'": "’‘"}.items() for mark in marks}
AROUND = " .()-*“”"

Place = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A mention with the place that it was made of, if it has one."""

    mention: Mention
    target: Place | None


Spoil = Callable[[Sequence[Said], random.Random, str], list[Said]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, help="only so many texts, drawn by chance")
    parser.add_argument(
        "--examples", action="store_true", help="print what was wrong, and texts that did not come back"
    )
    asked = parser.parse_args()
    examples = gold(asked.texts)
    print(f"{len(examples)} texts with gold spans\n")
    print(f"{'':24}" + "".join(f"{column:>12}" for column in COLUMNS))
    for name, spoil in KINDS.items():
        dice = random.Random(0)
        answers = [(each, spoil(said_of(each, numbers=name == "as written"), dice, each.text)) for each in examples]
        changed = [(each, said) for each, said in answers if said]
        show(name, tallied(changed, ours, tell=asked.examples))
        show("  text.find", tallied(changed, naive))


def gold(texts: int | None) -> list[Example]:
    parts = [Dataset.read(SHARED / f"data/titles/{part}.jsonl", schema=SCHEMA) for part in ("train", "dev")]
    marked = [each for part in parts for each in part if each.gold.spans]
    return marked if texts is None else random.Random(0).sample(marked, min(texts, len(marked)))


def said_of(example: Example, *, numbers: bool) -> list[Said]:
    """Say gold as a language model does; without numbers nothing tells equal mentions apart but their order."""
    mentions = answer_of(example.gold, example.text)["spans"]
    return [
        Said(Mention(said["label"], said["text"], said.get("occurrence") if numbers else None), place_of(span))
        for span, said in zip(example.gold.spans or (), mentions, strict=True)
    ]


def place_of(span: Span) -> Place:
    return span.start, span.end, span.label


# --- grounding and counting -----------------------------------------------------------------------


def ours(text: str, mentions: Sequence[Mention]) -> list[Place]:
    return [place_of(span) for span in ground(text, mentions, SCHEMA).spans]


def naive(text: str, mentions: Sequence[Mention]) -> list[Place]:
    """Take the first place of each mention, as wrappers do."""
    found = ((text.find(each.text), each) for each in mentions)
    return [(start, start + len(each.text), each.label) for start, each in found if start >= 0]


def tallied(
    answers: Iterable[tuple[Example, Sequence[Said]]],
    method: Callable[[str, Sequence[Mention]], list[Place]],
    *,
    tell: bool = False,
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for example, said in answers:
        places = method(example.text, [each.mention for each in said])
        counted = counts_of(example, said, places)
        counts += counted
        if tell and (counted["wrong"] or not counted["text"]):
            told(example, said, places, counted)
    return counts


def counts_of(example: Example, said: Sequence[Said], places: Sequence[Place]) -> Counter[str]:
    targets = {each.target for each in said if each.target}
    known = targets | {place_of(span) for span in example.gold.spans or ()}
    other = set(places) - targets
    literal = {(each.mention.label, each.mention.text) for each in said}
    alike = {(label, way) for label, words in literal for way in (plain(words), plain(words).strip(AROUND))}
    says = {place: (place[2], example.text[place[0] : place[1]]) for place in other}
    near = [place for place in other if says[place] not in literal]
    invented = [place for place in set(near) - known if (says[place][0], plain(says[place][1])) not in alike]
    return Counter(
        texts=1,
        mentions=len(said),
        targets=len(targets),
        found=len(targets & set(places)),
        text=int(set(places) == targets),
        spans=len(places),
        elsewhere=len(other) - len(invented),
        near=len(near) - len(invented),
        wrong=len(invented),
        twice=len(places) - len(set(places)),
    ) + Counter({"not in text": len(said) - len(places)})


def plain(words: str) -> str:
    """Compare as a reader does, in a way of its own, so that grounding is not judged by itself."""
    one_kind = words.replace("\xad", "").replace("\u200b", "").translate(ONE_KIND)
    return " ".join(unicodedata.normalize("NFKC", html.unescape(one_kind)).casefold().split())


def told(example: Example, said: Sequence[Said], places: Sequence[Place], counted: Counter[str]) -> None:
    lost = {each.target for each in said if each.target} - set(places)
    kind = "wrong" if counted["wrong"] else "other"
    print(f"    {kind} {example.text!r}: {[(each.mention.label, each.mention.text) for each in said]}")
    print(f"      lost {sorted(lost)}, instead {sorted(set(places) - {each.target for each in said})}")


def show(name: str, counts: Counter[str]) -> None:
    targets, spans, texts = max(1, counts["targets"]), max(1, counts["spans"]), max(1, counts["texts"])
    cells = (
        f"{counts['texts']}",
        f"{counts['mentions']}",
        f"{counts['found'] / targets:.2%}",
        f"{counts['text'] / texts:.2%}",
        f"{counts['elsewhere'] / spans:.2%}",
        f"{counts['near']}",
        f"{counts['wrong']}",
        f"{counts['twice']}",
        f"{counts['not in text'] / max(1, counts['mentions']):.2%}",
    )
    print(f"{name:24}" + "".join(f"{cell:>12}" for cell in cells), flush=True)


# --- kinds of faults: nothing where a text does not allow it --------------------------------------


def as_written(said: Sequence[Said], _: random.Random, __: str) -> list[Said]:
    return list(said)


def reordered(said: Sequence[Said], dice: random.Random, _: str) -> list[Said]:
    return dice.sample(said, len(said)) if len(said) > 1 else []


def by_label(said: Sequence[Said], _: random.Random, __: str) -> list[Said]:
    return sorted(said, key=lambda each: SCHEMA.spans.index(each.mention.label))


def missing(said: Sequence[Said], dice: random.Random, _: str) -> list[Said]:
    left_out = dice.randrange(len(said))
    return [each for place, each in enumerate(said) if place != left_out and dice.random() < 0.8]


def merged(said: Sequence[Said], dice: random.Random, _: str) -> list[Said]:
    """Join two mentions that follow each other: the joined one is no gold span."""
    if len(said) < 2:
        return []
    place = dice.randrange(len(said) - 1)
    a, b = said[place].mention, said[place + 1].mention
    both = Said(replace(a, text=f"{a.text} {b.text}"), None)
    return [*said[:place], both, *said[place + 2 :]]


def doubled(said: Sequence[Said], dice: random.Random, _: str) -> list[Said]:
    return [*said, replace(dice.choice(said), target=None)]


def doubled_at_once(said: Sequence[Said], dice: random.Random, _: str) -> list[Said]:
    place = dice.randrange(len(said))
    return [*said[: place + 1], replace(said[place], target=None), *said[place + 1 :]]


def paraphrased(said: Sequence[Said], dice: random.Random, text: str) -> list[Said]:
    """Say another word than the text in one mention."""
    place = dice.randrange(len(said))
    words = said[place].mention.text.split()
    words[dice.randrange(len(words))] = dice.choice([word for word in OTHER_WORDS if word not in text.casefold()])
    other = replace(said[place].mention, text=" ".join(words))
    return [*said[:place], Said(other, None), *said[place + 1 :]]


def truncated(said: Sequence[Said], dice: random.Random, _: str) -> list[Said]:
    """Cut the last mention, as an answer that grew too long."""
    mention, target = said[-1].mention, said[-1].target
    assert target is not None
    cut = mention.text[: dice.randrange(1, len(mention.text))].rstrip() if len(mention.text) > 1 else ""
    if not cut:
        return []
    return [*said[:-1], Said(replace(mention, text=cut), (target[0], target[0] + len(cut), target[2]))]


def changed(said: Iterable[Said], change: Callable[[str], str]) -> list[Said]:
    return [replace(each, mention=replace(each.mention, text=change(each.mention.text))) for each in said]


def other_case(said: Sequence[Said], dice: random.Random, _: str) -> list[Said]:
    return changed(said, lambda words: dice.choice([words.upper(), words.lower(), words.title()]))


def other_marks(said: Sequence[Said], dice: random.Random, _: str) -> list[Said]:
    return changed(said, lambda words: words.translate({ord("-"): dice.choice("–—‑"), ord("–"): "-", ord("'"): "’"}))


def other_spaces(said: Sequence[Said], dice: random.Random, _: str) -> list[Said]:
    return changed(said, lambda words: words.replace(" ", dice.choice(["  ", "\xa0", "\n", " \u200b"])))


def other_code(said: Sequence[Said], dice: random.Random, _: str) -> list[Said]:
    """Compose, decompose, widen or escape what can be."""
    wide = {code: code + 0xFEE0 for code in range(0x30, 0x7B)}
    ways: tuple[Callable[[str], str], ...] = (
        lambda words: unicodedata.normalize("NFD", words),
        lambda words: words.translate(wide),
        lambda words: words.replace("&", "&amp;"),
        lambda words: "\xad".join(words),
    )
    return changed(said, lambda words: dice.choice(ways)(words))


def punctuated(said: Sequence[Said], dice: random.Random, _: str) -> list[Said]:
    return changed(said, lambda words: dice.choice(["“{}”", "{}.", "({})", "- {}", "**{}**"]).format(words))


KINDS: dict[str, Spoil] = {
    "as written": as_written,
    "without numbers": as_written,
    "label by label": by_label,
    "reordered": reordered,
    "missing": missing,
    "merged": merged,
    "doubled at the end": doubled,
    "doubled at once": doubled_at_once,
    "paraphrased": paraphrased,
    "truncated": truncated,
    "other case": other_case,
    "other quotes, dashes": other_marks,
    "other white space": other_spaces,
    "other Unicode, entities": other_code,
    "punctuation around": punctuated,
}

if __name__ == "__main__":
    main()
