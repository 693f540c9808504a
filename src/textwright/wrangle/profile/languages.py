"""Which languages a sample of texts is in, by py3langid (extra `wrangle`).

A short text says little: of titles of some 20 characters py3langid alone has one in ten wrong. So all texts of
the sample are looked at together: their shares are those that make all its answers likeliest, found by
expectation and maximisation (Saerens, Latinne and Decaestecker 2002, Adjusting the outputs of a classifier to
new a priori probabilities), and a text is named only where one language then has 0.8.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from textwright.wrangle.profile.values import Language, Languages

ROUNDS = 20
SURE = 0.8
LEAST_SHARE = 0.002
LONGEST = 1000
EXAMPLE = 120
Said = tuple[str, bool]


def languages_of(texts: Sequence[str]) -> Languages | None:
    """Estimate the languages of texts; None when py3langid is not installed."""
    if _identifier() is None:
        return None
    spoken = [text for text in texts if any(map(str.isalpha, text))]
    if not spoken:
        return Languages(0, 0, ())
    codes, alone = _asked(spoken)
    shares, beliefs = _together(alone)
    said = _said(codes, beliefs)
    by_code: defaultdict[str, list[str]] = defaultdict(list)
    for text, (code, is_sure) in zip(spoken, said, strict=True):
        if is_sure:
            by_code[code].append(text)
    order = sorted(range(len(codes)), key=lambda place: -shares[place])
    found = [_language(codes[i], float(shares[i]), by_code[codes[i]]) for i in order if shares[i] >= LEAST_SHARE]
    return Languages(len(spoken), sum(not is_sure for _, is_sure in said), tuple(found))


def _language(code: str, share: float, texts: Sequence[str]) -> Language:
    return Language(code, share, len(texts), texts[0][:EXAMPLE] if texts else "")


def beliefs_of(texts: Sequence[str]) -> tuple[list[Said], list[Said]]:
    """Say of each text what its language is by itself, and among the others; each with whether that is sure."""
    codes, alone = _asked(texts)
    return _said(codes, alone), _said(codes, _together(alone)[1])


def _said(codes: Sequence[str], beliefs: Any) -> list[Said]:
    best, sure = beliefs.argmax(axis=1), beliefs.max(axis=1) >= SURE
    return [(codes[place], bool(is_sure)) for place, is_sure in zip(best, sure, strict=True)]


def _asked(texts: Sequence[str]) -> tuple[list[str], Any]:
    """Return the codes of the languages, and the probability of each for each text."""
    import numpy as np

    identifier = _identifier()
    codes = list(identifier.labels)
    return codes, np.asarray([_probabilities(identifier, text, codes) for text in texts])


@cache
def _identifier() -> Any:
    """Load the model once, which takes a second; None when it is not installed."""
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _probabilities(identifier: Any, text: str, codes: Sequence[str]) -> list[float]:
    """Ask for a text's languages; capitals would be taken for those of German nouns."""
    ranked = dict(identifier.rank(text[:LONGEST].lower()))
    return [ranked[code] for code in codes]


def _together(likely: Any) -> tuple[Any, Any]:
    """Return the languages' shares, and what each text is believed to be, given them."""
    import numpy as np

    shares = np.full(likely.shape[1], 1 / likely.shape[1])
    for _ in range(ROUNDS):
        beliefs = likely * shares
        beliefs /= beliefs.sum(axis=1, keepdims=True)
        shares = beliefs.mean(axis=0)
    return shares, beliefs
