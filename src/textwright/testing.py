"""The contracts of a predictor and of a trainer, as tests that anybody can run on their own."""

from __future__ import annotations

from collections.abc import Sequence

from textwright.predictor import Predictor, Trainer
from textwright.schema import Schema
from textwright.types import Annotation, Example, in_order

HOSTILE_TEXTS: tuple[str, ...] = (
    "",
    " ",
    "\n\t\r\n",
    "a",
    "Senior UX Researcher - 6 month contract, Edinburgh",
    "SENIOR  ux/ui designer (m/f/d) 👩‍💻 – £30k",
    "Cafe\u0301 Mana\u0308ger \u202emaerc eci\u202c",
    "İstanbul'da ΣΑΣ ﬁnance straße",
    "\x00\x01 null \ufeff bom \u200b zero",
    "𝕊enior 𝔇esigner 🇬🇧🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "מנהל מוצר בכיר / مدير",
    "<b>Bold & brave</b> &amp; &#163;30k",
    "-" * 500,
    "Nurse " * 400,
)


def check_predictor(predictor: Predictor, texts: Sequence[str] = HOSTILE_TEXTS) -> None:
    """Check the contract of a predictor; raise `AssertionError` that says what was broken.

    One annotation a text, in order; `[]` gives `[]`; an answer depends on its own text alone and is
    the same each time; spans are sorted, lie inside the text and have labels known to the schema.
    """
    assert isinstance(getattr(predictor, "schema", None), Schema), "schema must be a Schema: the labels that it may use"
    assert predictor.predict([]) == [], "predict([]) must give []"
    together = predictor.predict(list(texts))
    assert len(together) == len(texts), f"{len(texts)} texts gave {len(together)} annotations"
    for text, annotation in zip(texts, together, strict=True):
        _check_annotation(predictor, text, annotation)
    backwards = predictor.predict(list(reversed(texts)))[::-1]
    for text, one, other in zip(texts, together, backwards, strict=True):
        assert one == other, f"the answer to {text[:60]!r} depends on the other texts of the batch"
    for text, annotation in zip(texts, together, strict=True):
        assert predictor.predict([text]) == [annotation], f"alone, {text[:60]!r} gets another answer"


def _check_annotation(predictor: Predictor, text: str, annotation: Annotation) -> None:
    assert isinstance(annotation, Annotation), f"{text[:60]!r} gave a {type(annotation).__name__}"
    spans = annotation.spans or ()
    assert spans == in_order(spans), f"the spans of {text[:60]!r} are not sorted by start, longer first"
    serious = [p for p in predictor.schema.problems(text, annotation) if p.kind in {"offset", "label", "task"}]
    assert not serious, f"{text[:60]!r}: {serious[0].reason}"


def check_trainer(trainer: Trainer, train: Sequence[Example], dev: Sequence[Example]) -> Predictor:
    """Check the contract of a trainer on small data, and of the predictor that it returns.

    Fitting twice gives the same answers (a trainer holds settings only, and is repeatable), and
    leaves the examples as they were. Return the first predictor.
    """
    before = (list(train), list(dev))
    first, second = trainer.fit(train, dev), trainer.fit(train, dev)
    assert (list(train), list(dev)) == before, "fit changed its examples"
    texts = [example.text for example in dev] + list(HOSTILE_TEXTS)
    assert first.predict(texts) == second.predict(texts), "fitting twice with one seed gave two models"
    check_predictor(first, texts)
    return first
