"""What judging found, in words that need no statistics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor

from textwright.experiment.advice.wording import listed, time_in_words
from textwright.project.judge.asking import RULES, title_of
from textwright.project.judge.judged import WHOLE, WORDING, Forecast, Judged, Method
from textwright.project.judge.parts import ENOUGH, Parts

# From so many texts on a share can be said in hundredths; with fewer, tenths are all that one knows.
HUNDREDTHS = 100
# A model that learns and one that remembers by heart are told apart by so many texts at least.
FEW = 20


def headline_of(found: Judged) -> str:
    """Say how good the best method is, and how sure that is."""
    best = found.best
    if best is None:
        return "No method could be judged."
    return f"{best.title} {_is(best.name)} {right_for(best.right, found.texts)}; {_interval(best)}."


def _is(method: str) -> str:
    return "are" if method == RULES else "is"


def marks_of(found: Judged) -> str:
    """Say how many of the marks the best method finds; empty where nothing is marked."""
    best = found.best
    if best is None or best.marks is None:
        return ""
    share, right = round(100 * best.marks.found), round(100 * best.marks.right)
    return f"Of 100 marks to find, {share} are found. Of 100 that are made, {right} are right."


def right_for(share: float, texts: int) -> str:
    """Say for how many texts a method is right, as it was counted.

    >>> right_for(0.88, 25), right_for(0.92, 200), right_for(1.0, 12)
    ('right for 22 of 25 texts', 'right for 184 of 200 texts', 'right for all 12 texts')
    """
    if share in (0.0, 1.0):
        return f"right for {'all' if share else 'none of the'} {texts} texts"
    return f"right for {of(share, texts)} texts"


def of(share: float, texts: int) -> str:
    """Write a share as so many of the texts."""
    return f"{round(share * texts)} of {texts}"


def likely(low: float, high: float, texts: int) -> tuple[int, int, int]:
    """Return between how many of how many a share lies: outwards to whole tenths, or hundredths of many texts.

    >>> likely(0.42, 0.85, 15), likely(0.87, 0.951, 200)
    ((4, 9, 10), (87, 96, 100))
    """
    unit = 100 if texts >= HUNDREDTHS else 10
    return floor(unit * low + 1e-9), ceil(unit * high - 1e-9), unit


def _interval(best: Method) -> str:
    low, high, unit = likely(best.low, best.high, best.texts)
    few = f": {best.texts} texts are few" if best.texts < HUNDREDTHS else ""
    return f"between {low} and {high} of {unit} would be no surprise{few}"


def meaning_of(found: Judged) -> str:
    """Say what right means."""
    if found.measure != WHOLE:
        return f"Right means that the answer to {found.measure.partition(':')[2]} is yours."
    if not found.labels:
        return "Right means that all answers about a text are yours."
    right = "Right means that every mark of a text is as you would have it, and there are no others."
    return f"{right} Answers are counted by themselves." if found.questions else right


def counts_in(found: Judged) -> str:
    """Name what must be right in a text, in few words."""
    if found.measure != WHOLE:
        return f"the answer to {found.measure.partition(':')[2]}"
    return "every mark" if found.labels else "every answer"


def answers_in(method: Method, found: Judged) -> Iterator[str]:
    """Say of each question that is counted by itself how often a method answers it rightly."""
    for question in found.questions if found.measure == WHOLE and found.labels else ():
        score = method.scores.get(question)
        share = "" if score is None else of(score.right, found.texts)
        yield f"The answer to {question} is right in {share}." if score else f"It does not answer {question}."


def answers_of(found: Judged) -> list[str]:
    """Say of each question how often it is answered as it should be, where right means the marks; and by whom not."""
    if found.measure != WHOLE or not found.labels:
        return []
    return [" ".join(_answered(question, found)) for question in found.questions]


def _answered(question: str, found: Judged) -> Iterator[str]:
    those = [each for each in found.methods if question in each.scores]
    if those:
        best = max(those, key=lambda each: each.scores[question].right)
        right = right_for(best.scores[question].right, found.texts)
        yield f"To {question} the best answers are those of {in_sentence(best.title)}: {right}."
    silent = [each for each in found.methods if each not in those]
    if silent:
        who = listed([in_sentence(each.title) for each in silent])
        verb = "do" if len(silent) > 1 or silent[0].name == RULES else "does"
        yield f"{who[:1].upper()}{who[1:]} {verb} not answer {'it' if those else question}."


def short_of(best: Method) -> str:
    """Say in a few letters how good the best method is."""
    return f"right for {of(best.right, best.texts)}"


# --- beside the figures ---------------------------------------------------------------------


def comparisons(found: Judged) -> list[str]:
    """Say of each other method whether it is really behind the best."""
    return [_compared(each, found) for each in found.methods[1:]]


def winner_of(methods: Sequence[Method]) -> str:
    """Say what being the best of several does to a score; empty where it is ahead of each other by more than luck.

    The highest of several scores that chance may change is too high on average: Smith & Winkler (2006), The
    optimizer's curse.
    """
    close = [each for each in methods[1:] if each.behind is None or not each.behind.told_apart]
    if not close:
        return ""
    return f"The best of {len(methods)}, chosen on these same texts, mostly looks a little better than it is."


def _compared(method: Method, found: Judged) -> str:
    best, behind = found.methods[0].title, method.behind
    if behind is None:
        return ""
    verb = f"{method.title} {_is(method.name)}"
    if behind.told_apart:
        points = max(1, round(100 * behind.difference))
        return f"{verb} right less often than {in_sentence(best)}, by {points} of 100 texts. That is more than luck."
    if behind.needed is None:
        return f"{verb} right as often as {in_sentence(best)}."
    return (
        f"{method.title} may be as good as {in_sentence(best)}: what lies between them may be luck. "
        f"About {_round(behind.needed)} texts in the test would tell."
    )


def in_sentence(title: str) -> str:
    """Write a title within a sentence.

    >>> in_sentence("The network")
    'the network'
    """
    return title[:1].lower() + title[1:]


def _round(number: int) -> str:
    step = 10 ** max(0, len(str(number)) - 2)
    return f"{-(-number // step) * step:,}"


def forecast_words(found: Judged) -> str:
    """Say what more texts would bring; empty while nobody has looked."""
    if found.forecast is not None:
        return _forecast(found.forecast)
    return f"What more texts would bring cannot be said yet: {found.doubt}." if found.doubt else ""


def _forecast(each: Forecast) -> str:
    now, expected, low, high = (round(100 * share) for share in (each.now, each.expected, each.low, each.high))
    name, what = in_sentence(title_of(each.method)), "right marks" if each.marks else "right texts"
    if expected <= now:
        return f"{each.more} more texts would hardly make {name} better: it would stay at about {now} of 100 {what}."
    work = f", about {time_in_words(each.seconds)} of work," if each.seconds else ""
    said = f"{each.more} more texts{work} would bring {name} from {now} to about {expected} of 100 {what}"
    return f"{said} ({low} to {high} would be no surprise)."


def spoils(found: Judged) -> list[str]:
    """Say what makes the scores less sure than they look."""
    return [*_few(found), *_learned(found), *_seen(found), *_without(found)]


def _few(found: Judged) -> Iterator[str]:
    if found.texts + found.learned < ENOUGH or found.texts < FEW // 2:
        yield f"Only {found.texts} texts are in the test. Take this as a first impression."
    if found.silent:
        verb = "is" if len(found.silent) == 1 else "are"
        yield f"{listed(found.silent)} {verb} marked nowhere yet, so nothing is said of {_it(found.silent)}."
    if found.absent:
        they = _it(found.absent)
        yield f"No text of the test has {listed(found.absent)}. Whether {they} would be found, nobody knows."


def _learned(found: Judged) -> Iterator[str]:
    if found.repeats:
        verb = "text of the test nearly repeats one" if found.repeats == 1 else "texts of the test nearly repeat one"
        yield f"{found.repeats} {verb} that was learned from. The scores may be a little too good."
    for name in found.unseen:
        yield f"{title_of(name)} learned before, from texts that nobody here can see. Some may be in the test."


def _seen(found: Judged) -> Iterator[str]:
    for name, count in found.seen.items():
        if name == WORDING:
            yield f"What you look for was changed after mistakes in {_texts(count)} of the test were shown."
        elif found.method(name) is not None:
            yield f"{title_of(name)}: {note_of(name, found)}. The score may be too good."


def note_of(method: str, found: Judged) -> str:
    """Say what must stand beside the score of a method; mostly nothing."""
    count = found.seen.get(method)
    return seen_by_writer(count).lower() if count else ""


def seen_by_writer(count: int) -> str:
    """Say that a method was changed by somebody who had seen the test.

    >>> seen_by_writer(7)
    'Whoever wrote it had seen mistakes in 7 texts of this test'
    """
    return f"Whoever wrote it had seen mistakes in {_texts(count)} of this test"


def _texts(count: int) -> str:
    return "1 text" if count == 1 else f"{count} texts"


def alike_of(parts: Parts) -> str:
    """Say how many corrected texts are in neither part; empty: none."""
    if parts.alike == 0:
        return ""
    they = "1 corrected text was" if parts.alike == 1 else f"{parts.alike} corrected texts were"
    return f"{they} left out of learning: the same words stand in the test."


def _without(found: Judged) -> Iterator[str]:
    for name, reason in found.failed.items():
        yield f"{title_of(name)}: {reason}."
    if found.partial:
        names = listed([in_sentence(title_of(name)) for name in found.partial])
        yield f"Not in the list: {names}. Only a part of what you look for is answered there."


def _it(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"
