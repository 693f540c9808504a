"""What a profile finds: every figure against texts that one can count by hand."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser

import pytest

from textwright import wrangle
from textwright.cli import COMMANDS
from textwright.errors import DataError
from textwright.types import Annotation, Category, Example, Span
from textwright.wrangle.profile import Profile, Unread, build
from textwright.wrangle.profile.counting import Frequent, Sample
from textwright.wrangle.profile.kinds import KINDS, PERSONAL
from textwright.wrangle.profile.oddities import Oddities
from textwright.wrangle.profile.suspicions import span_slips
from textwright.wrangle.profile.values import Oddity, Suspicion


def oddities(text: str) -> dict[str, list[str]]:
    """Return the kinds that are found in a text, with the pieces."""
    found = {kind.name: [text[start:end] for start, end in kind.find(text)] for kind in (*KINDS, *PERSONAL)}
    by_signs = {each.kind for kinds in (KINDS, PERSONAL) for each in looked(text, kinds)}
    assert by_signs == {name for name, pieces in found.items() if pieces}, "a sign lets a text pass"
    return {name: pieces for name, pieces in found.items() if pieces}


def looked(text: str, kinds: Iterable[object]) -> tuple[Oddity, ...]:
    oddities = Oddities(list(kinds))  # type: ignore[arg-type]  # they are kinds
    oddities.add(1, text)
    return oddities.done()


ODD = [
    ("Nurse, Leeds", {}),
    ("C# & .NET lead (m/w/d) – £30,000 - £40,000", {}),
    ("AT&T; R&D", {}),
    ("1 < 2 and a<b, 3 > 2", {}),
    ("Nurse &amp; Cook&#8217;s", {"entity": ["&amp;", "&#8217;"]}),
    ("<p class='x'>Nurse</p><br/>", {"tag": ["<p class='x'>", "</p>", "<br/>"]}),
    ("**Nurse** [apply](here)", {"markdown": ["**Nurse**", "[apply](here)"]}),
    ("## Nurse", {"markdown": ["## N"]}),
    ("a\x00b\x1f", {"control": ["\x00", "\x1f"], "tab": ["\x1f"], "edge_space": ["\x1f"]}),
    ("Nurse\u200b\u200bs", {"invisible": ["\u200b\u200b"]}),
    ("می\u200cخواهم", {}),
    ("👩\u200d🚀 go", {"emoji": ["👩\u200d🚀"]}),
    ("⭐ 👍🏽 1\ufe0f\u20e3 🇬🇧", {"emoji": ["⭐", "👍🏽", "1\ufe0f\u20e3", "🇬🇧"]}),
    ("Nurse • Cook ™ ✓", {}),
    ("lost \ufffd\ufffd", {"replaced": ["\ufffd\ufffd"]}),
    ("\ue000 \ud800", {"unassigned": ["\ue000", "\ud800"]}),
    ("cafÃ© ouvert", {"mojibake": ["fÃ©"]}),
    ("Ñandú über Ærø", {}),
    ('“Head” of "Design', {"mixed_quotes": ['"']}),
    ("don't and don’t and can’t", {"mixed_quotes": ["'"]}),
    ("\u0440aypal", {"mixed_scripts": ["\u0440aypal"]}),
    ("Москва London µm", {}),
    ("cafe\u0301", {"not_composed": ["e\u0301"]}),
    ("q\u0303", {}),
    ("𝐍urse ｎ", {"styled": ["𝐍", "ｎ"]}),
    ("30\u00a0k\u2009£", {"special_space": ["\u00a0", "\u2009"]}),
    ("a\tb", {"tab": ["\t"]}),
    ("two  gaps   here", {"double_space": ["  ", "   "]}),
    (" Nurse \n", {"edge_space": [" ", " \n"]}),
    ("NURSE IN LEEDS", {"capitals": ["NURSE IN LEEDS"]}),
    ("NURSE", {}),
    ("see https://x.org/a?b=(c). or WWW.Y.com", {"url": ["https://x.org/a?b=(c", "WWW.Y.com"]}),
    ("to eva.b+c@web.org.uk, now", {"email": ["eva.b+c@web.org.uk"]}),
    ("@home and a@b", {}),
    ("+44 20 7946 0958 or 020 7946 0958", {"phone": ["+44 20 7946 0958", "020 7946 0958"]}),
    ("(555) 123-4567", {"phone": ["(555) 123-4567"]}),
    ("2020 - 2021, ref 1234567890, 30,000-40,000, 1.234.567", {}),
]


@pytest.mark.parametrize(("text", "expected"), ODD, ids=[repr(text) for text, _ in ODD])
def test_oddities_are_found_and_nothing_else(text: str, expected: dict[str, list[str]]) -> None:
    assert oddities(text) == expected


def of_kind(found: Iterable[Oddity], kind: str) -> Oddity:
    return next(each for each in found if each.kind == kind)


def test_counts_pieces_and_sightings_with_places() -> None:
    texts = ["plain", "a &amp; b &amp; c", "d &lt; e", "a &amp; b &amp; c", "x" * 500 + "&gt;" + "y" * 500]
    found = of_kind(wrangle.profile(texts).oddities, "entity")
    assert (found.texts, found.times) == (4, 6)
    assert found.pieces == (("&amp;", 4), ("&lt;", 1), ("&gt;", 1))
    assert [each.number for each in found.sightings] == [2, 3, 5]
    for seen in found.sightings:
        start, end = seen.offset + seen.start, seen.offset + seen.end
        assert texts[seen.number - 1][start:end] == seen.text[seen.start : seen.end]
    assert len(found.sightings[2].text) == 124


def test_personal_data_are_counted_and_not_shown() -> None:
    found = wrangle.profile(["Call +44 20 7946 0958", "mail eva@web.org"])
    assert [(each.kind, each.texts) for each in found.personal] == [("email", 1), ("phone", 1)]
    shown = found.to_html() + found.to_json()
    assert "mail e••@•••.•••" in shown.replace("<mark>", "").replace("</mark>", "")
    assert "7946" not in json.dumps(found.to_data()["personal"])
    assert all(each.pieces == () for each in found.personal)


# --- figures --------------------------------------------------------------------------------------


def test_lengths_are_exact() -> None:
    chance = random.Random(1)
    texts = ["x" * chance.randrange(1, 400) for _ in range(999)]
    lengths = sorted(map(len, texts))
    characters = wrangle.profile(texts).lengths[0]
    assert characters.quantiles["median"] == lengths[499]
    assert characters.quantiles["95 %"] == lengths[949]
    assert (characters.quantiles["least"], characters.quantiles["most"]) == (lengths[0], lengths[-1])
    assert characters.total == sum(lengths)
    for bar in characters.bars:
        high = bar.high or 10**9
        assert bar.count == sum(bar.low <= length < high for length in lengths)
    assert sum(bar.count for bar in characters.bars) == 999


@pytest.mark.parametrize("lengths", [[0], [7], [0, 0, 5], [1, 10_000_000], list(range(31))])
def test_every_text_is_in_one_bar(lengths: list[int]) -> None:
    bars = wrangle.profile(["x" * min(length, 300_000) for length in lengths]).lengths[0].bars
    assert sum(bar.count for bar in bars) == len(lengths)
    assert len(bars) <= 33


def test_characters_words_and_pairs_are_counted() -> None:
    found = wrangle.profile(["Senior Nurse", "senior nurse's aide", "Ж ж λ 漢 1 €\t"])
    assert dict(found.characters.scripts) == {"Latin": 27, "Cyrillic": 2, "Greek": 1, "Han": 1}
    assert dict(found.characters.kinds)["letters"] == 31
    assert dict(found.characters.other) == {"Ж": 1, "ж": 1, "λ": 1, "漢": 1, "€": 1}
    assert found.words.total == 10
    assert dict(found.words.words)["senior"] == 2
    assert ("senior nurse", 1) in found.words.pairs
    assert found.words.missed == 0


def test_copies_are_counted_exactly_and_folded() -> None:
    found = wrangle.profile(["Nurse", "Cook", "Nurse", "NURSE", " nurse", "", ""]).copies
    assert (found.different, found.copies, found.folded) == (4, 1, 3)
    assert found.most == (("Nurse", 2),)


def test_near_same_texts_of_the_sample_are_found() -> None:
    pytest.importorskip("rensa")
    title = "Senior Nurse in the intensive care unit of a hospital in Leeds"
    found = wrangle.profile([title, f"{title}!", "Cook", title]).copies
    assert (found.near_sample, found.near) == (3, 2)
    assert found.near_groups == ((title, f"{title}!"),)


def test_languages_are_estimated_together() -> None:
    pytest.importorskip("py3langid")
    english = ["Senior Nurse", "Bus Driver", "Head of Design, Leeds", "We look for a cook", "Teacher of music"] * 8
    german = ["Wir suchen eine Köchin für unser Haus am See.", "Lehrer für Mathematik gesucht, ab sofort"] * 2
    found = wrangle.profile(english + german).languages
    assert found is not None
    assert [each.code for each in found.found][:2] == ["en", "de"]
    assert found.found[0].share == pytest.approx(40 / 44, abs=0.05)
    assert found.found[1].example in german


def test_what_stands_beside_the_texts_is_counted() -> None:
    texts = [Example(str(i), "x", meta={"source": "board" if i % 3 else "site"}, extra={"n": i}) for i in range(9)]
    source, number = wrangle.profile(texts).columns
    assert (source.name, source.where, source.texts, source.different) == ("source", "meta", 9, 2)
    assert source.values == (("board", 6), ("site", 3))
    assert (number.name, number.where, number.different) == ("n", "column", 9)


def test_the_same_seed_gives_the_same_profile() -> None:
    texts = [f"Nurse {i}" for i in range(6000)]
    assert wrangle.profile(texts, seed=3).to_json() == wrangle.profile(iter(texts), seed=3).to_json()


def test_frequent_things_stay_when_memory_is_bounded() -> None:
    chance = random.Random(0)
    things = [chance.choice("abc") if chance.random() < 0.5 else str(chance.random()) for _ in range(200_000)]
    true, counts = Counter(things), Frequent[str](1000)
    for i in range(0, len(things), 10):
        counts.add(things[i : i + 10])
    assert len(counts) <= 1000
    assert counts.missed > 0
    for thing, count in counts.top(3):
        assert true[thing] - counts.missed <= count <= true[thing]
    assert {thing for thing, _ in counts.top(3)} == {"a", "b", "c"}


def test_a_sample_is_fair_and_in_order() -> None:
    hits = Counter[int]()
    for seed in range(400):
        sample = Sample[int](10, seed=seed)
        for i in range(100):
            sample.add(i)
        assert sample.kept == sorted(sample.kept)
        assert len(sample.kept) == 10
        hits.update(sample.kept)
    assert min(hits.values()) > 15
    assert max(hits.values()) < 75


# --- annotations ----------------------------------------------------------------------------------


def marked(text: str, *spans: tuple[int, int, str], **more: object) -> Example:
    return Example(text, text, Annotation(tuple(Span(*span) for span in spans)), **more)  # type: ignore[arg-type]


def test_labels_nesting_and_categories() -> None:
    texts = [
        marked("Senior Nurse", (0, 12, "JOB"), (0, 6, "LEVEL"), (7, 12, "CORE")),
        marked("Cook", (0, 4, "JOB"), (0, 4, "CORE")),
        marked("Head Cook now", (0, 9, "JOB"), (5, 13, "OTHER")),
        marked("nothing"),
        Example("c", "text", Annotation(categories=(Category("tone", "calm"), Category("tone", "warm")))),
        Example("d", "not annotated"),
    ]
    found = wrangle.profile(texts).annotations
    assert found is not None
    assert (found.with_spans, found.with_categories, found.empty) == (4, 1, 1)
    job = found.labels[0]
    assert (job.name, job.spans, job.texts, job.shortest, job.median, job.longest) == ("JOB", 3, 3, 1, 2, 2)
    assert {(each.outer, each.inner): each.count for each in found.nested} == {("JOB", "LEVEL"): 1, ("JOB", "CORE"): 1}
    assert [(each.outer, each.inner) for each in found.same] == [("CORE", "JOB")]
    assert [(each.outer, each.inner) for each in found.crossing] == [("JOB", "OTHER")]
    [task] = found.tasks
    assert (task.name, task.texts, task.several, task.labels) == ("tone", 1, 1, (("calm", 1), ("warm", 1)))
    assert sum(bar.count for bar in found.per_text) == 4


def suspicions(*texts: Example) -> dict[str, Suspicion]:
    found = wrangle.profile(texts).annotations
    assert found is not None
    return {each.kind: each for each in found.suspicions if each.kind != "once"}


def test_slips_are_found_with_their_places() -> None:
    found = suspicions(
        marked(
            "Senior Nurse, Leeds", (0, 7, "LEVEL"), (7, 11, "JOB"), (7, 13, "JOB"), (14, 19, "CITY"), (14, 19, "CITY")
        ),
        marked("Nurse", (0, 9, "JOB"), (2, 2, "Job")),
    )
    assert {kind: each.count for kind, each in found.items()} == {
        "offset": 2,
        "white_space": 1,
        "in_word": 1,
        "loose_end": 1,
        "double": 1,
        "spelling": 2,
    }
    [seen] = found["in_word"].sightings
    assert (seen.number, seen.text[seen.start : seen.end]) == (1, "Nurs")


def test_the_same_text_annotated_in_two_ways_is_told_from_disagreement() -> None:
    one, other = ("Nurse", (0, 5, "JOB")), ("Nurse", (0, 5, "CORE"))
    assert suspicions(marked(*one), marked(*one)) == {}
    assert set(suspicions(marked(*one), marked(*other))) == {"two_ways"}
    assert set(suspicions(marked(*one, annotator="a"), marked(*other, annotator="b"))) == {"disagree"}
    assert suspicions(marked(*one), Example("c", "Nurse", Annotation(categories=()))) == {}


def test_texts_of_several_annotators_are_counted() -> None:
    texts = [marked("Nurse", annotator="a"), marked("Nurse", annotator="b"), marked("Cook", annotator="a")]
    found = wrangle.profile(texts).annotations
    assert found is not None
    assert (found.annotators, found.by_several) == ((("a", 2), ("b", 1)), 1)


def test_a_label_that_occurs_once_is_suspicious() -> None:
    found = wrangle.profile([marked("Nurse", (0, 5, "JOB"))]).annotations
    assert found is not None
    assert [(each.kind, each.count) for each in found.suspicions] == [("once", 1)]


# --- in words, and at the borders -----------------------------------------------------------------

MESSY = ["<b>Nurse</b> &amp; Cook", "eva@web.org", "a\x00b", "", "NURSE IN LEEDS", "**bold** words", "Nurse", "Nurse"]


def test_findings_name_commands_that_exist() -> None:
    annotated = [marked("Nurse ", (0, 6, "JOB")), marked("Nurse ", (0, 5, "JOB"), annotator="b")]
    found = wrangle.profile([*MESSY, *annotated, Unread(3, "not UTF-8")], name="my titles.txt")
    assert [each.weight for each in found.findings] == sorted(
        (each.weight for each in found.findings), key=WEIGHTS.index
    )
    commands = [each.command.split() for each in found.findings if each.command]
    assert len(commands) >= 6
    known = {command.name for command in COMMANDS}
    assert {words[1] for words in commands if words[0] == "textwright"} <= known
    assert any("'my titles.txt'" in each.command for each in found.findings)


WEIGHTS = ("act", "look", "note")


def test_clean_texts_have_nothing_pressing() -> None:
    found = wrangle.profile([f"Nurse number {i}" for i in range(50)])
    assert {each.weight for each in found.findings if "near-same" not in each.words} == {"note"}


@pytest.mark.parametrize(
    "texts", [[], [""], ["", "  ", "\n"], ["\ud800"], ["x" * 1_000_000], ["\U0010ffff\x00"], [Unread(1, "no")]]
)
def test_any_texts_have_a_profile_a_page_and_json(texts: list[str]) -> None:
    found = wrangle.profile(texts)
    assert json.loads(found.to_json())["texts"] == found.texts
    assert found.to_html().encode("utf-8")
    assert found._repr_html_().encode("utf-8")


@pytest.mark.parametrize(("texts", "said"), [("Nurse", "one text, expected several"), ([3], "found int as text 1")])
def test_what_is_no_text_is_refused(texts: object, said: str) -> None:
    with pytest.raises(DataError, match=said):
        wrangle.profile(texts)  # type: ignore[arg-type]  # what a caller may do wrong


def test_without_the_extra_the_rest_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from textwright.wrangle.profile import kinds, languages

    monkeypatch.setattr(build, "find_spec", lambda name: None)
    monkeypatch.setattr(languages, "_identifier", lambda: None)
    monkeypatch.setattr(kinds, "ftfy", lambda: None)
    found = wrangle.profile(["cafÃ© ouvert", "Nurse"])
    assert found.languages is None
    assert found.missing == ("languages", "wrongly decoded texts", "near-same texts")
    assert "mojibake" not in {each.kind for each in found.oddities}
    assert "pip install 'textwright[wrangle]'" in {each.command for each in found.findings}


NASTY = "</q></style><script>document.title='broken'</script><img src=x onerror=alert(1)>\" onmouseover=\"x"


def nasty_profile() -> Profile:
    example = Example(
        NASTY,
        NASTY,
        Annotation((Span(0, 8, NASTY), Span(2, 4, f"{NASTY}2")), (Category(NASTY, NASTY), Category(NASTY, "b"))),
        meta={NASTY: NASTY},
        annotator=NASTY,
    )
    other = Example(NASTY, NASTY, Annotation((Span(1, 9, NASTY),)), annotator="b")
    return wrangle.profile([example, example, other, NASTY, Unread(1, NASTY, NASTY)], name=NASTY)


class Elements(HTMLParser):
    """Takes down every element and attribute that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(f"@{name}" for name, _ in attrs)}


