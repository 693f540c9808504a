from __future__ import annotations

import re

import pytest

from textwright.packs import open_pack
from textwright.packs.job_titles.normal import NormalTitle, normal_titles, normal_words, seniority
from textwright.types import Annotation, Span

MARK = re.compile(r"\[(\w) |\]")
LABELS = {"J": "JOBTITLE", "C": "COREJOBTITLE", "S": "SENIORITY", "E": "EMPLOYMENT_TYPE"}


def marked(drawn: str) -> tuple[str, Annotation]:
    """Read a text with its spans in brackets, `[J [S Senior] [C Nurse]]`."""
    text, spans, opened, done = "", list[Span](), list[tuple[int, str]](), 0
    for match in MARK.finditer(drawn):
        text += drawn[done : match.start()]
        done = match.end()
        if match[1]:
            opened.append((len(text), LABELS[match[1]]))
        else:
            start, label = opened.pop()
            spans.append(Span(start, len(text), label))
    return text + drawn[done:], Annotation(tuple(sorted(spans, key=lambda span: span.start)))


def normal(drawn: str) -> list[tuple[str, str, int]]:
    return [(each.title, each.core, each.seniority) for each in normal_titles(*marked(drawn))]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("UX designer", "UX Designer"),
        ("SENIOR UX DESIGNER", "Senior UX Designer"),
        ("Sr. ux designers (m/f/d)", "Senior UX Designer"),
        ("Snr Product Mgr", "Senior Product Manager"),
        ("Jr developer", "Junior Developer"),
        ("Asst. Store Mgr.", "Assistant Store Manager"),
        ("VP of product", "Vice President of Product"),
        ("Heads of design", "Head of Design"),
        ("Sales Executives", "Sales Executive"),
        ("Customer Orders Clerks", "Customer Orders Clerk"),
        ("Operations", "Operations"),
        ("Secretaries", "Secretary"),
        ("Foremen", "Foreman"),
        ("Midwives", "Midwife"),
        ("COMMUNITY MIDWIVES", "Community Midwife"),
        ("Waitresses", "Waitress"),
        ("Attorneys at Law", "Attorney at Law"),
        ("Representatives", "Representative"),
        ("O'BRIEN fellow", "O'Brien Fellow"),
        ("O’BRIEN SCHOLAR", "O’Brien Scholar"),
        ("WOMEN'S HEALTH NURSE", "Women's Health Nurse"),
        ("Teaching Assistants (KS1)", "Teaching Assistant (KS1)"),
        ("Events Co-ordinators", "Events Coordinator"),
        ("mid weight designer", "Mid-Weight Designer"),
        ("Entry Level Engineer", "Entry-Level Engineer"),
        ("Software engineer ii", "Software Engineer II"),
        ("iOS developers", "iOS Developer"),
        ("senior .net developer", "Senior .NET Developer"),
        ("ux / ui designer", "UX/UI Designer"),
        ("Nurse – Nights", "Nurse - Nights"),
        ("Full‑Stack developer", "Full-Stack Developer"),
        ("R&amp;D engineer", "R&D Engineer"),
        ("Kellner/in", "Kellner"),
        ("Engineer (all genders)", "Engineer"),
        ("McKenzie fellow", "McKenzie Fellow"),
        ("HGV CLASS 1 DRIVER", "HGV Class 1 Driver"),
        ("  the   driver ,", "The Driver"),
        ("CEO", "CEO"),
        ("", ""),
        ("***", ""),
    ],
)
def test_titles_are_written_in_one_way(title: str, expected: str) -> None:
    assert normal_words(title) == expected


@pytest.mark.parametrize(
    "title", ["Sr. UX designers (m/f/d)", "HEAD OF IT", "mid weight designer", "Asst. Mgr", "VP/Director"]
)
def test_what_is_normal_stays(title: str) -> None:
    assert normal_words(normal_words(title)) == normal_words(title)


@pytest.mark.parametrize(
    ("ranks", "level"),
    [
        ([], 3),
        (["Intern"], 0),
        (["Working Student"], 0),
        (["Trainee"], 1),
        (["new grad"], 1),
        (["Entry Level"], 1),
        (["Junior"], 2),
        (["Associate"], 2),
        (["Mid-weight"], 3),
        (["II"], 3),
        (["Senior"], 4),
        (["Sr."], 4),
        (["Band 6"], 4),
        (["Lead"], 5),
        (["Team Leader"], 5),
        (["Manager"], 6),
        (["Principal"], 6),
        (["Head of"], 7),
        (["Director"], 8),
        (["Vice President"], 8),
        (["Chief"], 9),
        (["Senior", "Manager"], 7),
        (["Senior Manager"], 7),
        (["Sr Mgr"], 7),
        (["Senior Staff"], 6),
        (["Assistant Manager"], 5),
        (["Deputy", "Head"], 6),
        (["Associate Director"], 7),
        (["Assistant Team Leader"], 4),
        (["General Manager"], 7),
        (["Executive Director"], 9),
        (["SVP"], 9),
        (["AVP"], 7),
        (["Senior Associate"], 4),
        (["Trainee", "Manager"], 1),
        (["Manager", "Intern"], 0),
        (["Graduate", "II"], 1),
        (["Senior", "Senior", "Director"], 9),
        (["Something", "else"], 3),
        (["Level 3"], 3),
    ],
)
def test_ranks_stand_on_the_ladder(ranks: list[str], level: int) -> None:
    assert seniority(ranks) == level


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("[J [S Senior] [C UX Designer]] - London", [("Senior UX Designer", "UX Designer", 4)]),
        ("[J [C Product [S Manager]]]", [("Product Manager", "Product Manager", 6)]),
        ("[J [S Senior] [C Product [S Manager]]]", [("Senior Product Manager", "Product Manager", 7)]),
        ("[J [C Nurse]] or [J [S Senior] [C Carer]]", [("Nurse", "Nurse", 3), ("Senior Carer", "Carer", 4)]),
        ("[J [C Engineer]] – [S New Graduate]", [("Engineer", "Engineer", 1)]),
        ("[J [C Engineer]] - [E Internship]", [("Engineer", "Engineer", 0)]),
        ("[J [C Engineer]] - [E 6 month contract]", [("Engineer", "Engineer", 3)]),
        ("[J [S Senior]/[S Lead] [C Designer]]", [("Senior/Lead Designer", "Designer", 4)]),
        ("[J [S Junior] to [S Mid] [C Developer]]", [("Junior to Mid Developer", "Developer", 2)]),
        ("[J [S Senior]/[S Lead] [C Product [S Manager]]]", [("Senior/Lead Product Manager", "Product Manager", 6)]),
        ("[J Chef]", [("Chef", "Chef", 3)]),
        ("Work with us", []),
    ],
)
def test_titles_of_a_headline(drawn: str, expected: list[tuple[str, str, int]]) -> None:
    assert normal(drawn) == expected


def test_a_text_without_spans_has_no_titles() -> None:
    assert normal_titles("Nurse", Annotation()) == []


def test_the_pack_gives_plain_data() -> None:
    form = open_pack("job_titles").normal
    assert form is not None
    assert form(*marked("[J [S Snr] [C Nurses]]")) == [{"title": "Senior Nurse", "core": "Nurse", "seniority": 4}]
    assert NormalTitle("Nurse", "Nurse", 3) in normal_titles(*marked("[J [C Nurses]]"))
