"""What a profile found, in words for somebody who never looked at one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from textwright.wrangle.counted import counted
from textwright.wrangle.profile import Profile
from textwright.wrangle.profile.wording import language, share

FEW, ENOUGH = 20, 100
STRAY = 20
Weight = Literal["look", "note"]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about the texts. `look` asks for a decision, `note` is good to know."""

    weight: Weight
    words: str


def said_of(profile: Profile) -> list[Said]:
    """Say what texts are like, what needs a decision first."""
    found = [said for part in PARTS for said in part(profile)]
    return sorted(found, key=lambda said: said.weight != "look")


def said_of_bringing(empty: int, unlike: int) -> Iterator[Said]:
    """Say how many texts are left out as empty, and how many annotated ones are not as the others are by now."""
    if empty:
        yield Said("look", f"{counted(empty, 'empty text')} {'is' if empty == 1 else 'are'} left out.")
    if unlike:
        one = unlike == 1
        keeps = "keeps its words" if one else "keep their words"
        yield Said("look", f"{counted(unlike, 'corrected text')} {keeps}, whatever is repaired or chosen here.")


def _how_many(profile: Profile) -> Iterator[Said]:
    if 0 < profile.texts < FEW:
        words = f"{counted(profile.texts, 'text')} will do to look around. A model needs about {ENOUGH}: bring more."
        yield Said("look", words)


def _lost(profile: Profile) -> Iterator[Said]:
    for oddity in profile.oddities:
        if oddity.kind == "replaced":
            words = f"In {counted(oddity.texts, 'text')} letters are lost for good (\ufffd)."
            yield Said("look", f"{words} Fetch them anew from the source.")
        if oddity.kind == "capitals" and oddity.texts > profile.texts / STRAY:
            yield Said("note", f"{counted(oddity.texts, 'text')} are all in capitals.")


def _length(profile: Profile) -> Iterator[Said]:
    measured = profile.lengths[0].quantiles
    if not measured["median"]:
        return
    yield Said("note", f"Half of them have {measured['25 %']:,} to {measured['75 %']:,} characters.")
    if measured["most"] > STRAY * measured["median"] and measured["most"] > 1000:
        yield Said("look", f"The longest has {measured['most']:,} characters: look whether it is one text.")


def _languages(profile: Profile) -> Iterator[Said]:
    found = profile.languages.found if profile.languages is not None else ()
    sure = [each for each in found if each.texts >= 3 and each.share >= 0.02]
    if len(sure) == 1:
        yield Said("note", f"They are in {language(sure[0].code)}.")
    elif sure:
        listed = ", ".join(f"{language(each.code)} ({share(round(100 * each.share), 100)})" for each in sure[:4])
        yield Said("note", f"They are in several languages: {listed}.")


PARTS: tuple[Callable[[Profile], Iterator[Said]], ...] = (_how_many, _lost, _languages, _length)
