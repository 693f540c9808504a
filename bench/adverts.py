"""How right the models of the job_adverts pack are beside scikit-learn, the length and cue words.

    python bench/adverts.py [FOLDER...]

It reads ../shared/data/adverts (or $TEXTWRIGHT_SHARED/data/adverts); folders are more models to judge. All are judged
on advertisers and sources that none learned from; scikit-learn learns in the same run from the same modern UK adverts,
and so does a rule of the length alone. Labels are weak: some 2 to 4 of 100 are wrong, so that nobody can be right more
often than about 0.97. One thread.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from textwright.packs.job_adverts import PACK
from textwright.predictor import Predictor
from textwright.references import open_model

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from adverts_data import Advert, read_adverts, split
from adverts_figures import Judge, by_label, judged, judged_on, table


def main() -> None:
    parts = split(read_adverts())
    ours = {f"job_adverts.{name}": PACK.models[name]() for name in PACK.models}
    ours |= {folder: open_model(folder) for folder in sys.argv[1:]}
    peers = {"TF-IDF + LR": sklearn_peer(parts.train), "length": by_length(parts.train)}
    judges = {**{name: judged(model) for name, model in ours.items()}, **peers}
    print(table(judges, parts))
    for name, judge in judges.items():
        for part in ("new advertisers, all", "new sources"):
            print(f"{name}, {part}: {', '.join(by_label(judge, judged_on(parts)[part]))}")
    full = [each.text for each in parts.test if not each.snippet]
    for name, model in ours.items():
        print(f"{name}: {speed(model, full)}")


def sklearn_peer(train: Sequence[Advert]) -> Judge:
    """Learn words and pairs of words as TF-IDF with logistic regression."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    model = LogisticRegression(C=10, max_iter=300)
    model.fit(words.fit_transform([each.text for each in train]), [each.label for each in train])
    return lambda texts: [str(label) for label in model.predict(words.transform(texts))]


def by_length(train: Sequence[Advert]) -> Judge:
    """Learn what the length alone says, in steps of a hundred characters."""
    steps = np.minimum([len(each.text) // 100 for each in train], 99)
    agency = np.bincount(steps, [each.label == "agency" for each in train], 100)
    often = agency * 2 > np.bincount(steps, minlength=100)
    return lambda texts: ["agency" if often[min(len(text) // 100, 99)] else "direct" for text in texts]


def speed(model: Predictor, texts: Sequence[str]) -> str:
    """Time one full text at a time."""
    model.predict(texts[:20])
    seconds = []
    for text in texts:
        began = time.perf_counter()
        model.predict([text])
        seconds.append(time.perf_counter() - began)
    size = getattr(model, "size_bytes", 0)
    length = statistics.median(map(len, texts))
    return f"{size / 1e6:.2f} MB, a full text ({length:,.0f} characters) p50 {statistics.median(seconds) * 1e3:.2f} ms"


if __name__ == "__main__":
    main()
