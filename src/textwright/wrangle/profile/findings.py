"""What a profile means, in plain words, and what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textwright.wrangle.profile.values import Annotations, Finding, Oddity
from textwright.wrangle.profile.wording import counted, language, percent, share

if TYPE_CHECKING:
    from textwright.wrangle.profile.result import Profile

# What must be settled before anything else, what deserves a look, what is good to know.
ACT, LOOK, NOTE = "act", "look", "note"
ORDER = (ACT, LOOK, NOTE)
PRESSING = frozenset({"mojibake", "replaced", "control", "unassigned", "entity", "tag", "email", "phone"})
COMMANDS = {
    "entity": "textwright predict MODEL {file} --markup html",
    "tag": "textwright predict MODEL {file} --markup html",
    "markdown": "textwright predict MODEL {file} --markup markdown",
    "capitals": "textwright check {file} --rules shouting",
}
FEW_SPANS = 50
# Of fewer words the estimate is a guess that looks certain: "Staff Nurse" would be German to 99.9 %.
FEW_WORDS = 50
FOREIGN, FOREIGN_TEXTS = 0.01, 3
STRAY_LENGTH = 20


def findings_of(profile: Profile) -> tuple[Finding, ...]:
    """Say what a profile means, the most pressing first."""
    found = [finding for part in PARTS for finding in part(profile)]
    return tuple(sorted(found, key=lambda finding: ORDER.index(finding.weight)))


def _file(profile: Profile) -> str:
    return shlex.quote(profile.name) if profile.name not in {"", "-"} else "FILE"


def _reading(profile: Profile) -> Iterator[Finding]:
    if profile.unread:
        first = profile.first_unread[0]
        words = f"{counted(profile.unread, 'record')} could not be read. The first: line {first.line}: {first.reason}"
        yield Finding(ACT, f"{words}.", f"textwright convert {_file(profile)} clean.jsonl --reject bad.jsonl")
    if not profile.texts:
        yield Finding(ACT, "There is no text.")
    if profile.empty:
        is_are = "is" if profile.empty == 1 else "are"
        yield Finding(
            LOOK,
            f"{counted(profile.empty, 'text')} ({share(profile.empty, profile.texts)}) {is_are} empty or white space "
            "alone. Leave them out before you annotate.",
        )


def _oddities(profile: Profile) -> Iterator[Finding]:
    for oddity in (*profile.personal, *profile.oddities):
        if oddity.kind in PRESSING or oddity.kind in COMMANDS:
            weight = ACT if oddity.kind in PRESSING else LOOK
            command = COMMANDS.get(oddity.kind, "").format(file=_file(profile))
            yield Finding(weight, f"{_stand(oddity, profile)}. {oddity.advice}", command)
    others = [each for each in profile.oddities if each.kind not in PRESSING and each.kind not in COMMANDS]
    if others:
        listed = "; ".join(_begun_small(_stand(oddity, profile)) for oddity in others)
        yield Finding(NOTE, f"Smaller oddities: {listed}. The report shows each, with what helps.")


def _begun_small(words: str) -> str:
    return words if words.startswith("HTML") else words[:1].lower() + words[1:]


def _stand(oddity: Oddity, profile: Profile) -> str:
    return f"{oddity.title}: {counted(oddity.texts, 'text')} ({share(oddity.texts, profile.texts)})"


def _copies(profile: Profile) -> Iterator[Finding]:
    copies, file = profile.copies, _file(profile)
    if copies.copies or copies.folded:
        same = f"{counted(copies.copies, 'text is a copy', 'texts are copies')} ({share(copies.copies, profile.texts)})"
        more = copies.folded - copies.copies
        folded = f", and {more:,} more but for capitals and white space" if more else ""
        words = f"{same} of an earlier one{folded}. Annotate each once, and keep copies out of what you judge by."
        yield Finding(LOOK, words, f"textwright dedupe {file} -o distinct.jsonl --near 1")
    if copies.near:
        words = (
            f"{copies.near:,} of {copies.near_sample:,} sampled texts have a near-same one in the sample; in all texts "
            "there are more. Keep them together when you split, or scores will flatter: Dataset.split(0.2, near=0.8)."
        )
        yield Finding(LOOK, words, "textwright leaks train.jsonl test.jsonl")


def _languages(profile: Profile) -> Iterator[Finding]:
    if profile.languages is None or not profile.languages.found:
        return
    if profile.words.total < FEW_WORDS:
        yield Finding(NOTE, f"The language is not told from so little: {counted(profile.words.total, 'word')}.")
        return
    first, *others = profile.languages.found
    foreign = [each for each in others if each.share >= FOREIGN and each.texts >= FOREIGN_TEXTS]
    if not foreign:
        yield Finding(NOTE, f"The language is {language(first.code)}: {percent(first.share)} of a sample.")
        return
    listed = ", ".join(f"{language(each.code)} {percent(each.share)}" for each in (first, *foreign))
    yield Finding(
        LOOK,
        f"Several languages in a sample: {listed}. A model knows the languages it was made for: look at the "
        "others apart.",
    )


def _lengths(profile: Profile) -> Iterator[Finding]:
    characters = profile.lengths[0].quantiles
    if not profile.texts or not characters["median"]:
        return
    low, high = f"{characters['25 %']:,}", f"{characters['75 %']:,}"
    middle = (
        f"Half the texts have {low} characters" if low == high else f"Half the texts have {low} to {high} characters"
    )
    longest = characters["most"]
    if longest > STRAY_LENGTH * characters["median"] and longest > 1000:
        yield Finding(LOOK, f"{middle}, but the longest has {longest:,}: look whether it is one text.")
    else:
        yield Finding(NOTE, f"{middle}; the longest has {longest:,}.")


def _annotated(profile: Profile) -> Iterator[Finding]:
    found, file = profile.annotations, _file(profile)
    if found is None:
        if profile.texts > profile.empty:
            yield Finding(NOTE, "Nothing is annotated here.", f"textwright annotate {file}")
        return
    for suspicion in found.suspicions:
        command = {"two_ways": f"textwright doubt {file}", "disagree": f"textwright agreement {file}"}
        weight = ACT if suspicion.kind in {"offset", "two_ways"} else LOOK
        words = f"{suspicion.title}: {suspicion.count:,}. {suspicion.advice}"
        yield Finding(weight, words, command.get(suspicion.kind, ""))
    yield from _amount(found)
    if found.by_several:
        words = f"{counted(found.by_several, 'text')} annotated by several people."
        yield Finding(NOTE, words, f"textwright agreement {file}")


def _amount(found: Annotations) -> Iterator[Finding]:
    few = [label.name for label in found.labels if label.spans < FEW_SPANS]
    if few:
        listed = ", ".join(few[:8]) + (f" and {len(few) - 8} more" if len(few) > 8 else "")
        words = f"Fewer than {FEW_SPANS} spans: {listed}. Their scores will say little, and models learn them badly."
        yield Finding(LOOK, words, "textwright curve linear --train train.jsonl --dev dev.jsonl")
    if found.crossing:
        total = sum(pair.count for pair in found.crossing)
        yield Finding(LOOK, f"{counted(total, 'pair')} of spans cross. Several formats and models cannot hold that.")


def _missing(profile: Profile) -> Iterator[Finding]:
    if profile.missing:
        yield Finding(NOTE, f"Not looked at: {', '.join(profile.missing)}.", "pip install 'textwright[wrangle]'")


Part = Callable[["Profile"], Iterator[Finding]]
PARTS: tuple[Part, ...] = (_reading, _annotated, _oddities, _copies, _languages, _lengths, _missing)