def test_a_text_never_becomes_markup() -> None:
    spans = Span(0, 3, "A"), Span(3, 5, "A")
    plain = wrangle.profile([Example(str(n), "Nurse" * n, Annotation(spans[:n])) for n in (1, 2)])
    allowed = Elements(plain.to_html()).seen | set(MORE_ELEMENTS)
    for html in (nasty_profile().to_html(), nasty_profile()._repr_html_()):
        assert Elements(html).seen <= allowed


MORE_ELEMENTS = ["article", "details", "summary", "br", "small", "mark", "@tabindex", "@role", "b", "code", "pre", "ol"]


@pytest.mark.parametrize(
    ("text", "marked", "slips"),
    [
        ("北京某公司招聘护士", "护士", ()),
        ("รับพยาบาลที่กรุงเทพ", "พยาบาล", ()),
        ("서울에서 일", "서울", ()),
        ("シニアエンジニア", "シニア", ()),
        ("招聘护士，月薪", "护士，", ("loose_end",)),
        ("مطلوب مهندس، دبي", "مهندس،", ("loose_end",)),
        ("Старшая медсестра", "Старш", ("in_word",)),
        ("รับที่นี่", "รับท", ("in_word",)),
        ("Mu\u0308ller", "Mu", ("in_word",)),
        ("1\u202f450\u202f€", "450\u202f", ("white_space",)),
    ],
)
def test_slips_of_spans_are_those_of_the_script(text: str, marked: str, slips: tuple[str, ...]) -> None:
    start = text.index(marked)
    assert span_slips(text, Span(start, start + len(marked), "A")) == slips
