from __future__ import annotations

import pytest

from textwright.store.acts import Act, record
from textwright.store.database import Database
from textwright.store.held_out import is_set_aside
from textwright.store.projects import Project
from textwright.store.queue import Wish, take_next
from textwright.store.renewal import annotated_texts, renew_texts, what_stays
from textwright.store.state import State, state_data
from textwright.store.suggestions import Proposal, keep_suggestions, suggestions_of
from textwright.store.texts import add_texts, all_texts
from textwright.types import Annotation, Example, Span

SAID = Annotation((Span(0, 4, "RANK"),))


def hand_in(database: Database, project: Project, number: int) -> None:
    (outcome,) = record(database, project, "ann", [Act(f"k{number}", number, 0, "accept", state_data(State()))])
    assert outcome.problem is None


def there(database: Database, project: Project) -> dict[str, str]:
    return {each.id: each.text for each in all_texts(database, project)}


def test_texts_that_are_not_named_go_with_what_hangs_on_them(database: Database, project: Project) -> None:
    take_next(database, project, Wish("ann", 3))
    keep_suggestions(database, [Proposal(1, "m", 0, SAID), Proposal(2, "m", 0, SAID)])
    renewed = renew_texts(database, project, [Example("t2", "Nurse"), Example("new", "Cook")])
    assert (renewed.removed, renewed.lacking) == (2, (Example("new", "Cook"),))
    assert there(database, project) == {"t2": "Nurse"}
    assert list(suggestions_of(database, [1, 2, 3])) == [2]


def test_a_text_with_other_words_is_lacking_and_can_come_again(database: Database, project: Project) -> None:
    renewed = renew_texts(database, project, [Example("t1", "Lead researcher"), Example("t2", "Nurse", SAID)])
    assert [each.id for each in renewed.lacking] == ["t1", "t2"]
    add_texts(database, project, renewed.lacking)
    assert there(database, project) == {"t1": "Lead researcher", "t2": "Nurse"}
    assert renew_texts(database, project, renewed.lacking).removed == 0


def test_what_somebody_touched_stays(database: Database, project: Project) -> None:
    hand_in(database, project, 2)
    assert renew_texts(database, project, [Example("t2", "other words")]).removed == 2
    assert there(database, project) == {"t2": "Nurse"}
    assert [(each.id, each.text) for each in annotated_texts(database, project)] == [("t2", "Nurse")]


def test_gold_questions_stay(database: Database, project: Project) -> None:
    add_texts(database, project, [Example("q", "Porter", Annotation(()))], gold=True)
    renew_texts(database, project, [])
    assert there(database, project) == {"q": "Porter"}


def test_what_stands_beside_a_text_becomes_what_is_said(database: Database, project: Project) -> None:
    hand_in(database, project, 1)
    wanted = [
        Example("t1", "Lead UX researcher", meta={"source": "shop"}),
        Example("t2", "Nurse", extra={"town": "York"}),
        Example("t3", "Senior Chef 🚀 Leeds"),
    ]
    renewed = renew_texts(database, project, wanted)
    assert (renewed.removed, renewed.changed, renewed.lacking) == (0, 2, ())
    first, second, _ = all_texts(database, project)
    assert (dict(first.meta), dict(second.extra)) == ({"source": "shop"}, {"town": "York"})


def sides(database: Database, project: Project) -> dict[str, bool]:
    return {each.id: is_set_aside(each.meta) for each in all_texts(database, project)}


def test_what_somebody_annotated_keeps_its_side_and_what_was_learned_from_is_never_set_aside(
    database: Database, project: Project
) -> None:
    aside, plain = {"held_out": True, "source": "shop"}, {"source": "shop"}
    tests = [Example(f"aside{i}", f"Porter {i}", meta=aside) for i in range(2)]
    add_texts(database, project, [*tests, Example("learned", "Cook", meta=plain)])
    numbers = {each.id: each.number for each in all_texts(database, project)}
    hand_in(database, project, numbers["aside0"])
    hand_in(database, project, numbers["learned"])
    assert what_stays(database, project).learned == {"t1", "t2", "t3", "learned"}
    wanted = [
        Example("aside0", "Porter 0", meta=plain),
        Example("aside1", "Porter 1", meta=plain),
        Example("learned", "Cook", meta=aside),
        Example("t2", "Nurse", meta=aside),
    ]
    assert renew_texts(database, project, wanted).differs
    assert sides(database, project) == {"t2": False, "aside0": True, "aside1": False, "learned": False}
    assert all(each.meta["source"] == "shop" for each in all_texts(database, project))


def test_it_is_said_when_what_stays_stands_otherwise_than_was_wished(database: Database, project: Project) -> None:
    hand_in(database, project, 2)
    nurse = Example("t2", "Nurse", meta={"source": "shop"})
    assert renew_texts(database, project, []).differs
    assert renew_texts(database, project, [Example("t2", "Nurses")]).differs
    assert not renew_texts(database, project, [nurse, Example("new", "Cook")]).differs


def test_many_texts_go_at_once(database: Database, project: Project) -> None:
    add_texts(database, project, [Example(f"m{i}", "Porter") for i in range(1_203)])
    assert renew_texts(database, project, [Example("m7", "Porter")]).removed == 1_205
    assert list(there(database, project)) == ["m7"]


@pytest.mark.parametrize("gone", [[1], [1, 2, 3]])
def test_a_suggestion_for_a_text_that_went_is_left_out(database: Database, project: Project, gone: list[int]) -> None:
    stays = [each for each in all_texts(database, project) if each.number not in gone]
    renew_texts(database, project, [Example(each.id, each.text) for each in stays])
    keep_suggestions(database, [Proposal(number, "m", 0, SAID) for number in (1, 2, 3)])
    assert set(suggestions_of(database, [1, 2, 3])) == {each.number for each in stays}
