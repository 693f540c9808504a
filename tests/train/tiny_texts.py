"""A tiny world of whole texts: notes about weather and food, glad or sad."""

from __future__ import annotations

from textwright.predictors.features import Features
from textwright.predictors.text_features import TextFeatures
from textwright.train.fitting import Settings
from textwright.train.text_network import TextNetworkTrainer
from textwright.types import Annotation, Category, Example

SUBJECTS = {"weather": ("rain", "snow", "a cloud", "the wind"), "food": ("soup", "a cake", "bread", "the fish")}
MOODS = {"glad": ("I love it", "what a joy", "so good"), "sad": ("I cry", "how awful", "so bad")}
OPENINGS = ("Today there is", "Look,", "My aunt spoke of", "We saw")


def example(opening: str, subject: str, thing: str, mood: str, words: str) -> Example:
    text = f"{opening} {thing}. {words.capitalize()}!"
    return Example(text, text, Annotation(categories=(Category("subject", subject), Category("mood", mood))))


EXAMPLES = [
    example(opening, subject, thing, mood, words)
    for opening in OPENINGS
    for subject, things in SUBJECTS.items()
    for thing in things
    for mood, sayings in MOODS.items()
    for words in sayings
]
DEV, TRAIN = EXAMPLES[::5], [each for place, each in enumerate(EXAMPLES) if place % 5]
FEATURES = TextFeatures(Features(rows=1024, width=8, word_hashes=1, affixes=0))


def trainer(**changes: object) -> TextNetworkTrainer:
    settings = Settings(epochs=6, batch=8, rate=1e-2, average=0.8, forget=0.0)
    sizes = {"embedding": 16, "hidden": 16, "layers": 1, "dropout": 0.0}
    return TextNetworkTrainer(**{"features": FEATURES, "settings": settings, **sizes, **changes})  # type: ignore[arg-type]
